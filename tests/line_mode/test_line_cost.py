"""What another wording would cost, line by line: said as on the page, and nothing written."""

from __future__ import annotations

import pytest

from tests.line_mode.person import TWO
from tui.partnership.values import Change


def plain(text: str) -> str:
    """Text with plain spaces and apostrophes."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def section(person) -> str:
    """Two partners who said yes to a text with one objective; the number of its section."""
    person.types(*TWO)
    person.store.save(person.id, [Change("objective0", "gather.objectives", "text@fr", "un guide", "rows")])
    person.types("/aller dire oui", "", "accord", "/aller dire oui", "/partenaire 2", "", "accord")
    said = person.types("/document")
    return next(line.split(".")[0] for line in said.splitlines() if ". Objectifs" in line and line[:1].isdigit())


def test_it_says_whose_answer_is_reopened_and_whose_condition_is_touched(person) -> None:
    label = section(person)
    person.types(f"/condition section {label} 1; {TWO[1]}; oui si c'est en mars")
    said = plain(person.types(f"/coût {label} 1 deux guides"))
    assert "Rouvre" in said and "Touche la condition de l'ACSM Windsor-Essex : à lui demander." in said
    (row,) = person.partnership.rows("gather.objectives", "rows")
    assert row.text("text", "fr") == "un guide", "nothing is written"


def test_the_words_that_stand_cost_nothing_and_a_section_is_read(person) -> None:
    label = section(person)
    said = plain(person.types(f"/coût {label} 1 un guide", f"/coût {label}", "/coût"))
    assert "Ce sont les mots qui y sont." in said and "1. un guide" in said.lower()
    assert "Rouvre" not in said, "no version is kept, and nothing changed"
    cells = {"text@fr": "un bus", "#order": "z"}
    person.store.save(
        person.id, [Change("objective1", "gather.objectives", cell, cells[cell], "rows") for cell in cells]
    )
    assert "Ce sont les mots qui y sont." in plain(person.types(f"/coût {label} 2 un bus"))


@pytest.mark.parametrize("typed", ["/coût 99 1 mots", "/cost 99", "/coût 1 99 mots"])
def test_what_is_no_sentence_is_said(person, typed: str) -> None:
    section(person)
    said = plain(person.types(typed))
    assert "Tapez" in said or "n'a pas de phrase" in said
    assert "Traceback" not in said
