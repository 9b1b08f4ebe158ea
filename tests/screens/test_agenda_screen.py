"""At 80 by 24: an agenda made, put in order and worked through by single keys; the next date asked at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.screens.test_line_entering import plain
from tests.screens.test_meeting_screen import Counted, minutes_of, table
from tui.partnership.agendas import agenda_items, unfinished_items
from tui.partnership.meetings import DECISIONS, HELD, meetings
from tui.partnership.values import Change, answer_id
from tui.screens.agenda_screen import AgendaScreen
from tui.screens.meeting_screen import MeetingScreen
from tui.settings import Settings

SIZE = (80, 24)
TWO = {"Université": 1, "Clinique": 1}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_a_meeting_is_prepared_held_by_its_agenda_and_what_is_left_moves(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, TWO, lang)
    app.settings = Settings(lang=lang, clipboard="none", output=str(tmp_path / "out"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        press = Counted(pilot)
        await press("alt+)")
        assert isinstance(app.screen, AgendaScreen) and press.keys == 1
        assert not meetings(app.workspace.partnership), "looking makes none"
        for text in (":le budget; 10", ":le logo; 5", ":la suite"):
            await press("n", text, "enter")
        assert press.keys == 7, "two keys an item"
        await press("down", "down", "t", "[")
        meeting = meetings(app.workspace.partnership)[0]
        order = [row.text("text", lang) for row in agenda_items(app.workspace.partnership, meeting.id)]
        assert order == ["le logo", "le budget", "la suite"]
        await press("E")
        assert len(list((tmp_path / "out").rglob("*.eml"))) == 2
        await press("escape", "alt+M")
        page = app.screen
        assert isinstance(page, MeetingScreen) and page.meeting.id == meeting.id
        assert "le budget" in screen_text(app)
        before = press.keys
        await press("A", "n")
        assert press.keys - before == 2
        assert [row.text("text", lang) for row in app.workspace.partnership.rows(HELD, DECISIONS)] == ["le logo"]
        assert "la suite" in screen_text(app)
        date = {"fr": ":3 décembre 2099; 18 h", "en": ":December 3, 2099; 6 p.m."}[lang]
        await press("z", date, "enter")
        assert {"fr": "reporté à la prochaine rencontre", "en": "moved to the next meeting"}[lang] in minutes_of(app)
        then = next(row for row in meetings(app.workspace.partnership) if row.get("on") == "2099-12-03")
        assert [row.text("text", lang) for row in unfinished_items(app.workspace.partnership, then.id)] == ["la suite"]


async def test_a_past_event_is_asked_for_in_words_once_both_said_yes(tmp_path: Path) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        name = app.workspace.partnership.rows("open.who")[0].id
        told = answer_id("open.history", (name,))
        cells = {"note@fr": "zanzibar00003z", "progress": "to_raise"}
        app.workspace.edit([Change(told, "open.history", cell, value, "", (name,)) for cell, value in cells.items()])
        await write(pilot, "alt+)", "end")
        assert "zanzibar" not in screen_text(app)
        page = app.screen
        assert isinstance(page, AgendaScreen)
        while page._subject.suggestion is None or not page._subject.suggestion.story:
            await write(pilot, "down")
        await write(pilot, "enter", "2")
        assert not meetings(app.workspace.partnership)
        await write(pilot, "enter", "1")
        assert "zanzibar" not in screen_text(app)
        await write(pilot, ":parler de 2019", "enter")
        (meeting,) = meetings(app.workspace.partnership)
        assert [row.text("text", "fr") for row in agenda_items(app.workspace.partnership, meeting.id)] == [
            "parler de 2019"
        ]


async def test_without_an_agenda_the_meeting_says_nothing_of_one(tmp_path: Path) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await write(pilot, "alt+M", "D", ":oui", "enter")
        assert "Ordre du jour" not in plain(screen_text(app))
        await write(pilot, "z")
        assert "Décisions" in minutes_of(app), "the end asks for no date"


async def test_the_last_line_names_seven_keys_at_most(tmp_path: Path) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await write(pilot, "alt+)", "n", ":le budget", "enter")
        for _line in range(8):
            shown: Any = app.screen
            assert len(shown.keys()) <= 7
            await write(pilot, "down")
        await write(pilot, "escape", "alt+M")
        for _line in range(8):
            shown = app.screen
            assert len(shown.keys()) <= 7
            await write(pilot, "down")
