"""Quitting: by each of its keys, from wherever one is, with all that leaving does (never before a room: see there)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.opened import ORG, ROLE, filled_store, opened, partnership_of
from tui.partnership.organisations import read_organisations


@pytest.mark.parametrize("keys", ["f12", "ctrl+q", "escape Q", "f2 ctrl+q", "f5 M f12", "escape E ctrl+q"])
async def test_each_way_to_quit_saves_and_teaches_the_directory(tmp_path: Path, keys: str) -> None:
    store = filled_store(tmp_path / "store")
    async with opened(store) as (app, pilot):
        await pilot.press("h", *keys.split())
        assert not app.is_running and app.workspace is None
    entry = partnership_of(store).entry(ORG)
    assert entry is not None and entry.get(ROLE) == "h"
    assert sorted(one.name("fr") for one in read_organisations(store.directory())) == ["Clinique", "Université"]
