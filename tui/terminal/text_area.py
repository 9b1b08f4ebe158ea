"""Textual's TextArea drawing the same cells with less: rows kept by content, styles and extents worked out late."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from rich.style import Style
from textual._text_area_theme import TextAreaTheme
from textual._types import WatchCallbackType
from textual.css.styles import RenderStyles
from textual.document._document import Document, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

from tui.text.result_cache import ResultCache


def set_extent(view: ScrollView, size: Size) -> None:
    """Let `view` scroll over `size` (cells); only its own scrollbars change where its outer size cannot."""
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
    Styled = object  # Textual looks for style sheets along the first base alone: that must remain the widget's own


class LazyStyles(Styled):
    """Mixed into a widget, its component classes cost nothing until something is drawn with them.

    It leans on private names, hence the pinned Textual; tests/terminal draws such widgets beside stock ones.
    """

    @classmethod
    def _get_component_classes(cls) -> frozenset[str]:  # type: ignore[override]  # a cached one
        return frozenset()  # what is asked at each styling

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Return what the component classes `names` look like together; KeyError where there is no such class."""
        for name in names:
            if name not in self._component_styles and name in super()._get_component_classes():
                virtual = DOMNode(classes=name)
                virtual._attach(self)
                self.app.stylesheet.apply(virtual)
                self._component_styles[name] = virtual.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        """Forget what they look like: the theme or the style sheet changed."""
        self._component_styles.clear()
        super().notify_style_update()


_SPARE_ROWS = 20  # kept drawn beside those that the pane has room for

_Key = tuple[object, ...]


class WrappedText(WrappedDocument):
    """A wrapped document that knows its height without summing its lines, and does not wrap twice the same way."""

    _wrapped: tuple[int, int, list[str]] | None = None  # width, tab width and lines of the last whole wrapping

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self._offset_to_line_info)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap all lines to `width` cells, 0 for no wrapping."""
        wanted = (width, tab_width or self._tab_width, list(self.document.lines))
        if wanted != self._wrapped:
            super().wrap(width, tab_width)
            self._wrapped = wanted

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap the lines that an edit changed."""
        self._wrapped = None
        super().wrap_range(start, old_end, new_end)


class FastTextArea(LazyStyles, TextArea):
    """A TextArea for plain text that compares before it repaints."""

    _kept: ResultCache[_Key, Strip]  # drawn rows by all that decides what they look like
    _painted: dict[int, Strip]  # what stands in each row of the pane
    _painted_frame: _Key  # what all rows in `_painted` had in common
    _frame: _Key  # the same for all rows in `_kept`
    _themed: tuple[TextAreaTheme, Style] | None  # the theme that was filled from the style sheet, and over which style
    _to_compare: bool
    _app_theme: str  # the theme of the app when the style sheet was applied last

    def __new__(cls, *_args: object, **_options: object) -> Self:
        """Return a widget that can be refreshed already while TextArea builds itself."""
        widget = super().__new__(cls)
        widget._kept, widget._painted = ResultCache(_SPARE_ROWS), {}
        widget._frame = widget._painted_frame = ()
        widget._themed, widget._to_compare, widget._app_theme = None, False, ""
        return widget

    # -- document ----------------------------------------------------------------------------------------------------

    def _set_document(self, text: str, language: str | None) -> None:
        self.document = Document(text)
        self.wrapped_document = WrappedText(self.document, self.wrap_width, self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def _refresh_size(self) -> None:
        if self.soft_wrap:
            set_extent(self, Size(0, self.wrapped_document.height))
            self.refresh()
        else:
            super()._refresh_size()

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """Return where the matching bracket stands; None also where it would not be drawn, to spare the search."""
        return super().find_matching_bracket(bracket, search_from) if self.match_cursor_bracket else None

    # -- repainting --------------------------------------------------------------------------------------------------

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint `regions`; without regions (each key asks for that) compare all rows later, repaint what differs."""
        if regions or layout or recompose or not repaint or not self._painted or not self._is_mounted:
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        self._to_compare = self._repaint_required = True
        self.check_idle()
        return self

    def watch(self, obj: DOMNode, attribute_name: str, callback: WatchCallbackType, init: bool = True) -> None:
        """Watch an attribute of `obj`; but for the theme of the app, which would keep this widget for ever for it.

        Of another theme `notify_style_update` hears as well.
        """
        if attribute_name != "theme":
            super().watch(obj, attribute_name, callback, init)

    def notify_style_update(self) -> None:
        """Forget what was drawn: the theme or the style sheet changed."""
        if self._app_theme not in ("", self.app.theme):
            self._app_theme_changed()
        self._app_theme = self.app.theme
        self._themed = None
        self._painted.clear()
        super().notify_style_update()

    def _exchange_repaint_regions(self) -> Collection[Region]:
        self._settle()
        return super()._exchange_repaint_regions()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the strips of the rows in `crop`."""
        self._settle()
        self._look_up_styles()
        self._painted_frame = self._frame
        return ScrollView.render_lines(self, crop)  # not TextArea's: it would look up ten styles again

    def _settle(self) -> None:
        """Do the comparison that `refresh` put off."""
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
        """Fill the theme from the style sheet where that is due, and note what all rows have in common."""
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
        """Return the strip of the row `y` of the pane, and remember that it stands there."""
        strip = self._painted[y] = self._row(y)
        return strip

    def _row(self, y: int) -> Strip:
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
        """Return what is drawn over the text of `line`: the cursor's column or -1, the selected columns, a bracket."""
        selection, bracket = self.selection, self._matching_bracket_location
        (top, left), (bottom, right) = sorted(selection)
        selected = None
        if top <= line <= bottom and (top, left) != (bottom, right):
            selected = (left if line == top else -1, right if line == bottom else -1)
        here = line == selection.end[0]
        return selection.end[1] if here else -1, selected, bracket if here or (bracket and bracket[0] == line) else None
