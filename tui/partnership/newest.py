"""A small cache for derived values: by name it keeps the newest value, with what that was derived from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Newest(Generic[Value]):
    """A cache that keeps one value for each name: the newest."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[object, ...], Value]] = {}

    def of(self, name: str, made_from: tuple[object, ...], make: Callable[[], Value]) -> Value:
        """Return the value kept under `name` if it was made from an equal `made_from`, else keep and return `make()`.

        Comparing is fast where the items of `made_from` are the same objects as before.
        """
        kept = self._kept.get(name)
        if kept is None or kept[0] != made_from:
            kept = self._kept[name] = made_from, make()
        return kept[1]
