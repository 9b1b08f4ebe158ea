"""Two wordings side by side, the one that stands and another: both are written here, and one key chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.screen import Screen

from tui.commands import MEETING, PROJECTION
from tui.desk import candidates, writing
from tui.desk.desk import Desk
from tui.guide.types import Field
from tui.project.candidates import may_have_two
from tui.project.values import Entry
from tui.screens.foot import keys_line
from tui.screens.reading import DocumentScreen
from tui.screens.table import projected, tell
from tui.screens.work import WorkScreen
from tui.text.widths import shorten
from tui.widgets.editor import Editor
from tui.widgets.lines import Lines, Piece
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp

BESIDE = 70  # columns from which the two stand beside each other


class CandidatesScreen(Screen[None]):
    """One text, worded twice. Letters write; after Escape 1 and 2 choose, and Escape again leaves both as they are."""

    app: EntenteApp

    def __init__(self, desk: Desk, entry: Entry, field: Field, *, projected: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.entry = entry
        self.field = field
        self.where = PROJECTION if projected else MEETING
        self.choosing = False
        self.message = ""

    def compose(self) -> ComposeResult:
        """Which text, the two of them, the keys."""
        first, other = candidates.texts(self.desk, self.entry, self.field)
        yield Lines(id="head", classes="bar", glyph="")
        with Container(id="two"):
            for number, text in ((1, first), (2, other or first)):
                with Vertical(classes="wording"):
                    yield Lines(id=f"label{number}", classes="bar", glyph="")
                    yield Editor(text, id=f"text{number}")
        yield Lines(id="foot", classes="bar", glyph="")

    def on_mount(self) -> None:
        """One writes in the second wording."""
        for name in ("#head", "#foot", "#label1", "#label2"):
            self.query_one(name).can_focus = False
        for number in (1, 2):
            editor = self.editor(number)
            editor.single_line = self.field.kind != "prose"
            editor.watcher = lambda text, number=number: self._typed(number, text)
            editor.on_enter = self._choose_now
        other = self.editor(2)
        other.move_cursor(other.document.end)
        other.focus()

    def editor(self, number: int) -> Editor:
        """The editor of the first or the second wording."""
        return self.query_one(f"#text{number}", Editor)

    def on_resize(self) -> None:
        """Side by side where there is room, else one above the other."""
        self.set_class(self.size.width < BESIDE, "narrow")
        self.paint()

    def paint(self) -> None:
        """Paint the words around the two texts; texts that others or undo changed are loaded anew."""
        title = self.desk.agreement.title
        head = " · ".join(filter(None, (title, self.field.label.get(self.desk.lang))))
        self.query_one("#head", Lines).show([(Piece(" " + shorten(head, self.size.width - 2), "title"),)])
        labels = {1: _("1  the text as it stands"), 2: _("2  another wording")}
        for number, words in labels.items():
            self.query_one(f"#label{number}", Lines).show([(Piece(f" {words}", "accent"),)])
        for number, text in enumerate(candidates.texts(self.desk, self.entry, self.field), 1):
            editor = self.editor(number)
            if text and editor.text != text:
                editor.load(text)
        self.query_one("#foot", Lines).show([keys_line(self.keys(), self.size.width, self.message)])

    def keys(self) -> list[tuple[str, str]]:
        """What can be pressed, while one writes and while one chooses."""
        if self.choosing:
            found = [("1", _("keep the first")), ("2", _("keep the second")), (_("Esc"), _("both"))]
            return [*found, (_("Enter"), _("write"))]
        return [("Tab", _("the other one")), (_("Esc"), _("choose"))]

    def tell(self, text: str) -> None:
        """Say something of the two texts in the last line."""
        self.message = text
        self.paint()

    def say(self, text: str) -> None:
        """What other screens say is not said here: a room may be looking."""

    def _typed(self, number: int, text: str) -> None:
        if number == 1:
            writing.type_into(self.desk, self.entry, self.field, text)
        else:
            candidates.hold(self.desk, self.entry, self.field, text)
        self.app.edited()

    def _choose_now(self) -> None:
        self.choosing = True
        self.desk.edits.end_stretch()
        self.set_focus(None)
        self.paint()

    def on_key(self, event: events.Key) -> None:
        """Tab goes to the other text; Escape begins to choose; then a digit chooses."""
        if not self.choosing:
            if event.key == "escape":
                self._choose_now()
            elif event.key in ("tab", "shift+tab"):
                self.editor(1 if self.focused is self.editor(2) else 2).focus()
            else:
                return
        elif event.key == "escape":
            self.app.pop_screen()
        elif event.key in ("1", "2"):
            self._chosen(int(event.key))
        elif event.key in ("enter", "tab"):
            self.choosing = False
            self.editor(2).focus()
            self.paint()
        else:
            return
        event.stop()
        event.prevent_default()

    def _chosen(self, number: int) -> None:
        done = candidates.choose(self.desk, self.entry, self.field, number)
        self.app.edited()
        self.app.pop_screen()
        self.app.repaint()
        said = _("Chosen; the other wording stays in the earlier texts.") if done else _("There was one wording only.")
        tell(self.app, said)


def open_candidates(app: EntenteApp) -> None:
    """A second wording for the text one stands at, in the question or in the document."""
    screen = app.screen
    target: tuple[Entry, Field] | None = None
    if isinstance(screen, WorkScreen):
        slot = screen.form.slot
        if slot is not None and slot.field is not None and slot.cell and screen.desk.project.entry(slot.entry.id):
            target = slot.entry, slot.field
        screen.pen.finish()
        screen.pen.forget()
    elif isinstance(screen, DocumentScreen):
        here = screen.bottom.target or screen.target_here()
        target = (here.entry, here.field) if here is not None and here.entry.id else None
        screen.close_field()
    if target is None or not may_have_two(target[1]):
        tell(app, _("Stand on a text first: it can be held in two wordings, side by side."))
        return
    assert app.desk is not None
    app.push_screen(CandidatesScreen(app.desk, *target, projected=projected(app)))
