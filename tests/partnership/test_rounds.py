"""Tests of rounds: the choice that a number or words name, whose answers count, and who gave leave to tell them."""

from __future__ import annotations

import pytest

from tests.partnership.told import Told
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import HELD
from tui.partnership.rounds import (
    ANSWERS,
    ROUNDS,
    answers_to,
    choice_keys,
    choice_meant,
    choices_of,
    count_of,
    has_leave,
    labelled_choices,
    rounds_about,
    rounds_of,
)
from tui.partnership.values import Change, Entry

NAMES = ("Collège", "Clinique", "Ruche")
CHOICES = "mardi ; Jeudi;; jeudi matin; mardi"


def asked(choices: str = CHOICES, **cells: str) -> Told:
    """Three partners, who are asked one round."""
    told = Told(*NAMES)
    add(told, "round", ROUNDS, {"text@fr": "Quel jour ?", "choices@fr": choices, "meeting": "m", **cells})
    return told


def add(told: Told, row: str, part: str, cells: dict[str, str]) -> None:
    """Add a row of the meeting."""
    told.take(*(Change(row, HELD, cell, value, part) for cell, value in cells.items() if value))


def says(told: Told, name: str, text: str, to: str = "round", **cells: str) -> None:
    """Note the answer of a partner to a round."""
    add(told, f"{to}{name}", ANSWERS, {"round": to, "partner": told.ids[name], "text@fr": text, **cells})


def round_of(told: Told) -> Entry:
    """The round that was asked."""
    return told.partnership.entries["round"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", "mardi"),
        ("3", "jeudi matin"),
        (" JEUDI ", "Jeudi"),
        ("jeudi matin", "jeudi matin"),
        ("mercredi", "mercredi"),
        ("1 ou 2", "1 ou 2"),
        ("", ""),
    ],
)
def test_a_choice_is_named_by_number_or_words_and_other_words_stand(typed: str, meant: str) -> None:
    told = asked()
    assert choices_of(round_of(told), "fr") == ("mardi", "Jeudi", "jeudi matin")
    assert choice_meant(round_of(told), typed, "fr") == meant


@pytest.mark.parametrize("number", ["0", "4", "999", "10000000", "00199", "9" * 5000])
def test_a_number_that_no_choice_has_is_refused(number: str) -> None:
    with pytest.raises(BadValue):
        choice_meant(round_of(asked()), number, "fr")
    assert choice_meant(round_of(asked("")), number, "fr") == number, "a free question has no numbers"


def test_answers_come_in_the_order_of_the_partners_and_only_to_their_round() -> None:
    told = asked()
    says(told, "Ruche", "mardi")
    says(told, "Collège", "mercredi")
    says(told, "Clinique", "Jeudi", to="another")
    assert list(answers_to(told.partnership, round_of(told))) == [told.ids["Collège"], told.ids["Ruche"]]
    assert list(count_of(told.partnership, round_of(told), "fr").items()) == [("mardi", 1), ("mercredi", 1)]


@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_who_left_and_who_said_nothing_are_not_counted(status: str) -> None:
    told = asked()
    for name in NAMES:
        says(told, name, "" if name == "Ruche" else "mardi", leave="yes")
    assert count_of(told.partnership, round_of(told), "fr") == {"mardi": 2}
    told.say("open.who", {"status": status}, "Clinique")
    assert count_of(told.partnership, round_of(told), "fr") == {"mardi": 1}
    assert list(answers_to(told.partnership, round_of(told))) == [told.ids["Collège"]]


def test_a_free_question_has_answers_and_no_count() -> None:
    told = asked("")
    says(told, "Ruche", "mardi")
    assert len(answers_to(told.partnership, round_of(told))) == 1
    assert count_of(told.partnership, round_of(told), "fr") == {}


@pytest.mark.parametrize(("leave", "may"), [("yes", True), ("no", False), ("", False)])
def test_an_answer_is_told_by_name_only_with_leave(leave: str, may: bool) -> None:
    told = asked()
    says(told, "Ruche", "mardi", leave=leave)
    (answer,) = answers_to(told.partnership, round_of(told)).values()
    assert has_leave(answer) is may


def test_a_round_belongs_to_its_meeting_and_its_sentence() -> None:
    told = asked(about="gather.vision/text")
    assert rounds_of(told.partnership, "m") == rounds_about(told.partnership, "gather.vision/text") == (round_of(told),)
    assert rounds_of(told.partnership, "n") == rounds_about(told.partnership, "gather.vision/why") == ()
    assert rounds_about(asked().partnership, "") == ()
    add(told, "round2", ROUNDS, {"choices@fr": CHOICES, "meeting": "m", "about": "gather.vision/text"})
    assert rounds_of(told.partnership, "m") == rounds_about(told.partnership, "gather.vision/text") == (round_of(told),)


@pytest.mark.parametrize(
    ("choices", "typed", "meant", "labels"),
    [
        ("2; 3; 4", "2", "2", "2, 3, 4"),
        ("2; 3; 4", "4", "4", "2, 3, 4"),
        ("2; 3; davantage", "2", "2", "2, 3, davantage"),
        ("un soir; 1; 2", "1", "1", "un soir, 1, 2"),
        ("Alpha; Tous; 1", "2", "Tous", "Alpha, 2 Tous, 1"),
        ("10; 20; 30", "20", "20", "1 10, 2 20, 3 30"),
        ("10; 20; 30", "2", "20", "1 10, 2 20, 3 30"),
    ],
)
def test_a_choice_that_is_a_number_means_itself(choices: str, typed: str, meant: str, labels: str) -> None:
    row = round_of(asked(choices))
    assert choice_meant(row, typed, "fr") == meant
    found = choices_of(row, "fr")
    assert ", ".join(labelled_choices(found)) == labels
    keys = dict(zip(choice_keys(found), found, strict=True))
    assert keys.get(typed, typed) == meant, "the key of a page is what is typed"


def test_a_number_that_is_neither_a_choice_nor_free_is_refused() -> None:
    with pytest.raises(BadValue, match="2, 3, 4"):
        choice_meant(round_of(asked("2; 3; 4")), "1", "fr")
