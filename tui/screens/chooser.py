"""Two small windows: one thing chosen by its letter, and several partners ticked at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.screens import marks
from tui.widgets.lines import Line, Lines, Piece
from tui.words import _


class Letters(ModalScreen[str | None]):
    """A few choices, each taken by its own letter; Escape leaves. Choices are (letter, words)."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.title_text = title
        self.choices = tuple(choices)

    def compose(self) -> ComposeResult:
        """The title and the choices."""
        with Vertical(id="picker"):
            yield Lines(id="picker-list", glyph="")

    def on_mount(self) -> None:
        """Paint once: nothing changes here."""
        lines: list[Line] = [(Piece(f" {self.title_text}", "heading"),), ()]
        lines += [(Piece(f"   {letter}  ", "strong accent"), Piece(words)) for letter, words in self.choices]
        pane = self.query_one(Lines)
        pane.show(lines)
        pane.focus()

    def on_key(self, event: events.Key) -> None:
        """A letter of the list is the answer."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
        elif event.character in {letter for letter, _words in self.choices}:
            self.dismiss(event.character)


class Several(ModalScreen[tuple[str, ...] | None]):
    """Partners to tick: Space turns one over, « t » all of them, Enter takes them. Choices are (id, name)."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], ticked: Iterable[str] = ()) -> None:
        super().__init__()
        self.title_text = title
        self.choices = tuple(choices)
        self.ticked = set(ticked)
        self.at = 0

    def compose(self) -> ComposeResult:
        """The list and the keys."""
        with Vertical(id="picker"):
            yield Lines(id="picker-list")

    def on_mount(self) -> None:
        """The keyboard goes to the list."""
        self.query_one(Lines).focus()
        self._paint()

    def _paint(self) -> None:
        lines: list[Line] = [(Piece(f" {self.title_text}", "heading"),)]
        for name, words in self.choices:
            on = name in self.ticked
            lines.append((Piece(f"   {marks.tick(on)} {words}", "strong" if on else ""),))
        keys = ((_("Space"), _("choose")), (_("A"), _("all")), (_("Enter"), _("done")), (_("Esc"), _("leave")))
        foot = [Piece("   ")]
        for key, words in keys:
            foot += [Piece(f"{key} ", "strong"), Piece(f"{words}   ", "muted")]
        lines += [(), tuple(foot)]
        pane = self.query_one(Lines)
        pane.show(lines)
        pane.cursor = self.at + 1
        pane.scroll_to_row(self.at + 1)

    def on_key(self, event: events.Key) -> None:
        """Arrows walk, Space ticks, Enter takes."""
        event.stop()
        event.prevent_default()
        if event.key in ("up", "down"):
            self.at = (self.at + (1 if event.key == "down" else -1)) % max(len(self.choices), 1)
        elif event.key == "space" and self.choices:
            self.ticked ^= {self.choices[self.at][0]}
        elif event.character in ("a", "A", "t", "T"):
            everyone = {name for name, _words in self.choices}
            self.ticked = set() if self.ticked == everyone else everyone
        elif event.key == "enter":
            self.dismiss(tuple(name for name, _words in self.choices if name in self.ticked))
            return
        elif event.key == "escape":
            self.dismiss(None)
            return
        self._paint()
