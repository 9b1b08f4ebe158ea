"""What is due at the line prompts, and what came of a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import Person
from tui.partnership.values import Change


def test_due_lists_lines_by_number_and_notes_what_came_of_one(pair: Person) -> None:
    cells = {"#order": "5", "text@fr": "un guide", "due": "2020-03"}
    pair.store.save(
        pair.id, [Change("objective0", "gather.objectives", name, value, "rows") for name, value in cells.items()]
    )
    said = pair.types("/échéances", "/échéances 9 fait", "/échéances 1 peut-être", "/échéances 1 en partie")
    assert "En retard" in said and "1  mars 2020 · Objectif : un guide" in said
    assert "Donnez le numéro d'une ligne" in said and "« peut-être » n'est rien de ceci" in said
    (noted,) = pair.partnership.rows("follow.outcomes", "rows")
    assert (noted.get("about"), noted.get("state")) == ("objective0", "partly")
    assert "Aucune échéance." in pair.types("/échéances 1", "/échéances")
    assert pair.partnership.rows("follow.outcomes", "rows")[-1].get("state") == "done"


def test_calendar_and_letters_are_written(pair: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    cells = {"#order": "5", "text@fr": "un guide", "due": "2020-03"}
    pair.store.save(
        pair.id, [Change("objective0", "gather.objectives", name, value, "rows") for name, value in cells.items()]
    )
    assert "pas de lettre à écrire" in pair.types("/échéances lettres")
    assert "~/Entente/" in pair.types("/échéances calendrier")
    (calendar,) = (tmp_path / "Entente").glob("*.ics")
    assert b"un guide" in calendar.read_bytes()
