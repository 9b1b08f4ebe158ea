"""A colon and a semicolon have a space before them in French and none in English."""

from __future__ import annotations

import pytest

from tui.text.separators import colon, semicolon, unbreakable_colon


@pytest.mark.parametrize(("lang", "expected"), [("fr", " : | ; "), ("en", ": |; ")])
def test_each_language_has_its_spaces(lang: str, expected: str) -> None:
    assert f"{colon(lang)}|{semicolon(lang)}" == expected
    assert unbreakable_colon(lang) == colon(lang).replace(" :", "\u00a0:")
