"""The whole way by keyboard: from an empty store to the document of a real case; then projected, nothing private."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.journeys.hand import Hand, opened
from tui.app.app import EntenteApp
from tui.export.plain_text import to_text
from tui.store import Store

CANARY = "zqcanari"


async def write(pilot: Pilot[None], *keys: str) -> None:
    """Press keys; what begins with « : » is typed letter by letter."""
    assert isinstance(pilot.app, EntenteApp)
    hand = Hand(pilot.app, pilot)
    for key in keys:
        await hand.press(*(key[1:] if key.startswith(":") else (key,)))


async def begin(pilot: Pilot[None]) -> None:
    """A new partnership of two organisations, both interested."""
    await write(pilot, "enter", ":Universite", "enter", ":ACSM", "tab")


def screen_text(app: EntenteApp) -> str:
    """Every cell of the screen, as text, with the apostrophes of a keyboard."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips).replace("’", "'")


async def test_from_an_empty_store_to_a_document(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        workspace = app.workspace
        assert workspace is not None
        assert [row.text("name", "fr") for row in workspace.partnership.rows("open.who")] == ["Universite", "ACSM"]
        for _step in range(5):
            await write(pilot, "f4")
        assert workspace.place.question == "open.contributions"
        await write(pilot, ":fournir les locaux", "tab", "3", "f6", ":offrir du personnel", "tab", "3")
        await write(pilot, "f4", ":offrir du counseling", "enter", ":augmenter", "f4", "4", "f4")
        await write(pilot, ":tous soutenus", "tab", ":soutenir aux examens")
        text = to_text(workspace.agreement)
        assert "fournir les locaux" in text
        assert "offrir du counseling" in text
        assert "Tous soutenus" in text
        assert "collaboration au niveau des services" in text
        holes = {hole.id for hole in workspace.agreement.holes}
        assert holes == {"lead", "governance", "accountability", "money", "review_date"}
        await write(pilot, "f12")
    again = Store(tmp_path / "store")
    assert "fournir les locaux" in to_text_of(again)


def to_text_of(store: Store) -> str:
    """All the texts a store holds of its one partnership."""
    partnership = store.load(store.list()[0].id)
    return " ".join(str(cell.value) for entry in partnership.entries.values() for cell in entry.cells.values())


async def test_the_partner_is_kept_over_questions_and_the_question_over_partners(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(140, 40)) as pilot:
        await begin(pilot)
        assert app.workspace is not None
        await write(pilot, "f6")
        second = app.workspace.place.partner
        await write(pilot, "f4", "f4", "f4")
        assert app.workspace.place.partner == second
        before = app.workspace.place.question
        await write(pilot, "f6")
        assert (app.workspace.place.question, app.workspace.place.partner != second) == (before, True)


@pytest.mark.parametrize("move", ["f3", "f4", "f6", "f7", "f5", "f2", "escape", "f12"])
async def test_what_was_typed_survives_every_move(tmp_path: Path, move: str) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await begin(pilot)
        await write(pilot, ":demandeur", move)
        await write(pilot, "escape")
    assert "demandeur" in to_text_of(Store(tmp_path / "store"))


async def test_the_app_reopens_where_it_was_left(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await begin(pilot)
        await write(pilot, "f6", "f4", "f4", "f12")
    again = opened(tmp_path)
    async with again.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert again.workspace is not None
        assert again.workspace.place.question == "open.involvement"
        assert again.workspace.place.partner == again.workspace.partnership.rows("open.who")[1].id


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (100, 30), (140, 40), (200, 50)])
async def test_nothing_private_is_on_the_screen_while_projected(tmp_path: Path, size: tuple[int, int]) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        assert app.workspace is not None
        await write(pilot, "f7", f":{CANARY} note", "f7")
        await write(pilot, "f6", "f7", f":{CANARY} autre", "f7", "f4", "f4", "f4", f":{CANARY}")
        assert CANARY in to_text_of_workspace(app)
        await write(pilot, "f9")
        for key in ("", "down", "pagedown", "n", "end", "home", "enter", "escape"):
            if key:
                await write(pilot, key)
            shown = screen_text(app)
            assert CANARY not in shown
            assert "ACSM" not in shown, "a partner in waiting is not named before the room"
        await write(pilot, "f9")
        assert "Arrêter de projeter" in screen_text(app)


def to_text_of_workspace(app: EntenteApp) -> str:
    """All the texts of the open partnership."""
    assert app.workspace is not None
    return " ".join(
        str(cell.value) for entry in app.workspace.partnership.entries.values() for cell in entry.cells.values()
    )
