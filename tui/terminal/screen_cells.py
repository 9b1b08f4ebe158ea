"""Keep the cells that the terminal shows, and write only what differs from them, in the shortest sequences.

A pen is the sequence that selects a style after a reset (« ESC [ 0 ; 1 m » for bold), "" for the normal style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

from tui.text.right_to_left import LEFT_TO_RIGHT_MARK, holds_right_to_left, mark_cells
from tui.text.widths import one_cell_each

NORMAL = "\x1b[m"
LINK = "\x1b]8"
_LINK_END = "\x1b]8;;\x1b\\"
# Number that begins an attribute → the one that ends it (ECMA-48, 8.3.117, SGR); bold and dim end together.
_ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29",
         "21": "24", "51": "54", "52": "54", "53": "55"}  # fmt: skip


@lru_cache(4096)
def pen_change(old: str, new: str) -> str:
    """Return the sequence that changes one pen to another, "" if they look alike."""
    if old == new:
        return ""
    if LINK in old:
        return _LINK_END + (new or NORMAL)
    if not new or LINK in new:
        return new or NORMAL
    changes = _changes(old, new)
    if not changes:  # the terminal's own colours, once by number and once by default
        return ""
    difference = f"\x1b[{';'.join(changes)}m"
    return difference if len(difference) < len(new) else new


def _changes(old: str, new: str) -> list[str]:
    """Return the numbers of SGR (« Select Graphic Rendition », ECMA-48) that change one pen to another."""
    before, foreground_before, background_before = _parts(old)
    after, foreground, background = _parts(new)
    ends = {_ENDS.get(mode, "0") for mode in before - after}
    if "0" in ends:  # an attribute that only a reset ends
        return ["0", *sorted(after), *filter(None, (foreground, background))]
    begins = {mode for mode in after if mode not in before or _ENDS.get(mode) in ends}
    numbers = [*sorted(ends), *sorted(begins)]
    if foreground != foreground_before:
        numbers.append(foreground or "39")
    if background != background_before:
        numbers.append(background or "49")
    return numbers


@lru_cache(1024)
def _parts(pen: str) -> tuple[frozenset[str], str, str]:
    """Return (attributes, foreground, background) of a pen as numbers of SGR; "" for the terminal's own colour."""
    numbers = pen.removeprefix("\x1b[").removesuffix("m").split(";") if pen else []
    attributes: set[str] = set()
    foreground = background = ""
    while numbers:
        first = numbers.pop(0)
        if first in ("38", "48"):
            size = 2 if numbers[:1] == ["5"] else 4  # 5;n or 2;r;g;b
            colour = ";".join((first, *numbers[:size]))
            del numbers[:size]
        else:
            colour = first
        if colour[:2] == "38" or (first.startswith(("3", "9")) and len(first) == 2):
            foreground = "" if first == "39" else colour
        elif colour[:2] == "48" or (first.startswith(("4", "10")) and len(first) > 1):
            background = "" if first == "49" else colour
        elif first not in ("", "0"):
            attributes.add(first)
    return frozenset(attributes), foreground, background


# Control characters in texts never reach the terminal, which would obey escape sequences.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")

_CLEAR = f"{NORMAL}\x1b[2J"
_UNKNOWN_PLACE = (-1, -1)  # of the cursor
_BRIDGE = 4  # at most so many unchanged cells are written again, rather than jumped over by four bytes


class ScreenCells:
    """The cells of a terminal screen: for each its text (a wide character is followed by "") and its pen.

    `update` returns what must be written to show a frame. After `forget` the screen is unknown: the next update clears
    the screen, and must be of the whole screen.
    """

    def __init__(self, color_system: ColorSystem = ColorSystem.TRUECOLOR) -> None:
        self.color_system = color_system
        self._size = (0, 0)  # (columns, rows); (0, 0) while the screen is unknown
        self._chars: list[list[str]] = []
        self._pens: list[list[str]] = []
        self._out: list[str] = []
        self._pen = ""
        self._place = _UNKNOWN_PLACE

    def forget(self) -> None:
        """Take the screen for unknown: it was resized, or another program wrote on it."""
        self._size = (0, 0)

    @property
    def blank(self) -> bool:
        """Whether the screen is unknown."""
        return self._size == (0, 0)

    def knows(self, update: LayoutUpdate | ChopsUpdate) -> bool:
        """Return whether the screen is known and as large as the screen that `update` is for."""
        return self._size == _size_of(update)

    def update(self, update: LayoutUpdate | ChopsUpdate) -> str:
        """Return the sequences that make the screen show `update`, "" if it shows that already.

        They end with the normal pen.
        """
        self._out, self._pen, self._place = [], "", _UNKNOWN_PLACE
        if not self.knows(update):
            self._size = width, height = _size_of(update)
            self._chars = [[" "] * width for _ in range(height)]
            self._pens = [[""] * width for _ in range(height)]
            self._out.append(_CLEAR)
        for y, x, strip in _strips_of(update):
            self._put(y, x, strip)
        self._select("")
        return "".join(self._out)

    def _put(self, y: int, x: int, strip: Strip) -> None:
        """Write the cells of `strip` that differ from those at column `x` of row `y`."""
        chars: list[str] = []
        pens: list[str] = []
        row, row_pens = self._chars[y], self._pens[y]
        marked = any(LEFT_TO_RIGHT_MARK in cell for cell in row[:1])
        for text, style, control in strip:
            if not control:
                marked = marked or holds_right_to_left(text)
                marks, cells = ("", list(text)) if one_cell_each(text) else _cells(text)
                if marks and chars:
                    chars[-1 if chars[-1] else -2] += marks
                chars += cells
                pens += [_pen(style, self.color_system)] * len(cells)
        end = min(x + len(chars), len(row))
        del chars[end - x :], pens[end - x :]
        if marked:
            chars, pens = mark_cells([*row[:x], *chars, *row[end:]]), [*row_pens[:x], *pens, *row_pens[end:]]
            x, end = 0, len(row)
        if row[x:end] == chars and row_pens[x:end] == pens:
            return
        old_chars, old_pens = row[x:end], row_pens[x:end]
        row[x:end], row_pens[x:end] = chars, pens
        if _is_sure(old_chars) and _is_sure(chars):
            old_and_new = enumerate(zip(old_chars, chars, old_pens, pens, strict=True))
            changed = [at for at, (old, new, old_pen, pen) in old_and_new if old != new or old_pen != pen]
            self._write_runs(y, x, chars, pens, changed)
            return
        before = list(zip(old_chars, old_pens, strict=True))
        # After a character whose width terminals disagree on, all cells to the right are written again.
        unsure = False
        for offset, (old, cell) in enumerate(zip(before, zip(chars, pens, strict=True), strict=True)):
            if unsure or old != cell:
                unsure = unsure or _is_unsure(old[0]) or _is_unsure(cell[0])
                if _is_unsure(cell[0]) and chars[offset + 1 : offset + 2] == [""]:
                    self._blank(y, x + offset, cell[1], before[offset + 1])
                self._write(y, x + offset, *cell)
        if unsure:
            for column in range(end, len(row)):
                self._write(y, column, row[column], row_pens[column])

    def _blank(self, y: int, x: int, pen: str, second: tuple[str, str]) -> None:
        """Clear both cells before a wide character is written that some terminals draw in one cell.

        Otherwise the second cell would keep what it showed there. `second` is its old (text, pen): nothing is written
        if it is clear already.
        """
        if second not in (("", pen), (" ", pen)):
            self._write(y, x, " ", pen)
            self._write(y, x + 1, " ", pen)

    def _write_runs(self, y: int, x: int, chars: list[str], pens: list[str], changed: list[int]) -> None:
        """Write the cells at the `changed` offsets as `_write` does, consecutive cells of one pen at once."""
        at = 0
        while at < len(changed):
            start = changed[at]
            pen, end = pens[start], start + 1
            at += 1
            while at < len(changed) and changed[at] == end and pens[end] == pen:
                at, end = at + 1, end + 1
            if self._place != (y, x + start):
                self._go(y, x + start, pen)
            self._select(pen)
            self._out += chars[start:end]
            self._place = (y, x + end)

    def _write(self, y: int, x: int, char: str, pen: str) -> None:
        """Write one cell; nothing for "", the second cell of a wide character."""
        if not char:
            return
        if self._place != (y, x):
            self._go(y, x, pen)
        if pen != self._pen:
            self._select(pen)
        self._out.append(char)
        if _is_unsure(char):
            self._place = _UNKNOWN_PLACE
        else:
            row = self._chars[y]
            self._place = (y, x + 2 if x + 1 < len(row) and not row[x + 1] else x + 1)

    def _go(self, y: int, x: int, pen: str) -> None:
        """Move the cursor to a cell by the shortest sequence."""
        row, column = self._place
        gap = x - column
        if row != y or gap < 0:
            self._out.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
        elif gap <= _BRIDGE and self._is_writable(y, column, x, pen):
            self._out += self._chars[y][column:x]
        else:
            self._out.append(f"\x1b[{gap}C" if gap > 1 else "\x1b[C")

    def _is_writable(self, y: int, left: int, right: int, pen: str) -> bool:
        """Return whether the cells from `left` to `right` are ASCII and have the selected pen, which is `pen`."""
        chars, pens = self._chars[y][left:right], self._pens[y][left:right]
        return pen == self._pen and pens == [pen] * len(pens) and "".join(chars).isascii() and "" not in chars

    def _select(self, pen: str) -> None:
        """Write the change to a pen, if it is not selected already."""
        if pen != self._pen:
            self._out.append(pen_change(self._pen, pen))
            self._pen = pen


def _size_of(update: LayoutUpdate | ChopsUpdate) -> tuple[int, int]:
    """Return (columns, rows) of the screen that an update is for."""
    if isinstance(update, LayoutUpdate):
        return (update.region.right, update.region.bottom)
    return (update.chop_ends[0][-1], len(update.chop_ends)) if update.chop_ends else (0, 0)


def _strips_of(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Yield (row, column, strip) of all that an update draws, as its own `render_segments` chooses them."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield y, x, strip
                x += strip.cell_length
        return
    for y, left, right in update.spans:
        for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is not None and x <= right and end > left:
                yield y, x, chop if left <= x < right and end <= right else chop.crop(0, min(end, right) - x)


@lru_cache(4096)
def _cells(text: str) -> tuple[str, list[str]]:
    """Return (marks that belong to the character before `text`, the text of each cell with its marks)."""
    marks, cells = "", []
    text = _CONTROL.sub("", text)
    for start, end, width in split_graphemes(text)[0]:
        if width:
            cells += [text[start:end], *[""] * (width - 1)]
        else:  # at the start; later marks are in the span of the character before them
            marks += text[start:end]
    return marks, cells


def _is_sure(chars: list[str]) -> bool:
    """Return whether each cell holds one character that all terminals draw one cell wide."""
    text = "".join(chars)
    return len(text) == len(chars) and (text.isascii() or ("" not in chars and max(text) <= "\uffff"))


def _is_unsure(char: str) -> bool:
    """Return whether terminals disagree on the width of a character: joined emoji, marks, all above U+FFFF."""
    return len(char) > 1 or char > "\uffff"


@lru_cache(1024)
def _pen(style: Style | None, color_system: ColorSystem) -> str:
    """Return the pen of a style, with its link."""
    if style is None:
        return ""
    numbers = Strip.render_ansi(style, color_system)
    pen = f"\x1b[0;{numbers}m" if numbers else ""
    return f"{pen or NORMAL}\x1b]8;;{_CONTROL.sub('', style.link)}\x1b\\" if style.link else pen
