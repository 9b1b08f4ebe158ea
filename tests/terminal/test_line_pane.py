"""A pane of lines: what is shown, what is repainted, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import ComposeResult

from tests.terminal.glass import GlassApp, resize
from tui.resources import styles_dir
from tui.terminal.line_pane import STYLES, Line, Lines, Piece, changed_rows


class Pane(GlassApp):
    """One pane on a small screen."""

    CSS_PATH = [styles_dir() / "lines.tcss"]  # noqa: RUF012

    def __init__(self, lines: Sequence[Line] = (), width: int = 30, height: int = 6) -> None:
        super().__init__(width, height)
        self.pane = Lines()
        self.drawn: list[int] = []
        if lines:
            self.pane.show(lines)
        draw = self.pane.render_line
        self.pane.render_line = lambda y: self.drawn.append(y) or draw(y)  # type: ignore[method-assign, func-returns-value]

    def compose(self) -> ComposeResult:
        yield self.pane

    def rows(self) -> list[str]:
        """Return the text of each row on the screen, without the blanks at its end."""
        return ["".join(cell.data for cell in row).rstrip("▁▂▃▄▅▆▇█ ") for row in self.glass.cells()]


def _lines(*texts: str) -> list[Line]:
    return [(Piece(" " + text),) for text in texts]


MANY = _lines(*[f"ligne {n}" for n in range(5000)])


async def test_text_is_shown_raw_and_controls_as_blanks() -> None:
    app = Pane([(Piece("[b]gras[/x] "), Piece("see [1]", "strong accent")), (Piece("a\x1b[2Jb\tc\nd"),)])
    async with app.run_test(size=(30, 6)) as pilot:
        await pilot.pause()
        assert app.rows()[:2] == ["[b]gras[/x] see [1]", "a [2Jb c d"]
        assert app.glass.cells()[0][12].bold and not app.glass.cells()[0][11].bold


async def test_one_changed_line_among_thousands_repaints_one_row() -> None:
    app = Pane(MANY)
    async with app.run_test(size=(30, 6)) as pilot:
        await pilot.pause()
        app.drawn.clear()
        app.pane.show([*MANY[:3], (Piece(" autre"),), *MANY[4:]])
        await pilot.pause()
        assert app.drawn == [3]
        assert app.rows() == [" ligne 0", " ligne 1", " ligne 2", " autre", " ligne 4", " ligne 5"]
        app.drawn.clear()
        app.pane.show([*app.pane.lines[:4000], (Piece("loin"),), *MANY[4001:]])
        app.pane.show(list(app.pane.lines))
        await pilot.pause()
        assert app.drawn == []


async def test_a_new_line_moves_only_the_rows_below_it() -> None:
    app = Pane(MANY)
    async with app.run_test(size=(30, 6)) as pilot:
        await pilot.pause()
        app.drawn.clear()
        app.pane.show([*MANY[:4], (Piece(" nouvelle"),), *MANY[4:]])
        await pilot.pause()
        assert app.drawn == [4, 5]
        assert app.rows()[3:] == [" ligne 3", " nouvelle", " ligne 4"]
        app.pane.show(MANY[:2])
        await pilot.pause()
        assert app.rows() == [" ligne 0", " ligne 1", "", "", "", ""]


async def test_the_readers_place_is_kept_when_lines_come_above() -> None:
    app = Pane(MANY)
    async with app.run_test(size=(30, 6)) as pilot:
        app.pane.scroll_to_row(100, top=True)
        app.pane.show([*_lines("a", "b"), *MANY], keep=102)
        await pilot.pause()
        assert app.rows()[0] == " ligne 100"
        assert app.pane.scroll_offset.y == 102


async def test_a_row_is_brought_in_by_the_shortest_way() -> None:
    app = Pane()
    app.pane.show(MANY[:20])
    app.pane.scroll_to_row(19)  # before the first layout
    async with app.run_test(size=(30, 6)) as pilot:
        await pilot.pause()
        assert app.pane.scroll_offset.y == 14
        app.pane.scroll_to_row(15)
        assert app.pane.scroll_offset.y == 14
        app.pane.scroll_to_row(10)
        assert app.pane.scroll_offset.y == 10
        app.pane.show(MANY[:3])
        await pilot.pause()
        assert app.pane.scroll_offset.y == 0
        assert app.rows() == [" ligne 0", " ligne 1", " ligne 2", "", "", ""]


async def test_the_current_row_has_a_glyph_and_loses_no_text() -> None:
    app = Pane([*_lines("un", "deux"), (Piece("trois"),), ()])
    async with app.run_test(size=(30, 6)) as pilot:
        for row, expected in enumerate(("›un", "›deux", "›trois", "›")):
            app.pane.cursor = row
            await pilot.pause()
            assert [text for text in app.rows() if "›" in text] == [expected]
            assert app.glass.cells()[row][0].reverse
        app.pane.show(_lines("un"))
        await pilot.pause()
        assert app.pane.cursor == 0 and app.rows()[0] == "›un"
        app.pane.show([])
        assert app.pane.cursor is None


@pytest.mark.parametrize("width", [10, 11, 12, 30])
async def test_each_row_fills_the_width_exactly(width: int) -> None:
    app = Pane(
        [(Piece("é日本語日本語日本語"),), (Piece("🎉" * 9, "warn"),), (Piece("e\u0301" * 40),), (), *MANY[:9]], width
    )
    async with app.run_test(size=(width, 6)) as pilot:
        await pilot.pause()
        app.pane.cursor = 1
        assert app.pane.line_width == width - 1  # the scrollbar takes one
        assert {app.pane.render_line(y).cell_length for y in range(6)} == {width - 1}


async def test_lines_wrapped_to_the_width_are_there_in_the_first_frame() -> None:
    app = Pane()
    app.pane.on_width = lambda width: app.pane.show(_lines("x" * (width - 1)))
    async with app.run_test(size=(30, 6)) as pilot:
        await pilot.pause()
        assert app.rows()[0] == " " + "x" * 28
        app.glass.resize(20, 6)
        await resize(pilot, 20, 6)
        await pilot.pause()
        assert app.rows()[0] == " " + "x" * 18


async def test_all_styles_exist_and_follow_the_theme() -> None:
    app = Pane([(Piece(name, name),) for name in STYLES], height=20)
    async with app.run_test(size=(30, 20)) as pilot:
        await pilot.pause()
        assert app.rows()[: len(STYLES)] == list(STYLES)
        before = app.glass.cells()[STYLES.index("accent")][0].fg
        app.theme = "dracula"
        await pilot.pause()
        assert app.glass.cells()[STYLES.index("accent")][0].fg != before
        with pytest.raises(KeyError, match="lines--nosuch"):
            app.pane.show([(Piece("x", "nosuch"),)])
            app.pane.render_line(0)


SHORT = st.lists(st.integers(0, 3), max_size=12)


@given(SHORT, SHORT, SHORT, SHORT, st.sampled_from([0, 255, 256, 600]))
def test_the_rows_before_and_after_the_change_are_equal(
    head: list[int], old: list[int], new: list[int], tail: list[int], padding: int
) -> None:
    lines = _lines(*"0123")
    pad = [lines[0]] * padding
    one = [*pad, *[lines[n] for n in head + old + tail], *pad]
    other = [*pad, *[lines[n] for n in head + new + tail], *pad]
    first, end, other_end = changed_rows(one, other)
    assert one[:first] == other[:first] and one[end:] == other[other_end:]
    assert first <= end and first <= other_end
    if first < end and first < other_end:
        assert one[first] != other[first] and one[end - 1] != other[other_end - 1]
    if one == other:
        assert first == end == other_end == len(one)
