"""The life of a sentence at the line prompts."""

from __future__ import annotations

from tests.line_mode.person import NBSP, Person
from tui.partnership.values import Change


def test_life_of_the_present_answer_and_of_a_section(pair: Person) -> None:
    pair.types("/aller 9", "Des étudiants soutenus", "")
    told = pair.types("/aller 9", "/vie").replace(NBSP, " ")
    assert "Écrit : « Des étudiants soutenus »" in told and "Pas encore de oui" in told
    assert "Écrit : « Des étudiants soutenus »" in pair.types("/vie vision").replace(NBSP, " ")
    for number, words in ((1, "un bus"), (2, "une salle")):
        cells, whose = {"text@fr": words, "state": "accepted"}, (pair.partner(number),)
        pair.store.save(
            pair.id,
            [Change(f"row{number}aaaaaa", "open.contributions", cell, cells[cell], "rows", whose) for cell in cells],
        )
    told = pair.types("/aller open.contributions", "/partenaire 2", "/vie")
    assert "une salle" in told and "un bus" not in told.partition("Écrit")[2]
    assert "Aucune phrase n'est encore écrite ici" in pair.types("/aller 10", "/vie")
