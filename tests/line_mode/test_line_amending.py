"""An amendment at the line prompts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import GUIDE, Person
from tui.partnership.partners import WHO
from tui.partnership.values import Change
from tui.workspace.adoption import AdoptionOptions, record_adoption
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled


@pytest.mark.slow
def test_amendment_is_read_out_and_adopted(pair: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    known = [pair.partner(number) for number in (1, 2)]
    pair.store.save(pair.id, [Change(one, WHO, "status", "committed", "", (one,)) for one in known])
    assert "Aucun texte n'est encore adopté" in pair.types("/avenant")
    workspace = Workspace(GUIDE, pair.store.load(pair.id), pair.store)
    record_adoption(workspace, pair.store, AdoptionOptions(reason="essai"))
    pair.store.save(pair.id, [Change("extra.context", "extra.context", "background@fr", "Trois ans déjà.")])
    assert "Trois ans déjà." in pair.types("/avenant")
    assert "ACSM Windsor-Essex est déjà partie au texte adopté." in pair.types("/avenant ACSM Windsor-Essex")
    assert "Sans valeur officielle" in pair.types("/avenant consolidé")
    told = pair.types("/avenant changements") + pair.types("/versions 1")
    assert told.count("[ajouté : Trois ans déjà.]") == 2 and "barré" not in told and "+" not in told
    assert "Avant :" in pair.types("/avenant lettre")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert pair.types("/avenant écrire").count("~/Entente/") == 7
    said = pair.types("/avenant adopter", "2027-03-01", "", "", "", "il le faut", "oui")
    assert "L'avenant est adopté" in said
    assert pair.store.versions(pair.id)[-1]["amendment"]["effect"] == "2027-03-01"
    assert "Aucun mot n'a changé" in pair.types("/avenant")
    assert "[ajouté : " in pair.types("/versions 1") and "[ajouté : " not in pair.types("/versions 2")
