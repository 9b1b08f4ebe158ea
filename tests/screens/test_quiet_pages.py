"""Where people talk the program is quiet: seven keys at most; in a call, a round, before a room no clock, no count."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.screens.test_meeting_screen import table
from tui.commands import BY_ID, MEETING, PROJECTION
from tui.partnership.values import Change, answer_id
from tui.screens.meeting_screen import MeetingScreen
from tui.terminal.line_pane import Lines
from tui.ui.host import Dialog

MOST_KEYS = 7
FIVE = {"Université": 2, "Clinique": 2, "Collège": 1, "Refuge": 1, "Ville": 1}
CLOCK = re.compile(r"\d{1,2}[\s\u00a0\u202f]?h[\s\u00a0\u202f]?\d{2}\b|\d{1,2}:\d{2}")
COUNT = re.compile(r"\d+ (?:sur|of) \d+|\b\d+/\d+|\d+ (?:en retard|late|accords?\b|agreements?\b)")
FINDING = re.compile(r"il manque|still missing|Prêt|Ready to|aucune réponse encore|no answer yet")


def keys_shown(app: Any) -> list[str]:
    """The keys of the last line, as they are painted: each is a piece in bold."""
    found = app.screen.query("#foot, #picker-foot")
    lines = [line for pane in found if isinstance(pane, Lines) for line in pane.lines]
    return [piece.text for line in lines for piece in line if piece.style == "strong"]


def without_place(text: str) -> str:
    """A screen without the line that says which partner one is at: « ‹ 1 sur 5 › »."""
    return "\n".join(line for line in text.split("\n") if "‹" not in line)


def seated(folder: Path, lang: str) -> Any:
    """Five partners at a table, one of whose dates is late."""
    app = table(folder, FIVE, lang)
    name = app.store.load(app.store.list()[0].id).rows("open.who")[0].id
    late = answer_id("commit.consensus", (name,))
    app.store.save(app.store.list()[0].id, [Change(late, "commit.consensus", "ratify_on", "2020-01-14", "", (name,))])
    return app


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_a_call_shows_no_clock_no_finding_and_no_count(tmp_path: Path, lang: str, size: tuple[int, int]) -> None:
    app = seated(tmp_path, lang)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        before = without_place(screen_text(app))
        assert COUNT.search(before) or FINDING.search(before), "there is something to be quiet about"
        for keys in (("escape", "f7"), ("b", "o", "n"), ("escape",)):
            await write(pilot, *keys)
            app.workspace.flush()
            await pilot.pause()
            for kind in (CLOCK, COUNT, FINDING):
                assert not kind.search(without_place(screen_text(app))), (kind.pattern, screen_text(app))
        await write(pilot, "f7")
        after = without_place(screen_text(app))
        assert COUNT.search(after) or FINDING.search(after), "back from the call it is there"


@pytest.mark.parametrize("projected", [False, True])
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_a_round_counts_once_all_have_answered(tmp_path: Path, lang: str, projected: bool) -> None:
    app = seated(tmp_path, lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await write(pilot, *(("escape", "f9", "U") if projected else ("escape", "alt+U")))
        for _each in range(len(FIVE) - 1):
            await write(pilot, "1")
            shown = screen_text(app)
            assert not any(kind.search(shown) for kind in (CLOCK, COUNT, FINDING)), shown
        await write(pilot, "1", "up")
        assert COUNT.search(screen_text(app)), "at its end it is counted"


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_a_projection_shows_no_clock_and_no_count(tmp_path: Path, lang: str) -> None:
    app = seated(tmp_path, lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await write(pilot, "escape", "alt+M", "1", "1", "4", "escape", "f9")
        for keys in (("down",), ("M",), ("escape", "U")):
            await write(pilot, *keys)
            head = [line for line in screen_text(app).split("\n") if not re.search(r"jusqu|left|parti", line)]
            assert not any(kind.search("\n".join(head)) for kind in (COUNT, FINDING)), (keys, head)


COMMANDS = sorted(
    name for name, one in BY_ID.items()
    if MEETING in one.where and name not in ("quit", "language", "theme", "repaint", "project", "undo", "redo", "save")
)  # fmt: skip


async def to_meeting(app: Any, pilot: Any) -> MeetingScreen:
    """The page of a meeting with people, a decision and a task."""
    await pilot.pause()
    await write(pilot, "escape", "alt+M", "1", "1", "D", ":on commence", "enter", "b", ":la clé", "enter")
    page = app.screen
    assert isinstance(page, MeetingScreen)
    return page


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_no_row_of_a_meeting_has_more_than_seven_keys(tmp_path: Path, lang: str) -> None:
    app = seated(tmp_path, lang)
    async with app.run_test(size=(140, 40)) as pilot:
        page = await to_meeting(app, pilot)
        for _row in range(page.size.height):
            assert len(keys_shown(app)) <= MOST_KEYS, keys_shown(app)
            await write(pilot, "down")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", COMMANDS)
async def test_no_page_that_opens_in_a_meeting_has_more_than_seven_keys(tmp_path: Path, name: str, lang: str) -> None:
    app = seated(tmp_path, lang)
    async with app.run_test(size=(140, 40)) as pilot:
        await to_meeting(app, pilot)
        app.run_command(name)
        await pilot.pause()
        assert len(keys_shown(app)) <= MOST_KEYS or isinstance(app.screen, Dialog), (app.screen, keys_shown(app))
        await write(pilot, "escape", "escape")


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_no_page_before_a_room_or_of_a_call_has_more_than_seven_keys(tmp_path: Path, lang: str) -> None:
    app = seated(tmp_path, lang)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        for keys in (("escape", "f7"), ("b",), ("escape",), ("N",), ("escape", "escape", "f7")):
            await write(pilot, *keys)
            assert len(keys_shown(app)) <= MOST_KEYS, (keys, keys_shown(app))
        await write(pilot, "escape", "f9")
        for name in sorted(name for name, one in BY_ID.items() if PROJECTION in one.where and name != "project"):
            app.run_command(name)
            await pilot.pause()
            assert len(keys_shown(app)) <= MOST_KEYS or isinstance(app.screen, Dialog), (name, keys_shown(app))
            await write(pilot, "escape")
