"""What letters find in a list of choices, and which of them Enter takes."""

from __future__ import annotations

import pytest

from tui.ui.dialog import Choice, Picker

NAMES = ("le 15 décembre", "Tous pour un", "Centre-Sud", "1", "Tous", "Centre", "?", "Où est l'abri ?")


@pytest.mark.parametrize("about", ["", "pressenti"])
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1", ["1", "le 15 décembre"]),
        ("tous", ["Tous", "Tous pour un"]),
        ("centre", ["Centre", "Centre-Sud"]),
        ("CENTRE sud", ["Centre-Sud"]),
        ("?", ["?", "Où est l'abri ?"]),
        ("!", []),
        (" ", list(NAMES)),
        ("", list(NAMES)),
    ],
)
def test_a_name_typed_whole_comes_before_longer_ones(typed: str, found: list[str], about: str) -> None:
    picker = Picker("Qui ?", [Choice(name, name, about=about) for name in NAMES])
    assert [choice.id for choice in picker._search(typed)] == found
