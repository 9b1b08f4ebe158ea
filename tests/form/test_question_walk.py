"""Tests of the interview: whom each question is asked of, the way there and back, and what was removed meanwhile."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.form.form import FormContext
from tui.form.question_walk import END, PAIRS, ROSTER, Spot, Walk, question_order, subject_of
from tui.partnership.partners import PEOPLE, WHO

NAMES = ("Collège", "Clinique", "Ruche")


def walk_of(told: Told) -> Walk:
    """The interview of a told partnership."""
    return Walk(FormContext(GUIDE, told.partnership, "fr"))


def by_scope(scope: str) -> str:
    """A question of that scope, other than the one on partners."""
    return next(name for name in question_order(GUIDE) if GUIDE.question(name).scope == scope and name != WHO)


@pytest.mark.parametrize("count", range(4))
@pytest.mark.parametrize("gone", [None, "declined", "withdrawn"])
def test_each_question_stops_at_those_it_is_asked_of(count: int, gone: str | None) -> None:
    told = Told(*NAMES[:count])
    known = tuple(told.ids.values())
    if gone:
        told.join("Parti", status=gone)
    walk = walk_of(told)
    pairs = ((), (), ("+".join(sorted(known)),), (PAIRS,))[count]
    assert walk.stops(WHO) == (ROSTER, *told.ids.values()), "also those who left can be corrected"
    expected = {"project": ("",), "partner": known, "pair": pairs, "partner_or_pair": (*known, *pairs)}
    assert {scope: walk.stops(by_scope(scope)) for scope in expected} == expected


@pytest.mark.parametrize("count", range(4))
def test_the_way_back_is_the_way_there(count: int) -> None:
    told = Told(*NAMES[:count])
    walk = walk_of(told)
    spot, there = walk.first(question_order(GUIDE)[0]), []
    while spot != END:
        there.append((spot.question, spot.stop, walk.prompt(spot).key))
        spot = walk.after(spot)
    back = []
    for _step in there:
        spot = walk.before(spot)
        back.append((spot.question, spot.stop, walk.prompt(spot).key))
    assert back == there[::-1] and len(set(there)) == len(there)
    assert walk.before(spot) == spot, "the first one stays where it is"
    asked = {question for question, _stop, _key in there}
    assert asked == {name for name in question_order(GUIDE) if walk.stops(name)}


@pytest.mark.parametrize(
    ("status", "stays"), [("interested", True), ("declined", True), ("withdrawn", True), ("removed", False)]
)
def test_a_spot_stays_until_its_partner_is_removed(status: str, stays: bool) -> None:
    told = Told(*NAMES)
    clinic, others = told.ids["Clinique"], sorted((told.ids["Clinique"], told.ids["Ruche"]))
    if status == "removed":
        told.say(WHO, row=clinic, op="remove")
    else:
        told.say(WHO, {"status": status}, "Clinique")
    for spot in (Spot(WHO, clinic), Spot(by_scope("partner"), clinic), Spot("open.trust", "+".join(others))):
        found = walk_of(told).nearest_spot(spot)
        assert (found == spot) is stays and found.question == spot.question
    for spot in (Spot(WHO, ROSTER), Spot("open.trust", PAIRS), Spot("gather.vision"), END):
        assert walk_of(told).nearest_spot(spot) == spot


def test_a_spot_in_a_row_leaves_it_once_the_row_is_removed() -> None:
    told = Told(*NAMES)
    told.say(WHO, {"people": [{"name": "Zoé Lis"}]}, "Ruche")
    (row,) = told.partnership.rows(WHO, PEOPLE)
    spot = Spot(WHO, told.ids["Ruche"], f"+{PEOPLE}", row.id, "email")
    assert walk_of(told).nearest_spot(spot) == spot
    inside, seen = spot, [spot.field]
    while inside.row:
        inside = walk_of(told).after(inside)
        seen.append(inside.field)
    assert inside == Spot(WHO, told.ids["Ruche"], f"+{PEOPLE}"), "behind its last field one is at the list again"
    assert seen[-1] == "" and len(seen) > 2 and len(set(seen)) == len(seen)
    told.say(WHO, row=row.id, op="remove")
    assert walk_of(told).nearest_spot(spot) == Spot(WHO, told.ids["Ruche"], f"+{PEOPLE}")


def test_the_interview_begins_with_the_partners_then_at_what_is_not_answered() -> None:
    assert walk_of(Told()).start() == Spot(WHO, ROSTER)
    told = Told(*NAMES)
    begun = walk_of(told).start()
    assert begun.question in question_order(GUIDE) and begun.stop in walk_of(told).stops(begun.question)
    assert walk_of(told).first("no.such.question") == END


def test_the_complements_are_asked_unless_they_are_left_out() -> None:
    short = question_order(GUIDE, extra=False)
    assert (
        {name for name in question_order(GUIDE) if name.startswith("extra.")}
        == set(question_order(GUIDE)) - set(short)
        != set()
    )


@pytest.mark.parametrize(("stop", "subject"), [("", ()), (ROSTER, ()), (PAIRS, ()), ("a", ("a",)), ("a+b", ("a", "b"))])
def test_a_stop_names_whom_is_asked(stop: str, subject: tuple[str, ...]) -> None:
    assert subject_of(Spot("open.trust", stop)) == subject
