"""In the editor a character is what people see: cursor, Backspace, Delete and selection never part one."""

from __future__ import annotations

import random
from itertools import accumulate

import pytest
from textual import events
from textual.app import App, ComposeResult

from tui.resources import styles_dir
from tui.terminal.editor import Editor
from tui.text.graphemes import characters
from tui.text.widths import width

SEEN = (
    "e\u0301",
    "👩🏽\u200d🌾",
    "🇨🇦",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "\u1112\u1161\u11ab",
    "क्षि",
    "日",
    "x",
    " ",
    "é",
    "👍🏽",
)
MOVES = (
    "left", "right", "up", "down", "home", "end", "ctrl+left", "ctrl+right", "shift+left", "shift+right", "shift+up",
    "shift+down", "pageup", "pagedown",
)  # fmt: skip
DELETES = ("backspace", "delete", "ctrl+w", "ctrl+f", "ctrl+u", "ctrl+k")


class Written(App[None]):
    """One editor."""

    CSS_PATH = [styles_dir() / "editor.tcss"]  # noqa: RUF012

    def __init__(self, text: str) -> None:
        super().__init__()
        self.editor = Editor(text)

    def compose(self) -> ComposeResult:
        yield self.editor

    def on_mount(self) -> None:
        self.editor.focus()


def boundaries(line: str) -> set[int]:
    """The columns between the characters of a line."""
    return {0, *accumulate(map(len, characters(line)))}


def faults(editor: Editor) -> list[str]:
    """What is wrong: a selection within a character, a row that ends in one or is too wide, rows counted wrongly."""
    document, wrapped = editor.document, editor.wrapped_document
    found = [f"at {place}" for place in editor.selection if place[1] not in boundaries(document[place[0]])]
    for number in range(document.line_count):
        if not set(wrapped.get_offsets(number)) <= boundaries(document[number]):
            found.append(f"line {number} wrapped at {wrapped.get_offsets(number)}")
        rows = [row.rstrip() for row in wrapped.get_sections(number)]
        found += [f"{row!r} is {width(row)} wide" for row in rows if width(row) > editor.wrap_width]
    if wrapped.height != sum(len(wrapped.get_sections(number)) for number in range(document.line_count)):
        found.append("height")
    return found


@pytest.mark.parametrize("seed", range(6))
async def test_no_key_parts_a_character(seed: int) -> None:
    dice = random.Random(seed)
    app = Written("\n".join("".join(dice.choices(SEEN, k=dice.choice((0, 3, 30, 90)))) for _line in range(6)))
    async with app.run_test(size=(20, 12)) as pilot:
        editor = app.editor
        for _step in range(60):
            before = sorted(characters(editor.text))
            key = dice.choice(MOVES + DELETES)
            if dice.random() < 0.2:
                offset = (dice.randrange(20), dice.randrange(12))
                await pilot.click(Editor, offset=offset)
            else:
                await pilot.press(key)
            assert not faults(editor), key
            rows = [editor.render_line(y) for y in range(editor.size.height)]
            assert {row.cell_length for row in rows} == {editor.scrollable_content_region.width}, key
            if key == "backspace" and not before:
                break


@pytest.mark.parametrize("one", SEEN)
async def test_one_press_for_each_character(one: str) -> None:
    app = Written(f"a{one}b{one}")
    async with app.run_test() as pilot:
        editor = app.editor
        editor.move_cursor((0, 0))
        await pilot.press("right", "right")
        assert editor.cursor_location == (0, 1 + len(one))
        await pilot.press("backspace")
        assert editor.text == f"ab{one}"
        await pilot.press("right", "delete")
        assert editor.text == "ab"
        await pilot.press("ctrl+z", "ctrl+z")
        assert editor.text == f"a{one}b{one}"
        await pilot.press("end", "shift+left")
        assert editor.selected_text == one
        await pilot.press("x")
        assert editor.text == f"a{one}bx"


@pytest.mark.parametrize("one", SEEN)
async def test_typed_code_point_by_code_point_in_the_midst_of_others(one: str) -> None:
    app = Written("🌾🇫🇷")
    async with app.run_test() as pilot:
        app.editor.move_cursor((0, 0))
        for point in one:
            app.editor.post_message(events.Key("space" if point == " " else point, point))
            await pilot.pause()
        assert app.editor.text == f"{one}🌾🇫🇷"


async def test_a_mark_typed_behind_a_letter_goes_with_it() -> None:
    app = Written("ex")
    async with app.run_test() as pilot:
        app.editor.move_cursor((0, 1))
        app.editor.post_message(events.Key("\u0301", "\u0301"))
        await pilot.pause()
        await pilot.press("y", "left", "backspace")
        assert app.editor.text == "yx"
