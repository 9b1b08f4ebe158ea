"""Signatures at the line prompts."""

from __future__ import annotations

from tests.line_mode.person import GUIDE, Person
from tui.partnership.partners import WHO
from tui.partnership.values import Change
from tui.workspace.adoption import AdoptionOptions, record_adoption
from tui.workspace.workspace import Workspace


def test_signature_is_asked_for_and_noted(pair: Person) -> None:
    pair.store.save(
        pair.id, [Change(pair.partner(n), WHO, "status", "committed", "", (pair.partner(n),)) for n in (1, 2)]
    )
    assert "rien à signer" in pair.types("/signatures")
    workspace = Workspace(GUIDE, pair.store.load(pair.id), pair.store)
    record_adoption(workspace, pair.store, AdoptionOptions(reason="essai"))
    assert "0 signataire sur 2" in pair.types("/signatures")
    said = pair.types(
        "/signer ACSM", "/signer ACSM Windsor-Essex", "Ida Roy", "demain peut-être", "2020-03-03", "2", "", "", "oui"
    )
    for words in ("« ACSM »", "n'est pas un jour", "La signature est notée."):
        assert words in said
    assert "Ida Roy : 3 mars 2020, copie numérisée" in pair.types("/signatures")
    assert "Abandonné" in pair.types("/signer Université de Windsor", "/annuler")
