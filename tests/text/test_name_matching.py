"""Names: alike without case and accents, found by a few letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.name_matching import fold, matches


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Coopérative de l’Étoile", "cooperative  de l'etoile"),
        ("CŒUR", "coeur"),
        ("Saint‐Jean‑Port", "saint-jean-port"),
        ("‘Le Phare‘ ʼn", "'le phare' 'n"),
        ("Nguye\u0302\u0303n", "nguyễn"),
        ("Straße", "STRASSE"),
        ("a\u200bb", "AB"),
        ("İstanbul", "ISTANBUL"),
        ("ıstanbul", "Istanbul"),
        ("ΟΔΟΣ", "ὁδός"),
        ("oﬃce", "Office"),
        ("ǅ", "dž"),
        ("Ĳsselmeer", "ijsselmeer"),
        ("Łódź", "LODZ"),
        ("Søren Ærø", "soren aero"),
        ("Hawaiʻi", "Hawai'i"),
        ("محـمد", "مُحَمَّد"),
        ("שָׁלוֹם", "שלום"),
        ("１２", "12"),
        ("ＡＣＳＭ", "acsm"),
        ("ｶﾅ", "カナ"),
        ("가", "가"),
    ],
)
def test_names_that_people_take_for_one(one, other):
    assert fold(one) == fold(other)


def test_other_names_stay_apart():
    assert fold("Centre A") != fold("Centre B")


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("acsm we", True),
        ("ACSM", True),
        ("windsor acsm", True),
        ("essex", True),
        ("", True),
        ("sex", False),
        ("acsm x", False),
        ("ssex", False),
        ("w", True),
        ("s", False),
    ],
)
def test_a_few_letters_find_a_name(query, found):
    assert matches(query, "ACSM Windsor-Essex") is found


@given(st.text(max_size=30))
def test_a_name_is_found_by_itself(text):
    assert matches(text, text)


@pytest.mark.parametrize(("typed", "name"), [("isik", "Işık"), ("thorlak", "Þorlák"), ("gudrun", "Guðrún")])
def test_letters_that_no_accent_makes_are_found_by_plain_ones(typed: str, name: str) -> None:
    assert matches(typed, name)
