"""Each screen opens at every size; pages are wrapped to it, and anything that is cut ends with a sign that says so."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from textual.events import Paste

from tests.screens.opened import filled_store, opened
from tests.terminal.glass import resize
from tui import i18n
from tui.i18n import Language
from tui.screens.work_screen import WorkScreen
from tui.terminal.line_pane import Line, Lines
from tui.text.widths import width
from tui.ui.page import keys_line

OPENING = (  # the commands that open a screen or a list
    "palette help document export review send awaited versions returned project jump jump_partner find add_partners"
    " same meeting minutes directory history conflicts kept example missing theme rename translate candidates"
)
WIDE = "palette help document send meeting translate candidates"  # those whose columns depend on the width
LONG = "Coopérative de solidarité des services à domicile de la Montérégie-Est et des environs"


PAGES = {"sheet", "paper", "question", "plan", "excerpt"}  # where all can be read


def words(line: Line) -> str:
    """The text of a painted line."""
    return "".join(piece.text for piece in line).rstrip()


@lru_cache(maxsize=4096)  # the document beside each question is the same
def wide(line: Line) -> int:
    """The cells that the text of a painted line takes."""
    return width(words(line))


def cut(app) -> list[str]:
    """The painted lines whose end is missing: any in a page, elsewhere those that do not end with a sign."""
    return [
        f"{pane.id} ({pane.line_width}): {words(line)!r}"
        for pane in app.screen.query(Lines)
        if pane.display and pane.line_width
        for line in pane.lines
        if wide(line) > pane.line_width
        and (pane.id in PAGES or not pane._draw(line, False, pane.line_width).text.endswith("…"))
    ]


async def resized(pilot, size: tuple[int, int]) -> None:
    """Resize the terminal, and wait until the screen has it."""
    if pilot.app.screen.outer_size != size:
        await resize(pilot, *size)
    await pilot.pause()


async def faults_of(pilot, names: Iterable[str]) -> AsyncIterator[str]:
    """Open each command's screen, and tell what is cut there."""
    app = pilot.app
    for name in names:
        home = len(app.screen_stack)
        app.run_command(name)
        await pilot.pause()
        for one in cut(app):
            yield f"{name}: {one}"
        while len(app.screen_stack) > home:
            app.pop_screen()
            await pilot.pause()


async def questions_of(pilot) -> AsyncIterator[str]:
    """Stand at each question, and tell what is cut there: in its form, in the plan, in the document."""
    app = pilot.app
    for question in [one for step in app.guide.walked_steps for one in step.questions]:
        app.screen.go(replace(app.workspace.place, question=question.id), writing=True)
        await pilot.pause(0)
        for one in cut(app):
            yield f"{question.id}: {one}"
    await pilot.press("escape")
    for one in cut(app):
        yield f"the plan: {one}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "sizes"),
    [("fr", ((40, 15), (80, 24), (140, 40))), ("en", ((200, 50), (100, 30), (40, 15)))],
    ids=["fr", "en"],
)
async def test_each_screen_at_each_size(
    lang: Language, sizes: tuple[tuple[int, int], ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = i18n.language()
    i18n.use(lang)
    faults: list[str] = []
    try:
        async with opened(filled_store(tmp_path / "store"), size=sizes[0]) as (app, pilot):
            assert isinstance(app.screen, WorkScreen)
            app.screen.go_to_field("aaaaaaaaaa/name")
            app.post_message(Paste(LONG))
            await pilot.pause()
            for size in sizes:
                await resized(pilot, size)
                names = OPENING if size[0] <= 80 else WIDE
                faults += [f"{size} {one}" async for one in faults_of(pilot, names.split())]
                faults += [f"{size} {one}" async for one in questions_of(pilot)]
            for name in ("send", "palette", "help"):  # resized while they are open
                app.run_command(name)
                for size in sizes[:2]:
                    await resized(pilot, size)
                    faults += [f"{name} resized to {size}: {one}" for one in cut(app)]
                app.pop_screen()
                await pilot.pause()
    finally:
        i18n.use(before)
    assert not faults, "\n".join(faults)


KEYS = [
    *[
        "escape",
        "enter",
        "tab",
        "shift+tab",
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
        "space",
        "backspace",
        "ctrl+z",
        "ctrl+l",
    ],
    *["f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9"],
    *"abcdefghimnprstuvxyzABDEGHIJLMNPSTUVXY123=*&@?!-+[]",
]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
async def test_any_keys_and_any_sizes_at_any_moment(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal is never too small, and no key comes too early after a resize: nothing is raised, nothing cut off."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    dice = random.Random(seed)
    faults: list[str] = []
    async with opened(filled_store(tmp_path / "store"), size=(100, 30)) as (app, pilot):
        size = (100, 30)
        for step in range(40):
            if dice.random() < 0.3:
                size = (dice.choice((1, 9, 20, 40, 59, 80, 99, 119, 120, 200)), dice.choice((1, 3, 8, 15, 24, 30, 50)))
                await pilot.resize_terminal(*size)
            elif dice.random() < 0.1:
                app.post_message(Paste(LONG))
            keys = dice.choices(KEYS, k=dice.randrange(1, 4))
            await pilot.press(*keys)
            await resized(pilot, size)
            if app.screen.size.width >= 40:
                faults += [f"step {step}, {keys}, {app.screen.size}: {one}" for one in cut(app)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (50, " n next gap   Enter go to the field   Esc back"),
        (43, " ↑↓ line   Enter go to the field   Esc back"),
        (42, " Enter go to the field   Esc back"),
        (31, " n next gap   Esc back"),
        (18, " Esc back"),
    ],
)
def test_where_keys_have_no_room_escape_and_enter_stay_longest(columns: int, shown: str) -> None:
    i18n.use("en")
    keys = [("↑↓", "line"), ("n", "next gap"), ("Enter", "go to the field"), ("Esc", "back")]
    assert words(keys_line(keys, columns)) == shown


def test_arrows_that_go_elsewhere_than_to_a_line_say_so_as_long_as_there_is_room() -> None:
    i18n.use("en")
    keys = [("↑↓", "partner"), ("Enter", "go to the field"), ("Esc", "back")]
    assert words(keys_line(keys, 46)) == " ↑↓ partner   Enter go to the field   Esc back"
    assert words(keys_line(keys, 45)) == " Enter go to the field   Esc back"


def test_where_tab_ends_a_list_its_key_stays_before_enter() -> None:
    i18n.use("en")
    keys = [("Tab", "done"), ("Enter", "next line"), ("Esc", "leave")]
    assert words(keys_line(keys, 24)) == " Tab done   Esc leave"
