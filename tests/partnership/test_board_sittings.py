"""Tests of the day on which a body can decide: its sittings, its planned day, and when it needs its papers."""

from __future__ import annotations

import pytest

from tui.partnership.board_sittings import LONGEST_LEAD, next_sitting
from tui.partnership.values import Cell, Entry, Value

DAY = "2027-01-10"
SITTINGS = "15 janvier 2027, 3 février 2027"


def position(**cells: Value) -> Entry:
    """A partner's answer on the whole text, with what is known of the body that ratifies it."""
    named = {"ratify_sittings@fr" if key == "sittings" else f"ratify_{key}": cells[key] for key in cells}
    return Entry("p", "commit.consensus", "", ("a",), {key: Cell(value, 1) for key, value in named.items()})


@pytest.mark.parametrize(
    ("cells", "ready", "found"),
    [
        ({}, DAY, ("", "")),
        ({"sittings": SITTINGS}, DAY, ("2027-01-15", "")),
        ({"sittings": SITTINGS, "papers": 0}, DAY, ("2027-01-15", "")),
        ({"sittings": SITTINGS, "papers": 5}, DAY, ("2027-01-15", DAY)),  # handed in on the day the text is ready
        ({"sittings": SITTINGS, "papers": 6}, DAY, ("2027-02-03", "2027-01-28")),
        ({"sittings": SITTINGS, "papers": 5}, "2027-01-11", ("2027-02-03", "2027-01-29")),
        ({"sittings": SITTINGS}, "2027-01-15", ("2027-01-15", "")),
        ({"sittings": SITTINGS}, "2027-01-16", ("2027-02-03", "")),
        ({"sittings": SITTINGS, "papers": 60}, DAY, ("", "")),
        ({"sittings": SITTINGS, "papers": LONGEST_LEAD + 1}, DAY, ("2027-01-15", "")),  # a slip of typing
        ({"sittings": SITTINGS, "papers": LONGEST_LEAD}, DAY, ("", "")),
        ({"sittings": SITTINGS, "on": "2027-01-12"}, DAY, ("2027-01-12", "")),
        ({"sittings": SITTINGS, "on": DAY}, DAY, (DAY, "")),
        ({"sittings": SITTINGS, "on": "2027-01-09"}, DAY, ("2027-01-15", "")),
        ({"on": "2027-01"}, DAY, ("2027-01-31", "")),
    ],
)
def test_the_first_sitting_for_which_papers_can_be_handed_in(
    cells: dict[str, Value], ready: str, found: tuple[str, str]
) -> None:
    assert next_sitting(position(**cells), DAY, ready, "fr") == found


@pytest.mark.parametrize(
    ("anew", "ready", "found"),
    [
        (False, DAY, ("2027-01-15", "")),
        (False, "2027-05-01", ("2027-01-15", "")),  # it has the text already
        (True, DAY, ("2027-02-03", "2027-01-24")),
        (True, "2027-05-01", ("", "")),
    ],
)
def test_who_was_asked_needs_no_papers_unless_asked_anew(anew: bool, ready: str, found: tuple[str, str]) -> None:
    asked = position(sittings=SITTINGS, papers=10, asked="2027-01-04")
    assert next_sitting(asked, DAY, ready, "fr", anew=anew) == found
