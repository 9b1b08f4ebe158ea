"""Tests of progress: states by the table of the contracts, named holes, and what milestones still need."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.completion import (
    ANSWERED,
    CONFIRM,
    DISCUSS,
    EMPTY,
    STARTED,
    VOID,
    Progress,
    ProgressCache,
    has_any_answer,
    has_void,
    is_answered,
    is_filled,
    is_void_for_all,
    next_unanswered,
    progress,
    single_entry,
    state_of,
    waiting_partner,
)
from tui.partnership.holes import open_holes
from tui.partnership.milestones import milestones
from tui.partnership.privacy import public_view
from tui.partnership.values import STATE, Change, Entry, Partnership

HAND = {CONFIRM: "to_confirm", DISCUSS: "to_discuss", VOID: "not_applicable"}
STATES = (EMPTY, ANSWERED, *HAND)


def shown(told: Told, question: str) -> Progress:
    """The progress of a question."""
    return progress(told.partnership, GUIDE.question(question))


def expected(states: tuple[str, ...]) -> str:
    """The table of the contracts: any to discuss, any to confirm, all answered, any answered, none; void leaves."""
    counted = [state for state in states if state != VOID]
    if not counted:
        return VOID
    for worst in (DISCUSS, CONFIRM):
        if worst in counted:
            return worst
    return ANSWERED if set(counted) == {ANSWERED} else STARTED if ANSWERED in counted else EMPTY


def told_of_three(states: tuple[str, ...]) -> Told:
    """Return three partners, A, B and C, whose involvement is in these states."""
    told = Told("A", "B", "C")
    for name, state in zip("ABC", states, strict=True):
        if state == ANSWERED:
            told.say("open.involvement", "decides", name)
        elif state in HAND:
            told.state("open.involvement", HAND[state], name)
    return told


@pytest.mark.parametrize("states", list(itertools.product(STATES, repeat=3)), ids="-".join)
def test_a_question_asked_of_partners(states: tuple[str, ...]) -> None:
    told = told_of_three(states)
    found = shown(told, "open.involvement")
    counted = sum(state != VOID for state in states)
    assert found.state == expected(states)
    if counted:
        assert (found.done, found.total) == (states.count(ANSWERED), counted)


@pytest.mark.parametrize("mark", [None, *HAND.values()])
def test_whether_anything_is_not_applicable_is_looked_for_once(mark: str | None) -> None:
    told = Told("A")
    told.say("open.involvement", "decides", "A")
    if mark is not None:
        told.state("gather.vision", mark)
    assert has_void(told.partnership) is (mark == "not_applicable")
    told.partnership.derived["has_void"] = mark != "not_applicable"
    assert has_void(told.partnership) is (mark != "not_applicable"), "what was found is kept"


@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_who_left_leaves_the_denominator(status: str) -> None:
    told = Told("A", "B", "C")
    told.say("open.involvement", "decides", "A")
    told.say("open.involvement", "decides", "B")
    assert shown(told, "open.involvement") == Progress(STARTED, 2, 3)
    told.say("open.who", {"status": status}, "C")
    assert shown(told, "open.involvement") == Progress(ANSWERED, 2, 2)


@pytest.mark.parametrize(
    ("value", "answers"),
    [(None, False), ("", False), (" \n", False), ([], False), ({}, False), (False, False),
     ({"ids": [], "group": ""}, False), ({"typed": "bientôt"}, False), (0, True), (True, True), ("x", True),
     ({"ids": [], "group": "all"}, True), ({"start": "2027", "end": ""}, True), ([{"name": "Ida"}], True)],
    ids=repr,
)  # fmt: skip
def test_what_is_blank_or_not_understood_answers_nothing(value: Any, answers: bool) -> None:
    told = Told("A")
    for question, cell in (("extra.dates", "start"), ("open.involvement", "level")):
        asked = replace(GUIDE.question(question), complete=((("", cell),),))
        subject = () if question == "extra.dates" else (told.ids["A"],)
        entry = single_entry(told.partnership, question, subject)
        told.take(Change(entry.id, question, cell, value, "", subject))
        assert (
            is_answered(told.partnership, asked, subject) is has_any_answer(told.partnership, asked, subject) is answers
        )
    assert is_filled(value) is answers


def test_a_question_asked_once() -> None:
    told = Told()
    assert shown(told, "gather.vision").state == EMPTY
    told.say("gather.vision", {"goal": "  "})
    assert shown(told, "gather.vision").state == EMPTY
    told.say("gather.level", {"function": "se parler"})
    assert shown(told, "gather.level").state == STARTED
    told.say("gather.level", {"level": "networking"})
    assert shown(told, "gather.level").state == ANSWERED
    for state in (CONFIRM, DISCUSS, VOID):
        told.state("gather.level", HAND[state])
        assert shown(told, "gather.level").state == state


def test_governance_needs_both_answers() -> None:
    told = Told()
    told.say("gather.governance", {"bodies": ["comité"]})
    assert shown(told, "gather.governance").state == STARTED
    told.say("gather.governance", {"reports": ["budget"]})
    assert shown(told, "gather.governance").state == ANSWERED


def test_a_whole_question_without_object() -> None:
    told = Told("A", "B")
    told.state("open.involvement", "not_applicable")
    assert shown(told, "open.involvement").state == VOID
    told.state("open.involvement", "")
    assert shown(told, "open.involvement").state == EMPTY


def test_time_noted_with_a_contribution_answers_the_question_of_time() -> None:
    told = Told("A")
    told.say("open.contributions", {"text": "animer", "effort": "3 h par semaine"}, "A", op="add")
    assert shown(told, "commit.time").state == ANSWERED


def test_what_is_kept_of_the_progress_follows_each_answer() -> None:
    told, kept = Told("A"), ProgressCache(GUIDE)
    for change in (
        lambda: told.state("commit.time", "to_discuss", "A"),
        lambda: told.state("commit.time", "", "A"),
        lambda: told.say("open.contributions", {"text": "animer", "effort": "3 h par semaine"}, "A", op="add"),
    ):
        before = kept.of(told.partnership, GUIDE.question("commit.time"))
        change()
        after = kept.of(told.partnership, GUIDE.question("commit.time"))
        assert after != before and after == shown(told, "commit.time")


def test_what_was_counted_is_kept_for_each_question() -> None:
    told, kept = Told("A", "B"), ProgressCache(GUIDE)
    told.state("open.involvement", "to_discuss", "A")
    told.say("open.contributions", {"text": "animer"}, "A", op="add")
    questions = [GUIDE.question(name) for name in ("open.involvement", "open.contributions")]
    for count in (kept.of, kept.unanswered):
        first = [count(told.partnership, question) for question in questions]
        again = [count(told.partnership, question) for question in questions]
        assert all(now is before for now, before in zip(again, first, strict=True))


def test_a_row_given_by_all_answers_for_each() -> None:
    told = Told("A", "B", "C")
    told.say("open.contributions", {"text": "prêter une salle", "partners": "tous"})
    assert shown(told, "open.contributions") == Progress(ANSWERED, 3, 3)


def test_a_history_told_of_a_pair_answers_for_both() -> None:
    told = Told("A", "B", "C")
    told.say("open.history", "le projet de 2015", pair=["A", "B"])
    assert shown(told, "open.history") == Progress(STARTED, 2, 3)
    told.say("open.history", {"nothing": True}, "C")
    assert shown(told, "open.history") == Progress(ANSWERED, 3, 3)


def test_trust_has_no_denominator() -> None:
    told = Told("A", "B", "C")
    assert shown(told, "open.trust") == Progress(EMPTY, 0, 0)
    told.say("open.trust", "good", pair=["A", "B"])
    assert shown(told, "open.trust") == Progress(ANSWERED, 1, 0)


def test_what_is_begun_for_one_partner_is_empty_for_the_others() -> None:
    told = Told("A", "B")
    told.say("open.involvement", {"agreed": True}, "A")
    told.say("commit.consensus", {"exceptions": [{"text": "le loyer", "level": "discuss"}]}, "A")
    for question in ("open.involvement", "commit.consensus"):
        states = [state_of(told.partnership, GUIDE.question(question), (told.ids[name],)) for name in "AB"]
        assert states == [STARTED, EMPTY] and shown(told, question) == Progress(STARTED, 0, 2)


@pytest.mark.parametrize("question", ["gather.level", "open.involvement", "open.history", "open.trust"])
def test_without_object_for_all_is_the_state_void_of_each_scope(question: str) -> None:
    told, asked = Told("A", "B", "C"), GUIDE.question(question)
    a, b, c = sorted(told.ids.values())
    scopes: dict[str, list[tuple[str, ...]]] = {"project": [()], "pair": [(a, b), (b, c)]}
    subjects = scopes.get(asked.scope, [(a,), (b,), (c,)])
    entries = [single_entry(told.partnership, question, subject) for subject in subjects]

    def void_after(entry: Entry, state: str | None) -> bool:
        told.take(Change(entry.id, question, STATE, state, "", entry.subject))
        void = is_void_for_all(told.partnership, asked)
        assert void is (shown(told, question).state == VOID)
        return void

    found = [void_after(entry, "not_applicable") for entry in entries]
    assert found == ([True, True] if asked.scope == "pair" else [False] * (len(entries) - 1) + [True])
    assert not void_after(entries[-1], "to_discuss")
    whole = Entry(question, question)
    assert void_after(whole, "not_applicable") and (asked.scope == "project" or not void_after(whole, None))


def holes(told: Told) -> list[str]:
    """The open holes, with the partner's name where there is one."""
    names = {one: name for name, one in told.ids.items()}
    found = open_holes(GUIDE, public_view(GUIDE, told.partnership))
    return [rule.id + (f" {names[one]}" if one else "") for rule, one in found]


FILLS = {
    "vision": ("gather.vision", {"vision": "v"}),
    "goals": ("gather.vision", {"goal": "g"}),
    "objectives": ("gather.objectives", ["offrir"]),
    "level": ("gather.level", "networking"),
    "governance": ("gather.governance", {"bodies": ["comité"]}),
    "lead": ("gather.lead", {"partner": "A"}),
    "accountability": ("gather.governance", {"reports": ["budget"]}),
    "money": ("commit.funding", {"source": "fonds", "status": "acquired"}),
    "review_date": ("extra.review", "2027"),
}


def test_each_hole_closes_by_its_own_answer_and_no_other() -> None:
    told = Told("A", "B")
    left = [rule.id for rule in GUIDE.holes if rule.id != "commitments"]
    for name, (question, value) in FILLS.items():
        assert [hole for hole in holes(told) if not hole.startswith("commitments")] == left
        told.say(question, value)
        left.remove(name)
    assert holes(told) == ["commitments A", "commitments B"]


def test_a_commitment_is_missing_for_each_partner_until_it_is_public() -> None:
    told = Told("A", "B", "C")
    told.say("open.contributions", {"text": "salle", "state": "confirmed"}, "A", op="add")
    told.say("open.contributions", {"text": "salle", "state": "wished"}, "B", op="add")
    told.say("open.who", {"status": "declined"}, "C")
    assert [hole for hole in holes(told) if hole.startswith("commitments")] == ["commitments B"]
    told.state("open.contributions", "not_applicable", "B")
    assert not any(hole.startswith("commitments") for hole in holes(told))


@pytest.mark.parametrize("hole", [rule for rule in GUIDE.holes if not rule.each_partner], ids=lambda rule: rule.id)
def test_without_object_is_no_hole(hole) -> None:
    told = Told("A")
    assert hole.id in holes(told)
    told.state(hole.question, "not_applicable")
    assert hole.id not in holes(told)


def test_money_sought_is_still_a_hole() -> None:
    told = Told()
    told.say("commit.funding", {"source": "fonds", "status": "sought"})
    assert "money" in holes(told)


def needed(told: Told) -> list[tuple[str, str]]:
    """What the next milestone needs, as (question, reason)."""
    return [(one.question, one.reason or "answer") for one in milestones(GUIDE, told.partnership).missing]


def test_ready_for_the_meeting() -> None:
    told = Told()
    assert needed(told) == [("open.who", "partners")]
    told.join("A", status="contacted")
    assert needed(told) == [("open.who", "partners")]
    told.join("B", status="interested")
    for name in "AB":
        told.say("open.involvement", "decides", name)
    assert needed(told) == [("open.who", "interested")]
    told.say("open.who", {"status": "interested"}, "A")
    assert milestones(GUIDE, told.partnership).next == "adoption"
    told.join("C", status="contacted")
    assert needed(told) == [("open.involvement", "answer")]


def ready() -> Told:
    """A partnership that only needs its partners' positions."""
    told = Told("A", "B")
    for name in "AB":
        told.say("open.involvement", "decides", name)
        told.say("open.contributions", {"text": "salle", "state": "accepted"}, name, op="add")
    for question, value in FILLS.values():
        told.say(question, value)
    return told


def test_ready_to_be_adopted() -> None:
    told = ready()
    assert needed(told) == [("commit.consensus", "position")] * 2
    told.say("commit.consensus", "agree", "A")
    told.say("commit.consensus", "absent", "B")
    assert needed(told) == [("commit.consensus", "position")], "absent is no answer"
    told.say("commit.consensus", "reservation", "B")
    assert needed(told) == []
    told.state("gather.vision", "to_discuss")
    assert needed(told) == [("gather.vision", "discuss")]
    told.state("gather.vision", "")
    told.say("gather.vision", "une autre phrase")
    assert needed(told) == [("commit.consensus", "position")] * 2, "the wording changed since they answered"


def test_adopted_needs_nothing() -> None:
    found = milestones(GUIDE, Partnership("p"), adopted=True)
    assert (found.next, found.missing) == ("adopted", ())


def test_the_next_gap_goes_round_the_page() -> None:
    told = Told("A")
    assert next_unanswered(GUIDE, told.partnership) == "open.how_many"
    assert next_unanswered(GUIDE, told.partnership, "open.how_many") == "open.involvement"
    assert next_unanswered(GUIDE, told.partnership, "commit.funding") == "open.how_many"
    for step in GUIDE.main_steps:
        for question in step.questions:
            told.state(question.id, "not_applicable")
    assert next_unanswered(GUIDE, told.partnership) == ""


PAGE = [question.id for step in GUIDE.main_steps for question in step.questions]


def test_from_nowhere_the_next_gap_is_the_first() -> None:
    for nowhere in ("", "no such question"):
        assert next_unanswered(GUIDE, Partnership("aaaaaaaaaa"), nowhere) == PAGE[0]


@pytest.mark.parametrize("after", ["", *PAGE])
@pytest.mark.parametrize("gaps", [(0,), (1,), (0, len(PAGE) - 1), (0, 1), (3, 7)])
def test_the_next_gap_is_the_first_behind_the_place_or_from_the_top(after: str, gaps: tuple[int, ...]) -> None:
    told = Told("A")
    for at, name in enumerate(PAGE):
        gap, of_each = at in gaps, GUIDE.question(name).scope in ("partner", "partner_or_pair")
        told.state(name, "to_discuss" if gap else "not_applicable", "A" if gap and of_each else "")
    open_ones = [name for name in PAGE if shown(told, name).state != VOID]
    start = PAGE.index(after) + 1 if after else 0
    around = [name for name in (*PAGE[start:], *PAGE[:start]) if name in open_ones]
    assert len(open_ones) >= len(gaps) and next_unanswered(GUIDE, told.partnership, after) == around[0]


@pytest.mark.parametrize("states", list(itertools.product(STATES, repeat=3)), ids="-".join)
def test_who_is_waited_for_comes_behind_and_has_not_answered(states: tuple[str, ...]) -> None:
    told = told_of_three(states)
    question = GUIDE.question("open.involvement")
    for at, after in enumerate(("", "A", "B", "C")):
        waiting = [name for name, state in list(zip("ABC", states, strict=True))[at:] if state not in (ANSWERED, VOID)]
        found = waiting_partner(told.partnership, question, told.ids.get(after, after))
        assert found == (told.ids[waiting[0]] if waiting else "")


def test_partners_are_waited_for_where_each_is_asked_and_nowhere_else() -> None:
    told = Told("A")
    for name in PAGE:
        question = GUIDE.question(name)
        each = question.scope in ("partner", "partner_or_pair")
        if question.scope != "pair":
            told.state(name, "to_discuss", "A" if each else "")
        assert waiting_partner(told.partnership, question, "") == (told.ids["A"] if each else ""), name


@pytest.mark.parametrize("mark", ["#order", "#source", STATE])
def test_a_mark_of_the_program_alone_is_no_answer(mark: str) -> None:
    told = Told("A")
    question = GUIDE.question("gather.vision")
    told.take(Change(question.id, question.id, mark, "z"))
    assert state_of(told.partnership, question, ()) == EMPTY
    assert not has_any_answer(told.partnership, question, ())
