"""Mandates by keyboard and line by line: two keys give one, the round says who gave a position; a room sees neither."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text
from tests.line_mode.person import Person
from tests.screens.test_meeting_screen import Counted, minutes_of, table
from tui.i18n import Language
from tui.partnership.meetings import GIVEN_BY, HELD, MANDATE, PRESENCE, STANDS_IN
from tui.partnership.positions import POSITIONS

SAID = {
    "fr": ("Université 1, décide", "Université 2, remplace Université 1", "Université 1, décide"),
    "en": ("Université 1, decides", "Université 2, stands in for Université 1", "Université 1, decides"),
}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_two_keys_give_a_mandate_and_the_round_says_who_answered(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, {"Université": 2, "Clinique": 1}, lang)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        press = Counted(pilot)
        await press("escape", "alt+M", "1", "1", "1")
        page: Any = app.screen
        while page.current_seat is None or page.current_seat.name != "Université 1":
            await press("up")
        press.keys = 0
        await press("6", "d")
        assert press.keys == 2
        assert len(page.keys()) <= 7 and "6" in dict(page.keys())
        await press("down", "6", "s", ":Université 1", "enter")
        await press("H")
        said = minutes_of(app)
        assert SAID[lang][0] in said and SAID[lang][1] in said
        await press("escape", "escape", "alt+U", "1")
        assert SAID[lang][2] in screen_text(app)
        page = app.screen
        assert len(page.keys()) <= 7
        await press("up")
        assert "w" in dict(page.keys())
        await press("w", ":Université 2", "enter")
        workspace: Any = app.workspace
        (row,) = [one for one in workspace.partnership.rows(POSITIONS[0]) if one.get("level")]
        people = {one.text("name", lang): one.id for one in workspace.partnership.rows("open.who", "people")}
        assert row.get(GIVEN_BY) == {"person": people["Université 2"]}, "one position, given by another"


@pytest.mark.slow
async def test_before_a_room_no_mandate_and_no_giver_is_shown(tmp_path: Path) -> None:
    app = table(tmp_path, {"Université": 2, "Clinique": 1})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        press = Counted(pilot)
        await press("escape", "alt+M", "1", "up", "6", "d", "escape", "alt+U", "1", "escape", "f9", "M")
        shown = screen_text(app)
        await press("6", "escape", "U", "w")
        shown += screen_text(app)
        assert "décide" not in shown and "Université 1, décide" not in shown


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_mandate_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Language) -> None:
    person = Person(tmp_path, monkeypatch)
    person.types("Université", "Clinique", "", lang=lang)
    fr = lang == "fr"
    said = person.types(
        "/rencontre" if fr else "/meeting", "/présent tous" if fr else "/present all",
        "/mandat 2 décide" if fr else "/mandate 2 decides",
        "/mandat 1 pour Luc Savard" if fr else "/mandate 1 for Luc Savard",
        "/mandate 2 chante", "/mandate 9 decides", "/mandate", "/minutes", lang=lang,
    )  # fmt: skip
    rows = person.partnership.rows(HELD, PRESENCE)
    assert [row.get(MANDATE) for row in rows] == [None, "decides"]
    assert rows[0].get(STANDS_IN) == {"name": "Luc Savard"}
    assert ("Clinique, décide" if fr else "Clinique, decides") in said
    assert ("remplace Luc Savard" if fr else "stands in for Luc Savard") in said
    person.types("/rencontre", "/mandat 2 aucun", lang=lang)
    assert not person.partnership.rows(HELD, PRESENCE)[1].get(MANDATE)
