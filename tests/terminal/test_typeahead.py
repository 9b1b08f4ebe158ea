"""What a terminal sends in one read means the same as in many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tui.terminal.key_parser import KeyParser

PRESSES = {
    "g": "g", "é": "é", "\r": "enter", "\t": "tab", "\x1b[A": "up", "\x1bOS": "f4", "\x1b[17~": "f6",
    "\x1bg": "alt+g", "\x1bP": "alt+P", "\x1b?": "alt+question_mark",
}  # fmt: skip
NAMES = {"é": "e_acute", "alt+P": "alt+P"}


def keys(*reads: str) -> list[str]:
    """The keys of some reads; a paste in « »."""
    parser = KeyParser()
    found = []
    for read in reads:
        for event in parser.feed(read):
            if isinstance(event, events.Key):
                found.append(event.key)
            elif isinstance(event, events.Paste):
                found.append(f"«{event.text}»")
    return found


@pytest.mark.parametrize("press", PRESSES)
def test_each_press_alone_is_one_key(press: str) -> None:
    assert len(keys(press)) == 1


@given(st.lists(st.sampled_from(sorted(PRESSES)), min_size=1, max_size=12))
def test_many_presses_in_one_read_are_the_same_keys(presses: list[str]) -> None:
    assert keys("".join(presses)) == [key for press in presses for key in keys(press)]


@pytest.mark.parametrize(("press", "key"), [("f", "f"), ("b", "b"), ("0", "0"), ("-", "minus"), ("=", "equals_sign")])
def test_alt_and_a_letter_that_textual_calls_otherwise(press: str, key: str) -> None:
    assert keys(f"\x1b{press}") == keys("\x1b", press) == [f"alt+{key}"]


def test_escape_before_a_longer_sequence_is_a_press_of_its_own() -> None:
    assert keys("\x1b\x1b[A") == ["escape", "up"]


def test_escape_and_its_letter_in_two_reads() -> None:
    assert keys("\x1b", "jx\x1b[B") == ["alt+j", "x", "down"]


def test_a_sequence_cut_between_two_reads_is_still_one_key() -> None:
    assert keys("a\x1b[", "Ab") == ["a", "up", "b"]
    assert keys("\x1bO", "S") == ["f4"]


def test_a_paste_is_not_taken_for_keys() -> None:
    assert keys("\x1b[200~un\x1bg deux\x1b[201~x")[-1] == "x"
    assert "alt+g" not in keys("\x1b[200~un\x1bg deux\x1b[201~x")
    assert keys("\x1b[200~une page\x1b[201~\x1bg") == ["«une page»", "alt+g"]
