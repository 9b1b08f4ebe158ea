"""Tests of the checks on dates: which dates lie outside of the term, and when a lead ends."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.date_checks import dates_beyond_term, lead_end, term_end
from tui.partnership.values import as_of

TERM = "2027-01-18..2027-04-15"


def told_with(*periods: str, partners: tuple[str, ...] = ("Collège", "Clinique")) -> Told:
    """Two partners and the periods of the term, each with a name of its own."""
    told = Told(*partners)
    for at, period in enumerate(periods):
        told.say("extra.dates", {"label": f"Période {at}", "period": period}, op="add")
    return told


def asked_about(told: Told) -> list[tuple[str, str]]:
    """The (question, field) that each finding leads to."""
    return [(place[0], place[3]) for _words, place in dates_beyond_term(GUIDE, told.partnership, "fr")]


def say_date(told: Told, question: str, value: str) -> tuple[str, str]:
    """Give a question a date; return the question and the field that holds it."""
    if question == "gather.objectives":
        told.say(question, {"text": "un guide", "due": value}, op="add")
    elif question == "open.contributions":
        told.say(question, {"text": "une salle", "due": value}, "Collège", op="add")
    elif question == "gather.lead":
        told.say(question, {"partner": "Collège", "until": value}, op="add")
        return question, "until"
    elif question == "commit.funding":
        told.say(question, {"source": "Fonds", "due": value}, op="add")
    elif question == "extra.review":
        told.say(question, {"date": value})
        return question, "date"
    else:
        told.say(question, {"effect": "on_date", "effect_on": value})
        return question, "effect_on"
    return question, "due"


EARLY = ("open.contributions", "commit.funding", "extra.legal")
QUESTIONS = ("gather.objectives", "gather.lead", "extra.review", *EARLY)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("value", "outside"),
    [
        ("2027-01-18", ""),
        ("2027-04-15", ""),
        ("2027-01", ""),  # a part of that month lies in the term
        ("2027-04", ""),
        ("2027", ""),
        ("2027-01-17", "before"),
        ("2026-12", "before"),
        ("2027-04-16", "after"),
        ("2027-05", "after"),
    ],
)
def test_a_date_outside_of_the_term_is_asked_about(question: str, value: str, outside: str) -> None:
    told = told_with(TERM)
    place = say_date(told, question, value)
    is_wrong = outside == "after" or (outside == "before" and question not in EARLY)
    assert asked_about(told) == ([place] if is_wrong else [])


@pytest.mark.parametrize("effect", [None, "all_signed"])
def test_the_day_it_takes_effect_counts_only_where_it_takes_effect_on_a_day(effect: str | None) -> None:
    told = told_with(TERM)
    place = say_date(told, "extra.legal", "2028-01-01")
    assert asked_about(told) == [place]
    told.say("extra.legal", {"effect": effect})
    assert asked_about(told) == []


@pytest.mark.parametrize(
    ("period", "beyond"),
    [
        ("2027-01-18..2027-04-15", False),
        ("2027-01..2027-04", False),
        ("2027-01-17..2027-04-15", True),
        ("2026-12..2027-03", True),
        ("2027-02..2027-04-16", True),
        ("2027-02..2027-05", True),
    ],
)
def test_a_period_is_asked_about_only_where_it_is_certainly_beyond(period: str, beyond: bool) -> None:
    told = told_with(TERM)
    told.say("commit.time", {"for": "des heures", "period": period}, "Collège", op="add")
    assert bool(asked_about(told)) is beyond


def test_the_term_goes_from_the_first_to_the_last_of_its_periods() -> None:
    told = told_with("2027-09-01..2027-12-15", "2027-01-18..2027-04-15")
    for value in ("2027-01-18", "2027-06-01", "2027-12-15"):
        say_date(told, "gather.objectives", value)
    assert asked_about(told) == []
    assert str(term_end(told.partnership)) == "2027-12-15"
    assert term_end(told_with().partnership) is None


@pytest.mark.parametrize(
    ("until", "leaves", "ends"),
    [
        ("", "", ""),
        ("2027-03-01", "", "2027-03-01"),
        ("", "2027-02-28", "2027-02-28"),
        ("2027-03-01", "2027-02-28", "2027-02-28"),
        ("2027-02-01", "2027-02-28", "2027-02-01"),
        ("2027-03", "2027-03-15", "2027-03-15"),
        ("2027-03-01", "2027-01-15", "2027-03-01"),  # it has left: another finding says so
    ],
)
def test_a_lead_ends_with_its_mandate_or_when_its_partner_leaves(until: str, leaves: str, ends: str) -> None:
    told = told_with()
    if leaves:
        told.say("open.who", {"until": leaves}, "Clinique")
    told.say("gather.lead", {"partner": "Clinique", **({"until": until} if until else {})}, op="add")
    today = as_of(told.partnership, "2027-02-01")
    assert lead_end(today, today.rows("gather.lead", "rows")[0]) == ends
