"""Signatures at the line prompts."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.line_mode.person import GUIDE, Person
from tui.line_mode import line_signing
from tui.line_mode.line_dialog import LineDialog
from tui.line_mode.line_streams import LineStreams
from tui.partnership.partners import WHO
from tui.partnership.values import Change
from tui.workspace.adoption import AdoptionOptions, record_adoption
from tui.workspace.signing import SignatureOptions
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled


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


def test_text_is_sent_for_signature_and_papers_are_kept(
    pair: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    pair.store.save(
        pair.id, [Change(pair.partner(n), WHO, "status", "committed", "", (pair.partner(n),)) for n in (1, 2)]
    )
    record_adoption(Workspace(GUIDE, pair.store.load(pair.id), pair.store), pair.store, AdoptionOptions(reason="essai"))
    assert pair.types("/signer envoyer").count("~/Entente/") == 6
    assert "transmis le" in pair.types("/signatures")
    paper = tmp_path / "ca-7.pdf"
    paper.write_bytes(b"%PDF-1.7 la resolution")
    assert "Aucune copie n'est gardée" in pair.types("/signer copies")
    assert "Il n'y a pas de fichier" in pair.types("/signer résolution CA-7", str(tmp_path / "rien.pdf"), str(paper))
    assert "CA-7 (extrait certifié de résolution), copie : ca-7.pdf" in pair.types("/signatures")
    paper.unlink()
    pair.types("/signer copies")
    assert (tmp_path / "Entente" / "ca-7.pdf").read_bytes() == b"%PDF-1.7 la resolution"
    assert "Abandonné : rien n'a été noté." in pair.types("/signer annexe Carte", "/annuler")


def test_what_is_asked_of_a_signature_is_noted_each_in_its_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(line_signing, "usual_signer", lambda workspace, version, partner: ("Ida Roy", "directrice"))
    paper = tmp_path / "signée.pdf"
    paper.write_bytes(b"%PDF-1.7")
    lines = ("Luc Viau", "2020-03-03", "2", "au classeur bleu", str(paper), "oui")
    dialog = LineDialog(LineStreams(io.StringIO("".join(f"{line}\n" for line in lines)), io.StringIO()))
    workspace: Any = SimpleNamespace(lang="fr", guide=GUIDE)
    version: Any = None
    options = line_signing._ask_signature(dialog, workspace, version, "partner000", "Collège")
    means = list(GUIDE.choices["signing_means"])[1]
    assert options == SignatureOptions(
        "partner000", "Luc Viau", "directrice", "2020-03-03", means=means, original="au classeur bleu", file=paper
    )
