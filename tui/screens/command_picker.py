"""The list of commands: the ten of the moment, the others by a few letters or past the last line."""

from __future__ import annotations

from collections.abc import Sequence

from tui.i18n import N_, ngettext
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Line, Piece
from tui.text.name_matching import words_of
from tui.text.widths import wrap
from tui.ui.dialog import Choice, Picker


class CommandPicker(Picker):
    """Opens on some of the commands; an arrow past the first or the last, or a page turned, brings all of them."""

    about = N_(
        "The commands likeliest now. A few letters of what you want to do find any other, and so do the arrows past "
        "the last line; Enter does it."
    )

    def __init__(self, title: str, choices: Sequence[Choice], first: Sequence[str]) -> None:
        """`first` are the ids of the choices it opens on, in their order."""
        super().__init__(title, choices)
        known = {choice.id: choice for choice in choices}
        self._first = [known[name] for name in first if name in known]
        self._whole = not self._first

    def _search(self, text: str) -> list[Choice]:
        found = super()._search(text)
        if words_of(text):
            return found
        rest = [choice for choice in found if choice not in self._first] if self._whole else []
        return [*self._first, *rest]

    def _show_all(self) -> None:
        if not self._whole and not words_of(self.query_one(Editor).text):
            self._whole = True
            self._paint()

    def walk(self, by: int) -> bool:
        """Walk through what is found; one step past an end brings all the commands first."""
        if not 0 <= self.at + by < len(self.found):
            self._show_all()
        return super().walk(by)

    def turn(self, pages: int) -> bool:
        """Turn the pages of all the commands."""
        self._show_all()
        return super().turn(pages)

    def _about(self, width: int) -> list[Line]:
        left = sum(not choice.sought for choice in self.choices) - len(self.found)
        lines = super()._about(width)
        if self._whole or left <= 0 or words_of(self.query_one(Editor).text):
            return lines
        said = ngettext("{n} more: letters, or ↓ past the last", "{n} more: letters, or ↓ past the last", left)
        return [*((Piece(line, "muted"),) for line in wrap(said.format(n=left), width - 2, "   ", "   ")), *lines]
