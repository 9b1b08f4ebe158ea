"""A meeting line by line is the meeting of the screens: the same people, decisions and minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import TWO, Person
from tui.partnership.meetings import DECISIONS, HELD, POINTS, PRESENCE, TASKS, meetings


def texts(person, part: str, question: str = HELD) -> list[str]:
    return [row.text("text", "fr") for row in person.partnership.rows(question, part)]


def test_a_meeting_from_its_opening_to_its_minutes(person) -> None:
    said = person.types(
        *TWO,
        "/rencontre",
        "/présent 1",
        "/excusé 2",
        "/arrivée Jeanne Roy ; greffière",
        "/décision Ouvrir le mardi soir",
        "/tâche Réserver la salle ; Université de Windsor ; 3 mars 2027",
        "/de côté Qui garde la clé ?",
        "/compte rendu",
        "/terminer",
    )
    assert "1. Université de Windsor\n2. ACSM Windsor-Essex" in said
    assert "ACSM Windsor-Essex : absence excusée" in said
    minutes = said[said.rindex("COMPTE RENDU") :]
    for one in ("Jeanne Roy", "Ouvrir le mardi soir", "Réserver la salle", "Qui garde la clé"):
        assert one in minutes, one
        assert said.count(one) >= 2
    (held,) = meetings(person.partnership)
    assert held.get("closed")
    assert texts(person, DECISIONS) == ["Ouvrir le mardi soir"]
    assert texts(person, TASKS) == ["Réserver la salle"]
    assert texts(person, "rows", POINTS) == ["Qui garde la clé ?"]
    assert [row.get("presence") for row in person.partnership.rows(HELD, PRESENCE)] == ["present", "excused", "present"]


def test_a_guest_who_comes_with_the_name_of_an_organisation_is_of_it(person) -> None:
    said = person.types(*TWO, "/rencontre", "/excusé 2", "/arrivée Léo Fox ; ACSM Windsor-Essex", "/rencontre")
    assert (
        said.endswith("2. Léo Fox, ACSM Windsor-Essex : présence") or "Léo Fox, ACSM Windsor-Essex : présence" in said
    )
    assert [row.get("presence") for row in person.partnership.rows(HELD, PRESENCE)] == ["present"], "in its place"


def test_what_cannot_be_is_said_with_a_way_on(person) -> None:
    said = person.types(
        *TWO,
        "/présent 1",
        "/rencontre",
        "/présent 3",
        "/présent",
        "/présent 2-1",
        "/décision",
        "/arrivée",
        "/partie 1",
        "/mandat 1",
        "/mandat 9 décide",
        "/mandat 1 rêve",
        "/mandat 1 aucun",
        "/terminer",
    )
    assert "Aucune rencontre n’est en cours : /rencontre ouvre celle d’aujourd’hui." in said
    assert "« 3 » n’est pas un numéro de cette liste : /rencontre la lit." in said
    assert "« 2-1 » n’est pas un numéro de cette liste" in said
    assert said.count("après la commande") == 3
    assert not person.partnership.rows(HELD, PRESENCE) and not texts(person, DECISIONS)
    assert not meetings(person.partnership), "what was refused begins no meeting"


def test_everyone_at_once_in_english_and_taken_up_again(person) -> None:
    said = person.types(*TWO, "/meeting", "/present all", "/close", "/meeting", "/absent 2", "/minutes", lang="en")
    assert "ACSM Windsor-Essex: present" in said
    assert "ACSM Windsor-Essex: absent" in said
    assert len(meetings(person.partnership)) == 1 and not meetings(person.partnership)[0].get("closed")


def test_a_note_goes_on_where_the_question_was(person) -> None:
    said = person.types(*TWO, "/aller vision", "Des soirs ouverts", "/décision Oui", "", "/document 2")
    assert "Des soirs ouverts" in said[said.rindex("2. Vision") :]


def test_a_name_typed_whole_marks_the_one_so_called(person) -> None:
    person.types("Centre", "Tous", "/aller 2", "/rencontre", "/présent tous", "/absent centre")
    name = {row.id: row.text("name", "fr") for row in person.partnership.rows("open.who")}
    marks = {name[row.get("who")["partner"]]: row.get("presence") for row in person.partnership.rows(HELD, PRESENCE)}
    assert marks == {"Tous": "present", "Centre": "absent"}


def test_looking_at_a_meeting_starts_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person(tmp_path, monkeypatch)
    person.types(*TWO)
    said = person.types("/rencontre", "/rencontre")
    assert "Elle commence par la première chose notée" in said
    assert person.partnership.rows("meeting.held", "rows") == ()
    person.types("/meeting", "/present 1", lang="en")
    (held,) = person.partnership.rows("meeting.held", "rows")
    assert held.get("opened") and not held.get("closed")


@pytest.mark.parametrize("line", ["« 2 »", '"2"', "“2”"])
def test_an_organisation_may_be_called_by_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    person = Person(tmp_path, monkeypatch)
    said = person.types("Alpha", "2", line, "")
    assert "entre guillemets" in said
    names = [row.text("name", "fr") for row in person.partnership.rows("open.who")]
    assert names == ["Alpha", "2"]


def test_each_thing_noted_is_told_back_as_it_was_understood(person) -> None:
    said = person.types(
        *TWO, "/rencontre", "/arrivée Jeanne Roy ; greffière", "/décision Ouvrir le mardi soir.",
        "/tâche Réserver la salle ; ACSM Windsor-Essex ; 3 mars 2027", "/de côté Qui garde la clé ?",
    ).replace("\xa0", " ")  # fmt: skip
    for words in (
        "Jeanne Roy, greffière : présence.\n",
        "Enregistré, décision : Ouvrir le mardi soir.\n",
        "Enregistré, tâche : Réserver la salle ; ACSM Windsor-Essex ; 3 mars 2027.\n",
        "Enregistré, point mis de côté : Qui garde la clé ?\n",
    ):
        assert words in said, words


def test_the_interrupted_question_is_heard_once_the_meeting_is_left(person) -> None:
    said = person.types(
        *TWO, "/aller contributions", "/rencontre", "/présent tous", "/décision Un", "/annuler", "/compte rendu",
        "trop vite", "", "prêter une salle", "/décision Deux", "",
    ).replace("\xa0", " ")  # fmt: skip
    met = said[said.index("Rencontre du") :]
    assert met.count("Contributions : 0 ligne.") == 1, "heard again once, when one comes back to it"
    assert met.split("\n").count("Rencontre :") == 7
    assert "« trop vite » n'a pas été noté" in met.replace("’", "'")
    assert person.rows("open.contributions") == ["prêter une salle"] and texts(person, DECISIONS) == ["Deux"]


def test_minutes_that_were_heard_are_not_read_again_at_the_end(person) -> None:
    said = person.types(*TWO, "/rencontre", "/décision Un", "/compte rendu", "/terminer")
    assert said.count("COMPTE RENDU") == 1 and "/compte rendu la relit" in said
    said = person.types("/rencontre", "/compte rendu", "/décision Deux", "/terminer")
    assert said.count("COMPTE RENDU") == 2, "what is new in them is heard"
    assert "Elle est terminée, et reprend" in said
    said = person.types("/rencontre", "/arrivée Zoé Lee ; directrice", "/annuler", "/terminer", "/compte rendu")
    assert "L'ajout de « Zoé Lee, directrice »." in said.replace("’", "'")
    assert "Rencontre :" not in said.split("terminée")[-1], "no meeting is taken up by reading"


def test_what_is_done_elsewhere_leaves_the_meeting(person) -> None:
    said = person.types(*TWO, "/rencontre", "/présent 1", "/aller vision", "Des soirs ouverts", "")
    assert "Vision commune :" in said and "n’a pas été noté" not in said
    assert "Des soirs ouverts" in person.types("/document 2")


def test_two_of_one_name_are_told_apart_by_their_numbers(person) -> None:
    arrivals = [f"/arrivée Tous; {name}" for name in TWO[:2]]
    said = person.types(*TWO, "/rencontre", *arrivals, "/absent tous", "/absent 2").replace("\u00a0", " ")
    assert "Plusieurs s'appellent « tous » : tapez le numéro que lit /rencontre." in said.replace("’", "'")
    marks = [row.get("presence") for row in person.partnership.rows(HELD, PRESENCE)]
    assert marks == ["present", "absent"]


def test_a_noted_line_that_names_who_is_held_back_says_so(person) -> None:
    said = person.types("Alpha", "Zanzibar", "", "/rencontre", "/décision La clé d'Alpha.",
                        "/décision La clé de Zanzibar.").replace("\u00a0", " ")  # fmt: skip
    assert said.count("ne peut pas l'être encore : Zanzibar.") == 1


def test_who_was_at_a_meeting_that_has_ended_may_be_named_in_it(person) -> None:
    said = person.types("Alpha", "Zanzibar", "", "/rencontre", "/présent Zanzibar", "/terminer", "/rencontre",
                        "/tâche la clé de Zanzibar")  # fmt: skip
    person.types("/rencontre", "/terminer")
    said += person.types("/décision La salle de Zanzibar.")
    assert "être encore" not in said
