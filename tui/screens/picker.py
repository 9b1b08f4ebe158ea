"""A small window over the screen: a line to type in, and what the letters typed find; Enter takes it, Escape leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.quick import dataclass
from tui.screens.foot import WindowFoot
from tui.text.clean import one_line
from tui.text.names import finds, words_of
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.widgets.editor import Editor
from tui.widgets.lines import Line, Lines, Piece
from tui.words import _, ngettext

_MOST = 500  # choices drawn; letters find the others

if TYPE_CHECKING:
    from tui.app import EntenteApp
    from tui.desk.unfinished_texts import Typing


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose: what it stands for, its words, and what stands behind them."""

    id: str
    label: str
    behind: str = ""
    about: str = ""
    also: str = ""  # other words by which it is found; never shown
    sought: bool = False  # shown only when letters find it


class Picker(ModalScreen[str | None]):
    """Asks for one of several things, or for a text: with `typing`, which keeps it, what was typed is the answer.

    `text` is what the field asked about holds; `begun` what was typed in it before the window was there.
    """

    app: EntenteApp

    def __init__(self, title: str, choices: Sequence[Choice] = (), *, typing: Typing | None = None, text: str = "",
                 begun: str = "", prose: bool = False, hint: str = "") -> None:  # fmt: skip
        super().__init__()
        self.title_text = title
        self.choices = tuple(choices)
        self.typing = typing
        self.text = text
        self.begun = begun
        self.prose = prose
        self.hint = hint
        self.at = 0
        self.found: list[Choice] = []
        self._words: list[tuple[str, ...]] | None = None  # of each choice, once something is searched

    def compose(self) -> ComposeResult:
        """The title, the line to type in, what is found."""
        with Vertical(id="picker"):
            yield Lines(id="picker-title", classes="bar", glyph="")
            yield Editor(self.text, single_line=not self.prose, placeholder=self.hint, id="picker-text")
            yield Lines(id="picker-list", inks=False)
        yield WindowFoot()

    def on_mount(self) -> None:
        """The letters go to the editor, whatever is shown."""
        editor = self.query_one(Editor)
        editor.watcher = self._typed
        editor.on_enter = self._taken
        editor.on_leave = lambda way: self._move(-1 if way == "up" else 1)
        editor.set_class(self.prose, "prose")
        self.query_one("#picker-list").can_focus = False
        self.query_one("#picker-title").can_focus = False
        self.query_one("#picker-list").display = bool(self.choices)
        if self.typing is not None:
            editor.load(self.typing.open(self.title_text, self.text))
        if self.begun:
            editor.load(self.begun)
            self._typed(self.begun)
        editor.move_cursor(editor.document.end)
        editor.focus()
        self.query_one(WindowFoot).tell(self.keys())
        self.tie(editor)

    def keys(self) -> list[tuple[str, str]]:
        """What counts here: to choose, to write, or to write several lines."""
        way_out = (_("Esc"), _("leave"))
        if self.prose:
            return [("Tab", _("done")), (_("Enter"), _("next line")), way_out]
        if not self.choices:
            return [(_("Enter"), _("done")), way_out]
        return [(_("Enter"), _("choose")), ("↑↓", ""), way_out]

    def tie(self, editor: Editor) -> None:
        """What a window of its own kind asks of the editor, once it is there."""

    def on_resize(self) -> None:
        """Paint for the new width."""
        self._paint()

    def _typed(self, text: str) -> None:
        if self.typing is not None:
            self.typing.keep(text)
        self.at = 0
        self._paint()

    def _paint(self) -> None:
        found = self._search(self.query_one(Editor).text if not self.prose else "")
        self.found = found[:_MOST]
        self.at = min(self.at, max(len(self.found) - 1, 0))
        width = min(self.size.width - 4, 76)
        self.show_title(width)
        pane = self.query_one("#picker-list", Lines)
        listed = [self._line(one, width) for one in self.found]
        if not listed and self.typing is None:
            listed = [(Piece("   " + _("Nothing here by that name."), "muted"),)]
        if more := len(found) - len(self.found):
            said = ngettext("and {n} more: type a few letters", "and {n} more: type a few letters", more)
            listed.append((Piece("   " + said.format(n=more), "muted"),))
        pane.show(listed + self._about(width))
        pane.cursor = self.at if self.found else None
        pane.scroll_to_row(self.at)
        self.call_after_refresh(pane.scroll_to_row, self.at)  # a list that has just grown is as tall as it gets then

    def show_title(self, width: int) -> None:
        """What is asked; below it, that the text was begun before, or why it is not on disk."""
        lines: list[Line] = [(Piece(line, "heading"),) for line in wrap(self.title_text, width, " ", " ")]
        lines += [(Piece(line, style),) for said, style in self._told() for line in wrap(said, width, " ", " ")]
        title = self.query_one("#picker-title", Lines)
        title.styles.height = len(lines)
        title.show(lines)

    def _told(self) -> list[tuple[str, str]]:
        if self.typing is None:
            return []
        if self.typing.problem:
            return [(_("NOT SAVED: {reason}").format(reason=self.typing.problem), "warn")]
        earlier = self.typing.earlier
        if earlier is None or earlier.text == self.text:
            return []
        said = _("You began this before; it is noted nowhere yet.")
        if earlier.base != self.text:
            said = _("You began this before; the field says now: {text}").format(text=one_line(self.text) or "—")
        return [(said, "muted")]

    def _search(self, text: str) -> list[Choice]:
        query = words_of(text)
        if not query:
            return [one for one in self.choices if not one.sought]
        if self._words is None:
            self._words = [words_of(f"{one.label} {one.about} {one.also}") for one in self.choices]
        found = [one for one, words in zip(self.choices, self._words, strict=True) if finds(query, words)]
        return sorted(found, key=lambda one: not finds(query, words_of(one.label)) if one.about or one.also else False)

    def _line(self, one: Choice, width: int) -> Line:
        behind = f"{one.behind} " if one.behind else ""
        label = shorten(f"   {one.label}", max(width - cells(behind) - 2, 8))
        gap = " " * max(width - cells(label) - cells(behind) - 1, 1)
        return (Piece(label), Piece(f"{gap}{behind}", "muted"))

    def _about(self, width: int) -> list[Line]:
        if not self.found or not self.found[self.at].about:
            return []
        return [(), *((Piece(text, "muted"),) for text in wrap(self.found[self.at].about, width - 2, "   ", "   "))]

    def _move(self, by: int) -> None:
        if self.found:
            self.at = (self.at + by) % len(self.found)
            self._paint()

    def on_key(self, event: events.Key) -> None:
        """Escape leaves; arrows choose; Ctrl+Enter or F4 ends a text of several lines."""
        if event.key == "escape":
            self._leave()
        elif event.key in ("up", "down"):
            self._move(-1 if event.key == "up" else 1)
        elif event.key in ("tab", "f4") and self.prose:
            self._taken()
        else:
            return
        event.stop()
        event.prevent_default()

    def _leave(self) -> None:
        """Escape loses no text: what was typed waits for the next time this is asked."""
        self.dismiss(None)
        if self.typing is not None and self.typing.wanted is not None:
            self.app.say(_("What you typed waits here: the same key brings it back."))

    def own_command(self, name: str) -> bool:
        """Ctrl+Z takes back what was typed in this window."""
        if name == "undo":
            self.query_one(Editor).undo()
        return name == "undo"

    def _taken(self) -> None:
        text = self.query_one(Editor).text
        if self.found and self.typing is None:
            self.dismiss(self.found[self.at].id)
        elif self.typing is not None and (text.strip() or not self.choices):
            self.dismiss(text)
        elif self.found:
            self.dismiss(self.found[self.at].id)


def yes_no(question: str) -> Picker:
    """A question to be answered by yes or no; no stands first."""
    return Picker(question, (Choice("no", _("No")), Choice("yes", _("Yes"))))
