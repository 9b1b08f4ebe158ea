"""Read the days on which a body (a board, an assembly) sits, as people write them.

« 3 février, 10 mars », « troisième mardi sauf juillet », "third Tuesday".
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from tui.text.date_reading import is_whole_day, read_date
from tui.text.dates import month_number
from tui.text.frequencies import add_months
from tui.text.name_matching import fold

MONTHS_AHEAD = 24  # how many months of a monthly sitting are listed
NEAR = timedelta(days=300)  # a date without a year that is further ahead is taken for a past one
_WEEKDAYS = {
    "lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_RANKS = {
    "premier": 1, "1er": 1, "first": 1, "1st": 1, "deuxieme": 2, "second": 2, "2e": 2, "2nd": 2,
    "troisieme": 3, "third": 3, "3e": 3, "3rd": 3, "quatrieme": 4, "fourth": 4, "4e": 4, "4th": 4,
    "dernier": -1, "last": -1,
}  # fmt: skip
_MONTHLY = rf"\b({'|'.join(_RANKS)})\s+({'|'.join(_WEEKDAYS)})s?\b(.*)"
_EXCEPT = r"\b(?:sauf|except)\b(.*)"


def sitting_days(text: str, lang: str, day: str) -> tuple[str, ...]:
    """Return the ISO days from `day` (ISO) on, in order, on which a body sits according to `text`; () for none.

    Dates are separated by commas, semicolons, « et » or line breaks. A date without a year is the next such day, or is
    left out where that is further ahead than NEAR. A weekday of the month (« troisième mardi », "last Thursday except
    July") is listed for MONTHS_AHEAD months.
    """
    days = {iso for part in _parts(text) if (iso := _whole_day(part, lang, day)) and iso >= day}
    if monthly := re.search(_MONTHLY, " ".join(fold(text).split())):
        days.update(_each_month(_RANKS[monthly[1]], _WEEKDAYS[monthly[2]], monthly[3], date.fromisoformat(day)))
    return tuple(sorted(days))


def _parts(text: str) -> list[str]:
    """Return the dates of a list; the comma inside « February 3, 2027 » does not separate."""
    parts = re.split(r"[;\n]|,(?!\s*\d{4}\b)|\s(?:et|and)\s", text)
    return [part.strip(" .") for part in parts if part.strip(" .")]


def _whole_day(text: str, lang: str, day: str) -> str:
    """Return the ISO day that `text` names; "" for none, and for one without a year that is further than NEAR."""
    reading = read_date(text, lang, day)
    if reading.doubt == "year" and is_whole_day(reading.candidates[0]):
        near = date.fromisoformat(reading.candidates[0]) - date.fromisoformat(day) <= NEAR
        return reading.candidates[0] if near else ""
    return reading.day if is_whole_day(reading.day) else ""


def _each_month(rank: int, weekday: int, rest: str, day: date) -> Iterator[str]:
    """Yield the ISO days of a monthly sitting from `day` on; `rest` is the text after it: « sauf juillet »."""
    exception = re.search(_EXCEPT, rest)
    left_out = {month_number(word) for word in re.findall(r"[a-z]{3,}", exception[1])} if exception else set()
    first = day.replace(day=1)
    for ahead in range(MONTHS_AHEAD):
        month = add_months(first, ahead)
        sitting = _weekday_of(month, rank, weekday)
        if month.month not in left_out and sitting >= day:
            yield sitting.isoformat()


def _weekday_of(month: date, rank: int, weekday: int) -> date:
    """Return the `rank`-th such weekday (0 is Monday) of the month that begins on `month`; the last one for -1."""
    if rank > 0:
        return month + timedelta(days=(weekday - month.weekday()) % 7 + 7 * (rank - 1))
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7)
