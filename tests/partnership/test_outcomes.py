"""Tests of outcomes: which of them closes what is due, the last one of an entry, and what counts as promised."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.outcomes import (
    CHANGED,
    CLOSING,
    DONE,
    DROPPED,
    KEPT,
    PARTLY,
    is_closed,
    last_closed_date,
    last_outcome,
    outcome_changes,
    outcomes,
    promises,
)

STATES = (KEPT, PARTLY, CHANGED, DROPPED, DONE)


def noted(*cells: tuple[str, str]) -> Told:
    """An objective with outcomes noted for it one after the other, each (state, date of it that is meant)."""
    told = Told("Collège")
    (row,) = told.say("gather.objectives", {"text": "un guide"}, op="add")
    told.ids["objective"] = row
    for state, of in cells:
        told.take(*outcome_changes(told.partnership, row, {"state": state, "of": of}))
    return told


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("last", STATES)
def test_the_last_outcome_says_whether_something_is_still_due(before: str, last: str) -> None:
    told = noted((before, ""), (last, ""))
    rows = outcomes(told.partnership)[told.ids["objective"]]
    assert [row.get("state") for row in rows] == [before, last]
    assert is_closed(rows) is (last in CLOSING)
    found = last_outcome(told.partnership, told.ids["objective"])
    assert found is not None and found.id == rows[-1].id


def test_without_an_outcome_nothing_is_closed() -> None:
    assert not is_closed(()) and not is_closed((), "2027-06-30") and last_closed_date(()) == ""
    assert last_outcome(noted().partnership, "nobody") is None


@pytest.mark.parametrize("state", STATES)
def test_what_comes_back_each_year_is_closed_for_its_date_alone(state: str) -> None:
    told = noted((KEPT, "2027-06-30"), (state, "2028-06-30"), (PARTLY, "2026-06-30"), (KEPT, ""))
    rows = outcomes(told.partnership)[told.ids["objective"]]
    assert is_closed(rows, "2027-06-30")
    assert is_closed(rows, "2028-06-30") is (state in CLOSING)
    assert not is_closed(rows, "2026-06-30") and not is_closed(rows, "2029-06-30")
    assert last_closed_date(rows) == ("2028-06-30" if state in CLOSING else "2027-06-30")


@pytest.mark.parametrize("state", GUIDE.choices["contribution_state"])
def test_only_what_was_accepted_or_confirmed_is_promised(state: str) -> None:
    told = noted()
    (row,) = told.say("open.contributions", {"text": "une salle", "state": state}, "Collège", op="add")
    given = [row] if state in ("accepted", "confirmed") else []
    assert [entry.id for entry in promises(told.partnership)] == [told.ids["objective"], *given]
