"""A section and the present answer are copied as they stand, and each is kept in a file of its own."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.screens.opened import ORG, filled_store, opened, workspace_of
from tui.screens import copy_commands
from tui.settings import Settings
from tui.workspace.place import Place


def kept(folder: Path) -> list[str]:
    """The texts of the copies that were kept, the newest last."""
    files = sorted(folder.rglob("*.txt"), key=lambda path: path.stat().st_mtime_ns)
    return [file.read_text("utf-8-sig") for file in files]


async def test_the_answer_and_its_section_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    settings = Settings(lang="fr", clipboard="none")
    async with opened(filled_store(tmp_path / "store"), settings, size=(100, 30)) as (_app, pilot):
        await pilot.press(*"hote du kiosque", "escape", "B")
        await pilot.pause()
        assert kept(tmp_path / "state") == ["hote du kiosque"]
        await pilot.press("S")
        await pilot.pause()
        newest = kept(tmp_path / "state")[-1]
        assert newest.startswith("1. ") and "hote du kiosque" in newest


async def test_where_there_is_no_text_nothing_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    settings = Settings(lang="fr", clipboard="none")
    async with opened(filled_store(tmp_path / "store"), settings, size=(100, 30)) as (_app, pilot):
        await pilot.press("escape", "B")
        await pilot.pause()
        assert kept(tmp_path / "state") == []


@pytest.mark.parametrize("question", ["gather.vision", "open.history"])
async def test_a_private_answer_is_kept_in_no_folder_that_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    settings = Settings(lang="fr", clipboard="none", output=str(tmp_path / "shared"))
    async with opened(filled_store(tmp_path / "store"), settings, size=(100, 30)) as (app, pilot):
        workspace_of(app).go(Place(question, ORG))
        app.repaint()
        await pilot.pause()
        await pilot.press(*"hote du kiosque", "escape", "B")
        await pilot.pause()
    own, shared = (kept(tmp_path / folder) for folder in ("state", "shared"))
    assert (own, shared) == (([], ["hote du kiosque"]) if question == "gather.vision" else (["hote du kiosque"], []))


def test_what_the_mouse_selected_is_kept_as_private(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[Any] = []
    monkeypatch.setattr(copy_commands, "copy_text", lambda app, text, name, **how: copied.append((text, how)))
    app: Any = SimpleNamespace(workspace=SimpleNamespace(partnership=SimpleNamespace(id="a" * 10)))
    for text in ("une note", ""):
        copy_commands.copy_selection(app, text)
    assert copied == [("une note", {"private": True})]
