"""Undo and redo are one thing on every page: what is taken back is said, and the field one writes in shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.opened import ORG, ROLE, filled_store, opened, partnership_of, shown, workspace_of
from tui import i18n
from tui.screens.agreement_screen import DocumentScreen
from tui.screens.two_texts import WordingsScreen
from tui.screens.work_screen import WorkScreen
from tui.terminal.editor import Editor


@pytest.fixture(autouse=True)
def french() -> None:
    """The messages are compared in French."""
    i18n.use("fr")


async def test_in_the_field_of_the_document_undo_takes_the_letters_from_both(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await pilot.press(*"hôte", "escape", "g", *"vision", "enter", *"un lieu", "f5")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, DocumentScreen)
        row = next(at for at, line in enumerate(screen.painted.lines) if "Un lieu" in "".join(one.text for one in line))
        screen.stand_at(row)
        await pilot.press("enter")
        assert screen.editor.text.casefold() == "un lieu"
        await pilot.press(*" sûr")
        await pilot.press("ctrl+z")
        assert screen.editor.text == "un lieu", "the field"
        assert "sûr" not in shown(app, "sheet"), "and the document"
        assert "Annulé" in shown(app, "foot")
        await pilot.press("ctrl+y")
        assert screen.editor.text == "un lieu sûr" and "Rétabli" in shown(app, "foot")
        await pilot.press("ctrl+z", *" ouvert", "escape", "escape")
        assert workspace_of(app).partnership.conflicts == ()
    found = partnership_of(store)
    assert found.conflicts == (), "leaving makes no conflict with oneself"
    assert "un lieu ouvert" in str([entry.cells.values() for entry in found.entries.values()])


async def test_undo_stays_within_the_text_until_that_is_as_it_was(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):

        def role() -> object:
            entry = workspace_of(app).partnership.entry(ORG)
            return entry.get(ROLE) if entry is not None else None

        await pilot.press("up", "space", "down", *"hôte", "backspace", "backspace", *"mme")
        status = workspace_of(app).partnership.entries[ORG].get("status")
        said = []
        for _at in range(3):
            await pilot.press("ctrl+z")
            said.append(role())
            assert workspace_of(app).partnership.entries[ORG].get("status") == status, "nothing else moves"
            assert "Rôle" in shown(app, "foot")
        assert said == ["hô", "hôte", None]
        await pilot.press("ctrl+y", "ctrl+y", "ctrl+y")
        assert role() == "hômme"


async def test_the_cursor_stands_where_something_came_back(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press(*"soir et matin", *["left"] * 6, *["backspace"] * 2, "ctrl+z")
        editor = app.screen.query_one(Editor)
        assert editor.text == "soir et matin" and editor.cursor_location == (0, 7)
        await pilot.press("ctrl+y")
        assert editor.text == "soir  matin" and editor.cursor_location == (0, 5)


async def test_a_row_begun_is_taken_back_in_pieces_and_then_as_a_whole(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"objectifs", "enter", *"offrir", "backspace", *"s", "ctrl+z")
        screen = app.screen
        assert isinstance(screen, WorkScreen) and screen.editor.text == "offri"
        await pilot.press("ctrl+z", "ctrl+z")
        assert workspace_of(app).partnership.rows("gather.objectives", "rows") == ()
        assert screen.editor.text == ""
        await pilot.press(*"former", "enter")
        assert [row.text("text", "fr") for row in workspace_of(app).partnership.rows("gather.objectives", "rows")] == [
            "former"
        ]


async def test_undo_shows_both_wordings_as_they_were(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"vision", "enter", *"un lieu", "alt+=")
        screen = app.screen
        assert isinstance(screen, WordingsScreen)
        await pilot.press(*" sûr", "ctrl+z", "ctrl+z")
        assert screen.editor(2).text == "un lieu"
        await pilot.press("ctrl+y", "ctrl+y")
        assert screen.editor(2).text == "un lieu sûr"


async def test_redo_is_in_the_list_of_commands_and_has_a_letter(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press(*"hôte", "ctrl+z", "f2", *"rétablir", "enter")
        await pilot.pause()
        assert workspace_of(app).partnership.entries[ORG].get(ROLE) == "hôte"
        await pilot.press("alt+u", "alt+>")
        assert workspace_of(app).partnership.entries[ORG].get(ROLE) == "hôte"


@pytest.mark.parametrize("done", [["d"], ["a"], ["x", "down", "enter"], ["t", *"Autre nom", "enter"]])
async def test_in_the_list_redo_does_again_what_undo_took_back(tmp_path: Path, done: list[str]) -> None:
    store = filled_store(tmp_path / "s")

    def listed() -> list[tuple[str, bool]]:
        return sorted((one.title("fr"), one.archived) for one in (*store.list(), *store.list(archived=True)))

    async with opened(store) as (app, pilot):
        await pilot.press("escape", "q")
        await pilot.pause()
        before = listed()
        await pilot.press(*done)
        await pilot.pause()
        after = listed()
        assert after != before
        for key, there in (("ctrl+z", before), ("ctrl+y", after), ("ctrl+z", before), (">", after)):
            await pilot.press(key)
            await pilot.pause()
            assert listed() == there, key
        await pilot.press("ctrl+y")
        assert "reste rien à rétablir" in shown(app, "foot")


@pytest.mark.parametrize("name", ["health", "standing", "due", "awaited", "call_sheet", "contacts", "road"])
async def test_undo_and_redo_act_on_each_page_and_say_what_they_did(tmp_path: Path, name: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        workspace = workspace_of(app)
        await pilot.press("escape")
        workspace.set(workspace.partnership.entries[ORG], ROLE, "hôte")
        workspace.edits.end_typing()
        app.run_command(name)
        await pilot.pause()
        page = app.screen
        assert not isinstance(page, WorkScreen)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert app.screen is page and "Annulé : " in shown(app, "foot")
        assert not workspace.partnership.entries[ORG].get(ROLE)
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert "Rétabli : " in shown(app, "foot")
        assert workspace.partnership.entries[ORG].get(ROLE) == "hôte"


async def test_what_was_undone_is_no_longer_said_once_something_else_is_done(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        for keys in (["t", *" B", "enter"], ["alt+L"]):
            await pilot.press("escape", "?", "ctrl+z")
            await pilot.pause()
            assert "Annulé : " in shown(app, "foot")
            await pilot.press(*keys)
            await pilot.pause()
            assert "Annulé : " not in shown(app, "foot")


@pytest.mark.parametrize("keys", [["q"], ["f12"], ["M"]])
async def test_a_page_is_left_while_a_long_message_stands_below_it(tmp_path: Path, keys: list[str]) -> None:
    async with opened(filled_store(tmp_path / "s"), size=(80, 24)) as (app, pilot):
        await pilot.press("escape")
        app.say("Annulé : " + "une longue phrase, " * 9)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
    assert app.return_code in (0, None)
