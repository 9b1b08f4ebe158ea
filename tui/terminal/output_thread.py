"""Write to the terminal in a thread, so that the app never waits for it, and tell whether the terminal keeps up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import IO

_LATE_SECONDS = 0.05  # a terminal that keeps up has taken all that was written by then


class OutputThread(threading.Thread):
    """A file that writes in a thread of its own, with a queue of any length.

    Textual's own has a short queue: while the terminal does not read, the app would block, read no key, save nothing.
    Before a frame is written, `behind` is asked; while it returns True no frame is written, so that frames never pile
    up.
    """

    def __init__(self, file: IO[str]) -> None:
        super().__init__(daemon=True, name="textual-output")
        self._file = file
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._waiting = 0  # number of texts that the terminal has not taken
        self._since = 0.0  # when the first of them was passed to `write`
        self._then: Callable[[], None] | None = None  # called when none waits any more

    def write(self, text: str) -> None:
        """Put `text` in the queue."""
        with self._lock:
            if not self._waiting:
                self._since = time.monotonic()
            self._waiting += 1
        self._queue.put(text)

    def behind(self, then: Callable[[], None]) -> bool:
        """Return whether a text has waited for more than `_LATE_SECONDS`.

        If so, `then` is called once, in this thread, when the terminal has taken all.
        """
        with self._lock:
            is_late = bool(self._waiting) and time.monotonic() - self._since > _LATE_SECONDS
            if is_late:
                self._then = then
        return is_late

    def flush(self) -> None:
        """Do nothing: the thread flushes whenever its queue is empty."""

    def isatty(self) -> bool:
        """Return True: the file is a terminal."""
        return True

    def fileno(self) -> int:
        """Return the file descriptor that is written to."""
        return self._file.fileno()

    def stop(self) -> None:
        """End, once the terminal has taken all that was written."""
        self._queue.put(None)
        self.join()

    def run(self) -> None:
        """Write the texts of the queue; after an error (the terminal is gone) only count them."""
        is_gone = False
        while (text := self._queue.get()) is not None:
            try:
                if not is_gone:
                    self._file.write(text)
                    if self._queue.empty():
                        self._file.flush()
            except OSError:
                is_gone = True
            self._note_taken()

    def _note_taken(self) -> None:
        """Note that a text was taken; call `_then` after the last one."""
        with self._lock:
            self._waiting -= 1
            if self._waiting:
                return
            then, self._then = self._then, None
        if then is not None:
            then()
