"""Two texts for one answer: both read out with their authors, and one kept, or both."""

from __future__ import annotations

from collections.abc import Iterator

from tui.desk.company import disputed, standing
from tui.desk.desk import Desk, now
from tui.desk.said import value_words, where
from tui.plain.sitting import Sitting
from tui.project.kinds import BadValue
from tui.project.values import Conflict
from tui.text.dates import format_when
from tui.text.names import fold
from tui.words import _, ngettext

_KEEP = {"1": "mine", "2": "theirs", "3": "both", "les deux": "both", "deux": "both", "both": "both"}


def waiting(desk: Desk) -> Iterator[str]:
    """How many answers have two texts; nothing when none has."""
    count = len(disputed(desk.project))
    if count:
        said = ngettext("{n} answer has two texts: /two texts reads them out.",
                        "{n} answers have two texts: /two texts reads them out.", count)  # fmt: skip
        yield said.format(n=count)


def read_out(sitting: Sitting, argument: str = "") -> None:
    """The oldest answer that has two texts, and what to type to choose."""
    left = disputed(sitting.desk.project)
    if not left:
        sitting.talk.say(_("No answer has two texts."))
        return
    for line in _texts(sitting.desk, left[0]):
        sitting.talk.say(line)
    sitting.talk.say(
        _("/keep 1 or /keep 2 keeps that text, /keep both keeps the two.")
        if left[0].joinable
        else _("/keep 1 or /keep 2 keeps that answer.")
    )


def _texts(desk: Desk, one: Conflict) -> Iterator[str]:
    first = ", ".join(filter(None, (one.by or _("someone"), format_when(one.at, desk.lang))))
    second = _("{name}, in the document now").format(name=one.their_by or _("someone"))
    yield where(desk, one.question, one.part, one.cell, one.subject)
    for number, whose, value in ((1, first, one.mine), (2, second, standing(desk.project, one))):
        words = value_words(desk, one.question, one.part, one.cell, value) or _("(emptied)")
        yield _("Text {number}, {whose}: {words}").format(number=number, whose=whose, words=words)


def keep(sitting: Sitting, argument: str) -> None:
    """Keep one of the two texts read out, or both. BadValue where there are none, or for another word."""
    desk = sitting.desk
    left = disputed(desk.project)
    if not left:
        raise BadValue(_("No answer has two texts."))
    choice = _KEEP.get(fold(argument))
    if choice is None:
        raise BadValue(_("Type /keep 1, /keep 2 or /keep both."))
    if choice == "both" and not left[0].joinable:
        raise BadValue(_("Only words can stand one under the other: type /keep 1 or /keep 2."))
    desk.flush()
    saved = sitting.store.settle(desk.project.id, left[0].id, choice)
    desk.edits.refreshed(saved.project, at=now())
    sitting.refresh()
    sitting.talk.say(_("Saved: the other text stays among the earlier texts."))
    if disputed(desk.project):
        read_out(sitting)
