"""Results kept while they are asked for: what nobody asks for again is let go."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Concatenate, Generic, ParamSpec, TypeVar

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")
Rest = ParamSpec("Rest")

_CHARACTERS = 400_000  # of texts: more than the largest documents hold at once
_BESIDES = 100  # what a text costs beside its characters, in characters


class ResultCache(Generic[Key, Result]):
    """Keeps results by their keys, each with a weight (characters, rows, whatever `room` is counted in).

    There are two generations: a result asked for in the older one comes over to the younger. Once the younger weighs
    more than `room`, the older one goes and it becomes the older. So what is in use stays as long as it fits in `room`,
    and twice that is kept at most. A mere number would keep thousands of long texts, each a letter longer than the one
    before.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.clear()

    def clear(self) -> None:
        """Keep nothing."""
        self._young: dict[Key, tuple[Result, int]] = {}
        self._old: dict[Key, tuple[Result, int]] = {}
        self._weight = 0  # of the younger

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def get(self, key: Key) -> Result | None:
        """Return the result of `key`; None where it is not kept."""
        kept = self._young.get(key)
        if kept is None:
            kept = self._old.pop(key, None)
            if kept is None:
                return None
            self._add(key, kept)
        return kept[0]

    def keep(self, key: Key, result: Result, weight: int = 1) -> Result:
        """Keep a result that is not None, and return it."""
        self._add(key, (result, weight))
        return result

    def _add(self, key: Key, kept: tuple[Result, int]) -> None:
        if self._weight >= self.room:
            self._old, self._young, self._weight = self._young, {}, 0
        self._young[key] = kept
        self._weight += kept[1]


class CachedByText(Generic[Rest, Result]):
    """A function of a text and other hashable arguments whose results, none of them None, are kept."""

    def __init__(self, function: Callable[Concatenate[str, Rest], Result]) -> None:
        self._cache: ResultCache[tuple[object, ...], Result] = ResultCache(_CHARACTERS)
        self.uncached = function
        self.misses = 0  # how often it was worked out
        self.__doc__ = function.__doc__

    def __call__(self, text: str, *rest: Rest.args, **named: Rest.kwargs) -> Result:
        """Return what the function returns."""
        key = (text, *rest, *named.values())
        result = self._cache.get(key)
        if result is not None:
            return result
        self.misses += 1
        return self._cache.keep(key, self.uncached(text, *rest, **named), len(text) + _BESIDES)
