"""One partnership lived through three years on a clock that moves: each list right on its day, nothing private told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.cli.life import SECRETS, Life, begun
from tests.workspace.unpacked import unpacked


def test_three_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    life = begun(tmp_path, monkeypatch, capsys)
    two_drafts(life)
    adopt_and_sign(life)
    first_year(life)
    joiner(life)
    amendment(life)
    review_and_renewal(life)
    leaver(life)
    nothing_private(life, tmp_path)


def two_drafts(life: Life) -> None:
    """Send two drafts: an answer that is late, one that changes, one to be ratified."""
    life.run("send", "--yes", "--by", "2026-11-20", "--format", "docx,eml", "--folder", "envoi1")
    assert {when for when, text in life.due() if "Réponse" in text} == {"month"}
    life.on("2026-11-15").answer("commit.consensus", {"level": "agree"}, "Collège")
    assert life.on("2026-11-21").late() == ["Réponse à l'ébauche 1 (Clinique)"]
    assert life.listed()["late"] == 1
    life.run("due", "--letters", "lettres")
    life.on("2026-12-01").answer(
        "commit.consensus",
        {"level": "reservation", "reservation": "SECRET note", "ratify_by": "SECRET coffre"},
        "Clinique",
    )
    assert life.late() == [], "a late answer is an answer"
    life.answer("gather.objectives", {"text": "former quinze bénévoles", "due": "2027-05"}, op="add", key="volunteers")
    life.on("2026-12-05").run("send", "--yes", "--by", "2026-12-20", "--format", "docx,eml", "--folder", "envoi2")
    said = [text for _when, text in life.due()]
    assert "Réponse à confirmer sur le nouveau texte (Collège)" in said
    for name in ("Collège", "Clinique"):
        life.on("2026-12-18").answer("commit.consensus", {"level": "agree"}, name)
    life.answer(
        "commit.consensus",
        {"level": "agree", "leave": "yes", "ratify_by": "conseil", "ratify_on": "2027-01-12"},
        "Clinique",
    )
    assert "À entériner par le conseil (Clinique)" in life.on("2027-01-13").late()
    life.answer("commit.consensus", {"level": "agree", "resolution": "CA-7", "ratified_on": "2027-01-14"}, "Clinique")
    assert life.late() == []


def adopt_and_sign(life: Life) -> None:
    """Adopt the text and gather its signatures."""
    life.on("2027-01-20").run("adopt", "--yes", "--reason", "tout est dit", "--resolution", "4")
    assert "Ensuite" not in life.says("show")
    life.run("sign", "--send", "pages")
    assert sum("Signature attendue" in text for _when, text in life.due()) == 2
    (life.home / "scan.pdf").write_bytes(b"%PDF-1.7")
    life.on("2027-02-01").run(
        "sign", "Collège", "--date", "2027-02-01", "--original", "SECRET coffre", "--file", "scan.pdf"
    )
    assert "1 signataire sur 2" in life.says("sign")
    life.on("2027-02-10").run("sign", "Clinique", "--date", "2027-02-10", "--means", "plateforme de signature")
    assert "En vigueur depuis le 10 février 2027." in life.says("sign")
    assert not any("Signature attendue" in text for _when, text in life.due())


def first_year(life: Life) -> None:
    """Note what came of an objective; a report comes back."""
    assert life.on("2027-06-02").late() == ["Objectif : former quinze bénévoles"]
    listed = life.says("standing", "--list")
    assert "former quinze bénévoles" in listed
    life.run("standing", "--note", "1", "fait; quatorze en vérité; Collège; mai 2027")
    assert life.late() == []
    assert "fait, depuis : mai 2027" in life.says("standing")
    assert "Reddition de comptes : le bilan" in [text for _when, text in life.due()]
    assert life.on("2027-07-02").late() == ["Reddition de comptes : le bilan"]
    assert "Adopté." in life.says("check"), "what came of a promise changes no word"


def joiner(life: Life) -> None:
    """A third partner joins by the clause."""
    life.on("2027-09-01").answer(
        "open.who", {"name": "Refuge", "status": "committed", "reason": "SECRET raison"}, op="add"
    )
    life.answer("open.contributions", {"text": "accueillir le samedi", "state": "accepted"}, "Refuge", op="add")
    text = life.says("amend", "--join", "Refuge", "--effect", "2027-10-01")
    assert "Adhésion à l'entente" in text.capitalize() or "ADHÉSION À L'ENTENTE" in text
    assert "Refuge a lu le texte adopté" in text and "accueillir le samedi" in text
    assert "« Un nouvel organisme adhère par écrit. »" in text and "le 1er octobre 2027" in text
    life.run(
        "amend", "--join", "Refuge", "--effect", "2027-10-01", "--adopt", "--reason", "accueil", "--folder", "adhesion"
    )
    life.on("2027-09-20").run("sign", "Refuge", "--by", "Ida Refuge", "--date", "2027-09-20")
    assert "Prendra effet le 1er octobre 2027." in life.says("sign")
    assert "En vigueur depuis le 10 février 2027." in life.says("sign", "--version", "1"), "its signatures are its own"
    assert "à jour de l'adhésion de Refuge" in life.says("show")


def amendment(life: Life) -> None:
    """Change an article by an amendment that all sign."""
    life.on("2028-02-01").answer("gather.objectives", {"text": "ouvrir un second point", "due": "2028-10"}, op="add")
    assert "est remplacée par ce qui suit" in life.says("amend")
    life.run("amend", "--effect", "2028-03-01", "--adopt", "--reason", "convenu", "--folder", "avenant")
    for name in ("Collège", "Clinique", "Refuge"):
        life.on("2028-02-15").run("sign", name, "--by", f"Ida {name}", "--date", "2028-02-15")
    assert "Prendra effet le 1er mars 2028." in life.says("sign")
    assert "En vigueur depuis le 1er mars 2028." in life.on("2028-03-02").says("sign")
    assert "Sans valeur officielle" in life.says("show")
    versions = life.says("versions")
    assert "Avenant n° 1" in versions


def review_and_renewal(life: Life) -> None:
    """The review is done and moves; the term is renewed."""
    assert "Révision de l'entente" in life.on("2028-07-01").late()
    life.answer("extra.review", {"date": "2030-06", "renewal": "tacit", "notice": 60})
    assert "Révision de l'entente" not in life.late()
    on_term = {text: when for when, text in life.on("2028-10-15").due()}
    assert on_term["Dernier jour pour aviser qu'on ne renouvelle pas"] == "later"
    life.on("2029-01-02")
    calendar: Any = Calendar.from_ical(life.run("due", "--ics", "-").encode())
    days = {
        str(one["uid"]).partition("@")[0].removeprefix(f"{life.id}-"): one.decoded("dtstart") for one in calendar.events
    }
    assert days["term"].isoformat() == "2029-12-31" and days["notice"].isoformat() == "2029-11-01"


def leaver(life: Life) -> None:
    """A partner leaves, and its roles go to another."""
    life.on("2029-05-01").run("leave", "Clinique", "--date", "2029-05-31", "--notice", "2029-03-01", "--reason",
                              "SECRET départ", "--letter", "depart.txt")  # fmt: skip
    assert "Départ (Clinique)" in [text for _when, text in life.due()]
    assert "1. " in life.says("leave", "Clinique")
    left = life.says("leave", "Clinique", "--to", "1", "Collège", "--to", "2", "Collège")
    assert "coordonner" not in left
    assert life.on("2029-06-02").listed()["partners"] == 2, "who left counts no more"
    assert "Ida Clinique" in life.says("sign", "--version", "1"), "past signatures keep their name"


def nothing_private(life: Life, home: Path) -> None:
    """No word of a private place stands in anything that was printed or written."""
    life.run("funders", "bailleurs.csv")
    life.run("standing", "--output", "bilan.docx")
    life.run("export", "entente.docx")
    told = "\n".join(life.heard)
    for folder in ("envoi1", "envoi2", "pages", "adhesion", "avenant", "lettres"):
        made = [path for path in (home / folder).rglob("*") if path.is_file() and path.suffix != ".pdf"]
        assert made, folder
        told += "\n".join(path.name + unpacked(path.read_bytes()) for path in made)
    told += "\n".join(
        unpacked((home / name).read_bytes()) for name in ("bailleurs.csv", "bilan.docx", "entente.docx", "depart.txt")
    )
    assert [one for one in SECRETS if one in told] == []
