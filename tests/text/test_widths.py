"""Cells: wide letters counted, long words broken, nothing lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.widths import first_lines, pad, shorten, width, wrap

FARMER, FLAG, ACCENT = "👩🏽\u200d🌾", "🇨🇦", "e\u0301"
PIECES = st.lists(
    st.sampled_from([FARMER, FLAG, ACCENT, "a", "bonjour", " ", "  ", "\u00a0", "漢", "✅", "\n", "x" * 30])
)
TYPED = st.one_of(PIECES.map("".join), st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=80))


@pytest.mark.parametrize(
    ("text", "cells"), [("", 0), ("abc", 3), ("été", 3), (ACCENT, 1), ("漢", 2), (FARMER, 2), (FLAG, 2)]
)
def test_width(text, cells):
    assert width(text) == cells


def test_lines_break_at_spaces_and_keep_their_openings():
    assert wrap("un deux trois quatre", 9, "- ", "  ") == ["- un deux", "  trois", "  quatre"]
    assert wrap("a\n\nb", 9, "- ", "  ") == ["- a", "  ", "  b"]
    assert wrap("", 9, "- ", "  ") == ["- "]


def test_spaces_inside_a_line_and_no_break_spaces_stay():
    assert wrap("a  b", 9) == ["a  b"]
    assert wrap("prix 12\u00a0000\u00a0$ net", 10) == ["prix", "12\u00a0000\u00a0$", "net"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("dire « oui » enfin", ["dire", "« oui »", "enfin"]),
        ("il dit ceci : rien", ["il dit", "ceci :", "rien"]),
        ("et pourquoi ? Parce", ["et", "pourquoi ?", "Parce"]),
        ("ils disent « ».", ["ils disent", "« »."]),
        ("a : b", ["a : b"]),
        ("suffit : « 2018 ».", ["suffit :", "« 2018 »."]),
        ("pas « oui », donc", ["pas", "« oui »,", "donc"]),
        ("abcd « efghij klmnop »", ["abcd", "« efghij", "klmnop »"]),
    ],
)
def test_a_line_neither_opens_nor_ends_with_a_mark_that_french_sets_apart(text, lines):
    assert wrap(text, 10) == lines


def test_a_long_word_is_broken_only_where_it_must():
    assert wrap("ab " + "m" * 12, 5) == ["ab", "mmmmm", "mmmmm", "mm"]
    assert wrap(FARMER + FLAG + ACCENT, 2) == [FARMER, FLAG, ACCENT]
    assert wrap(FARMER, 1) == [FARMER]


@given(TYPED, st.integers(1, 40), st.sampled_from(["", "- ", "• "]))
def test_wrapping_loses_nothing(text, cells, first):
    lines = wrap(text, cells, first, " " * len(first))
    bare = "".join(line[len(first) :] for line in lines)
    assert re.sub("[ \n]", "", bare) == re.sub("[ \n]", "", text)


@given(TYPED, st.integers(4, 40), st.sampled_from(["", "- "]))
def test_no_line_is_wider_than_it_may_be(text, cells, first):
    assert [line for line in wrap(text, cells, first, "  ") if width(line) > cells] == []


@given(PIECES.map("".join), st.integers(1, 40))
def test_what_belongs_together_is_not_parted(text, cells):
    lines = wrap(text, cells)
    for whole in (FARMER, ACCENT):
        assert sum(line.count(whole) for line in lines) == text.count(whole)


@given(TYPED, st.integers(0, 40))
def test_shortening_fits_and_says_so(text, cells):
    short = shorten(text, cells)
    assert width(short) <= cells
    assert short == text or short.endswith("…") or cells == 0


@pytest.mark.parametrize("head", ["English (translation): ", "écrire à ana@lieu.ca, ou ", "et/ou "])
def test_what_is_shortened_is_cut_after_its_last_whole_word_and_not_after_an_earlier_joint(head):
    assert shorten(head + "a map of the places for all", len(head) + 12) == head + "a map of…"


@pytest.mark.parametrize(
    ("text", "cells", "short"),
    [("abc defgh", 6, "abc…"), ("ab cdefgh", 6, "ab cd…"), ("un, deux", 5, "un…"), ("un – deux", 6, "un…"),
     ("abc", 3, "abc"), ("abc", 1, "…"),
     ("abc", 0, "")],
)  # fmt: skip
def test_a_short_word_goes_whole_and_a_long_one_is_cut(text, cells, short):
    assert shorten(text, cells) == short


@pytest.mark.parametrize(
    ("rows", "lines"),
    [(1, ["- un deu…"]), (2, ["- un deux", "  trois…"]), (3, ["- un deux", "  trois", "  quatre"]),
     (4, ["- un deux", "  trois", "  quatre"])],
)  # fmt: skip
def test_only_what_is_cut_ends_in_an_ellipsis(rows, lines):
    assert first_lines("un\ndeux trois quatre", 9, rows, "- ", "  ") == lines


def test_padding_counts_cells():
    assert pad("漢", 4) == "漢  "
    assert pad("bonjour", 3) == "bonjour"


@pytest.mark.parametrize("size", [27, 40, 57, 80])
def test_a_path_that_is_too_long_is_broken_inside_no_name_that_fits(size: int) -> None:
    line = "scp ana@198.51.100.4:Entente/une-porte-ebauche-3.zip ."
    parts = wrap(line, size, " ", "   ")
    assert "".join(parts).replace(" ", "") == line.replace(" ", "")
    assert any("une-porte-ebauche-3.zip" in part for part in parts) and all(width(part) <= size for part in parts)
