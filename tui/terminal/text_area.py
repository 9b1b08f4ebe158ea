"""A TextArea that draws the same cells as Textual's with less work, and treats characters of several code points whole.

Drawn rows are cached by their content; styles are computed when something is drawn with them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import accumulate
from typing import TYPE_CHECKING, Self

from rich.style import Style
from rich.text import Text
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.types import WatchCallbackType
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import (
    Document,
    DocumentNavigator,
    Edit,
    EditResult,
    Location,
    TextAreaTheme,
    WrappedDocument,
)

from tui.text.graphemes import all_single, characters, cluster_at, column_after, column_before
from tui.text.result_cache import ResultCache
from tui.text.widths import width


def set_scroll_extent(view: ScrollView, size: Size) -> None:
    """Let `view` scroll over `size` (cells), without a new layout of all widgets if its outer size is fixed."""
    if size == view.virtual_size:
        return
    if view.styles.is_auto_height or view.styles.is_auto_width or not view.is_mounted:
        view.virtual_size = size
    else:  # setting the reactive would lay out all widgets again
        view.set_reactive(Widget.virtual_size, size)
        view._scroll_update(size)


if TYPE_CHECKING:
    from textual.widget import Widget as Styled
else:
    Styled = object  # Textual takes style sheets from the first base class only, which must remain the widget's own


class LazyStyles(Styled):
    """A mixin for widgets: the styles of component classes are computed only when something is drawn with them.

    It uses private names of the pinned Textual (`private_names`); tests/terminal compares it with stock widgets.
    """

    @classmethod
    def _get_component_classes(cls) -> frozenset[str]:  # type: ignore[override]  # there it is cached
        return frozenset()  # Textual asks for them each time it styles the widget

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Return the styles of the component classes `names` together. Raises KeyError if there is no such class."""
        for name in names:
            if name not in self._component_styles and name in super()._get_component_classes():
                virtual = DOMNode(classes=name)
                virtual._attach(self)
                self.app.stylesheet.apply(virtual)
                self._component_styles[name] = virtual.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        """Drop the computed styles: the theme or the style sheet changed."""
        self._component_styles.clear()
        super().notify_style_update()


_SPARE_ROWS = 20  # drawn rows that are cached besides those that the pane has room for

_Key = tuple[object, ...]


class WrappedText(WrappedDocument):
    """A wrapped document that knows its height without a sum over its lines, and folds lines at whole characters."""

    _wrapped: tuple[int, int, list[str]] | None = None  # width, tab width and lines of the last whole wrapping

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self._offset_to_line_info)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap all lines to `width` cells, 0 for no wrapping."""
        wrapping = (width, tab_width or self._tab_width, list(self.document.lines))
        if wrapping != self._wrapped:
            super().wrap(width, tab_width)
            self._wrapped = wrapping
            self._keep_characters_whole(0, self.document.line_count)

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap the lines that an edit changed; `old_end` is where the replaced text ended, `new_end` the new one."""
        self._wrapped = None
        super().wrap_range(start, old_end, new_end)
        self._keep_characters_whole(start[0], max(start[0], new_end[0]) + 1)

    def _keep_characters_whole(self, first: int, end: int) -> None:
        """Fold the lines `first` to `end` (not included) by whole characters; TextArea does it by code points."""
        changed = False
        for number in range(first, min(end, self.document.line_count)):
            line = self.document[number]
            if self._wrap_offsets[number] and not all_single(line):
                offsets = _fold_offsets(line, self._width, self._tab_width)
                changed = changed or offsets != self._wrap_offsets[number]
                self._wrap_offsets[number] = offsets
        if changed:
            self._count_rows()

    def _count_rows(self) -> None:
        """Fill Textual's tables of rows from the offsets at which the lines are wrapped."""
        heights = [len(offsets) + 1 for offsets in self._wrap_offsets]
        starts = accumulate(heights, initial=0)
        self._offset_to_line_info = [(number, row) for number, height in enumerate(heights) for row in range(height)]
        self._line_index_to_offsets = [
            list(range(start, start + height)) for start, height in zip(starts, heights, strict=False)
        ]

    def get_target_document_column(self, line_index: int, x_offset: int, y_offset: int) -> int:
        """Return the column of the character at cell `x_offset` of row `y_offset` of a line."""
        sections = self.get_sections(line_index)
        section = sections[y_offset]
        if all_single(section):
            return super().get_target_document_column(line_index, x_offset, y_offset)
        row = y_offset % len(sections)  # a negative `y_offset` counts from the last row
        column, is_last_row = sum(map(len, sections[:row])), row == len(sections) - 1
        cell = 0
        pieces = list(characters(section))
        for number, piece in enumerate(pieces):
            cell += self._tab_width - cell % self._tab_width if piece == "\t" else width(piece)
            # Behind the last character of a row that is folded the cursor would be in the next row.
            if cell > x_offset or (number == len(pieces) - 1 and not is_last_row):
                return column
            column += len(piece)
        return column


def _fold_offsets(line: str, room: int, tab_width: int) -> list[int]:
    """Return the offsets at which a line is wrapped to `room` cells, long words between whole characters."""
    offsets: list[int] = []
    cells = 0
    for match in re.finditer(r"\S+\s*|\s+", line):
        at, chunk = match.start(), match[0]
        size = width(chunk) + chunk.count("\t") * tab_width
        if cells and cells + size > room:
            offsets.append(at)
            cells = 0
        if size <= room:
            cells += size
            continue
        for piece in characters(chunk):
            size = tab_width if piece == "\t" else width(piece)
            if cells and cells + size > room:
                offsets.append(at)
                cells = 0
            at, cells = at + len(piece), cells + size
    return offsets


class WholeCharacters(Text):
    """A line whose styles cover whole characters: with a cursor on part of a character, it would be drawn as two."""

    def stylize(self, style: str | Style, start: int = 0, end: int | None = None) -> None:
        """Apply a style from `start` to `end`, widened to whole characters."""
        if start >= 0 and (end is None or end >= 0):
            start = cluster_at(self.plain, start)[0]
            end = None if end is None else cluster_at(self.plain, end)[1]
        super().stylize(style, start, end)


class FastTextArea(LazyStyles, TextArea):
    """A TextArea for plain text that repaints only rows that differ from those on the screen."""

    _kept: ResultCache[_Key, Strip]  # drawn rows, by all that decides how each looks
    _painted: dict[int, Strip]  # the strip on the screen, by row of the pane
    _painted_frame: _Key  # what decides how all rows in `_painted` look: colours, sizes, scroll offset …
    _frame: _Key  # the same for all rows in `_kept`
    _themed: tuple[TextAreaTheme, Style] | None  # the theme filled from the style sheet, and the style below it
    _to_compare: bool  # whether rows must be compared before the next frame
    _editing: bool  # whether an edit is being applied
    _app_theme: str  # the theme of the app when the style sheet was applied last

    def __new__(cls, *_args: object, **_options: object) -> Self:
        """Return a widget with these attributes set, since TextArea's __init__ already calls `refresh`."""
        widget = super().__new__(cls)
        widget._kept, widget._painted = ResultCache(_SPARE_ROWS), {}
        widget._frame = widget._painted_frame = ()
        widget._themed, widget._to_compare, widget._editing, widget._app_theme = None, False, False, ""
        return widget

    # -- document ----------------------------------------------------------------------------------------------------

    def _set_document(self, text: str, language: str | None) -> None:
        """Show a new text, in a wrapped document of our own."""
        self.document = Document(text)
        self.wrapped_document = WrappedText(self.document, self.wrap_width, self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def _refresh_size(self) -> None:
        """Let the pane scroll over the present rows, without a new layout."""
        if self.soft_wrap:
            set_scroll_extent(self, Size(0, self.wrapped_document.height))
            self.refresh()
        else:
            super()._refresh_size()

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """Return the place of the matching bracket; None if it would not be drawn, to save the search."""
        return super().find_matching_bracket(bracket, search_from) if self.match_cursor_bracket else None

    # -- characters --------------------------------------------------------------------------------------------------

    def clamp_visitable(self, location: Location) -> Location:
        """Return the nearest place for the cursor between two characters; during an edit, between two code points."""
        row, column = super().clamp_visitable(location)
        return row, column if self._editing else cluster_at(self.document[row], column)[0]

    def edit(self, edit: Edit) -> EditResult:
        """Apply `edit`; the cursor stays after what was typed, even where that joins the next character."""
        self._editing = True
        try:
            return super().edit(edit)
        finally:
            self._editing = False

    def get_cursor_left_location(self) -> Location:
        """Return the place one character to the left."""
        row, column = self.cursor_location
        return (row, column_before(self.document[row], column)) if column else super().get_cursor_left_location()

    def get_cursor_right_location(self) -> Location:
        """Return the place one character to the right."""
        row, column = self.cursor_location
        line = self.document[row]
        return (row, column_after(line, column)) if column < len(line) else super().get_cursor_right_location()

    def get_cursor_word_right_location(self) -> Location:
        """Return the place one word to the right, after a whole character."""
        row, column = super().get_cursor_word_right_location()
        return row, cluster_at(self.document[row], column)[1]

    def _delete_via_keyboard(self, start: Location, end: Location) -> EditResult | None:
        """Delete whole characters only."""
        (top, left), (bottom, right) = sorted((start, end))
        left, right = cluster_at(self.document[top], left)[0], cluster_at(self._line(bottom), right)[1]
        return super()._delete_via_keyboard((top, left), (bottom, right))

    def _line(self, row: int) -> str:
        """Return a line; "" for the line after the last, which a deletion of whole lines may name as its end."""
        return self.document[row] if row < self.document.line_count else ""

    def get_line(self, line_index: int) -> Text:
        """Return a line as the text to be drawn."""
        line = super().get_line(line_index)
        return line if all_single(line.plain) else WholeCharacters(line.plain, end="", no_wrap=True)

    # -- repainting --------------------------------------------------------------------------------------------------

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint `regions`; without regions, as after each key, repaint the rows that differ before the next frame."""
        if regions or layout or recompose or not repaint or not self._painted or not self.is_mounted:
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        self._to_compare = self._repaint_required = True
        self.check_idle()
        return self

    def watch(self, obj: DOMNode, attribute_name: str, callback: WatchCallbackType, init: bool = True) -> None:
        """Watch an attribute of `obj`, except the theme of the app: it would keep a reference to this widget for ever.

        A change of theme calls `notify_style_update` anyway.
        """
        if attribute_name != "theme":
            super().watch(obj, attribute_name, callback, init)

    def notify_style_update(self) -> None:
        """Drop what was drawn: the theme or the style sheet changed."""
        if self._app_theme not in ("", self.app.theme):
            self._app_theme_changed()
        self._app_theme = self.app.theme
        self._themed = None
        self._painted.clear()
        super().notify_style_update()

    def _exchange_repaint_regions(self) -> Collection[Region]:
        """Return what is to be repainted, after the comparison that `refresh` asked for."""
        self._compare_rows()
        return super()._exchange_repaint_regions()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the strips of the rows in `crop`."""
        self._compare_rows()
        self._look_up_styles()
        self._painted_frame = self._frame
        return ScrollView.render_lines(self, crop)  # not TextArea's: it would look up ten styles again

    def _compare_rows(self) -> None:
        """Do the comparison that `refresh` asked for: mark the rows that differ from `_painted` to be repainted."""
        if not self._to_compare:
            return
        self._to_compare = False
        self._look_up_styles()
        if self._frame != self._painted_frame:
            self._painted.clear()
            self._set_dirty()
            return
        width = self.size.width
        changed = [y for y, strip in self._painted.items() if (row := self._row(y)) is not strip and row != strip]
        if changed:
            self._set_dirty(*[Region(0, y, width, 1) for y in changed])

    def _look_up_styles(self) -> None:
        """Fill the theme from the style sheet if that is due, and note what decides how all rows look."""
        theme, style = self._theme, self.rich_style
        if self._themed is None or self._themed[0] is not theme or self._themed[1] != style:
            theme.apply_css(self)
            self._themed = (theme, style)
            self._kept.clear()
        frame = (
            *(self._themed, self.background_colors, self.size, self.scrollable_content_region.size, self.scroll_offset),
            *(self.soft_wrap or self.virtual_size, self._draw_cursor, self.suggestion, self.hide_suggestion_on_blur),
            *(self.wrapped_document._width, self.gutter_width, self.has_focus, self.indent_width),
            *(self.highlight_cursor_line, self.match_cursor_bracket),
            *(self.read_only, self.show_cursor, self.show_line_numbers, self.line_number_start),
        )
        if frame != self._frame:
            self._frame = frame
            self._kept.clear()
            self._kept.room = self.size.height + _SPARE_ROWS

    # -- rows --------------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return the strip of the row `y` of the pane, and note it in `_painted`."""
        strip = self._painted[y] = self._row(y)
        return strip

    def _row(self, y: int) -> Strip:
        """Return the strip of the row `y` of the pane, from the cache if it is there."""
        rows = self.wrapped_document._offset_to_line_info
        row = y + self.scroll_offset.y
        document = self.document
        if document.line_count == 1 and not document[0] and self.placeholder:
            return super().render_line(y)
        if row >= len(rows):
            return self._render_line(y)
        line, section = rows[row]
        key = (document[line], section, *self._marks(line), self.show_line_numbers and line)
        strip = self._kept.get(key)
        return self._kept.keep(key, self._render_line(y)) if strip is None else strip

    def _marks(self, line: int) -> tuple[int, tuple[int, int] | None, Location | None]:
        """Return what is drawn over the text of a line: (column of the cursor or -1, selected columns, bracket).

        A selection that goes beyond the line has -1 at that side. The bracket is the place of the one that matches the
        bracket at the cursor.
        """
        selection, bracket = self.selection, self._matching_bracket_location
        (top, left), (bottom, right) = sorted(selection)
        selected = None
        if top <= line <= bottom and (top, left) != (bottom, right):
            selected = (left if line == top else -1, right if line == bottom else -1)
        has_cursor = line == selection.end[0]
        shows_bracket = has_cursor or (bracket and bracket[0] == line)
        return selection.end[1] if has_cursor else -1, selected, bracket if shows_bracket else None
