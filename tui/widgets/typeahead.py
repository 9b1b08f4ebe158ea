"""Keys that arrive in one read: Escape (or Alt) and a letter are whole by themselves, whatever was typed behind them.

Textual waits 100 ms for the rest of a sequence and, when another escape comes first, gives the letters as text with a
« ^ » before them: on a slow line « Escape, j, Down » wrote « ^j » into the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.keys import _character_to_key
from textual.message import Message

_OPENERS = "[O]\x1b"  # what may stand second in a longer sequence (CSI, SS3, OSC), or begins the next one
_WHOLE = re.compile(f"\x1b[^{re.escape(_OPENERS)}]|\x1b\\[20[01]~", re.DOTALL)
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"


class KeyParser(XTermParser):
    """Textual's parser of what the terminal sends, with short sequences ended where they end."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasting = False
        self._escaped = False  # the last read ended with Escape

    def feed(self, data: str) -> Iterable[Message]:
        """The events of one read; "" ends the stream."""
        start = 0
        if self._escaped and data and data[0] not in _OPENERS and not self._pasting:
            yield from self._whole(data[0])
            start = 1
        self._escaped = data.endswith("\x1b")
        for match in _WHOLE.finditer(data, start):
            if match[0] in (_PASTE_BEGINS, _PASTE_ENDS):
                self._pasting = match[0] == _PASTE_BEGINS
            elif not self._pasting:
                yield from super().feed(data[start : match.start()]) if match.start() > start else ()
                yield from self._whole(match[0])
                start = match.end()
        if start < len(data) or not data:
            yield from super().feed(data[start:])

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """Escape and a letter are Alt and that letter, also those that Textual's table has other words for (« f »)."""
        if (
            len(sequence) == 2
            and sequence[0] == "\x1b"
            and sequence in ANSI_SEQUENCES_KEYS
            and sequence[1].isprintable()
        ):
            letter = sequence[1]
            yield events.Key(f"alt+{letter if letter.isalnum() else _character_to_key(letter)}", letter)
        else:
            yield from super()._sequence_to_key_events(sequence, alt)

    def _whole(self, keys: str) -> Iterable[Message]:
        yield from super().feed(keys)
        if self._timeout_time is not None:  # it waits for more: there is no more
            self._timeout_time = 0.0
            yield from self.tick()
