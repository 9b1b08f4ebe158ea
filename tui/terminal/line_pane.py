"""A pane of painted lines: values in, rows out; it repaints only the rows that changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.css.styles import RenderStyles
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.terminal.text_area import LazyStyles, set_extent
from tui.text.result_cache import ResultCache
from tui.text.typography import typographic


class Piece(NamedTuple):
    """A run of raw text in one style; `style` holds names of `STYLES` separated by spaces, "" is the pane's own."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]

# Each name is a component class `lines--NAME`: what it looks like is said in styles/lines.tcss, nowhere else.
STYLES = (
    "title", "heading", "accent", "muted", "mark", "hole", "warn", "error", "done",
    "strong", "emphasis", "strike", "code", "rule", "hint", "selected", "cursor",
)  # fmt: skip

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_CHUNK = 256  # lines compared at once in C: a change among thousands of lines is found in some ten microseconds
_SPARE_ROWS = 20  # rows kept drawn beside those that the pane has room for


class Lines(LazyStyles, ScrollView, can_focus=True, inherit_bindings=False):
    """A scrolling pane that draws the lines it is given by `show`; it wraps nothing; what is too wide ends in « … ».

    What the names look like is worked out once a screen: of several panes one alone has `owns_styles`,
    the others ask it.
    `cursor` is the row drawn as the current one, or None: the `cursor` style, and `glyph` over the blank cell at its
    left end (a line without a blank there is pushed right). `on_width` is called with the width in cells whenever the
    room for a line changes, within the layout, so that lines wrapped to it are there in the first frame.
    """

    ALLOW_SELECT = False
    # A click on a painted pane never takes the keyboard from the field that one writes in.
    FOCUS_ON_CLICK = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{name}" for name in STYLES}

    def __init__(
        self, *, glyph: str = "›", id: str | None = None, classes: str | None = None, owns_styles: bool = True
    ) -> None:
        self.owns_styles = owns_styles
        super().__init__(id=id, classes=classes)
        self.glyph = glyph
        self.on_width: Callable[[int], None] | None = None
        self._lines: list[Line] = []
        self._cursor: int | None = None
        self._strips: ResultCache[tuple[Line, bool], Strip] = ResultCache(
            _SPARE_ROWS
        )  # by (line, is it the current one)
        self._styles: dict[str, Style] = {}  # by names separated by spaces, for `_drawn_theme`
        self._drawn_width = -1  # the width, in cells, of the strips kept
        self._told_width = 0  # the width that `on_width` was called with last
        self._wanted: tuple[int, bool] | None = None  # a call of `scroll_to_row` that waits for the first layout
        self._drawn_theme = ""
        self._was_shown = False

    # -- colours -----------------------------------------------------------------------------------------------------

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Return what a name looks like; a pane without styles asks the one on its screen that owns them."""
        if self.owns_styles:
            return super().get_component_styles(*names)
        owner = next(pane for pane in self.screen.query(Lines) if pane.owns_styles)
        return owner.get_component_styles(*names)

    # -- content -----------------------------------------------------------------------------------------------------

    @property
    def lines(self) -> Sequence[Line]:
        """The lines shown now."""
        return self._lines

    def show(self, lines: Sequence[Line], *, keep: int | None = None) -> None:
        """Show `lines` instead of the present ones and repaint only the rows that differ.

        `keep` is the row of `lines` that shall stand at the top of the pane (the reader's place when lines came or
        went above); None leaves the scroll offset. Lines that stay should be the same objects: they compare fastest.
        """
        old, new = self._lines, list(lines)
        first, _, new_end = changed_rows(old, new)
        self._lines = new
        if not self._in_sight:
            self._refresh_rows(first, new_end)
        if len(old) != len(new):
            set_extent(self, Size(0, len(new)))
            self._refresh_rows(first, max(len(old), len(new)))
        else:
            for row in range(max(first, self.scroll_offset.y), min(new_end, self._bottom)):
                if old[row] != new[row]:
                    self._refresh_rows(row, row + 1)
        if self._cursor is not None and self._cursor >= len(new):
            self.cursor = len(new) - 1 if new else None
        if keep is not None:
            self.scroll_to_row(keep, top=True)

    @property
    def cursor(self) -> int | None:
        """The row drawn as the current one, or None."""
        return self._cursor

    @cursor.setter
    def cursor(self, row: int | None) -> None:
        if row == self._cursor:
            return
        was, self._cursor = self._cursor, row
        for changed in (was, row):
            if changed is not None:
                self._refresh_rows(changed, changed + 1)

    # -- place -------------------------------------------------------------------------------------------------------

    @property
    def line_width(self) -> int:
        """The room for a line, in cells; 0 before the first layout."""
        return self.scrollable_content_region.width

    def scroll_to_row(self, row: int, top: bool = False) -> None:
        """Bring `row` into the pane, without animation: by the shortest way, or to the top edge where `top`."""
        height = self.scrollable_content_region.height
        if not height:
            self._wanted = (row, top)  # the first layout will know the height
            return
        offset = self.scroll_offset.y
        if not top:
            row = min(max(offset, row - height + 1), row)
        if row != offset:
            self.scroll_to(y=row, animate=False, force=True)

    # -- drawing -----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return the strip of the row `y` of the pane."""
        width = self.line_width
        if width != self._drawn_width:
            self._strips.clear()
            self._drawn_width = width
        self._strips.room = self.scrollable_content_region.height + _SPARE_ROWS
        row = self.scroll_offset.y + y
        if row >= len(self._lines):
            return Strip.blank(width, self._style(""))
        key = (self._lines[row], row == self._cursor)
        strip = self._strips.get(key)
        return self._strips.keep(key, self._draw(*key, width)) if strip is None else strip

    def _draw(self, line: Line, current: bool, width: int) -> Strip:
        """Return the strip of a line, `width` cells wide."""
        extra = " cursor" if current else ""
        if current and self.glyph:
            text = line[0].text if line else ""
            rest = (Piece(text[1:], line[0].style), *line[1:]) if text[:1] in (" ", self.glyph) else line
            line = (Piece(self.glyph), *rest)
        segments = [
            Segment(typographic(_CONTROL.sub(" ", text)), self._style(style + extra)) for text, style in line if text
        ]
        strip = Strip(segments)
        # A line too wide ends in « … », unless only blanks are cut.
        if strip.cell_length > width > 1 and not strip.crop(width).text.isspace():
            strip = Strip([*strip.crop(0, width - 1), Segment("…", segments[-1].style)])
        return strip.adjust_cell_length(width, self._style(extra))

    def _style(self, names: str) -> Style:
        """Return the style of names separated by spaces.

        Raises KeyError where one is no component class of this widget.
        """
        style = self._styles.get(names)
        if style is None:
            components = [f"lines--{name}" for name in names.split()]
            # The current row is one bar: whatever stands in it gives up its own colour.
            coloured = components[-1:] if names.endswith("cursor") else components
            style = self.get_visual_style(*coloured).rich_style
            for component in components:  # Textual's visual style drops `reverse`
                style += self.get_component_styles(component).text_style
            self._styles[names] = style
            self._drawn_theme = self.app.theme
        return style

    def notify_style_update(self) -> None:
        """Forget what was drawn: the theme or the style sheet changed."""
        if self._styles and self._drawn_theme != self.app.theme:
            self.refresh()
        self._styles.clear()
        self._strips.clear()
        super().notify_style_update()

    # -- Textual -----------------------------------------------------------------------------------------------------

    def on_show(self) -> None:
        """Draw every row anew when the pane is shown again: what came while it was hidden was drawn nowhere."""
        if self._was_shown:
            self.refresh()
        self._was_shown = True

    @property
    def _bottom(self) -> int:
        """The row below the last one in sight."""
        return self.scroll_offset.y + self.scrollable_content_region.height

    @property
    def _in_sight(self) -> bool:
        """Return whether the pane has any rows on the screen."""
        return self.scrollable_content_region.height > 0

    def _refresh_rows(self, first: int, end: int) -> None:
        """Have the rows from `first` to `end`, counted in lines, drawn anew as far as they are in sight."""
        if not self._in_sight:  # a hidden pane is drawn whole when it comes back
            self.refresh()
            return
        top = self.scroll_offset.y
        first, end = max(first, top), min(end, self._bottom)
        if first < end:
            self.refresh(Region(0, first - top, self.size.width, end - first))

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        resized = super()._size_updated(size, virtual_size, container_size, layout)
        width = self.line_width
        if width and width != self._told_width:
            self._told_width = width
            if self.on_width is not None:
                self.on_width(width)
        if self._wanted is not None and self.scrollable_content_region.height:
            wanted, self._wanted = self._wanted, None
            self.scroll_to_row(*wanted)
        return resized

    def _scroll_to(self, x: float | None = None, y: float | None = None, **options: Any) -> bool:
        return super()._scroll_to(x, y, **(options | {"animate": False}))


def changed_rows(old: Sequence[Line], new: Sequence[Line]) -> tuple[int, int, int]:
    """Return (first, old end, new end) of the rows that differ: the rows before and after them are equal."""
    room = min(len(old), len(new))
    first = 0
    while first < room and old[first : first + _CHUNK] == new[first : first + _CHUNK]:
        first += _CHUNK
    first = min(first, room)
    while first < room and old[first] == new[first]:
        first += 1
    tail, room = 0, room - first
    while (
        tail + _CHUNK <= room
        and old[len(old) - tail - _CHUNK : len(old) - tail] == (new[len(new) - tail - _CHUNK : len(new) - tail])
    ):
        tail += _CHUNK
    while tail < room and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return first, len(old) - tail, len(new) - tail
