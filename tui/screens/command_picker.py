"""The list of commands: it opens on the most likely ones, and shows the others on demand."""

from __future__ import annotations

from collections.abc import Sequence

from tui.i18n import N_, ngettext
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Line, Piece
from tui.text.name_matching import words_of
from tui.text.widths import wrap
from tui.ui.dialog import Choice, Picker


class CommandPicker(Picker):
    """Opens on a few commands; letters, an arrow past the first or last line, or a page key show the others too."""

    about = N_(
        "The commands likeliest now. A few letters of what you want to do find any other, and so do the arrows past "
        "the last line; Enter does it."
    )

    def __init__(self, title: str, choices: Sequence[Choice], first_ids: Sequence[str]) -> None:
        """`first_ids` are the choices that the list opens with, in their order; without any, it opens with all."""
        super().__init__(title, choices)
        by_id = {choice.id: choice for choice in choices}
        self._first_choices = [by_id[choice_id] for choice_id in first_ids if choice_id in by_id]
        self._shows_all = not self._first_choices

    def _search(self, text: str) -> list[Choice]:
        """Return the choices that match `text`; for no text the first choices and, once all are shown, the others."""
        matching = super()._search(text)
        if words_of(text):
            return matching
        others = [choice for choice in matching if choice not in self._first_choices] if self._shows_all else []
        return [*self._first_choices, *others]

    def _show_all(self) -> None:
        """Show all commands, unless letters search for some."""
        if not self._shows_all and not words_of(self.query_one(Editor).text):
            self._shows_all = True
            self._paint()

    def walk(self, by: int) -> bool:
        """Move `by` lines; past either end show all commands first. Return whether the key did something."""
        is_on_a_choice = 0 <= self.at + by < len(self.found)
        if not is_on_a_choice:
            self._show_all()
        return super().walk(by)

    def turn(self, pages: int) -> bool:
        """Show all commands, and move `pages` pages. Return whether the key did something."""
        self._show_all()
        return super().turn(pages)

    def _about(self, width: int) -> list[Line]:
        """Return the lines below the list: how many commands are hidden and how to show them, then the usual ones."""
        # Choices that only a search finds (`only_found`) are not counted.
        hidden_count = sum(not choice.only_found for choice in self.choices) - len(self.found)
        lines = super()._about(width)
        if self._shows_all or hidden_count <= 0 or words_of(self.query_one(Editor).text):
            return lines
        words = ngettext("{n} more: letters, or ↓ past the last", "{n} more: letters, or ↓ past the last", hidden_count)
        return [
            *((Piece(line, "muted"),) for line in wrap(words.format(n=hidden_count), width - 2, "   ", "   ")),
            *lines,
        ]
