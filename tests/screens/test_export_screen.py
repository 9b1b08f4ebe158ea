"""The screen that writes files: formats, language, copies and folder are chosen, then each path is there to copy."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.opened import filled_store, opened, shown, workspace_of
from tests.workspace.in_memory import Memory
from tui import clipboard
from tui.screens import copy_commands
from tui.screens.export_screen import LANGUAGE_CHOICES, FilesScreen, language_words, next_languages
from tui.screens.minutes_screen import MinutesScreen, open_minutes
from tui.settings import Settings
from tui.workspace.meeting_edits import begin_meeting, meeting_to_open
from tui.workspace.workspace import Workspace


def page_of(app) -> FilesScreen:
    assert isinstance(app.screen, FilesScreen)
    return app.screen


async def done(pilot, app) -> None:
    for _try in range(200):
        await pilot.pause(0.02)
        if app.screen._progress is None:
            return
    raise AssertionError("the files are not there after four seconds")


async def test_files_are_written_where_the_screen_says(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    async with opened(store, Settings(output=str(tmp_path / "out"))) as (app, pilot):
        await pilot.press("escape", "e")
        await pilot.pause()
        page_of(app).ticked_formats = {"text", "json"}
        page = shown(app, "sheet")
        assert str(tmp_path / "out") in page and "Clinique" in page
        page_of(app)._toggle_all()
        await pilot.press("e")
        await done(pilot, app)
        names = sorted(os.listdir(tmp_path / "out"))
        assert [name.rpartition(".")[2] for name in names] == ["txt", "txt", "json", "txt"]
        assert all(name in shown(app, "sheet") for name in names)
        assert {Path(line).name for line in app.lines_at_end} >= set(names)
        await pilot.press("escape")
        assert not isinstance(app.screen, FilesScreen)


async def test_what_cannot_be_written_is_said_and_the_choice_stands(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    store = filled_store(tmp_path / "store")
    async with opened(store, Settings(output=str(blocked / "out"))) as (app, pilot):
        await pilot.press("escape", "e")
        await pilot.pause()
        page_of(app).ticked_formats = {"text"}
        await pilot.press("e")
        await done(pilot, app)
        said = " ".join(shown(app, "foot").split())
        assert f"« {blocked.name} », dans {blocked.parent}, est un fichier là où il faut un dossier." in said
        assert page_of(app).written_files is None and app.lines_at_end == []


@pytest.mark.parametrize("own", ["fr-FR", ""])
async def test_typography_is_the_partnerships_then_the_persons(tmp_path: Path, own: str) -> None:
    store = filled_store(tmp_path / "store")
    async with opened(store, Settings(region=own)) as (app, pilot):
        workspace = workspace_of(app)
        assert workspace.agreement.region == (own or "fr-CA")
        await pilot.press("escape", "e")
        await pilot.pause()
        page_of(app)._next_typography()
        assert workspace.agreement.region == ("fr-CA" if own else "fr-FR")


async def test_minutes_that_were_written_are_what_fetch_brings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "203.0.113.7 51515 198.51.100.4 22")
    async with opened(filled_store(tmp_path / "store")) as (app, pilot):
        workspace = workspace_of(app)
        open_minutes(app, begin_meeting(workspace, meeting_to_open(workspace)))
        await pilot.pause()
        assert isinstance(app.screen, MinutesScreen)
        app.screen._write("text")
        for _try in range(200):
            await pilot.pause(0.02)
            if app.last_written:
                break
        written, line = app.last_written
        assert written.startswith("~/Entente/") and "compte-rendu" in written
        assert Path(written).expanduser().is_file() and Path(written).name in line
        assert app.lines_at_end == app.last_written
        home = "\n".join(copy_commands._fetch_text(app, clipboard.gather(os.environ)))
        assert "minutes" in home and "--meeting" in home and "export" not in home


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> FilesScreen:
    """The page for two partners who may be named and one who may not, which nobody sees."""
    told = Told("Collège", "Clinique", status="committed")
    told.join("Discrète", status="contacted")
    monkeypatch.setattr(FilesScreen, "paint", lambda page: None)
    page = FilesScreen(Workspace(GUIDE, told.partnership, Memory()), Path("/tmp"))
    page.ticked_formats = {"text"}
    return page


def test_each_partner_ticked_gets_a_copy_and_no_other(unseen: FilesScreen) -> None:
    first, second = (addressee.id for addressee in unseen._addressees())
    found = [len(unseen._output_files())]
    steps = (
        unseen._toggle_partner(first), unseen._toggle_all, unseen._toggle_partner(second), unseen._toggle_all,
        unseen._toggle_all, unseen._toggle_common, unseen._toggle_statement, unseen._toggle_common,
    )  # fmt: skip
    for step in steps:
        step()
        found.append(len(unseen._output_files()))
    assert found == [1, 2, 3, 2, 3, 1, 0, 1, 2]
    unseen._toggle_partner(second)()
    assert [second in file.name or "clinique" in file.name for file in unseen._output_files()].count(True) == 1


def test_while_files_are_written_no_key_has_a_use(unseen: FilesScreen) -> None:
    unseen._show_progress(1, 2, "Word")
    words = [row.text for row in unseen.rows()]
    assert "1" in words[0] and "2" in words[0] and words[-1] == "Word"
    for key in ("escape", "e", "enter", "q"):
        event: Any = SimpleNamespace(key=key, character=key, stop=lambda: None, prevent_default=lambda: None)
        assert unseen.pressed(event)
    assert unseen._progress == (1, 2, "Word")


def test_enter_goes_through_each_choice_of_languages_which_says_how_many_documents() -> None:
    gone_through: list[tuple[str, ...]] = [LANGUAGE_CHOICES[0]]
    for _step in LANGUAGE_CHOICES:
        gone_through.append(next_languages(gone_through[-1]))
    assert gone_through[:-1] == list(LANGUAGE_CHOICES) and gone_through[-1] == gone_through[0]
    said = [language_words(choice).replace("\u00a0", " ") for choice in LANGUAGE_CHOICES]
    assert said[:2] == ["français", "anglais"] and said[4].endswith("deux documents")
    assert said[2] == "français puis anglais : un seul document" and said[3].startswith("anglais puis")
