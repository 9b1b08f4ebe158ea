"""A page of lines of which some can be acted on: arrows go from one to the next, Enter acts, Escape goes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from tui.commands import DOCUMENT
from tui.desk.desk import Desk
from tui.quick import dataclass
from tui.screens.foot import keys_line
from tui.screens.struck import struck
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.widgets.lines import Line, Lines, Piece
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp

WIDEST = 96  # cells: longer lines are hard to read


@dataclass(frozen=True, slots=True)
class Row:
    """One text of the page, wrapped; `act` is what Enter does there, None for a text that is only read."""

    text: str = ""
    style: str = ""
    act: Callable[[], None] | None = None
    behind: str = ""
    indent: int = 1


class PageScreen(Screen[None]):
    """A page of rows. A page of its own says its `heading`, its `rows` and its `keys`."""

    app: EntenteApp

    def __init__(self) -> None:
        super().__init__()
        self.message = ""
        self._at = 0  # among the rows that can be acted on
        self._places: list[tuple[int, Callable[[], None]]] = []

    @property
    def at(self) -> int:
        """Where one stands, among the rows that can be acted on."""
        return self._at

    def heading(self) -> str:
        """What stands above the page."""
        return ""

    def rows(self) -> Sequence[Row]:
        """The rows of the page as the partnership stands now."""
        return ()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the last line, with what they do."""
        return [("↑↓", _("line")), (_("Enter"), _("open")), (_("Esc"), _("back"))]

    def letter(self, key: str) -> bool:
        """Act on a letter; whether it meant something here."""
        return False

    def compose(self) -> ComposeResult:
        """A first line, the page, a last line."""
        yield Lines(id="head", classes="bar", glyph="")
        yield Lines(id="sheet")
        yield Lines(id="foot", classes="bar", glyph="")

    def on_mount(self) -> None:
        """The keyboard goes to the page."""
        for name in ("#head", "#foot"):
            self.query_one(name).can_focus = False
        self.query_one("#sheet").focus()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.paint()

    def on_screen_resume(self) -> None:
        """What was changed elsewhere shows at once."""
        if self.size.width:
            self.paint()

    def paint(self) -> None:
        """Paint the page from the rows of now."""
        width = min(self.size.width - 2, WIDEST)
        lines: list[Line] = []
        self._places = []
        for row in self.rows():
            if row.act is not None:
                self._places.append((len(lines), row.act))
            lines += _painted(row, width)
        self.query_one("#head", Lines).show([(Piece(" " + shorten(self.heading(), self.size.width - 2), "heading"),)])
        self.query_one("#sheet", Lines).show(lines)
        self._stand(self._at)
        self._foot()

    def say(self, text: str) -> None:
        """Show a message in the last line, until the next key."""
        self.tell(text)

    def tell(self, text: str) -> None:
        """Show what this page itself has to say in the last line, until the next key."""
        self.message = text
        self._foot()

    def _foot(self) -> None:
        self.query_one("#foot", Lines).show([keys_line(self.keys(), self.size.width, self.message)])

    def _stand(self, at: int) -> None:
        self._at = min(max(at, 0), max(len(self._places) - 1, 0))
        pane = self.query_one("#sheet", Lines)
        pane.cursor = self._places[self._at][0] if self._places else None
        if self._at == 0:
            pane.scroll_to_row(0, top=True)
        elif pane.cursor is not None:
            pane.scroll_to_row(pane.cursor)

    def on_key(self, event: events.Key) -> None:
        """Arrows walk, Enter acts, Escape leaves; other letters are the page's own."""
        moves = {"up": -1, "down": 1, "home": -(10**6), "end": 10**6}
        page = self.query_one("#sheet", Lines)
        key = struck(event)
        if self.message:
            self.tell("")
        if event.key in moves and self._places:
            self._stand(self._at + moves[event.key])
        elif event.key in ("up", "down", "pageup", "pagedown"):
            step = 1 if event.key in ("up", "down") else page.size.height
            page.scroll_relative(y=step if "down" in event.key else -step, animate=False)
        elif event.key in ("enter", "space") and self._places:
            self._places[self._at][1]()
        elif event.key == "escape":
            self.app.pop_screen()
        elif not self.letter(key):
            return
        event.stop()
        event.prevent_default()


class RowsScreen(PageScreen):
    """A page of rows over the open partnership, of which some lead to a field of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def to_field(self, question: str, partner: str = "", entry: str = "", field: str = "") -> None:
        """Leave the page and write at a field."""
        place = self.desk.place
        slot = f"{entry}/{field}" if entry and field else ""
        self.desk.go(replace(place, question=question, partner=partner or place.partner, slot=slot, other=""))
        self.app.pop_screen()
        while len(self.app.screen_stack) > 1 and getattr(self.app.screen, "where", "") == DOCUMENT:
            self.app.pop_screen()
        self.app.write_here()


def _painted(row: Row, width: int) -> list[Line]:
    pad = " " * row.indent
    texts = wrap(row.text, width, pad, pad + ("  " if row.act else "")) if row.text else [""]
    lines: list[Line] = [(Piece(text, row.style),) for text in texts]
    if row.behind:
        gap = width - cells(texts[-1]) - cells(row.behind)
        if gap > 1:
            lines[-1] = (*lines[-1], Piece(" " * gap), Piece(row.behind, "muted"))
        else:
            lines.append((Piece(f"{pad}  {row.behind}", "muted"),))
    return lines
