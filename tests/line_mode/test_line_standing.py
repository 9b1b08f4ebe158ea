"""What came of the promises, at the line prompts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import Person
from tui.partnership.values import Change
from tui.settings import Settings


def test_promise_is_told_and_noted(pair: Person) -> None:
    assert "Encore aucun objectif" in pair.types("/bilan")
    cells = {"#order": "5", "text@fr": "un guide"}
    pair.store.save(pair.id, [Change("objective0", "gather.objectives", name, cells[name], "rows") for name in cells])
    said = pair.types("/bilan 1 fait; remis", "/bilan", "/bilan 1 perdu")
    assert "1. un guide · fait : remis" in said and "« perdu » n'est rien de ceci" in said


def test_yearly_page_and_the_table_for_funders_are_written(
    pair: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    cells = {"#order": "5", "text@fr": "un guide"}
    pair.store.save(pair.id, [Change("objective0", "gather.objectives", name, cells[name], "rows") for name in cells])
    sought = {"#order": "5", "source@fr": "fonds tu", "status": "sought", "due": "2099-05-01"}
    pair.store.save(pair.id, [Change("sought0000", "commit.funding", name, sought[name], "rows") for name in sought])
    assert "fonds tu" in pair.types("/échéances")
    page = pair.types("/bilan lire")
    assert "OÙ NOUS EN SOMMES" in page and "2099" not in page and "fonds tu" not in page, "that is private"
    assert "OÙ NOUS EN SOMMES" in pair.types("/bilan lire", lang="en", settings=Settings(doc_lang="fr"))
    said = pair.types("/bilan écrire", "/bailleurs")
    written = sorted(path.suffix for path in (tmp_path / "Entente").iterdir())
    assert written == [".csv", ".docx", ".pdf"] and said.count("~/Entente/") == 3
    (table,) = (tmp_path / "Entente").glob("*.csv")
    assert "un guide" in table.read_text(encoding="utf-8-sig")
