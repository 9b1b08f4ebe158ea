"""What was worked out last, kept with what it was worked out from, so that it is not worked out again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Newest(Generic[Value]):
    """The newest value of each name; the one before is let go."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[object, ...], Value]] = {}

    def of(self, name: str, made_from: tuple[object, ...], make: Callable[[], Value]) -> Value:
        """Return the value of `name`: the kept one while `made_from` equals what it was made from, else `make()`.

        Items of `made_from` that are the same objects are not looked into.
        """
        kept = self._kept.get(name)
        if kept is None or kept[0] != made_from:
            kept = self._kept[name] = made_from, make()
        return kept[1]
