"""What a meeting notes, as decisions, tasks and points: which of the three, where it was entered, what is in force."""

from __future__ import annotations

from tui.partnership.meetings import DECISIONS, HELD, POINTS, TASKS, belonging, meetings, points_of
from tui.partnership.values import Entry, Partnership

DECISION, TASK, POINT = KINDS = "decision", "task", "point"
HOMES = {DECISION: (HELD, DECISIONS), TASK: (HELD, TASKS), POINT: (POINTS, "rows")}
SENT = "sent"  # the place a line was entered at: the id of an entry and a field, joined by "/"
AS_IT_STANDS = "as_it_stands"
REPLACED_ON, REPLACED_BY, REASON = "replaced_on", "replaced_by", "reason"


def kind_of(row: Entry) -> str:
    """Return which of KINDS a row is; "" for a row of another sort."""
    return next((kind for kind, home in HOMES.items() if home == (row.question, row.part)), "")


def noted_lines(partnership: Partnership, meeting: str) -> tuple[Entry, ...]:
    """Return what one meeting noted: its decisions, then its tasks, then its points, each in their order."""
    return (
        *belonging(partnership, meeting, DECISIONS),
        *belonging(partnership, meeting, TASKS),
        *points_of(partnership, meeting),
    )


def all_decisions(partnership: Partnership) -> tuple[Entry, ...]:
    """Return every decision, those of the first meeting first; one of no meeting stands behind the others."""
    order = {row.id: at for at, row in enumerate(meetings(partnership))}
    rows = partnership.rows(HELD, DECISIONS)
    return tuple(sorted(rows, key=lambda row: (order.get(str(row.get("meeting", "")), len(order)), row.order)))


def number_of(partnership: Partnership, decision: Entry) -> int:
    """Return the number of a decision in the register, from 1; 0 for a row that is not in it."""
    return next((at for at, row in enumerate(all_decisions(partnership), 1) if row.id == decision.id), 0)


def in_force(decision: Entry) -> bool:
    """Return whether nothing took the place of a decision, and nobody took it back."""
    return not decision.get(REPLACED_ON)


def sent_to(row: Entry) -> tuple[str, str]:
    """Return the (entry id, field) that a line was entered at; ("", "") for one that was not."""
    entry, _slash, field = str(row.get(SENT, "")).rpartition("/")
    return (entry, field) if entry else ("", "")


def decided_on(partnership: Partnership, row: Entry) -> str:
    """Return the day of the meeting a line belongs to, as an ISO date; "" for none."""
    held = partnership.entry(str(row.get("meeting", "")))
    return str(held.get("on") or str(held.get("opened") or "")[:10]) if held is not None else ""


def written_rule(partnership: Partnership, lang: str, field: str) -> str:
    """Return the rule for decisions that the partnership wrote, in one line, or its "quorum"; "" for none."""
    return " ".join(row.text(field, lang) for row in partnership.rows("extra.decision_rule")).strip().replace("\n", " ")
