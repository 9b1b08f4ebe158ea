"""Dates and periods: read as people type them, written as people read them, precision kept."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.dates import (
    compare_dates,
    earliest_day,
    format_by,
    format_date,
    format_day_and_time,
    format_from,
    format_not_before,
    format_of,
    format_on,
    format_period,
    format_since,
    format_time_of_day,
    format_until,
    is_date,
    last_day,
    parse_date,
    parse_period,
    weekday_words,
)

DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31)).map(str)
DATES = st.builds(lambda day, length: day[:length], DAYS, st.sampled_from([4, 7, 10]))
LANGS = st.sampled_from(["fr", "en", "fr-CA", "en-CA"])


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("22 novembre 2026", "2026-11-22"),
        ("le dimanche 22 novembre 2026", "2026-11-22"),
        ("1er mai 2017", "2017-05-01"),
        ("1 MAI 2017", "2017-05-01"),
        ("3 aout 2026", "2026-08-03"),
        ("nov. 2026", "2026-11"),
        ("févr. 2026", "2026-02"),
        ("2026-11", "2026-11"),
        ("11/2026", "2026-11"),
        ("22/11/2026", "2026-11-22"),
        ("5/6/2026", "2026-06-05"),
        ("2026/1/5", "2026-01-05"),
        ("November 22, 2026", "2026-11-22"),
        ("Sunday, Nov. 22nd 2026", "2026-11-22"),
        ("1st of May 2017", "2017-05-01"),
        (" 2026\u00a0", "2026"),
        ("29 février 2028", "2028-02-29"),
    ],
)
def test_dates_as_people_type_them(typed, iso):
    assert parse_date(typed, "fr") == iso


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "bientôt",
        "31 juin 2026",
        "29 février 2026",
        "2026-13",
        "5000",
        "22 novembre",
        "automne 2026",
        "22/11/26",
        "9" * 999,
        f"2026-11-22{' ' * 60}ou plus tard",
    ],
)
def test_what_is_no_date_is_not_guessed(typed):
    assert parse_date(typed, "fr") is None


@pytest.mark.parametrize(
    ("month", "short"),
    [(1, "jan. janv."), (2, "Feb. févr."), (3, "Mar. mar"), (4, "Apr. avr."), (6, "Jun."), (7, "Jul. juil."),
     (8, "Aug."), (9, "Sep. sept."), (10, "Oct. oct"), (11, "Nov. nov"), (12, "Dec. déc.")],
)  # fmt: skip
def test_a_short_month_is_read_in_either_language(month: int, short: str) -> None:
    for name in short.split():
        assert parse_date(f"3 {name} 2026", "fr") == parse_date(f"{name} 3, 2026", "en") == f"2026-{month:02}-03"


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13", "2026-1", "1799", "22 mars", ""])
def test_what_is_no_stored_date_is_said_as_it_is(text: str) -> None:
    assert not is_date(text)
    for said in (format_on, format_until, format_by, format_from, format_since, format_of, format_not_before):
        assert said(text, "fr") == said(text, "en") == text


def test_in_english_an_order_that_could_be_two_dates_is_not_read():
    assert parse_date("5/6/2026", "en") is None
    assert parse_date("22/11/2026", "en") == parse_date("11/22/2026", "en") == "2026-11-22"


@given(DATES, LANGS)
def test_a_date_in_words_reads_back(iso, lang):
    assert parse_date(format_date(iso, lang), lang) == iso
    assert parse_date(iso, lang) == iso


def test_dates_in_words():
    assert [format_date(iso, "fr") for iso in ("2017-05-01", "2026-11", "2026")] == [
        "1er mai 2017",
        "novembre 2026",
        "2026",
    ]
    assert format_date("2017-05-01", "en") == "May 1, 2017"
    assert format_date("bientôt", "fr") == "bientôt"


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("octobre 2026 à mars 2027", ("2026-10", "2027-03")),
        ("d’octobre 2026 à mars 2027", ("2026-10", "2027-03")),
        ("du 1er mai 2017 au 31 mars 2018", ("2017-05-01", "2018-03-31")),
        ("du 1er au 15 mai 2026", ("2026-05-01", "2026-05-15")),
        ("de mai à septembre 2026", ("2026-05", "2026-09")),
        ("from May 1, 2017 to March 31, 2018", ("2017-05-01", "2018-03-31")),
        ("between May and June 2026", ("2026-05", "2026-06")),
        ("2026-10..2027-03", ("2026-10", "2027-03")),
        ("2026-10/2027-03", ("2026-10", "2027-03")),
        ("01/05/2017 - 31/03/2018", ("2017-05-01", "2018-03-31")),
        ("2026-2027", ("2026", "2027")),
        ("2026 – 2027", ("2026", "2027")),
        ("décembre 2018", ("2018-12", "2018-12")),
        ("dès octobre 2026", ("2026-10", "")),
        ("à compter du 1er mai 2017", ("2017-05-01", "")),
        ("until March 2018", ("", "2018-03")),
        ("du 1er mai 2026 au 31 mars", ("2026-05-01", "2027-03-31")),
        ("en 2027", ("2027", "2027")),
        ("de mars 2027 à octobre 2026", None),
        (f"du 1er mai 2017 au 31 mars 2018{' ' * 100}environ", None),
        ("un jour", None),
        ("mai à juin", None),
    ],
)
def test_periods_as_people_type_them(typed, period):
    assert parse_period(typed, "fr") == period


@given(DATES, DATES, LANGS, st.sampled_from(["both", "start", "end"]))
def test_a_period_in_words_reads_back(a, b, lang, kept):
    start, end = (a, b) if compare_dates(a, b) <= 0 else (b, a)
    period = (start if kept != "end" else "", end if kept != "start" else "")
    assert parse_period(format_period(*period, lang), lang) == period


def test_periods_in_words():
    assert format_period("2017-05-01", "2018-03-31", "fr") == "du 1er mai 2017 au 31 mars 2018"
    assert format_period("2026-10", "2027-03", "fr") == "d'octobre 2026 à mars 2027"
    assert format_period("2018-12", "2018-12", "fr") == "décembre 2018"
    assert format_period("2026-08", "", "fr") == "à partir d'août 2026"
    assert format_period("", "2018-03-31", "fr") == "jusqu'au 31 mars 2018"
    assert format_period("", "2018", "fr") == "jusqu'en 2018"
    assert format_period("", "2018-03", "fr") == "jusqu'en mars 2018"
    assert format_period("2026-10-01", "2027-03", "fr") == "du 1er octobre 2026 à mars 2027"
    assert format_period("2026-10", "2027-03-31", "fr") == "d'octobre 2026 au 31 mars 2027"
    assert format_period("2026-10", "2027-03", "en") == "from October 2026 to March 2027"
    assert format_period("", "", "fr") == ""


def test_the_time_of_day():
    assert format_time_of_day("2026-11-22T14:02:59", "fr") == "14\u00a0h\u00a002"
    assert format_time_of_day("2026-11-22T09:00", "fr") == "9\u00a0h"
    assert format_time_of_day("2026-11-22T14:02", "en") == "2:02\u00a0p.m."
    assert format_time_of_day("2026-11-22T00:30", "en") == "12:30\u00a0a.m."
    assert format_time_of_day("2026-11-22T12:00", "en") == "12:00\u00a0p.m."
    assert format_time_of_day("hier", "fr") == "hier"


@pytest.mark.parametrize(
    ("iso", "french", "english"),
    [("2026-11-22", "dimanche", "Sunday"), ("2026-11-23", "lundi", "Monday"), ("2026-11-28", "samedi", "Saturday")],
)
def test_a_day_has_its_weekday(iso: str, french: str, english: str) -> None:
    assert (weekday_words(iso, "fr-CA"), weekday_words(iso, "en")) == (french, english)


def test_a_day_and_its_time_are_those_of_one_place(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert format_day_and_time("2026-11-22T23:30:00-05:00", "fr") == "23 novembre 2026, 13\u00a0h\u00a030"
        assert format_day_and_time("2026-11-22T14:02", "en") == "November 22, 2026, 2:02\u00a0p.m."
        assert [format_day_and_time(text, "fr") for text in ("", "hier")] == ["", "hier"]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_dates_compare_by_the_days_they_cover():
    assert compare_dates("2026", "2026-11-22") == compare_dates("2026-11", "2026") == 0
    assert compare_dates("2026-10", "2026-11-01") == -1 == -compare_dates("2027", "2026-12")
    assert earliest_day("2026") == date(2026, 1, 1)
    assert [str(last_day(iso)) for iso in ("2026", "2028-02", "2026-12", "2026-04-03")] == [
        "2026-12-31", "2028-02-29", "2026-12-31", "2026-04-03",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="bientôt"):
        earliest_day("bientôt")


@given(DATES)
def test_a_date_covers_its_own_days(iso):
    assert is_date(iso)
    assert str(earliest_day(iso)).startswith(iso)
    assert str(last_day(iso)).startswith(iso)


WORDS = ("2026", "11", "22", "1er", "novembre", "Nov.", "March", "-", "/", ",", "du", "au", "to", "automne", "32", "0")
TYPED = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))


@given(TYPED, LANGS)
def test_nothing_typed_makes_it_fail(text, lang):
    found = parse_date(text, lang)
    assert found is None or is_date(found)
    parse_period(text, lang)
    format_time_of_day(text, lang)


@given(DATES, st.sampled_from(["fr", "en"]))
def test_a_date_in_a_sentence_has_the_word_its_precision_asks(iso: str, lang: str) -> None:
    precision = len(iso)
    said = format_date(iso, lang)
    if lang == "en":
        whole = precision == 10
        assert format_until(iso, lang) == f"until {said}" and format_by(iso, lang) == f"by {said}"
        assert format_since(iso, lang) == f"since {said}" and format_not_before(iso, lang) == said
        assert format_on(iso, lang) == f"{'on' if whole else 'in'} {said}"
        assert format_from(iso, lang) == f"from {said}" and format_of(iso, lang) == f"of {said}"
        return
    assert format_until(iso, lang) == f"jusqu'{'au' if precision == 10 else 'en'} {said}"
    assert format_on(iso, lang) == f"{'le' if precision == 10 else 'en'} {said}"
    assert format_by(iso, lang) == f"d'ici {'le ' if precision == 10 else ''}{said}"
    assert format_since(iso, lang) == f"depuis {'le ' if precision == 10 else ''}{said}"
    assert format_not_before(iso, lang) == format_on(iso, lang)
    of = f"du {said}" if precision == 10 else f"d'{said}" if said[0] in "ao" else f"de {said}"
    assert format_of(iso, lang) == of and format_from(iso, lang) == f"à compter {of}"
