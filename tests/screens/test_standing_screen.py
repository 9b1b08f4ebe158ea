"""The page « où nous en sommes »: what came of a promise noted by keyboard, and the page to read."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.caged import press
from tests.screens.opened import filled_store, opened
from tests.workspace.in_memory import Memory
from tui.partnership.values import Change
from tui.screens import standing_screen
from tui.screens.standing_screen import StandingScreen
from tui.screens.versions_screen import ReadOnlyScreen
from tui.workspace.workspace import Workspace

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


@pytest.mark.parametrize(("text", "noted"), [(None, []), ("", ["done; "]), ("livré; Zoé", ["done; livré; Zoé"])])
def test_escape_notes_nothing_and_details_may_stay_empty(
    monkeypatch: pytest.MonkeyPatch, text: str | None, noted: list[str]
) -> None:
    found: list[str] = []
    monkeypatch.setattr(standing_screen, "ask_text", lambda app, window, title, take: take(text))
    monkeypatch.setattr(standing_screen, "note_outcome_line", lambda workspace, entry, line: found.append(line))
    monkeypatch.setattr(StandingScreen, "app", SimpleNamespace())
    monkeypatch.setattr(StandingScreen, "paint", lambda page: None)
    monkeypatch.setattr(StandingScreen, "say", lambda page, said: None)
    entry: Any = None
    StandingScreen(Workspace(GUIDE, Told("Collège").partnership, Memory()))._ask_details(entry, "done")
    assert found == noted
