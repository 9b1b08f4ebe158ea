"""Before a room, every key on every screen that keys can open: nothing private on any cell, and nothing ends it.

The screens are found by pressing: what a key opens over the document is walked in its turn, so that a new one is too.
"""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.caged import app_on, sung
from tui.app.app import EntenteApp
from tui.commands import COMMANDS
from tui.screens.agreement_screen import ProjectionScreen
from tui.screens.help_screen import HelpScreen
from tui.terminal.editor import Editor
from tui.ui.dialog import Picker

pytestmark = pytest.mark.slow

# What walks away from « no » in a question walks back before Enter: who chooses « yes » ends the projection.
NAMED = (
    *("up", "down", "left", "right", "home", "end", "pagedown", "pageup", "enter", "tab", "shift+tab", "space"),
    *("backspace", "delete", *(f"f{number}" for number in range(1, 13))),
)
DIRECT = sorted({key for one in COMMANDS for key in one.keys} - set(NAMED))
LETTERS = sorted(
    {letter for one in COMMANDS for letter in one.letter} | set(string.ascii_letters + string.digits + "é")
)
WITH_ALT = [f"alt+{letter}" for letter in LETTERS if letter.isalpha()]
AMONG_LETTERS = ["a", "M", "é", "1"]  # where one writes, a few stand for all
NAMES = {"+": "plus", "=": "equals_sign", ":": "colon"}
LEAVE = "Peut-elle être publiée"  # a yes there makes the reservation public: no secret any more
FIELDS = ["prose", "line", "choice"]  # the kinds of field that open at the bottom of the document
Place = tuple[str, str]


def keys(app: EntenteApp) -> list[str]:
    """Every key there is for where one stands; Escape last."""
    letters = AMONG_LETTERS if isinstance(app.focused, Editor) else [NAMES.get(letter, letter) for letter in LETTERS]
    leave = place(app)[1].startswith(LEAVE)
    return [*NAMED, *DIRECT, *(one for one in letters if not leave or one != "1"), *WITH_ALT, "escape"]


def place(app: EntenteApp) -> Place:
    """Where one is: the kind of screen, and the window's title or the kind of the field that is open."""
    screen = app.screen
    if isinstance(screen, ProjectionScreen):
        target = screen.bottom.target
        return type(screen).__name__, target.field.kind if target is not None and target.field is not None else ""
    return type(screen).__name__, str(getattr(screen, "title_text", ""))


async def go(app: EntenteApp, pilot: Pilot[None], kind: str, path: tuple[str, ...]) -> None:
    """Stand where these keys lead, from the top of the document or from an open field of a kind."""
    while not isinstance(app.screen, ProjectionScreen):
        await app.pop_screen()
    screen = app.screen
    if screen.bottom.target is not None:
        await pilot.press("escape")
    await pilot.press("home")
    if kind:
        for row, origin in enumerate(screen.painted.origins):
            field = app.guide.by_id[origin.question].single if origin.question in app.guide.by_id else None
            found = field.field(origin.field) if field is not None else None
            if found is not None and found.kind == kind:
                screen.stand_at(row)
                await pilot.press("enter")
                break
        assert place(app) == ("ProjectionScreen", kind)
    await pilot.press(*path)


def alike(app: EntenteApp) -> bool:
    """Whether one is at the help or the list of commands: the same over a field as over the document, walked once."""
    screen = app.screen
    commands = isinstance(screen, Picker) and any(one.id == "project" for one in screen.choices)
    return isinstance(screen, HelpScreen) or commands


async def walk(app: EntenteApp, pilot: Pilot[None], kind: str) -> set[Place]:
    """Press every key on every screen that is found; return where it led."""
    await go(app, pilot, kind, ())
    found: dict[Place, tuple[str, ...]] = {place(app): ()}
    waiting = [place(app)]
    while waiting:
        here = waiting.pop()
        await go(app, pilot, kind, found[here])
        for key in keys(app):
            await pilot.press(key)
            assert app.is_running and app.projecting, (here, key)
            assert sung(app) == [], (here, key)
            if (there := place(app)) != here:
                if there not in found and there[0] != "ProjectionScreen" and not (kind and alike(app)):
                    found[there] = (*found[here], key)
                    waiting.append(there)
                await go(app, pilot, kind, found[here])
    return set(found)


@pytest.mark.timeout(180)  # seconds: it walks through every screen that keys open, 14 s on a quiet machine
@pytest.mark.parametrize("kind", ["", *FIELDS])
async def test_no_key_tells_what_is_private_or_ends_the_projection(tmp_path: Path, kind: str) -> None:
    app = app_on(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f9")
        found = await walk(app, pilot, kind)
    kinds = {name for name, _title in found}
    assert kinds >= (
        {"ProjectionScreen"}
        if kind
        else {"ProjectionScreen", "MeetingScreen", "RoundScreen", "Picker", "OneKey", "HelpScreen"}
    )
