"""A meeting prepared, held by its agenda and moved on, line by line, in both languages."""

from __future__ import annotations

from tests.line_mode.person import TWO
from tui.partnership.agendas import agenda_items, unfinished_items
from tui.partnership.meetings import DECISIONS, HELD, meetings


def test_an_agenda_is_made_worked_through_and_moved_on(person) -> None:
    said = person.types(
        *TWO, "/de côté Qui garde la clé ?", "/ordre du jour", "/ordre du jour le budget ; 10", "/ordre du jour 2",
        "/ordre du jour le logo", "/ordre du jour la suite", "/ordre du jour 3 ensemble", "/ordre du jour 2 haut",
        "/ordre du jour", "/rencontre", "/présent tous", "/ensemble", "/point suivant", "/terminer",
        "/prochaine rencontre 3 décembre 2099 ; 18 h ; salle 204", "/ordre du jour",
    )  # fmt: skip
    assert "1. Qui garde la clé ?" in said and "passe d’un seul coup" in said
    assert "Maintenant : le budget" in said.replace("\u00a0", " ")
    (held, ahead) = meetings(person.partnership)
    assert held.get("closed") and ahead.get("on") == "2099-12-03" and not ahead.get("opened")
    assert [row.text("text", "fr") for row in person.partnership.rows(HELD, DECISIONS)] == ["le logo"]
    left = [row.text("text", "fr") for row in unfinished_items(person.partnership, ahead.id)]
    assert left == ["le budget", "la suite"]
    assert "3 décembre 2099; 18 h; salle 204" in said.replace("\u00a0", " ")


def test_what_cannot_be_is_said_with_a_way_on(person) -> None:
    said = person.types(
        *TWO, "/agenda 99", "/invitations", "/next item", "/at once", "/next meeting", "/next meeting soon",
        "/agenda the budget", "/agenda 1 sideways", lang="en",
    )  # fmt: skip
    for words in (
        "No line of the agenda has that number",
        "Put something on the agenda first",
        "Nothing is left on the",
        "Type the date of the next meeting",
        "is not a date",
        "Type what becomes of the item",
    ):
        assert words in said, words


def test_a_past_event_needs_a_yes_and_words_of_its_own(person) -> None:
    person.types(*TWO)
    said = person.types("/go history", "1", "En 2019, zanzibar00004z", ".", "à aborder", "/ordre du jour")
    number = next((line.split(".")[0] for line in said.splitlines() if "vieille histoire à aborder" in line), "")
    assert number, said
    shown = said[said.rindex("heure") :]
    assert "zanzibar" not in shown
    asked = ("", " non parler de 2018", " oui", " oui parler de 2019")
    said = person.types(*(f"/ordre du jour {number}{words}" for words in asked))
    assert said.count("Une fois que les deux organismes ont dit oui") == 3
    (meeting,) = meetings(person.partnership)
    assert [row.text("text", "fr") for row in agenda_items(person.partnership, meeting.id)] == ["parler de 2019"]


def test_invitations_are_written_and_said_where(person) -> None:
    said = person.types(*TWO, "/agenda the budget; 10", "/invitations", lang="en")
    assert "2 files written:" in said


def test_what_is_left_moves_on_only_from_a_meeting_that_is_closed(person) -> None:
    person.types(*TWO, "/ordre du jour le budget", "/rencontre", "/présent tous", "/prochaine rencontre 2099-12-03")
    running = next(meeting for meeting in meetings(person.partnership) if meeting.get("opened"))
    assert [row.text("text", "fr") for row in unfinished_items(person.partnership, running.id)] == ["le budget"]


def test_the_next_meeting_is_never_the_one_that_runs(person) -> None:
    person.types(*TWO, "/ordre du jour le budget", "/rencontre", "/présent tous")
    (running,) = meetings(person.partnership)
    person.types("/prochaine rencontre 3 décembre 2099 ; 18 h ; salle 204")
    held, ahead = meetings(person.partnership)
    assert (held.id, held.get("on"), held.get("hour")) == (running.id, running.get("on"), None)
    assert (ahead.get("on"), ahead.get("hour")) == ("2099-12-03", "18 h") and not ahead.get("opened")
    person.types("/rencontre", "/terminer", "/prochaine rencontre 4 décembre 2099")
    assert [row.text("text", "fr") for row in unfinished_items(person.partnership, ahead.id)] == ["le budget"]
    assert [row.get("on") for row in meetings(person.partnership)] == [running.get("on"), "2099-12-04"]
    assert meetings(person.partnership)[1].get("hour") == "18 h"
