"""The page of the signatures: one noted by keyboard, what was typed waits, and the copy lies beside the partnership."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.caged import press
from tests.screens.opened import filled_store, opened, workspace_of
from tests.workspace.in_memory import Memory
from tui.screens import signing_screen
from tui.screens.signing_screen import NoteSignatureScreen, SigningScreen
from tui.ui.page import PageRow
from tui.workspace.adoption import AdoptionOptions, record_adoption
from tui.workspace.signing import SignatureOptions
from tui.workspace.workspace import Workspace


@pytest.mark.slow
async def test_signature_is_noted_and_shown(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        record_adoption(workspace_of(app), store, AdoptionOptions(reason="essai"))
        await press(pilot, "escape", ".")
        assert isinstance(app.screen, SigningScreen)
        assert "Pas encore en vigueur : 0 signataire sur 2 a signé." in [row.text for row in app.screen.rows()]
        await press(pilot, "enter", "enter", *"Ida", "escape")
        assert isinstance(app.screen, NoteSignatureScreen)
        await press(pilot, "enter")
        assert app.screen.query_one("Editor").text == "Ida", "what was typed waits"  # type: ignore[attr-defined]
        await press(pilot, "enter", "end", "enter", "down", "enter")
        assert isinstance(app.screen, SigningScreen)
        said = "\n".join(f"{row.text} {row.behind}" for row in app.screen.rows()).replace("\u00a0", " ")
        assert "Université signé" in said and "Ida : " in said and "1 signataire sur 2" in said


async def test_papers_are_added_and_the_text_is_sent(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", ".")
        assert [row.style for row in app.screen.rows()] == ["hint"]  # type: ignore[attr-defined]
        await press(pilot, "escape")
        record_adoption(workspace_of(app), store, AdoptionOptions(reason="essai"))
        await press(pilot, ".", "end", "enter", *"CA-7", "enter")
        rows = app.screen.rows()  # type: ignore[attr-defined]
        assert ("CA-7", "extrait certifié de résolution") in [(row.text, row.behind) for row in rows]


async def test_copy_of_a_paper_is_kept_and_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    store = filled_store(tmp_path / "s")
    paper = tmp_path / "ca-7.pdf"
    paper.write_bytes(b"%PDF-1.7 resolution")
    async with opened(store) as (app, pilot):
        record_adoption(workspace_of(app), store, AdoptionOptions(reason="essai"))
        await press(pilot, "escape", ".", "end", "enter", *"CA-7", "enter", "home", *["down"] * 2, "enter")
        await press(pilot, *str(tmp_path / "rien.pdf"), "enter")
        assert "Il n'y a pas de fichier" in app.page.message
        await press(pilot, "enter", *["backspace"] * len("rien.pdf"), *"ca-7.pdf", "enter")
        rows = [(row.text, row.behind) for row in app.screen.rows()]  # type: ignore[attr-defined]
        assert ("CA-7", "extrait certifié de résolution · ca-7.pdf") in rows
        paper.unlink()
        await press(pilot, "down", "enter")
        assert "Écrit" in app.page.message
        assert (tmp_path / "Entente" / "ca-7.pdf").read_bytes() == b"%PDF-1.7 resolution"


def unseen(monkeypatch: pytest.MonkeyPatch) -> SigningScreen:
    """The page of two adopted versions, which nobody sees."""
    versions = (SimpleNamespace(id="first"), SimpleNamespace(id="second"))
    monkeypatch.setattr(signing_screen, "adopted_versions", lambda workspace, store: versions)
    monkeypatch.setattr(SigningScreen, "app", SimpleNamespace(store=None))
    return SigningScreen(Workspace(GUIDE, Told("Collège").partnership, Memory()))


def test_the_newest_version_comes_first_and_is_the_one_to_send(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SigningScreen, "_version_rows", lambda page, versions, version: [PageRow(version.id)])
    monkeypatch.setattr(SigningScreen, "_action_rows", lambda page, version: [PageRow(f"send {version.id}")])
    assert [row.text for row in unseen(monkeypatch).rows()] == ["second", "send second", "first"]


def test_what_is_typed_of_an_annex_and_of_a_resolution_waits_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    windows: list[str] = []
    monkeypatch.setattr(signing_screen, "ask_text", lambda app, window, title, take, **how: windows.append(window))
    version: Any = SimpleNamespace(id="second")
    for row in unseen(monkeypatch)._action_rows(version)[1:3]:
        assert row.act is not None
        row.act()
    assert windows == ["sign.annex", "sign.resolution"]


def note_page(monkeypatch: pytest.MonkeyPatch, answer: str | None) -> tuple[Any, list[Any]]:
    """The page that notes a signature, seen by nobody, each question answered so; and what it does."""
    done: list[Any] = []

    def ask(_app: Any, window: str, _title: str, take: Any, **_how: Any) -> SimpleNamespace:
        done.append((window, take(answer)))
        return SimpleNamespace(done=lambda: done.append((window, "done")))

    told = Told("Ruche")
    app = SimpleNamespace(store=None, push_screen=lambda screen, take: take(answer), say=done.append)
    app.repaint = lambda: None
    monkeypatch.setattr(signing_screen, "ask_text", ask)
    monkeypatch.setattr(signing_screen, "read_paper", Path)
    monkeypatch.setattr(signing_screen, "typed_path", lambda text, title: text)
    monkeypatch.setattr(signing_screen, "usual_signer", lambda workspace, version, partner: ("Zoé", "directrice"))
    monkeypatch.setattr(NoteSignatureScreen, "app", app)
    monkeypatch.setattr(NoteSignatureScreen, "paint", lambda page: None)
    monkeypatch.setattr(NoteSignatureScreen, "dismiss", lambda page, result: done.append("left"))
    version: Any = SimpleNamespace(id="version000")
    party: Any = SimpleNamespace(partner=told.ids["Ruche"], name="Ruche")
    return NoteSignatureScreen(Workspace(GUIDE, told.partnership, Memory()), version, party), done


@pytest.mark.parametrize("answer", [" 2027-01-05 ", "", " ", None])
def test_each_fact_of_a_signature_is_typed_in_its_place(monkeypatch: pytest.MonkeyPatch, answer: str | None) -> None:
    page, done = note_page(monkeypatch, answer)
    page.options = replace(page.options, original="au bureau", file=Path("a.pdf"), day="2026-12-01")
    before = page.options
    for row in (row for row in page.rows() if not row.style):
        row.act()
    words = (answer or "").strip()
    found = page.options
    if answer is None:
        assert found == before
    else:
        assert (found.name, found.title, found.original) == (words, words, words)
        assert found.file == (Path(answer) if words else None)
    assert found.day == ("2027-01-05" if words else "2026-12-01")
    windows = ("sign.name", "sign.title", "sign.date", "sign.original", "sign.file")
    taken = {fact[0]: fact[1] for fact in done if isinstance(fact, tuple)}
    assert tuple(taken) == windows and [name for name in windows if taken[name]] == (
        [] if answer == " " else ["sign.date"]
    )


@pytest.mark.parametrize("answer", ["yes", "no", None])
@pytest.mark.parametrize("refused", [False, True])
def test_a_signature_is_noted_once_it_is_confirmed(
    monkeypatch: pytest.MonkeyPatch, answer: str | None, refused: bool
) -> None:
    page, done = note_page(monkeypatch, answer)
    noted: list[Any] = []

    def note(_workspace: Workspace, _store: object, version: Any, options: SignatureOptions) -> None:
        noted.append((version.id, options))
        if refused:
            raise OSError("disque plein")

    monkeypatch.setattr(signing_screen, "record_signature", note)
    page._ask_title()
    page._ask_file()
    page.options = replace(page.options, title="présidente", file=Path("a.pdf"))
    done.clear()
    page._note()
    assert noted == ([("version000", page.options)] if answer == "yes" else [])
    kept = answer == "yes" and not refused
    assert [fact for fact in done if isinstance(fact, tuple)] == (
        [("sign.title", "done"), ("sign.file", "done")] if kept else []
    )
    assert ("left" in done) is kept


@pytest.mark.parametrize("kind", ["annex", "resolution"])
@pytest.mark.parametrize(("typed", "title"), [(" Budget ", "Budget"), (" ", ""), (None, "")])
def test_a_paper_is_noted_in_the_language_of_the_document(
    monkeypatch: pytest.MonkeyPatch, kind: str, typed: str | None, title: str
) -> None:
    noted: list[Any] = []
    page = unseen(monkeypatch)
    page.workspace.lang, page.workspace.doc_lang = "en", "fr"
    monkeypatch.setattr(signing_screen, "ask_text", lambda app, window, title, take: take(typed))
    monkeypatch.setattr(signing_screen, "note_annex", lambda workspace, store, version, fields: noted.append(fields))
    monkeypatch.setattr(SigningScreen, "paint", lambda page: None)
    monkeypatch.setattr(SigningScreen, "say", lambda page, text: None)
    version: Any = SimpleNamespace(id="second")
    page._ask_annex(version, "annex" if kind == "annex" else "resolution")
    assert noted == ([{"what@fr": title, "kind": kind}] if title else [])


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("kept", [False, True])
def test_who_signed_and_whether_copies_are_kept_is_shown(
    monkeypatch: pytest.MonkeyPatch, signed: bool, kept: bool
) -> None:
    party = SimpleNamespace(name="Ruche", signed_on="2026-12-01" if signed else "", signers=())
    signing = SimpleNamespace(in_force_on="", parties=(party,))
    paper = {"file_hash": "f" * 64} if kept else {}
    for name, value in {"signing_status": signing, "force_words": "", "version_words": "", "annexes_of": (),
                        "signatures_of": (paper,)}.items():  # fmt: skip
        monkeypatch.setattr(signing_screen, name, lambda *what, value=value: value)
    version: Any = SimpleNamespace(id="second")
    rows = unseen(monkeypatch)._version_rows((version,), version)
    assert [bool(row.behind) for row in rows if row.text == "Ruche"] == [signed]
    assert sum(row.act is not None for row in rows) == 1 + kept
