"""Tests of numbers in words: from zero to sixteen, the ordinals, and digits beyond."""

from __future__ import annotations

import pytest

from tui.text.counts import count_in_words, ordinal_in_words


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (0, "zéro", "zero"), (1, "un", "one"), (9, "neuf", "nine"), (13, "treize", "thirteen"),
        (16, "seize", "sixteen"), (17, "17", "17"), (100, "100", "100"), (-1, "-1", "-1"),
    ],
)  # fmt: skip
def test_a_small_count_is_a_word(count: int, french: str, english: str) -> None:
    assert count_in_words(count, "fr") == count_in_words(count, "fr-CA") == french
    assert count_in_words(count, "en") == count_in_words(count, "en-CA") == english


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (1, "premier", "first"), (2, "deuxième", "second"), (3, "troisième", "third"), (10, "dixième", "tenth"),
        (11, "11e", "11th"), (12, "12e", "12th"), (13, "13e", "13th"), (14, "14e", "14th"), (21, "21e", "21st"),
        (22, "22e", "22nd"), (23, "23e", "23rd"), (24, "24e", "24th"), (101, "101e", "101st"), (110, "110e", "110th"),
        (111, "111e", "111th"), (112, "112e", "112th"), (113, "113e", "113th"), (121, "121e", "121st"),
    ],
)  # fmt: skip
def test_an_ordinal_is_a_word_up_to_the_tenth(number: int, french: str, english: str) -> None:
    assert ordinal_in_words(number, "fr") == ordinal_in_words(number, "fr-CA") == french
    assert ordinal_in_words(number, "en") == ordinal_in_words(number, "en-CA") == english
