"""The word that was looked for is shown where it stands, whatever letters stand before it."""

from __future__ import annotations

import pytest

from tui.screens.find_dialog import word_position


@pytest.mark.parametrize(
    ("text", "query", "at"),
    [
        ("Un cœur, une œuvre, un lieu", "lieu", 23),
        ("Straße am Weißen See: Lieu", "lieu", 22),
        ("İstanbul et IĞDIR, lieu", "lieu", 19),
        ("cafe\u0301 du lieu", "lieu", 9),
        ("Fin\ndu lieu", "lieu", 7),
        ("l’ŒUVRE", "oeuvre", 2),
        ("rien", "lieu", 0),
        ("rien", "", 0),
    ],
)
def test_a_word_is_found_at_its_own_letter(text: str, query: str, at: int) -> None:
    assert word_position(text, query) == at
