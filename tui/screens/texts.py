"""A text to read between a first line and its keys: two texts for one answer, what was set aside, what came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from tui.screens.foot import keys_line
from tui.screens.rows import WIDEST
from tui.screens.struck import walked
from tui.text.widths import shorten
from tui.widgets.lines import Line, Lines, Piece

if TYPE_CHECKING:
    from tui.app import EntenteApp

Answer = TypeVar("Answer")


class TextScreen(Screen[Answer]):
    """A text that the arrows scroll. Each such screen says its `heading`, its `text`, its `keys` and what they do."""

    app: EntenteApp
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
        if by := walked(event.key, pane.size.height):
            pane.scroll_relative(y=by, animate=False)
        elif not self.struck(event):
            return
        event.stop()
        event.prevent_default()
