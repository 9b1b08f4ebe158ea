"""A question put to each in turn, line by line, in both languages."""

from __future__ import annotations

import pytest

from tests.line_mode.person import TWO
from tests.line_mode.talk import Talk
from tests.partnership.told import Told
from tui.line_mode import line_rounds
from tui.partnership.rounds import ANSWERS, ROUNDS, has_leave

THREE = (*TWO[:2], "Refuge", "")


def plain(text: str) -> str:
    """Text with plain spaces and apostrophes."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.mark.parametrize(
    ("lang", "lines", "told"),
    [
        ("fr", ("/poser Quel soir ? ; mardi ; jeudi", "/dit 1 1", "/dit 2 jeudi", "/dit 3 2 ; oui", "/poser"),
         ("1 mardi, 2 jeudi.", "1. Quel soir ?, mardi : 1, jeudi : 2.", "Refuge : jeudi, au compte rendu")),
        ("en", ("/ask Which evening?; Tuesday; Thursday", "/says 1 1", "/says 2 Thursday", "/says 3 2; yes", "/ask"),
         ("1 Tuesday, 2 Thursday.", "1. Which evening?, Tuesday: 1, Thursday: 2.", "Refuge: Thursday, in the minutes")),
    ],
)  # fmt: skip
def test_it_is_asked_answered_by_number_and_counted(person, lang, lines, told) -> None:
    said = plain(person.types(*THREE, *lines, "/minutes", lang=lang))
    for words in told:
        assert words in said, said
    who = {
        "fr": "jeudi : 2; un organisme à confirmer : jeudi",
        "en": "Thursday: 2; an organization to be confirmed: Thursday",
    }
    assert who[lang] in said, "by name only once it may be named"


def test_a_sentence_is_asked_about_by_its_section(person) -> None:
    said = person.types(*THREE, "/décision offrir du soutien", "/inscrire 1 o", "/inscrire 1 o", "/document")
    label = next(line.split(".")[0] for line in said.splitlines() if ". Objectifs" in line and line[:1].isdigit())
    said = plain(person.types(f"/poser section {label} 1", "/dit 1 2", "/dit 2 d'accord", f"/vie {label}"))
    (row,) = person.partnership.rows("meeting.held", ROUNDS)
    assert row.get("about") and "1 d'accord, 2 réserve, 3 pas d'accord." in said
    assert "Demandé à la table" in said


@pytest.mark.slow
@pytest.mark.parametrize("lines", [("/dit 1 mardi",), ("/poser 4",), ("/poser Quel soir ? ; mardi",),
                                   ("/poser Quel soir ? ; mardi ; jeudi", "/dit 9 1"),
                                   ("/poser Quel soir ? ; mardi ; jeudi", "/dit 1 7")])  # fmt: skip
def test_what_cannot_be_notes_nothing(person, lines) -> None:
    person.types(*THREE, *lines)
    assert not person.partnership.rows("meeting.held", ANSWERS)


def test_an_answer_is_taken_back_by_its_number_alone(person) -> None:
    person.types(*THREE, "/poser Quel soir ? ; mardi ; jeudi", "/dit 1 1", "/dit 1")
    assert not person.partnership.rows("meeting.held", ANSWERS)


@pytest.mark.parametrize(
    ("line", "partner", "answer"),
    [
        ("/dit La Boussole mardi", "La Boussole", "mardi"),
        ("/dit la boussole: 2", "La Boussole", "jeudi"),
        ("/dit le 15 décembre plutôt jeudi", "le 15 décembre", "plutôt jeudi"),
        ("/dit 1 1", "1", "mardi"),
        ("/dit La Boussole Sud ; 1", "La Boussole Sud", "mardi"),
        ("/dit 2 jeudi", "La Boussole Sud", "jeudi"),
        ("/dit Oui oui", "Oui", "oui"),
    ],
)
def test_a_partner_is_called_by_its_whole_name(person, line: str, partner: str, answer: str) -> None:
    names = ("La Boussole", "La Boussole Sud", "le 15 décembre", '"1"', "Oui")
    person.types(*names, "", "/poser Quel soir ? ; mardi ; jeudi", line)
    (row,) = person.partnership.rows("meeting.held", ANSWERS)
    owner = person.partnership.entry(row.get("partner"))
    assert (owner.text("name", "fr"), row.text("text", "fr")) == (partner, answer)


@pytest.mark.parametrize(
    ("typed", "leaves"),
    [
        (("1 mardi; oui", "1 ; oui"), [True, True]), (("1 mardi", "1 ; non"), [False, False]),
        (("1 mardi; oui", "1 ; non", "1 ; non"), [True, False, False]), (("1 mardi; oui", "1 jeudi"), [True, False]),
        (("1 mardi; yes", "1 mardi; yes"), [True, True]),
    ],
)  # fmt: skip
def test_leave_is_what_was_said_of_it_last(typed: tuple[str, ...], leaves: list[bool]) -> None:
    talk = Talk(Told("Collège", "Clinique"))
    talk.gives(line_rounds.put_question, "Quel soir ?; mardi; jeudi")
    found = []
    for line in typed:
        talk.gives(line_rounds.note_answer, line)
        (answer,) = talk.workspace.partnership.rows("meeting.held", ANSWERS)
        found.append(has_leave(answer))
    assert found == leaves


def test_the_count_is_said_once_each_has_answered_and_not_before() -> None:
    talk = Talk(Told("Collège", "Clinique"))
    talk.gives(line_rounds.put_question, "Quel soir ?; mardi; jeudi")
    assert "1" not in talk.gives(line_rounds.note_answer, "1 mardi")
    assert "mardi : 1, jeudi : 1" in talk.gives(line_rounds.note_answer, "2 jeudi")
