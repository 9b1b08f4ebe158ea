"""The pane that shows painted lines (`Lines`); it repaints only the rows that changed. All pages use it."""

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

from tui.terminal.text_area import LazyStyles, set_scroll_extent
from tui.text.result_cache import ResultCache
from tui.text.typography import curl_apostrophes


class Piece(NamedTuple):
    """A run of text in one style; `style` holds names of `STYLES` separated by spaces, "" is the pane's own style."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]

# Each name is a component class `lines--NAME`; its look is defined in styles/lines.tcss.
STYLES = (
    "title", "heading", "accent", "muted", "mark", "hole", "warn", "error", "done",
    "strong", "emphasis", "strike", "code", "rule", "hint", "selected", "cursor",
)  # fmt: skip

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_CHUNK = 256  # lines compared at once, as lists, so that a change among thousands is found in ten microseconds
_SPARE_ROWS = 20  # rows kept drawn beside those that the pane has room for


class Lines(LazyStyles, ScrollView, can_focus=True, inherit_bindings=False):
    """A scrolling pane that draws the lines given to `show`, without wrapping; a line too wide ends in « … ».

    Of several panes on a screen only one has `owns_styles`; it computes the styles, and the others ask it. `cursor` is
    the current row, or None; it is drawn in the `cursor` style, with `glyph` in its first cell if that is blank, else
    before the line. `on_width` is called with the width in cells, within the layout, whenever the room for a line
    changes, so that lines wrapped to it are in the first frame.
    """

    ALLOW_SELECT = False
    # A click on a pane does not take the focus from the field in which a person writes.
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
        self._strips: ResultCache[tuple[Line, bool], Strip] = ResultCache(_SPARE_ROWS)  # by (line, is it current)
        self._styles: dict[str, Style] = {}  # by names separated by spaces, in `_drawn_theme`
        self._drawn_width = -1  # the width, in cells, of `_strips`
        self._reported_width = 0  # the width that `on_width` was called with last
        self._pending_scroll: tuple[int, bool] | None = None  # arguments of `scroll_to_row` before the first layout
        self._drawn_theme = ""
        self._was_shown = False

    # -- colours -----------------------------------------------------------------------------------------------------

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Return the styles of the component classes; a pane without styles asks the pane that owns them."""
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

        `keep` is the row of `lines` to be at the top of the pane, so that the reader's place stays when lines are added
        or removed above it; None leaves the scroll offset. Equal lines should be the same objects: they compare faster.
        """
        old, new = self._lines, list(lines)
        first, _, new_end = changed_rows(old, new)
        self._lines = new
        if not self._in_sight:
            self._refresh_rows(first, new_end)
        if len(old) != len(new):
            set_scroll_extent(self, Size(0, len(new)))
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
        old_row, self._cursor = self._cursor, row
        for changed_row in (old_row, row):
            if changed_row is not None:
                self._refresh_rows(changed_row, changed_row + 1)

    # -- place -------------------------------------------------------------------------------------------------------

    @property
    def line_width(self) -> int:
        """The room for a line, in cells; 0 before the first layout."""
        return self.scrollable_content_region.width

    def scroll_to_row(self, row: int, top: bool = False) -> None:
        """Scroll until `row` is in the pane, or with `top` until it is at the top edge; without animation."""
        height = self.scrollable_content_region.height
        if not height:
            self._pending_scroll = (row, top)  # done after the first layout, when the height is known
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
            Segment(curl_apostrophes(_CONTROL.sub(" ", text)), self._style(style + extra))
            for text, style in line
            if text
        ]
        strip = Strip(segments)
        # A line too wide ends in « … », unless only blanks are cut.
        if strip.cell_length > width > 1 and not strip.crop(width).text.isspace():
            strip = Strip([*strip.crop(0, width - 1), Segment("…", segments[-1].style)])
        return strip.adjust_cell_length(width, self._style(extra))

    def _style(self, names: str) -> Style:
        """Return the style of names separated by spaces. Raises KeyError if a name is not in `STYLES`."""
        style = self._styles.get(names)
        if style is None:
            components = [f"lines--{name}" for name in names.split()]
            # The current row has one colour, whatever the styles of its pieces.
            colour_components = components[-1:] if names.endswith("cursor") else components
            style = self.get_visual_style(*colour_components).rich_style
            for component in components:  # Textual's visual style drops `reverse`
                style += self.get_component_styles(component).text_style
            self._styles[names] = style
            self._drawn_theme = self.app.theme
        return style

    def notify_style_update(self) -> None:
        """Drop what was drawn: the theme or the style sheet changed."""
        if self._styles and self._drawn_theme != self.app.theme:
            self.refresh()
        self._styles.clear()
        self._strips.clear()
        super().notify_style_update()

    # -- Textual -----------------------------------------------------------------------------------------------------

    def on_show(self) -> None:
        """Repaint all rows when the pane is shown again: changes while it was hidden were not drawn."""
        if self._was_shown:
            self.refresh()
        self._was_shown = True

    @property
    def _bottom(self) -> int:
        """The row below the last one in sight."""
        return self.scroll_offset.y + self.scrollable_content_region.height

    @property
    def _in_sight(self) -> bool:
        """Whether the pane has any rows on the screen."""
        return self.scrollable_content_region.height > 0

    def _refresh_rows(self, first: int, end: int) -> None:
        """Repaint the lines `first` to `end` (not included) that are in sight."""
        if not self._in_sight:  # all is drawn when the pane is shown again
            self.refresh()
            return
        top = self.scroll_offset.y
        first, end = max(first, top), min(end, self._bottom)
        if first < end:
            self.refresh(Region(0, first - top, self.size.width, end - first))

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Report a new width by `on_width`, and do the scroll that waited for the first layout."""
        resized = super()._size_updated(size, virtual_size, container_size, layout)
        width = self.line_width
        if width and width != self._reported_width:
            self._reported_width = width
            if self.on_width is not None:
                self.on_width(width)
        if self._pending_scroll is not None and self.scrollable_content_region.height:
            pending, self._pending_scroll = self._pending_scroll, None
            self.scroll_to_row(*pending)
        return resized

    def _scroll_to(self, x: float | None = None, y: float | None = None, **options: Any) -> bool:
        """Scroll without animation, which would draw many frames."""
        return super()._scroll_to(x, y, **(options | {"animate": False}))


def changed_rows(old: Sequence[Line], new: Sequence[Line]) -> tuple[int, int, int]:
    """Return (first, old end, new end) of the rows that differ; all rows before and after them are equal."""
    most = min(len(old), len(new))  # rows that can be equal
    first = 0
    while first < most and old[first : first + _CHUNK] == new[first : first + _CHUNK]:
        first += _CHUNK
    first = min(first, most)
    while first < most and old[first] == new[first]:
        first += 1
    tail, most = 0, most - first
    while (
        tail + _CHUNK <= most
        and old[len(old) - tail - _CHUNK : len(old) - tail] == (new[len(new) - tail - _CHUNK : len(new) - tail])
    ):
        tail += _CHUNK
    while tail < most and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return first, len(old) - tail, len(new) - tail
