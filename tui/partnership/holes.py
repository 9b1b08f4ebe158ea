"""The named holes of the agreement: the answers that it still needs, and of which partners."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tui.guide.guide_types import Guide, HoleRule
from tui.partnership.completion import answer_entry, has_field, is_filled, is_void, is_void_for_all, parts_read
from tui.partnership.newest import Newest
from tui.partnership.partners import active, active_ids, rows_of
from tui.partnership.promised_money import promised_money
from tui.partnership.values import Entry, Partnership

Holes = tuple[tuple[HoleRule, str], ...]  # open holes as (rule, id of the partner it concerns or "")


def open_holes(guide: Guide, view: Partnership) -> Holes:
    """Return the open holes of a public view."""
    return tuple((rule, partner_id) for rule in guide.holes for partner_id in holes_of(guide, view, rule))


def holes_of(guide: Guide, view: Partnership, rule: HoleRule) -> tuple[str, ...]:
    """Return the ids of the partners whose answer a hole lacks; ("",) if it is one answer for the whole partnership."""
    question = guide.question(rule.question)
    if is_void_for_all(view, question):
        return ()
    subjects: list[tuple[str, ...]] = [(partner.id,) for partner in active(view)] if rule.each_partner else [()]
    return tuple(
        subject[0] if subject else ""
        for subject in subjects
        if not is_void(view, question, subject) and not _is_filled(view, rule, subject)
    )


def settled_holes(partnership: Partnership) -> frozenset[str]:
    """Return the ids of the holes that are filled by other answers than those their rule names.

    The hole "money" is filled if funding is requested or sought (even privately), if a commitment promises money, or if
    there is a budget.
    """
    rows = partnership.rows("commit.funding", "rows")
    is_sought = any(row.get("status") in ("requested", "sought") and has_field(row, "source") for row in rows)
    is_sought = is_sought or has_field(answer_entry(partnership, "commit.funding", ()), "say_sought")
    has_budget = any(has_field(row, "item") for row in partnership.rows("commit.funding", "costs"))
    return frozenset({"money"}) if is_sought or has_budget or promised_money(partnership) else frozenset()


class OpenHoles:
    """Gives the open holes of a view that changes; a hole is checked again only if an entry that it reads changed."""

    def __init__(self, guide: Guide) -> None:
        """`guide` holds the holes."""
        self._guide = guide
        self._parts_read = {
            rule.id: (*parts_read(guide.question(rule.question)), (rule.question, rule.part)) for rule in guide.holes
        }
        self._cache = Newest[tuple[str, ...]]()

    def of(self, view: Partnership) -> Holes:
        """Return what `open_holes` returns."""
        holes: list[tuple[HoleRule, str]] = []
        for rule in self._guide.holes:
            made_from = (active_ids(view), *map(view.by_part.get, self._parts_read[rule.id]))
            partner_ids = self._cache.of(rule.id, made_from, partial(holes_of, self._guide, view, rule))
            holes += ((rule, partner_id) for partner_id in partner_ids)
        return tuple(holes)


def _is_filled(view: Partnership, rule: HoleRule, subject: tuple[str, ...]) -> bool:
    """Return whether the field (or, without one, any row of the part) that a rule names is filled for a subject."""
    if not rule.part:
        return has_field(answer_entry(view, rule.question, subject), rule.field)
    rows = rows_of(view, rule.question, rule.part, subject[0]) if subject else view.rows(rule.question, rule.part)
    has_value: Callable[[Entry], bool] = (lambda row: has_field(row, rule.field)) if rule.field else _has_any_field
    return any(has_value(row) for row in rows)


def _has_any_field(row: Entry) -> bool:
    return any(is_filled(cell.value) for key, cell in row.cells.items() if not key.startswith("#"))
