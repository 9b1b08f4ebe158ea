"""Foreign text: what is dangerous goes, what people wrote stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.clean import clean, escape_controls, is_unseen, one_line, pasted_lines, without_list_mark

ANY = st.text(st.one_of(st.characters(), st.sampled_from("\r\n\t\x0b\x85\u2028\u202e\ufeff\ud800\x1b -•1.)")))


@given(ANY, st.booleans())
def test_cleaning_twice_changes_nothing_more(text, multiline):
    once = clean(text, multiline)
    assert clean(once, multiline) == once


@given(ANY)
def test_no_control_is_left_and_no_other_character_is_lost(text):
    cleaned = clean(text)
    assert all(char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") for char in cleaned)
    cleaned.encode()
    visible = [char for char in text if unicodedata.category(char)[0] in "LNPSM"]
    assert [char for char in cleaned if unicodedata.category(char)[0] in "LNPSM"] == visible


@pytest.mark.parametrize(
    "char", [*"\x00\x07\x1b\x7f\x9b\ufeff\u202e\u2066\u2069\u200e\u061c\ufffe\ufdd0\U0001ffff", "\udc80"], ids=ascii
)
def test_each_dangerous_character_goes(char):
    assert clean(f"a{char}b") == "ab"


@pytest.mark.parametrize(
    "text", ["👩🏽\u200d🌾", "🇨🇦", "e\u0301", "É", "12\u00a0000\u202f$", "ᐊᐧ", "a\u200cb", "a\tb\nc"]
)
def test_legitimate_text_stays_as_it_is(text):
    assert clean(text) == text


@pytest.mark.parametrize("mark", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_a_line_feed(mark):
    assert clean(f"a{mark}b") == "a\nb"
    assert clean(f"a{mark}b", multiline=False) == "a b"


@pytest.mark.parametrize(
    ("text", "multiline", "shown"),
    [
        ("a\tb\r\nc\nd", True, "a\tb\r\nc\nd"),
        ("a\tb\r\nc\nd", False, "a b\\r\\nc\\nd"),
        ("a\tb", False, "a b"),
        ("a\x1bb\rc\udce9", True, "a\\x1bb\\rc\\xe9"),
    ],
)
def test_a_terminal_sees_what_would_steer_it_as_escapes(text, multiline, shown):
    assert escape_controls(text, multiline) == shown


def test_tabs_stay_in_prose_and_are_spaces_on_one_line():
    assert clean("a\tb") == "a\tb"
    assert clean("a\tb", multiline=False) == "a b"


def test_one_line_joins_lines_with_single_spaces():
    assert one_line("  a \r\n\n  b\tc \n") == "a b c"


def test_a_pasted_list_loses_its_bullets_and_numbers_only():
    pasted = "- a\r\n• b\n1. c\n\n 2) d\n–\te\no\tf\n-\n3 h par semaine\n2e ligne\n-5 degrés\n(3) g\n2026. h"
    assert pasted_lines(pasted) == [
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "3 h par semaine",
        "2e ligne",
        "-5 degrés",
        "g",
        "2026. h",
    ]


@pytest.mark.parametrize(
    ("line", "bare"),
    [("• un lieu", "un lieu"), ("o\tun lieu", "un lieu"), ("- un lieu", "- un lieu"), ("* un lieu", "* un lieu"),
     ("1. un lieu", "1. un lieu"), ("a) un lieu", "a) un lieu"), ("un • lieu", "un • lieu")],
)  # fmt: skip
def test_a_pasted_line_loses_a_foreign_bullet_alone(line, bare):
    assert without_list_mark(line) == bare


@given(ANY)
def test_lines_are_single_and_not_empty(text):
    assert all(line.strip() == line != "" and "\n" not in line for line in pasted_lines(text))


@pytest.mark.parametrize(
    "text", ["", " \xa0", "\u200b", "\u2060\u200d", "\xad", "\u3164", "\u2800 \ufe0f", "\u115f\u1160"]
)
def test_a_text_of_which_nothing_shows_is_none(text):
    assert is_unseen(text) and one_line(text) == "" and pasted_lines(f"un\n{text}\ndeux") == ["un", "deux"]


@pytest.mark.parametrize("text", ["a\u200bb", "👩\u200d👧", "می\u200cخواهم", "é", "—", "♥\ufe0f", "한"])
def test_what_shows_keeps_its_joiners(text):
    assert not is_unseen(text) and one_line(text) == text
