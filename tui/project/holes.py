"""The named holes: what the agreement still lacks, for the whole partnership or for one partner."""

from __future__ import annotations

from collections.abc import Callable

from tui.guide.types import Guide, HoleRule
from tui.project.completion import VOID, answer_entry, filled, has, progress, state_of
from tui.project.partners import active, rows_of
from tui.project.values import Entry, Project


def open_holes(guide: Guide, view: Project) -> tuple[tuple[HoleRule, str], ...]:
    """The named holes of a public view that are open, each with the partner it concerns ("" for none)."""
    return tuple((rule, name) for rule in guide.holes for name in holes_of(guide, view, rule))


def holes_of(guide: Guide, view: Project, rule: HoleRule) -> tuple[str, ...]:
    """The partners one named hole of a public view is open for ("" for a hole that is the whole partnership's)."""
    question = guide.question(rule.question)
    if progress(view, question).state == VOID:
        return ()
    subjects: list[tuple[str, ...]] = [(one.id,) for one in active(view)] if rule.each_partner else [()]
    return tuple(
        subject[0] if subject else ""
        for subject in subjects
        if state_of(view, question, subject) != VOID and not _hole_filled(view, rule, subject)
    )


class OpenHoles:
    """The open holes of a view that changes; a hole that nothing it reads has changed is not looked into again."""

    def __init__(self, guide: Guide) -> None:
        """`guide` holds the holes."""
        self._guide = guide
        self._read = {rule.id: _parts_read(guide, rule) for rule in guide.holes}
        self._kept: dict[str, tuple[object, tuple[str, ...]]] = {}

    def of(self, view: Project) -> tuple[tuple[HoleRule, str], ...]:
        """What `open_holes` finds in a public view."""
        members = [one.id for one in active(view)]
        found: list[tuple[HoleRule, str]] = []
        for rule in self._guide.holes:
            seen = members, *(view.by_part.get(part, ()) for part in self._read[rule.id])
            kept = self._kept.get(rule.id)
            if kept is None or kept[0] != seen:
                kept = self._kept[rule.id] = seen, holes_of(self._guide, view, rule)
            found += ((rule, name) for name in kept[1])
        return tuple(found)


def _parts_read(guide: Guide, rule: HoleRule) -> tuple[tuple[str, str], ...]:
    """The questions and parts whose rows decide whether a hole is open."""
    question = guide.question(rule.question)
    own = [(question.id, ""), (question.id, rule.part), *((question.id, part.id) for part in question.parts)]
    named = (part.rpartition("/") for alternative in question.complete for part, _field in alternative if part)
    return tuple(dict.fromkeys((*own, *((source or question.id, name) for source, _slash, name in named))))


def _hole_filled(view: Project, rule: HoleRule, subject: tuple[str, ...]) -> bool:
    if not rule.part:
        return has(answer_entry(view, rule.question, subject), rule.field)
    rows = rows_of(view, rule.question, rule.part, subject[0]) if subject else view.rows(rule.question, rule.part)
    holds: Callable[[Entry], bool] = (lambda row: has(row, rule.field)) if rule.field else _any_field
    return any(holds(row) for row in rows)


def _any_field(row: Entry) -> bool:
    return any(filled(cell.value) for key, cell in row.cells.items() if not key.startswith("#"))
