"""Tests of the hole of the money: the answers by which it is settled though no money was acquired."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.holes import Holes, OpenHoles, open_holes, settled_holes
from tui.partnership.privacy import public_view

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


def lacking(holes: Holes) -> list[str]:
    """The partners without a commitment."""
    return [partner for rule, partner in holes if rule.id == "commitments"]


def test_who_joins_lacks_a_commitment_until_it_has_one_or_the_question_is_not_for_it() -> None:
    told, kept = Told("Collège"), OpenHoles(GUIDE)

    def open_now() -> list[str]:
        view = public_view(GUIDE, told.partnership)
        found = kept.of(view)
        assert found == open_holes(GUIDE, view), "what is kept is what is found anew"
        return lacking(found)

    assert open_now() == [told.ids["Collège"]]
    told.say(CONTRIBUTIONS, {"text": "une salle", "state": "accepted"}, "Collège", op="add")
    assert open_now() == []
    told.join("Clinique", status="interested")
    assert open_now() == [told.ids["Clinique"]]
    told.state(CONTRIBUTIONS, "not_applicable", "Clinique")
    assert open_now() == []
    told.join("Gîte", status="interested")
    assert open_now() == [told.ids["Gîte"]]
    told.say("open.who", {"status": "declined"}, "Gîte")
    assert open_now() == []
    told.join("Nid", status="interested")
    told.state(CONTRIBUTIONS, "not_applicable")
    assert open_now() == [], "asked of nobody"
