"""The real driver on a pseudo-terminal: the bytes that arrive, and what they show."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.glass import AgreeingGlass

ROOT = Path(__file__).resolve().parents[2]
PRIVATE = re.compile(r"\x1b\[[<=>?][0-9;]*\$?[a-zA-Z]")  # modes and queries, which pyte would partly print


class Terminal:
    """A pseudo-terminal with the test session running in it; `frugal` is "1" for our output, "0" for Textual's."""

    def __init__(self, frugal: str) -> None:
        self.master, slave = pty.openpty()
        self.glass = AgreeingGlass(60, 10)
        self._tell_size(60, 10)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.terminal.session"],
            cwd=ROOT,
            env={k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
            | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "ENTENTE_FRUGAL": frugal},
            stdin=slave,
            stdout=slave,
            stderr=slave,  # where Textual writes
            start_new_session=True,
        )
        os.close(slave)

    def resize(self, width: int, height: int) -> None:
        """Resize the window."""
        self._tell_size(width, height)
        self.glass.resize(width, height)
        self.process.send_signal(signal.SIGWINCH)

    def _tell_size(self, width: int, height: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def count_wakes(self) -> int:
        """Return how often its threads were woken so far, as Linux counts them."""
        threads = Path(f"/proc/{self.process.pid}/task").iterdir()
        counts = [
            re.search(r"\bvoluntary_ctxt_switches:\s*(\d+)", (thread / "status").read_text()) for thread in threads
        ]
        return sum(int(count[1]) for count in counts if count)

    def type(self, keys: str) -> None:
        """Send what a keyboard would."""
        os.write(self.master, keys.encode())

    def read(self, expected: str = "", silence: float = 0.4) -> str:
        """Return the output until the screen shows `expected` and nothing more comes; "" where nothing came."""
        output = ""
        while select.select([self.master], [], [], 20 if expected not in self.text() else silence)[0]:
            try:
                data = os.read(self.master, 1 << 16).decode()
            except OSError:  # the program has ended
                break
            self.glass.feed(PRIVATE.sub("", data))
            output += data
        return output

    def text(self) -> str:
        """Return what the screen shows."""
        return "\n".join("".join(cell.data for cell in row) for row in self.glass.cells())


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Yield the session twice: as Textual writes, and frugal."""
    both = [Terminal("0"), Terminal("1")]
    try:
        yield both
    finally:
        for terminal in both:
            terminal.process.kill()
            terminal.process.wait()
            os.close(terminal.master)


def _look_the_same(terminals: list[Terminal]) -> bool:
    plain, frugal = (terminal.glass for terminal in terminals)
    places = [(glass.screen.cursor.x, glass.screen.cursor.y) for glass in (plain, frugal)]
    return plain.cells() == frugal.cells() and places[0] == places[1]


def test_a_session_looks_the_same_and_costs_less(terminals: list[Terminal]) -> None:
    bytes_written = []
    for terminal in terminals:
        terminal.read(" ready")
        terminal.type("entente")
        terminal.read(" entente")
        terminal.read()
        terminal.type("!")
        bytes_written.append(len(terminal.read("entente!")))
        terminal.type("\r日本 é ᓀᐦᐃ 👩🏽\u200d🌾 مرحبا e\u0301\x1b[A")
        terminal.read(" 日")
        assert terminal.read() == "", "silence writes nothing"
    assert bytes_written[1] < 200 < bytes_written[0]
    assert _look_the_same(terminals)
    for terminal in terminals:
        terminal.resize(41, 7)
        terminal.read()
    assert _look_the_same(terminals)


def test_no_thread_is_woken_while_nobody_types(terminals: list[Terminal]) -> None:
    frugal = terminals[1]
    frugal.read(" ready")
    frugal.type("entente")
    frugal.read("entente")
    frugal.read()
    before = frugal.count_wakes()
    time.sleep(1.5)
    assert frugal.count_wakes() - before < 5, "Textual's own driver looks ten times a second"


def test_what_another_program_wrote_goes_with_the_next_full_frame(terminals: list[Terminal]) -> None:
    for terminal in terminals:
        terminal.read(" ready")
        terminal.type("ᓀᐦᐃ 日本 👩🏽\u200d🌾 e\u0301 entente")
        terminal.read("entente")
        terminal.read()
    frugal = terminals[1]
    frugal.glass.feed("\x1b[5;1H\x1b[41mmessage du système\x1b[m")
    frugal.type("\x0c")
    frugal.read()
    assert _look_the_same(terminals)
    frugal.glass.feed("\x1b[2J")
    os.kill(frugal.process.pid, signal.SIGTSTP)
    os.waitpid(frugal.process.pid, os.WUNTRACED)
    os.kill(frugal.process.pid, signal.SIGCONT)
    frugal.read("entente")
    assert _look_the_same(terminals)
