"""What is typed in a window waits until it is noted, before no room, and goes with the private notes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from tests.house.tree import named, parsed, python_files
from tests.screens.caged import app_on, cells, press
from tests.screens.opened import filled_store, opened, shown, workspace_of
from tests.screens.test_export_screen import done
from tui.app.app import EntenteApp
from tui.partnership.meetings import DECISIONS, HELD
from tui.partnership.values import Change
from tui.screens.agreement_screen import ProjectionScreen
from tui.screens.returned_screen import ReturnedScreen
from tui.screens.send_screen import SendScreen
from tui.screens.work_screen import WorkScreen
from tui.settings import Settings
from tui.terminal.editor import Editor
from tui.ui.dialog import Picker

TYPED = "kumquat"
# What holds the one editor: the window that keeps its text, and four screens that write into the partnership itself.
EDITING = {"dialog.py", "work_screen.py", "bottom_field.py", "two_texts.py", "translation_screen.py"}


def held(root: Path, text: str = TYPED) -> list[str]:
    """Return the names of the files below a folder that hold a text."""
    return [path.name for path in root.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def text_in(app: EntenteApp) -> str:
    """Return what the editor that has the keyboard holds."""
    assert isinstance(app.focused, Editor)
    return app.focused.text


async def back_to_work(app: EntenteApp, pilot: Pilot[None]) -> None:
    """Leave windows and pages until one is at the questions, moving."""
    while not isinstance(app.screen, WorkScreen) or app.screen.writing:
        await press(pilot, "escape")


@pytest.mark.slow
def test_whoever_types_types_where_it_is_kept() -> None:
    found = set()
    for path in python_files("tui"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Editor", "TextArea", "Input"):
                found.add(Path(named(path)).name)
    assert found == EDITING, "another editor: its text must be on disk 0.3 s after the last key"


@pytest.mark.parametrize("keys", [("D",), ("I",), ("b",), ("M", "home", "enter"), ("U", "2")])
async def test_what_was_typed_is_not_shown_before_a_room(tmp_path: Path, keys: tuple[str, ...]) -> None:
    app = app_on(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await press(pilot, "escape", *keys)
        await press(pilot, *TYPED)
        await back_to_work(app, pilot)
        await press(pilot, "f9")
        assert isinstance(app.screen, ProjectionScreen)
        await press(pilot, *keys, *(["1"] if "U" in keys else []))  # before a room the leave is asked first
        assert TYPED not in cells(app)
        assert text_in(app) == ""
        await press(pilot, *"melon")
        await press(pilot, "escape")
        assert TYPED not in cells(app)
        await press(pilot, *keys[-1:], *(["1"] if "U" in keys else []))
        assert "melon" not in cells(app), "a text that waits is before no room, whatever room saw it begin"


async def test_what_was_typed_before_a_room_comes_back_after_it(tmp_path: Path) -> None:
    app = app_on(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await press(pilot, "f9", "D")
        await press(pilot, *TYPED)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, Picker)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, WorkScreen)
        await press(pilot, "escape", "D")
        assert text_in(app) == TYPED


async def test_what_is_noted_waits_no_more(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "D")
        await press(pilot, *TYPED, "enter")
        app.unfinished.save_now()
        assert not [name for name in held(tmp_path) if name.startswith("unfinished")]
        assert workspace_of(app).partnership.rows(HELD, DECISIONS)[0].text("text", "fr") == TYPED
        await press(pilot, "D")
        assert text_in(app) == ""


async def test_what_was_typed_goes_with_the_private_notes(tmp_path: Path, _own_home: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await press(pilot, "escape")
        for key in "DIbat":
            await press(pilot, key)
            await press(pilot, *TYPED, "escape")
        app.unfinished.save_now()
        assert len(held(tmp_path)) == 5
        app.run_command("destroy_private")
        await pilot.pause()
        await press(pilot, "down", "enter")
        app.unfinished.save_now()
        assert held(tmp_path) == held(_own_home) == []
        await press(pilot, "D")
        assert text_in(app) == ""


async def test_a_text_begun_before_is_told_with_what_the_field_says_since(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "t")
        await press(pilot, *TYPED, "escape", "t")
        assert "Commencé avant" in shown(app, "picker-title")
        assert "L'autre nom" not in shown(app, "picker-title")
        await press(pilot, "escape")
        workspace_of(app).edit([Change("extra.name", "extra.name", "name@fr", "L'autre nom")])
        await press(pilot, "t")
        assert TYPED in text_in(app)
        assert "L'autre nom" in shown(app, "picker-title")


async def test_what_waits_is_told_at_the_next_start(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "D")
        await press(pilot, *TYPED, "escape")
        app.unfinished.close()
    app = EntenteApp(store, Settings(), store.list()[0].id)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "« La décision »" in shown(app, "foot")
        assert TYPED not in cells(app)


async def test_a_path_that_leads_nowhere_is_there_to_be_mended(tmp_path: Path) -> None:
    app = EntenteApp(filled_store(tmp_path / "s"), Settings(clipboard="none"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await press(pilot, "i")
        await press(pilot, *"/nul/part.json", "enter")
        await press(pilot, "i")
        assert text_in(app) == "/nul/part.json"


async def test_a_resolution_waits_until_the_text_is_adopted(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "Y", "enter")
        await press(pilot, *TYPED, "enter", "escape")
        app.unfinished.save_now()
        assert len(held(tmp_path)) == 1
        await press(pilot, "Y", "enter")
        assert text_in(app) == TYPED
        await press(pilot, "enter", "down", "down", "down", "enter", *"so be it", "enter")
        await press(pilot, "down", "enter", "down", "enter")
        app.unfinished.save_now()
        assert not [name for name in held(tmp_path) if name.startswith("unfinished")]
        await press(pilot, "Y", "enter")
        assert text_in(app) == ""


async def test_a_returned_text_waits_until_each_difference_is_decided(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "ampersand")
        app.post_message(Paste(f"Vision commune\n\n{TYPED} partout\n"))
        await press(pilot, "tab")
        await app.workers.wait_for_complete()
        await press(pilot, "escape")  # nobody is named
        assert isinstance(app.screen, ReturnedScreen)
        await press(pilot, "escape")
        app.unfinished.save_now()
        assert held(tmp_path)
        await press(pilot, "ampersand")
        assert TYPED in text_in(app)
        await press(pilot, "tab")
        await app.workers.wait_for_complete()
        await press(pilot, "escape")
        while isinstance(app.screen, ReturnedScreen) and app.screen.current is not None:
            await press(pilot, "r")
        await press(pilot, "escape")
        app.unfinished.save_now()
        assert not [name for name in held(tmp_path) if name.startswith("unfinished")]


async def test_what_the_sending_page_was_told_waits_until_it_is_sent(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store, Settings(output=str(tmp_path / "out"))) as (app, pilot):
        await press(pilot, "escape", "E", "end", "up", "enter")
        await press(pilot, *f"{TYPED}@exemple.ca", "enter", "escape", "E")
        screen = app.screen
        assert isinstance(screen, SendScreen)
        assert screen.typed == [f"{TYPED}@exemple.ca"]
        assert f"{TYPED}@exemple.ca" not in screen.chosen, "nobody is written to by what another day left"
        screen.formats = {"eml"}
        screen._send()
        await done(pilot, app)
        await press(pilot, "escape", "E")
        assert isinstance(app.screen, SendScreen)
        assert app.screen.typed == []


@pytest.mark.parametrize("begun", ["1", "15 décembre"])
async def test_a_date_begun_on_its_line_is_kept_from_the_first_letter(tmp_path: Path, begun: str) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "E", *["down"] * 6)
        await press(pilot, *begun)
        app.unfinished.save_now()
        assert text_in(app) == begun
        assert held(tmp_path, f'"{begun}"')
