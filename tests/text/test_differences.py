"""Differences by word: nothing of either text is lost, and what did not change is not marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.word_diff import DiffPiece, diff_words

WORDS = st.lists(st.sampled_from(["des", "locaux", "l'été,", "200 $", "\n", "  ", "é", "!"]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_off(before: str, after: str) -> None:
    found = diff_words(before, after)
    assert "".join(one.text for one in found if one.kind != "added") == before
    assert "".join(one.text for one in found if one.kind != "removed") == after
    assert all(one.text for one in found)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("un local", "un local", [DiffPiece("same", "un local")]),
        ("", "un local", [DiffPiece("added", "un local")]),
        (
            "un local le mardi",
            "un grand local le jeudi",
            [
                DiffPiece("same", "un"),
                DiffPiece("added", " grand"),
                DiffPiece("same", " local le "),
                DiffPiece("removed", "mardi"),
                DiffPiece("added", "jeudi"),
            ],
        ),
        (
            "la salle bleue reste",
            "le local vert reste",
            [DiffPiece("removed", "la salle bleue"), DiffPiece("added", "le local vert"), DiffPiece("same", " reste")],
        ),
    ],
)
def test_words(before: str, after: str, expected: list[DiffPiece]) -> None:
    assert diff_words(before, after) == expected


def test_a_line_break_between_two_changes_is_in_both_texts() -> None:
    found = diff_words("a\nb", "c\nd")
    assert [one.kind for one in found] == ["removed", "added", "same", "removed", "added"] and found[2].text == "\n"


def test_very_long_texts_are_told_apart_at_once() -> None:
    before, after = "mot " * 20_000, "autre " * 20_000
    assert diff_words(before, after) == [DiffPiece("removed", before), DiffPiece("added", after)]
