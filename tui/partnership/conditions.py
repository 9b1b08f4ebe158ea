"""The condition a partner puts on its yes: « oui si… », « non tant que… », and what became of it. Private, always."""

from __future__ import annotations

from collections.abc import Iterable

from tui.partnership.meetings import HELD
from tui.partnership.partners import active_ids
from tui.partnership.values import Entry, Partnership
from tui.text.conditional_words import NO_UNTIL, TO_WATCH, YES_IF

CONDITIONS, ROWS = "note.conditions", "rows"
TEXT, ANSWER, WHO, DUE, STATE, ON, REASON, POINT, MEETING = (
    "text", "answer", "who", "due", "state", "on", "reason", "point", "meeting",
)  # fmt: skip
ANSWERS = YES_IF, NO_UNTIL, TO_WATCH
LEVELS = {YES_IF: "reservation", NO_UNTIL: "disagree"}  # the position that each says; the last one leaves the yes
MET, WITHDRAWN, SET_ASIDE, WATCH = STATES = "met", "withdrawn", "set_aside", "watch"
MINORITY, OF, ABOUT = "minority", "partner", "about"  # the minority texts of a meeting, and the cells of one


def conditions(partnership: Partnership) -> tuple[Entry, ...]:
    """Return every condition that says something, of the partners that take part, in their order."""
    rows = partnership.rows(CONDITIONS, ROWS)
    said = [row for row in rows if row.text(TEXT, "fr")]
    return tuple(row for name in active_ids(partnership) for row in said if row.subject == (name,))


def open_conditions(partnership: Partnership, partner: str = "") -> tuple[Entry, ...]:
    """Return the conditions of which nothing has become yet, of one partner or ("") of all."""
    return tuple(row for row in conditions(partnership) if is_open(row) and partner in ("", row.subject[0]))


def watched_conditions(partnership: Partnership) -> tuple[Entry, ...]:
    """Return the conditions to watch: each is a question of the review."""
    return tuple(row for row in conditions(partnership) if row.get(STATE) == WATCH)


def is_open(row: Entry) -> bool:
    """Return whether a condition is still awaited: nothing was said of what became of it."""
    return row.get(STATE) not in STATES


def touched_conditions(partnership: Partnership, changed: Iterable[str]) -> tuple[Entry, ...]:
    """Return the open conditions on one of the sentences `changed` (ids), and those on the whole text.

    Where no sentence changes none is touched.
    """
    about = frozenset(changed)
    return tuple(row for row in open_conditions(partnership) if about and row.get(POINT) in {None, "", *about})


def minority_texts(partnership: Partnership, meeting: str) -> tuple[Entry, ...]:
    """Return the minority texts that stand in the minutes of one meeting, in their order."""
    rows = partnership.rows(HELD, MINORITY)
    return tuple(row for row in rows if row.get("meeting") == meeting and row.text(TEXT, "fr"))
