"""The lines that a meeting notes (decisions, tasks, points): their kind, where they were entered, what is in force."""

from __future__ import annotations

from tui.partnership.meetings import DECISIONS, HELD, POINTS, TASKS, meetings, points_of, rows_of_meeting
from tui.partnership.values import Entry, Partnership

DECISION, TASK, POINT = KINDS = "decision", "task", "point"
PLACE_OF_KIND = {DECISION: (HELD, DECISIONS), TASK: (HELD, TASKS), POINT: (POINTS, "rows")}  # by kind (question, part)
SENT = "sent"  # the field that says into which answer a line was entered: « entry id/field »
AS_IT_STANDS = "as_it_stands"  # the flag of a decision that agreed to a sentence without changing it
REPLACED_ON, REPLACED_BY, REASON = "replaced_on", "replaced_by", "reason"  # fields of a decision no longer in force


def kind_of(row: Entry) -> str:
    """Return which of KINDS a row is; "" for any other row."""
    return next((kind for kind, home in PLACE_OF_KIND.items() if home == (row.question, row.part)), "")


def noted_lines(partnership: Partnership, meeting: str) -> tuple[Entry, ...]:
    """Return what one meeting noted: its decisions, then its tasks, then its points, each in their order."""
    return (
        *rows_of_meeting(partnership, meeting, DECISIONS),
        *rows_of_meeting(partnership, meeting, TASKS),
        *points_of(partnership, meeting),
    )


def all_decisions(partnership: Partnership) -> tuple[Entry, ...]:
    """Return all decisions, those of the first meeting first; decisions of no meeting come last."""
    order = {row.id: at for at, row in enumerate(meetings(partnership))}
    rows = partnership.rows(HELD, DECISIONS)
    return tuple(sorted(rows, key=lambda row: (order.get(str(row.get("meeting", "")), len(order)), row.order)))


def number_of(partnership: Partnership, decision: Entry) -> int:
    """Return the number of a decision in the register, from 1; 0 for a row that is not in it."""
    return next((at for at, row in enumerate(all_decisions(partnership), 1) if row.id == decision.id), 0)


def in_force(decision: Entry) -> bool:
    """Return whether a decision was neither replaced nor taken back."""
    return not decision.get(REPLACED_ON)


def sent_to(row: Entry) -> tuple[str, str]:
    """Return the (entry id, field) into which a line was entered; ("", "") if it was not."""
    entry, _slash, field = str(row.get(SENT, "")).rpartition("/")
    return (entry, field) if entry else ("", "")


def decided_on(partnership: Partnership, row: Entry) -> str:
    """Return the day of the meeting a line belongs to, as an ISO date; "" for none."""
    meeting = partnership.entry(str(row.get("meeting", "")))
    return str(meeting.get("on") or str(meeting.get("opened") or "")[:10]) if meeting is not None else ""


def written_rule(partnership: Partnership, lang: str, field: str) -> str:
    """Return in one line the partnership's "rule" for decisions or its "quorum" (`field`); "" for none."""
    return " ".join(row.text(field, lang) for row in partnership.rows("extra.decision_rule")).strip().replace("\n", " ")
