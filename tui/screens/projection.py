"""Projection: the document alone, spaced out and at the highest contrast; nothing private on any cell of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from tui.agreement.blocks import NOWHERE, Origin
from tui.commands import PROJECTION, by_key, hint
from tui.desk.desk import Desk
from tui.screens.bottom import Target, names_the_unnamed
from tui.screens.dress import worn_by
from tui.screens.paper import Paper, Sheet
from tui.screens.picker import yes_no
from tui.screens.reading import DocumentScreen
from tui.screens.table import projected
from tui.text.widths import shorten
from tui.text.widths import width as cells
from tui.widgets.lines import Line, Lines, Piece
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp

TALL = 30  # rows from which the lines stand apart
WIDE = 84  # cells of text: longer lines are hard to read from afar


class ProjectionScreen(DocumentScreen):
    """What a whole room looks at. Built from the agreement, which is built from the public view alone.

    It says no message of other screens (they may name a file or a person) and opens public fields only.
    """

    where = PROJECTION

    def __init__(self, desk: Desk, section: str, theme: str) -> None:
        super().__init__(desk, section)
        self._theme_before = theme

    def compose(self) -> ComposeResult:
        """The partnership's own name stands first, wherever in the document one reads."""
        yield Lines(id="head", classes="bar", glyph="")
        yield from super().compose()

    def paint(self) -> None:
        """The name above, the document below."""
        document, head = self.desk.agreement, self.query_one("#head", Lines)
        head.can_focus = False
        tail = document.version
        room = self.size.width - cells(tail) - 4
        name = shorten(document.title, max(room, 8))
        gap = " " * max(room - cells(name) + 1, 1)
        head.show([(Piece(f" {name}", "title"), Piece(f"{gap}{tail}" if room > 20 else "", "muted"))])
        super().paint()

    def on_resize(self) -> None:
        """The text stands in the middle of a wide screen."""
        side = max((self.size.width - WIDE) // 2, 0)
        self.query_one("#sheet").styles.margin = (0, side)
        super().on_resize()

    def painted(self, paper: Paper) -> Sheet:
        """The document, its lines apart where there is room."""
        sheet = paper.paint(self.desk.agreement, min(self.size.width - 1, WIDE))
        if self.size.height < TALL:
            return sheet
        lines: list[Line] = []
        origins: list[Origin] = []
        starts: dict[str, int] = {}
        firsts = {row: name for name, row in sheet.starts.items()}
        for row, (line, origin) in enumerate(zip(sheet.lines, sheet.origins, strict=True)):
            if row in firsts:
                starts[firsts[row]] = len(lines)
            lines.append(line)
            origins.append(origin)
            if line and not _underlined(sheet.lines, row):
                lines.append(())
                origins.append(NOWHERE)
        return Sheet(tuple(lines), tuple(origins), starts)

    def keys(self) -> list[tuple[str, str]]:
        """As few words as can be: the room reads the document."""
        if self.bottom.target is not None:
            return [(_("Esc"), _("back"))]
        return [("↑↓", ""), *hint("gap", _("next gap")), (_("Enter"), _("write")), (_("Esc"), _("back"))]

    def say(self, text: str) -> None:
        """Nothing of other screens is said here; what is said of the document itself comes by `tell`."""

    def target_here(self, *, adding: bool = False) -> Target | None:
        """What the line comes from, unless it would name someone who may not be named yet."""
        target = super().target_here(adding=adding)
        return None if target is not None and names_the_unnamed(self.desk, target) else target

    def elsewhere(self, origin: Origin) -> None:
        """What is no public text is not opened before the room."""
        self.tell(_("This line is written outside of the projection."))

    def leave(self) -> None:
        """Leaving asks first: what comes after is not for the room."""

        def chosen(answer: str | None) -> None:
            if answer == "yes":
                self.app.theme = self._theme_before
                self.app.pop_screen()

        self.app.push_screen(yes_no(_("Stop projecting?")), chosen)

    def on_key(self, event: events.Key) -> None:
        """The keys of the document, and no others."""
        found = by_key(event.key, PROJECTION, moving=False)
        if found is None and event.key.startswith(("f", "ctrl+", "alt+")) and len(event.key) > 1:
            event.stop()
            event.prevent_default()


def _underlined(lines: Sequence[Line], row: int) -> bool:
    """Whether a line is a heading with its rule below."""
    follows = lines[row + 1] if row + 1 < len(lines) else ()
    return any(piece.style == "rule" for piece in follows)


def project(app: EntenteApp) -> None:
    """Begin to project; the same key asks whether to stop."""
    if projected(app):
        while not isinstance(app.screen, ProjectionScreen):
            app.pop_screen()
        app.screen.call_later(app.screen.leave)  # asked by the screen that stays: one that goes hears no answer
        return
    desk = app.desk
    if desk is None:
        return
    app.save()
    app.said_at_end = []  # a path on the terminal after the meeting would be one too many
    app.push_screen(ProjectionScreen(desk, desk.question.feeds, app.theme))
    app.theme = worn_by(app, "entente-contrast")
