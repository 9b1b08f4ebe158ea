"""Run the program in a pseudo-terminal: send keys, and read the screen once the program waits for the next."""

from __future__ import annotations

import codecs
import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import pyte

from tools.golden.program import TIME_LIMIT, Program

ESCAPE = "\x1b"
_CODES = zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
KEYS = {
    "Enter": "\r",
    "Tab": "\t",
    "Esc": ESCAPE,
    "Space": " ",
    "Backspace": "\x7f",
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "Right": "\x1b[C",
    "Left": "\x1b[D",
    "Home": "\x1b[H",
    "End": "\x1b[F",
    "PageUp": "\x1b[5~",
    "PageDown": "\x1b[6~",
    **{f"F{number}": f"\x1bO{letter}" for number, letter in enumerate("PQRS", 1)},
    **{f"F{number}": f"\x1b[{code}~" for number, code in _CODES},
    **{f"Ctrl+{letter}": chr(ord(letter) - 64) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
}
# A text in quotes, or a word.
_TOKENS = re.compile(r'"([^"]*)"|(\S+)')
_FOREIGN = re.compile(rb"\x1b\[[>?][0-9;]*[$a-zA-Z]+")  # private modes and queries, which pyte would print
_CHECK_SECONDS = 0.02  # between two checks of the program
_PAUSE_SECONDS = 1.0
_QUIET_SECONDS = 0.2  # without output, all threads asleep: then nothing more will come
_IDLE_NS = 1_000_000  # processor time that an idle app spends on its timers between two checks


class Terminal:
    """One run of the program in a terminal of `size` (columns, rows)."""

    def __init__(self, program: Program, *arguments: str, seed: str, lang: str, size: tuple[int, int]) -> None:
        columns, rows = size
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._process = subprocess.Popen(
            program.command(*arguments),
            cwd=program.checkout,
            env=program.environ(seed, lang),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self.rest()

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()
        os.close(self._master)

    def leave(self) -> None:
        """Quit the program by its key and wait for its end. Raises `TimeoutError` if it does not end."""
        os.write(self._master, KEYS["F12"].encode())
        deadline = time.monotonic() + TIME_LIMIT
        while not self.ended:
            if time.monotonic() > deadline:
                raise TimeoutError(f"the program does not end:\n{self.text()}")
            self._read(_CHECK_SECONDS)

    @property
    def ended(self) -> bool:
        """Whether the program has ended."""
        return self._process.poll() is not None

    def text(self) -> str:
        """Return the text on the screen, a line for each row without blanks at its end."""
        return "".join(f"{line.rstrip()}\n" for line in self._screen.display)

    def press(self, keys: str) -> None:
        """Send keys one after the other, each once the program waits for it.

        A word is a key (`F5`, `Esc`, `Ctrl+S`), a letter with Alt (`Alt+g`), or one letter; text to type is in quotes.
        `Pause` waits for a second, in which the program may do what it does by itself, such as save.
        """
        for quoted, word in _TOKENS.findall(keys):
            if word == "Pause":
                self._pause(_PAUSE_SECONDS)
                continue
            if quoted:
                characters = quoted
            elif word.startswith("Alt+"):
                characters = ESCAPE + word.removeprefix("Alt+")
            elif word in KEYS or len(word) <= 1:
                characters = KEYS.get(word, word)
            else:
                raise ValueError(f"no such key: {word}")
            os.write(self._master, characters.encode())
            self.rest()

    def rest(self) -> None:
        """Read until the program has written nothing and all its threads have slept for `_QUIET_SECONDS`.

        Raises `TimeoutError` if that does not happen.
        """
        deadline, quiet_since, spent = time.monotonic() + TIME_LIMIT, time.monotonic(), self._processor_ns()
        while time.monotonic() < deadline:
            if self.ended and not self._read(0):
                return
            spent_before, has_written = spent, self._read(_CHECK_SECONDS)
            spent = self._processor_ns()
            if has_written or self._is_running() or spent - spent_before > _IDLE_NS:
                quiet_since = time.monotonic()
            elif time.monotonic() - quiet_since > _QUIET_SECONDS:
                return
        raise TimeoutError(f"the program never comes to rest:\n{self.text()}")

    def _pause(self, seconds: float) -> None:
        """Read for that time, then until the program waits."""
        deadline = time.monotonic() + seconds
        while (remaining := deadline - time.monotonic()) > 0:
            self._read(min(remaining, _CHECK_SECONDS))
        self.rest()

    def _read(self, seconds: float) -> bool:
        """Read what comes within that time; return whether something came."""
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the program has ended (Linux: EIO)
            return False
        self._stream.feed(self._decode(_FOREIGN.sub(b"", data)))
        return bool(data)

    def _threads(self) -> list[Path]:
        """Return the folder in /proc of each thread of the program."""
        return list(Path(f"/proc/{self._process.pid}/task").glob("*"))

    def _is_running(self) -> bool:
        """Return whether a thread runs or waits for a processor (R) or a disk (D); False if that is not known."""
        states = []
        for thread in self._threads():
            with suppress(OSError):
                states.append((thread / "stat").read_text().rpartition(")")[2].split()[0])
        return not {"R", "D"}.isdisjoint(states)

    def _processor_ns(self) -> int:
        """Return the processor time that the program's threads have used, in nanoseconds."""
        spent = 0
        for thread in self._threads():
            with suppress(OSError, ValueError):
                spent += int((thread / "schedstat").read_text().split()[0])
        return spent
