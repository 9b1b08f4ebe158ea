"""The input and output of line mode: lines cleaned of what steers a terminal, and a half-typed line kept at the end."""

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

_NARROWEST_COLUMNS = 20  # on a narrower terminal lines are not wrapped
_LOCAL_FLAGS, _CHARACTERS = 3, 6  # the indexes of lflag and cc in the list of `termios.tcgetattr`


class HalfTypedLine:
    """Makes the terminal of `input_stream` keep a half-typed line at an interrupt, until `close`.

    It does nothing for a stream that is no terminal.
    """

    def __init__(self, input_stream: TextIO | None) -> None:
        self._handle = input_stream.fileno() if input_stream is not None and input_stream.isatty() else -1
        self._earlier_modes = _modes(self._handle)  # to be restored
        if self._earlier_modes is not None:
            new_modes = [*self._earlier_modes]
            new_modes[_LOCAL_FLAGS] |= termios.NOFLSH  # else Ctrl+C throws the line away (termios(3))
            _set_modes(self._handle, new_modes)

    def line(self) -> str:
        """Return what was typed without an Enter; "" if nothing was, or if the terminal is gone."""
        modes = _modes(self._handle)
        if modes is None:
            return ""
        unbuffered = [*modes]  # gives each character at once, and does not wait for any
        unbuffered[_LOCAL_FLAGS] &= ~termios.ICANON
        unbuffered[_CHARACTERS] = [*modes[_CHARACTERS]]
        unbuffered[_CHARACTERS][termios.VMIN] = unbuffered[_CHARACTERS][termios.VTIME] = 0
        try:
            _set_modes(self._handle, unbuffered)
            data = os.read(self._handle, _LONGEST_LINE_BYTES)
        except OSError:
            return ""
        finally:
            _set_modes(self._handle, modes)
        return data.decode("utf-8", "ignore")

    def close(self) -> None:
        """Restore the modes of the terminal."""
        if self._earlier_modes is not None:
            _set_modes(self._handle, self._earlier_modes)


def _modes(handle: int) -> list[Any] | None:
    """Return the modes of a terminal, None for -1 or a terminal that is gone."""
    try:
        return termios.tcgetattr(handle) if handle >= 0 else None
    except termios.error:
        return None


def _set_modes(handle: int, modes: list[Any]) -> None:
    """Set the modes of a terminal, unless it is gone."""
    try:
        termios.tcsetattr(handle, termios.TCSANOW, modes)
    except termios.error:
        return  # the terminal is gone


# A terminal takes a line of so many bytes and silently drops the rest: N_TTY_BUF_SIZE of Linux with the line feed,
# MAX_CANON of macOS (termios(3), « canonical mode »).
_LONGEST_LINE_BYTES = 1024 if sys.platform == "darwin" else 4096
_EMPTY_CELL = ": —"  # how a line ends whose value is missing
# What arrows and such keys send, which a prompt ignores (xterm ctlseqs, « PC-Style »).
_ARROW_KEYS = r"\x1b(?:\[[0-9;]*[A-H~]|O[A-S])"
_STRAY_BYTES = "".join(map(chr, range(0xDC80, 0xDD00)))  # as surrogates: bytes of a character that was cut in two


class InputEnded(Exception):
    """Raised when nothing more will be typed: the input has ended, the person quit, or the signal `number` came.

    `line` is what was typed by then without an Enter.
    """

    def __init__(self, number: int = 0, line: str = "") -> None:
        super().__init__()
        self.number = number
        self.line = line


class Unreadable(ValueError):
    """Raised for a line that is no UTF-8 text."""


class LineStreams:
    """The two text streams of a conversation; with None as input (it is closed) the conversation ends at once.

    If the output is closed, nothing more is said, and the next question ends the conversation; `failure` is then the
    OSError of the first attempt.
    """

    def __init__(self, input_stream: TextIO | None, output: TextIO) -> None:
        self._input = input_stream
        self._output = output
        if isinstance(input_stream, io.TextIOWrapper):
            input_stream.reconfigure(encoding="utf-8", errors="surrogateescape")
        # A terminal shows the Enter that ends an answer; for any other input each prompt ends its own line.
        self._is_terminal = input_stream is not None and input_stream.isatty()
        self._wraps = self._is_terminal and output.isatty()  # whether lines are wrapped to the width of the terminal
        self._half_typed = HalfTypedLine(input_stream)
        self._is_reading = False
        self.number = 0  # of the signal that came first, 0 for none
        self.failure: OSError | None = None

    def say(self, text: str) -> None:
        """Write a text and a line end, without the lines of empty cells, such as « Échéance : — »."""
        if _EMPTY_CELL in text:
            text = "\n".join(line for line in text.split("\n") if not line.endswith(_EMPTY_CELL))
        self._write(self._wrapped(text) + "\n")

    def _wrapped(self, text: str) -> str:
        """Return the text with its lines broken between words on a terminal; unchanged for any other output."""
        if not self._wraps:
            return text
        try:
            width = os.get_terminal_size(self._output.fileno()).columns - 1
        except OSError:  # the terminal is gone
            return text
        if width < _NARROWEST_COLUMNS:  # or a terminal that does not tell its size
            return text
        return "\n".join(part for line in text.split("\n") for part in (wrap(line, width) if line else [""]))

    def ask(self, prompt: str) -> str:
        """Write a prompt, and return the line that is typed without its end.

        Raises InputEnded if there is none, Unreadable if it is no UTF-8 text.
        """
        words = self._wrapped(clean(prompt, multiline=False))
        self._write(words + (" " if self._is_terminal else "\n"), at_once=True)
        try:
            line = self._read_line()
        except InputEnded as ended:
            self._end_line()
            ended.line = clean(re.sub(_ARROW_KEYS, "", self._half_typed.line())).rstrip("\n")
            raise
        if self._is_terminal and len(line.encode(errors="surrogateescape")) >= _LONGEST_LINE_BYTES:
            line = line.rstrip("\n").rstrip(_STRAY_BYTES)
            self.say(_("A terminal lets no longer line through: check its end with /repeat, and go on with /append."))
        if any("\ud800" <= char <= "\udfff" for char in line):  # surrogates: bytes that are no UTF-8
            raise Unreadable
        return clean(re.sub(_ARROW_KEYS, "", line)).rstrip("\n")

    def _read_line(self) -> str:
        """Return the next line with its end. Raises InputEnded if there is none, or after a signal."""
        self._is_reading = True
        try:
            if self.number or self.failure is not None:
                raise InputEnded(self.number)
            line = self._input.readline() if self._input is not None else ""
        except OSError as error:  # the terminal is gone
            self.failure = error
            raise InputEnded from None
        finally:
            self._is_reading = False
        if not line:
            if self._is_terminal and self._input is not None and is_closed(self._input.fileno()):
                self.number = signal.SIGHUP  # a terminal that closed reads like an ended input
            raise InputEnded(self.number)
        return line

    def take_signal(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal that ends the conversation: at once while a line is read, else before the next one.

        Raises InputEnded while a line is read.
        """
        self.number = self.number or number
        if self._is_reading:
            raise InputEnded(number)

    def close(self) -> None:
        """Restore the terminal: nothing more is asked."""
        self._half_typed.close()

    def _end_line(self) -> None:
        """End the line of the prompt on a terminal, after which nothing was typed."""
        if self._is_terminal:
            self._write("\n")

    def _write(self, text: str, *, at_once: bool = False) -> None:
        """Write a text, and flush it if `at_once`; an error is kept as `failure`, and nothing is written after it."""
        if self.failure is not None:
            return
        try:
            console.write(text, stream=self._output)
            if at_once:
                self._output.flush()
        except OSError as error:
            self.failure = error
