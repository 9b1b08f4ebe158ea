"""One answer for several partners: a row given by many, or the same answer written for each."""

from __future__ import annotations

from collections.abc import Sequence

from tui.desk.desk import Desk
from tui.project.answers import single_entry
from tui.project.partners import ALL, WHO, active
from tui.project.privacy import POSITIONS
from tui.project.sending import words_seen
from tui.project.values import Change, Entry
from tui.project.wording import points

_OWN = frozenset({"seen", "reservation", "leave"})  # what is one partner's own and never given to another


def give_rows(desk: Desk, row: Entry, ids: Sequence[str]) -> int:
    """Let a row be given by exactly these partners; « all » is kept as such, so that it is printed so."""
    everyone = [one.id for one in active(desk.project)]
    group = ALL if len(ids) > 1 and len(ids) >= len(everyone) - 1 else ""
    value = {"ids": [one for one in everyone if one in ids], "group": group} if ids else None
    desk.edits.end_stretch()
    desk.set(row, "partners", value)
    return len(ids)


def same_answer(desk: Desk, ids: Sequence[str]) -> int:
    """Write the present single answer for other partners too, over what they had. Returns how many changed."""
    question = desk.question
    source = single_entry(desk.project, question.id, desk.subject)
    part = question.single
    if part is None or question.id == WHO:
        return 0
    changes = []
    for one in ids:
        if (one,) == desk.subject:
            continue
        target = single_entry(desk.project, question.id, (one,))
        for key, cell in source.cells.items():
            name = key.partition("@")[0]
            if not key.startswith("#") and not (question.id in POSITIONS and name in _OWN):
                changes.append(Change(target.id, question.id, key, cell.value, "", (one,)))
        if question.id in POSITIONS:
            seen = words_seen(desk.project, points(desk.guide, desk.view), one)
            changes.append(Change(target.id, question.id, "seen", seen, "", (one,)))
    desk.edits.end_stretch()
    desk.edit(changes)
    return len({change.entry for change in changes})
