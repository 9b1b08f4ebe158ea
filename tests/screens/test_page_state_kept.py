"""F1, F2, a resize and coming back leave a page as it was; the document shows the section that is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.opened import filled_store, opened, shown, workspace_of
from tui import i18n
from tui.agreement.bare_headings import bare_headings
from tui.screens.two_texts import WordingsScreen
from tui.screens.work_screen import WorkScreen
from tui.terminal.editor import Editor
from tui.ui.dialog import Picker

LONG = "assurer la direction " * 12 + "et la fin"


@pytest.fixture(autouse=True)
def french() -> None:
    """The messages are compared in French."""
    i18n.use("fr")


@pytest.mark.parametrize("away", ["f1 escape", "f2 escape", "resize"])
async def test_after_help_a_digit_still_chooses_a_wording(tmp_path: Path, away: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"vision", "enter", *"un lieu", "alt+=", *" sûr", "escape")
        assert isinstance(app.screen, WordingsScreen) and not app.screen.writing
        if away == "resize":
            await pilot.resize_terminal(60, 20)
        else:
            await pilot.press(*away.split())
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, WordingsScreen)
        assert not screen.writing and screen.focused is None
        await pilot.press("2")
        entry = workspace_of(app).partnership.entries["gather.vision"]
        assert entry.text("vision", "fr") == "un lieu sûr"


@pytest.mark.parametrize("away", ["f1 escape", "f2 escape", "resize"])
async def test_after_help_letters_go_on_in_the_wording_one_was_in(tmp_path: Path, away: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"vision", "enter", *"un lieu", "alt+=", "tab")
        screen = app.screen
        assert isinstance(screen, WordingsScreen) and screen.focused is screen.editor(1)
        await pilot.press("end")
        if away == "resize":
            await pilot.resize_terminal(60, 20)
        else:
            await pilot.press(*away.split())
        await pilot.press(*" sûr")
        assert screen.editor(1).text == "un lieu sûr"


async def test_the_document_shows_the_section_that_is_written(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s"), size=(140, 24)) as (app, pilot):
        for question, words in (("vision", "Un monde meilleur"), ("objectifs", "Former chacun"), ("revue", "2027")):
            await pilot.press("escape", "g", *question, "enter", *words, "enter")
        await pilot.press("escape", "g", *"objectifs", "enter", *"Dire la suite")
        screen = app.screen
        assert isinstance(screen, WorkScreen)

        def in_sight() -> str:
            pane = screen.lines("paper")
            top = pane.scroll_offset.y
            lines = pane.lines[top : top + pane.size.height]
            return "\n".join("".join(piece.text for piece in line) for line in lines)

        assert "Dire la suite" in in_sight()
        screen.lines("paper").scroll_to_row(0, top=True)
        await pilot.press("s")
        assert "Dire la suites" in in_sight(), "a letter brings it back"
        for size in ((100, 24), (140, 20), (120, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "Dire la suites" in in_sight(), size
        await pilot.press("f1", "escape")
        assert "Dire la suites" in in_sight()


async def test_a_list_of_another_section_takes_the_document_there(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s"), size=(140, 20)) as (app, pilot):
        await pilot.press("escape", "g", *"gouvernance", "enter")
        screen = app.screen
        assert isinstance(screen, WorkScreen)
        screen.go_to_field("+reports")
        await pilot.press(*"univ", "enter", *"la fréquentation")
        pane = screen.lines("paper")
        top = pane.scroll_offset.y
        seen = "\n".join("".join(p.text for p in line) for line in pane.lines[top : top + pane.size.height])
        assert "fréquentation" in seen


async def test_a_long_line_shows_its_beginning_and_all_of_it_where_there_is_room(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s"), size=(100, 30)) as (app, pilot):
        await pilot.press(*LONG[:4], "tab", "shift+tab")
        screen = app.screen
        assert isinstance(screen, WorkScreen)
        screen.editor.replace(LONG, (0, 0), screen.editor.document.end)
        await pilot.press("tab", "shift+tab")
        await pilot.pause()
        editor = screen.editor
        assert editor.scroll_offset.y == 0 and editor.size.height >= editor.wrapped_document.height
        await pilot.press("ctrl+home", "x", "ctrl+end", "y")
        assert editor.text == f"x{LONG}y"
        await pilot.press("f5")
        await pilot.pause()


async def test_a_long_answer_of_a_window_is_seen_from_its_beginning(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s"), size=(80, 24)) as (app, pilot):
        await pilot.press("alt+t")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, Picker)
        editor = screen.query_one(Editor)
        await pilot.press("ctrl+end")
        editor.insert(LONG)
        await pilot.pause()
        assert editor.size.height > 1 and editor.scroll_offset.y == 0


async def test_an_emptied_text_never_leaves_a_heading_unnoticed(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"articles", "enter", *"Relève", "tab", *"un an")
        workspace = workspace_of(app)
        assert list(bare_headings(workspace.agreement)) == []
        await pilot.press("tab", "shift+tab", "ctrl+home", "ctrl+shift+end", "backspace", "tab")
        assert [words for words, _origin in bare_headings(workspace.agreement)] == ["Relève"]
        assert "« Relève » n'a plus de texte" in shown(app, "foot").replace("\xa0", " ")
