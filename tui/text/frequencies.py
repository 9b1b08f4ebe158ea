"""Read how often something recurs: « aux trois mois », « chaque année en juin », "twice a year"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from tui.text.dates import month_number
from tui.text.name_matching import fold

_NUMBERS = {
    "deux": 2, "trois": 3, "quatre": 4, "six": 6, "douze": 12,
    "two": 2, "three": 3, "four": 4, "twelve": 12,
}  # fmt: skip
_NUMBER = rf"(\d+|{'|'.join(_NUMBERS)})"
# Tried in this order; each gives a number of months, or of times a year.
_EVERY_N_MONTHS = rf"(?:tous les|aux|chaque|every) {_NUMBER} (?:mois|months)"
_TIMES_A_YEAR = rf"{_NUMBER} fois (?:par an|l'an|par annee)|{_NUMBER} times (?:a|per) year"
_WORDS = (  # (pattern, months)
    (r"trimestr|quarter", 3),
    (r"semestr|semi-annual|half-year|twice a year", 6),
    (r"mensuel|(?:chaque|par|du) mois|tous les mois|monthly|(?:every|each|a|per) month", 1),
    (r"annuel|(?:chaque|par|de l') ?an(?:nee)?\b|tous les ans|l'an\b|annual|yearly|(?:every|each|a|per) year", 12),
)


def interval_months(text: str) -> int:
    """Return the interval in months that a text says, in either language; 0 where it says none in whole months."""
    plain = " ".join(fold(text).split())
    if match := re.search(_EVERY_N_MONTHS, plain):
        return _count(match[1])
    if match := re.search(_TIMES_A_YEAR, plain):
        times = _count(match[1] or match[2])
        return 12 // times if times and 12 % times == 0 else 0
    return next((months for pattern, months in _WORDS if re.search(pattern, plain)), 0)


def month_named(text: str) -> int:
    """Return the only month (1 to 12) that a text names; 0 where it names none, or several."""
    months = {number for word in re.findall(r"[a-z]{3,}", fold(text)) if (number := month_number(word))}
    return months.pop() if len(months) == 1 else 0


def next_occurrence(text: str, after: str) -> str:
    """Return the next ISO date after the ISO day `after` of something that recurs; "" where the text does not say.

    « en juin » gives a month (« 2027-06 »), « aux trois mois » the day three months later.
    """
    day = date.fromisoformat(after)
    if month := month_named(text):
        year = day.year + (month <= day.month)
        return f"{year}-{month:02}"
    months = interval_months(text)
    return add_months(day, months).isoformat() if months else ""


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later (negative: earlier), or the last day of a shorter month."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _count(text: str) -> int:
    """Return a number in words or one or two digits; 0 for anything else."""
    return _NUMBERS.get(text) or (int(text) if text.isdecimal() and len(text) < 3 else 0)
