"""The page of an amendment: why there is none, what it does, and its adoption by keyboard."""

from __future__ import annotations

from pathlib import Path

from tests.screens.caged import press
from tests.screens.opened import filled_store, opened, workspace_of
from tui.partnership.versions import read_versions
from tui.screens.amend_screen import AmendScreen, LetterScreen
from tui.screens.versions_screen import ReadOnlyScreen
from tui.workspace.adoption import AdoptionOptions, record_adoption


async def test_amendment_is_read_and_adopted(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        workspace = workspace_of(app)
        await press(pilot, "escape", "|")
        assert "Aucun texte n'est encore adopté" in app.screen.rows()[0].text  # type: ignore[attr-defined]
        await press(pilot, "escape")
        record_adoption(workspace, store, AdoptionOptions(reason="essai"))
        entry = workspace.partnership.entry("aaaaaaaaaa")
        assert entry is not None
        workspace.set(entry, "role@fr", "hôte")
        await press(pilot, "|")
        assert isinstance(app.screen, AmendScreen)
        assert "remplacé" in app.screen.rows()[1].text
        await press(pilot, "down", "down", "enter", *"essai", "escape")
        assert "—" in app.screen.rows()[5].text
        await press(pilot, "enter", "enter", "down", "enter")
        assert isinstance(app.screen, ReadOnlyScreen)
        await press(pilot, "escape", "end", "up", "up", "enter")
        assert isinstance(app.screen, LetterScreen)
        told = [row.text.replace("\u00a0", " ") for row in app.screen.rows()]
        assert "Avant :" in told and "Après :" in told and any("hôte" in line for line in told)
        await press(pilot, "escape", "end", "enter", "down", "enter")
        last = read_versions(store.versions(workspace.partnership.id))[-1]
        assert last.amendment["number"] == 1 and workspace.adoption == "adopted"
