"""Whichever pens follow one another, the short way leads to the same letters as the long one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.terminal.glass import Glass
from tui.terminal.screen_cells import NORMAL, shift

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
        short.feed(f"{shift(before, pen)}x")
        long.feed((pen or NORMAL) + "x")
        before = pen
    assert short.cells() == long.cells()
    assert all(len(shift(old, new)) <= len(new or NORMAL) for old, new in pairwise(row))


def test_only_what_differs_is_said() -> None:
    assert shift("\x1b[0;38;5;188;48;5;16m", "\x1b[0;1;38;5;188;48;5;16m") == "\x1b[1m"
    assert shift("\x1b[0;1;38;5;188;48;5;16m", "\x1b[0;38;5;188;48;5;16m") == "\x1b[22m"
    assert shift("\x1b[0;38;5;188;48;5;16m", "\x1b[0;38;5;39;48;5;16m") == "\x1b[38;5;39m"


def test_dim_and_bold_end_together_and_what_stays_is_said_again() -> None:
    assert shift("\x1b[0;1;2;38;5;188;48;5;16m", "\x1b[0;1;38;5;188;48;5;16m") == "\x1b[22;1m"
