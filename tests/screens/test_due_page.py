"""The page of what is due: its groups, what Enter notes, and the one over all partnerships."""

from __future__ import annotations

from pathlib import Path

from tests.screens.caged import press
from tests.screens.opened import ShakyStore, filled_store, opened
from tui.app.app import EntenteApp
from tui.partnership.values import Change
from tui.screens.due_screen import AllDueScreen, DueScreen
from tui.terminal.line_pane import Lines

OBJECTIVE = {"#order": "5", "text@fr": "un guide", "due": "2020-03"}


def dated(tmp_path: Path) -> ShakyStore:
    """A store whose partnership has an objective that is late."""
    store = filled_store(tmp_path / "s")
    changes = [Change("objective0", "gather.objectives", cell, value, "rows") for cell, value in OBJECTIVE.items()]
    store.save(store.list()[0].id, changes)
    return store


def first_line(app: EntenteApp) -> str:
    """What stands above the page."""
    return "".join(piece.text for piece in app.screen.query_one("#head", Lines).lines[0])


async def test_late_line_is_counted_above_and_closed_by_an_outcome(tmp_path: Path) -> None:
    async with opened(dated(tmp_path)) as (app, pilot):
        assert "1 en retard" in first_line(app)
        await press(pilot, "escape", ",")
        assert isinstance(app.screen, DueScreen)
        seen = [row.text for row in app.screen.rows()]
        assert seen[0] == "En retard · 1" and seen[1] == "Objectif : un guide"
        await press(pilot, "enter", "enter")
        assert [row.text for row in app.screen.rows()] == ["Aucune échéance."]
        workspace = app.workspace
        assert workspace is not None and workspace.partnership.rows("follow.outcomes", "rows")[0].get("state") == "done"


async def test_list_shows_the_dates_of_all_and_opens_one(tmp_path: Path) -> None:
    store = dated(tmp_path)
    async with opened(store) as (app, pilot):
        await press(pilot, "escape", "q")
        assert "1 en retard" in first_line(app)
        await press(pilot, ",")
        assert isinstance(app.screen, AllDueScreen)
        assert "Objectif : un guide" in [row.text for row in app.screen.rows()]
        await press(pilot, "enter")
        assert app.workspace is not None
