"""A terminal made of a pty: it shows a program, types, hangs up, stops reading, and tells how the program ended."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds; only a program that hangs ever waits so long
LEFT_SCREEN = b"\x1b[?1049l"


class Terminal:
    """One run of `python -m tui` with these arguments; `controlling` makes the pty its controlling terminal."""

    def __init__(self, *arguments: str, controlling: bool = True) -> None:
        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 120, 0, 0))
        self.modes = termios.tcgetattr(slave)
        self.shown = bytearray()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui", *arguments],
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm-256color", "LANG": "fr_CA.UTF-8"},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if controlling else None,
        )
        self._slave = slave

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        self.hang_up()
        if self._slave >= 0:
            os.close(self._slave)

    def wait_for(self, text: str) -> None:
        """Read until the program has shown `text`; AssertionError when it does not."""
        self._until(lambda: text.encode() in self.shown)
        assert text.encode() in self.shown, self.shown[-2000:]

    def _until(self, done) -> None:
        deadline = time.monotonic() + PATIENCE
        while not done() and time.monotonic() < deadline:
            if select.select([self.master], [], [], 0.05)[0]:
                try:
                    self.shown += os.read(self.master, 65536)
                except OSError:
                    return

    def type(self, text: str) -> None:
        """Send keys."""
        os.write(self.master, text.encode())

    @property
    def unread(self) -> int:
        """How many bytes lie in the line that the program has written and nobody read."""
        return int.from_bytes(fcntl.ioctl(self.master, termios.FIONREAD, bytes(4)), sys.byteorder)

    def send(self, number: int) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal; the program keeps the other side."""
        if self.master >= 0:
            os.close(self._slave)
            os.close(self.master)
            self.master = self._slave = -1

    def ended(self) -> int:
        """The program's exit code, once it has ended; what it still says is read meanwhile."""
        if self.master >= 0:
            self._until(lambda: self.process.poll() is not None)
        return self.process.wait(PATIENCE)

    def stopped(self) -> bool:
        """Wait until the program is stopped or ended; whether it is stopped."""
        state = {"now": ""}

        def look() -> bool:
            state["now"] = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0]
            return state["now"] in "TZ"

        self._until(look)
        return state["now"] == "T"

    def resume(self) -> None:
        """Let a stopped program go on."""
        self.send(signal.SIGCONT)
