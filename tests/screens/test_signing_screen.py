"""The page of the signatures: one noted by keyboard, what was typed waits, and the copy lies beside the partnership."""

from __future__ import annotations

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
