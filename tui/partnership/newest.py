"""A small cache for derived values: by name it keeps the newest value, with what that was derived from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Newest(Generic[Value]):
    """A cache that keeps one value for each name: the newest."""

    def __init__(self) -> None:
        self._cached: dict[str, tuple[tuple[object, ...], Value]] = {}  # by name, what it was made from and the value

    def of(self, name: str, made_from: tuple[object, ...], make: Callable[[], Value]) -> Value:
        """Return the value cached under `name` if it was made from an equal `made_from`, else cache that of `make()`.

        Comparing is fast where the items of `made_from` are the same objects as before.
        """
        cached = self._cached.get(name)
        if cached is None or cached[0] != made_from:
            cached = self._cached[name] = made_from, make()
        return cached[1]
