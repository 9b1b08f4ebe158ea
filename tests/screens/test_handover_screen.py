"""Handing over in the app: the record line by line, ticks, words of one's own, the page read."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.partnership.told import GUIDE, Told
from tests.screens.caged import press
from tests.screens.opened import ORG, filled_store, opened
from tests.workspace.in_memory import Memory
from tui.app.app import EntenteApp
from tui.export.plain_text import to_text
from tui.partnership.values import Change
from tui.screens.handover_screen import HandoverScreen
from tui.screens.versions_screen import ReadOnlyScreen
from tui.store import Store
from tui.workspace.handover_pages import handover_page
from tui.workspace.place import NOTE
from tui.workspace.workspace import Workspace


def noted(root: Path) -> Store:
    """A partnership with a private note."""
    store = filled_store(root)
    changes = [Change(f"{NOTE}:{ORG}", NOTE, "text@fr", "Solange part en juin", "", (ORG,))]
    store.save(store.list()[0].id, changes)
    return store


async def page(app: EntenteApp, pilot: Pilot[None], *keys: str) -> HandoverScreen:
    """Open the page of the choice that `keys` go to."""
    await press(pilot, "f2", *"relais", "enter", *keys, "enter")
    assert isinstance(app.screen, HandoverScreen)
    return app.screen


def read(app: EntenteApp) -> str:
    """The words of the page that is read."""
    assert isinstance(app.screen, ReadOnlyScreen)
    return to_text(app.screen.agreement, wrap=None)


@pytest.mark.slow
async def test_no_private_line_is_read_before_it_is_ticked(tmp_path: Path) -> None:
    async with opened(noted(tmp_path / "s")) as (app, pilot):
        screen = await page(app, pilot)
        await press(pilot, "r")
        assert "Université" in read(app) and "Solange" not in read(app)
        await press(pilot, "escape")
        lines = [row.text for row in screen.rows() if row.act is not None]
        at = next(at for at, text in enumerate(lines) if "Solange" in text)
        assert lines[at].startswith("[ ]")
        await press(pilot, "home", *["down"] * at, "enter", "a", *"Bon courage", "enter", "r")
        assert "Solange part en juin" in read(app) and "Bon courage" in read(app)


@pytest.mark.slow
async def test_line_is_said_in_other_words_on_the_page_alone(tmp_path: Path) -> None:
    async with opened(noted(tmp_path / "s")) as (app, pilot):
        screen = await page(app, pilot)
        lines = [row.text for row in screen.rows() if row.act is not None]
        at = next(at for at, text in enumerate(lines) if "Solange" in text)
        await press(pilot, "home", *["down"] * at, "e", "ctrl+u", *"On part en juin", "enter", "enter", "r")
        assert "On part en juin" in read(app) and "Solange" not in read(app)
        assert app.workspace is not None
        assert any("Solange" in str(row.get("text@fr")) for row in app.workspace.partnership.entries.values())


async def test_seat_offers_no_private_line(tmp_path: Path) -> None:
    async with opened(noted(tmp_path / "s")) as (app, pilot):
        screen = await page(app, pilot, "down")
        assert "Université" in screen.heading()
        assert not any("Solange" in row.text for row in screen.rows())
        assert any("Clinique" in row.text for row in screen.rows())


def test_only_private_lines_are_muted() -> None:
    told = Told("Collège", "Clinique", status="signatory")
    told.say(NOTE, {"text": "Solange part en juin"}, "Collège")
    workspace = Workspace(GUIDE, told.partnership, Memory())
    page = handover_page(workspace, "", "2026-11-27", ())
    muted = [row.text[4:] for row in HandoverScreen(workspace, page).rows() if row.act and row.style == "muted"]
    assert muted == [line.text for line in page.lines if line.private] and len(page.lines) > len(muted) > 0
