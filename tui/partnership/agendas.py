"""The agenda of a meeting: its items in their order and what became of each, and which meetings are still ahead."""

from __future__ import annotations

from tui.partnership.meetings import meetings, rows_of_meeting
from tui.partnership.values import Entry, Partnership

AGENDA = "agenda"  # the list of items, a part of the question of meetings
TEXT, LENGTH, WHO, TOGETHER, ABOUT, OUTCOME = (
    "text",
    "length",
    "who",
    "together",
    "about",
    "outcome",
)  # fields of an item
DONE, PASSED, MOVED = "done", "passed", "moved"  # values of OUTCOME: dealt with, skipped, put on another agenda
HISTORY, TO_RAISE = "open.history", "to_raise"  # the question on past events, and the state of those to be raised


def agenda_items(partnership: Partnership, meeting: str) -> tuple[Entry, ...]:
    """Return the items of a meeting's agenda, in their order."""
    return rows_of_meeting(partnership, meeting, AGENDA)


def unfinished_items(partnership: Partnership, meeting: str) -> tuple[Entry, ...]:
    """Return the items without an outcome; the first of them is the present one."""
    return tuple(row for row in agenda_items(partnership, meeting) if not row.get(OUTCOME))


def is_ahead(meeting: Entry, day: str) -> bool:
    """Return whether a meeting is still to be held: it was not opened, and its date is after an ISO day or unknown."""
    on = str(meeting.get("on") or "")
    return not meeting.get("opened") and not meeting.get("closed") and (not on or on > day)


def held_meetings(partnership: Partnership, day: str) -> tuple[Entry, ...]:
    """Return the meetings that are not ahead on an ISO day, the first one first."""
    return tuple(row for row in meetings(partnership) if not is_ahead(row, day))


def next_meeting(partnership: Partnership, day: str) -> Entry | None:
    """Return the first meeting that is ahead on an ISO day, those without a date last; None for none."""
    ahead = [row for row in meetings(partnership) if is_ahead(row, day)]
    return min(ahead, key=lambda row: (not row.get("on"), str(row.get("on") or ""), row.order), default=None)


def events_to_raise(partnership: Partnership) -> tuple[Entry, ...]:
    """Return the past events that are to be raised; they are private, so their words may not be copied."""
    return tuple(row for row in partnership.rows(HISTORY) if row.get("progress") == TO_RAISE)
