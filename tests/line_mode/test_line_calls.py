"""Calls at the line prompts: noted, the page before the next one, what is next, the mail after it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.line_mode.person import Person
from tui.partnership.calls import calls_of
from tui.partnership.values import SETTINGS, TRIAL, Change


def test_call_is_noted_and_read_before_the_next(pair: Person) -> None:
    lines = ("/appel joint; Solange", "/note veut un bilan", "/appel suite rappeler; 3 mars 2099", "/appel")
    said = pair.types("/aller 1", "2", *lines, "/échéances")
    assert "l'appel est noté" in said
    assert "ACSM Windsor-Essex : aujourd'hui (un appel" in said and "rappeler, d'ici le 3 mars 2099" in said
    assert "Suite d'un appel : rappeler" in said
    (call,) = calls_of(pair.partnership, pair.partner(2), "fr")
    assert (call.outcome, call.caller, call.called, call.text) == ("spoke", "Animatrice", "Solange", "veut un bilan")


def test_they_called_and_nobody_was_reached(pair: Person) -> None:
    pair.types("/aller 1", "1", "/appel reçu; Solange", "/appel pas de réponse")
    found = calls_of(pair.partnership, pair.partner(1), "fr")
    assert {(call.outcome, call.caller, call.called) for call in found} == {
        ("spoke", "Solange", "Animatrice"), ("no_answer", "Animatrice", ""),
    }  # fmt: skip


def test_list_of_all_is_quiet_until_somebody_was_reached(pair: Person) -> None:
    assert "Aucun appel" in pair.types("/appel tous")
    pair.types("/aller 1", "2", "/appel joint")
    said = pair.types("/appel tous")
    assert "jamais joint" in said and "aujourd'hui" in said
    pair.store.save(pair.id, [Change(SETTINGS, SETTINGS, TRIAL, True)])
    assert "jamais joint" not in pair.types("/appel tous"), "those of a trial are nobody to be reached"


def test_mail_needs_something_to_tell(pair: Person) -> None:
    assert "il n'y a rien à relire" in pair.types("/aller 1", "2", "/appel courriel")


def test_word_that_is_no_outcome_is_refused(pair: Person) -> None:
    assert "message laissé" in pair.types("/aller 1", "2", "/appel peut-être")


def test_what_came_of_a_next_step_is_noted_in_private_and_its_calendar_is_ones_own(pair: Person) -> None:
    pair.types("/aller 1", "2", "/appel message", "/appel suite rappeler Solange; 3 mars 2099")
    listed = pair.types("/échéances")
    number = next(line.partition(" ")[0] for line in listed.splitlines() if "rappeler Solange" in line)
    folder = Path(os.environ["HOME"]) / "Entente"
    pair.types("/échéances calendrier")
    assert not any("rappeler Solange" in file.read_text(encoding="utf-8") for file in folder.glob("*.ics"))
    pair.types("/échéances mon calendrier")
    assert any("rappeler Solange" in file.read_text(encoding="utf-8") for file in folder.glob("*.ics"))
    pair.types(f"/échéances {number} fait")
    assert "rappeler Solange" not in pair.types("/échéances")
    public = json.dumps(pair.store.public_document(pair.id))
    assert "done" not in public and "follow.outcomes" not in public
