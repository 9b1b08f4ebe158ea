"""The place is kept: another partner is the same field, no arrow jumps back, and Enter stays at a line that adds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.screens.opened import filled_store, opened, shown, workspace_of
from tests.screens.test_meeting_screen import table
from tui.partnership.completion import single_entry
from tui.partnership.positions import POSITIONS
from tui.partnership.values import Change, Partnership

LANGS = pytest.mark.parametrize("lang", ["fr", "en"])
THREE = {"Alpha": 0, "Beta": 0, "Gamma": 0}


def words(partnership: Partnership) -> dict[str, dict[str, Any]]:
    """Everything said, by entry, without the program's own marks."""
    return {
        entry.id: {cell: held.value for cell, held in entry.cells.items() if cell[:1] != "#"}
        for entry in partnership.entries.values()
    }


KEYS = [("f6",), ("alt+p",), ("escape", "right", "enter"), ("escape", "p", "enter")]
WAYS = pytest.mark.parametrize("keys", KEYS)


# The fields are walked in two turns: on a busy machine the keys of all of them take longer than a test may.
@pytest.mark.slow
@LANGS
@pytest.mark.parametrize("first", [0, 1], ids=["even", "odd"])
async def test_another_partner_is_the_same_field(tmp_path: Path, lang: str, first: int) -> None:
    """From each field every way is gone; each begins at another partner in the next one, and leads round, too."""
    app = table(tmp_path, THREE, lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        screen: Any = app.screen
        names = [row.id for row in workspace.partnership.rows("open.who")]
        fields = [one.id for one in workspace.guide.question("open.who").parts[0].fields if not one.hidden]
        gone = set()
        for turn, field in enumerate(fields[first::2]):
            at = turn % 3
            screen.go(replace(workspace.place, question="open.who", partner=names[at], slot=f"{names[at]}/{field}"))
            for way in range(len(KEYS)):
                keys = KEYS[(way + turn) % len(KEYS)]
                gone.add((names[at], keys))
                at = (at + 1) % 3
                await write(pilot, *keys)
                assert (workspace.place.partner, screen.form.current_field.key) == (
                    names[at],
                    f"{names[at]}/{field}",
                ), keys
        assert len(gone) == len(names) * len(KEYS), "each way from each partner"
        assert_nothing_written(workspace.partnership)


@LANGS
@WAYS
async def test_another_partner_takes_no_digit_of_the_one_before(
    tmp_path: Path, lang: str, keys: tuple[str, ...]
) -> None:
    app = table(tmp_path, THREE, lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        screen: Any = app.screen
        names = [row.id for row in workspace.partnership.rows("open.who")]
        screen.go(replace(workspace.place, question="open.who", partner=names[0], slot=f"{names[0]}/name"))
        screen.go_to_field(f"{names[0]}/status")
        for digit in ("4", "5", "4"):
            await write(pilot, digit, *keys)
        assert [workspace.partnership.entries[name].get("status") for name in names] == [
            "committed", "signatory", "committed",
        ]  # fmt: skip
        assert_nothing_written(workspace.partnership)


def assert_nothing_written(partnership: Partnership) -> None:
    """Check that no key on the way became a person or a reason."""
    assert not partnership.rows("open.who", "people")
    assert not any(entry.text("reason", "fr") for entry in partnership.rows("open.who"))


async def test_another_partner_is_the_same_field_of_every_question(tmp_path: Path) -> None:
    app = table(tmp_path, THREE)
    async with app.run_test(size=(140, 60)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        screen: Any = app.screen
        names = [row.id for row in workspace.partnership.rows("open.who")]
        for question in POSITIONS:  # of who has not answered the answer is asked before its reservation
            for name in names:
                entry = single_entry(workspace.partnership, question, (name,))
                workspace.edit((Change(entry.id, question, "level", "reservation", subject=(name,)),))
        seen = 0
        for question in workspace.guide.by_id.values():
            if question.scope != "partner":
                continue
            screen.go(replace(workspace.place, question=question.id, partner=names[0], slot=""), writing=True)
            for slot in (one.field for one in screen.form.slots):
                screen.go(replace(workspace.place, question=question.id, partner=names[0], slot=slot.key))
                here = screen.form.current_field
                await write(pilot, "f6")
                there = screen.form.current_field
                assert workspace.place.partner == names[1]
                assert (there.kind, there.part.id, there.field) == (here.kind, here.part.id, here.field), slot.key
                seen += 1
        assert seen > 20


async def test_a_row_that_both_share_stays_and_another_is_the_one_of_its_number(tmp_path: Path) -> None:
    app = table(tmp_path, {"Alpha": 2, "Beta": 2, "Gamma": 1})
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        screen: Any = app.screen
        names = [row.id for row in workspace.partnership.rows("open.who")]
        people = [[row.id for row in workspace.partnership.rows("open.who", "people", (name,))] for name in names]
        screen.go(replace(workspace.place, question="open.who", partner=names[0], slot=f"{people[0][1]}/title"))
        await write(pilot, "f6")
        assert screen.form.current_field.key == f"{people[1][1]}/title"
        await write(pilot, "f6")
        assert screen.form.current_field.key == "+people", "there is no second person"


@LANGS
@pytest.mark.parametrize("key", ["up", "shift+tab"])
async def test_the_first_field_of_the_first_question_is_left_upwards_by_no_key(
    tmp_path: Path, lang: str, key: str
) -> None:
    app = table(tmp_path, THREE, lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        screen: Any = app.screen
        screen.go(replace(workspace.place, question="open.who", slot=f"{workspace.place.partner}/name"), writing=True)
        before = words(workspace.partnership)
        for _time in range(3):
            await write(pilot, key)
            assert screen.form.current == 0 and workspace.place.question == "open.who"
        assert words(workspace.partnership) == before


@LANGS
async def test_the_last_field_of_the_last_question_is_left_downwards_by_no_key(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, THREE, lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen: Any = app.screen
        await write(pilot, "escape", "end", "enter")
        screen.go_to_field(screen.form.slots[-1].field.key)
        for key in ("down", "tab"):
            await write(pilot, key)
            assert screen.form.current == len(screen.form.slots) - 1


@LANGS
async def test_enter_at_a_line_that_adds_stays_at_that_line(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, THREE, lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        screen: Any = app.screen
        name = workspace.partnership.rows("open.who")[0].id
        screen.go(replace(workspace.place, question="open.who", partner=name, slot="+people"), writing=True)
        await write(pilot, "enter", "enter", ":Ann Other", "enter", ":Bob Roy", "enter")
        assert [row.text("name", lang) for row in workspace.partnership.rows("open.who", "people", (name,))] == [
            "Ann Other", "Bob Roy",
        ]  # fmt: skip
        assert len(workspace.partnership.rows("open.who")) == 3
        await write(pilot, "enter")
        assert {"fr": "Tab mène à ce qui suit", "en": "Tab goes on"}[lang] in screen_text(app)
        await write(pilot, "tab")
        assert screen.form.current_field.key == "+"


async def test_enter_at_any_line_that_adds_stays_there(tmp_path: Path) -> None:
    app = table(tmp_path, THREE)
    async with app.run_test(size=(140, 60)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        screen: Any = app.screen
        for question in workspace.guide.by_id.values():
            for part in question.lists:
                screen.go(replace(workspace.place, question=question.id, slot=f"+{part.id}"), writing=True)
                if screen.form.current_field is None or screen.form.current_field.key != f"+{part.id}":
                    continue
                await write(pilot, "enter")
                assert (workspace.place.question, screen.form.current_field.key) == (question.id, f"+{part.id}")


async def test_a_guessed_name_is_confirmed_only_where_its_partner_is_in_sight(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"combien", "enter", "alt+'")
        await pilot.pause()
        assert "se pose une fois" in shown(app, "foot")
        assert not workspace_of(app).partnership.rows("open.who")[0].get("article")
        await pilot.press("escape", "g", *"qui", "enter", "alt+'")
        await pilot.pause()
        assert "Confirmé : " in shown(app, "foot").replace("\xa0", " ")
