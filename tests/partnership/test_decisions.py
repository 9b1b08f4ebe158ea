"""Tests of the lines that a meeting notes: their order and number, their day, where they were entered, the rule."""

from __future__ import annotations

import pytest

from tests.partnership.told import Told
from tui.partnership.decisions import (
    KINDS,
    REPLACED_ON,
    all_decisions,
    decided_on,
    in_force,
    kind_of,
    noted_lines,
    number_of,
    sent_to,
    written_rule,
)
from tui.partnership.meetings import DECISIONS, HELD, MEETINGS, POINTS, TASKS
from tui.partnership.values import Cell, Entry, Partnership


def row(name: str, part: str, question: str = HELD, **cells: str) -> Entry:
    """A row with its cells."""
    return Entry(name, question, part, (), {key.replace("order", "#order"): Cell(cells[key], 1) for key in cells})


def with_rows(*rows: Entry) -> Partnership:
    """A partnership of these rows alone."""
    return Partnership("a" * 10, entries={entry.id: entry for entry in rows})


MEETINGS_HELD = (
    row("late", MEETINGS, on="2027-03-01", order="a"),
    row("soon", MEETINGS, on="2027-01-10", order="b"),
)


def test_decisions_are_numbered_meeting_by_meeting_and_those_of_none_last() -> None:
    decisions = [
        row("d1", DECISIONS, text="hors rencontre", order="a"),
        row("d2", DECISIONS, text="de mars", order="b", meeting="late"),
        row("d3", DECISIONS, text="de janvier, ensuite", order="d", meeting="soon"),
        row("d4", DECISIONS, text="de janvier", order="c", meeting="soon"),
        row("d5", DECISIONS, text="d'une rencontre qui n'est plus", order="e", meeting="gone"),
    ]
    partnership = with_rows(*MEETINGS_HELD, *decisions)
    assert [decision.id for decision in all_decisions(partnership)] == ["d4", "d3", "d2", "d1", "d5"]
    assert [number_of(partnership, decision) for decision in decisions] == [4, 3, 2, 1, 5]
    assert number_of(partnership, MEETINGS_HELD[0]) == 0


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        ({"on": "2027-03-01"}, "2027-03-01"),
        ({"opened": "2027-03-02T10:00:00-05:00"}, "2027-03-02"),
        ({"on": "2027-03-01", "opened": "2027-03-02T10:00:00-05:00"}, "2027-03-01"),
        ({"place": "la salle"}, ""),
    ],
)
def test_a_line_has_the_day_of_its_meeting(cells: dict[str, str], day: str) -> None:
    decision = row("d", DECISIONS, text="on commence", meeting="m")
    assert decided_on(with_rows(row("m", MEETINGS, **cells), decision), decision) == day
    assert decided_on(with_rows(decision), decision) == ""


def test_lines_of_one_meeting_are_decisions_then_tasks_then_points() -> None:
    rows = {
        "point": row("p", "rows", POINTS, text="à voir", meeting="soon", order="a"),
        "task": row("t", TASKS, text="écrire", meeting="soon", order="b"),
        "decision": row("d", DECISIONS, text="on commence", meeting="soon", order="c"),
    }
    other = row("o", DECISIONS, text="de mars", meeting="late")
    partnership = with_rows(*MEETINGS_HELD, *rows.values(), other)
    assert [kind_of(line) for line in noted_lines(partnership, "soon")] == list(KINDS)
    assert noted_lines(partnership, "late") == (other,)
    assert kind_of(MEETINGS_HELD[0]) == ""


@pytest.mark.parametrize(
    ("sent", "place"),
    [("", ("", "")), ("gather.vision/text", ("gather.vision", "text")), ("open.why:a/text", ("open.why:a", "text"))],
)
def test_a_line_tells_where_it_was_entered(sent: str, place: tuple[str, str]) -> None:
    assert sent_to(row("d", DECISIONS, text="on commence", sent=sent)) == place


def test_a_decision_holds_until_it_is_replaced() -> None:
    assert in_force(row("d", DECISIONS, text="on commence"))
    assert not in_force(row("d", DECISIONS, text="on commence", **{REPLACED_ON: "2027-03-01"}))


@pytest.mark.parametrize("field", ["rule", "quorum"])
def test_the_rule_is_said_in_one_line_of_the_asked_language(field: str) -> None:
    told = Told("Collège")
    assert written_rule(told.partnership, "fr", field) == ""
    told.say("extra.decision_rule", {field: {"fr": "Tous ensemble.", "en": "All together."}})
    assert written_rule(told.partnership, "fr", field) == "Tous ensemble."
    assert written_rule(told.partnership, "en", field) == "All together."
