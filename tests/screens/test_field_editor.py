"""Writing in the form: rows that come and go, one step of undo a place, choices taken back, no key lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.opened import ORG, ROLE, filled_store, opened, partnership_of, workspace_of
from tui.app.app import EntenteApp
from tui.screens.work_screen import WorkScreen

OTHER = "bbbbbbbbbb"


def seen(app: EntenteApp, text: str) -> tuple[int, int]:
    """How many lines of the form say a text, and at how many of its places it is written; an editor covers its line."""
    assert isinstance(app.screen, WorkScreen)
    form = app.screen.form
    lines = ["".join(piece.text for piece in line) for line in form.lines]
    return sum(text in line for line in lines), sum(text in slot.field.text for slot in form.slots)


async def to_question(pilot: Pilot[None], letters: str) -> None:
    """Go to a question by some letters of its name."""
    await pilot.press("escape", "g", *letters, "enter")


async def test_a_row_whose_text_is_taken_out_goes_when_one_leaves_it(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await to_question(pilot, "objectifs")
        await pilot.press(*"offrir", "enter", *"former", "enter")
        rows = workspace_of(app).partnership.rows("gather.objectives", "rows")
        assert [row.text("text", "fr") for row in rows] == ["offrir", "former"]
        assert isinstance(app.screen, WorkScreen)
        app.screen.go_to_field(f"{rows[0].id}/text")
        await pilot.pause()
        await pilot.press(*["backspace"] * len("offrir"))
        assert len(workspace_of(app).partnership.rows("gather.objectives", "rows")) == 2, "one may still write there"
        await pilot.press("escape")
        for key, left in (("", ["former"]), ("ctrl+z", ["offrir", "former"]), ("ctrl+y", ["former"])):
            await pilot.press(*filter(None, (key,)))
            rows = workspace_of(app).partnership.rows("gather.objectives", "rows")
            assert [row.text("text", "fr") for row in rows] == left, "emptied and left in one step of undo"
    assert [row.text("text", "fr") for row in partnership_of(store).rows("gather.objectives", "rows")] == ["former"]


@pytest.mark.parametrize("leave", ["tab shift+tab", "escape enter", "down up"])
async def test_leaving_a_place_ends_the_step_of_undo(tmp_path: Path, leave: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press(*"hôte", *leave.split(), "end", *" du lieu")

        def role() -> object:
            entry = workspace_of(app).partnership.entry(ORG)
            return entry.get(ROLE) if entry is not None else None

        assert role() == "hôte du lieu"
        await pilot.press("ctrl+z")
        assert role() == "hôte", "what was typed since one came back"
        await pilot.press("ctrl+z")
        assert role() is None


async def test_the_row_being_added_is_painted_once(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await to_question(pilot, "objectifs")
        await pilot.press(*"offrir")
        assert seen(app, "offrir") == (0, 1), "in the line that adds alone"
        await pilot.press("enter", *"former")
        assert (seen(app, "offrir"), seen(app, "former")) == ((1, 1), (0, 1))


@pytest.mark.parametrize("question", ["vieilles", "confiance"])
async def test_a_partner_is_not_paired_with_itself(tmp_path: Path, question: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await to_question(pilot, question)
        for one, other in ((ORG, OTHER), (OTHER, ORG)):
            assert workspace_of(app).place.partner == one and isinstance(app.screen, WorkScreen)
            (pair,) = [slot.field for slot in app.screen.form.slots if slot.field.kind == "pair"]
            assert [name for name, _words in pair.options if name] == [other]
            await pilot.press("f6")


@pytest.mark.parametrize("key", ["delete", "backspace"])
async def test_delete_takes_an_answer_back(tmp_path: Path, key: str) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await to_question(pilot, "implication")
        await pilot.press("3")
        level = f"open.involvement:{ORG}"
        entry = workspace_of(app).partnership.entry(level)
        assert entry is not None and entry.get("level") == "contributes"
        await pilot.press(key)
        entry = workspace_of(app).partnership.entry(level)
        assert entry is not None and not entry.get("level")
        assert workspace_of(app).place.partner == ORG
    kept = partnership_of(store).entry(level)
    assert kept is None or not kept.get("level")


@pytest.mark.parametrize("leave", ["enter", "tab", "f6", "escape"])
async def test_an_address_typed_behind_the_name_of_a_person_is_no_part_of_the_name(tmp_path: Path, leave: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        assert isinstance(app.screen, WorkScreen)
        app.screen.go_to_field(next(slot.field.key for slot in app.screen.form.slots if slot.field.part.id == "people"))
        await pilot.pause()
        await pilot.press(*"Ana Li; agente; ana@b.ca, elle parle vite", leave)
        (person,) = workspace_of(app).partnership.rows("open.who", "people")
        assert [person.get(cell) for cell in ("name", "title@fr", "email")] == ["Ana Li", "agente", "ana@b.ca"]
        organisation = workspace_of(app).partnership.entry(ORG)
        assert organisation is not None and organisation.text("reason", "fr") == "Ana Li ; elle parle vite"
        assert "ana@b.ca" not in repr(workspace_of(app).view)
