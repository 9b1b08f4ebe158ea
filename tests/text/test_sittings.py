"""When a body sits, as people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.sittings import sitting_days

DAY = "2027-01-10"


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("3 février 2027, 10 mars 2027", "fr", ("2027-02-03", "2027-03-10")),
        ("le 3 février et le 10 mars", "fr", ("2027-02-03", "2027-03-10")),
        ("February 3, 2027; March 10, 2027", "en", ("2027-02-03", "2027-03-10")),
        ("2027-03-10\n2027-02-03", "en", ("2027-02-03", "2027-03-10")),
        ("3 janvier 2027", "fr", ()),
        ("10 janvier 2027, 9 janvier 2027", "fr", (DAY,)),  # today, but no day before
        ("6 novembre", "fr", ("2027-11-06",)),  # 300 days ahead
        ("7 novembre", "fr", ()),
        ("3 janvier", "fr", ()),
        ("bientôt", "fr", ()),
        ("février 2027", "fr", ()),
        ("", "fr", ()),
    ],
)
def test_dates_of_a_list(text: str, lang: str, expected: tuple[str, ...]) -> None:
    assert sitting_days(text, lang, DAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("troisième mardi", ["2027-01-19", "2027-02-16", "2027-03-16"]),
        ("le 3e mardi de chaque mois", ["2027-01-19", "2027-02-16", "2027-03-16"]),
        ("third Tuesday except February", ["2027-01-19", "2027-03-16", "2027-04-20"]),
        ("dernier jeudi sauf janvier et mars", ["2027-02-25", "2027-04-29", "2027-05-27"]),
        ("premier lundi", ["2027-02-01", "2027-03-01", "2027-04-05"]),
        ("deuxième dimanche", ["2027-01-10", "2027-02-14", "2027-03-14"]),  # today too
        ("second Sunday", ["2027-01-10", "2027-02-14", "2027-03-14"]),
        ("fourth Thursday", ["2027-01-28", "2027-02-25", "2027-03-25"]),
        ("4e jeudi", ["2027-01-28", "2027-02-25", "2027-03-25"]),
        ("last Saturday", ["2027-01-30", "2027-02-27", "2027-03-27"]),
        ("1st Wednesdays", ["2027-02-03", "2027-03-03", "2027-04-07"]),
    ],
)
def test_weekday_of_each_month(text: str, expected: list[str]) -> None:
    assert list(sitting_days(text, "fr", DAY)[:3]) == expected


@given(st.text(max_size=60), st.sampled_from(("fr", "en")))
def test_any_text_gives_days_ahead_in_order(text: str, lang: str) -> None:
    found = sitting_days(text, lang, DAY)
    assert list(found) == sorted(set(found)) and all(iso >= DAY for iso in found)
