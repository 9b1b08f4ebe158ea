"""Reading the list of partnerships: at once where it is known, else from a thread, counted, and stopped by Escape."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.store.errors import StoreError
from tui.words import _

if TYPE_CHECKING:
    from tui.screens.partnerships import PartnershipsScreen
    from tui.store import Summary

Goes = Callable[[], bool]
Act = Callable[[], None]

_AT_ONCE = 0.3  # seconds of reading that nobody notices
_TELL_EVERY = 0.25  # seconds between two counts on the screen


class Gathering:
    """Reads for one screen; `told` is what the screen says meanwhile, "" when all is read."""

    def __init__(self, screen: PartnershipsScreen) -> None:
        self._screen = screen
        self._thread: threading.Thread | None = None
        self._halt = threading.Event()
        self._count = (0, 0)
        self._next = 0.0
        self.told = ""

    @property
    def running(self) -> bool:
        """Whether the rest is being read."""
        return self._thread is not None

    def stop(self) -> None:
        """Leave the rest for another time; what was read is kept."""
        self._halt.set()

    def read(self) -> None:
        """Read what the store lists and give it to the screen, the rest of it later."""
        if self.running:
            return
        deadline = time.monotonic() + _AT_ONCE
        whole = self._gather(lambda: time.monotonic() < deadline)
        if not whole:
            self._halt.clear()
            self._thread = threading.Thread(target=self._go_on, args=(asyncio.get_running_loop(),), daemon=True)
            self._tell()
            self._thread.start()

    def _gather(self, goes_on: Goes) -> bool:
        """One reading; whether it came to its end."""
        found, error, whole = self._list(goes_on)
        self.told = ""
        self._screen.gathered(found, error)
        return whole

    def _list(self, goes_on: Goes) -> tuple[list[Summary], StoreError | None, bool]:
        whole = True

        def watch(done: int, total: int) -> bool:
            nonlocal whole
            self._count = done, total
            whole = goes_on()
            return whole

        try:
            return self._screen.app.store.list(archived=self._screen.archived, watch=watch), None, whole
        except StoreError as error:
            return [], error, True

    def _go_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """In the thread: the rest, told to the screen in its own loop."""

        def goes_on() -> bool:
            if time.monotonic() >= self._next and not self._halt.is_set():
                self._next = time.monotonic() + _TELL_EVERY
                _in(loop, self._tell)
            return not self._halt.is_set()

        found = self._list(goes_on)
        _in(loop, lambda: self._ended(*found))

    def _tell(self) -> None:
        done, total = self._count
        self.told = _("{done} of {total} read · Esc stops").format(done=done, total=total)
        self._screen.paint()

    def _ended(self, found: list[Summary], error: StoreError | None, whole: bool) -> None:
        self._thread, self.told = None, ""
        if not whole:
            done, total = self._count
            self.told = _("{done} of {total} read").format(done=done, total=total)
        if self._screen.is_mounted:
            self._screen.gathered(found, error)


def _in(loop: asyncio.AbstractEventLoop, act: Act) -> None:
    """Do something in the loop; one that has ended waits for nothing."""
    try:
        loop.call_soon_threadsafe(act)
    except RuntimeError:
        return
