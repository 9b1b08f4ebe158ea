"""The list of answers at the line prompts, and an answer noted by telephone, told back and confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import Person
from tui.partnership.received_answers import RECEIVED


def test_answer_is_noted_told_back_and_confirmed(pair: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    before = pair.types("/réponses")
    assert "Pas encore sollicités" in before
    pair.types("/aller commit.consensus", "/partenaire 1", "", "accord")
    said = pair.types("/aller commit.consensus", "/partenaire 1", "/téléphone Solange Viau")
    assert "à confirmer" in said
    (row,) = pair.partnership.rows(RECEIVED, "rows")
    assert row.get("said_by") == "Solange Viau" and row.subject == (pair.partner(1),)
    told = pair.types("/réponses")
    assert "À confirmer (1)" in told and "dit au téléphone par Solange Viau" in told
    number = next(line.partition(".")[0] for line in told.splitlines() if "Solange" in line)
    assert "Répondez « exact » ou corrigez." in pair.types(f"/réponses {number} courriel").replace("\u00a0", " ")
    assert "Donnez le numéro d'une ligne" in pair.types(f"/réponses {number} peut-être")
    assert not pair.partnership.rows(RECEIVED, "rows")[0].get("confirmed")
    assert "confirmé" in pair.types(f"/réponses {number} exact")
    assert pair.partnership.rows(RECEIVED, "rows")[0].get("confirmed")


@pytest.mark.parametrize(
    "typed",
    ["/réponses 9 exact", "/réponses 0000019 exact", "/réponses 1 exact", "/réponses 1", "/réponses x", "/téléphone"],
)
def test_what_is_not_meant_is_said_and_changes_nothing(pair: Person, typed: str) -> None:
    before = pair.partnership.entries
    pair.types("/aller commit.consensus", typed)
    assert pair.partnership.entries == before
