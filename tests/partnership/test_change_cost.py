"""Tests of what a change costs: which answers it reopens, and which partners are to be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import GUIDE, Told
from tui.partnership.change_cost import MEMBERS, CostMeter, changed_by_question, partners_answered
from tui.partnership.positions import CONSENSUS, EXCEPTIONS
from tui.partnership.privacy import published
from tui.partnership.values import Change, Entry

VISION, OBJECTIVES = "gather.vision", "gather.objectives"


def agreed() -> tuple[Told, str]:
    """Three partners of whom two said yes to a text with an objective; its id."""
    told = Told("Collège", "Clinique", "ACSM")
    (objective,) = told.say(OBJECTIVES, {"text": "un guide"}, op="add")
    for name in ("Collège", "Clinique"):
        told.say("commit.consensus", {"level": "agree"}, name)
    return told, objective


def wording(told: Told, row: str, text: str) -> Change:
    """The change that gives a row other words."""
    entry = told.partnership.entries[row]
    return Change(row, entry.question, "text@fr", text, entry.part, entry.subject)


def test_other_words_reopen_every_yes_given_on_them() -> None:
    told, objective = agreed()
    cost = CostMeter(GUIDE).cost(told.partnership, [wording(told, objective, "deux guides")])
    assert cost.reopened == (told.ids["Collège"], told.ids["Clinique"])
    assert (cost.answered_count, cost.changed, cost.to_ask) == (2, (objective,), ())
    assert told.partnership.entries[objective].get("text@fr") == "un guide"  # nothing of it is kept


@pytest.mark.parametrize(
    ("level", "answers", "reopens"),
    [("agree", 1, 1), ("rallies", 1, 1), ("reservation", 1, 1), ("disagree", 1, 0), ("absent", 0, 0), ("none", 0, 0)],
)
def test_who_said_nothing_has_no_answer_to_reopen(level: str, answers: int, reopens: int) -> None:
    told, objective = agreed()
    told.say("commit.consensus", {"level": level}, "ACSM")
    cost = CostMeter(GUIDE).cost(told.partnership, [wording(told, objective, "deux guides")])
    assert (cost.answered_count, len(cost.reopened)) == (2 + answers, 2 + reopens)


def test_sentence_left_out_of_a_yes_is_asked_of_its_partner_and_reopens_no_more() -> None:
    told, objective = agreed()
    college = (told.ids["Collège"],)
    cells = {"#order": "5", "point": objective, "text@fr": "un guide"}
    told.take(*(Change("except0000", CONSENSUS, cell, value, EXCEPTIONS, college) for cell, value in cells.items()))
    cost = CostMeter(GUIDE).cost(told.partnership, [wording(told, objective, "deux guides")])
    assert cost.reopened == (told.ids["Clinique"],)
    assert cost.to_ask == (told.ids["Collège"],)


def test_what_is_private_costs_nothing() -> None:
    told, _objective = agreed()
    note = Change("note.call:x", "note.call", "text", "SECRET", "", (told.ids["ACSM"],))
    cost = CostMeter(GUIDE).cost(told.partnership, [note])
    assert cost.is_free and cost.reopened == ()


@given(st.lists(st.sampled_from(["un guide", "un guide ", "deux guides", "", "un  guide"]), max_size=6))
def test_meter_says_at_each_letter_what_a_new_one_says(texts: list[str]) -> None:
    told, objective = agreed()
    meter = CostMeter(GUIDE)
    for text in texts:
        change = [wording(told, objective, text)]
        cost = meter.cost(told.partnership, change)
        assert cost == CostMeter(GUIDE).cost(told.partnership, change)
        assert cost.is_free == (published(GUIDE, cost.after).points == published(GUIDE, told.partnership).points)
        if cost.is_free:
            assert cost.reopened == () and cost.to_ask == ()
        assert set(cost.reopened) <= set(
            partners_answered(told.partnership, published(GUIDE, told.partnership).answers)
        )


def test_differences_are_counted_by_their_question() -> None:
    told, objective = agreed()
    before = published(GUIDE, told.partnership)
    told.say(OBJECTIVES, {"text": "un local"}, op="add")
    told.take(wording(told, objective, "deux guides"))
    told.join("Maison", status="interested")
    after = published(GUIDE, told.partnership)
    assert changed_by_question(before.view, after.view, before.points, after.points) == {OBJECTIVES: 2, MEMBERS: 1}
    assert changed_by_question(after.view, after.view, after.points, after.points) == {}


def test_entry_is_a_value() -> None:
    """The views of one meter never share what they change."""
    told, objective = agreed()
    entry: Entry = told.partnership.entries[objective]
    CostMeter(GUIDE).cost(told.partnership, [wording(told, objective, "x")])
    assert told.partnership.entries[objective] is entry
