"""The one reader of dates: a missing year, a day that may be two, a weekday that is not that day's."""

from __future__ import annotations

import pytest

from tui.text.date_reading import NO_DATE, DateReading, is_time_expression, is_whole_day, read_date, read_period

TODAY = "2026-11-27"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12 décembre", "2026-12-12"),
        ("le 12 déc.", "2026-12-12"),
        ("Dec 15", "2026-12-15"),
        ("December 15", "2026-12-15"),
        ("15 December", "2026-12-15"),
        ("November 27", "2026-11-27"),
        ("26 novembre", "2027-11-26"),
        ("1er mars", "2027-03-01"),
        ("February 29", "2028-02-29"),
        ("mardi 15 décembre", "2026-12-15"),
        ("mai", "2027-05"),
        ("novembre", "2026-11"),
    ],
)
def test_a_date_without_its_year_is_the_next_one(typed: str, day: str, lang: str) -> None:
    assert read_date(typed, lang, TODAY) == DateReading("", "year", (day,))


def test_the_next_29th_of_february_may_be_eight_years_ahead() -> None:
    assert read_date("29 février", "fr", "2096-03-01").candidates == ("2104-02-29",)


def test_without_a_day_given_the_next_one_is_that_from_today_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.text.moments.now", lambda: "2031-03-02T10:00:00-05:00")
    assert read_date("1er mars", "fr").candidates == ("2032-03-01",)
    assert read_date("2 mars", "fr").candidates == ("2031-03-02",)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_date_by_numbers_that_may_be_two_days_is_neither(lang: str) -> None:
    assert read_date("12/05/2026", lang, TODAY) == DateReading("", "two_days", ("2026-05-12", "2026-12-05"))
    assert read_date("05-12-2026", lang, TODAY).doubt == "two_days"
    assert read_date("22/11/2026", lang, TODAY) == read_date("11/22/2026", "en", TODAY) == DateReading("2026-11-22")
    assert read_date("5/5/2026", lang, TODAY) == DateReading("2026-05-05")


@pytest.mark.parametrize("typed", ["lundi 15 décembre 2026", "Monday, December 15, 2026", "lundi le 15 décembre 2026"])
def test_a_weekday_that_is_not_that_days_is_told(typed: str) -> None:
    assert read_date(typed, "fr", TODAY) == DateReading("", "weekday", ("2026-12-15",))


@pytest.mark.parametrize("typed", ["Mon Dec 15", "Monday, December 15", "lundi 15 décembre", "lun. 15 déc."])
def test_a_wrong_weekday_is_told_of_the_next_such_day_too(typed: str) -> None:
    assert read_date(typed, "en", TODAY) == DateReading("", "weekday", ("2026-12-15",))


@pytest.mark.parametrize(
    "typed", ["Tue Dec 15", "Tues. Dec 15", "mardi 15 déc.", "Thu Dec 17", "jeu. 17 déc.", "Mar 15"]
)
def test_short_weekdays_are_read_and_march_is_a_month(typed: str) -> None:
    assert read_date(typed, "en", TODAY).doubt == "year"


def test_the_right_weekday_is_no_doubt() -> None:
    assert read_date("mardi 15 décembre 2026", "fr", TODAY) == DateReading("2026-12-15")
    assert read_date("Tuesday December 15, 2026", "en", TODAY).day == "2026-12-15"
    assert read_date("lundi décembre 2026", "fr", TODAY) == DateReading("2026-12"), "a month has no weekday"


@pytest.mark.parametrize("typed", ["", "bientôt", "32 décembre", "Marie", "15", "12 000", "15 décembre 20266", "Mon"])
def test_what_is_no_date_is_none(typed: str) -> None:
    assert read_date(typed, "fr", TODAY) == NO_DATE


@pytest.mark.parametrize(
    ("typed", "doubt", "meant"),
    [
        ("du 12 décembre au 15 janvier", "year", ("2026-12-12", "2027-01-15")),
        ("from December 1 to March 31", "year", ("2026-12-01", "2027-03-31")),
        ("du 12/05/2026 au 30 juin 2026", "two_days", ("2026-05-12", "2026-12-05")),
        ("du lundi 15 décembre 2026 au 30 juin 2027", "weekday", ("2026-12-15",)),
        ("du 3 mars 2026 au lundi 15 décembre 2026", "weekday", ("2026-12-15",)),
        ("du 12/05/2026 au lundi 15 décembre 2026", "weekday", ("2026-12-15",)),
    ],
)
def test_a_period_is_read_as_its_ends_are(typed: str, doubt: str, meant: tuple[str, ...]) -> None:
    found = read_period(typed, "fr", TODAY)
    assert (found.period, found.doubt, found.candidates) == (None, doubt, meant)


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("de mai à septembre 2026", ("2026-05", "2026-09")),
        ("du 1er mai 2026 au 31 mars", ("2026-05-01", "2027-03-31")),
        ("2026-2027", ("2026", "2027")),
        ("à partir du 3 mars 2027", ("2027-03-03", "")),
    ],
)
def test_the_year_of_one_end_serves_the_other(typed: str, period: tuple[str, str]) -> None:
    assert read_period(typed, "fr", TODAY).period == period


@pytest.mark.parametrize(
    ("text", "says_when"),
    [
        ("la semaine prochaine", True), ("le 15", True), ("Monday", True), ("avant la fin du mois", True),
        ("juin", True), ("la", False), ("de la", False), ("", False), ("la salle lundi", False), ("Marie", False),
    ],
)  # fmt: skip
def test_a_text_says_when_where_each_of_its_words_does(text: str, says_when: bool) -> None:
    assert is_time_expression(text) is says_when


@pytest.mark.parametrize(
    ("iso", "whole"), [("2026-11-22", True), ("2026-11-31", False), ("2026-11", False), ("le 22 mars", False)]
)
def test_a_whole_day_is_one_that_exists(iso: str, whole: bool) -> None:
    assert is_whole_day(iso) is whole
