"""At a meeting each key does one thing: looking starts nothing, a mark is cleared by its own key, nobody is twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.screens.test_meeting_screen import minutes_of, table
from tui.partnership.meetings import HELD, POINTS, PRESENCE, seats
from tui.screens.meeting_screen import MeetingScreen
from tui.workspace import meeting_edits
from tui.workspace.workspace import Workspace

LANGS = pytest.mark.parametrize("lang", ["fr", "en"])


def said(app: Any) -> str:
    """The screen with plain spaces."""
    return screen_text(app).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.slow
@LANGS
async def test_looking_starts_no_meeting(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, {"Alpha": 1, "Beta": 0}, lang)
    looks = (
        ("escape",), ("down", "up", "delete", "z", "escape"), ("a", "escape"), ("A", "escape"), ("n", "escape"),
        ("up", "enter", "enter", "escape"), ("6", "0", "escape"), ("6", "s", "enter", "escape"),
    )  # fmt: skip
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        before = workspace.partnership
        for keys in (("alt+M", *look) for look in looks):
            await write(pilot, *keys)
            if isinstance(app.screen, MeetingScreen):
                await write(pilot, "escape")
            assert not isinstance(app.screen, MeetingScreen)
        assert workspace.partnership is before and meeting_edits.running_meeting(workspace) is None
        await write(pilot, "alt+B", ":un point", "enter")
        points = workspace.partnership.rows(POINTS, "rows")
        assert not any(row.get("meeting") for row in points), "it goes into no meeting that nobody held"
        await write(pilot, "alt+M")
        begins = {"fr": "commence avec la première chose notée", "en": "begins with the first thing you note"}
        assert begins[lang] in said(app)


@LANGS
@pytest.mark.parametrize(
    "keys", [("1",), ("enter",), ("D", ":oui", "enter"), ("I", ":oui", "enter"), ("a", ":Ann", "enter")]
)
async def test_the_first_thing_noted_begins_it_and_the_page_is_that_meeting(
    tmp_path: Path, lang: str, keys: tuple[str, ...]
) -> None:
    app = table(tmp_path, {"Alpha": 1, "Beta": 0}, lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        await write(pilot, "alt+M", *keys)
        (held,) = workspace.partnership.rows(HELD, "rows")
        assert isinstance(app.screen, MeetingScreen) and app.screen.meeting.id == held.id
        assert meeting_edits.running_meeting(workspace) == held
        assert {"fr": "commencée à", "en": "began at"}[lang] in said(app)
        await write(pilot, "1", "D", ":encore", "enter", "escape", "alt+M", "1", "z")
        assert "encore" in minutes_of(app) and len(workspace.partnership.rows(HELD, "rows")) == 1


@LANGS
async def test_the_key_that_clears_a_mark_is_shown_and_does_that_alone(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, {"Alpha": 0, "Beta": 0}, lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        await write(pilot, "alt+M")
        assert {"fr": "Suppr sans marque", "en": "Del no mark"}[lang] in said(app)

        def mark() -> str:
            return str(seats(workspace.partnership, app.screen.meeting.id, lang)[0].mark)  # type: ignore[attr-defined]

        for digit, word in (("1", "present"), ("2", "excused"), ("3", "absent")):
            for key, left in (("enter", "" if digit == "1" else word), ("space", "" if digit == "1" else word)):
                await write(pilot, "home", "down", digit, "up")
                assert mark() == word
                await write(pilot, key)
                assert mark() == left, (digit, key)
            for key in ("delete", "backspace"):
                await write(pilot, "home", "down", digit, "up", key)
                assert mark() == ""
                await write(pilot, key)
                assert mark() == "", "a second time it does nothing"


@LANGS
async def test_a_digit_says_to_whom_it_goes_on(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, {"Alpha": 0, "Beta": 0}, lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await write(pilot, "alt+M", "2")
        words = {"fr": "Alpha : absence excusée → maintenant Beta", "en": "Alpha: excused → now Beta"}
        assert words[lang] in said(app)


@LANGS
@pytest.mark.parametrize("mark", ["1", "2", "3"])
async def test_a_person_who_arrives_takes_the_place_of_the_organisation(tmp_path: Path, lang: str, mark: str) -> None:
    app = table(tmp_path, {"Alpha": 0, "Beta": 0}, lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        await write(pilot, "alt+M", mark, "up", "a", ":Ann Other", "enter", "down", "2")
        listed = seats(workspace.partnership, app.screen.meeting.id, lang)  # type: ignore[attr-defined]
        assert [(seat.name, seat.mark) for seat in listed] == [("Ann Other", "present"), ("", "excused")]
        assert len(workspace.partnership.rows(HELD, PRESENCE)) == 2
        assert {"fr": "1 sur 2", "en": "1 of 2"}[lang] in said(app)
        await write(pilot, "z")
        text = minutes_of(app)
        assert text.count("– Alpha") == 1 and "Ann Other" in text, text


def test_a_person_marked_by_name_takes_that_place_too_and_old_rows_are_told_once(tmp_path: Path) -> None:
    app = table(tmp_path, {"Alpha": 0, "Beta": 0})
    workspace = Workspace(app.guide, app.store.load(app.store.list()[0].id), app.store)
    alpha = workspace.partnership.rows("open.who")[0].id
    meeting = meeting_edits.open_meeting(workspace)
    meeting_edits.set_presence(workspace, meeting, seats(workspace.partnership, meeting.id, "fr")[0], "excused")
    meeting_edits.new_row(workspace, "open.who", "people", {"name": "Bob"}, (alpha,))
    listed = seats(workspace.partnership, meeting.id, "fr")
    assert [(seat.name, seat.mark) for seat in listed] == [("Bob", ""), ("", "excused"), ("", "")]
    meeting_edits.set_presence(workspace, meeting, listed[0], "present")
    for _time in range(2):
        listed = seats(workspace.partnership, meeting.id, "fr")
        assert [(seat.name, seat.mark) for seat in listed] == [("Bob", "present"), ("", "")]
        meeting_edits._note_presence(workspace, meeting, {"who": {"partner": alpha}, "presence": "excused"})
