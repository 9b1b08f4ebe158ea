"""The partners' answers to the check of health (guide.health_statements), and the counts of them that may be shown.

The answers themselves are private.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from tui.fast_dataclass import dataclass
from tui.guide.health_statements import Statement, statements
from tui.partnership.ids import new_id
from tui.partnership.partners import active_ids
from tui.partnership.values import ORDER, Change, Entry, Partnership, order_behind

HEALTH, ROWS = "follow.health", "rows"
ANSWERS = ("yes", "partly", "not_yet", "unknown")  # codes of choices.toml [health_answer]
FEW = 3  # fewer answers are not shown, since they would show who said what


@dataclass(frozen=True, slots=True)
class HealthCount:
    """How many partners gave each answer to one statement."""

    statement: Statement
    counts: Mapping[str, int]  # by code of ANSWERS

    @property
    def difference(self) -> float:
        """How much the answers differ: 0 if all are alike, near 1 if few are."""
        total = sum(self.counts.values())
        return 1 - max(self.counts.values()) / total


def health_answers(partnership: Partnership, partner: str) -> dict[str, Entry]:
    """Return the last answer of a partner to each statement it answered, by the statement's id."""
    return {str(row.get("statement")): row for row in partnership.rows(HEALTH, ROWS, (partner,))}


def health_counts(partnership: Partnership) -> tuple[HealthCount, ...]:
    """Return the statements with at least FEW answers, those first whose answers differ most.

    For statements about persons only answers that the partner shares are counted.
    """
    answers: dict[str, Counter[str]] = {}  # by statement id
    personal = {statement.id for statement in statements() if statement.personal}
    for partner in active_ids(partnership):
        for statement_id, row in health_answers(partnership, partner).items():
            if statement_id not in personal or row.get("shared"):
                answers.setdefault(statement_id, Counter())[str(row.get("answer"))] += 1
    counts = [
        HealthCount(statement, answers[statement.id])
        for statement in statements()
        if answers.get(statement.id, Counter()).total() >= FEW
    ]
    return tuple(sorted(counts, key=lambda count: -count.difference))


def respondents(partnership: Partnership) -> int:
    """Return how many partners have answered any statement."""
    return sum(bool(health_answers(partnership, partner_id)) for partner_id in active_ids(partnership))


def health_changes(
    partnership: Partnership, partner: str, answers: Iterable[tuple[str, str]], day: str, *, shared: bool
) -> tuple[Change, ...]:
    """Return the changes that note a partner's answers (statement id, code) on an ISO day, replacing earlier ones.

    `shared` says whether its answers about persons may be counted.
    """
    earlier_answers = health_answers(partnership, partner)
    changes: list[Change] = []
    order = order_behind(partnership, HEALTH, ROWS)
    for number, (statement, code) in enumerate(answers):
        row = earlier_answers.get(statement)
        row_id = row.id if row is not None else new_id()
        cells = {"answer": code, "on": day, "shared": shared or None}
        if row is None:
            cells |= {ORDER: f"{order}{number:02}", "statement": statement}
        changes += [Change(row_id, HEALTH, cell, value, ROWS, (partner,)) for cell, value in cells.items()]
    return tuple(changes)


def shares_answers(partnership: Partnership, partner: str) -> bool:
    """Return whether a partner shares all its answers, also those about persons; False while it has none."""
    rows = health_answers(partnership, partner).values()
    return bool(rows) and all(row.get("shared") for row in rows)
