"""Whichever pens follow one another, the short way leads to the same letters as the long one."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.terminal.glass import AgreeingGlass, Glass
from tui.terminal.screen_cells import NORMAL, ScreenCells, pen_change
from tui.text.right_to_left import mark_cells

_INKS = ["", "31", "97", "39", "38;5;188", "38;5;7", "38;2;1;3;9", "38;2;48;5;16"]
_GROUNDS = ["", "41", "107", "49", "48;5;16", "48;2;38;5;9"]
_ATTRIBUTES = ["1", "3", "4", "5", "7", "9"]  # those the glass knows


@st.composite
def pens(draw: st.DrawFn) -> str:
    """A pen as the front has it."""
    attributes = draw(st.lists(st.sampled_from(_ATTRIBUTES), unique=True, max_size=3))
    parts = [*attributes, draw(st.sampled_from(_INKS)), draw(st.sampled_from(_GROUNDS))]
    numbers = ";".join(part for part in parts if part)
    return f"\x1b[0;{numbers}m" if numbers else ""


@given(st.lists(pens(), min_size=1, max_size=12))
def test_the_short_way_leads_to_the_same_pen(row: list[str]) -> None:
    short, long = Glass(len(row), 1), Glass(len(row), 1)
    before = ""
    for pen in row:
        short.feed(f"{pen_change(before, pen)}x")
        long.feed((pen or NORMAL) + "x")
        before = pen
    assert short.cells() == long.cells()
    assert all(len(pen_change(old, new)) <= len(new or NORMAL) for old, new in pairwise(row))


def test_only_what_differs_is_said() -> None:
    assert pen_change("\x1b[0;38;5;188;48;5;16m", "\x1b[0;1;38;5;188;48;5;16m") == "\x1b[1m"
    assert pen_change("\x1b[0;1;38;5;188;48;5;16m", "\x1b[0;38;5;188;48;5;16m") == "\x1b[22m"
    assert pen_change("\x1b[0;38;5;188;48;5;16m", "\x1b[0;38;5;39;48;5;16m") == "\x1b[38;5;39m"


def test_dim_and_bold_end_together_and_what_stays_is_said_again() -> None:
    assert pen_change("\x1b[0;1;2;38;5;188;48;5;16m", "\x1b[0;1;38;5;188;48;5;16m") == "\x1b[22;1m"


@given(st.lists(st.text(st.sampled_from("ab 3|│שלום"), min_size=8, max_size=8), min_size=2, max_size=5))
def test_words_from_right_to_left_are_marked_whichever_part_of_their_row_changes(rows: list[str]) -> None:
    front, glass = ScreenCells(), AgreeingGlass(8, 1)
    for before, row in pairwise(["", *rows]):
        at = next((at for at, (old, new) in enumerate(zip(before, row, strict=False)) if old != new), 0)
        out = front.update(LayoutUpdate([[Strip([Segment(row[at:])])]], Region(at, 0, 8 - at, 1)))
        glass.feed(out)
        assert [cell.data for cell in glass.cells()[0]] == list(row)
        written = re.sub("\x1b\\[[0-9;]*[A-Zm]", "", out)
        assert before or written.rstrip(" ") == "".join(mark_cells(list(row))).rstrip(" ")
