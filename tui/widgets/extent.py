"""The size of what a pane scrolls over, changed without laying out the whole screen."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


def set_extent(view: ScrollView, size: Size) -> None:
    """Let `view` scroll over `size` (cells); only its own scrollbars change where its outer size cannot."""
    if size == view.virtual_size:
        return
    if view.styles.is_auto_height or view.styles.is_auto_width or not view.is_mounted:
        view.virtual_size = size
    else:  # setting the reactive would lay out all widgets again
        view.set_reactive(Widget.virtual_size, size)
        view._scroll_update(size)
