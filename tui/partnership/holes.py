"""The named holes of the agreement: what it still lacks, and of whom."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tui.guide.guide_types import Guide, HoleRule
from tui.partnership.completion import answer_entry, filled, has, is_void, is_void_for_all, parts_read
from tui.partnership.newest import Newest
from tui.partnership.partners import active, active_ids, rows_of
from tui.partnership.promised_money import promised_money
from tui.partnership.values import Entry, Partnership

Holes = tuple[tuple[HoleRule, str], ...]  # each open hole with the partner it concerns, "" for none


def open_holes(guide: Guide, view: Partnership) -> Holes:
    """Return the named holes of a public view that are open, each with the partner it concerns ("" for none)."""
    return tuple((rule, name) for rule in guide.holes for name in holes_of(guide, view, rule))


def holes_of(guide: Guide, view: Partnership, rule: HoleRule) -> tuple[str, ...]:
    """The partners one named hole of a public view is open for ("" for a hole that is the whole partnership's)."""
    question = guide.question(rule.question)
    if is_void_for_all(view, question):
        return ()
    subjects: list[tuple[str, ...]] = [(partner.id,) for partner in active(view)] if rule.each_partner else [()]
    return tuple(
        subject[0] if subject else ""
        for subject in subjects
        if not is_void(view, question, subject) and not _hole_filled(view, rule, subject)
    )


def settled_holes(partnership: Partnership) -> frozenset[str]:
    """Return the holes that other answers fill than those the hole itself looks at.

    Of money it is an honest answer that it is asked for or to be sought, be it private; a commitment that promises
    some, or a budget, are answers too: the section says them.
    """
    rows = partnership.rows("commit.funding", "rows")
    sought = any(row.get("status") in ("requested", "sought") and has(row, "source") for row in rows)
    sought = sought or has(answer_entry(partnership, "commit.funding", ()), "say_sought")
    shared = any(has(row, "item") for row in partnership.rows("commit.funding", "costs"))
    return frozenset({"money"}) if sought or shared or promised_money(partnership) else frozenset()


class OpenHoles:
    """The open holes of a view that changes; a hole that nothing it reads has changed is not looked into again."""

    def __init__(self, guide: Guide) -> None:
        """`guide` holds the holes."""
        self._guide = guide
        self._read = {
            rule.id: (*parts_read(guide.question(rule.question)), (rule.question, rule.part)) for rule in guide.holes
        }
        self._kept = Newest[tuple[str, ...]]()

    def of(self, view: Partnership) -> Holes:
        """Return what `open_holes` finds in a public view."""
        found: list[tuple[HoleRule, str]] = []
        for rule in self._guide.holes:
            read = (active_ids(view), *map(view.by_part.get, self._read[rule.id]))
            open_for = self._kept.of(rule.id, read, partial(holes_of, self._guide, view, rule))
            found += ((rule, name) for name in open_for)
        return tuple(found)


def _hole_filled(view: Partnership, rule: HoleRule, subject: tuple[str, ...]) -> bool:
    if not rule.part:
        return has(answer_entry(view, rule.question, subject), rule.field)
    rows = rows_of(view, rule.question, rule.part, subject[0]) if subject else view.rows(rule.question, rule.part)
    holds: Callable[[Entry], bool] = (lambda row: has(row, rule.field)) if rule.field else _any_field
    return any(holds(row) for row in rows)


def _any_field(row: Entry) -> bool:
    return any(filled(cell.value) for key, cell in row.cells.items() if not key.startswith("#"))
