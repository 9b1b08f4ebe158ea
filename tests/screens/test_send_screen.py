"""Sending from the screen: whom it goes to and how, what stays behind, then the files and the texts to paste."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.screens.opened import filled_store, opened, shown, workspace_of
from tests.screens.test_export_screen import done
from tests.workspace.unpacked import unpacked
from tui.partnership.values import Change
from tui.partnership.versions import sendings
from tui.screens.send_screen import SendScreen, SentScreen
from tui.settings import Settings

SECRET = "vieille rancune"


@pytest.mark.slow
async def test_a_draft_is_sent_to_those_with_an_address_and_those_without(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    partnership = store.load(store.list()[0].id)
    first, second = partnership.rows("open.who")
    store.save(
        partnership.id,
        [
            Change("p", "open.who", "name@fr", "Zoé Roy", "people", (first.id,)),
            Change("p", "open.who", "email", "zoe@exemple.ca", "people", (first.id,)),
            Change("h", "open.history", "note@fr", SECRET, "", (first.id,)),
        ],
    )
    async with opened(store, Settings(output=str(tmp_path / "out"))) as (app, pilot):
        await pilot.press("escape", "E")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SendScreen)
        page = shown(app, "sheet")
        assert "zoe@exemple.ca" in page and "Clinique" in page and SECRET not in page
        screen._toggle_given_otherwise(second.id)()
        screen.formats = {"eml"}
        screen.answer_by = "2026-12-15"
        screen._send()
        await done(pilot, app)
        await pilot.pause()
        assert isinstance(app.screen, SentScreen)
        said = shown(app, "sheet")
        assert "zoe@exemple.ca" in said and ".eml" in said and SECRET not in said
        (row,) = sendings(workspace_of(app).partnership)
        assert (row.givers, row.get("number"), row.get("answer_by")) == ((first.id, second.id), 1, "2026-12-15")
        archive, folder = sorted((tmp_path / "out").iterdir(), key=lambda path: path.is_dir())
        assert archive.name == f"{folder.name}-pour-moi-seul.zip" and archive.name in said
        files = sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.suffix)
        told = [path.suffix for path in files]
        assert told == [".eml", ".ics", ".txt", ".txt", ".txt"], "a letter for all, one for each"
        for path in files:
            text = unpacked(path.read_bytes())
            assert "15 décembre 2026" in text and SECRET not in path.name + text
        await pilot.press("escape", "A")
        await pilot.pause()
        page = shown(app, "sheet")
        assert "ébauche 1 a été envoyée ou remise à" in page and "Clinique" in page.split("remise à")[1].split("\n")[0]


async def test_a_draft_that_cannot_be_written_is_not_noted(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    store = filled_store(tmp_path / "store")
    async with opened(store, Settings(output=str(blocked / "out"))) as (app, pilot):
        await pilot.press("escape", "E")
        await pilot.pause()
        assert isinstance(app.screen, SendScreen)
        app.screen.formats = {"eml"}
        app.screen._send()
        await done(pilot, app)
        said = " ".join(shown(app, "foot").split())
        assert isinstance(app.screen, SendScreen)
        assert f"« {blocked.name} », dans {blocked.parent}, est un fichier là où il faut un dossier." in said
        assert sendings(workspace_of(app).partnership) == () and not workspace_of(app).partnership.setting("drafts")


async def test_nothing_goes_by_itself_to_one_that_may_not_be_named_yet(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    partnership = store.load(store.list()[0].id)
    first, second = partnership.rows("open.who")
    changes = [Change(second.id, "open.who", "status", "contacted", "", second.subject)]
    for name, owner in (("zoe", first.id), ("luc", second.id)):
        changes += [
            Change(name, "open.who", "name@fr", name, "people", (owner,)),
            Change(name, "open.who", "email", f"{name}@exemple.ca", "people", (owner,)),
        ]
    store.save(partnership.id, changes)
    async with opened(store, Settings(output=str(tmp_path / "out"))) as (app, pilot):
        await pilot.press("escape", "E")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SendScreen)
        assert "luc@exemple.ca" in shown(app, "sheet"), "it can be asked for"
        assert screen._options().addresses == ("zoe@exemple.ca",)
        assert screen._options().partners == (first.id,)


@pytest.mark.parametrize("width", [60, 80, 140])
async def test_one_line_fetches_all_and_is_broken_in_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "203.0.113.7 51515 198.51.100.4 22")
    monkeypatch.setattr(sys.modules["tui.clipboard.fetch_lines"], "account_home", lambda: Path(os.environ["HOME"]))
    async with opened(filled_store(tmp_path / "store"), size=(width, 40)) as (app, pilot):
        await pilot.press("escape", "E")
        await pilot.pause()
        assert isinstance(app.screen, SendScreen)
        app.screen.formats = {"eml"}
        app.screen._send()
        await done(pilot, app)
        await pilot.pause()
        assert isinstance(app.screen, SentScreen)
        (way,) = app.screen.fetch_lines
        archive = app.screen.sent_draft.archive
        assert archive is not None and way.endswith(f":Entente/{archive.name} .")
        said = shown(app, "sheet")
        assert sum(archive.name in line for line in said.split("\n")) == 2, (
            said
        )  # the file, and the line that fetches it
        assert "~/Entente/" in said and app.last_written == [f"~/Entente/{archive.name}", way]


async def test_a_draft_that_is_word_for_word_the_last_one_says_so_before_it_is_sent(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    async with opened(store, Settings(output=str(tmp_path / "out"))) as (app, pilot):
        await pilot.press("escape", "E")
        await pilot.pause()
        assert "Mot pour mot" not in shown(app, "sheet")
        assert isinstance(app.screen, SendScreen)
        app.screen.formats = {"eml"}
        app.screen._send()
        await done(pilot, app)
        await pilot.press("escape", "E")
        await pilot.pause()
        assert "Mot pour mot l'ébauche 1, déjà envoyée" in shown(app, "sheet").replace("’", "'")
        await pilot.press("escape")
        workspace = workspace_of(app)
        workspace.set(workspace.partnership.rows("open.who")[0], "name@fr", "Un autre nom")
        await pilot.press("E")
        await pilot.pause()
        assert isinstance(app.screen, SendScreen) and "Mot pour mot" not in shown(app, "sheet")


async def test_the_pane_shows_the_statement_and_the_page_sends_it(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store")) as (app, pilot):
        workspace = workspace_of(app)
        app.run_command("show_statement")
        await pilot.pause()
        assert workspace.statement_shown and len(workspace.shown_text.sections) == 7
        assert "7  Reddition de comptes" in shown(app, "paper").replace("\u00a0", " ")
        app.run_command("show_statement")
        await pilot.pause()
        assert workspace.shown_text is workspace.agreement
        await pilot.press("escape", "E")
        await pilot.pause()
        assert isinstance(app.screen, SendScreen)
        app.screen._toggle_statement()
        assert app.screen._options().statement


async def test_the_length_is_shown_before_it_is_sent(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store"), Settings(output=str(tmp_path / "out"))) as (app, pilot):
        await pilot.press("escape", "E")
        await pilot.pause()
        assert "Longueur" in shown(app, "sheet") and "page" in shown(app, "sheet")
        await app.workers.wait_for_complete()
        await pilot.pause()
        page = shown(app, "sheet")
        assert re.search(r"Longueur\s+\d+ pages?", page) and "environ" not in page
