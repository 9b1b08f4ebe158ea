"""The slim text area and Textual's own draw the same screens, whatever is done to them."""

from __future__ import annotations

import random
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Static, TextArea

from tests.terminal.glass import Cells, GlassApp, first_difference, resize
from tui.terminal.text_area import FastTextArea

TEXTS = (
    "",
    "un (deux [trois]) quatre\n\ncinq",
    "日本語のテキスト and é combined e\u0301, 👩‍👩‍👧 family\n\ttab\tbed\n" * 4,
    "ᐃᓄᒃᑎᑐᑦ, ᓀᐦᐃᔭᐍᐏᐣ et ᐊᓂᔑᓈᐯᒧᐎᓐ (ᐃᓄᐃᑦ)\n\nᐊᒻᒪᓗ ᐅᐃᕖᑎᑐᑦ " + "ᓄᓇᕗᑦ " * 9,
    "\n".join(f"ligne {n} " + "mot " * (n % 9) for n in range(60)),
)
KEYS = (
    *("a", "é", "日", "left_parenthesis", "right_square_bracket", "space", "x"),
    *("enter", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+z", "ctrl+y"),
    *("up", "down", "left", "right", "ctrl+left", "ctrl+right", "home", "end", "pageup", "pagedown"),
    *("shift+up", "shift+down", "shift+left", "shift+right", "shift+home", "shift+end", "f6", "f7"),
)


class Stock(TextArea):
    """Textual's own, without its cache of rows, which overlooks a change of `highlight_cursor_line` and others."""

    def render_line(self, y: int) -> Strip:
        self._line_cache.clear()
        return super().render_line(y)


class Elsewhere(Static, can_focus=True):
    """What has the focus when the text area has not."""


class Typing(GlassApp):
    """One text area and something else to focus."""

    CSS = "Elsewhere { height: 1; } TextArea { height: 1fr; padding: 0 1; }"

    def __init__(self, kind: type[TextArea]) -> None:
        super().__init__()
        self.kind = kind

    def compose(self) -> ComposeResult:
        area = self.kind(TEXTS[1], compact=True, placeholder="Écrivez ici, sur deux lignes au moins s'il le faut")
        area.cursor_blink = False
        yield area
        yield Elsewhere("ailleurs")


def _act(area: TextArea, name: str, value: Any) -> None:
    if name == "load":
        area.load_text(value)
    elif name == "insert":
        area.insert(value)
    elif name == "replace":
        area.replace(value, (0, 1), area.cursor_location)
    elif name == "cursor":
        area.move_cursor(area.clamp_visitable(value))
    elif name == "select":
        area.move_cursor(area.clamp_visitable(value), select=True)
    elif name == "theme":
        area.app.theme = value
    else:
        setattr(area, name, value)


def _session(seed: int) -> list[tuple[str, Any]]:
    """Return a random session: mostly keys, and what a program does to the widget."""
    dice = random.Random(seed)
    others = {
        "load": TEXTS,
        "insert": ("collé\nen deux", "(", "\u00a0:"),
        "replace": ("", "z" * 50),
        "cursor": [(n, n) for n in range(0, 60, 7)],
        "select": [(n, 3) for n in range(0, 60, 7)],
        "highlight_cursor_line": (True, False),
        "match_cursor_bracket": (True, False),
        "soft_wrap": (True, False),
        "show_line_numbers": (True, False),
        "read_only": (True, False, False),
        "indent_width": (2, 4, 8),
        "theme": ("textual-light", "textual-dark", "nord"),
        "resize": ((40, 12), (23, 9), (60, 5)),
        "focus": (True, False),
        "background": ("red", "transparent"),
    }
    session: list[tuple[str, Any]] = []
    for _ in range(40):
        name = dice.choice([*others, *["key"] * 25])
        session.append((name, dice.choice(KEYS if name == "key" else list(others[name]))))
    return session


async def _play(kind: type[TextArea], session: list[tuple[str, Any]]) -> list[Cells]:
    app = Typing(kind)
    shown = []
    async with app.run_test(size=(40, 12)) as pilot:
        area = app.query_one(TextArea)
        area.focus()
        for name, value in session:
            await _step(pilot, app, area, name, value)
            await pilot.pause()
            shown.append(app.glass.cells())
    return shown


async def _step(pilot: Pilot[None], app: Typing, area: TextArea, name: str, value: Any) -> None:
    if name == "key":
        await pilot.press(value)
    elif name == "resize":
        app.glass.resize(*value)
        await resize(pilot, *value)
    elif name == "focus":
        (area if value else app.query_one(Elsewhere)).focus()
    elif name == "background":
        app.screen.styles.background = value
    else:
        with app._context():
            _act(area, name, value)


@pytest.mark.parametrize("seed", range(4))
async def test_slim_and_stock_draw_equal_screens(seed: int) -> None:
    session = _session(seed)
    slim, stock = await _play(FastTextArea, session), await _play(Stock, session)
    for step, one, other in zip(session, slim, stock, strict=True):
        assert not (difference := first_difference(one, other)), f"after {step}: {difference}"


@pytest.mark.parametrize("begin", ["down", "end", "pagedown"])
async def test_a_selection_of_several_lines_is_drawn_as_textual_draws_it(begin: str) -> None:
    keys = (begin, "right", "shift+down", "shift+right", "shift+down", "shift+home", "shift+up", "shift+up", "shift+up")
    session: list[tuple[str, Any]] = [("load", TEXTS[4]), *(("key", key) for key in (*keys, "shift+end", "left"))]
    for column in (2, 5):  # upwards from two places of one line, to the same one above
        session += [("cursor", (3, column)), ("select", (2, 1))]
    slim, stock = await _play(FastTextArea, session), await _play(Stock, session)
    for step, one, other in zip(session, slim, stock, strict=True):
        assert not (difference := first_difference(one, other)), f"after {step}: {difference}"


async def test_a_key_repaints_one_row_of_many() -> None:
    app = Typing(FastTextArea)
    painted: list[int] = []
    async with app.run_test(size=(40, 12)) as pilot:
        area = app.query_one(FastTextArea)
        area.focus()
        area.load_text(TEXTS[4])
        await pilot.pause()
        draw = area.render_line
        area.render_line = lambda y: painted.append(y) or draw(y)  # type: ignore[method-assign, func-returns-value]
        await pilot.press("x")
        await pilot.pause()
    assert painted == [0]
