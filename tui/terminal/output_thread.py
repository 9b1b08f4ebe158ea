"""The way out to the terminal: what is written never waits for it, and it can be asked if the terminal keeps up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import IO

_PROMPT = 0.05  # seconds in which a terminal that keeps up has taken all that was written


class OutputThread(threading.Thread):
    """A file that writes in a thread of its own; unlike Textual's, whose queue is short, it never holds the app up.

    A terminal that has stopped reading would hold it up for as long: no key would be read and nothing be saved.
    Whoever writes frames asks `behind` first, and writes none while it is True: old frames never pile up.
    """

    def __init__(self, file: IO[str]) -> None:
        super().__init__(daemon=True, name="textual-output")
        self._file = file
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._waiting = 0  # texts that the terminal has not taken
        self._since = 0.0  # when the first of them was written
        self._then: Callable[[], None] | None = None

    def write(self, text: str) -> None:
        """Write soon, in turn."""
        with self._lock:
            if not self._waiting:
                self._since = time.monotonic()
            self._waiting += 1
        self._queue.put(text)

    def behind(self, then: Callable[[], None]) -> bool:
        """Return whether the terminal is slower than what is written.

        Then `then` is called, in the thread, once it has it.
        """
        with self._lock:
            late = bool(self._waiting) and time.monotonic() - self._since > _PROMPT
            if late:
                self._then = then
        return late

    def flush(self) -> None:
        """Nothing to do: the thread does, whenever nothing more waits."""

    def isatty(self) -> bool:
        """Return whether it is a terminal: it stands for one."""
        return True

    def fileno(self) -> int:
        """Return the number of the file behind it."""
        return self._file.fileno()

    def stop(self) -> None:
        """End, once the terminal has taken all that was written."""
        self._queue.put(None)
        self.join()

    def run(self) -> None:
        """Write what comes; to a terminal that is gone nothing is written, and its end is noticed elsewhere."""
        gone = False
        while (text := self._queue.get()) is not None:
            try:
                if not gone:
                    self._file.write(text)
                    if self._queue.empty():
                        self._file.flush()
            except OSError:
                gone = True
            self._taken()

    def _taken(self) -> None:
        with self._lock:
            self._waiting -= 1
            if self._waiting:
                return
            then, self._then = self._then, None
        if then is not None:
            then()
