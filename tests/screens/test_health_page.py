"""The page of the check of health: one partner's answer written down, nothing shown below three."""

from __future__ import annotations

from pathlib import Path

from tests.screens.caged import press
from tests.screens.opened import ORG, filled_store, opened, workspace_of
from tui.partnership.health import health_answers
from tui.screens.health_screen import HealthAnswersScreen, HealthScreen


async def test_answer_is_written_down_and_nothing_shown(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await press(pilot, "escape")
        app.run_command("health")
        await pilot.pause()
        assert isinstance(app.screen, HealthScreen)
        assert "rien ne se montre" in app.screen.rows()[0].text
        await press(pilot, "enter")
        assert isinstance(app.screen, HealthAnswersScreen)
        await press(pilot, "enter", "down", "enter")
        given = health_answers(workspace_of(app).partnership, ORG)
        assert {name: row.get("answer") for name, row in given.items()} == {"ops.vision": "partly"}
        await press(pilot, "escape")
        assert "1 sur au moins 3" in app.screen.rows()[0].text
