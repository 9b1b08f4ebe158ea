"""Tells what a change of the text costs: whose answers it reopens, whose exceptions and conditions it affects.

A partner's answer is reopened if the words change on which it was given: the partner has to confirm it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.partnership.changes import with_changes
from tui.partnership.conditions import touched_conditions
from tui.partnership.partners import WHO, active
from tui.partnership.positions import CONSENSUS, EXCEPTIONS, UNSAID, PositionStatuses, changed_since, excepted_point
from tui.partnership.privacy import PublicView
from tui.partnership.values import Change, Partnership

MEMBERS = "members"  # used as a question id for changes of who takes part, which also change the text


@dataclass(frozen=True, slots=True)
class ChangeCost:
    """What a change costs; partners and sentences are given by their ids."""

    reopened: tuple[str, ...]  # the partners whose answer would have to be confirmed
    answered_count: int  # how many partners have answered on the present words
    to_ask: tuple[str, ...]  # the partners that excepted one of the changed sentences from their yes
    changed: tuple[str, ...]  # the sentences that change
    after: Partnership  # the partnership with the change
    conditions: tuple[str, ...] = ()  # the open conditions on one of these sentences, or on the whole text

    @property
    def is_free(self) -> bool:
        """Whether it changes no sentence of the document."""
        return not self.changed


class CostMeter:
    """Tells the cost of changes while a text is typed; what does not change from key to key is kept."""

    def __init__(self, guide: Guide) -> None:
        """`guide` holds the rules of what is public."""
        self._view_before, self._view_after = PublicView(guide), PublicView(guide)

    def cost(self, partnership: Partnership, changes: Iterable[Change]) -> ChangeCost:
        """Return what `changes` would cost, without applying them."""
        after = with_changes(partnership, changes)
        public, public_after = self._view_before.of(partnership), self._view_after.of(after)
        answered = partners_answered(partnership, public.answers)
        reopened = tuple(partner_id for partner_id in answered if _is_reopened(public_after.answers, partner_id))
        changed = changed_since(public.points, public_after.points)
        to_ask = _with_exception(partnership, changed)
        conditions = tuple(row.id for row in touched_conditions(partnership, changed))
        return ChangeCost(reopened, len(answered), to_ask, changed, after, conditions)


def partners_answered(partnership: Partnership, answers: PositionStatuses) -> tuple[str, ...]:
    """Return the ids of the partners, in their order, that have answered on the present words of the whole text."""
    return tuple(partner.id for partner in active(partnership) if _has_answered(answers, partner.id))


def partners_reopened(partnership: Partnership, answers: PositionStatuses) -> tuple[str, ...]:
    """Return the ids of the partners, in their order, whose answer has to be confirmed on the present words."""
    return tuple(
        partner.id
        for partner in active(partnership)
        if (CONSENSUS, partner.id) in answers and _is_reopened(answers, partner.id)
    )


def _has_answered(answers: PositionStatuses, partner: str) -> bool:
    answer = answers.get((CONSENSUS, partner))
    return answer is not None and answer.level not in UNSAID and not answer.reopened


def _is_reopened(answers: PositionStatuses, partner: str) -> bool:
    answer = answers.get((CONSENSUS, partner))
    return answer is None or answer.reopened


def _with_exception(partnership: Partnership, changed: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the partners that excepted one of these sentences from their yes."""
    changed_ids = frozenset(changed)
    rows = partnership.rows(CONSENSUS, EXCEPTIONS)
    return tuple(
        dict.fromkeys(row.subject[0] for row in rows if row.subject and excepted_point(partnership, row) in changed_ids)
    )


def changed_by_question(
    partnership: Partnership, after: Partnership, points: Mapping[str, str], points_after: Mapping[str, str]
) -> dict[str, int]:
    """Return by question id (or MEMBERS) how many sentences differ between two texts.

    `points` and `points_after` are the sentences of the two texts (entry id → fingerprint); `partnership` and `after`
    hold their entries.
    """
    counts: dict[str, int] = {}
    for entry_id in changed_since(points, points_after):
        entry = after.entry(entry_id) or partnership.entry(entry_id)
        question = MEMBERS if entry is None or entry.question == WHO else entry.question
        counts[question] = counts.get(question, 0) + 1
    return counts
