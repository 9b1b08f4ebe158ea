"""Caches of a limited total weight, which keep the results that were used last."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Concatenate, Generic, ParamSpec, TypeVar

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")
Rest = ParamSpec("Rest")

_CHARACTERS = 400_000  # the room of `CachedByText`: more than the texts of the largest document
_OVERHEAD = 100  # the weight of an entry besides its characters


class ResultCache(Generic[Key, Result]):
    """Keeps results by key, each with a weight in the unit of `room` (characters, rows …).

    There are two generations. A result found in the older one moves to the younger. When the younger weighs `room` or
    more, the older one is dropped, and the younger takes its place. So results in use stay while they fit in `room`,
    and at most about twice as much is kept. A limit by number would keep thousands of long texts, one for each letter
    typed.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.clear()

    def clear(self) -> None:
        """Drop all results."""
        self._young: dict[Key, tuple[Result, int]] = {}
        self._old: dict[Key, tuple[Result, int]] = {}
        self._weight = 0  # of the younger generation

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def get(self, key: Key) -> Result | None:
        """Return the result of `key`; None where there is none."""
        entry = self._young.get(key)
        if entry is None:
            entry = self._old.pop(key, None)
            if entry is None:
                return None
            self._add(key, entry)
        return entry[0]

    def keep(self, key: Key, result: Result, weight: int = 1) -> Result:
        """Keep a result, which must not be None, and return it."""
        self._add(key, (result, weight))
        return result

    def _add(self, key: Key, entry: tuple[Result, int]) -> None:
        if self._weight >= self.room:
            self._old, self._young, self._weight = self._young, {}, 0
        self._young[key] = entry
        self._weight += entry[1]


class CachedByText(Generic[Rest, Result]):
    """Decorates a function of a text and other hashable arguments, and caches its results, which must not be None."""

    def __init__(self, function: Callable[Concatenate[str, Rest], Result]) -> None:
        self._cache: ResultCache[tuple[object, ...], Result] = ResultCache(_CHARACTERS)
        self.uncached = function
        self.misses = 0  # how often the function was called
        self.__doc__ = function.__doc__

    def __call__(self, text: str, *rest: Rest.args, **named: Rest.kwargs) -> Result:
        """Return the function's result, from the cache if it is there."""
        key = (text, *rest, *named.values())
        result = self._cache.get(key)
        if result is not None:
            return result
        self.misses += 1
        return self._cache.keep(key, self.uncached(text, *rest, **named), len(text) + _OVERHEAD)
