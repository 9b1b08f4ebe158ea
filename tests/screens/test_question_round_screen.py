"""A question to each in turn at 80 by 24: one key each, other words by Enter, and nothing of it before a room."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.partnership.told import GUIDE, Told
from tests.screens.test_line_entering import plain
from tests.screens.test_meeting_screen import Counted, minutes_of, table, to_sentence_of_an_objective
from tests.workspace.in_memory import Memory
from tui.partnership.rounds import ANSWERS, ROUNDS
from tui.screens.meeting_screen import MeetingScreen
from tui.screens.question_round_screen import QuestionRoundScreen
from tui.screens.round_screen import RoundScreen
from tui.workspace import round_edits
from tui.workspace.workspace import Workspace

FOUR = {"Université": 0, "Clinique": 0, "Refuge": 0, "Ville": 0}
SIZE = (80, 24)
CANARY = "zanzibar00007z"
ASKED = {
    "fr": ("Quel soir ?; mardi; jeudi", "mardi : 1, jeudi : 2, le midi : 1"),
    "en": ("Which evening?; Tuesday; Thursday", "Tuesday: 1, Thursday: 2, noon: 1"),
}


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_one_key_each_and_the_count_in_the_minutes(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, FOUR, lang)
    question, count = ASKED[lang]
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        press = Counted(pilot)
        await press("alt+M", '"', f":{question}", "enter", "1", "2", "2")
        assert isinstance(app.screen, QuestionRoundScreen)
        assert ": 1" not in plain(screen_text(app)), "nothing is counted before all have answered"
        await press("enter", ":le midi" if lang == "fr" else ":noon", "enter")
        assert press.keys == 8, "two to the question, its Enter, one for each choice, two for other words"
        assert count in plain(screen_text(app))
        await press("escape")
        assert isinstance(app.screen, MeetingScreen) and count in plain(screen_text(app))
        await press("H")
        assert count in plain(minutes_of(app))


async def test_an_answer_stands_in_the_minutes_by_name_only_where_its_partner_allows(tmp_path: Path) -> None:
    app = table(tmp_path, FOUR)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await write(
            pilot, "alt+M", '"', ":Quel soir ?", "enter", "enter", ":le mardi", "enter", "enter", ":jamais", "enter"
        )
        await write(pilot, "up", "up", "m")
        assert "au compte rendu" in plain(screen_text(app))
        await write(pilot, "escape", "H")
        said = plain(minutes_of(app))
        assert "Université : le mardi" in said and "jamais" not in said


async def test_before_a_room_neither_an_answer_nor_a_small_count_shows(tmp_path: Path) -> None:
    app = table(tmp_path, FOUR)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        await write(pilot, "alt+M", '"', f":Quel soir ?; {CANARY}; jeudi", "enter", "1", "1", "escape", "escape")
        await write(pilot, "f9", "M")
        shown = screen_text(app)
        await write(pilot, '"', ":Et quand ?; oui; non", "enter", "1", "1")
        shown += screen_text(app)
        assert isinstance(app.screen, QuestionRoundScreen)
        assert "oui : 2" not in plain(shown) and CANARY not in shown
        await write(pilot, "m", "enter")
        assert not any(row.get("leave") for row in app.workspace.partnership.rows("meeting.held", ANSWERS))
        await write(pilot, "1")
        assert "oui : 3" not in plain(screen_text(app)), "one has not answered yet"
        await write(pilot, "1")
        assert "oui : 4" in plain(screen_text(app))


async def test_in_the_document_the_sentence_is_asked_about_with_no_word_typed(tmp_path: Path) -> None:
    app = table(tmp_path, FOUR)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        objective = await to_sentence_of_an_objective(app, pilot, "offrir du soutien")
        press = Counted(pilot)
        await press('"', "1", "1", "2", "1")
        assert press.keys == 5, "one to ask, one for each partner"
        count = "d'accord : 3, réserve : 1"
        assert count in plain(screen_text(app))
        for key in ("delete", "backspace"):
            await write(pilot, "up", key)
            assert count not in plain(screen_text(app)), "one has taken its answer back"
            await write(pilot, "2")
            assert count in plain(screen_text(app))
        assert app.workspace is not None
        (row,) = app.workspace.partnership.rows("meeting.held", ROUNDS)
        assert str(row.get("about")).startswith(objective.id)


async def test_without_a_question_the_meeting_shows_nothing_of_it(tmp_path: Path) -> None:
    app = table(tmp_path, FOUR)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await write(pilot, "alt+M", "D", ":commencer", "enter")
        assert "tour de rôle" not in plain(screen_text(app))
        await write(pilot, "H")
        assert "tour de rôle" not in plain(minutes_of(app))


async def test_the_key_of_a_small_two_is_no_digit_at_the_meeting_nor_in_its_rounds(tmp_path: Path) -> None:
    """French keyboards have a key « ² » beside the digits; Python's `isdigit` takes it for one, `int` does not."""
    app = table(tmp_path, FOUR)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        press = Counted(pilot)
        await press("alt+U", "²")
        assert isinstance(app.screen, RoundScreen)
        await press("escape", "alt+M", "²")
        assert isinstance(app.screen, MeetingScreen)
        await press('"', f":{ASKED['fr'][0]}", "enter", "²")
        assert isinstance(app.screen, QuestionRoundScreen) and ": 1" not in plain(screen_text(app))


@pytest.mark.parametrize("projected", [True, False])
def test_before_a_room_no_message_of_other_pages_is_shown(projected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace(GUIDE, Told(*FOUR).partnership, Memory())
    row = round_edits.read_question(workspace, "Quel soir ?; mardi; jeudi")
    heard: list[str] = []
    monkeypatch.setattr(QuestionRoundScreen, "say_to_room", lambda page, text: heard.append(text))
    QuestionRoundScreen(workspace, row, projected=projected).say("Écrit : ~/prive.csv")
    assert heard == ([] if projected else ["Écrit : ~/prive.csv"])
