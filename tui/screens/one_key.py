"""A small window with a few choices, each taken by one key; Escape leaves."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.screens.foot import WindowFoot
from tui.widgets.lines import Line, Lines, Piece
from tui.words import _


class OneKey(ModalScreen[str | None]):
    """Choices are (key, words); the key pressed is the answer, None after Escape."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.title_text = title
        self.choices = tuple(choices)

    def compose(self) -> ComposeResult:
        """The title and the choices."""
        with Vertical(id="picker"):
            yield Lines(id="picker-list", glyph="")
        yield WindowFoot()

    def on_mount(self) -> None:
        """Paint once: nothing changes here."""
        lines: list[Line] = [(Piece(f" {self.title_text}", "heading"),), ()]
        lines += [(Piece(f"   {key}  ", "strong accent"), Piece(words)) for key, words in self.choices]
        pane = self.query_one("#picker-list", Lines)
        pane.show(lines)
        pane.focus()
        self.query_one(WindowFoot).tell([*((key, "") for key, _words in self.choices), (_("Esc"), _("leave"))])

    def on_key(self, event: events.Key) -> None:
        """A key of the list is the answer."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
        elif event.character in {key for key, _words in self.choices}:
            self.dismiss(event.character)
