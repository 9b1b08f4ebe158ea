"""The frame that pages share (heading, body, keys), a page of rows to act on, and a page with a text to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from typing import ClassVar

from textual.app import ComposeResult
from textual.screen import ScreenResultType

from tui.commands import PAGE, by_key
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.widths import first_lines, wrap
from tui.text.widths import width as cells
from tui.ui.host import Page
from tui.ui.message_lines import message_lines
from tui.workspace.workspace import Workspace

MAX_WIDTH = 96  # cells of a line: longer ones are hard to read
MAX_MESSAGE_ROWS = 3
MAX_HEAD_ROWS = 2
TWO_KEY_ROWS_FROM = 20  # rows of a screen, from which the keys may take two rows
TWO_HEAD_ROWS_FROM = 12  # rows of a screen, from which the heading may take two rows
_BLANKS_AFTER_KEY, _BLANKS_AFTER_WORDS = 1, 3  # in the line of keys


def keys_lines(keys: Sequence[tuple[str, str]], width: int, rows: int) -> list[Line]:
    """Return `keys`, as (key, what it does), in up to `rows` lines of `width` cells.

    Keys without room are left out, as `keys_line` says.
    """
    lines: list[list[tuple[str, str]]] = [[]]
    used_cells = 1
    for key, words in keys:
        if lines[-1] and used_cells + _key_cells(key, words) > width:
            lines.append([])
            used_cells = 1
        lines[-1].append((key, words))
        used_cells += _key_cells(key, words)
    if len(lines) > rows:
        last = list(chain.from_iterable(lines[rows - 1 :]))
        lines = [*lines[: rows - 1], last]
    return [keys_line(line, width) for line in lines]


def keys_line(keys: Sequence[tuple[str, str]], width: int) -> Line:
    """Return `keys`, as (key, what it does), in one line of `width` cells; those without room are left out.

    Escape goes last, Tab and Enter before it, then keys from the end; arrows that only go to another line go first,
    since everyone tries them.
    """
    ranks = {_("Esc"): 0, "Tab": 1, _("Enter"): 1}
    plain_arrows = (("↑↓", ""), ("↑↓", _("line")))
    by_rank = sorted(keys, key=lambda key: 3 if key in plain_arrows else ranks.get(key[0], 2))
    room = width - 1 + _BLANKS_AFTER_WORDS  # none are needed after the last
    kept = []
    for key, words in by_rank:
        if _key_cells(key, words) <= room or key == _("Esc"):
            room -= _key_cells(key, words)
            kept.append((key, words))
    pieces = [Piece(" ")]
    for key, words in keys:
        if (key, words) in kept:
            pieces += [Piece(f"{key} ", "strong"), Piece(f"{words}   " if words else "  ", "muted")]
    return tuple(pieces)


def key_rows(height: int) -> int:
    """Return the rows that the keys may take on a screen of `height` rows."""
    return 2 if height >= TWO_KEY_ROWS_FROM else 1


def _key_cells(key: str, words: str) -> int:
    """Return how many cells a key takes with its words and the blanks around them."""
    return cells(key) + _BLANKS_AFTER_KEY + cells(words) + _BLANKS_AFTER_WORDS


class FramedPage(Page[ScreenResultType]):
    """A page with its heading above, a body that the arrows walk through, and its keys below.

    Each subclass defines `heading`, `keys`, `paint_body`, and `act` if its letters do something.
    """

    AUTO_FOCUS = ""  # Textual gives the focus to no widget when a page above is left: the focus stays as it was
    headed: ClassVar[bool] = True  # whether there is a heading above the body
    tone: ClassVar[str] = "accent"  # the style that a message is drawn in

    def compose(self) -> ComposeResult:
        """Yield the heading, the body and the last line."""
        if self.headed:
            yield Lines(id="head", classes="bar", glyph="", owns_styles=False)
        yield from self.body()
        yield Lines(id="foot", classes="bar", glyph="", owns_styles=False)

    def body(self) -> ComposeResult:
        """Yield what is between heading and last line; the arrows walk through its pane `sheet`."""
        yield Lines(id="sheet", glyph="")

    def on_mount(self) -> None:
        """Give the keyboard to the body, and never to the bars above and below."""
        for bar in self.query(".bar"):
            bar.can_focus = False
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Give the keyboard to the body."""
        self.sheet_pane.focus()

    @property
    def sheet_pane(self) -> Lines:
        """The pane that the arrows walk through."""
        return self.query_one("#sheet", Lines)

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.paint()

    def on_screen_resume(self) -> None:
        """Show at once what was changed on the page above."""
        if self.size.width:
            self.paint()

    def paint(self) -> None:
        """Paint heading, body and last line from the present values."""
        if not self.is_mounted:
            return
        width = self.size.width
        if self.headed:
            head_rows = MAX_HEAD_ROWS if self.size.height >= TWO_HEAD_ROWS_FROM else 1
            head = first_lines(self.heading(), width - 1, head_rows, " ", " ")
            self.query_one("#head", Lines).show([(Piece(line, "title"),) for line in head])
        self.paint_body(min(width - 2, MAX_WIDTH))
        self.paint_foot()

    def paint_body(self, width: int) -> None:
        """Paint the body, for lines of at most `width` cells."""
        raise NotImplementedError

    def paint_foot(self) -> None:
        """Paint the message, else the keys."""
        width = self.size.width
        lines = message_lines(self.message, width, MAX_MESSAGE_ROWS, self.tone)
        self.query_one("#foot", Lines).show(lines or keys_lines(self.keys(), width, key_rows(self.size.height)))

    def say_to_room(self, text: str) -> None:
        """Show `text` in the last line until the next key."""
        self.message = text
        self.paint_foot()

    def say(self, text: str) -> None:
        """Show `text` in the last line until the next key; a page for projection overrides this to show nothing."""
        self.say_to_room(text)

    def walk(self, by: int) -> bool:
        """Scroll the body by `by` lines. Return True, since the key did something."""
        self.sheet_pane.scroll_relative(y=by, animate=False)
        return True

    def turn(self, pages: int) -> bool:
        """Go `pages` times as many lines on as the body shows. Return whether the key did something."""
        return self.walk(pages * max(self.sheet_pane.size.height, 1))

    def act(self, key: str) -> bool:
        """Run the command that has `key` as its letter on this page. Return whether there is one."""
        command = by_key(key, self.where, moving=self.where != PAGE)
        if command is not None:
            self.app.run_command(command.id)
        return command is not None


class DialogFoot(Lines):
    """The last line while a dialog asks something; it covers that of the page below."""

    def __init__(self) -> None:
        super().__init__(id="picker-foot", classes="bar", glyph="")
        self.can_focus = False
        self._keys: tuple[tuple[str, str], ...] = ()

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show the keys of the dialog, as (key, what it does)."""
        self._keys = tuple(keys)
        self.on_resize()

    def on_resize(self) -> None:
        """Paint for the new width."""
        if self.screen.size.width:
            size = self.screen.size
            self.show(keys_lines(self._keys, size.width, key_rows(size.height)))


@dataclass(frozen=True, slots=True)
class PageRow:
    """One text of a page of rows; it is wrapped when it is painted."""

    text: str = ""
    style: str = ""  # names of styles, separated by spaces
    act: Callable[[], None] | None = None  # what Enter does at the row; None for a text that is only read
    behind: str = ""  # a muted text at the right end of its last line
    indent: int = 1  # cells


class PageScreen(FramedPage[None]):
    """A page of rows. Each subclass defines `heading`, `rows` and `keys`."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0  # the number, from 0, of the current row among those that can be acted on
        self._places: list[tuple[int, Callable[[], None]]] = []  # each of those rows: (its line, what Enter does)

    @property
    def at(self) -> int:
        """The number, from 0, of the current row among those that can be acted on."""
        return self._at

    def rows(self) -> Sequence[PageRow]:
        """Return the rows of the page as the partnership is now."""
        return ()

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the last line, with what they do."""
        return [("↑↓", _("line")), (_("Enter"), _("open")), (_("Esc"), _("back"))]

    def body(self) -> ComposeResult:
        """Yield the pane of the rows."""
        yield Lines(id="sheet")

    def paint_body(self, width: int) -> None:
        """Paint the rows that the page has now."""
        lines: list[Line] = []
        self._places = []
        for row in self.rows():
            if row.act is not None:
                self._places.append((len(lines), row.act))
            lines += _row_lines(row, width)
        self.sheet_pane.show(lines)
        self._stand_at(self._at)

    def _go_to_row(self, at: int) -> None:
        """Make row number `at` the current one, or the nearest there is, and show the keys that act on it."""
        self._stand_at(at)
        self.paint_foot()

    def _stand_at(self, at: int) -> None:
        """Make row number `at` the current one, or the nearest there is, and scroll it into sight."""
        self._at = min(max(at, 0), max(len(self._places) - 1, 0))
        pane = self.sheet_pane
        pane.cursor = self._places[self._at][0] if self._places else None
        if self._at == 0:
            pane.scroll_to_row(0, top=True)
        elif pane.cursor is not None:
            pane.scroll_to_row(pane.cursor)

    def walk(self, by: int) -> bool:
        """Go `by` rows on among those that can be acted on; at the last one, scroll. Return True."""
        at = min(max(self._at + by, 0), max(len(self._places) - 1, 0))
        if at == self._at:
            return super().walk(by)
        self._go_to_row(at)
        return True

    def turn(self, pages: int) -> bool:
        """Go `pages` pages on among the rows that can be acted on, one row at least; without such rows, scroll."""
        if not self._places:
            return super().turn(pages)
        wanted_line = self._places[self._at][0] + pages * max(self.sheet_pane.size.height, 1)
        # The last row that begins at that line or before it.
        wanted_row = max(sum(line <= wanted_line for line, _act in self._places) - 1, 0)
        by = wanted_row - self._at
        return self.walk(max(by, 1) if pages > 0 else min(by, -1))

    def enter(self) -> bool:
        """Act on the current row. Return whether there is one."""
        if self._places:
            self._places[self._at][1]()
        return bool(self._places)

    def act(self, key: str) -> bool:
        """Act on the current row by Space, as by Enter."""
        return self.enter() if key == " " else super().act(key)


class RowsScreen(PageScreen):
    """A page of rows over the open partnership, of which some lead to a field of it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def to_field(self, question: str, partner: str = "", entry: str = "", field: str = "") -> None:
        """Leave the page and go to a question to write there, at `field` of `entry`, for `partner`; all are ids.

        Without an entry the place is the first empty field, without a partner that of the present one.
        """
        place = self.workspace.place
        slot = f"{entry}/{field}" if entry and field else ""
        target = replace(place, question=question, partner=partner or place.partner, slot=slot, other="")
        self.app.to_questions(target)


def _row_lines(row: PageRow, width: int) -> list[Line]:
    """Return a row as lines of `width` cells; `behind` is on the last one, or below it if there is no room."""
    pad = " " * row.indent
    texts = wrap(row.text, width, pad, pad + ("  " if row.act else "")) if row.text else [""]
    lines: list[Line] = [(Piece(text, row.style),) for text in texts]
    if row.behind:
        gap = width - cells(texts[-1]) - cells(row.behind)
        if gap > 1:
            lines[-1] = (*lines[-1], Piece(" " * gap), Piece(row.behind, "muted"))
        else:
            lines.extend((Piece(text, "muted"),) for text in wrap(row.behind, width, f"{pad}  ", f"{pad}  "))
    return lines


class TextScreen(FramedPage[ScreenResultType]):
    """A page with a text that the arrows scroll. Each subclass defines `heading`, `text`, `keys` and `act`."""

    def text(self, width: int) -> Sequence[Line]:
        """Return the text, in lines of at most `width` cells."""
        raise NotImplementedError

    def paint_body(self, width: int) -> None:
        """Paint the text; if it changed since it was last painted, scroll to its top."""
        lines = list(self.text(width))
        self.sheet_pane.show(lines, keep=None if lines == self.sheet_pane.lines else 0)
