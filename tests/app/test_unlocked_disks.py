"""The app on a disk without working file locks asks before it writes; without a yes it only reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.opened import filled_store, shown
from tests.store.unlocked import everything_in, without_locks
from tui.app.app import EntenteApp
from tui.screens.list_screen import PartnershipsScreen
from tui.screens.work_screen import WorkScreen
from tui.settings import Settings, load_settings, settings_path


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["idle", "ENOLCK"])
@pytest.mark.parametrize("answer", ["yes", "no", "escape"])
async def test_it_asks_before_it_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, answer: str
) -> None:
    monkeypatch.setenv("ENTENTE_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    store = filled_store(tmp_path / "store")
    partnership_id = store.list()[0].id
    (tmp_path / "store" / "index.json").unlink(missing_ok=True)
    before = everything_in(store.root)
    with without_locks(fault):
        app = EntenteApp(store, Settings(), partnership_id)
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            assert "postgresql://" in "".join(shown(app, "picker-title").split())
            await pilot.press(
                *(["down", "enter"] if answer == "yes" else ["escape" if answer == "escape" else "enter"])
            )
            await pilot.pause()
            assert isinstance(app.screen, WorkScreen)
            await pilot.press("a", "b", "c")
            app.save()
            await pilot.pause(0.6)
            assert ("NON ENREGISTRÉ" in shown(app, "head")) == (answer != "yes")
    if answer == "yes":
        assert everything_in(store.root) != before
        assert load_settings(settings_path({"ENTENTE_CONFIG": str(tmp_path / "config.toml")})).without_locks
    else:
        assert everything_in(store.root) == before


async def test_where_locks_work_nothing_is_asked(tmp_path: Path) -> None:
    app = EntenteApp(filled_store(tmp_path / "store"), Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, PartnershipsScreen)
