"""F2: ten commands of the moment, the rest by letters, by the arrows past the end and by turning pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.screens.opened import filled_store, opened
from tests.screens.test_meeting_screen import table
from tui import i18n
from tui.commands import DOCUMENT, MEETING, WORK, commands_at
from tui.screens.command_picker import CommandPicker
from tui.settings import Settings
from tui.workspace.moment_commands import SHOWN_COMMANDS

TO = {WORK: (), DOCUMENT: ("f5",), MEETING: ("escape", "alt+M")}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("where", TO)
async def test_it_opens_on_ten_and_the_arrows_reach_all(tmp_path: Path, lang: i18n.Language, where: str) -> None:
    i18n.use(lang)
    async with opened(filled_store(tmp_path / "store"), Settings(lang=lang), (80, 24)) as (app, pilot):
        await write(pilot, *TO[where], "f2")
        window = app.screen
        assert isinstance(window, CommandPicker) and len(window.found) == SHOWN_COMMANDS
        left = len(commands_at(where)) - 1 - SHOWN_COMMANDS
        assert f"{left} {'autres' if lang == 'fr' else 'more'}" in screen_text(app)
        await write(pilot, *["down"] * (SHOWN_COMMANDS - 1))
        assert len(window.found) == SHOWN_COMMANDS and window.at == SHOWN_COMMANDS - 1
        await write(pilot, "down")
        assert {one.id for one in window.found} == {one.id for one in commands_at(where)} - {"palette"}
        assert window.at == SHOWN_COMMANDS and len(window.found) == left + SHOWN_COMMANDS, "each once"


@pytest.mark.parametrize("typed", ["transm", "fuseau", "colours"])
async def test_letters_find_what_is_not_among_the_ten(tmp_path: Path, typed: str) -> None:
    lang: i18n.Language = "en" if typed == "colours" else "fr"
    i18n.use(lang)
    async with opened(filled_store(tmp_path / "store"), Settings(lang=lang)) as (app, pilot):
        await write(pilot, "f2")
        window = app.screen
        assert isinstance(window, CommandPicker)
        ten = list(window.found)
        await write(pilot, *typed)
        assert window.found and window.found[0] not in ten
        await write(pilot, *["backspace"] * len(typed))
        assert window.found == ten, "without letters it is as it was"


async def test_the_ten_are_those_of_the_moment(tmp_path: Path) -> None:
    app = table(tmp_path, {"A": 1, "B": 1, "C": 1})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = []
        for keys in (("f2",), ("escape", "f7", "f2"), ("escape", "f7", "alt+M", "1", "f2"), ("escape", "escape", "f2")):
            await write(pilot, *keys)
            window = app.screen
            assert isinstance(window, CommandPicker), keys
            seen.append(tuple(one.id for one in window.found))
            assert len(seen[-1]) == SHOWN_COMMANDS
        assert len(set(seen)) == len(seen), seen
