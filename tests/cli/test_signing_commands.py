"""`entente sign`: what is refused and why, signatures noted, the files to be signed; nothing private is told."""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.cli.shell import Shell
from tui.cli import signing_commands

PEOPLE = {"people": [{"name": "Solange Viau", "title": "directrice", "signs": True}]}
ANSWERS = (
    {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "committed"}},
    {"question": "open.who", "op": "add", "value": {"name": "Clinique", "status": "committed"}},
    {"question": "open.who", "partner": "Collège", "op": "set", "value": PEOPLE},
)  # fmt: skip


def adopted(shell: Shell) -> str:
    """A partnership with an adopted text, that the first partner signs by a person it names."""
    name = shell.new("Le soir")
    assert shell.answer(name, *ANSWERS).code == 0
    assert shell("adopt", name, "--yes", "--reason", "essai").code == 0
    return name


def test_each_refusal_names_what_is_missing(shell: Shell) -> None:
    name = shell.new("Le soir")
    shell.answer(name, *ANSWERS)
    assert "aucun texte n'est encore adopté" in refused(shell, name)
    shell("adopt", name, "--yes", "--reason", "essai")
    assert "aucun partenaire ne s'appelle « Personne »" in refused(shell, name, "Personne")
    shell.answer(name, {"question": "open.who", "op": "add", "value": {"name": "Tardif", "status": "committed"}})
    said = refused(shell, name, "Tardif")
    assert "« Tardif » ne signe pas cette version. La signent : Collège, Clinique." in said
    assert "Quel jour Solange Viau" in refused(shell, name, "Collège")
    assert "Qui a signé pour Clinique ?" in refused(shell, name, "Clinique", "--date", "2026-11-20")
    assert "est à venir" in refused(shell, name, "Collège", "--date", "2190-01-01")
    assert "n'est rien de ceci" in refused(shell, name, "Collège", "--date", "2020-01-01", "--means", "par magie")
    assert "Pour quel partenaire" in refused(shell, name, "--by", "Ida")
    assert "Il n'y a pas de version adoptée 2" in refused(shell, name, "--version", "2")
    assert shell("sign", name, "Collège", "--date", "2020-01-01").code == 0
    assert "a déjà signé" in refused(shell, name, "Collège", "--by", "solange viau", "--date", "2020-01-02")


def refused(shell: Shell, *words: str) -> str:
    """What a refused call says."""
    done = shell("sign", *words)
    assert done.code == 2 and done.out == ""
    return done.err.replace("\u00a0", " ")


def test_signatures_put_the_text_in_force_and_stay_with_it(shell: Shell) -> None:
    name = adopted(shell)
    (shell.home / "page.pdf").write_bytes(b"%PDF-1.7 signed")
    first = shell("sign", name, "Collège", "--date", "2020-03-03", "--original", "COFFRE", "--file", "page.pdf")
    assert "Pas encore en vigueur : 1 signataire sur 2 a signé." in first.out and "COFFRE" not in first.out + first.err
    shell("sign", name, "Clinique", "--by", "Ida Roy", "--date", "2020-03-10", "--means", "plateforme de signature")
    found = shell("sign", name, "--json").data
    assert found["in_force_on"] == "2020-03-10" and [one["signed_on"] for one in found["parties"]] == [
        "2020-03-03",
        "2020-03-10",
    ]
    assert found["parties"][1]["signers"][0]["means"] == "platform"
    kept = [path.read_bytes() for path in Path(shell.home).rglob("adopted-*.pdf")]
    assert kept == [b"%PDF-1.7 signed"], "the copy lies beside the partnership"
    entries = shell("show", name, "--format", "json").data["entries"].values()
    partners = [one for one in entries if one["question"] == "open.who" and not one.get("part")]
    statuses = [one["fields"]["status"]["value"] for one in partners]
    assert statuses == ["signatory", "signatory"]
    shell.answer(name, {"question": "extra.context", "op": "set", "value": {"background": "autre"}})
    shell("adopt", name, "--yes", "--reason", "essai")
    assert "0 signataire sur 2" in shell("sign", name).out
    assert "En vigueur depuis le 10 mars 2020" in shell("sign", name, "--version", "1").out.replace("\u00a0", " ")


def test_text_sent_for_signature_is_awaited_until_it_is_signed(shell: Shell) -> None:
    name = adopted(shell)
    assert shell("sign", name, "--send", "pages").code == 0
    made = sorted(path.name for path in (shell.home / "pages").iterdir() if path.suffix == ".docx")
    assert len(made) == 3 and sum("signature" in one for one in made) == 2
    waits = sorted(one["text"] for one in shell("due", name, "--json").data if one["kind"] == "signature")
    assert waits == ["Signature attendue (Clinique)", "Signature attendue (Collège)"]
    shell("sign", name, "Clinique", "--by", "Ida Roy", "--date", "2020-03-10")
    waits = sorted(one["text"] for one in shell("due", name, "--json").data if one["kind"] == "signature")
    assert waits == ["Signature attendue (Collège)"]


def test_papers_beside_the_text_are_listed(shell: Shell) -> None:
    name = adopted(shell)
    shell("sign", name, "Collège", "--annex", "CA-2027-04", "--resolution")
    shell("sign", name, "--annex", "Annexe A : budget")
    said = shell("sign", name).out
    assert "CA-2027-04 (extrait certifié de résolution)" in said and "Annexe A : budget (annexe)" in said


def test_annexes_and_resolutions_keep_a_copy_that_a_backup_carries(shell: Shell) -> None:
    name = adopted(shell)
    (shell.home / "ca-7.pdf").write_bytes(b"%PDF-1.7 resolution")
    (shell.home / "autre").mkdir()
    (shell.home / "autre" / "ca-7.pdf").write_bytes(b"%PDF-1.7 carte")
    assert "Aucune copie n'est gardée" in refused(shell, name, "--papers", "copies")
    listed = shell("sign", name, "Collège", "--annex", "CA-7", "--resolution", "--file", "ca-7.pdf").out
    assert "CA-7 (extrait certifié de résolution), Collège" in listed.replace("\u00a0", " ")
    assert "ca-7.pdf" not in listed, "where it came from is told to nobody"
    shell("sign", name, "--annex", "Carte", "--file", "autre/ca-7.pdf")
    assert [one["copy_kept"] for one in shell("sign", name, "--json").data["annexes"]] == [True, True]
    assert "ca-7.pdf" not in shell("export", name, "-", "--format", "json").out
    assert shell("backup", "copie.zip").code == 0
    assert shell("restore", "copie.zip", "--store", "neuf").code == 0
    assert shell("sign", name, "--papers", "copies", "--store", "neuf").code == 0
    assert {path.name: path.read_bytes() for path in (shell.home / "copies").iterdir()} == {
        "ca-7.pdf": b"%PDF-1.7 resolution", "ca-7-2.pdf": b"%PDF-1.7 carte",
    }  # fmt: skip


def test_a_kept_copy_that_changed_says_so_and_erasure_names_it(shell: Shell) -> None:
    name = adopted(shell)
    (shell.home / "ca-7.pdf").write_bytes(b"%PDF-1.7 MOTSECRET")
    shell("sign", name, "--annex", "CA-7", "--file", "ca-7.pdf")
    (kept,) = Path(shell.home).rglob("adopted-*.pdf")
    assert kept.name in shell("erase", name, "MOTSECRET").out, "what cannot be looked into is named"
    kept.write_bytes(b"%PDF-1.7 another")
    done = shell("sign", name, "--papers", "copies")
    assert done.code == 0 and "n'est plus ce qui a été gardé" in done.err.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("by", "given", "name", "title"),
    [
        (None, None, "Ida Roy", "directrice"), ("Ida Roy", None, "Ida Roy", "directrice"),
        ("Luc Viau", None, "Luc Viau", ""),
        ("Luc Viau", "trésorier", "Luc Viau", "trésorier"), (None, "présidente", "Ida Roy", "présidente"),
    ],
)  # fmt: skip
def test_nobody_signs_with_the_title_of_another(
    monkeypatch: pytest.MonkeyPatch, by: str | None, given: str | None, name: str, title: str
) -> None:
    monkeypatch.setattr(signing_commands, "_party_id", lambda workspace, version, partner: "partner000")
    monkeypatch.setattr(signing_commands, "usual_signer", lambda workspace, version, partner: ("Ida Roy", "directrice"))
    args = SimpleNamespace(partner="Collège", by=by, title=given, date=None, means=None, original=None, file=None)
    call: Any = SimpleNamespace(args=args)
    nothing: Any = None
    options = signing_commands._signature_options(call, nothing, nothing)
    assert (options.name, options.title) == (name, title)


@pytest.mark.parametrize("translated", [False, True])
def test_a_text_that_says_which_language_prevails_is_signed_in_both(shell: Shell, translated: bool) -> None:
    name = shell.new("Le soir")
    legal = {"question": "extra.legal", "op": "set", "value": {"nature": "binding", "prevails": "equal"}}
    shell.answer(name, *ANSWERS[:2], legal)
    vision = {"question": "gather.vision", "op": "set", "value": {"vision": "Un lieu ouvert."}}
    shell.answer(name, vision)
    if translated:
        shell.answer(name, {**vision, "value": {"vision": "An open place."}, "lang": "en"})
        shell.answer(name, {"question": "extra.name", "op": "set", "value": {"name": "Evening"}, "lang": "en"})
    assert shell("adopt", name, "--yes", "--reason", "essai").code == 0
    assert shell("sign", name, "--send", "out").code == 0
    files = sorted(path.name for path in (shell.home / "out").iterdir() if path.suffix == ".docx")
    assert [file.removeprefix("le-soir-adopte-1-fr-en") for file in files] == [
        "-signature-1-college.docx", "-signature-2-clinique.docx", ".docx",
    ]  # fmt: skip
    text = read_docx(shell.home / "out" / files[-1])
    assert "font également foi" in text and "are equally authoritative" in text
    assert text.count("Signé à / Signed at") == 2, "it is signed once by each"
    assert ("Un lieu ouvert. [in French]" in text) is not translated
    page = read_docx(shell.home / "out" / files[0])
    assert "Cette page fait partie du document" in page and page.count("Signé à / Signed at") == 1


def read_docx(path: Path) -> str:
    """The paragraphs and cells of a Word file, in plain spaces."""
    root = ElementTree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    return "".join(root.itertext()).replace("\u00a0", " ")
