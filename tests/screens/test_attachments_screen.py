"""The page of the annexes: a title and a file attach a paper, Enter on one changes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.opened import filled_store, opened, shown, workspace_of
from tui.partnership.attachments import attachments
from tui.screens.attachments_screen import AttachmentsScreen
from tui.settings import Settings


@pytest.mark.slow
async def test_attached_by_keyboard_and_put_in_order(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    file = tmp_path / "b.csv"
    file.write_text("un", encoding="utf-8")
    async with opened(store, Settings(output=str(tmp_path / "out")), (80, 24)) as (app, pilot):
        await pilot.press("escape", "f2", *"annexes du", "enter")
        await pilot.pause()
        assert isinstance(app.screen, AttachmentsScreen)
        for title in ("Budget", "Carte"):
            await pilot.press("end")
            if title == "Carte":
                await pilot.press("up")
            await pilot.press("enter")
            await pilot.pause()
            await pilot.press(*title, "enter")
            await pilot.pause()
            await pilot.press(*str(file), "enter")
            await pilot.pause()
        assert "1. Budget" in shown(app, "sheet") and "2. Carte" in shown(app, "sheet")
        await pilot.press("home", "down", "enter")
        await pilot.pause()
        await pilot.press(*"une place plus haut", "enter")
        await pilot.pause()
        kept = [row.text("what", "fr") for row in attachments(workspace_of(app).partnership)]
        await pilot.press("end", "enter")
        await pilot.pause()
    assert kept == ["Carte", "Budget"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["annexe-1-carte.csv", "annexe-2-budget.csv"]
