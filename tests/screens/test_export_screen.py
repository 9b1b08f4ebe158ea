"""The screen that writes files: formats, language, copies and folder are chosen, then each path is there to copy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.screens.opened import filled_store, opened, shown, workspace_of
from tui import clipboard
from tui.screens import copy_commands
from tui.screens.export_screen import FilesScreen
from tui.screens.minutes_screen import MinutesScreen, open_minutes
from tui.settings import Settings
from tui.workspace.meeting_edits import begin_meeting, meeting_to_open


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
        page_of(app).formats = {"text", "json"}
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
        page_of(app).formats = {"text"}
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
