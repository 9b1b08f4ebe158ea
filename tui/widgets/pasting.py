"""A pasted page taken as text to its end: nothing in it is ever a key, nor a command."""

from __future__ import annotations

from collections.abc import Iterable

from textual.drivers import linux_driver
from textual.message import Message

from tui.widgets.typeahead import KeyParser

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


def install() -> None:
    """Have the driver read with it; Textual has no other way in (8.2.8)."""
    vars(linux_driver)["XTermParser"] = PasteParser
