"""A number is read in plain digits, as far as the list goes, and nothing that is typed can break the reading."""

from __future__ import annotations

import pytest

from tui.text.list_numbers import list_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1), ("12", 12), ("012", 12), ("000012", 12), ("0", 0), ("13", 0), ("", 0), ("-1", 0), ("+1", 0),
        ("1.0", 0),        (" 1", 0), ("1 ", 0), ("²", 0), ("١", 0), ("１", 0), ("1_0", 0), ("x", 0), ("000000012", 0),
        ("9" * 5000, 0),
    ],
)  # fmt: skip
def test_only_the_number_of_a_line_is_one(text: str, number: int) -> None:
    assert list_number(text, 12) == number and list_number(text, 0) == 0
