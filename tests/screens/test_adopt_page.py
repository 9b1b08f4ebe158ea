"""The page of an adoption: what stands in the way, its date, its resolution, the reason to adopt all the same."""

from __future__ import annotations

import json
from pathlib import Path

from tests.screens.caged import press
from tests.screens.opened import filled_store, opened
from tui.partnership.versions import read_versions


async def test_what_stands_in_the_way_is_told_and_a_reason_is_kept(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        workspace = app.workspace
        assert workspace is not None
        await press(pilot, "escape", "Y")
        seen = "\n".join(row.text for row in app.screen.rows())  # type: ignore[attr-defined]
        assert "Ce qui s'y oppose" in seen and "n'a pas répondu" in seen and "Adopter quand même" in seen
        assert "Ce sera la version 1." in seen
        await press(pilot, "down", "down", "down", "down", "enter")
        assert not workspace.partnership.setting("adopted"), "nothing is adopted without a reason"
        await press(pilot, "up", "up", "up", "up", "enter", *"CA-7", "enter")
        await press(pilot, "down", "enter", *["backspace"] * 30, *"2026-11-20", "enter")
        await press(pilot, "down", "down", "enter", *"assez", "enter", "down", "enter", "down", "enter")
        mark = workspace.partnership.setting("adopted")
        assert (mark["on"], mark["number"], mark["resolution"]) == ("2026-11-20", 1, "CA-7")
        (version,) = read_versions(store.versions(workspace.partnership.id))
        assert (version.date, version.reason, version.resolution) == ("2026-11-20", "assez", "CA-7")
        text = json.dumps(version.snapshots["fr"], ensure_ascii=False).replace("\u00a0", " ")
        assert "Version 1, adoptée le 20 novembre 2026, résolution n° CA-7." in text
