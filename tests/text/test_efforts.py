"""A length of time as people type it, in four to six letters."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE
from tui.text.efforts import efforts_in, normal_effort, short_effort


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
        ("ten hours a week", "en", "10h/w"),
        ("30 min par jour", "fr", "30min/j"),
        ("fifteen minutes a day", "en", "15min/d"),
        ("trente minutes par jour", "fr", "30min/j"),
        ("selon les besoins", "fr", ""),
        ("3 hectares", "fr", ""),
        ("", "fr", ""),
    ],
)
def test_effort_is_shortened(text: str, lang: str, short: str) -> None:
    assert short_effort(text, lambda name: GUIDE.choice("cell", name, lang)) == short


@pytest.mark.parametrize("text", ["20 h par mois", "vingt heures par mois", "Twenty hours a month.", "20 h/mois. "])
def test_one_length_of_time_has_one_form_however_it_is_written(text: str) -> None:
    assert normal_effort(text) == "20hour/month" and efforts_in(f"Prêter la salle {text}") == {"20hour/month"}


@pytest.mark.parametrize("text", ["20 h par mois et plus", "environ 20 h", "le local B20 h", ""])
def test_a_text_that_says_more_is_no_length_of_time_alone(text: str) -> None:
    assert normal_effort(text) == ""
    assert efforts_in(text) == (
        {"20hour/month"} if "mois" in text else {"20hour"} if "environ" in text else frozenset()
    )
