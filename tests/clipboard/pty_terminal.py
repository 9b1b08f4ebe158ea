"""A terminal for tests: a pty whose other end is read by us, with the clipboard that OSC 52 would have filled."""

from __future__ import annotations

import base64
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence

# what came through whole; the selection's name and the base64
_OSC52 = re.compile(rb"\x1b\]52;([^;\x07\x1b]*);([^\x07\x1b]*)(?:\x07|\x1b\\)")


class PtyTerminal:
    """Runs a program on a terminal of 80 by 24 that takes bare OSC 52, as an xterm that allows it."""

    def __init__(self, argv: Sequence[str], environ: Mapping[str, str]) -> None:
        self.output = b""
        self._pid, self._handle = pty.fork()
        if self._pid == 0:
            try:
                os.execvpe(argv[0], list(argv), dict(environ))
            finally:
                os._exit(127)
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def copies(self) -> list[tuple[str, bytes]]:
        """Each copy that reached the terminal: the name of its selection and the bytes of its text."""
        return [(name.decode(), base64.b64decode(data, validate=True)) for name, data in _OSC52.findall(self.output)]

    def type(self, keys: bytes) -> None:
        """Type these keys."""
        os.write(self._handle, keys)

    def press_enter(self) -> None:
        """Type Enter."""
        self.type(b"\r")

    def read_until(self, seen: Callable[[], bool], within: float = 60.0) -> None:
        """Read until `seen` is true; AssertionError with the end of the output when it never is."""
        end = time.monotonic() + within
        while not seen():
            assert time.monotonic() < end, f"not seen in time; the output ends with {self.output[-500:]!r}"
            if select.select([self._handle], [], [], 0.2)[0]:
                try:
                    data = os.read(self._handle, 1 << 16)
                except OSError:  # Linux says EIO when the last program on the terminal has ended
                    data = b""
                self.output += data
                assert data or seen(), f"the program ended; its output was {self.output[-500:]!r}"

    def close(self) -> None:
        """Hang up, and wait for the program to end."""
        os.close(self._handle)
        for number in (signal.SIGHUP, signal.SIGKILL):
            try:
                os.kill(self._pid, number)
            except ProcessLookupError:
                break
            for _ in range(100):
                if os.waitpid(self._pid, os.WNOHANG)[0]:
                    return
                time.sleep(0.02)
        os.waitpid(self._pid, 0)
