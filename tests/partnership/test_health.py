"""Tests of the counts of the check of health: how many answers may be shown, whose count, and the last of each."""

from __future__ import annotations

import pytest

from tests.partnership.told import Told
from tui.guide.health_statements import statements
from tui.partnership.health import (
    ANSWERS,
    FEW,
    health_answers,
    health_changes,
    health_counts,
    respondents,
    shares_answers,
)

DAY = "2027-05-01"
NAMES = ("Collège", "Clinique", "Ruche", "Maison")
WORK = next(statement.id for statement in statements() if not statement.personal)
PERSONS = next(statement.id for statement in statements() if statement.personal)


def answered(told: Told, name: str, statement: str, code: str, *, shared: bool = False) -> None:
    """Note the answer of a partner to one statement."""
    told.take(*health_changes(told.partnership, told.ids[name], [(statement, code)], DAY, shared=shared))


def counted(told: Told) -> dict[str, dict[str, int]]:
    """The counts that may be shown, by statement."""
    return {item.statement.id: dict(item.counts) for item in health_counts(told.partnership)}


@pytest.mark.parametrize("number", range(len(NAMES) + 1))
def test_few_answers_are_not_shown_since_they_would_say_whose_they_are(number: int) -> None:
    told = Told(*NAMES)
    for name in NAMES[:number]:
        answered(told, name, WORK, "partly")
    assert counted(told) == ({WORK: {"partly": number}} if number >= FEW else {})
    assert respondents(told.partnership) == number


@pytest.mark.parametrize("statement", [WORK, PERSONS])
def test_of_statements_about_persons_only_shared_answers_count(statement: str) -> None:
    told = Told(*NAMES)
    for name in NAMES:
        answered(told, name, statement, "not_yet")
    assert counted(told) == ({WORK: {"not_yet": 4}} if statement == WORK else {})
    for name in NAMES[:FEW]:
        answered(told, name, statement, "not_yet", shared=True)
    assert counted(told) == {statement: {"not_yet": 4 if statement == WORK else FEW}}
    answered(told, NAMES[0], statement, "not_yet")  # it no longer shares it
    assert counted(told) == ({WORK: {"not_yet": 4}} if statement == WORK else {})


@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_who_left_is_not_counted(status: str) -> None:
    told = Told(*NAMES)
    for name in NAMES:
        answered(told, name, WORK, "yes")
    told.say("open.who", {"status": status}, NAMES[0])
    assert counted(told) == {WORK: {"yes": 3}} and respondents(told.partnership) == 3


def test_a_second_answer_replaces_the_first_and_differing_ones_come_first() -> None:
    told = Told(*NAMES)
    other = [statement.id for statement in statements() if not statement.personal][1]
    for name, code in zip(NAMES, ANSWERS, strict=True):
        answered(told, name, WORK, "yes")
        answered(told, name, other, code)
    answered(told, NAMES[0], WORK, "unknown")
    assert health_answers(told.partnership, told.ids[NAMES[0]])[WORK].get("answer") == "unknown"
    assert list(counted(told).items()) == [(other, dict.fromkeys(ANSWERS, 1)), (WORK, {"unknown": 1, "yes": 3})]


def test_a_partner_shares_its_answers_if_it_shares_each_of_them() -> None:
    told = Told(*NAMES)
    assert not shares_answers(told.partnership, told.ids[NAMES[0]])
    answered(told, NAMES[0], WORK, "yes", shared=True)
    assert shares_answers(told.partnership, told.ids[NAMES[0]])
    assert not shares_answers(told.partnership, told.ids[NAMES[1]])
    answered(told, NAMES[0], PERSONS, "yes")
    assert not shares_answers(told.partnership, told.ids[NAMES[0]])
