"""A list that takes long to read comes piece by piece, is counted, and can be stopped; many choices stay quick."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.opened import filled_store, partnership_of, shown
from tui.app.app import EntenteApp
from tui.screens import list_screen
from tui.screens.list_screen import PartnershipsScreen
from tui.settings import Settings
from tui.store import Store, Summary
from tui.store.folder_engine import FolderEngine
from tui.ui.dialog import Choice, Picker

COUNT = 12


class SlowEngine(FolderEngine):
    """A folder whose list can be read no further than `gate` lets it."""

    gate = threading.Semaphore(0)

    def _summarise(self, partnership_id: str) -> Summary:
        assert self.gate.acquire(timeout=20)
        return super()._summarise(partnership_id)


class SlowStore(Store):
    """A store whose list can be read no further than `gate` lets it."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.gate = threading.Semaphore(0)
        slow = SlowEngine(self.root, self._guide, lambda: self.author.name)
        slow.gate = self.gate
        self.engine = slow


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SlowStore:
    """A store of COUNT partnerships, of which nothing is read at once."""
    first = filled_store(tmp_path / "s")
    name = partnership_of(first).id
    for _number in range(COUNT - 1):
        first.duplicate(name)
    (tmp_path / "s" / "index.json").unlink(missing_ok=True)
    monkeypatch.setattr(list_screen, "_FIRST_READING_SECONDS", -1.0)
    monkeypatch.setattr(list_screen, "_PROGRESS_SECONDS", 0.0)
    return SlowStore(tmp_path / "s")


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Wait until something is true, five seconds at most."""
    for _try in range(250):
        await pilot.pause(0.02)
        if true():
            return
    raise AssertionError(shown(pilot.app, "head"))  # type: ignore[arg-type]


async def test_a_long_reading_is_counted_and_comes_whole(store: SlowStore) -> None:
    app = EntenteApp(store, Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        store.gate.release(5)
        await until(pilot, lambda: f"5 sur {COUNT}" in shown(app, "head"))
        await pilot.press("f2", "escape")  # the screen answers meanwhile
        store.gate.release(COUNT)
        screen = app.screen
        assert isinstance(screen, PartnershipsScreen)
        await until(pilot, lambda: len(screen.summaries) == COUNT)
        assert "sur" not in shown(app, "head")


async def test_escape_stops_the_reading_and_what_was_read_is_kept(store: SlowStore) -> None:
    app = EntenteApp(store, Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        store.gate.release(5)
        await until(pilot, lambda: f"5 sur {COUNT}" in shown(app, "head"))
        screen = app.screen
        assert isinstance(screen, PartnershipsScreen)
        await pilot.press("escape")
        store.gate.release(1)  # the one that was under way
        await until(pilot, lambda: not screen.loader.running)
        assert len(screen.summaries) == 6
        assert f"6 sur {COUNT}" in shown(app, "head")
        store.gate.release(COUNT - 6)  # no more than what is still unread
        screen.refresh_list()
        await until(pilot, lambda: len(screen.summaries) == COUNT)


async def test_of_many_choices_letters_find_the_one(tmp_path: Path) -> None:
    app = EntenteApp(filled_store(tmp_path / "s"), Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        chosen: list[str | None] = []
        app.push_screen(Picker("", [Choice(str(n), f"Maison {n:04}") for n in range(1000)]), chosen.append)
        await pilot.pause()
        assert "500 autres" in shown(app, "picker-list")
        await pilot.press(*"0999", "enter")
        assert chosen == ["999"]
