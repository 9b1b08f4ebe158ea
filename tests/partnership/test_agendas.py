"""Tests of agendas: which meeting is ahead and which comes next, what is left of one, which past events are raised."""

from __future__ import annotations

from itertools import permutations

import pytest

from tui.partnership.agendas import (
    AGENDA,
    DONE,
    HISTORY,
    MOVED,
    OUTCOME,
    PASSED,
    TO_RAISE,
    agenda_items,
    events_to_raise,
    held_meetings,
    is_ahead,
    next_meeting,
    unfinished_items,
)
from tui.partnership.meetings import HELD, MEETINGS
from tui.partnership.values import Cell, Entry, Partnership

DAY = "2027-02-10"


def row(name: str, question: str, part: str, **cells: str) -> Entry:
    """A row with its cells."""
    return Entry(name, question, part, (), {key: Cell(value, 1) for key, value in cells.items()})


def meeting(name: str, **cells: str) -> Entry:
    """A meeting with a place, so that it stands without a date."""
    return row(name, HELD, MEETINGS, place="la salle", **cells)


def with_rows(*rows: Entry) -> Partnership:
    """A partnership of these rows alone."""
    return Partnership("a" * 10, entries={entry.id: entry for entry in rows})


@pytest.mark.parametrize(
    ("cells", "ahead"),
    [
        ({}, True),
        ({"on": "2027-02-11"}, True),
        ({"on": DAY}, False),
        ({"on": "2027-02-09"}, False),
        ({"on": "2027-02-11", "opened": f"{DAY}T10:00:00-05:00"}, False),
        ({"opened": f"{DAY}T10:00:00-05:00"}, False),
        ({"on": "2027-02-11", "closed": f"{DAY}T11:00:00-05:00"}, False),
    ],
)
def test_a_meeting_is_ahead_before_its_day_and_its_opening(cells: dict[str, str], ahead: bool) -> None:
    held = meeting("m", **cells)
    assert is_ahead(held, DAY) is ahead
    assert held_meetings(with_rows(held), DAY) == (() if ahead else (held,))
    assert next_meeting(with_rows(held), DAY) == (held if ahead else None)


@pytest.mark.parametrize("names", list(permutations("abc")))
def test_the_next_meeting_is_the_nearest_and_without_a_date_the_last(names: tuple[str, str, str]) -> None:
    near, far = meeting(names[0], on="2027-02-11"), meeting(names[1], on="2027-05-01")
    undated, past = meeting(names[2]), meeting("p", on="2027-01-01")
    assert next_meeting(with_rows(undated, far, near, past), DAY) == near
    assert next_meeting(with_rows(undated, far, past), DAY) == far
    assert next_meeting(with_rows(undated, past), DAY) == undated


def test_what_became_of_an_item_takes_it_off_what_is_left_of_its_meeting() -> None:
    items = [row(f"i{at}", HELD, AGENDA, meeting="m", text=f"point {at}") for at in range(2)]
    ended = [row(outcome, HELD, AGENDA, meeting="m", **{OUTCOME: outcome}) for outcome in (DONE, PASSED, MOVED)]
    other = row("o", HELD, AGENDA, meeting="another", text="point")
    partnership = with_rows(*items, *ended, other)
    assert unfinished_items(partnership, "m") == tuple(items)
    assert len(agenda_items(partnership, "m")) == len(items) + len(ended)
    assert unfinished_items(partnership, "another") == (other,)


def test_only_past_events_to_be_raised_are_told() -> None:
    states = (TO_RAISE, "settled", "")
    stories = [row(f"s{at}", HISTORY, "", text="un retard", progress=state) for at, state in enumerate(states)]
    assert events_to_raise(with_rows(*stories)) == (stories[0],)
