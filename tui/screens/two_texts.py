"""Two texts for one answer, side by side: a second wording, or a conflict with its authors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Vertical

from tui.commands import MEETING, PROJECTION
from tui.guide.guide_types import Field
from tui.i18n import N_, _
from tui.partnership.values import Conflict, Entry, may_have_second_wording
from tui.screens.same_place import changed_end, location_of
from tui.store.store_errors import StoreError
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.dates import format_when
from tui.ui.diff_painter import ADDED, REMOVED, paint_differences, paint_text
from tui.ui.page import FramedPage, TextScreen
from tui.workspace import shared_answers, writing
from tui.workspace.cell_labels import value_words, where
from tui.workspace.cost_words import WordingCost
from tui.workspace.other_editors import current_value, open_conflicts
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


BESIDE = 70  # columns from which the two stand beside each other


class CandidatesScreen(FramedPage[None]):
    """One text, worded twice. Letters write; after Escape 1 and 2 choose, and Escape again leaves both as they are."""

    about = N_("One text worded twice, side by side. Both are kept until you choose; the other stays in earlier texts.")

    def __init__(self, workspace: Workspace, entry: Entry, field: Field, *, projected: bool = False) -> None:
        super().__init__()
        self.workspace = workspace
        self.entry = entry
        self.field = field
        self.where = PROJECTION if projected else MEETING
        self.writing = True
        self._cost = WordingCost(workspace, entry, field)

    def heading(self) -> str:
        """Which text it is."""
        return " · ".join(filter(None, (self.workspace.agreement.title, self.field.label.get(self.workspace.lang))))

    def body(self) -> ComposeResult:
        """Return the two texts."""
        first, other = shared_answers.texts(self.workspace, self.entry, self.field)
        with Container(id="two"):
            for number, text in ((1, first), (2, other or first)):
                with Vertical(classes="wording"):
                    yield Lines(id=f"label{number}", classes="bar", glyph="", owns_styles=number == 1)
                    yield Editor(text, id=f"text{number}")
        if self.where != PROJECTION:
            yield Lines(id="cost", glyph="")

    def on_mount(self) -> None:
        """Each text is written in its own editor."""
        for number in (1, 2):
            editor = self.editor(number)
            editor.single_line = self.field.kind != "prose"
            editor.watcher = lambda text, number=number: self._typed(number, text)
            editor.on_enter = self._choose_now

    def take_keyboard(self) -> None:
        """One writes in the second wording."""
        other = self.editor(2)
        other.move_cursor(other.document.end)
        other.focus()

    def editor(self, number: int) -> Editor:
        """Return the editor of the first or the second wording."""
        return self.query_one(f"#text{number}", Editor)

    def on_resize(self) -> None:
        """Side by side where there is room, else one above the other."""
        self.set_class(self.size.width < BESIDE, "narrow")
        self.paint()

    def paint_body(self, width: int) -> None:
        """Paint the words around the two texts; texts that others or undo changed are loaded anew."""
        labels = {1: _("1  the text as it stands"), 2: _("2  another wording")}
        for number, words in labels.items():
            self.query_one(f"#label{number}", Lines).show([(Piece(f" {words}", "accent"),)])
        for number, text in enumerate(shared_answers.texts(self.workspace, self.entry, self.field), 1):
            editor = self.editor(number)
            if text and editor.text != text:
                editor.load(text)
        self._tell_cost()

    def _tell_cost(self) -> None:
        """Say below the texts what the second wording would cost; never where a room is looking."""
        if self.where != PROJECTION:
            words = self._cost.words(self.editor(2).text)
            self.query_one("#cost", Lines).show(paint_text(words, self.size.width, "muted") if words else [])

    def restored(self) -> None:
        """Show both texts as undo or redo left them; without a second wording it begins as the first one again."""
        first, other = shared_answers.texts(self.workspace, self.entry, self.field)
        for number, text in ((1, first), (2, other or first)):
            editor = self.editor(number)
            editor.load(text, location_of(text, changed_end(editor.text, text)))
        self.paint()

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what can be pressed, while one writes and while one chooses."""
        if not self.writing:
            found = [("1", _("keep the first")), ("2", _("keep the second")), (_("Esc"), _("both"))]
            return [*found, (_("Enter"), _("write"))]
        return [("Tab", _("the other one")), (_("Esc"), _("choose"))]

    def say(self, text: str) -> None:
        """What other screens say is not said here: a room may be looking."""

    def _typed(self, number: int, text: str) -> None:
        if number == 1:
            writing.type_into(self.workspace, self.entry, self.field, text)
        else:
            shared_answers.hold(self.workspace, self.entry, self.field, text)
            self._tell_cost()

    def _choose_now(self) -> None:
        self.writing = False
        self.workspace.edits.end_typing()
        self.set_focus(None)
        self.paint()

    def walk(self, by: int) -> bool:
        """Nothing scrolls while one chooses."""
        return False

    def turn(self, pages: int) -> bool:
        """Pages are turned in the text that one writes."""
        return False

    def leave(self) -> None:
        """Escape ends writing first; then it leaves both texts."""
        if not self.writing:
            super().leave()
        else:
            self._choose_now()

    def act(self, key: str) -> bool:
        """Tab goes to the other text; while one chooses a digit takes one."""
        if key in ("tab", "shift+tab"):
            self.editor(1 if self.focused is self.editor(2) else 2).focus()
            self.writing = True
            self.paint()
        elif not self.writing and key in ("1", "2"):
            self._chosen(int(key))
        elif not self.writing and key == "enter":
            self.writing = True
            self.editor(2).focus()
            self.paint()
        else:
            return key.startswith("alt+") and super().act(key)  # letters are written here
        return True

    def _chosen(self, number: int) -> None:
        done = shared_answers.choose(self.workspace, self.entry, self.field, number)
        self.app.pop_screen()
        self.app.repaint()
        said = _("Chosen; the other wording stays in the earlier texts.") if done else _("There was one wording only.")
        self.app.page.say_to_room(said)


def open_candidates(app: Host) -> None:
    """A second wording for the text one stands at, in the question or in the document."""
    target = app.page.take_field()
    if target is None or not may_have_second_wording(target[1]):
        app.page.say_to_room(_("Stand on a text first: it can be held in two wordings, side by side."))
        return
    assert app.workspace is not None
    app.push_screen(CandidatesScreen(app.workspace, *target, projected=app.projecting))


CHOICES = {"1": "mine", "2": "theirs", "3": "both"}


class ConflictScreen(TextScreen[None]):
    """One answer with two texts after the other: 1 the later one, 2 the one that stands, 3 both. Escape leaves them."""

    tone = "error"
    about = N_("Two people wrote the same answer at the same time. Keep one text or both; nothing is lost meanwhile.")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def heading(self) -> str:
        """Return how many answers have two texts."""
        count = len(open_conflicts(self.workspace.partnership))
        return _("Two texts for one answer") + (f" · 1/{count}" if count > 1 else "")

    def keys(self) -> Sequence[tuple[str, str]]:
        """One key for each text, and one for both where they can stand together."""
        both = [("3", _("keep both"))] if open_conflicts(self.workspace.partnership)[0].joinable else []
        return [("1", _("keep text 1")), ("2", _("keep text 2")), *both, (_("Esc"), _("later"))]

    def paint(self) -> None:
        """Paint the oldest answer that still has two texts; leave when there is none."""
        if open_conflicts(self.workspace.partnership):
            super().paint()
        else:
            self.dismiss(None)

    def text(self, width: int) -> Sequence[Line]:
        """Both texts with their authors, then what differs."""
        conflict = open_conflicts(self.workspace.partnership)[0]
        workspace = self.workspace
        mine = self._said(conflict, conflict.mine)
        theirs = self._said(conflict, current_value(workspace.partnership, conflict))
        first = " · ".join(filter(None, (conflict.by or _("someone"), format_when(conflict.at, self.app.lang))))
        second = _("{name}, in the document now").format(name=conflict.their_by or _("someone"))
        legend = _("What differs: {first} {second}").format(
            first=_("only in 1").join(REMOVED), second=_("only in 2").join(ADDED)
        )
        return [
            (),
            *paint_text(
                where(workspace, conflict.question, conflict.part, conflict.cell, conflict.subject), width, "strong"
            ),
            (),
            (Piece(f" 1  {first}", "heading"),),
            *(paint_text(mine, width) or paint_text(_("(emptied)"), width, "hint")),
            (),
            (Piece(f" 2  {second}", "heading"),),
            *(paint_text(theirs, width) or paint_text(_("(emptied)"), width, "hint")),
            (),
            *paint_text(legend, width, "muted"),
            *paint_differences(mine, theirs, width),
        ]

    def _said(self, conflict: Conflict, value: object) -> str:
        return value_words(self.workspace, conflict.question, conflict.part, conflict.cell, value)

    def act(self, key: str) -> bool:
        """A digit chooses."""
        if key not in CHOICES:
            return super().act(key)
        self._settle(CHOICES[key])
        return True

    def _settle(self, choice: str) -> None:
        workspace = self.workspace
        conflict = open_conflicts(workspace.partnership)[0]
        if choice == "both" and not conflict.joinable:
            return
        try:
            workspace.flush()
            saved = self.app.store.settle(workspace.partnership.id, conflict.id, choice)
            workspace.edits.refreshed(saved.partnership, at=current_moment())
        except StoreError as error:
            self.message = str(error)
        self.paint()


def show_conflicts(app: Host) -> None:
    """The answers that have two texts, one after the other."""
    workspace = app.workspace
    if workspace is None:
        return
    if not open_conflicts(workspace.partnership):
        app.say(_("No answer has two texts."))
        return
    app.push_screen(ConflictScreen(workspace), lambda _done: app.page.refresh_in_place())
