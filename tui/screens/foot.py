"""The last line of a screen or of a window: as many of its keys as there is room for, the way out always among them."""

from __future__ import annotations

from collections.abc import Sequence

from tui.text.widths import shorten
from tui.text.widths import width as cells
from tui.widgets.lines import Line, Lines, Piece
from tui.words import _


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
