"""Cursor, selection and current row can be seen in every theme, and without colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.segment import Segment

from tests.screens.opened import filled_store, opened
from tui.settings import Settings
from tui.ui.themes import TERMINAL, THEMES, theme_for


def rows(app) -> list[list[Segment]]:
    """What the screen shows."""
    return [list(strip) for strip in app.screen._compositor.render_strips()]


def look(style) -> tuple[object, ...]:
    """Colours and reverse, and not the weight alone."""
    return style.color, style.bgcolor, bool(style.reverse)


@pytest.mark.parametrize("no_color", [False, True], ids=["colours", "NO_COLOR"])
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_cursor_selection_and_current_row_are_seen(
    theme, no_color: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with opened(filled_store(tmp_path / "store"), Settings(theme=theme.name), size=(80, 24)) as (app, pilot):
        await pilot.press(*"abcd", "left", "shift+left")
        await pilot.pause()
        row = next(row for row in rows(app) if "abcd" in "".join(one.text for one in row))
        styles = {letter: look(one.style) for one in row for letter in one.text if letter in "abcd"}
        assert styles["a"] == styles["b"] == styles["d"] != styles["c"]
        await pilot.press("escape")
        await pilot.pause()
        bars = [row for row in rows(app) if row[0].text.startswith("›")]
        assert [len({look(one.style) for one in row if one.text.strip()}) for row in bars] == [1]
        assert look(bars[0][0].style) != look(rows(app)[0][0].style)
        if no_color:
            inks = {one.style.color for row in rows(app) for one in row if one.style and one.style.color}
            assert {ink.name for ink in inks} == {"default"}


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)], ids=str)
async def test_the_plan_says_how_much_is_done_at_every_width(size: tuple[int, int], tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store"), size=size) as (app, pilot):
        await pilot.press("escape")
        await pilot.pause()
        shown = ["".join(one.text for one in row) for row in rows(app)]
        assert sum("0 sur 2" in row for row in shown) >= 3
        assert not [row for row in shown if "…" in row.partition("▕")[0]]


@pytest.mark.parametrize(
    ("chosen", "colours", "no_color", "expected"),
    [
        ("", ColorSystem.TRUECOLOR, False, "entente-dark"),
        ("", ColorSystem.EIGHT_BIT, False, "entente-dark"),
        ("", ColorSystem.STANDARD, False, "entente-terminal"),
        ("entente-light", ColorSystem.STANDARD, False, "entente-light"),
        ("entente-light", ColorSystem.TRUECOLOR, True, "entente-terminal"),
        ("", None, False, "entente-dark"),
    ],
)
def test_the_theme_suits_the_terminal(chosen: str, colours, no_color: bool, expected: str) -> None:
    assert theme_for(chosen, colours, no_color=no_color) == expected


def test_the_theme_of_the_terminal_names_no_colour_of_its_own() -> None:
    colours = [
        getattr(TERMINAL, name) for name in ("primary", "foreground", "background", "surface", "error", "warning")
    ]
    assert all(colour.startswith("ansi_") for colour in colours)
