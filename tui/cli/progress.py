"""How far long work has come, on the standard error of a terminal; Ctrl+C stops it, and leaves nothing half done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from tui.console import is_terminal, write_status
from tui.words import _

_PATIENCE: Final = 1.0  # seconds of work that needs no words
_TELL_EVERY: Final = 0.25  # seconds


class Watch(Protocol):
    """Is told how many of how many are done."""

    def __call__(self, done: int, total: int, /) -> bool: ...


@contextmanager
def counted() -> Iterator[Watch]:
    """Gives the function to call; its line is gone at the end. Where no person reads, nothing is said."""
    begun = time.monotonic()
    told, width = begun + _PATIENCE, 0

    def watch(done: int, total: int) -> bool:
        nonlocal told, width
        if is_terminal(error=True) and time.monotonic() >= told:
            told = time.monotonic() + _TELL_EVERY
            said = _("{done} of {total} · Ctrl+C stops").format(done=done, total=total)
            write_status(said.ljust(width))
            width = len(said)
        return True

    try:
        yield watch
    finally:
        if width:
            write_status(" " * width)
            write_status("")
