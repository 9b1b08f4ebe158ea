"""Tests of ids and order keys: well formed, and with room between any two neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.partnership.ids import ALPHABET, is_id, new_id, order_between


def test_ids_are_ten_base32_characters_and_do_not_come_twice() -> None:
    made = {new_id() for _each in range(2000)}
    assert len(made) == 2000
    assert all(is_id(one) for one in made)
    assert set("".join(made)) == set(ALPHABET)


def test_what_is_no_id() -> None:
    assert not any(map(is_id, ("", "abc", "abcdefghij0"[:10] + "k", "ABCDEFGHIJ", "abcdefgh01", None, 7)))
    assert is_id("abcdefghij")


@given(st.lists(st.integers(min_value=0), max_size=120))
def test_a_key_lies_strictly_between_its_neighbours(places: list[int]) -> None:
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        before, after = keys[at - 1] if at else "", keys[at] if at < len(keys) else ""
        key = order_between(before, after)
        assert before < key
        assert not after or key < after
        assert not key.endswith("0"), "a trailing zero would leave no room before it"
        keys.insert(at, key)
    assert keys == sorted(set(keys))


def test_thousands_of_rows_at_the_end() -> None:
    keys = [""]
    for _each in range(3000):
        keys.append(order_between(keys[-1], ""))
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) <= 8, "letters: each row of a list holds one"


@pytest.mark.parametrize("before", ["zzzz", "zzzzzzz", "zzzz0001i5", "z" * 300 + "i"])
def test_there_is_room_behind_and_before_a_key_of_a_long_list(before: str) -> None:
    behind = order_between(before, "")
    between = order_between(before, behind)
    assert before < between < behind and not behind.endswith("0") and len(behind) <= len(before) + 8


@pytest.mark.slow
def test_thousands_of_rows_at_the_front() -> None:
    keys = [order_between("", "")]
    for _each in range(3000):
        keys.append(order_between("", keys[-1]))
    assert keys == sorted(set(keys), reverse=True)
    assert "" not in keys


@pytest.mark.slow
def test_thousands_of_rows_in_the_middle() -> None:
    low, high = order_between("", ""), order_between(order_between("", ""), "")
    for each in range(3000):
        key = order_between(low, high)
        assert low < key < high
        low, high = (key, high) if each % 2 else (low, key)
