"""A line that was being typed when the conversation was interrupted: kept by the terminal, and read from it."""

from __future__ import annotations

import os
import termios
from typing import Any, TextIO


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
        """What was typed without an Enter; "" when nothing was, or when the terminal is gone."""
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
