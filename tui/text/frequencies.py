"""How often something comes back, as people write it: « aux trois mois », « chaque année en juin », "twice a year"."""

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
# The first that fits counts; each gives months, or how many times a year.
_EVERY_N_MONTHS = rf"(?:tous les|aux|chaque|every) {_NUMBER} (?:mois|months)"
_TIMES_A_YEAR = rf"{_NUMBER} fois (?:par an|l'an|par annee)|{_NUMBER} times (?:a|per) year"
_WORDS = (
    (r"trimestr|quarter", 3),
    (r"semestr|semi-annual|half-year|twice a year", 6),
    (r"mensuel|(?:chaque|par|du) mois|tous les mois|monthly|(?:every|each|a|per) month", 1),
    (r"annuel|(?:chaque|par|de l') ?an(?:nee)?\b|tous les ans|l'an\b|annual|yearly|(?:every|each|a|per) year", 12),
)


def interval_months(text: str) -> int:
    """Return every how many months something comes back, in either language; 0 where the text does not say so."""
    plain = " ".join(fold(text).split())
    if match := re.search(_EVERY_N_MONTHS, plain):
        return _count(match[1])
    if match := re.search(_TIMES_A_YEAR, plain):
        times = _count(match[1] or match[2])
        return 12 // times if times and 12 % times == 0 else 0
    return next((months for pattern, months in _WORDS if re.search(pattern, plain)), 0)


def month_named(text: str) -> int:
    """Return the month of the year that a text names alone (1 to 12); 0 for none, or for several."""
    found = {number for word in re.findall(r"[a-z]{3,}", fold(text)) if (number := month_number(word))}
    return found.pop() if len(found) == 1 else 0


def next_after(text: str, after: str) -> str:
    """Return the ISO date behind the ISO day `after` on which something comes back; "" where the text does not say.

    « en juin » alone gives the month, « aux trois mois » the day three months later.
    """
    day = date.fromisoformat(after)
    if month := month_named(text):
        year = day.year + (month <= day.month)
        return f"{year}-{month:02}"
    months = interval_months(text)
    return add_months(day, months).isoformat() if months else ""


def add_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later (or earlier), the last one where that month is shorter."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _count(text: str) -> int:
    return _NUMBERS.get(text) or (int(text) if text.isdecimal() and len(text) < 3 else 0)
