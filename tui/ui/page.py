"""A page of lines that keys walk and act on, a page with a text to read, and the last line with its keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.screen import ScreenResultType

from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.ui.host import Host, Page
from tui.workspace.workspace import Workspace


def keys_line(keys: Sequence[tuple[str, str]], width: int, message: str = "", tone: str = "accent") -> Line:
    """The keys with what they do, in `width` cells; Escape is never left out. A message stands in their place."""
    if message:
        return (Piece(" " + shorten(message, width - 2), tone),)
    way_out = _("Esc")
    used = 1 + sum(_room(key, words) for key, words in keys if key == way_out)
    pieces = [Piece(" ")]
    for key, words in keys:
        if key != way_out:
            used += _room(key, words)
            if used > width:
                used -= _room(key, words)
                continue
        pieces += [Piece(f"{key} ", "strong"), Piece(f"{words}   " if words else "  ", "muted")]
    return tuple(pieces)


def _room(key: str, words: str) -> int:
    return cells(key) + cells(words) + 4


class WindowFoot(Lines):
    """The last line over that of the screen below, while a small window asks something."""

    def __init__(self) -> None:
        super().__init__(id="picker-foot", classes="bar", glyph="")
        self.can_focus = False
        self._keys: tuple[tuple[str, str], ...] = ()

    def tell(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show the keys that count in the window."""
        self._keys = tuple(keys)
        self.on_resize()

    def on_resize(self) -> None:
        """Paint for the new width."""
        if self.screen.size.width:
            self.show([keys_line(self._keys, self.screen.size.width)])


WIDEST = 96  # cells: longer lines are hard to read


@dataclass(frozen=True, slots=True)
class PageRow:
    """One text of the page, wrapped; `act` is what Enter does there, None for a text that is only read."""

    text: str = ""
    style: str = ""
    act: Callable[[], None] | None = None
    behind: str = ""
    indent: int = 1


class PageScreen(Page[None]):
    """A page of rows. A page of its own says its `heading`, its `rows` and its `keys`."""

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

    def rows(self) -> Sequence[PageRow]:
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
        key = key_name(event)
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

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def to_field(self, question: str, partner: str = "", entry: str = "", field: str = "") -> None:
        """Leave the page and write at a field."""
        place = self.workspace.place
        slot = f"{entry}/{field}" if entry and field else ""
        there = replace(place, question=question, partner=partner or place.partner, slot=slot, other="")
        self.app.to_questions(there)


def _painted(row: PageRow, width: int) -> list[Line]:
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


_ALL = 10**6


def key_name(event: events.Key) -> str:
    """« d », « D », « alt+d », « f8 »; a letter and alt+letter keep their capital."""
    if event.key.startswith("alt+"):
        letter = event.key.removeprefix("alt+")
        if event.character and event.is_printable and len(letter) > 1:
            letter = event.character  # a sign, or a letter under Textual's name for it
        return f"alt+{letter}"
    return event.character if event.is_printable and event.character else event.key


def lines_moved(key: str, page: int) -> int:
    """How many lines an arrow walks, a page being `page` of them; to either end more than any text has; else 0."""
    return {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -_ALL, "end": _ALL}.get(key, 0)


def refuse_paste(app: Host) -> None:
    """Say that a pasted text was not taken: its letters are no commands."""
    app.say(_("A text was pasted where nothing is written: stand in a field, then paste it."))


class TextScreen(Page[ScreenResultType]):
    """A text that the arrows scroll. Each such screen says its `heading`, its `text`, its `keys` and what they do."""

    tone: ClassVar[str] = "accent"  # of a message

    def __init__(self) -> None:
        super().__init__()
        self.message = ""  # in place of the keys, until the next key

    def heading(self) -> str:
        """What stands above the text."""
        raise NotImplementedError

    def text(self, width: int) -> Sequence[Line]:
        """The text, in lines of at most `width` cells."""
        raise NotImplementedError

    def keys(self) -> Sequence[tuple[str, str]]:
        """The keys of the last line, with what they do."""
        raise NotImplementedError

    def struck(self, event: events.Key) -> bool:
        """Do what a key says that does not scroll; whether it meant something here."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """A first line, the text, a last line."""
        yield Lines(id="head", classes="bar", inks=False)
        yield Lines(id="sheet", glyph="")
        yield Lines(id="foot", classes="bar", inks=False)

    def on_mount(self) -> None:
        """The keyboard goes to the text."""
        self.query_one("#head").can_focus = self.query_one("#foot").can_focus = False
        self.query_one("#sheet").focus()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.paint()

    def paint(self) -> None:
        """Paint everything as it stands now, from the top of the text."""
        width = self.size.width
        self.query_one("#head", Lines).show([(Piece(" " + shorten(self.heading(), width - 2), "title"),)])
        self.query_one("#sheet", Lines).show(self.text(min(width - 2, WIDEST)), keep=0)
        self._foot()

    def _foot(self) -> None:
        line = keys_line(self.keys(), self.size.width, self.message, self.tone)
        self.query_one("#foot", Lines).show([line])

    def on_key(self, event: events.Key) -> None:
        """Arrows scroll; the other keys are the screen's own."""
        if self.message:
            self.message = ""
            self._foot()
        pane = self.query_one("#sheet")
        if by := lines_moved(event.key, pane.size.height):
            pane.scroll_relative(y=by, animate=False)
        elif not self.struck(event):
            return
        event.stop()
        event.prevent_default()
