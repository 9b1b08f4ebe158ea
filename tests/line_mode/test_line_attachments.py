"""The annexes of the text line by line: attached with their file, read by number, changed, written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import Person


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_attached_read_changed_and_written(pair: Person, tmp_path: Path) -> None:
    file = tmp_path / "budget.csv"
    file.write_text("poste;somme\n", encoding="utf-8")
    assert "Aucune copie" in pair.types("/joindre écrire")
    pair.types("/joindre Budget 2027", str(file))
    pair.types("/joindre Carte", str(file))
    said = pair.types("/joindre")
    assert "1. Budget 2027, copie du" in said and "2. Carte, copie du" in said and "(budget.csv)" in said
    pair.types("/joindre 2 haut", "/joindre 1 Carte du quartier", "/joindre 2 fichier", str(file))
    said = pair.types("/attach")
    assert "1. Carte du quartier" in said and "2. Budget 2027" in said
    assert pair.types("/joindre écrire").count("Écrit :") == 2
    assert "Carte du quartier" not in pair.types("/joindre 1 ôter", "/joindre").rpartition("1. ")[2]
    assert "Il n’y a pas d’annexe 9" in pair.types("/joindre 9 haut")
    assert "abandonné" in pair.types("/joindre Politique", "").lower()
    assert "Annexe 1 : Budget 2027, copie du" in pair.types("/document").replace("\u00a0", " ")
