"""Tests that codes and marks of a form are recognised after mail and Word have changed them."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from tui.partnership.form_codes import (
    FormCode,
    code_of_id,
    find_codes,
    find_mark,
    id_meant,
    item_key,
    item_mark,
    mark_of_anchor,
    words_of_points,
)
from tui.partnership.ids import ALPHABET, is_id

IDS = st.text(ALPHABET, min_size=10, max_size=10)
CODES = st.builds(FormCode, IDS, IDS, st.integers(0, 999), st.text(ALPHABET, min_size=6, max_size=6))


@given(CODES, st.sampled_from(["-", "\u2011", "–", "\u2010", "-\n> ", " -\r\n>> | ", "- "]), st.booleans())
def test_a_code_survives_wrapping_quoting_dashes_and_capitals(code: FormCode, hyphen: str, capitals: bool) -> None:
    left = code.text.replace("-", hyphen)
    left = left.upper() if capitals else left
    assert find_codes(f"> Code du formulaire : {left}\n> Bonjour") == (code,)


@given(CODES, st.data())
def test_a_code_with_one_letter_wrong_is_no_code(code: FormCode, data: st.DataObject) -> None:
    at = data.draw(st.integers(4, len(code.text) - 1).filter(lambda place: code.text[place] != "-"))
    was = code.text[at]
    other = data.draw(st.sampled_from(string.digits if was.isdigit() and was not in ALPHABET else ALPHABET))
    mistyped = code.text[:at] + other + code.text[at + 1 :]
    # Two letters of a check leave one mistake in a thousand unseen: it is then at least another code.
    assert code not in find_codes(mistyped) or other == was


def test_two_codes_of_one_mail_are_both_found() -> None:
    first, second = (FormCode("abcdefghij", name * 10, 3, "k7q2ma") for name in "ab")
    assert find_codes(f"{first.text}\n\nand {second.text}, {first.text}") == (first, second)


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["", "> ", ">> ", "  | "]))
def test_a_mark_is_found_at_the_beginning_of_its_line(name: str, words: str, quote: str) -> None:
    mark = item_mark(name, words)
    assert find_mark(f"{quote}{mark.text} Son nom") == (mark, "Son nom")
    assert find_mark(f"Voir {mark.text}") is None
    assert mark.key == item_key(name)
    assert mark_of_anchor(mark.anchor) == mark


def test_other_names_in_a_file_are_no_anchors() -> None:
    for name in ("", "entf_", "ent_abcdefghijkl", "entf_abc", "_GoBack", "entf_abcdefghijklmn] x"):
        assert mark_of_anchor(name) is None


def test_other_words_give_another_mark_of_the_same_item() -> None:
    one, other = item_mark("row/abcdefghij", "deux jours"), item_mark("row/abcdefghij", "trois jours")
    assert one.key == other.key
    assert one.words != other.words


def test_an_id_that_is_not_random_is_known_by_its_letters() -> None:
    assert code_of_id("abcdefghij") == "abcdefghij"
    assert is_id(code_of_id("commit.consensus"))
    assert id_meant(code_of_id("p1"), ("p2", "p1")) == "p1"
    assert id_meant("abcdefghij", ("p2",)) == ""


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5)))
def test_the_order_of_points_does_not_count(points: dict[str, str]) -> None:
    assert words_of_points(points) == words_of_points(dict(reversed(points.items())))
