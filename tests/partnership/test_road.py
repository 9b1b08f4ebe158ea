"""Tests of the road to the signatures: each kind of step, with and without a date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import GUIDE, Told
from tui.partnership.due import SIGNATURE
from tui.partnership.milestones import milestones
from tui.partnership.privacy import published
from tui.partnership.road import ANSWER, CONFIRM, DISAGREEMENT, HOLE, POINT, RATIFY, Road, own_part, road
from tui.partnership.values import Change, as_of

DAY = "2027-01-10"


def road_of(told: Told, day: str = DAY) -> Road:
    """The road of a told partnership on a day, without the holes of a text that is hardly begun."""
    partnership = as_of(told.partnership, day)
    public = published(GUIDE, partnership)
    found = road(partnership, public.answers, milestones(GUIDE, partnership, public), day, "fr")
    return Road(found.day, tuple(step for step in found.steps if step.kind != HOLE), found.effect_on)


def agreed(*partners: str) -> Told:
    """Partners who all say yes."""
    told = Told(*partners)
    for name in partners:
        told.say("commit.consensus", {"level": "agree"}, name)
    return told


def ratifies(told: Told, name: str, **fields: Any) -> None:
    """Note what is known of the body that has to ratify a partner's yes."""
    told.say("commit.consensus", {"ratify_by": "conseil", **fields}, name)


def test_nothing_holds_those_who_all_said_yes() -> None:
    found = road_of(agreed("Collège", "Clinique"))
    assert (found.steps, found.earliest) == ((), DAY)


def test_next_sitting_whose_papers_can_still_be_handed_in_counts() -> None:
    told = agreed("Collège", "Clinique")
    ratifies(told, "Collège", ratify_sittings="15 janvier 2027, 3 février 2027", ratify_papers=10)
    (step,) = road_of(told).steps
    assert (step.kind, step.date, step.papers, step.body) == (RATIFY, "2027-02-03", "2027-01-24", "conseil")
    assert road_of(told).earliest == "2027-02-03"
    assert road_of(told, "2027-01-25").earliest == ""  # the papers come too late, and no other sitting is known


def test_body_that_was_asked_decides_at_its_next_sitting() -> None:
    told = agreed("Collège")
    ratifies(told, "Collège", ratify_sittings="troisième mardi", ratify_papers=14, ratify_asked="2027-01-04")
    (step,) = road_of(told).steps
    assert (step.date, step.papers) == ("2027-01-19", "")


def test_planned_day_that_has_passed_is_asked_for_again() -> None:
    told = agreed("Collège")
    ratifies(told, "Collège", ratify_on="2027-01-05")
    assert [step.kind for step in road_of(told).undated] == [RATIFY]
    told.say("commit.consensus", {"resolution": "CA-12"}, "Collège")
    assert road_of(told).steps == ()


def test_board_waits_for_the_text() -> None:
    told = agreed("Collège")
    ratifies(told, "Collège", ratify_sittings="1 février 2027, 1 mars 2027", ratify_papers=5)
    assert road_of(told).earliest == "2027-02-01"
    told.say("extra.points", {"text": "Qui paie le gardien ?", "due": "2027-02-10"}, op="add")
    assert [(step.kind, step.date) for step in road_of(told).dated] == [(POINT, "2027-02-10"), (RATIFY, "2027-03-01")]


def test_answers_and_objections_are_asked_of_their_partner() -> None:
    told = Told("Collège", "Clinique")
    told.say("commit.consensus", {"level": "disagree"}, "Clinique")
    assert [(step.kind, step.partner) for step in road_of(told).undated] == [
        (ANSWER, told.ids["Collège"]), (DISAGREEMENT, told.ids["Clinique"]),
    ]  # fmt: skip


def test_text_that_names_its_day_takes_effect_then() -> None:
    told = agreed("Collège")
    told.take(*(Change("extra.legal", "extra.legal", cell, value)
                for cell, value in {"effect": "on_date", "effect_on": "2027-09-01"}.items()))  # fmt: skip
    assert road_of(told).effect_on == "2027-09-01"


_DAYS = st.dates(min_value=date(2026, 12, 1), max_value=date(2027, 12, 1))
_CONSTRAINTS = st.lists(
    st.one_of(
        st.tuples(st.just("point"), _DAYS.map(str)),
        st.tuples(st.just("planned"), _DAYS.map(str)),
        st.tuples(st.just("monthly"), st.sampled_from(("troisième mardi", "dernier lundi"))),
        st.tuples(st.just("answer"), st.just("")),
    ),
    max_size=5,
)


@given(_CONSTRAINTS)
def test_what_is_added_never_makes_the_road_shorter(constraints: list[tuple[str, str]]) -> None:
    told = agreed("Collège")
    before = road_of(told)
    for number, (kind, value) in enumerate(constraints):
        name = f"Partenaire {number}"
        if kind == "point":
            told.say("extra.points", {"text": name, "due": value}, op="add")
        else:
            told.join(name, status="interested")
            told.say("commit.consensus", {"level": "agree"}, name) if kind != "answer" else None
            if kind == "planned":
                ratifies(told, name, ratify_on=value)
            if kind == "monthly":
                ratifies(told, name, ratify_sittings=value)
        for other in told.ids:  # who comes is said in the text: each says yes again, so that the addition alone counts
            if kind != "answer" or other != name:
                answered = published(GUIDE, told.partnership).answers.get(("commit.consensus", told.ids[other]))
                if answered is not None and answered.reopened:
                    told.say("commit.consensus", {"level": "agree"}, other)
        after = road_of(told)
        assert after.not_before >= before.not_before
        assert len(after.undated) >= len(before.undated)
        before = after


@given(_CONSTRAINTS)
def test_own_parts_of_the_partners_share_no_step_and_are_on_the_road(constraints: list[tuple[str, str]]) -> None:
    told = agreed("Collège")
    for number, (kind, value) in enumerate(constraints):
        name = f"Partenaire {number}"
        told.join(name, status="interested")
        if kind == "point":
            told.say("extra.points", {"text": name, "due": value, "who": name}, op="add")
        elif kind != "answer":
            told.say("commit.consensus", {"level": "agree"}, name)
            ratifies(told, name, **{"ratify_on" if kind == "planned" else "ratify_sittings": value})
    whole = road_of(told)
    parts = [step for partner in told.ids.values() for step in own_part(whole, partner)]
    assert len(parts) == len({id(step) for step in parts})
    assert all(step in whole.steps and step.partner and step.kind not in (ANSWER, DISAGREEMENT) for step in parts)
    wanted = [kind for kind, _value in constraints if kind != "answer"]
    assert len([step for step in parts if step.kind in (POINT, RATIFY)]) == len(wanted)


def test_point_is_asked_of_the_partner_that_has_it_or_of_its_person() -> None:
    told = agreed("Collège", "Clinique")
    told.say("open.who", {"people": [{"name": "Nadia"}]}, "Clinique")
    for who in ("Collège", "Nadia", "Quelqu'un d'autre"):
        told.say("extra.points", {"text": f"le gardien, {who}", "who": who}, op="add")
    assert [step.partner for step in road_of(told).undated if step.kind == POINT] == [
        told.ids["Collège"], told.ids["Clinique"], "",
    ]  # fmt: skip


def test_an_exception_to_a_yes_is_a_disagreement_to_talk_over() -> None:
    told = agreed("Collège", "Clinique")
    clinic = (told.ids["Clinique"],)
    cells = {"#order": "5", "text@fr": "un guide", "level": "disagree"}
    told.take(*(Change("except0000", "commit.consensus", cell, value, "exceptions", clinic)
                for cell, value in cells.items()))  # fmt: skip
    assert [(step.kind, step.partner) for step in road_of(told).steps] == [(DISAGREEMENT, clinic[0])]


@pytest.mark.parametrize(("due", "date"), [("2026-12-31", ""), (DAY, DAY), ("2099-03", "2099-03-31"), ("bientôt", "")])
def test_a_day_counts_until_it_is_over(due: str, date: str) -> None:
    told = agreed("Collège")
    (row,) = told.say("extra.points", {"text": "le gardien"}, op="add")
    told.take(Change(row, "extra.points", "due", due, "rows"))
    (step,) = (step for step in road_of(told).steps if step.kind == POINT)
    assert step.date == date


def test_a_point_of_who_left_is_asked_of_nobody() -> None:
    told = agreed("Collège", "Clinique")
    told.say("extra.points", {"text": "le gardien", "who": "Clinique"}, op="add")
    told.say("open.who", {"status": "withdrawn"}, "Clinique")
    assert [step.partner for step in road_of(told).steps if step.kind == POINT] == [""]


def test_a_text_that_was_ratified_in_other_words_is_ratified_again() -> None:
    told = agreed("Collège")
    ratifies(told, "Collège", ratified_on="2026-12-01")
    assert [step.kind for step in road_of(told).steps] == []
    told.say("gather.vision", {"vision": "une autre fin"})
    assert [step.kind for step in road_of(told).steps] == [CONFIRM, RATIFY]


def test_a_signature_is_on_the_road_of_an_adopted_text_alone() -> None:
    told = agreed("Collège")
    told.setting("adopted", {"version": "v1", "on": "2027-01-15", "text": "x"})
    cells = {"#order": "5", "version": "v1", "name": "Nadia", "asked": "2027-01-20"}
    told.take(*(Change("row0000001", "follow.signatures", cell, value, "rows", (told.ids["Collège"],))
                for cell, value in cells.items()))  # fmt: skip
    public = published(GUIDE, told.partnership)
    for adopted in (True, False):
        goals = milestones(GUIDE, told.partnership, public, adopted=adopted)
        kinds = [step.kind for step in road(told.partnership, public.answers, goals, DAY, "fr").steps]
        assert (SIGNATURE in kinds) is adopted


def test_a_sitting_does_not_wait_for_what_is_no_part_of_the_text() -> None:
    told = agreed("Collège", "Clinique")
    ratifies(told, "Collège", ratify_sittings="3 mars 2099, 3 juin 2099")
    before = [step.date for step in road_of(told).steps if step.kind == RATIFY]
    clinic = (told.ids["Clinique"],)
    condition = {"text@fr": "la salle est libre", "due": "2099-04-15"}
    told.take(*(Change("condition0", "note.conditions", cell, value, "rows", clinic)
                for cell, value in condition.items()))  # fmt: skip
    after = [step.date for step in road_of(told).steps if step.kind == RATIFY]
    assert before and before == after
