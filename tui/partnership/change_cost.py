"""What a change costs: whose yes it reopens, whose exception it touches, and what kinds of rows it is about."""

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

MEMBERS = "members"  # who takes part: one who joins or leaves changes what the others said yes to


@dataclass(frozen=True, slots=True)
class ChangeCost:
    """What a change costs.

    `reopened` are the partners whose answer would have to be confirmed, `of` how many have answered on the present
    words; `to_ask` those who left one of the changed sentences out of their yes; `conditions` the ids of the open
    conditions on one of them, or on the whole text; `changed` the ids of the sentences, and `after` the partnership
    as it would be.
    """

    reopened: tuple[str, ...]
    of: int
    to_ask: tuple[str, ...]
    changed: tuple[str, ...]
    after: Partnership
    conditions: tuple[str, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether it changes no sentence of the document."""
        return not self.changed


class CostMeter:
    """Tells the cost of changes to a partnership while one types: what stays the same is not worked out again."""

    def __init__(self, guide: Guide) -> None:
        self._now, self._then = PublicView(guide), PublicView(guide)

    def cost(self, partnership: Partnership, changes: Iterable[Change]) -> ChangeCost:
        """Return what `changes` to `partnership` would cost; nothing of it is kept."""
        after = with_changes(partnership, changes)
        now, then = self._now.of(partnership), self._then.of(after)
        standing = answered(partnership, now.answers)
        reopened = tuple(name for name in standing if _reopened(then.answers, name))
        changed = changed_since(now.points, then.points)
        to_ask = _with_exception(partnership, changed)
        conditions = tuple(row.id for row in touched_conditions(partnership, changed))
        return ChangeCost(reopened, len(standing), to_ask, changed, after, conditions)


def answered(partnership: Partnership, answers: PositionStatuses) -> tuple[str, ...]:
    """Return the ids of the partners, in their order, whose answer on the whole text stands on its present words."""
    return tuple(partner.id for partner in active(partnership) if _stands(answers, partner.id))


def reopened(partnership: Partnership, answers: PositionStatuses) -> tuple[str, ...]:
    """Return the ids of the partners, in their order, whose answer has to be confirmed on the present words."""
    return tuple(
        partner.id
        for partner in active(partnership)
        if (CONSENSUS, partner.id) in answers and _reopened(answers, partner.id)
    )


def _stands(answers: PositionStatuses, partner: str) -> bool:
    answer = answers.get((CONSENSUS, partner))
    return answer is not None and answer.level not in UNSAID and not answer.reopened


def _reopened(answers: PositionStatuses, partner: str) -> bool:
    answer = answers.get((CONSENSUS, partner))
    return answer is None or answer.reopened


def _with_exception(partnership: Partnership, changed: Iterable[str]) -> tuple[str, ...]:
    """The partners that left one of these sentences out of their yes: they have to be asked about the new one."""
    about = frozenset(changed)
    rows = partnership.rows(CONSENSUS, EXCEPTIONS)
    return tuple(
        dict.fromkeys(row.subject[0] for row in rows if row.subject and excepted_point(partnership, row) in about)
    )


def touched(
    partnership: Partnership, after: Partnership, seen: Mapping[str, str], now: Mapping[str, str]
) -> dict[str, int]:
    """Return how many sentences differ between two texts, by the id of their question, or MEMBERS.

    `seen` and `now` are the points of the two texts (entry id → fingerprint), `partnership` and `after` where the
    entries of the one and of the other are found.
    """
    found: dict[str, int] = {}
    for name in changed_since(seen, now):
        entry = after.entry(name) or partnership.entry(name)
        kind = MEMBERS if entry is None or entry.question == WHO else entry.question
        found[kind] = found.get(kind, 0) + 1
    return found
