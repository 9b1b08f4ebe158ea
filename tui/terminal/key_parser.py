"""The parser of what the terminal sends: characters, keys that arrive together, and pastes taken as text."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterable
from functools import partial
from io import TextIOWrapper

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.keys import _character_to_key
from textual.message import Message

_LATIN = "entente-latin"


def install_codec(codec: str) -> None:
    """Have the driver read, and its file write, the letters of `codec`; Textual knows UTF-8 alone (8.2.8).

    A byte that is no UTF-8, from a terminal set otherwise than its locale says, is read as Latin-1; Textual ends there.
    """
    codecs.register_error(_LATIN, _latin)
    read = "utf-8" if codec == "ascii" else codec
    decoder = partial(codecs.getincrementaldecoder(read), errors=_LATIN)
    vars(linux_driver)["getincrementaldecoder"] = lambda _name: decoder
    if read != "utf-8" and isinstance(sys.__stderr__, TextIOWrapper):
        sys.__stderr__.reconfigure(encoding=read, errors="replace")


def _latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end].decode("latin-1")
    return "".join(letter if letter >= "\xa0" else "\ufffd" for letter in wrong), error.end


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


# Around a pasted text where the terminal brackets it (xterm ctlseqs, "Bracketed Paste Mode").
_START, _END = "\x1b[200~", "\x1b[201~"


class Pasted:
    """Drops each ESC between the brackets of a paste, which may come in any pieces."""

    def __init__(self) -> None:
        self._inside = False
        self._before = ""  # outside: the last characters, where a bracket may have begun
        self._held = ""  # inside: what may be the beginning of the closing bracket

    def take(self, data: str) -> str:
        """What is to be read of the next piece."""
        text, self._held = self._held + data, ""
        out: list[str] = []
        while text:
            text = self._within(text, out) if self._inside else self._without(text, out)
        return "".join(out)

    def _without(self, text: str, out: list[str]) -> str:
        at = (self._before + text).find(_START)
        if at < 0:
            self._before = (self._before + text)[1 - len(_START) :]
            out.append(text)
            return ""
        end = at + len(_START) - len(self._before)
        self._inside, self._before = True, ""
        out.append(text[:end])
        return text[end:]

    def _within(self, text: str, out: list[str]) -> str:
        at = text.find(_END)
        if at >= 0:
            self._inside = False
            out += [text[:at].replace("\x1b", ""), _END]
            return text[at + len(_END) :]
        kept = next((size for size in range(len(_END) - 1, 0, -1) if text.endswith(_END[:size])), 0)
        self._held = text[len(text) - kept :]
        out.append(text[: len(text) - kept].replace("\x1b", ""))
        return ""


class PasteParser(KeyParser):
    """What reads the terminal; Textual's own takes an ESC in a paste for a key, and what follows for typed letters."""

    def __init__(self, debug: bool = False) -> None:
        self._pasted = Pasted()
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """The events of the next piece; "" says that no more will come."""
        read = self._pasted.take(data)
        return super().feed(read) if read or not data else ()


def install_pasting() -> None:
    """Have the driver read with it; Textual has no other way in (8.2.8)."""
    vars(linux_driver)["XTermParser"] = PasteParser
