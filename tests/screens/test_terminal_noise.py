"""Whatever a terminal sends that no key sends, the app goes on: what is typed in between stands in its field."""

from __future__ import annotations

import random
from pathlib import Path

from tests.screens.opened import ORG, ROLE, filled_store, opened, workspace_of
from tests.terminal.line import Line
from tests.terminal.terminal_noise import burst, reads

SIZE = 1000  # characters
BEYOND = ("\x1b[<64;150;3M", "\x1b[<0;3;60M\x1b[<0;3;60m", "\x1b[<65;1;41M", "\x1b[<35;999;999M", "\x1b[<0;141;41m")


async def test_letters_between_noise_are_all_there(tmp_path: Path) -> None:
    dice, line, typed = random.Random(21), Line(), ""
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        sent = 0
        while sent < SIZE:
            noise = burst(dice, keys=False) + dice.choice(BEYOND)
            letter = dice.choice("aé日e")
            line.send(*reads(dice, noise)).wait().send(letter)
            for event in line.events:
                app.post_message(event)
            line.events.clear()
            await pilot.pause()
            sent, typed = sent + len(noise), typed + letter
        entry = workspace_of(app).partnership.entry(ORG)
        assert entry is not None and entry.get(ROLE) == typed
