"""A length of time as people type it, in four to six letters."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE
from tui.text.efforts import short_effort


@pytest.mark.parametrize(
    ("text", "lang", "short"),
    [
        ("3 h par semaine", "fr", "3h/s"),
        ("3 heures par semaine, en décembre", "fr", "3h/s"),
        ("deux jours par mois", "fr", "2j/m"),
        ("une demi-journée par semaine", "fr", "½j/s"),
        ("1 h 30 par semaine", "fr", "1h30/s"),
        ("3 à 4 h/semaine", "fr", "3-4h/s"),
        ("40 h", "fr", "40h"),
        ("10 heures par session", "fr", "10h/ses"),
        ("3 h a week", "en", "3h/w"),
        ("two days a month", "en", "2d/m"),
        ("half day", "en", ""),
        ("1,5 jour par an", "fr", "1,5j/an"),
        ("30 minutes par jour", "fr", "30min/j"),
        ("Trois heures par semaine", "fr", "3h/s"),
        ("VINGT HEURES", "fr", "20h"),
        ("2 jours 30", "fr", "2j"),  # minutes stand behind hours alone
        ("selon les besoins", "fr", ""),
        ("3 hectares", "fr", ""),
        ("", "fr", ""),
    ],
)
def test_effort_is_shortened(text: str, lang: str, short: str) -> None:
    assert short_effort(text, lambda name: GUIDE.choice("cell", name, lang)) == short
