"""Differences as they are painted: what is removed and added has its own signs and style, wrapped or not."""

from __future__ import annotations

import pytest

from tui.ui.diff_painter import paint_differences, paint_text

BEFORE, AFTER = "ouvrir le local chaque soir", "ouvrir le local chaque mardi"


def texts(before: str, after: str, width: int) -> list[str]:
    """The lines as text."""
    return ["".join(piece.text for piece in line) for line in paint_differences(before, after, width)]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (BEFORE, AFTER, " ouvrir le local chaque [-soir-] {+mardi+}"),
        ("", "mardi", " {+mardi+}"), ("soir", "", " [-soir-]"), ("soir", "soir", " soir"),
    ],
)  # fmt: skip
def test_what_goes_and_what_comes_stand_between_their_signs(before: str, after: str, line: str) -> None:
    assert texts(before, after, 60) == [line]


@pytest.mark.parametrize("width", [14, 20, 60])
def test_each_word_keeps_its_style_where_lines_are_broken(width: int) -> None:
    lines = paint_differences(BEFORE, AFTER, width)
    assert all(len(text) <= width for text in texts(BEFORE, AFTER, width))
    styles = {word: piece.style for line in lines for piece in line for word in piece.text.split()}
    assert {word: styles[word] for word in ("[-soir-]", "{+mardi+}", "ouvrir", "chaque")} == {
        "[-soir-]": "strike warn", "{+mardi+}": "strong done", "ouvrir": "", "chaque": "",
    }  # fmt: skip


def test_a_text_without_a_difference_is_set_in_and_nothing_is_painted_of_none() -> None:
    (line,) = paint_text("soir", 20, "warn")
    assert "".join(piece.text for piece in line) == "   soir" and line[0].style == "warn"
    assert paint_text("", 20) == []
