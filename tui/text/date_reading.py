"""Read dates as people type them, and say what is in doubt: no year, one of two days, a wrong weekday.

Forms, line mode and commands read all typed dates and periods with it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from tui.fast_dataclass import dataclass
from tui.text import dates, moments
from tui.text.dates import MONTH_NUMBER, WEEKDAYS, is_date, parse_date
from tui.text.name_matching import fold

Doubt = Literal["", "year", "two_days", "weekday"]

_BY_NUMBERS = r"(?a)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})"  # « 5/6/2026 »
_FOUR_DIGITS = r"(?a)\b\d{4}\b"  # a year
_LONGEST_DATE = 80  # characters; what follows them belongs to no date
_YEARS_AHEAD = 9  # enough for the next 29th of February


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a typed date means.

    `doubt` is "" for none, "year" where the year was not said, "two_days" for « 5/6/2026 », "weekday" where the weekday
    that was said is not that of the day.
    """

    day: str = ""  # in the stored form; "" where there is a doubt, or no date
    doubt: Doubt = ""
    candidates: tuple[str, ...] = ()  # in doubt, the days it may be; without a year, the next such day


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """What a typed period means, as `DateReading` does for a date."""

    period: tuple[str, str] | None = None  # (start, end); None where there is a doubt, or no period
    doubt: Doubt = ""
    candidates: tuple[str, ...] = ()  # for "year" its likely (start, end), else the days that one side may be


NO_DATE = DateReading()


def read_date(text: str, lang: str, today: str = "") -> DateReading:
    """Return what a date typed in French or English means; NO_DATE where it is none.

    « 12 décembre » is the next one from the ISO day `today` on; "" is the present day.
    """
    day = parse_date(text, lang)
    plain = " ".join(fold(text[:_LONGEST_DATE]).split())
    by_numbers = re.fullmatch(_BY_NUMBERS, plain)
    if by_numbers is not None:
        days = {parse_date(date_text, "fr") for date_text in _both_orders(*by_numbers.groups())} - {None}  # day first
        if len(days) > 1:
            return DateReading("", "two_days", tuple(sorted(map(str, days))))
    if day is not None:
        return _with_weekday(plain, day)
    if re.search(_FOUR_DIGITS, plain):  # the text names a year and still is no date
        return NO_DATE
    next_day = _next_day(text, lang, today or moments.now()[:10])
    if not next_day:
        return NO_DATE
    reading = _with_weekday(plain, next_day)
    return reading if reading.doubt else DateReading("", "year", (next_day,))


def _both_orders(first: str, second: str, year: str) -> tuple[str, str]:
    """Return a date by numbers as it stands, and with day and month exchanged."""
    return f"{first}/{second}/{year}", f"{second}/{first}/{year}"


def _with_weekday(plain: str, day: str) -> DateReading:
    """Return the reading of `day`, with a doubt where the text `plain` names another weekday than that day's."""
    words = set(re.findall("[a-z]+", plain))
    named = [number for names in WEEKDAYS.values() for number, name in enumerate(names) if words & _forms(fold(name))]
    agrees = not named or not is_whole_day(day) or date.fromisoformat(day).weekday() in named
    if agrees:
        return DateReading(day)
    return DateReading("", "weekday", (day,))


def _forms(weekday: str) -> set[str]:
    """Return a weekday and its short forms, « lun », “thurs”; without « mar », which is rather March."""
    return {weekday, *(weekday[:length] for length in (3, 4, 5))} - {"mar"}


def _next_day(text: str, lang: str, today: str) -> str:
    """Return the next day, or month, on or after `today` that a date without a year means; "" for no date."""
    this_year = int(today[:4])
    for year in range(this_year, this_year + _YEARS_AHEAD):
        for date_text in (f"{text} {year}", f"{text}, {year}"):  # « 12 décembre 2026 », “December 12, 2026”
            day = parse_date(date_text, lang)
            is_more_than_year = day is not None and len(day) > len("2026")
            if day and is_more_than_year and day >= today[: len(day)]:
                return day
    return ""


def read_period(text: str, lang: str, today: str = "") -> PeriodReading:
    """Return what a period typed in French or English means; `read_date` reads its two dates.

    A date without a year takes it from the other one.
    """
    doubts: list[DateReading] = []

    def read(side: str, language: str) -> str | None:
        reading = read_date(side, language, today)
        if reading.doubt and reading.doubt != "year":
            doubts.append(reading)
        return reading.day or None

    period = dates.parse_period(text, lang, read)
    if period is not None:
        return PeriodReading(period)
    if doubts:
        return PeriodReading(None, doubts[0].doubt, doubts[0].candidates)
    likely_period = dates.parse_period(text, lang, _with_years(today))
    return PeriodReading(None, "year", likely_period) if likely_period is not None else PeriodReading()


def _with_years(today: str) -> dates.Reader:
    """Return a reader that takes a date without a year for the next one from `today` on."""

    def read(side: str, language: str) -> str | None:
        reading = read_date(side, language, today)
        return reading.day or (reading.candidates[0] if reading.doubt == "year" else None)

    return read


# Words that say when, and words that may stand between them, folded.
_WHEN = (
    "aujourd|hui|demain|lendemain|semaines?|mois|ans?|annee|jours?|soir|matin|midi|quinzaine|fin|debut|mi|prochaine?s?|"
    "bientot|tard|tot|rentree|noel|paques|printemps|ete|automne|hiver|today|tomorrow|tonight|weeks?|weekend|months?|"
    "years?|days?|morning|afternoon|evening|noon|end|next|soon|later|early|late|christmas|easter|spring|summer|fall|"
    r"autumn|winter|\d+(?:er|e|st|nd|rd|th|h)?"
)
_BETWEEN = (
    "a|apres|au|avant|aux|ce|cet|cette|ces|d|dans|de|des|du|en|et|h|ici|la?|les?|pour|plus|sous|"
    "about|after|as|at|before|by|for|from|in|of|on|or|s|the|this|these|to|within|and"
)


def is_time_expression(text: str) -> bool:
    """Return whether all words of a text say when: « la semaine prochaine », “Monday”, « le 15 »."""
    words = re.findall(r"[^\W_]+", fold(text))
    named = {*MONTH_NUMBER, *(fold(name) for names in WEEKDAYS.values() for name in names)}
    when = [word for word in words if word in named or re.fullmatch(_WHEN, word)]
    return bool(when) and all(word in when or re.fullmatch(_BETWEEN, word) for word in words)


def is_whole_day(iso: str) -> bool:
    """Return whether a stored date is a whole day, not a month or a year."""
    return is_date(iso) and len(iso) == len("2026-11-22")
