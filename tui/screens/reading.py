"""The document on the whole screen: read, walked line by line, Enter opens the field a line comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from tui.commands import DOCUMENT, by_key
from tui.desk.desk import Desk
from tui.screens.paper import Paper, Sheet
from tui.text.widths import shorten
from tui.widgets.lines import Lines, Piece
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp

WIDEST = 96  # cells: longer lines are hard to read


class DocumentScreen(Screen[None]):
    """The agreement, from the section one came from."""

    app: EntenteApp
    where = DOCUMENT

    def __init__(self, desk: Desk, section: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.section = section
        self.sheet = Sheet((), (), {})
        self.message = ""
        self._paper = Paper()
        self._at = -1

    def compose(self) -> ComposeResult:
        """The paper and a last line."""
        yield Lines(id="sheet")
        yield Lines(id="foot", classes="bar")

    def on_mount(self) -> None:
        """The keyboard goes to the paper."""
        self.query_one("#foot").can_focus = False
        self.query_one("#sheet").focus()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.paint()

    def paint(self) -> None:
        """Paint the document and the last line."""
        width = min(self.size.width - 1, WIDEST)
        self.sheet = self._paper.paint(self.desk.agreement, width)
        pane = self.query_one("#sheet", Lines)
        pane.show(self.sheet.lines)
        if self._at < 0:
            self._at = self.sheet.starts.get(self.section, 0)
            pane.scroll_to_row(self._at, top=True)
        self._stand(self._at)
        self._foot()

    def _foot(self) -> None:
        keys = [
            ("↑↓", _("line")),
            ("N", _("next gap")),
            (_("Enter"), _("open its field")),
            ("F8", _("copy")),
            (_("Esc"), _("back")),
        ]
        pieces = [Piece(" ")]
        for key, words in keys:
            pieces += [Piece(f"{key} ", "strong"), Piece(f"{words}   ", "muted")]
        if self.message:
            pieces = [Piece(" " + shorten(self.message, self.size.width - 2), "accent")]
        self.query_one("#foot", Lines).show([tuple(pieces)])

    def say(self, text: str) -> None:
        """Show a message in the last line."""
        self.message = text
        self._foot()

    def _stand(self, row: int) -> None:
        self._at = min(max(row, 0), max(len(self.sheet.lines) - 1, 0))
        pane = self.query_one("#sheet", Lines)
        pane.cursor = self._at
        pane.scroll_to_row(self._at)

    def on_key(self, event: events.Key) -> None:
        """Arrows walk, Enter opens, letters act, Escape goes back."""
        page = max(self.size.height - 3, 1)
        moves = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -(10**6), "end": 10**6}
        key = event.character if event.is_printable and event.character else event.key
        if self.message:
            self.say("")
        if event.key in moves:
            self._stand(self._at + moves[event.key])
        elif event.key == "enter":
            self._open()
        elif event.key == "escape":
            self.app.pop_screen()
        elif key in ("n", "N"):
            self._gap()
        else:
            found = by_key(key, DOCUMENT, moving=True)
            if found is None:
                return
            self.app.run_command(found.id)
        event.stop()
        event.prevent_default()

    def _gap(self) -> None:
        """To the next line that holds a hole."""
        rows = [row for row, line in enumerate(self.sheet.lines) if any("hole" in piece.style for piece in line)]
        if rows:
            self._stand(next((row for row in rows if row > self._at), rows[0]))
        else:
            self.say(_("Nothing is left to be specified."))

    def _open(self) -> None:
        """Open the field the line comes from."""
        origin = self.sheet.origins[self._at] if self._at < len(self.sheet.origins) else None
        if origin is None or not origin.question:
            self.say(_("This line is made by the program; it has no field of its own."))
            return
        desk, place = self.desk, self.desk.place
        question = desk.guide.question(origin.question)
        entry = desk.project.entry(origin.entry)
        slot = f"{origin.entry}/{origin.field}" if entry is not None or origin.entry else ""
        desk.go(replace(place, question=question.id, partner=origin.partner or place.partner, slot=slot, other=""))
        self.app.pop_screen()
        self.app.write_here()
