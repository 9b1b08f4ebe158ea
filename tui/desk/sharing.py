"""One answer for several partners: a row given by many, the same answer written for each, groups that have a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.desk.desk import Desk
from tui.desk.place import subject
from tui.desk.writing import new_row
from tui.guide.types import Field
from tui.project.answers import cell_name, single_entry
from tui.project.partners import ALL, WHO, active
from tui.project.privacy import POSITIONS
from tui.project.sending import words_seen
from tui.project.values import Change, Entry
from tui.project.wording import points

_OWN = frozenset(
    {"seen", "reservation", "leave", "ratify_by", "ratify_on", "resolution", "ratified_on"}
)  # what is one partner's own and never given to another
NAMES = frozenset({"name", "short_name", "address", "organisation"})  # what makes an organisation itself


def give_rows(desk: Desk, row: Entry, ids: Sequence[str], group: str | None = None) -> int:
    """Let a row be given by exactly these partners; a group ("all", or a named one's id) is kept, to be printed so.

    Without `group`, all the partners but one or none count as « all ».
    """
    everyone = [one.id for one in active(desk.project)]
    if group is None:
        group = ALL if len(ids) > 1 and len(ids) >= len(everyone) - 1 else ""
    value = {"ids": [one for one in everyone if one in ids], "group": group} if ids else None
    desk.edits.end_stretch()
    desk.set(row, "partners", value)
    desk.edits.end_stretch()
    return len(ids)


def new_group(desk: Desk, name: str, ids: Sequence[str]) -> Entry:
    """Give a name to some partners, to be used again; joining it later commits no one."""
    question = desk.guide.question("extra.groups")
    part = question.lists[0]
    with desk.edits.as_one():
        row = new_row(desk, Entry("", question.id, part.id), part, name)
        desk.set(row, "members", {"ids": list(ids), "group": ""})
    return desk.project.entries[row.id]


def same_field(desk: Desk, field: Field, ids: Sequence[str]) -> int:
    """Give one field of the present organisation (where things stand, its role …) to other ones; how many changed."""
    source = desk.project.entry(desk.place.partner)
    if source is None or field.id in NAMES:
        return 0
    cell = cell_name(field, desk.lang)
    value = source.text(field.id, desk.lang) if field.translatable else source.get(cell)
    changes = [Change(one, WHO, cell, value, "", (one,)) for one in ids if one != source.id]
    desk.edits.end_stretch()
    desk.edit(changes)
    desk.edits.end_stretch()
    return len(changes)


def same_answer(desk: Desk, ids: Sequence[str]) -> int:
    """Write the present single answer for other partners too, over what they had. Returns how many changed."""
    question = desk.question
    source = single_entry(desk.project, question.id, desk.subject)
    part = question.single
    if part is None or question.id == WHO or (question.id in POSITIONS and not source.get("level")):
        return 0  # without a position there is none to give, and what the others saw stays what they saw
    changes = []
    for one in ids:
        whom = subject(replace(desk.place, partner=one), question)
        if whom == desk.subject or one == desk.place.other:
            continue
        target = single_entry(desk.project, question.id, whom)
        for key, cell in source.cells.items():
            name = key.partition("@")[0]
            if not key.startswith("#") and not (question.id in POSITIONS and name in _OWN):
                changes.append(Change(target.id, question.id, key, cell.value, "", whom))
        if question.id in POSITIONS:
            seen = words_seen(desk.project, points(desk.guide, desk.view), one)
            changes.append(Change(target.id, question.id, "seen", seen, "", (one,)))
    desk.edits.end_stretch()
    desk.edit(changes)
    desk.edits.end_stretch()
    return len({change.entry for change in changes})
