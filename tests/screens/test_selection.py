"""What is selected in a field and copied (Ctrl+C) goes by the honest ways, and never into a shared folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.opened import filled_store, opened
from tui.settings import Settings
from tui.terminal.editor import Editor


async def test_a_selection_is_kept_apart_and_pasted_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    monkeypatch.setenv("TERM", "dumb")
    shared = tmp_path / "shared"
    async with opened(filled_store(tmp_path / "store"), Settings(output=str(shared))) as (app, pilot):
        app.screen.query_one(Editor).load("hôte du kiosque")
        await pilot.press("shift+home", "ctrl+c")
        for _time in range(100):
            await pilot.pause(0.05)
            if list(state.rglob("*.txt")):
                break
        kept = list(state.rglob("*.txt"))
        assert [path.read_text("utf-8") for path in kept] == ["hôte du kiosque"]
        assert not shared.exists()
        assert app.clipboard == "hôte du kiosque"
