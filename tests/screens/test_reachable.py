"""What one must be able to reach: a partner that left, the field of a heading, the whole name in the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.opened import ORG, filled_store, opened, shown, workspace_of
from tui.app.app import EntenteApp
from tui.partnership.values import Change
from tui.screens.agreement_screen import DocumentScreen
from tui.screens.work_screen import WorkScreen
from tui.store import Store
from tui.ui.dialog import Picker

CLINIC = "bbbbbbbbbb"
NAME = "Concertation pour la santé mentale des étudiantes et étudiants du Bas-Saint-Laurent"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with one partnership, of which the second partner withdrew."""
    store = filled_store(tmp_path / "store")
    changes = [
        Change(CLINIC, "open.who", "status", "withdrawn", "", (CLINIC,)),
        Change("extra.name", "extra.name", "name@fr", NAME, ""),
        Change("gather.vision", "gather.vision", "vision@fr", "Personne ne reste seul.", ""),
        Change("ob", "gather.objectives", "text@fr", "offrir du counseling", "rows"),
    ]
    store.save(store.list()[0].id, changes)
    return store


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each once the screen has settled."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


@pytest.mark.slow
async def test_a_partner_that_left_is_reached_by_f6_and_marked(store: Store) -> None:
    async with opened(store) as (app, pilot):
        await pressed(pilot, "f6")
        assert workspace_of(app).place.partner == CLINIC
        assert "‹ retiré ›  Clinique" in shown(app, "question")
        assert "retiré · Clinique" in shown(app, "foot")
        await pressed(pilot, "f6")
        assert workspace_of(app).place.partner == ORG


async def test_a_partner_that_left_is_reached_from_the_plan_and_by_its_name(store: Store) -> None:
    async with opened(store, size=(80, 24)) as (app, pilot):
        await pressed(pilot, "escape", "right")
        assert workspace_of(app).place.partner == CLINIC
        await pressed(pilot, "left", "G", "c", "l", "i", "n")
        assert isinstance(app.screen, Picker)
        await pressed(pilot, "enter")
        assert isinstance(app.screen, WorkScreen)
        assert workspace_of(app).place.partner == CLINIC


async def at_line(app: EntenteApp, pilot: Pilot[None], words: str) -> DocumentScreen:
    """The document, standing at the first line that holds these words."""
    await pressed(pilot, "f5")
    screen = app.screen
    assert isinstance(screen, DocumentScreen)
    rows = ["".join(piece.text for piece in line) for line in screen.painted.lines]
    screen.stand_at(next(at for at, line in enumerate(rows) if words in line.replace("\xa0", " ")))
    return screen


@pytest.mark.parametrize(
    ("heading", "text"),
    [("Objectifs principaux", "offrir du counseling"), ("Vision et buts communs", "Personne ne reste seul.")],
)
async def test_enter_on_a_heading_opens_the_field_under_it(store: Store, heading: str, text: str) -> None:
    async with opened(store) as (app, pilot):
        screen = await at_line(app, pilot, heading)
        await pressed(pilot, "enter")
        assert screen.bottom.target is not None
        assert screen.editor.text == text


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (100, 30)])
async def test_the_list_shows_a_whole_name(store: Store, size: tuple[int, int]) -> None:
    async with opened(store, size=size) as (app, pilot):
        await pressed(pilot, "escape", "q")
        assert [word for word in NAME.split() if word not in shown(app, "sheet").split()] == []
        assert "…" not in shown(app, "sheet")


async def test_the_list_and_the_command_say_one_state(store: Store) -> None:
    from tui.partnership.milestones import milestone_words

    async with opened(store) as (app, pilot):
        await pressed(pilot, "escape", "q")
        assert milestone_words(store.list()[0].milestone) in shown(app, "sheet")
