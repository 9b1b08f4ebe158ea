"""Conditions line by line, in both languages: noted, read, settled by their number, a minority text in the minutes."""

from __future__ import annotations

import pytest

from tests.line_mode.person import TWO
from tests.line_mode.talk import Talk
from tests.partnership.told import Told
from tui.line_mode import line_conditions
from tui.partnership.conditions import MET, SET_ASIDE, WATCH, WITHDRAWN, open_conditions
from tui.partnership.field_kinds import BadValue
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import answer_id

UNIVERSITY, ACSM, _END = TWO
NOTED = {
    "fr": f"/condition {ACSM}; oui si la salle est libre; {UNIVERSITY}; 3 février 2099",
    "en": f"/condition {ACSM}; yes if the room is free; {UNIVERSITY}; February 3, 2099",
}
SAID = {
    "fr": f"{ACSM} : oui si la salle est libre ({UNIVERSITY}), d'ici le 3 février 2099",
    "en": f"{ACSM}: yes if the room is free ({UNIVERSITY}), by February 3, 2099",
}


def plain(text: str) -> str:
    """Text with plain spaces and apostrophes."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_is_noted_in_one_line_read_by_its_number_and_with_the_answers(person, lang) -> None:
    said = plain(person.types(*TWO, NOTED[lang], "/condition", "/answers", lang=lang))
    assert f"1. {SAID[lang]}." in said and said.count(SAID[lang]) == 3
    position = person.partnership.entry(answer_id(CONSENSUS, (person.partner(2),)))
    assert position is not None and position.get("level") == "reservation"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "state"),
    [("remplie", MET), ("met", MET), ("retirée", WITHDRAWN), ("à surveiller", WATCH), ("to watch", WATCH),
     ("écartée : pas de salle", SET_ASIDE), ("set aside no room", SET_ASIDE)],
)  # fmt: skip
def test_what_became_of_it_is_said_by_its_number(person, typed: str, state: str) -> None:
    person.types(*TWO, NOTED["fr"], f"/condition 1 {typed}")
    (row,) = person.partnership.rows("note.conditions", "rows")
    assert row.get("state") == state and row.get("on")
    position = person.partnership.entry(answer_id(CONSENSUS, (person.partner(2),)))
    assert position is not None and position.get("level") == "reservation", "a yes is said by its partner alone"
    assert row.text("reason", "fr") == ({"é": "pas de salle", "s": "no room"}[typed[0]] if state == SET_ASIDE else "")


def test_a_yes_goes_with_it_where_its_partner_says_so(person) -> None:
    person.types(*TWO, NOTED["fr"], "/condition 1 oui")
    assert not open_conditions(person.partnership)
    position = person.partnership.entry(answer_id(CONSENSUS, (person.partner(2),)))
    assert position is not None and position.get("level") == "agree"


def test_a_minority_text_stands_in_the_minutes_where_it_was_set_aside(person) -> None:
    said = person.types(
        *TWO, NOTED["fr"], "/décision commencer", "/condition 1 minoritaire nous tenons à la salle",
        "/condition 1 écartée pas de salle", "/condition 1 minoritaire nous tenons à la salle", "/compte rendu",
    )  # fmt: skip
    assert "écartez-la d'abord" in plain(said)
    assert "nous tenons à la salle" in plain(said[said.rindex("COMPTE RENDU") :])


def test_on_a_sentence_by_its_section(person) -> None:
    said = person.types(*TWO, "/décision offrir du soutien", "/inscrire 1 o", "/inscrire 1 o", "/document")
    label = next(line.split(".")[0] for line in said.splitlines() if ". Objectifs" in line and line[:1].isdigit())
    person.types(f"/condition section {label} 1; {ACSM}; oui si c'est le mardi")
    (clause,) = person.partnership.rows("gather.objectives", "rows")
    (row,) = open_conditions(person.partnership)
    assert row.get("point") == clause.id


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["9 remplie", "0 remplie", "1 peut-être", "1", "1 écartée", "la salle", f"{ACSM};"])
def test_what_cannot_be_says_what_to_type(person, typed: str) -> None:
    said = plain(person.types(*TWO, NOTED["fr"], f"/condition {typed}"))
    assert "Traceback" not in said
    assert len(open_conditions(person.partnership)) == 1


def test_of_the_partner_asked_about_its_name_is_not_needed(person) -> None:
    person.types(*TWO, "/aller dire oui", "/partenaire 2", "/condition oui si la salle est libre")
    (row,) = open_conditions(person.partnership)
    assert row.subject == (person.partner(2),)


def test_without_one_nothing_of_it_is_said(person) -> None:
    assert "ondition" not in plain(person.types(*TWO, "/réponses", "/échéances", "/route"))


def test_noted_at_the_meeting_one_stays_there(person) -> None:
    said = plain(person.types(*TWO, "/rencontre", NOTED["fr"], "/condition 1 remplie", "/décision commencer"))
    after = said[said.index("Enregistré, une condition") :]
    assert "Organisme, actuellement" not in after, "the question that was interrupted is not asked again"


@pytest.mark.parametrize("asked", [0, 1, 2])
def test_without_a_name_it_is_of_the_one_partner_that_is_asked(monkeypatch: pytest.MonkeyPatch, asked: int) -> None:
    told = Told("Collège", "Clinique")
    subject = tuple(told.ids.values())[:asked]
    monkeypatch.setattr(line_conditions, "subject_of", lambda spot: subject)
    talk = Talk(told)
    if asked == 1:
        talk.gives(line_conditions.conditions, "oui si la salle est libre")
    else:
        with pytest.raises(BadValue):
            talk.gives(line_conditions.conditions, "oui si la salle est libre")
    assert [row.subject for row in open_conditions(talk.workspace.partnership)] == ([subject] if asked == 1 else [])
