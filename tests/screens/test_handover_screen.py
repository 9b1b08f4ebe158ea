"""Handing over in the app: the record line by line, ticks, words of one's own, the page read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.partnership.told import GUIDE, Told
from tests.screens.caged import press
from tests.screens.opened import ORG, filled_store, opened
from tests.workspace.in_memory import Memory
from tui.app.app import EntenteApp
from tui.export.plain_text import to_text
from tui.partnership.values import Change
from tui.screens import handover_screen
from tui.screens.handover_screen import HandoverScreen
from tui.screens.versions_screen import ReadOnlyScreen
from tui.store import Store
from tui.ui.dialog import Choice
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


@pytest.mark.parametrize("at", [0, 1, 3, 99])
@pytest.mark.parametrize("typed", [None, "", "en mai"])
def test_other_words_are_those_of_the_current_line(monkeypatch: pytest.MonkeyPatch, at: int, typed: str | None) -> None:
    told = Told("Collège", "Clinique", status="signatory")
    told.say(NOTE, {"text": "Solange part en juin"}, "Collège")
    workspace = Workspace(GUIDE, told.partnership, Memory())
    page = handover_page(workspace, "", "2026-11-27", ())
    screen = HandoverScreen(workspace, page)
    shown: list[str] = []

    def ask(_app: object, _window: str, _title: str, take: Callable[[str | None], None], **how: str) -> None:
        shown.append(how.get("text", ""))
        take(typed)

    monkeypatch.setattr(handover_screen, "ask_text", ask)
    monkeypatch.setattr(HandoverScreen, "app", None)
    monkeypatch.setattr(HandoverScreen, "paint", lambda page: None)
    before = [row.text for row in screen.rows() if row.act]
    monkeypatch.setattr(HandoverScreen, "at", at)
    screen.act("e")
    after = [row.text for row in screen.rows() if row.act]
    assert shown == [text[4:] for text in before[at : at + 1]]
    changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert changed == ([at] if typed and at < len(before) else [])
    screen.act("a")
    assert len(screen.rows()) - len(before) >= (1 if typed else 0)
    assert any(row.text.endswith("en mai") for row in screen.rows()[-1:]) is bool(typed)


@pytest.mark.parametrize("number", range(4))
async def test_a_seat_or_the_facilitating_is_handed_over(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    told = Told("Collège", "Clinique", "Parti", status="signatory")
    told.say("open.who", {"status": "withdrawn"}, "Parti")
    workspace = Workspace(GUIDE, told.partnership, Memory())
    offered: list[str] = []

    async def answer(choices: list[Choice]) -> str:
        offered.extend(choice.id for choice in choices)
        return offered[number] if number < len(offered) else ""

    asked: list[str] = []
    pages: list[object] = []
    monkeypatch.setattr(handover_screen, "Picker", lambda title, choices: choices)
    monkeypatch.setattr(handover_screen, "answer_to", answer)
    monkeypatch.setattr(handover_screen, "handover_page", lambda workspace, partner, *rest: asked.append(partner))
    monkeypatch.setattr(handover_screen, "HandoverScreen", lambda workspace, page: page)
    app: Any = SimpleNamespace(workspace=workspace, store=Memory(), push_screen=pages.append)
    await handover_screen.show_handover(app)
    seats = ["", told.ids["Collège"], told.ids["Clinique"]]
    assert len(offered) == 3 and asked == seats[number : number + 1] and len(pages) == len(asked)
