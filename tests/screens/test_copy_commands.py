"""A section and the present answer are copied as they stand, and each is kept in a file of its own."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.clipboard.settings import facts
from tests.screens.opened import ORG, filled_store, opened, workspace_of
from tui import clipboard
from tui.clipboard import Outcome
from tui.partnership.values import SETTINGS, Cell, Entry, Partnership
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


def fake_app(doc_lang: str = "fr") -> Any:
    """An app that only hears what is said, with an English partnership; threads run at once."""
    cells = {"lang": Cell("en", 1)}
    partnership = Partnership("a" * 10, entries={SETTINGS: Entry(SETTINGS, SETTINGS, "", (), cells)})
    said: list[str] = []
    return SimpleNamespace(
        said=said, say=said.append, settings=Settings(clipboard="none"), advice="", last_written=[], lines_at_end=[],
        store=SimpleNamespace(address="/srv/ententes"), call_from_thread=lambda call, *words: call(*words),
        run_worker=lambda work, **how: work(),
        workspace=SimpleNamespace(partnership=partnership, doc_lang=doc_lang, typed_lang="fr"),
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "fetched"), [("verified", False), ("sent", True), ("none", True)])
def test_only_a_copy_that_is_not_verified_is_fetched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: Any, fetched: bool
) -> None:
    app, path = fake_app(), tmp_path / "a.txt"
    monkeypatch.setattr(copy_commands, "control_writer", lambda app: None)
    monkeypatch.setattr(clipboard, "gather", lambda environ: facts(ssh=True))
    monkeypatch.setattr(clipboard, "copy", lambda text, **how: Outcome(kind, "osc52", path, 4))
    copy_commands.copy_text(app, "mots", "a.txt")
    assert any(line.startswith("scp ") for line in app.lines_at_end) == fetched
    assert app.last_written[0] == str(path) and app.lines_at_end == app.last_written
    assert ("Alt" in app.said[-1]) == fetched, "the key that shows the lines is named"


@pytest.mark.parametrize("far", [True, False])
def test_files_are_fetched_where_the_person_is_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, far: bool
) -> None:
    app, paths = fake_app(), [tmp_path / "a.docx", tmp_path / "a.pdf"]
    monkeypatch.setattr(clipboard, "gather", lambda environ: facts(ssh=far, desktop=True))
    copy_commands.report_written(app, paths, ["déjà là."])
    scp = [line for line in app.lines_at_end if line.startswith("scp ")]
    assert len(scp) == (2 if far else 0) and app.lines_at_end[:2] == [str(path) for path in paths]
    assert app.said[-1].endswith("déjà là.") and str(paths[1]) in app.said[-1]


@pytest.mark.parametrize(("doc_lang", "setting", "asked"), [("en", "", ""), ("fr", "", "fr"), ("fr", "fr", "")])
def test_a_command_asks_for_the_language_that_is_not_the_usual_one(doc_lang: str, setting: Any, asked: str) -> None:
    app = fake_app(doc_lang)
    app.settings = Settings(doc_lang=setting)
    made = copy_commands._export(app, "docx")
    assert (made.lang, made.format, made.root) == (asked, "docx", "/srv/ententes")
