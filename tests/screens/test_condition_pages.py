"""Conditions at 80 by 24: given in the round by one key, followed in the answers awaited, kept from the room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.screens.test_line_entering import plain
from tests.screens.test_meeting_screen import Counted, minutes_of, table, to_sentence_of_an_objective
from tui.app.app import EntenteApp
from tui.partnership.conditions import MET, SET_ASIDE, open_conditions
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Entry, answer_id
from tui.screens.answers_screen import AwaitedScreen
from tui.screens.round_screen import RoundScreen
from tui.workspace.place import Place

TWO = {"Université": 0, "Clinique": 0}
SIZE = (80, 24)
CANARY = "zanzibar00005z"


def awaited(app: EntenteApp) -> str:
    """What the page of the answers says."""
    assert isinstance(app.screen, AwaitedScreen)
    return plain("\n".join(row.text for row in app.screen.rows()))


def position(app: EntenteApp, at: int) -> Entry:
    """The position of a partner by its place in the list."""
    assert app.workspace is not None
    name = app.workspace.partnership.rows("open.who")[at].id
    return app.workspace.partnership.entries[answer_id(CONSENSUS, (name,))]


async def to_round(app: EntenteApp, pilot: Any) -> None:
    """Open the round on the whole text."""
    assert app.workspace is not None
    page: Any = app.screen
    page.go(Place(CONSENSUS, app.workspace.partnership.rows("open.who")[0].id))
    await pilot.pause()
    await write(pilot, "alt+U")
    assert isinstance(app.screen, RoundScreen)


@pytest.mark.parametrize(
    ("lang", "condition", "told"),
    [
        ("fr", "la salle est libre; Université; 3 février 2099", "Clinique : oui si la salle est libre (Université)"),
        ("en", "the room is free; Université; February 3, 2099", "Clinique: yes if the room is free (Université)"),
    ],
)
async def test_it_is_given_in_the_round_and_settled_where_answers_are_awaited(
    tmp_path: Path, lang: str, condition: str, told: str
) -> None:
    app = table(tmp_path, TWO, lang)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        await to_round(app, pilot)
        press = Counted(pilot)
        await press("1", "i", f":{condition}", "enter")
        assert press.keys == 3, "one key for the yes; one, and Enter, for the condition"
        assert position(app, 1).get("level") == "reservation"
        (row,) = open_conditions(app.workspace.partnership)
        assert row.get("due") == "2099-02-03"
        await press("escape", "escape", "A")
        assert told in awaited(app)
        await to_condition(app, pilot)
        press = Counted(pilot)
        await press("enter", "enter")
        assert press.keys == 2
        assert app.workspace.partnership.entries[row.id].get("state") == MET
        assert position(app, 1).get("level") == "agree"
        await write(pilot, "escape", "u")
        assert open_conditions(app.workspace.partnership)


async def test_set_aside_with_a_reason_its_minority_text_stands_in_the_minutes(tmp_path: Path) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        await write(pilot, "alt+M", "D", ":commencer", "enter", "escape")
        await to_round(app, pilot)
        for key in ("delete", "backspace"):
            await write(pilot, "1", "up", key)
            assert not position(app, 0).get("level")
        await write(pilot, "n", ":le loyer est dû", "enter", "escape", "escape", "A")
        assert "Université : non tant que le loyer est dû" in awaited(app)
        assert position(app, 0).get("level") == "disagree"
        await to_condition(app, pilot)
        await write(pilot, "enter", "down", "down", "down", "enter", ":personne ne paie", "enter")
        (row,) = app.workspace.partnership.rows("note.conditions", "rows")
        assert row.get("state") == SET_ASIDE and row.text("reason", "fr") == "personne ne paie"
        await to_condition(app, pilot)
        await write(pilot, "enter", "enter", ":nous aurions attendu", "enter", "escape", "H")
        said = plain(minutes_of(app))
        assert "Université : nous aurions attendu" in said and "personne ne paie" not in said


async def to_condition(app: EntenteApp, pilot: Any) -> None:
    """Stand on the condition on the page of the answers."""
    page: Any = app.screen
    acting = [row for row in page.rows() if row.act is not None]
    at = next(at for at, row in enumerate(acting) if "loyer" in row.text or "si la" in row.text or "yes if" in row.text)
    while page.at != at:
        await write(pilot, "down" if page.at < at else "up")


@pytest.mark.parametrize("may", [True, False])
async def test_before_a_room_it_is_typed_only_if_its_partner_allows(tmp_path: Path, may: bool) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        await to_round(app, pilot)
        await write(pilot, "escape")
        await write(pilot, "f9", "alt+U")
        shown = ""
        if not isinstance(app.screen, RoundScreen):
            pytest.fail("no round before the room")
        await write(pilot, "i")
        shown += screen_text(app)
        if may:
            await write(pilot, "1", f":{CANARY}", "enter")
        else:
            await write(pilot, "2")
        assert CANARY not in screen_text(app), "the page of the round shows no answer before a room"
        assert bool(open_conditions(app.workspace.partnership)) == may


async def test_in_the_document_it_is_about_the_sentence_one_stands_at(tmp_path: Path) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        objective = await to_sentence_of_an_objective(app, pilot, "offrir du soutien")
        press = Counted(pilot)
        await press("~", "enter", ":oui si c'est le mardi", "enter")
        assert press.keys == 3
        assert app.workspace is not None
        (row,) = open_conditions(app.workspace.partnership)
        assert (row.get("point"), row.text("text", "fr")) == (objective.id, "c'est le mardi")


async def test_without_a_condition_nothing_of_it_shows(tmp_path: Path) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await write(pilot, "alt+A")
        assert "ondition" not in awaited(app)


async def test_a_yes_with_something_to_watch_is_one_key_and_its_line(tmp_path: Path) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        await to_round(app, pilot)
        press = Counted(pilot)
        await press("v", ":les délais", "enter", "1")
        assert press.keys == 3
        assert [position(app, at).get("level") for at in (0, 1)] == ["agree", "agree"]
        (row,) = app.workspace.partnership.rows("note.conditions", "rows")
        assert row.get("state") == "watch" and not open_conditions(app.workspace.partnership)


@pytest.mark.parametrize("key", ["i", "n", "v"])
async def test_before_a_room_nobody_is_named_who_may_not_be(tmp_path: Path, key: str) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert app.workspace is not None
        for row in app.workspace.partnership.rows("open.who"):
            app.workspace.set(row, "status", "contacted")
        await to_round(app, pilot)
        await write(pilot, "escape", "f9", "alt+U", key)
        shown = screen_text(app)
        await write(pilot, "1")
        shown += screen_text(app)
        assert "Université" not in shown and "Clinique" not in shown


async def test_the_last_line_of_the_round_holds_seven_keys(tmp_path: Path) -> None:
    app = table(tmp_path, {"Université": 1, "Clinique": 1})
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await to_round(app, pilot)
        page: Any = app.screen
        listed = dict(page.keys())
        assert len(page.keys()) <= 7 and {"i", "n"} <= set(listed)


@pytest.mark.parametrize(("key", "level"), [("i", "reservation"), ("v", "agree"), ("n", "disagree")])
async def test_a_partner_that_disagreed_says_now_what_the_key_says(tmp_path: Path, key: str, level: str) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await to_round(app, pilot)
        await write(pilot, "4", f":{CANARY}", "enter", "2", "up")
        assert position(app, 0).text("reservation", "fr") == CANARY
        await write(pilot, key, ":la salle est libre", "enter")
        assert position(app, 0).get("level") == level
        assert bool(position(app, 0).text("reservation", "fr")) == (key == "n"), "the reason goes with its answer"
        assert (CANARY in screen_text(app)) == (key == "n")


@pytest.mark.parametrize("digit", ["1", "3", "5", "delete"])
async def test_the_reason_of_a_disagreement_does_not_stand_beside_another_answer(tmp_path: Path, digit: str) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await to_round(app, pilot)
        await write(pilot, "4", f":{CANARY}", "enter", "2", "up")
        assert CANARY in screen_text(app)
        await write(pilot, digit)
        assert CANARY not in screen_text(app) and not position(app, 0).text("reservation", "fr")
        await write(pilot, "ctrl+z")
        assert (position(app, 0).get("level"), position(app, 0).text("reservation", "fr")) == ("disagree", CANARY)


async def test_the_reason_is_offered_for_another_answer_that_has_one(tmp_path: Path) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await to_round(app, pilot)
        await write(pilot, "4", ":le loyer", "enter", "2", "up", "2")
        assert "le loyer" in screen_text(app)
        await write(pilot, "enter", "1")
        assert (position(app, 0).get("level"), position(app, 0).text("reservation", "fr")) == (
            "reservation",
            "le loyer",
        )


@pytest.mark.parametrize("typed", [True, False])
async def test_a_reason_noted_without_leave_is_not_shown_to_the_room_nor_published_by_it(
    tmp_path: Path, typed: bool
) -> None:
    app = table(tmp_path, TWO)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await to_round(app, pilot)
        await write(pilot, "2", f":{CANARY}", "enter", "2", "escape", "f9", "alt+U")
        page: Any = app.screen
        assert isinstance(page, RoundScreen) and page.projected
        await write(pilot, "up", "up", "2", "1")
        assert CANARY not in screen_text(app)
        await write(pilot, *([":le loyer", "enter"] if typed else ["escape"]))
        given = (position(app, 0).text("reservation", "fr"), position(app, 0).get("leave"))
        assert given == (("le loyer", "yes") if typed else (CANARY, "no"))
