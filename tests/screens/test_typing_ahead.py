"""Keys that arrive at once mean the same as keys typed slowly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from tests.screens.opened import ORG, filled_store, opened, workspace_of
from tui.app.app import EntenteApp
from tui.app.change_poller import ChangePoller


async def burst(app: EntenteApp, pilot: Pilot[None], *keys: str) -> None:
    """Send all keys without waiting for any, then until they are dealt with."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _turn in range(len(keys) + 1):
        await pilot.pause()


async def test_letters_after_a_tab_go_to_the_next_field(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await burst(app, pilot, *"rôle", "tab", *"raison")
        entry = workspace_of(app).partnership.entry(ORG)
        assert entry is not None and (entry.get("role@fr"), entry.get("reason@fr")) == ("rôle", "raison")


async def test_letters_before_a_direct_key_stay_in_their_field(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await burst(app, pilot, *"rôle", "f6")
        entry = workspace_of(app).partnership.entry(ORG)
        assert entry is not None and entry.get("role@fr") == "rôle"
        assert workspace_of(app).place.partner != ORG


async def test_letters_after_escape_act(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        here = workspace_of(app).place.question
        await burst(app, pilot, *"rôle", "escape", "j")
        entry = workspace_of(app).partnership.entry(ORG)
        assert entry is not None and entry.get("role@fr") == "rôle"
        assert workspace_of(app).place.question != here


async def test_letters_after_a_key_that_opens_a_window_are_written_in_it(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await burst(app, pilot, "escape", "g", *"contrib", "enter")
        assert workspace_of(app).place.question == "open.contributions"


async def test_a_widget_that_goes_away_with_its_event_holds_the_keyboard_back_for_a_look_or_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Callable[[], None]] = []
    monkeypatch.setattr(ChangePoller, "start", lambda _poller, also: looks.append(also))
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        with monkeypatch.context() as patch:  # what would tell that the key was dealt with goes with the widget
            patch.setattr(app.turns, "_follow", lambda *_path: None)
            app.post_message(events.Key("a", "a"))
            await pilot.pause()
        await burst(app, pilot, *"bc")

        def role() -> object:
            entry = workspace_of(app).partnership.entry(ORG)
            return entry.get("role@fr") if entry is not None else None

        assert role() == "a", "the keys behind it wait"
        for look in looks * 2:
            look()
        await pilot.pause()
        await pilot.pause()
        assert role() == "abc"
        await burst(app, pilot, *"de")
        assert role() == "abcde"


async def test_a_window_that_closes_holds_no_key_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChangePoller, "start", lambda _poller, _also: None)  # and nobody looks whether one does
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await burst(app, pilot, "f2", *"zzzz", "escape", *"rôle")
        entry = workspace_of(app).partnership.entry(ORG)
        assert entry is not None and entry.get("role@fr") == "rôle"
        gone = Static()
        await app.mount(gone)
        await gone.remove()
        monkeypatch.setattr(app.turns, "_path", lambda: [gone])  # where the keyboard still was with it
        await burst(app, pilot, *"s b")
        entry = workspace_of(app).partnership.entry(ORG)
        assert entry is not None and entry.get("role@fr") == "rôles b"


async def test_letters_after_the_answer_of_a_window_go_to_where_it_leads(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await burst(app, pilot, "escape", "g", *"vision", "enter", *"un monde")
        workspace = workspace_of(app)
        assert workspace.place.question != "open.who"
        entry = workspace.partnership.entry(workspace.place.question)
        assert entry is not None and "un monde" in str(entry.cells)
