"""A terminal made of a pty: it shows a program, types, hangs up, stops reading, and tells how the program ended."""

from __future__ import annotations

import codecs
import fcntl
import os
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any

import pyte

from tests.warm_start import started

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0  # seconds; only a program that hangs ever waits so long
ROWS, COLUMNS = 30, 120
_FOREIGN = re.compile(rb"\x1b\[[>?][0-9;]*[$a-zA-Z]+")  # private modes and questions that pyte would print as letters
LEFT_SCREEN = b"\x1b[?1049l"


def inherited() -> dict[str, str]:
    """What a program inherits from the tests: nothing of the terminal's size or letters, nor of how Python is to run.

    Where no locale is set, Python itself sets LC_CTYPE (PEP 538), which would go before the LANG that a test gives.
    """
    unwanted = re.compile("COLUMNS|LINES|LANGUAGE|LC_.*|PYTHON.*")
    return {name: value for name, value in os.environ.items() if not unwanted.fullmatch(name)}


class Terminal:
    """One run of `python -m tui` with these arguments; `controlling` makes the pty its controlling terminal.

    `size` is its columns and rows; `environ` what its environment says otherwise; `codec` its letters; `cwd` the folder
    it is started in; `errors` a file that takes its standard error in place of the terminal. A test that closes the
    line before it has seen anything of the program starts it `from_nothing`.
    """

    def __init__(
        self,
        *arguments: str,
        controlling: bool = True,
        size: tuple[int, int] = (COLUMNS, ROWS),
        environ: Mapping[str, str] = MappingProxyType({}),
        codec: str = "utf-8",
        cwd: Path = ROOT,
        errors: Path | None = None,
        from_nothing: bool = False,
    ) -> None:
        columns, rows = size
        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.modes = termios.tcgetattr(slave)
        self.shown = bytearray()
        self._fed = 0
        self._seen = ""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decode = codecs.getincrementaldecoder(codec)("replace").decode
        told = slave if errors is None else os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        spoken = {"TERM": "xterm-256color", "LANG": "fr_CA.UTF-8", "PYTHONPATH": str(ROOT)}
        said = {**inherited(), **spoken, **environ}
        self.process = started(
            arguments, (slave, slave, told), said, cwd, controlling=controlling, from_nothing=from_nothing
        )
        if told != slave:
            os.close(told)
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
        """Read until `text` stands on the screen; AssertionError when it does not.

        The bytes alone would not do: only the cells that changed are written, so a word may come letter by letter.
        """
        self.until(lambda: text in self.seen)
        assert text in self.seen, self.seen

    @property
    def seen(self) -> str:
        """What stands on the screen now."""
        fresh = bytes(self.shown[self._fed :])
        if fresh:
            self._fed = len(self.shown)
            self._stream.feed(self._decode(_FOREIGN.sub(b"", fresh)))
            self._seen = "\n".join(self._screen.display)
        return self._seen

    def until(self, done: Callable[[], object]) -> None:
        """Read until `done`, or for as long as patience lasts."""
        deadline = time.monotonic() + PATIENCE
        while not done() and time.monotonic() < deadline:
            if select.select([self.master], [], [], 0.05)[0]:
                try:
                    self.shown += os.read(self.master, 65536)
                except OSError:
                    return

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as a person does who draws at the window; the kernel tells the program."""
        _ = self.seen
        self._screen.resize(rows, columns)
        self._seen = ""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def rest(self, silence: float = 0.5) -> None:
        """Read until nothing more comes."""
        last = time.monotonic()

        def quiet() -> bool:
            nonlocal last
            if self.unread:
                last = time.monotonic()
            return time.monotonic() - last > silence

        self.until(quiet)

    def cells(self) -> list[list[Any]]:
        """What stands on the screen now, colours included."""
        _ = self.seen
        buffer, columns = self._screen.buffer, range(self._screen.columns)
        return [[buffer[y][x] for x in columns] for y in range(self._screen.lines)]

    def type(self, text: str) -> None:
        """Send keys."""
        os.write(self.master, text.encode())

    def paste(self, text: str) -> None:
        """Paste a text as terminals do that bracket it; what is drawn meanwhile is read."""
        rest = f"\x1b[200~{text}\x1b[201~".encode()
        os.set_blocking(self.master, False)
        try:
            while rest:
                with suppress(BlockingIOError):
                    rest = rest[os.write(self.master, rest) :]
                with suppress(BlockingIOError):
                    self.shown += os.read(self.master, 65536)
        finally:
            os.set_blocking(self.master, True)

    def send_bytes(self, data: bytes) -> None:
        """Send bytes as a line may deliver them: a letter cut in two."""
        os.write(self.master, data)

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
            self.until(lambda: self.process.poll() is not None)
        return self.process.wait(PATIENCE)

    def stopped(self) -> bool:
        """Wait until the program is stopped or ended; whether it is stopped."""
        state = {"now": ""}

        def look() -> bool:
            state["now"] = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0]
            return state["now"] in "TZ"

        self.until(look)
        return state["now"] == "T"

    def resume(self) -> None:
        """Let a stopped program go on."""
        self.send(signal.SIGCONT)
