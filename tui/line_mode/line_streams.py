"""The streams of line mode: one thing a line, no byte that steers a terminal, and a half-typed line kept."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import termios
from types import FrameType
from typing import Any, TextIO

from tui import console
from tui.i18n import _
from tui.text.clean import clean
from tui.text.widths import wrap
from tui.workspace.hangup import is_closed

_NARROWEST = 20  # columns


class Halfway:
    """Has the terminal of `heard` keep a half-typed line at an interrupt, until `close`; does nothing elsewhere."""

    def __init__(self, heard: TextIO | None) -> None:
        self._handle = heard.fileno() if heard is not None and heard.isatty() else -1
        self._before = _modes(self._handle)
        if self._before is not None:
            kept = [*self._before]
            kept[3] |= termios.NOFLSH  # else Ctrl+C throws the line away (termios(3))
            _set(self._handle, kept)

    def line(self) -> str:
        """Return what was typed without an Enter; "" when nothing was, or when the terminal is gone."""
        modes = _modes(self._handle)
        if modes is None:
            return ""
        letters = [*modes]
        letters[3] &= ~termios.ICANON
        letters[6] = [*modes[6]]
        letters[6][termios.VMIN] = letters[6][termios.VTIME] = 0
        try:
            _set(self._handle, letters)
            data = os.read(self._handle, 4096)
        except OSError:
            return ""
        finally:
            _set(self._handle, modes)
        return data.decode("utf-8", "ignore")

    def close(self) -> None:
        """Give the terminal back as it was."""
        if self._before is not None:
            _set(self._handle, self._before)


def _modes(handle: int) -> list[Any] | None:
    try:
        return termios.tcgetattr(handle) if handle >= 0 else None
    except termios.error:
        return None


def _set(handle: int, modes: list[Any]) -> None:
    try:
        termios.tcsetattr(handle, termios.TCSANOW, modes)
    except termios.error:
        return  # the terminal is gone


# Bytes of a line that a terminal gathers before it drops the rest in silence: N_TTY_BUF_SIZE of Linux with the line
# feed, MAX_CANON of macOS (termios(3), « canonical mode »).
_LONGEST = 1024 if sys.platform == "darwin" else 4096
_MOVES = (
    r"\x1b(?:\[[0-9;]*[A-H~]|O[A-S])"  # arrows and the like, which no line prompt obeys (xterm ctlseqs, « PC-Style »)
)
_HALVES = "".join(map(chr, range(0xDC80, 0xDD00)))  # bytes of a character that was cut in two


class InputEnded(Exception):
    """Nothing more will be typed: the input has ended, the person quit, or the signal `number` came.

    `line` is what was typed by then without an Enter.
    """

    def __init__(self, number: int = 0, line: str = "") -> None:
        super().__init__()
        self.number = number
        self.line = line


class Unreadable(ValueError):
    """The line that was typed is no UTF-8 text."""


class LineStreams:
    """A conversation over two text streams; `heard` None (a closed input) ends at the first question.

    Where nobody takes any more what is said, nothing is, and the next question ends the conversation in good order;
    `failure` is then why, the OSError of the first attempt.
    """

    def __init__(self, heard: TextIO | None, said: TextIO) -> None:
        self._heard = heard
        self._said = said
        if isinstance(heard, io.TextIOWrapper):
            heard.reconfigure(encoding="utf-8", errors="surrogateescape")
        # A terminal shows the line break of what is typed; anything else does not, so each prompt ends its own line.
        self._terminal = heard is not None and heard.isatty()
        self._shown = self._terminal and said.isatty()
        self._halfway = Halfway(heard)
        self._listening = False
        self.number = 0  # of the signal that came first, 0 for none
        self.failure: OSError | None = None

    def say(self, text: str) -> None:
        """Say a text, each of its lines on a line of its own; « Échéance : — » of a table is heard as nothing."""
        heard = "\n".join(line for line in text.split("\n") if not line.endswith(": —")) if ": —" in text else text
        self._write(self._in_words(heard) + "\n")

    def _in_words(self, text: str) -> str:
        """Return the text as a terminal is to show it: its lines broken between words; as it is for anything else."""
        if not self._shown:
            return text
        try:
            width = os.get_terminal_size(self._said.fileno()).columns - 1
        except OSError:  # the terminal is gone
            return text
        if width < _NARROWEST:  # a line without a size, or one on which no word fits
            return text
        return "\n".join(part for line in text.split("\n") for part in (wrap(line, width) if line else [""]))

    def ask(self, prompt: str) -> str:
        """Ask for one line and return it without its end.

        Raises InputEnded if there is none, Unreadable for foreign bytes.
        """
        shown = self._in_words(clean(prompt, multiline=False))
        self._write(shown + (" " if self._terminal else "\n"), at_once=True)
        try:
            line = self._line()
        except InputEnded as ended:
            self._end_line()
            ended.line = clean(re.sub(_MOVES, "", self._halfway.line())).rstrip("\n")
            raise
        if self._terminal and len(line.encode(errors="surrogateescape")) >= _LONGEST:
            line = line.rstrip("\n").rstrip(_HALVES)
            self.say(_("A terminal lets no longer line through: check its end with /repeat, and go on with /append."))
        if any("\ud800" <= char <= "\udfff" for char in line):
            raise Unreadable
        return clean(re.sub(_MOVES, "", line)).rstrip("\n")

    def _line(self) -> str:
        self._listening = True
        try:
            if self.number or self.failure is not None:
                raise InputEnded(self.number)
            line = self._heard.readline() if self._heard is not None else ""
        except OSError as error:  # the terminal is gone
            self.failure = error
            raise InputEnded from None
        finally:
            self._listening = False
        if not line:
            if self._terminal and self._heard is not None and is_closed(self._heard.fileno()):
                self.number = signal.SIGHUP  # a closed line reads like an ended one
            raise InputEnded(self.number)
        return line

    def told(self, number: int, frame: FrameType | None) -> None:
        """Take a signal that ends the conversation: at once where a line is awaited, else before the next one.

        Raises InputEnded where a line is awaited.
        """
        self.number = self.number or number
        if self._listening:
            raise InputEnded(number)

    def close(self) -> None:
        """Nothing more is asked: the terminal is as it was."""
        self._halfway.close()

    def _end_line(self) -> None:
        if self._terminal:
            self._write("\n")

    def _write(self, text: str, *, at_once: bool = False) -> None:
        if self.failure is not None:
            return
        try:
            console.write(text, stream=self._said)
            if at_once:
                self._said.flush()
        except OSError as error:
            self.failure = error
