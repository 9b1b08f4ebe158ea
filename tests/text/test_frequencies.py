"""How often something comes back, as people write it, and the next time it does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.frequencies import add_months, interval_months, month_named, next_occurrence


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("aux deux mois", 2), ("tous les 3 mois", 3), ("every six months", 6), ("deux fois par an", 6),
        ("3 times a year", 4), ("chaque trimestre", 3), ("quarterly", 3), ("une fois par année", 12),
        ("annuellement", 12), ("yearly", 12), ("mensuel", 1), ("every month", 1), ("à chaque session", 0), ("", 0),
        ("5 fois par an", 0), ("au besoin", 0), ("tous les ans", 12), ("semestriel", 6),
        ("aux douze mois", 12), ("semi-annually", 6), ("every 99 months", 99), ("every 100000 months", 0),
    ],
)  # fmt: skip
def test_interval_is_read_in_both_languages(text: str, months: int) -> None:
    assert interval_months(text) == months


@pytest.mark.parametrize(
    ("text", "after", "following"),
    [
        ("aux trois mois", "2026-11-30", "2027-02-28"), ("chaque année en juin", "2026-11-22", "2027-06"),
        ("en juin", "2026-05-31", "2026-06"), ("every June", "2027-06-30", "2028-06"), ("au besoin", "2026-11-22", ""),
        ("en juin et en décembre de chaque année", "2026-11-22", "2027-11-22"),
    ],
)  # fmt: skip
def test_next_time_is_behind_the_last(text: str, after: str, following: str) -> None:
    assert next_occurrence(text, after) == following


def test_month_is_known_where_it_is_named_alone() -> None:
    assert (month_named("en juin"), month_named("June or July"), month_named("le mardi")) == (6, 0, 0)


def test_the_last_day_of_a_month_stays_within_a_shorter_one() -> None:
    ends = [add_months(date(2028, 1, 31), months) for months in (1, 2, 3, 13, -2)]
    assert ends == [date(2028, 2, 29), date(2028, 3, 31), date(2028, 4, 30), date(2029, 2, 28), date(2027, 11, 30)]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_months_are_added_within_the_month(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and add_months(found, 1).month != found.month)
