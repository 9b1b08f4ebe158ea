"""One's own keys in the app: they act, the usual ones of that command do not, and every list of keys shows them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screens.opened import filled_store, opened, shown, workspace_of
from tui import commands, keymap
from tui.screens.help_screen import HelpScreen
from tui.screens.work_screen import WorkScreen
from tui.settings import KeyChoice
from tui.ui.dialog import Picker


@pytest.fixture
def own_keys() -> Iterator[None]:
    """Next question at F10 and a parenthesis, the palette at Ctrl+F1, the next gap at F11."""
    file = Path("config.toml")
    choices = [
        KeyChoice("next", ("f10", "("), file, 2),
        KeyChoice("palette", ("ctrl+f1", "à"), file, 3),
        KeyChoice("jump", ("ç",), file, 4),
    ]
    commands.use_keys_of(keymap.with_chosen_keys(choices))
    yield
    commands.use_keys_of(commands.COMMANDS)


@pytest.mark.usefixtures("own_keys")
async def test_own_keys_act_and_the_former_ones_do_not(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store")) as (app, pilot):
        first = workspace_of(app).place.question
        await pilot.press("f4")
        assert workspace_of(app).place.question == first
        await pilot.press("f10")
        second = workspace_of(app).place.question
        assert second != first
        await pilot.press("escape", "j")
        assert workspace_of(app).place.question == second
        await pilot.press("left_parenthesis")
        third = workspace_of(app).place.question
        assert third not in (first, second)
        await pilot.press("ç")
        assert isinstance(app.screen, Picker)


@pytest.mark.usefixtures("own_keys")
async def test_footer_palette_and_help_show_them(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store"), size=(160, 60)) as (app, pilot):
        assert isinstance(app.screen, WorkScreen)
        foot = shown(app, "foot")
        assert "F10 suivante" in foot and "Ctrl+F1 tout" in foot and "F4" not in foot
        await pilot.press("ctrl+f1")
        assert isinstance(app.screen, Picker)
        assert "F10 (" in shown(app, "picker-list")
        await pilot.press("escape", "f1")
        assert isinstance(app.screen, HelpScreen)
        page = shown(app, "sheet")
        assert "F10 (" in page and "F4" not in page


async def test_alt_and_a_letter_act_in_the_document_and_in_the_list_too(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store")) as (app, pilot):
        await pilot.press("f5", "alt+h")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape", "alt+q")
        await pilot.pause()
        assert getattr(app.screen, "where", "") == commands.LIST
        await pilot.press("alt+n")
        assert isinstance(app.screen, Picker)
