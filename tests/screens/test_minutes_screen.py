"""The page of minutes: mailed to be corrected, corrected, approved at the next meeting, locked; keys counted."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.partnership.told import GUIDE, Told
from tests.screens.test_meeting_screen import Counted, minutes_of, table
from tests.workspace.in_memory import Memory
from tui.agreement.compose import Composer
from tui.i18n import use
from tui.partnership.meetings import APPROVED, HELD, MAILED, meetings
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.values import ORDER, Change, Entry
from tui.screens import minutes_screen
from tui.screens.minutes_screen import MinutesScreen
from tui.screens.returned_screen import ReturnedScreen
from tui.screens.versions_screen import ReadOnlyScreen
from tui.ui.page import MAX_MESSAGE_ROWS
from tui.workspace.workspace import Workspace

TWO = {"Université": 1, "Clinique": 1}
WORDS = {
    "fr": ("on commence en janvier", "en janvier", "en février", "la salle était la 205", "Université 1"),
    "en": ("we begin in January", "in January", "in February", "the room was 205", "Université 1"),
}
MOST_KEYS = 7  # from the minutes on the page to their approval at the next meeting, words typed aside


async def settled(pilot: Any) -> None:
    """Wait for what a thread writes."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def addresses(app: Any) -> None:
    """Give everybody an address."""
    for at, row in enumerate(app.workspace.partnership.rows(WHO, PEOPLE)):
        app.workspace.edit([Change(row.id, WHO, "email", f"p{at}@exemple.org", PEOPLE, row.subject)])


def earlier(app: Any) -> None:
    """The meeting that was just held was held a week ago."""
    meeting = meetings(app.workspace.partnership)[-1]
    app.workspace.edit([Change(meeting.id, HELD, "on", "2026-01-14", "rows")])


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_from_the_draft_to_the_approval(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    said, before, after, note, name = WORDS[lang]
    app = table(tmp_path, TWO, lang)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        addresses(app)
        press = Counted(pilot)
        await press("escape", "alt+M", "1", "1", "D", f":{said}", "enter", "z")
        assert isinstance(app.screen, MinutesScreen)
        press.keys = 0
        await press("m")
        await settled(pilot)
        (mail,) = Path(tmp_path).rglob("universite.eml")
        assert tmp_path / "Entente" in mail.parents and b"To: p0@exemple.org" in mail.read_bytes()
        page: Any = app.screen
        assert page.meeting.get(MAILED)
        (tmp_path / "retour.txt").write_text(minutes_of(app).replace(before, after), encoding="utf-8")
        await press("r", f":{tmp_path / 'retour.txt'}", "tab")
        await settled(pilot)
        await press("escape") if not isinstance(app.screen, ReturnedScreen) else None  # nobody is named
        assert isinstance(app.screen, ReturnedScreen), app.screen
        await press("a", "escape")
        while not isinstance(app.screen, MinutesScreen):
            await press("escape")
        assert after in minutes_of(app), "it shows at once"
        assert "2026" in minutes_of(app) and not page.meeting.get(APPROVED)
        earlier(app)
        await press("A")
        assert page.meeting.get(APPROVED)
        keys = dict(page.keys())
        assert "A" not in keys and "m" not in keys and {"+", "x"} <= set(keys) and len(keys) <= 7
        assert press.keys <= MOST_KEYS, press.keys
        await press("+", f":{note}", "enter", "x", f":{name}", "enter")
        shown = minutes_of(app)
        assert note in shown and name not in shown and after in shown
        await press("g")
        assert isinstance(app.screen, ReadOnlyScreen) and len(app.screen.agreement.parts) == 4


@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_what_cannot_be_done_is_said_and_changes_nothing(tmp_path: Path, lang: str) -> None:
    app = table(tmp_path, TWO, lang)
    use("en" if lang == "en" else "fr")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await write(pilot, "escape", "alt+M", "1", "D", ":on", "enter", "H")
        page: Any = app.screen
        assert isinstance(page, MinutesScreen)
        for key in ("m", "A"):
            await write(pilot, key)
            assert page.message and len(page.message) < 80 * MAX_MESSAGE_ROWS, key
        assert not page.meeting.get(APPROVED) and not page.meeting.get(MAILED)
        assert "undefined" not in screen_text(app)


def unseen(*meetings_held: str, approved: str = "") -> tuple[Any, list[Any]]:
    """The app on a partnership that held meetings on these days, seen by nobody, and what it is told."""
    told = Told("Collège")
    for at, day in enumerate(meetings_held):
        moments = {"opened": f"{day}T10:00:00-05:00", "closed": f"{day}T11:00:00-05:00"}
        cells = {ORDER: f"a{at}", "on": day, **moments, **({APPROVED: approved} if approved else {})}
        told.take(*(Change(f"meeting00{at}", HELD, cell, value, "rows") for cell, value in cells.items()))
    store = Memory()
    store.partnership = told.partnership
    said: list[Any] = []
    page = SimpleNamespace(say_to_room=said.append)
    app = SimpleNamespace(workspace=Workspace(GUIDE, told.partnership, store), page=page, say=said.append, store=store)
    return app, said


@pytest.mark.parametrize(("approved", "asked"), [("", False), ("2026-02-01", True)])
@pytest.mark.parametrize("command", [minutes_screen.minutes_note, minutes_screen.withdraw_name])
def test_words_below_minutes_are_asked_once_they_are_approved(
    monkeypatch: pytest.MonkeyPatch, command: Any, approved: str, asked: bool
) -> None:
    app, said = unseen("2026-01-14", approved=approved)
    dialogs: list[str] = []
    monkeypatch.setattr(minutes_screen, "ask_text", lambda app, window, title, take, row: dialogs.append(row))
    command(app)
    assert (dialogs, len(said)) == ((["meeting000"], 0) if asked else ([], 1))


@pytest.mark.parametrize(("held", "running", "opened"), [
    ((), False, None), (("2026-01-14",), False, "meeting000"), (("2026-01-14",), True, "running000"),
    (("2026-01-14", "2026-02-14"), False, "chosen"), (("2026-01-14", "2026-02-14"), True, "running000"),
])  # fmt: skip
async def test_the_minutes_are_those_of_the_running_meeting_else_of_one_chosen(
    monkeypatch: pytest.MonkeyPatch, held: tuple[str, ...], running: bool, opened: str | None
) -> None:
    app, said = unseen(*held)
    meeting = Entry("running000", HELD, "rows") if running else None
    offered: list[list[str]] = []

    async def answer_to(dialog: Any) -> str:
        offered.append([choice.id for choice in dialog.choices])
        return "meeting000"

    shown: list[str] = []
    monkeypatch.setattr(minutes_screen, "running_meeting", lambda workspace: meeting)
    monkeypatch.setattr(minutes_screen, "answer_to", answer_to)
    monkeypatch.setattr(minutes_screen, "open_minutes", lambda app, meeting: shown.append(meeting.id))
    await minutes_screen.show_minutes(app)
    assert shown == ([] if opened is None else ["meeting000" if opened == "chosen" else opened])
    assert offered == ([["meeting001", "meeting000"]] if opened == "chosen" else []), "the newest first"
    assert len(said) == (opened is None)


@pytest.mark.parametrize(("approved", "keys"), [("", {"m", "A", "g", "r"}), ("2026-02-01", {"+", "x", "g"})])
def test_each_key_of_minutes_acts_while_they_are_what_it_is_for(
    monkeypatch: pytest.MonkeyPatch, approved: str, keys: set[str]
) -> None:
    app, _said = unseen("2026-01-14", approved=approved)
    done: list[str] = []
    app.run_command = done.append
    monkeypatch.setattr(MinutesScreen, "app", app)
    monkeypatch.setattr(minutes_screen, "ask_returned", lambda app, meeting: done.append("returned"))
    monkeypatch.setattr(ReadOnlyScreen, "act", lambda self, key: False)
    text = Composer(GUIDE).agreement(app.workspace.partnership, "fr")
    screen = MinutesScreen(text, app.workspace.partnership.entries["meeting000"])
    assert {key for key in "mAgr+x" if screen.act(key)} == keys and len(done) == len(keys)
