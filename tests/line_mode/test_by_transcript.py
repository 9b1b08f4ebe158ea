"""From nothing to a text that is sent and adopted, by the transcript alone, as a screen reader gives it."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.line_mode.person import Person
from tui.partnership.versions import read_versions, sendings

pytestmark = pytest.mark.sampled

LINES = (
    "Maison Clairlac", "Collège des Grands-Vents", "",
    "/aller 1", "1", "", "intéressé", "/aller 1", "2", "", "intéressé",
    "/aller vision", "Personne ne reste seul le soir.", "", "Ouvrir un lieu d'accueil.", "",
    "/aller contributions", "oui", "prêter une salle le mardi", "/plan",
    "/envoyer", "info@clairlac.example", "", "", "courriel", "15 décembre 2026", "premier jet", "Marie Tremblay",
    "", "", "", "oui",
    "/réponses", "/versions",
    "/adopter", "20 décembre 2026", "CA-7", "", "les deux organismes y tiennent", "oui",
    "/versions", "/document 3", "/quitter",
)  # fmt: skip


ENGLISH = (
    "Clairlac House", "North Wind College", "",
    "/go 1", "1", "", "interested", "/go 1", "2", "", "interested",
    "/go vision", "No one stays alone at night.", "", "Open a place.", "",
    "/go contributions", "yes", "lend a room on Tuesdays", "/undo", "/redo", "/plan", "/step 1", "/step 2",
    "/agenda", "/meeting", "/present all", "/decision Open on Tuesdays",
    "/task Book the room; Clairlac House; 2027-03-03", "/task Call; Clairlac House", "/minutes", "/close",
    "/send", "info@clairlac.example", "", "", "e-mail", "2026-12-15", "first try", "Marie Tremblay",
    "", "", "", "yes",
    "/answers", "/versions",
    "/adopt", "2026-12-20", "CA-7", "", "both of them want it", "yes",
    "/versions", "/document 3", "/quit",
)  # fmt: skip


@pytest.fixture
def transcript(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Person, str]:
    person = Person(tmp_path / "store", monkeypatch)
    return person, person.types(*LINES).replace("’", "'")


def test_a_text_is_sent_and_adopted(transcript: tuple[Person, str]) -> None:
    person, said = transcript
    (row,) = sendings(person.partnership)
    assert (row.get("answer_by"), row.get("to")) == ("2026-12-15", "info@clairlac.example")
    draft, adopted = read_versions(person.store.versions(person.id))
    assert (draft.status, adopted.status, adopted.resolution) == ("draft", "adopted", "CA-7")
    assert adopted.reason == "les deux organismes y tiennent"
    assert "Adopté, 20 décembre 2026" in said and "Tout est enregistré" in said
    assert "Maison Clairlac" in said.split("/versions")[-1] or "Maison Clairlac" in said


def test_the_transcript_says_what_each_line_did(transcript: tuple[Person, str]) -> None:
    _person, said = transcript
    assert "« oui » n'est pas une ligne de cette liste" in said, "a yes is no commitment"
    assert "Enregistré, ligne 1." in said and "État :" in said.split("Enregistré, ligne 1.")[1].split("\n")[0]
    assert "réponse à l'ébauche 1" in said, "whose answer is awaited"
    assert re.search(r"1\. Ébauche 1, .*premier jet", said) and re.search(r"2\. Texte adopté, .*CA-7", said)
    numbers = [int(number) for number in re.findall(r"question (\d+)\)", said)]
    assert all(number <= 17 for number in numbers), "numbers are the guide's"


def test_nothing_is_read_twice_in_a_row(transcript: tuple[Person, str]) -> None:
    _person, said = transcript
    spoken = [line for line in said.split("\n") if len(line) > 25 and not line.endswith(":")]
    twice = [one for one, next_one in pairwise(spoken) if one == next_one]
    assert twice == []
    assert "{" not in said and "\x1b" not in said


def test_the_same_in_english_with_a_meeting_in_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person(tmp_path / "store", monkeypatch)
    said = person.types(*ENGLISH, lang="en")
    draft, adopted = read_versions(person.store.versions(person.id))
    assert (draft.status, adopted.status, adopted.reason) == ("draft", "adopted", "both of them want it")
    assert said.count("MINUTES OF THE MEETING") == 1 and "“yes” is no line of this list" in said
    assert "The addition of “lend a room on Tuesdays”." in said
    assert "Saved, a task: Book the room; Clairlac House; March 3, 2027." in said
    assert not re.search(": [–—]", said), "a dash is heard as nothing"
    spoken = [line for line in said.split("\n") if len(line) > 25 and not line.endswith(":")]
    assert [one for one, next_one in pairwise(spoken) if one == next_one] == []
    assert not re.search(r"[{}]|\x1b| :|« ", said)
