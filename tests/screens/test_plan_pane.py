"""What stands beside the plan: the lessons of the partnership one practises on."""

from __future__ import annotations

from pathlib import Path

from tests.screens.opened import shown
from tui.app.app import EntenteApp
from tui.settings import Settings
from tui.store import open_store


async def test_lessons_are_of_the_practice_and_not_of_an_example(tmp_path: Path) -> None:
    app = EntenteApp(open_store(tmp_path / "store"), Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert "À essayer, 1 sur 4 : F6 mène à la maison des jeunes" in shown(app, "foot")
        await pilot.press("escape", "q", "e", "enter")
        await pilot.pause()
        assert "essai, à jeter" in shown(app, "head")
        assert "À essayer" not in shown(app, "foot") and "il manque" in shown(app, "foot")
