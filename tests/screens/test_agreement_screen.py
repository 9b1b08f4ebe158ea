"""Before a room: nothing private on any cell, whatever is pressed, in five sizes; the title first; leaving asks."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.screens.caged import CANARY, SIZES, app_on, cells, press, sung
from tui.app.app import EntenteApp
from tui.commands import PROJECTION, commands_at
from tui.screens.agreement_screen import DocumentScreen, ProjectionScreen
from tui.screens.work_screen import WorkScreen
from tui.settings import Settings
from tui.store import Author, Store
from tui.workspace.samples import samples

WALK = (
    "down", "up", "pagedown", "home", "end", "enter", "escape", "tab", "backspace", "space",
    "n", "plus", "equals_sign", "b", "u", "M", "U", "D", "I", "1", "2", "3", "4", "x", "é",
    "f1", "f2", "f3", "f5", "f6", "f7", "f8", "f9", "f12", "ctrl+s", "ctrl+z", "ctrl+q", "alt+v", "alt+c",
)  # fmt: skip


# What is opened by a letter, and the keys that go through it.
DEEP = {
    "M": ("2", "1", "down", "enter", "escape", "end", "enter", "escape"),
    "U": ("1", "3", "up", "2", "2", "down", "2", "3", "6", "up"),
    "D": ("o", "u", "i", "enter"),
    "I": ("x", "enter", "M", "end", "up", "enter"),
    "b": ("z", "enter"),
}


async def back(app, pilot) -> None:
    """Back to the projected document, whatever was opened over it; leaving is answered by no."""
    for _turn in range(6):
        if isinstance(app.screen, ProjectionScreen) and app.screen.bottom.target is None:
            return
        await press(pilot, "escape")
    assert isinstance(app.screen, ProjectionScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_private_whatever_can_be_done_while_projected(tmp_path: Path, size: tuple[int, int]) -> None:
    app = app_on(tmp_path)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, "f7")
        assert CANARY in cells(app), "the canary can be heard"
        await press(pilot, "f7", "f9")
        assert isinstance(app.screen, ProjectionScreen) and sung(app) == []
        for one in commands_at(PROJECTION):
            for key in one.letter[:1] or one.keys[:1]:
                await press(pilot, {"+": "plus", "=": "equals_sign"}.get(key, key))
                assert sung(app) == [], (one.id, key)
                await back(app, pilot)


@pytest.mark.slow
async def test_nothing_private_however_far_one_goes_while_projected(tmp_path: Path) -> None:
    app = app_on(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "f9")
        for letter, keys in DEEP.items():
            await press(pilot, letter)
            for key in keys:
                await press(pilot, key)
                assert sung(app) == [], (letter, key)
            await back(app, pilot)
        assert isinstance(app.screen, ProjectionScreen)
        fields = {(one.question, one.entry, one.field): row for row, one in enumerate(app.screen.painted.origins)}
        for (question, entry, field), row in fields.items():
            if question:
                app.screen.stand_at(row)
                await press(pilot, "enter")
                assert sung(app) == [], (question, entry, field)
                await back(app, pilot)


@pytest.mark.slow
@settings(max_examples=2, phases=[Phase.explicit, Phase.generate])  # a walk is too slow to be made shorter
@given(keys=st.lists(st.sampled_from(WALK), min_size=10, max_size=25), size=st.sampled_from(SIZES[:4]))
def test_no_walk_of_keys_makes_the_canary_sing(keys: list[str], size: tuple[int, int]) -> None:
    async def walk(folder: Path) -> None:
        app = app_on(folder)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for at, key in enumerate(keys):
                if not app.projecting:
                    await press(pilot, "f9")  # the first time, and again where a yes ended the projection
                if key == "1" and "Peut-elle" in cells(app):
                    continue  # its partner would have given leave: then it is public
                await press(pilot, key)
                assert app.is_running and (not app.projecting or sung(app) == []), keys[: at + 1]

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(walk(Path(folder)))


@pytest.mark.parametrize("size", [(40, 15), (140, 40)])
async def test_the_partnerships_own_name_stands_first_and_leaving_asks(tmp_path: Path, size: tuple[int, int]) -> None:
    app = app_on(tmp_path)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        theme = app.theme
        await press(pilot, "f9", "end")
        title = app.screen.workspace.agreement.title[:20]  # type: ignore[attr-defined]
        assert cells(app).lstrip().startswith(title) and app.theme == "entente-contrast"
        await press(pilot, "f9")
        assert "Arrêter de projeter" in cells(app)
        await press(pilot, "escape")
        assert app.projecting
        await press(pilot, "M", "U", "f9")
        await press(pilot, "down", "enter")
        assert not app.projecting and app.theme == theme, "from whatever was opened over the document"


async def test_the_field_of_a_line_opens_at_the_bottom_and_escape_comes_back(tmp_path: Path) -> None:
    app = app_on(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "f9", "n", "enter")
        workspace = app.screen.workspace  # type: ignore[attr-defined]
        assert "But commun" in cells(app)
        await press(pilot, "u", "n", "i", "s", "escape", "n", "enter")
        assert "Unis" in cells(app), "letters wrote, and acted on nothing"
        await press(pilot, "a", "g", "i", "r", "enter", "plus", "l", "i", "r", "e", "enter")
        rows = workspace.partnership.rows("gather.objectives", "rows")
        assert [row.text("text", "fr") for row in rows][-2:] == ["agir", "lire"]
        assert isinstance(app.screen, ProjectionScreen) and app.screen.bottom.target is None


async def test_a_choice_is_made_from_the_document_by_its_digit(tmp_path: Path) -> None:
    app = app_on(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "f5")
        workspace = app.screen.workspace  # type: ignore[attr-defined]
        rows = app.screen.painted.origins  # type: ignore[attr-defined]
        at = next(row for row, origin in enumerate(rows) if origin.question == "gather.level")
        app.screen.stand_at(at)  # type: ignore[attr-defined]
        await press(pilot, "enter", "4")
        assert workspace.partnership.entries["gather.level"].get("level") == "services"
        assert "collaboration au niveau des services" in cells(app)


async def test_a_field_that_would_name_a_waiting_partner_is_not_opened(tmp_path: Path) -> None:
    app = app_on(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "f9")
        screen = app.screen
        assert isinstance(screen, ProjectionScreen)
        at = next(row for row, origin in enumerate(screen.painted.origins) if origin.question == "gather.lead")
        screen.stand_at(at)
        await press(pilot, "enter")
        assert screen.bottom.target is None and "hors de la projection" in cells(app) and sung(app) == []


@pytest.mark.parametrize(
    ("start", "name"),
    [
        ("Collège des Grands-Vents, ay", "Collège des Grands-Vents"),
        ("4 novembre 2026, ci-après", "Collège des Grands-Vents"),
        ("Le Collège", "Collège des Grands-Vents"),
        ("S’engage à", "Collège des Grands-Vents"),
        ("Nom et titre : Patrick Lizotte", "Maison de la jeunesse La Boussole"),
    ],
)
async def test_words_made_from_a_partner_lead_to_all_that_is_asked_of_it(tmp_path: Path, start: str, name: str) -> None:
    store = Store(tmp_path / "s", author=Author("marie".ljust(10, "x"), "Marie"))
    document = next(sample.document for sample in samples() if sample.number == 4)
    app = EntenteApp(store, Settings(doc_lang="fr"), store.import_document(document))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "f5")
        screen = app.screen
        assert isinstance(screen, DocumentScreen)
        workspace = screen.workspace
        (partner,) = (row.id for row in workspace.partnership.rows("open.who") if row.text("name", "fr") == name)
        people_before = len(workspace.partnership.rows("open.who", "people"))
        texts = ["".join(piece.text for piece in line).strip() for line in screen.painted.lines]
        screen.stand_at(next(row for row, text in enumerate(texts) if text.startswith(start)))
        await press(pilot, "enter")
        assert isinstance(app.screen, WorkScreen)
        assert (workspace.place.question, workspace.place.partner) == ("open.who", partner)
        assert len(workspace.partnership.rows("open.who", "people")) == people_before, "no new person was begun"


async def test_a_new_line_says_what_it_adds(tmp_path: Path) -> None:
    app = app_on(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "f5")
        screen = app.screen
        assert isinstance(screen, DocumentScreen)
        at = next(row for row, origin in enumerate(screen.painted.origins) if origin.question == "gather.objectives")
        screen.stand_at(at)
        await press(pilot, "plus")
        assert "+ ajouter un objectif" in cells(app)


@pytest.mark.parametrize(
    ("start", "added"),
    [("Le Collège", "+ ajouter une contribution"), ("Collège des Grands-Vents, ay", "+ ajouter une personne")],
)
async def test_plus_on_a_partner_adds_to_the_list_that_stands_there(tmp_path: Path, start: str, added: str) -> None:
    store = Store(tmp_path / "s", author=Author("marie".ljust(10, "x"), "Marie"))
    document = next(sample.document for sample in samples() if sample.number == 4)
    app = EntenteApp(store, Settings(doc_lang="fr"), store.import_document(document))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "f5")
        screen = app.screen
        assert isinstance(screen, DocumentScreen)
        texts = ["".join(piece.text for piece in line).strip() for line in screen.painted.lines]
        screen.stand_at(next(row for row, text in enumerate(texts) if text.startswith(start)))
        await press(pilot, "plus")
        assert f"{added} · Collège des Grands-Vents" in cells(app)
