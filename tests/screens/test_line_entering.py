"""At 80 by 24: a decision becomes a clause by a letter and Enter, lines change kind, the register; keys counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.screens.test_meeting_screen import Counted, minutes_of, table
from tui.export.plain_text import to_text
from tui.partnership.meetings import DECISIONS, HELD, TASKS
from tui.partnership.values import Change
from tui.screens.meeting_screen import MeetingScreen
from tui.screens.versions_screen import ReadOnlyScreen

TWO = {"Université": 0, "Clinique": 0}
SIZE = (80, 24)


def plain(text: str) -> str:
    """Text with plain spaces and apostrophes."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


@pytest.mark.parametrize(
    ("lang", "said"),
    [("fr", "inscrit à la section 3"), ("en", "entered in section 3")],
)
async def test_a_decision_becomes_a_clause_by_a_letter_and_enter(tmp_path: Path, lang: str, said: str) -> None:
    app = table(tmp_path, TWO, lang)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        await write(pilot, "alt+M", "1", "D", ":offrir du soutien le soir", "enter")
        press = Counted(pilot)
        page = app.screen
        assert isinstance(page, MeetingScreen)
        while page.current_noted_line is None:
            await write(pilot, "down")
        await press("s", "o")
        shown = plain(screen_text(app))
        assert "offrir du soutien le soir" in shown, "shown first, as it will print"
        assert not app.workspace.partnership.rows("gather.objectives", "rows")
        await press("enter")
        assert press.keys == 3
        (clause,) = app.workspace.partnership.rows("gather.objectives", "rows")
        assert clause.text("text", lang) == "offrir du soutien le soir"
        await write(pilot, "z")
        number = app.workspace.section_number("objectives")
        assert said.replace("3", number) in minutes_of(app)


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_the_arrows_choose_what_the_line_takes_the_place_of(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, TWO, lang)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        await write(pilot, "alt+M", "D", ":un soir", "enter", "D", ":deux soirs", "enter")
        page = app.screen
        assert isinstance(page, MeetingScreen)
        while page.current_noted_line is None:
            await write(pilot, "down")
        await write(pilot, "s", "o", "enter", "down", "s", "o")
        assert "un soir" in screen_text(app)
        await write(pilot, "down")
        assert {"fr": "à la place de", "en": "instead of"}[lang] in plain(screen_text(app))
        await write(pilot, "enter")
        (clause,) = app.workspace.partnership.rows("gather.objectives", "rows")
        assert clause.text("text", lang) == "deux soirs"


async def test_a_line_is_turned_and_replaced_where_one_stands(tmp_path: Path) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        await write(pilot, "alt+M", "D", ":louer la salle", "enter", "D", ":un gardien", "enter", "D", ":deux", "enter")
        page = app.screen
        assert isinstance(page, MeetingScreen)
        while page.current_noted_line is None:
            await write(pilot, "down")
        press = Counted(pilot)
        await press("t", "I")
        assert press.keys == 2
        assert [row.text("text", "fr") for row in app.workspace.partnership.rows(HELD, TASKS)] == ["louer la salle"]
        await press("r", ":deux", "enter", ":trop petit", "enter")
        first = app.workspace.partnership.rows(HELD, DECISIONS)[0]
        assert first.text("reason", "fr") == "trop petit" and first.get("replaced_by")
        await press("(")
        assert isinstance(app.screen, ReadOnlyScreen)
        told = plain(to_text(app.screen.agreement, None))
        assert "remplacée par la décision 2 : trop petit" in told


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("projected", [False, True])
async def test_a_sentence_of_the_document_is_agreed_in_one_key(tmp_path: Path, lang: str, projected: bool) -> None:
    app = table(tmp_path, TWO, lang)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        await write(pilot, "alt+M", "D", ":offrir du soutien", "enter")
        page = app.screen
        assert isinstance(page, MeetingScreen)
        while page.current_noted_line is None:
            await write(pilot, "down")
        await write(pilot, "s", "o", "enter", "escape", "f9" if projected else "f5")
        sheet: Any = app.screen
        rows = [row for row, origin in enumerate(sheet.painted.origins) if origin.question == "gather.objectives"]
        assert sheet.show_row(rows[-1])
        press = Counted(pilot)
        await press("y")
        assert press.keys == 1
        noted = app.workspace.partnership.rows(HELD, DECISIONS)
        assert [row.get("as_it_stands") for row in noted] == [None, True]
        await press("y")
        assert len(app.workspace.partnership.rows(HELD, DECISIONS)) == 1


async def test_elsewhere_the_letters_say_where_they_act(tmp_path: Path) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await write(pilot, "alt+M", "s")
        assert "Placez-vous d'abord" in plain(screen_text(app))


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_the_last_line_names_seven_keys_at_most(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, TWO, lang)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await write(pilot, "alt+M", "D", ":oui", "enter")
        page = app.screen
        assert isinstance(page, MeetingScreen)
        for _line in range(len(page._places)):
            assert len(page.keys()) <= 7
            await write(pilot, "down")
        assert len(page.keys()) <= 7


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_who_leaves_or_stands_aside_is_one_key_and_a_room_sees_no_standing_aside(
    tmp_path: Path, lang: str
) -> None:
    app = table(tmp_path, TWO, lang)
    aside = {"fr": "se retire", "en": "stands aside"}[lang]
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        await write(pilot, "alt+M", "1", "1", "up")
        press = Counted(pilot)
        await press("5")
        assert aside in plain(screen_text(app))
        await press("D", ":oui", "enter", "5", "4")
        assert press.keys == 5
        (row,) = app.workspace.partnership.rows(HELD, DECISIONS)
        assert len(row.get("there")["who"]) == 1 and len(row.get("aside")["who"]) == 1
        assert {"fr": "jusqu'à", "en": "left at"}[lang] in plain(screen_text(app))
        await press("4", "5", "escape", "f9", "M")
        page = app.screen
        assert isinstance(page, MeetingScreen) and page.projected
        assert aside not in plain(screen_text(app))


async def test_under_a_decision_count_and_rule_stand_side_by_side_where_a_rule_was_written(tmp_path: Path) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        await write(pilot, "alt+M", "1", "D", ":oui", "enter")
        assert "règle" not in screen_text(app)
        rule = Change("extra.decision_rule", "extra.decision_rule", "rule@fr", "aux deux tiers")
        app.workspace.edit([rule])
        page = app.screen
        assert isinstance(page, MeetingScreen)
        while page.current_noted_line is None:
            await write(pilot, "down")
        await write(pilot, "w", ":adopté", "enter")
        assert "1 organisme présent sur 2 · règle écrite" in plain(screen_text(app))
        assert "adopté" in screen_text(app)
