"""Two texts for one answer: both are shown with their authors, and stay until somebody chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events

from tui.desk.company import disputed, standing
from tui.desk.desk import Desk, now
from tui.desk.said import value_words, where
from tui.project.values import Conflict
from tui.screens.anchor import refreshed
from tui.screens.marked import ADDED, REMOVED, paint_differences, paint_text
from tui.screens.texts import TextScreen
from tui.store.errors import StoreError
from tui.text.dates import format_when
from tui.widgets.lines import Line, Piece
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp

CHOICES = {"1": "mine", "2": "theirs", "3": "both"}


class ConflictScreen(TextScreen[None]):
    """One answer with two texts after the other: 1 the later one, 2 the one that stands, 3 both. Escape leaves them."""

    tone = "error"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def heading(self) -> str:
        """How many answers have two texts."""
        count = len(disputed(self.desk.project))
        return _("Two texts for one answer") + (f" · 1/{count}" if count > 1 else "")

    def keys(self) -> Sequence[tuple[str, str]]:
        """One key for each text, and one for both where they can stand together."""
        both = [("3", _("keep both"))] if disputed(self.desk.project)[0].joinable else []
        return [("1", _("keep text 1")), ("2", _("keep text 2")), *both, (_("Esc"), _("later"))]

    def paint(self) -> None:
        """Paint the oldest answer that still has two texts; leave when there is none."""
        if disputed(self.desk.project):
            super().paint()
        else:
            self.dismiss(None)

    def text(self, width: int) -> Sequence[Line]:
        """Both texts with their authors, then what differs."""
        one = disputed(self.desk.project)[0]
        desk = self.desk
        mine = self._said(one, one.mine)
        theirs = self._said(one, standing(desk.project, one))
        first = " · ".join(filter(None, (one.by or _("someone"), format_when(one.at, self.app.lang))))
        second = _("{name}, in the document now").format(name=one.their_by or _("someone"))
        legend = _("What differs: {first} {second}").format(
            first=_("only in 1").join(REMOVED), second=_("only in 2").join(ADDED)
        )
        return [
            (),
            *paint_text(where(desk, one.question, one.part, one.cell, one.subject), width, "strong"),
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

    def _said(self, one: Conflict, value: object) -> str:
        return value_words(self.desk, one.question, one.part, one.cell, value)

    def struck(self, event: events.Key) -> bool:
        """A digit chooses, Escape leaves both for later."""
        if event.character in CHOICES:
            self._settle(CHOICES[event.character])
        elif event.key == "escape":
            self.dismiss(None)
        else:
            return False
        return True

    def _settle(self, choice: str) -> None:
        desk = self.desk
        one = disputed(desk.project)[0]
        if choice == "both" and not one.joinable:
            return
        try:
            desk.flush()
            saved = self.app.store.settle(desk.project.id, one.id, choice)
            desk.edits.refreshed(saved.project, at=now())
        except StoreError as error:
            self.message = str(error)
        self.paint()


def show_conflicts(app: EntenteApp) -> None:
    """The answers that have two texts, one after the other."""
    desk = app.desk
    if desk is None:
        return
    if not disputed(desk.project):
        app.say(_("No answer has two texts."))
        return
    app.push_screen(ConflictScreen(desk), lambda _done: refreshed(app))
