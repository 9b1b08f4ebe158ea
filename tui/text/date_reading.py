"""The one reader of dates as people type them: a year that was not said, a day that may be two, a wrong weekday."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from tui.fast_dataclass import dataclass
from tui.text import dates, moments
from tui.text.dates import MONTH_NUMBER, WEEKDAYS, is_date, parse_date
from tui.text.name_matching import fold

Doubt = Literal["", "year", "two_days", "weekday"]

_BY_NUMBERS = (
    "(?a)"
    r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})"
)
_FOUR_DIGITS = (
    "(?a)"
    r"\b\d{4}\b"
)


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a typed date means: `day` in the stored form where nothing is in doubt, else "".

    `doubt` says what is: the year was not said ("year"), it may be two days ("two_days"), or its weekday is not that
    day's ("weekday"); `meant` holds the days it may be, the next one for a year that was not said.
    """

    day: str = ""
    doubt: Doubt = ""
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """What a typed period means, as `DateReading`; `meant` holds its (start, end), or the days one side may be."""

    period: tuple[str, str] | None = None
    doubt: Doubt = ""
    meant: tuple[str, ...] = ()


NO_DATE = DateReading()


def read_date(text: str, lang: str, today: str = "") -> DateReading:
    """Return what a date typed in French or English means; one that is no date has neither day nor doubt.

    `today` is the ISO day from which the next « 12 décembre » is sought; "" for the present one.
    """
    found = parse_date(text, lang)
    plain = " ".join(fold(text[:80]).split())
    by_numbers = re.fullmatch(_BY_NUMBERS, plain)
    if by_numbers is not None:
        days = {parse_date(order, "fr") for order in _both_orders(*by_numbers.groups())} - {None}
        if len(days) > 1:
            return DateReading("", "two_days", tuple(sorted(str(day) for day in days)))
    if found is not None:
        return _of_weekday(plain, found)
    if re.search(_FOUR_DIGITS, plain):
        return NO_DATE
    ahead = _next(text, lang, today or moments.now()[:10])
    if not ahead:
        return NO_DATE
    known = _of_weekday(plain, ahead)
    return known if known.doubt else DateReading("", "year", (ahead,))


def _both_orders(first: str, second: str, year: str) -> tuple[str, str]:
    return f"{first}/{second}/{year}", f"{second}/{first}/{year}"


def _of_weekday(plain: str, found: str) -> DateReading:
    """Return the day, unless a weekday was said that is not its own."""
    words = set(re.findall("[a-z]+", plain))
    said = [at for names in WEEKDAYS.values() for at, name in enumerate(names) if words & _called(fold(name))]
    if not said or not is_whole_day(found) or date.fromisoformat(found).weekday() in said:
        return DateReading(found)
    return DateReading("", "weekday", (found,))


def _called(weekday: str) -> set[str]:
    """Return the weekday and its short forms, « lun », “thurs”; « mar » is rather March."""
    return {weekday, *(weekday[:length] for length in (3, 4, 5))} - {"mar", "mard", "merc", "merch"}


def _next(text: str, lang: str, today: str) -> str:
    """Return the next day, or month, of a date without its year, from `today` on; "" for what is none."""
    year = int(today[:4])
    for later in range(_YEARS_AHEAD):
        for said in (f"{text} {year + later}", f"{text}, {year + later}"):
            found = parse_date(said, lang)
            if found and len(found) > 4 and found >= today[: len(found)]:
                return found
    return ""


_YEARS_AHEAD = 9  # the 29th of February comes within them


def read_period(text: str, lang: str, today: str = "") -> PeriodReading:
    """Return what a period typed in French or English means, as `read_date` reads its ends.

    A year that is not said follows from the other end where that has one.
    """
    doubts: list[DateReading] = []

    def read(side: str, language: str) -> str | None:
        found = read_date(side, language, today)
        if found.doubt and found.doubt != "year":
            doubts.append(found)
        return found.day or None

    known = dates.parse_period(text, lang, read)
    if known is not None:
        return PeriodReading(known)
    if doubts:
        return PeriodReading(None, doubts[0].doubt, doubts[0].meant)
    ahead = dates.parse_period(text, lang, _with_years(today))
    return PeriodReading(None, "year", ahead) if ahead is not None else PeriodReading()


def _with_years(today: str) -> dates.Reader:
    """Return a reader for which a date without its year is the next one."""

    def read(side: str, language: str) -> str | None:
        found = read_date(side, language, today)
        return found.day or (found.meant[0] if found.doubt == "year" else None)

    return read


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


def speaks_of_time(text: str) -> bool:
    """Return whether words say when, though no one date: « la semaine prochaine », “Monday”, « le 15 »; never who."""
    words = re.findall(r"[^\W_]+", fold(text))
    named = {*MONTH_NUMBER, *(fold(name) for names in WEEKDAYS.values() for name in names)}
    when = [word for word in words if word in named or re.fullmatch(_WHEN, word)]
    return bool(when) and all(word in when or re.fullmatch(_BETWEEN, word) for word in words)


def is_whole_day(iso: str) -> bool:
    """Return whether a stored date says the day as well, not a month or a year alone."""
    return is_date(iso) and len(iso) == len("2026-11-22")
