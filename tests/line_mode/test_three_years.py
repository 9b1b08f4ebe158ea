"""One partnership lived through three years at the line prompts: each list right on its day, nothing private told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.life import SECRETS, Life, begun
from tests.export.pdf_reading import text_of
from tests.workspace.unpacked import unpacked

pytestmark = pytest.mark.slow


def says(life: Life, *lines: str) -> str:
    """What line mode says to these lines on the present day, in plain letters."""
    told = life.run("plain", stdin="".join(f"{line}\n" for line in lines))
    life.heard.pop()  # it is said to the one who types, private lines too: what leaves is in the files
    return told.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def late(life: Life) -> list[str]:
    """The lines that line mode lists as late on the present day, but the private money that nobody found."""
    told = says(life, "/échéances")
    if "\nEn retard" not in told:
        return []
    behind = told.split("\nEn retard", 1)[1].split("\n")[1:]
    found = []
    for line in behind:
        if not line[:1].isdigit():
            break
        found.append(line.split(" · ", 1)[-1].split("  ", 1)[-1])
    return [line for line in found if line != "Argent : SECRET fonds"]


def test_three_years_at_the_line_prompts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    life = begun(tmp_path, monkeypatch, capsys)
    _two_drafts(life)
    _adopt_and_sign(life)
    _first_year(life)
    _joiner(life)
    _amendment(life)
    _review_and_renewal(life)
    _health(life)
    _leaver(life)
    _nothing_private(life, tmp_path)


def _position(life: Life, partner: str, *answers: str) -> str:
    """Answer the whole text for a partner at its question, commitments left as they are."""
    return says(life, "/aller commit.consensus", f"/partenaire {partner}", "/plus", "", *answers)


def _two_drafts(life: Life) -> None:
    says(life, "/envoyer", "", "", "2026-11-20", "", "Marie", "", "", "", "oui")
    _position(life.on("2026-11-15"), "1", "accord", "", "")
    assert late(life.on("2026-11-21")) == ["Réponse à l'ébauche 1 (Clinique)"]
    assert "~/Entente/lettres-de-suivi/" in says(life, "/échéances lettres")
    _position(life.on("2026-12-01"), "2", "accord avec réserve", "SECRET note", "", "SECRET coffre")
    assert late(life) == [], "a late answer is an answer"
    says(life, "/aller objectifs", "1", "former quinze bénévoles")
    says(life.on("2026-12-05"), "/envoyer", "", "", "2026-12-20", "", "", "", "", "", "oui")
    assert "Réponse à confirmer sur le nouveau texte (Collège)" in says(life, "/échéances")
    for name in ("1", "2"):
        _position(life.on("2026-12-18"), name, "accord", "", "", "", "oui")
    _position(life, "2", "", "", "oui", "conseil", "2027-01-12")
    assert late(life.on("2027-01-13")) == ["À entériner par le conseil (Clinique)"], late(life)
    _position(life.on("2027-01-14"), "2", "", "", "", "", "", "", "", "", "CA-7", "2027-01-14")
    assert late(life) == []


def _adopt_and_sign(life: Life) -> None:
    assert "Adopté" in says(life.on("2027-01-20"), "/adopter", "", "4", "", "tout est dit", "oui")
    assert says(life, "/signer envoyer").count("signature-") == 4
    assert says(life, "/échéances").count("Signature attendue") == 2
    paper = life.home / "scan.pdf"
    paper.write_bytes(b"%PDF-1.7")
    life.on("2027-02-01")
    assert "est notée" in says(life, "/signer 1", "", "", "", "SECRET coffre", str(paper), "oui")
    says(life, "/signer résolution CA-7 de la Clinique", str(paper))
    said = says(life, "/signatures")
    assert "1 signataire sur 2" in said and "CA-7 de la Clinique (extrait certifié de résolution), copie" in said
    says(life.on("2027-02-10"), "/signer 2", "", "", "plateforme de signature", "", "", "oui")
    assert "En vigueur depuis le 10 février 2027." in says(life, "/signatures")
    assert "Signature attendue" not in says(life, "/échéances")


def _first_year(life: Life) -> None:
    assert late(life.on("2027-06-02")) == ["Objectif : former quinze bénévoles"]
    says(life, "/bilan 1 fait; quatorze en vérité; Collège; mai 2027")
    assert late(life) == []
    assert "fait, depuis : mai 2027" in says(life, "/bilan lire")
    assert "Reddition de comptes : le bilan" in says(life, "/échéances")
    assert late(life.on("2027-07-02")) == ["Reddition de comptes : le bilan"]
    assert "« tenu » n'est rien de ceci : fait, abandonné." in says(life, "/échéances 2 tenu")
    assert late(life) == ["Reddition de comptes : le bilan"]
    says(life, "/échéances 2 fait")
    assert late(life) == [] and "juin 2028 · Reddition de comptes : le bilan" in says(life, "/échéances")
    assert "changé depuis" not in says(life, "/plan"), "what came of a promise changes no word"


def _joiner(life: Life) -> None:
    life.on("2027-09-01")
    life.answer("open.who", {"name": "Refuge", "status": "committed", "reason": "SECRET raison"}, op="add")
    life.answer("open.contributions", {"text": "accueillir le samedi", "state": "accepted"}, "Refuge", op="add")
    text = says(life, "/avenant Refuge")
    assert "Refuge a lu le texte adopté" in text and "accueillir le samedi" in text
    assert "« Un nouvel organisme adhère par écrit. »" in text
    assert "L'adhésion prend effet" in says(life, "/avenant lettre Refuge")
    says(life, "/avenant adopter Refuge", "2027-10-01", "", "", "", "accueil", "oui")
    says(life.on("2027-09-20"), "/signer 3", "Ida Refuge", "", "", "", "", "oui")
    assert "Prendra effet le 1er octobre 2027." in says(life, "/signatures")


def _amendment(life: Life) -> None:
    says(life.on("2028-02-01"), "/aller objectifs", "ouvrir un second point")
    assert "est remplacée par ce qui suit" in says(life, "/avenant")
    letter = says(life, "/avenant lettre")
    assert "Avant :" in letter and "ouvrir un second point" in letter
    assert says(life, "/avenant écrire").count("~/Entente/") == 7
    says(life, "/avenant adopter", "2028-03-01", "", "", "", "convenu", "oui")
    for number, name in enumerate(("Collège", "Clinique", "Refuge"), 1):
        says(life.on("2028-02-15"), f"/signer {number}", f"Ida {name}", "", "", "", "", "oui")
    assert "Prendra effet le 1er mars 2028." in says(life, "/signatures")
    assert "En vigueur depuis le 1er mars 2028." in says(life.on("2028-03-02"), "/signatures")
    assert "Sans valeur officielle" in says(life, "/document")
    assert "Avenant n° 1" in says(life, "/versions")


def _review_and_renewal(life: Life) -> None:
    assert "Révision de l'entente" in late(life.on("2028-07-01"))
    life.answer("extra.review", {"date": "2030-06", "renewal": "tacit", "notice": 60})
    assert "Révision de l'entente" not in late(life)
    assert "Dernier jour pour aviser qu'on ne renouvelle pas" in says(life.on("2028-10-15"), "/échéances")
    assert "31 décembre 2029 · L'entente se renouvelle" in says(life.on("2029-01-02"), "/échéances")
    assert ".ics" in says(life, "/échéances calendrier")


def _health(life: Life) -> None:
    life.on("2029-02-01")
    assert "0 sur au moins 3" in says(life, "/santé")
    for number in ("1", "2"):
        says(life, f"/santé {number}", "oui", "pas encore", "/annuler")
    assert "2 sur au moins 3" in says(life, "/santé")
    says(life, "/santé 3", "oui", "oui", "/annuler")
    told = says(life, "/santé")
    assert "1 oui, 2 pas encore" in told and "3 oui" in told
    before = says(life, "/document")
    assert "Objectifs" in says(life, "/santé discuter 2; Collège; 1er mars 2029")
    assert says(life, "/document") == before, "a point for the table changes no word of what was adopted"
    still = late(life.on("2029-03-02"))
    assert still == ["Fin du mandat de pilotage (Clinique)", "Reddition de comptes : le bilan",
                    "Point à régler : Nos objectifs sont clairs et à notre portée."]  # fmt: skip


def _leaver(life: Life) -> None:
    said = says(life.on("2029-05-01"), "/départ 2", "2029-05-31", "2029-03-01", "oui", "SECRET départ", "oui", "1", "1",
                "-", "", "le solde revient au Collège", "", "oui")  # fmt: skip
    assert "Écrit : ~/Entente/depart-de" in said
    assert "Départ (Clinique)" in says(life, "/échéances")
    assert "Ida Clinique" in life.says("sign", "--version", "1"), "past signatures keep their name"
    assert life.on("2029-06-02").listed()["partners"] == 2, "who left counts no more"
    says(life, "/personne Ida Collège", "Ana Collège", "Ana Collège", "oui")
    assert "Ida Collège" in life.says("sign", "--version", "1")


def _nothing_private(life: Life, home: Path) -> None:
    assert "~/Entente/" in says(life, "/bailleurs", "/bilan écrire", "/santé écrire")
    made = [path for path in (home / "Entente").rglob("*") if path.is_file() and path.suffix != ".zip"]
    assert len(made) > 40
    told = "\n".join(life.heard) + "\n".join(path.name + _read(path) for path in made)
    assert [one for one in SECRETS if one in told] == []


def _read(path: Path) -> str:
    return text_of(path.read_bytes()) if path.suffix == ".pdf" else unpacked(path.read_bytes())
