"""The page of a departure: noted by keyboard, its roles handed over, and all of it undone."""

from __future__ import annotations

from pathlib import Path

from tests.screens.caged import press
from tests.screens.opened import ORG, filled_store, opened, workspace_of
from tui.partnership.partners import find_partner
from tui.partnership.values import Change
from tui.screens.departure_screen import DepartureScreen


async def test_departure_is_noted_and_its_roles_handed_over(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    lead = {"#order": "5", "partner": ORG, "mandate@fr": "coordonner"}
    store.save(store.list()[0].id, [Change("leadleadle", "gather.lead", cell, lead[cell], "rows") for cell in lead])
    async with opened(store) as (app, pilot):
        workspace = workspace_of(app)
        await press(pilot, "escape")
        app.run_command("leave")
        await pilot.pause()
        assert isinstance(app.screen, DepartureScreen)
        await press(pilot, *["down"] * 3, "enter", *"raison", "enter", *["down"] * 4, "enter")
        one = find_partner(workspace.partnership, ORG)
        assert one is not None and one.status == "withdrawn" and one.entry.get("status_reason@fr") == "raison"
        await press(pilot, "end", "enter", "enter")
        row = workspace.partnership.entry("leadleadle")
        assert row is not None and row.get("partner") == "bbbbbbbbbb"
        assert "Il ne reste rien à régler." in [each.text for each in app.screen.rows()]
        await press(pilot, "home", *["down"] * 5, "enter", *"au collège", "enter", "down", "down", "enter")
        (noted,) = workspace.partnership.rows("follow.departures", "rows")
        assert noted.get("money@fr") == "au collège"
        again = find_partner(workspace.partnership, ORG)
        assert again is not None and again.status == "withdrawn" and again.entry.get("left_as") == "interested"
        await press(pilot, "escape", "u", "u", "u")
        again = find_partner(workspace.partnership, ORG)
        assert again is not None and again.status == "interested"
