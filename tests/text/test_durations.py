"""Efforts: read where they are sure, left alone where they are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.durations import parse_effort


@pytest.mark.parametrize(
    ("typed", "quantity", "unit", "per"),
    [
        ("3 h par semaine", "3", "hour", "week"),
        ("3h/sem.", "3", "hour", "week"),
        ("environ 2 heures par mois", "2", "hour", "month"),
        ("deux jours par mois", "2", "day", "month"),
        ("2 days a month", "2", "day", "month"),
        ("une demi-journée par semaine", "0.5", "day", "week"),
        ("half a day per week", "0.5", "day", "week"),
        ("1 jour et demi par mois", "1.5", "day", "month"),
        ("1 h 30 par rencontre", "90", "minute", "meeting"),
        ("2,5 jours par année", "2.5", "day", "year"),
        ("une heure chaque trimestre", "1", "hour", "quarter"),
        ("3 mois", "3", "month", "once"),
        ("10 heures au total", "10", "hour", "once"),
        ("20 hours monthly", "20", "hour", "month"),
    ],
)
def test_efforts_as_people_type_them(typed, quantity, unit, per):
    assert parse_effort(typed, "fr") == (quantity, unit, per)


@pytest.mark.parametrize(
    "typed", ["", "au besoin", "3", "trois réunions", "3 h par projet", "5 h par heure", "2,5 demi-jours"]
)
def test_what_is_not_sure_is_not_read(typed):
    assert parse_effort(typed, "fr") is None


@given(st.text(max_size=90))
def test_nothing_typed_makes_it_fail(text):
    found = parse_effort(text, "en")
    assert found is None or float(found[0]) >= 0
