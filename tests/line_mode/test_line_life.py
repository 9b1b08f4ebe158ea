"""The life of a sentence at the line prompts."""

from __future__ import annotations

from tests.line_mode.person import NBSP, Person


def test_life_of_the_present_answer_and_of_a_section(pair: Person) -> None:
    pair.types("/aller 9", "Des étudiants soutenus", "")
    told = pair.types("/aller 9", "/vie").replace(NBSP, " ")
    assert "Écrit : « Des étudiants soutenus »" in told and "Pas encore de oui" in told
    assert "Écrit : « Des étudiants soutenus »" in pair.types("/vie vision").replace(NBSP, " ")
    assert "Aucune phrase n'est encore écrite ici" in pair.types("/aller 10", "/vie")
