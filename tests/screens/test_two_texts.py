"""Two wordings of one text: side by side, one chosen by a key, the other in the earlier texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.partnership.told import GUIDE, Told
from tests.screens.test_meeting_screen import changes
from tui.app.app import EntenteApp
from tui.partnership.positions import points
from tui.partnership.privacy import public_view
from tui.partnership.versions import whole_text
from tui.screens.two_texts import WordingsScreen
from tui.screens.versions_screen import EarlierTextsScreen
from tui.settings import Settings
from tui.store import Author, Store


def opened(folder: Path) -> EntenteApp:
    """A partnership with a vision and one wished contribution."""
    told = Told("Université", "Clinique")
    told.say("gather.vision", {"vision": "une oreille pour tous"})
    store = Store(folder / "store", author=Author("x" * 10, "Marie"))
    store.create(list(changes(told)))
    return EntenteApp(store, Settings(lang="fr", clipboard="none"), store.list()[0].id)


def vision(app: EntenteApp) -> Any:
    """The answer."""
    assert app.workspace is not None
    return app.workspace.partnership.entries["gather.vision"]


async def at_vision(app: EntenteApp, pilot: Any) -> None:
    """Stand at the vision and open the two wordings, " le soir" added to the second."""
    await pilot.pause()
    screen: Any = app.screen
    screen.go(replace(screen.workspace.place, question="gather.vision", slot="gather.vision/vision"))
    await write(pilot, "escape", "equals_sign")
    assert isinstance(app.screen, WordingsScreen)
    await write(pilot, ": le soir")


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (140, 40)])
async def test_both_are_seen_and_the_second_takes_the_place_of_the_first(tmp_path: Path, size: tuple[int, int]) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=size) as pilot:
        await at_vision(app, pilot)
        assert screen_text(app).count("une oreille pour tous") == 2
        await write(pilot, "escape", "2")
        assert vision(app).text("vision", "fr") == "une oreille pour tous le soir"
        await write(pilot, "r")
        assert isinstance(app.screen, EarlierTextsScreen)
        assert "une oreille pour tous" in [one.words for one in app.screen.earlier_texts]


async def test_the_one_not_chosen_is_in_the_earlier_texts_and_undo_brings_both_back(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_vision(app, pilot)
        await write(pilot, "escape", "1")
        assert vision(app).text("vision", "fr") == "une oreille pour tous"
        await write(pilot, "r")
        assert isinstance(app.screen, EarlierTextsScreen)
        assert "une oreille pour tous le soir" in [one.words for one in app.screen.earlier_texts]
        await write(pilot, "escape", "u")
        assert vision(app).get("vision@fr~2") == "une oreille pour tous le soir"


async def test_kept_for_later_it_is_in_no_document_and_reopens_no_answer(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        before = points(GUIDE, app.workspace.view), whole_text(GUIDE, app.workspace.view), app.workspace.agreement
        await at_vision(app, pilot)
        await write(pilot, "escape", "escape", "enter")
        assert "deux formulations" in screen_text(app)
        view = public_view(GUIDE, app.workspace.partnership)
        assert (points(GUIDE, view), whole_text(GUIDE, view)) == before[:2]
        assert "le soir" not in repr(app.workspace.agreement.sections)
    again = Store(tmp_path / "store")
    kept = again.load(again.list()[0].id).entries["gather.vision"]
    assert kept.get("vision@fr~2") == "une oreille pour tous le soir"


async def test_from_the_projected_document_too(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "f9")
        screen: Any = app.screen
        screen.stand_at(next(row for row, origin in enumerate(screen.painted.origins) if origin.field == "vision"))
        await write(pilot, "equals_sign", ": partout", "escape", "2")
        assert vision(app).text("vision", "fr") == "une oreille pour tous partout"
        assert "Une oreille pour tous partout" in screen_text(app) and app.screen is screen


async def test_cost_of_the_second_wording_is_told_while_it_is_typed(tmp_path: Path) -> None:
    told = Told("Université", "Clinique")
    told.say("gather.vision", {"vision": "une oreille pour tous"})
    told.say("commit.consensus", {"level": "agree"}, "Clinique")
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    store.create(list(changes(told)))
    app = EntenteApp(store, Settings(lang="fr", clipboard="none"), store.list()[0].id)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_vision(app, pilot)
        shown = " ".join(screen_text(app).replace("\u00a0", " ").split())
        assert "Rouvre 1 réponse sur 1 : Clinique." in shown and "Signatures pas avant" in shown
        assert vision(app).text("vision", "fr") == "une oreille pour tous"


async def test_nothing_of_the_cost_is_shown_to_a_room(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        entry = vision(app)
        field = GUIDE.question("gather.vision").parts[0].fields[0]
        app.push_screen(WordingsScreen(app.workspace, entry, field, projected=True))
        await pilot.pause()
        assert isinstance(app.screen, WordingsScreen) and not app.screen.query("#cost")
        await write(pilot, ": le soir")
        assert "ouvre" not in screen_text(app)
