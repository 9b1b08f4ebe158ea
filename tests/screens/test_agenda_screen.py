"""At 80 by 24: an agenda made, put in order and worked through by single keys; the next date asked at the end."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.partnership.told import GUIDE, Told
from tests.screens.test_line_entering import plain
from tests.screens.test_meeting_screen import Counted, minutes_of, table
from tests.workspace.in_memory import Memory
from tui.partnership.agendas import agenda_items, unfinished_items
from tui.partnership.meetings import DECISIONS, HELD, meetings
from tui.partnership.values import ORDER, Change, answer_id
from tui.screens import agenda_screen
from tui.screens.agenda_screen import AgendaScreen
from tui.screens.meeting_screen import MeetingScreen
from tui.settings import Settings
from tui.workspace.agenda_edits import Suggestion
from tui.workspace.workspace import Workspace

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


def unseen(monkeypatch: pytest.MonkeyPatch, typed: str | None) -> AgendaScreen:
    """The page of a meeting in memory, seen by nobody, where `typed` is typed in each dialog."""
    told = Told("Collège", "Clinique")
    cells = {ORDER: "5", "on": "2099-12-03", "hour": "18 h", "place@fr": "salle 204"}
    told.take(*(Change("meeting000", HELD, cell, value, "rows") for cell, value in cells.items()))
    store = Memory()
    store.partnership = told.partnership
    monkeypatch.setattr(AgendaScreen, "app", SimpleNamespace())
    monkeypatch.setattr(agenda_screen, "ask_text", lambda app, window, title, take, **more: take(typed))
    screen = AgendaScreen(Workspace(GUIDE, told.partnership, store))
    for name in ("paint", "say_to_room"):
        monkeypatch.setattr(screen, name, lambda *what: None)
    return screen


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ("2099-12-04", ("2099-12-04", None, "")), ("2099-12-04; 9 h", ("2099-12-04", "9 h", "")),
        ("2099-12-03; 18 h; salle 5", ("2099-12-03", "18 h", "salle 5")), (None, ("2099-12-03", "18 h", "salle 204")),
        ("bientôt", ("2099-12-03", "18 h", "salle 204")),
    ],
)  # fmt: skip
def test_what_is_taken_out_of_the_line_of_a_meeting_is_cleared(
    monkeypatch: pytest.MonkeyPatch, typed: str | None, when: tuple[str | None, ...]
) -> None:
    screen = unseen(monkeypatch, typed)
    screen._ask_when()
    assert (screen.meeting.get("on"), screen.meeting.get("hour"), screen.meeting.text("place", "fr")) == when


@pytest.mark.parametrize("about", ["point00000", None])
def test_an_item_keeps_what_it_was_suggested_for(monkeypatch: pytest.MonkeyPatch, about: str | None) -> None:
    screen = unseen(monkeypatch, "parler du bail; 10")
    screen._ask_item(Suggestion(about, "", "") if about is not None else None)
    (item,) = agenda_items(screen.workspace.partnership, screen.meeting.id)
    assert (item.get("about"), item.text("text", "fr"), item.get("length")) == (about, "parler du bail", 10)


@pytest.mark.parametrize(("key", "asked"), [("1", True), ("2", False), (None, False)])
def test_a_past_event_is_worded_only_once_both_said_yes(
    monkeypatch: pytest.MonkeyPatch, key: str | None, asked: bool
) -> None:
    screen = unseen(monkeypatch, "parler de 2019")
    monkeypatch.setattr(AgendaScreen, "app", SimpleNamespace(push_screen=lambda dialog, take: take(key)))
    screen._suggestion_taker(Suggestion("event00000", "", "Collège, Clinique", story=True))()
    assert bool(agenda_items(screen.workspace.partnership, screen.meeting.id)) is asked
