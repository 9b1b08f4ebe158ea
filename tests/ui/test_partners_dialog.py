"""A whole name typed in a field means the partner of that name, whichever key ends it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_case_one import write
from tests.screens.test_meeting_screen import table

NAMES = ("Alpha Beta", "Alpha", "Tous pour un", "Tous", "All in", "all", "Sauf")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("key", ["enter", "tab", "down", "f4"])
async def test_a_whole_name_is_taken_as_it_was_typed(tmp_path: Path, lang: str, key: str) -> None:
    app = table(tmp_path, dict.fromkeys(NAMES, 0), lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        screen: Any = app.screen
        ids = {row.text("name", lang): row.id for row in workspace.partnership.rows("open.who")}
        for name in ids:
            screen.go(replace(workspace.place, question="gather.lead", slot="+rows"), writing=True)
            await write(pilot, f":{name.lower()}", key)
        screen.field_editor.finish()
        rows = workspace.partnership.rows("gather.lead", "rows")
        assert [row.get("partner") for row in rows] == list(ids.values())
