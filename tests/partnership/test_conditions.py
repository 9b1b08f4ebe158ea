"""Tests of conditions on a yes: which are open or affected by a change, what they hold up; they stay private."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.test_road import DAY, agreed, road_of
from tests.partnership.told import GUIDE, Told
from tui.partnership.change_cost import CostMeter
from tui.partnership.conditions import (
    CONDITIONS,
    MET,
    MINORITY,
    SET_ASIDE,
    STATES,
    WATCH,
    WITHDRAWN,
    minority_texts,
    open_conditions,
    watched_conditions,
)
from tui.partnership.due import CONDITION as DUE_CONDITION
from tui.partnership.due import WATCHED, due
from tui.partnership.meetings import HELD
from tui.partnership.privacy import public_view, published
from tui.partnership.review import review
from tui.partnership.road import CONDITION, DISAGREEMENT
from tui.partnership.values import Cell, Change, Entry, Partnership

CANARY = "zanzibar00003z"
OBJECTIVES = "gather.objectives"


def condition(told: Told, name: str, **cells: Any) -> str:
    """Note a condition of a partner; the id of its row."""
    (row,) = told.say(CONDITIONS, {"text": "la salle est libre", "answer": "yes_if", **cells}, name, op="add")
    return row


def become(told: Told, row: str, state: str | None) -> None:
    """Say what became of a condition."""
    entry = told.partnership.entries[row]
    told.take(Change(row, CONDITIONS, "state", state, "rows", entry.subject))


def wording(told: Told, row: str, text: str) -> Change:
    """The change that gives an objective other words."""
    return Change(row, OBJECTIVES, "text@fr", text, "rows")


def test_it_is_open_until_something_became_of_it() -> None:
    told = agreed("Collège", "Clinique")
    row = condition(told, "Clinique")
    assert [one.id for one in open_conditions(told.partnership)] == [row]
    assert open_conditions(told.partnership, told.ids["Collège"]) == ()
    for state in STATES:
        become(told, row, state)
        assert open_conditions(told.partnership) == ()
        assert bool(watched_conditions(told.partnership)) == (state == WATCH)
    become(told, row, None)
    assert open_conditions(told.partnership)
    told.say("open.who", {"status": "declined"}, "Clinique")
    assert open_conditions(told.partnership) == (), "who left awaits nothing"


def test_a_change_touches_the_condition_on_its_sentence_and_those_on_the_whole_text() -> None:
    told = agreed("Collège", "Clinique", "ACSM")
    (first,) = told.say(OBJECTIVES, {"text": "un guide"}, op="add")
    (second,) = told.say(OBJECTIVES, {"text": "un local"}, op="add")
    on_first = condition(told, "Clinique", point=first)
    whole = condition(told, "ACSM")
    cost = CostMeter(GUIDE).cost(told.partnership, [wording(told, first, "deux guides")])
    assert cost.conditions == (on_first, whole)
    assert CostMeter(GUIDE).cost(told.partnership, [wording(told, second, "deux")]).conditions == (whole,)
    become(told, whole, WITHDRAWN)
    become(told, on_first, MET)
    assert CostMeter(GUIDE).cost(told.partnership, [wording(told, first, "deux guides")]).conditions == ()


@given(st.lists(st.sampled_from(["un guide", "un guide ", "deux guides", ""]), max_size=5), st.booleans())
def test_a_change_that_changes_no_point_costs_nothing(texts: list[str], whole: bool) -> None:
    told = agreed("Collège", "Clinique")
    (objective,) = told.say(OBJECTIVES, {"text": "un guide"}, op="add")
    condition(told, "Clinique", **({} if whole else {"point": objective}))
    meter = CostMeter(GUIDE)
    for text in texts:
        cost = meter.cost(told.partnership, [wording(told, objective, text)])
        same = published(GUIDE, cost.after).points == published(GUIDE, told.partnership).points
        assert cost.is_free == same == (not cost.conditions)


def test_a_minority_text_stands_in_the_minutes_of_its_meeting_once_it_has_words() -> None:
    said = (("first", "first", "contre"), ("second", "second", "contre"), ("empty", "first", " "))
    rows = [
        Entry(name, HELD, MINORITY, (), {"meeting": Cell(meeting, 1), "text@fr": Cell(text, 1)})
        for name, meeting, text in said
    ]
    partnership = Partnership("a" * 10, entries={row.id: row for row in rows})
    assert minority_texts(partnership, "first") == (rows[0],)


def test_a_condition_with_a_day_lengthens_the_road_until_it_is_settled() -> None:
    told = agreed("Collège", "Clinique")
    assert road_of(told).earliest == DAY
    row = condition(told, "Clinique", due="2027-02-10")
    (step,) = road_of(told).steps
    assert (step.kind, step.partner, step.date, step.entry) == (CONDITION, told.ids["Clinique"], "2027-02-10", row)
    assert road_of(told).earliest == "2027-02-10"
    assert road_of(told, "2027-02-11").earliest == "", "a day that has passed is to be asked for again"
    for state in (MET, WITHDRAWN, SET_ASIDE, WATCH):
        become(told, row, state)
        assert road_of(told).earliest == DAY
    become(told, row, None)
    assert road_of(told).earliest == "2027-02-10"


def test_a_disagreement_that_is_all_condition_is_settled_by_it() -> None:
    told = agreed("Collège", "Clinique")
    told.say("commit.consensus", {"level": "reservation"}, "Clinique")
    assert [step.kind for step in road_of(told).steps] == [DISAGREEMENT]
    condition(told, "Clinique", due="2027-02-10")
    assert [step.kind for step in road_of(told).steps] == [CONDITION]
    told.say("commit.consensus", {"level": "reservation", "reservation": "trop court"}, "Clinique")
    assert sorted(step.kind for step in road_of(told).steps) == [CONDITION, DISAGREEMENT]


_DAYS = st.one_of(st.none(), st.dates(min_value=date(2026, 12, 1), max_value=date(2027, 12, 1)).map(str))


@given(st.lists(st.tuples(st.sampled_from(["Collège", "Clinique"]), _DAYS), max_size=5), st.booleans())
def test_a_condition_never_makes_the_road_shorter(added: list[tuple[str, str | None]], reserved: bool) -> None:
    told = agreed("Collège", "Clinique")
    if reserved:
        told.say("commit.consensus", {"level": "reservation", "reservation": "trop court"}, "Clinique")
    before = road_of(told)
    for name, due_on in added:
        condition(told, name, **({"due": due_on} if due_on else {}))
        after = road_of(told)
        assert after.not_before >= before.not_before
        assert len(after.undated) >= len(before.undated)
        assert len(after.steps) == len(before.steps) + 1
        before = after


def test_what_is_due_tells_its_day_and_of_one_to_watch_that_of_the_review() -> None:
    told = agreed("Collège", "Clinique")
    row = condition(told, "Clinique", due="2027-02-10")

    def dated() -> list[tuple[str, str, bool]]:
        public = published(GUIDE, told.partnership)
        items = due(told.partnership, public.view, public.answers, DAY, "")
        return [(item.date, item.about, item.private) for item in items if item.kind in (DUE_CONDITION, WATCHED)]

    assert dated() == [("2027-02-10", row, True)]
    become(told, row, WATCH)
    assert dated() == []
    told.say("extra.review", {"date": "2027-09-01"})
    assert dated() == [("2027-09-01", row, True)]
    become(told, row, MET)
    assert dated() == []


def test_one_to_watch_is_a_question_of_the_review_that_tells_none_of_its_words() -> None:
    told = agreed("Collège", "Clinique")
    row = condition(told, "Clinique", text=CANARY)
    assert not [one for one in review(GUIDE, told.partnership, "fr") if one.id == "watched"]
    become(told, row, WATCH)
    (found,) = [one for one in review(GUIDE, told.partnership, "fr") if one.id == "watched"]
    assert found.entry == row and CANARY not in found.words + found.reason and "clinique" in found.words.lower()


def test_no_cell_of_a_condition_is_public() -> None:
    told = agreed("Collège", "Clinique")
    row = condition(told, "Clinique", text=CANARY, due="2027-02-10", reason=CANARY)
    become(told, row, SET_ASIDE)
    assert public_view(GUIDE, told.partnership).entry(row) is None
    assert CANARY not in repr(public_view(GUIDE, told.partnership))
