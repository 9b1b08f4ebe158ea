"""The page « où nous en sommes »: what came of a promise noted by keyboard, and the page to read."""

from __future__ import annotations

from pathlib import Path

from tests.screens.caged import press
from tests.screens.opened import filled_store, opened
from tui.partnership.values import Change
from tui.screens.standing_screen import StandingScreen
from tui.screens.versions_screen import ReadOnlyScreen

OBJECTIVE = {"#order": "5", "text@fr": "un guide"}


async def test_outcome_is_noted_and_read(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    store.save(
        store.list()[0].id, [Change("objective0", "gather.objectives", c, v, "rows") for c, v in OBJECTIVE.items()]
    )
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", ";", "enter", "enter", *"remis; Clinique", "enter")
        assert isinstance(app.screen, StandingScreen)
        said = [row.text for row in app.screen.rows()]
        assert said[0] == "un guide" and said[1].startswith("fait, par un mot de Clinique")
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, ReadOnlyScreen)
        assert app.screen.heading() and app.screen.agreement.kind == "Où nous en sommes"
