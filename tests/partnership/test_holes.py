"""Tests of the hole of the money: the answers by which it is settled though no money was acquired."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.holes import settled_holes

FUNDING, CONTRIBUTIONS = "commit.funding", "open.contributions"


@pytest.mark.parametrize("status", GUIDE.choices["funding_status"])
@pytest.mark.parametrize("source", ["Autre fonds", None])
def test_money_that_is_requested_or_sought_of_somebody_settles_it(status: str, source: str | None) -> None:
    told = Told("Collège")
    (row,) = told.say(FUNDING, {"source": "Fonds du soir", "status": status}, op="add")
    told.say(FUNDING, {"source": source}, row=row)
    assert bool(settled_holes(told.partnership)) is (bool(source) and status in ("requested", "sought"))


@pytest.mark.parametrize("state", GUIDE.choices["contribution_state"])
@pytest.mark.parametrize("kind", ["money", "space"])
def test_promised_money_settles_it_and_a_room_does_not(kind: str, state: str) -> None:
    told = Told("Collège")
    told.say(CONTRIBUTIONS, {"text": "donner", "type": kind, "state": state}, "Collège", op="add")
    assert bool(settled_holes(told.partnership)) is (kind == "money" and state in ("accepted", "confirmed"))


def test_a_budget_or_the_words_that_money_is_sought_settle_it() -> None:
    told = Told("Collège")
    assert settled_holes(told.partnership) == frozenset()
    told.say(FUNDING, {"say_sought": True})
    assert settled_holes(told.partnership) == {"money"}
    told = Told("Collège")
    told.say(FUNDING, {"costs": [{"item": "Coordination"}]})
    assert settled_holes(told.partnership) == {"money"}
