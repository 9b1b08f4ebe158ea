"""Typed letters find an option by the beginnings of its words, all of them, and no other option."""

from __future__ import annotations

import pytest

from tui.form.option_search import joined, matching_options

OPTIONS = (
    ("prospective", "à approcher"),
    ("interested", "intéressé"),
    ("later", "intéressé plus tard"),
    ("withdrawn", "retiré"),
    ("public", "personne morale de droit public"),
    ("town", "municipalité"),
)


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("r", ("withdrawn",)),
        ("interesse", ("interested",)),
        ("INTÉRESSÉ", ("interested",)),
        ("inter", ("interested", "later")),
        ("plus t", ("later",)),
        ("droit pub", ("public",)),
        ("personne morale de droit public", ("public",)),
        ("personne morale de droit privé", ()),
        ("intéressé mais pas retiré", ()),
        ("t", ("later",)),
        ("", ()),
        ("?!", ()),
    ],
)
def test_all_the_letters_mean_an_option_or_nothing(letters: str, found: tuple[str, ...]) -> None:
    assert matching_options(OPTIONS, letters) == found


def test_words_stand_behind_what_a_field_says() -> None:
    assert joined("", "peut-être", prose=False) == "peut-être"
    assert joined("hôte ", "peut-être", prose=False) == "hôte ; peut-être"
    assert joined("hôte", "peut-être", prose=True) == "hôte\npeut-être"
