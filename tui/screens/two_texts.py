"""Two texts for one answer: two wordings of a field side by side, or two texts that two people wrote at once."""

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
from tui.text.dates import format_day_and_time
from tui.ui.diff_painter import ADDED, REMOVED, paint_differences, paint_text
from tui.ui.page import FramedPage, TextScreen
from tui.workspace import shared_answers, writing
from tui.workspace.cell_labels import cell_place, value_words
from tui.workspace.cost_words import WordingCost
from tui.workspace.other_editors import current_value, open_conflicts
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


SIDE_BY_SIDE_FROM_WIDTH = 70  # columns from which the two texts are beside each other


class WordingsScreen(FramedPage[None]):
    """A text field in two wordings, each in an editor. After Escape, 1 and 2 keep one; Escape again keeps both."""

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
        """Return the title of the document and the name of the field."""
        return " · ".join(filter(None, (self.workspace.agreement.title, self.field.label.get(self.workspace.lang))))

    def body(self) -> ComposeResult:
        """Yield the two editors and, unless projected, below them what the second wording would cost."""
        first, other = shared_answers.both_wordings(self.workspace, self.entry, self.field)
        with Container(id="two"):
            for number, text in ((1, first), (2, other or first)):
                with Vertical(classes="wording"):
                    yield Lines(id=f"label{number}", classes="bar", glyph="", owns_styles=number == 1)
                    yield Editor(text, id=f"text{number}")
        if self.where != PROJECTION:
            yield Lines(id="cost", glyph="")

    def on_mount(self) -> None:
        """Connect both editors."""
        for number in (1, 2):
            editor = self.editor(number)
            editor.single_line = self.field.kind != "prose"
            editor.watcher = lambda text, number=number: self._write_text(number, text)
            editor.on_enter = self._stop_writing

    def take_keyboard(self) -> None:
        """Give the keyboard to the second wording, its cursor at the end."""
        other = self.editor(2)
        other.move_cursor(other.document.end)
        other.focus()

    def editor(self, number: int) -> Editor:
        """Return the editor of the first (1) or the second (2) wording."""
        return self.query_one(f"#text{number}", Editor)

    def on_resize(self) -> None:
        """Lay the texts side by side if there is room, else one above the other."""
        self.set_class(self.size.width < SIDE_BY_SIDE_FROM_WIDTH, "narrow")
        self.paint()

    def paint_body(self, width: int) -> None:
        """Paint the words around the two texts; texts that others or undo changed are loaded anew."""
        labels = {1: _("1  the text as it stands"), 2: _("2  another wording")}
        for number, words in labels.items():
            self.query_one(f"#label{number}", Lines).show([(Piece(f" {words}", "accent"),)])
        for number, text in enumerate(shared_answers.both_wordings(self.workspace, self.entry, self.field), 1):
            editor = self.editor(number)
            # Without a second wording, the second editor keeps what it shows.
            if text and editor.text != text:
                editor.load(text)
        self._show_cost()

    def _show_cost(self) -> None:
        """Show below the texts what the second wording would cost, but not if projected."""
        if self.where != PROJECTION:
            words = self._cost.words(self.editor(2).text)
            self.query_one("#cost", Lines).show(paint_text(words, self.size.width, "muted") if words else [])

    def show_restored(self) -> None:
        """Show both texts as undo or redo left them; without a second wording, both editors hold the first one."""
        first, other = shared_answers.both_wordings(self.workspace, self.entry, self.field)
        for number, text in ((1, first), (2, other or first)):
            editor = self.editor(number)
            editor.load(text, location_of(text, changed_end(editor.text, text)))
        self.paint()

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys, those of writing or of choosing."""
        if not self.writing:
            keys = [("1", _("keep the first")), ("2", _("keep the second")), (_("Esc"), _("both"))]
            return [*keys, (_("Enter"), _("write"))]
        return [("Tab", _("the other one")), (_("Esc"), _("choose"))]

    def say(self, text: str) -> None:
        """Show nothing: messages of other screens may name a file or a person, and a room may be looking."""

    def _write_text(self, number: int, text: str) -> None:
        """Write the text of the first or the second editor into its wording."""
        if number == 1:
            writing.type_into(self.workspace, self.entry, self.field, text)
        else:
            shared_answers.set_second_wording(self.workspace, self.entry, self.field, text)
            self._show_cost()

    def _stop_writing(self) -> None:
        """Leave the editors, so that keys choose."""
        self.writing = False
        self.workspace.edits.end_typing()
        self.set_focus(None)
        self.paint()

    def walk(self, by: int) -> bool:
        """Return False: nothing scrolls."""
        return False

    def turn(self, pages: int) -> bool:
        """Return False: only an editor turns its pages."""
        return False

    def leave(self) -> None:
        """Act on Escape: stop writing, else leave the page with both texts kept."""
        if not self.writing:
            super().leave()
        else:
            self._stop_writing()

    def act(self, key: str) -> bool:
        """Act on a key: Tab goes to the other text; while choosing, 1 and 2 keep one text and Enter writes again."""
        if key in ("tab", "shift+tab"):
            self.editor(1 if self.focused is self.editor(2) else 2).focus()
            self.writing = True
            self.paint()
        elif not self.writing and key in ("1", "2"):
            self._keep_one(int(key))
        elif not self.writing and key == "enter":
            self.writing = True
            self.editor(2).focus()
            self.paint()
        else:
            return key.startswith("alt+") and super().act(key)  # letters are written here
        return True

    def _keep_one(self, number: int) -> None:
        """Keep the first (1) or the second (2) wording, and leave the page."""
        had_two = shared_answers.keep_wording(self.workspace, self.entry, self.field, number)
        self.app.pop_screen()
        self.app.repaint()
        message = (
            _("Chosen; the other wording stays in the earlier texts.") if had_two else _("There was one wording only.")
        )
        self.app.page.say_to_room(message)


def open_wordings(app: Host) -> None:
    """Show both wordings of the current field of the question or the document."""
    entry_and_field = app.page.take_field()
    if entry_and_field is None or not may_have_second_wording(entry_and_field[1]):
        app.page.say_to_room(_("Stand on a text first: it can be held in two wordings, side by side."))
        return
    assert app.workspace is not None
    app.push_screen(WordingsScreen(app.workspace, *entry_and_field, projected=app.projecting))


# By key the choice that settles a conflict, as `Store.settle` takes it.
CHOICES_BY_KEY = {"1": "mine", "2": "theirs", "3": "both"}


class ConflictScreen(TextScreen[None]):
    """The answers that two people wrote at the same time, one after the other.

    1 keeps the text that was saved later, 2 the text in the document now, 3 both, if they can be joined.
    """

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
        """Return a key for each text, and one for both if they can be joined."""
        keep_both = [("3", _("keep both"))] if open_conflicts(self.workspace.partnership)[0].joinable else []
        return [("1", _("keep text 1")), ("2", _("keep text 2")), *keep_both, (_("Esc"), _("later"))]

    def paint(self) -> None:
        """Paint the oldest answer that still has two texts; leave when there is none."""
        if open_conflicts(self.workspace.partnership):
            super().paint()
        else:
            self.dismiss(None)

    def text(self, width: int) -> Sequence[Line]:
        """Return both texts with their authors, then the differences."""
        conflict = open_conflicts(self.workspace.partnership)[0]
        workspace = self.workspace
        mine = self._value_text(conflict, conflict.mine)
        theirs = self._value_text(conflict, current_value(workspace.partnership, conflict))
        my_heading = " · ".join(
            filter(None, (conflict.by or _("someone"), format_day_and_time(conflict.at, self.app.lang)))
        )
        their_heading = _("{name}, in the document now").format(name=conflict.their_by or _("someone"))
        legend = _("What differs: {first} {second}").format(
            first=_("only in 1").join(REMOVED), second=_("only in 2").join(ADDED)
        )
        return [
            (),
            *paint_text(
                cell_place(workspace, conflict.question, conflict.part, conflict.cell, conflict.subject),
                width,
                "strong",
            ),
            (),
            (Piece(f" 1  {my_heading}", "heading"),),
            *(paint_text(mine, width) or paint_text(_("(emptied)"), width, "hint")),
            (),
            (Piece(f" 2  {their_heading}", "heading"),),
            *(paint_text(theirs, width) or paint_text(_("(emptied)"), width, "hint")),
            (),
            *paint_text(legend, width, "muted"),
            *paint_differences(mine, theirs, width),
        ]

    def _value_text(self, conflict: Conflict, value: object) -> str:
        """Return a value of the answer in words."""
        return value_words(self.workspace, conflict.question, conflict.part, conflict.cell, value)

    def act(self, key: str) -> bool:
        """Act on a key: 1, 2 or 3 settles the conflict. Return whether the key did something."""
        if key not in CHOICES_BY_KEY:
            return super().act(key)
        self._settle(CHOICES_BY_KEY[key])
        return True

    def _settle(self, choice: str) -> None:
        """Settle the oldest conflict by `choice`: "mine", "theirs" or "both"."""
        workspace = self.workspace
        conflict = open_conflicts(workspace.partnership)[0]
        if choice == "both" and not conflict.joinable:
            return
        try:
            workspace.flush()
            saved = self.app.store.settle(workspace.partnership.id, conflict.id, choice)
            workspace.edits.refresh(saved.partnership, at=current_moment())
        except StoreError as error:
            self.message = str(error)
        self.paint()


def show_conflicts(app: Host) -> None:
    """Show the answers that have two texts, one after the other."""
    workspace = app.workspace
    if workspace is None:
        return
    if not open_conflicts(workspace.partnership):
        app.say(_("No answer has two texts."))
        return
    app.push_screen(ConflictScreen(workspace), lambda _done: app.page.refresh_in_place())
