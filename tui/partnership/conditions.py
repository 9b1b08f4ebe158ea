"""The conditions that partners put on their yes (« oui si… », « non tant que… »), and their minority texts.

Conditions are always private. A minority text is a partner's own words against a decision, printed in the minutes.
"""

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
LEVELS = {YES_IF: "reservation", NO_UNTIL: "disagree"}  # the position that goes with each; TO_WATCH leaves it as it is
# The states of a condition that is no longer open; WATCH: the review asks about it.
MET, WITHDRAWN, SET_ASIDE, WATCH = STATES = "met", "withdrawn", "set_aside", "watch"
MINORITY, OF, ABOUT = "minority", "partner", "about"  # the list of minority texts, and fields of its rows


def conditions(partnership: Partnership) -> tuple[Entry, ...]:
    """Return the conditions of active partners that have a text, partner by partner."""
    rows = [row for row in partnership.rows(CONDITIONS, ROWS) if row.text(TEXT, "fr")]
    return tuple(row for partner_id in active_ids(partnership) for row in rows if row.subject == (partner_id,))


def open_conditions(partnership: Partnership, partner: str = "") -> tuple[Entry, ...]:
    """Return the open conditions of one partner, or of all for ""."""
    return tuple(row for row in conditions(partnership) if is_open(row) and partner in ("", row.subject[0]))


def watched_conditions(partnership: Partnership) -> tuple[Entry, ...]:
    """Return the conditions to watch, which the review asks about."""
    return tuple(row for row in conditions(partnership) if row.get(STATE) == WATCH)


def is_open(row: Entry) -> bool:
    """Return whether nothing was noted yet on what became of a condition."""
    return row.get(STATE) not in STATES


def touched_conditions(partnership: Partnership, changed: Iterable[str]) -> tuple[Entry, ...]:
    """Return the open conditions on one of the changed sentences (ids) or on the whole text; () if none changed."""
    on_whole_text = {None, ""}  # the values of POINT for a condition on no sentence in particular
    affected = on_whole_text | set(changed)
    return tuple(
        row for row in open_conditions(partnership) if affected != on_whole_text and row.get(POINT) in affected
    )


def minority_texts(partnership: Partnership, meeting: str) -> tuple[Entry, ...]:
    """Return the minority texts of one meeting, in their order."""
    rows = partnership.rows(HELD, MINORITY)
    return tuple(row for row in rows if row.get("meeting") == meeting and row.text(TEXT, "fr"))
