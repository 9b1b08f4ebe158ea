"""The conditions that partners put on their yes, in words for page, line mode and command; for the facilitator only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.form.form_words import short_name
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.partnership.conditions import (
    ANSWER,
    DUE,
    ON,
    REASON,
    SET_ASIDE,
    STATE,
    TEXT,
    WATCH,
    WHO,
    conditions,
    is_open,
)
from tui.partnership.field_kinds import someone_name
from tui.partnership.values import Entry, Partnership
from tui.text.conditional_words import YES_IF, join_condition, read_condition
from tui.text.dates import format_by, format_date
from tui.workspace.workspace import Workspace


def condition_groups(partnership: Partnership) -> dict[str, tuple[Entry, ...]]:
    """Return the conditions that still matter, by their state: "" (awaited), WATCH, SET_ASIDE; no empty groups."""
    rows = conditions(partnership)
    groups = {
        "": tuple(row for row in rows if is_open(row)),
        WATCH: tuple(row for row in rows if row.get(STATE) == WATCH),
        SET_ASIDE: tuple(row for row in rows if row.get(STATE) == SET_ASIDE),
    }
    return {state: group for state, group in groups.items() if group}


def listed_conditions(partnership: Partnership) -> tuple[Entry, ...]:
    """Return the conditions of `condition_groups` in the order in which they are listed and numbered."""
    return tuple(row for group in condition_groups(partnership).values() for row in group)


def conditions_title(state: str) -> str:
    """Return the heading of a group of `condition_groups`."""
    return {
        "": _("Conditions awaited"),
        WATCH: _("To watch: questions of the review"),
        SET_ASIDE: _("Conditions set aside"),
    }[state]


def condition_text(guide: Guide, row: Entry, lang: str) -> str:
    """Return the answer with its condition: « oui si la salle est libre ».

    A text that was typed with another answer than the row has (« non tant que… » under « oui si ») is returned alone.
    """
    code, text = str(row.get(ANSWER) or YES_IF), " ".join(row.text(TEXT, lang).split())
    answer_said, condition = read_condition(text, code)
    return (
        join_condition(guide.choice("condition_answer", code, lang), condition, lang) if answer_said == code else text
    )


def condition_line(workspace: Workspace, row: Entry) -> str:
    """Return a condition, its partner and who can meet it: « La Boussole : oui si la salle est libre (le Collège) »."""
    name = short_name(workspace.partnership, row.subject[0], workspace.lang)
    who = someone_name(workspace.partnership, row.get(WHO), workspace.lang)
    remarks = ", ".join(filter(None, (who, row.text(REASON, workspace.lang))))
    words = name + _(": ") + condition_text(workspace.guide, row, workspace.lang)
    return f"{words} ({remarks})" if remarks else words


def condition_date(workspace: Workspace, row: Entry) -> str:
    """Return by when an awaited condition is to be met, or when another one got its state; "" without a date."""
    iso = str(row.get(DUE if is_open(row) else ON) or "")
    if not iso:
        return ""
    return format_by(iso, workspace.lang) if is_open(row) else format_date(iso, workspace.lang)


def dated_line(workspace: Workspace, row: Entry) -> str:
    """Return a condition in one line, with its date."""
    return ", ".join(filter(None, (condition_line(workspace, row), condition_date(workspace, row))))


def condition_lines(workspace: Workspace) -> Iterator[str]:
    """Yield the conditions of `condition_groups`, each group under its title, numbered through all groups."""
    number = 0
    for state, rows in condition_groups(workspace.partnership).items():
        yield f"{conditions_title(state)} ({len(rows)})."
        for row in rows:
            number += 1
            yield f"{number}. {dated_line(workspace, row)}."


def condition_data(row: Entry, lang: str) -> dict[str, Any]:
    """Return a condition as JSON values; dates are ISO days, "" where there is none."""
    names = ("answer", "who", "due", "state", "on", "point")
    return {
        "id": row.id,
        "partner": row.subject[0],
        "text": row.text(TEXT, lang),
        "reason": row.text(REASON, lang),
        **{name: row.get(name, "") for name in names},
    }
