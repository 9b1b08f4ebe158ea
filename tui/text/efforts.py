"""Read lengths of time as people type them (« 3 h par semaine »), and shorten them for tables (« 3h/s »)."""

from __future__ import annotations

import re
from collections.abc import Callable

_WORDS = (
    ("un", "une", "one", "a", "an"), ("deux", "two"), ("trois", "three"), ("quatre", "four"), ("cinq", "five"),
    ("six",), ("sept", "seven"), ("huit", "eight"), ("neuf", "nine"), ("dix", "ten"),
)  # fmt: skip
_TENS = {"quinze": "15", "fifteen": "15", "vingt": "20", "twenty": "20", "trente": "30", "thirty": "30"}
_COUNT = {word: str(number) for number, words in enumerate(_WORDS, 1) for word in words} | _TENS
_HALF = r"(?:demi[- ]journ[ée]es?|half[- ]days?)"
_UNITS = (
    ("half_day", _HALF),
    ("hour", r"(?:heures?|hours?|hrs?|h)"),
    ("day", r"(?:jours?|journ[ée]es?|days?|j|d)"),
    ("minute", r"(?:minutes?|mins?)"),
)
_SPANS = (
    ("week", r"(?:semaines?|sem\.?|weeks?|wk|s|w)"),
    ("month", r"(?:mois|months?|mo|m)"),
    ("year", r"(?:ans?|ann[ée]es?|years?|yr|y)"),
    ("term", r"(?:sessions?|trimestres?|semestres?|terms?|semesters?)"),
    ("day", r"(?:jours?|days?|j|d)"),
)
_PER = r"(?:\s*/\s*|\s*(?:par|per|chaque|each|every|an?)\s+)"
_NUMBER = r"\d+(?:[.,]\d+)?"
# « 3 à 5 heures par semaine »: from, to, a unit, minutes behind an hour (rest: « 3 h 30 »), and per_ a span.
_EFFORT = (
    rf"(?P<from>{_NUMBER}|{'|'.join(_COUNT)})(?:\s*(?:à|to|-|–)\s*(?P<to>{_NUMBER}))?\s*"
    rf"(?:{'|'.join(f'(?P<{name}>{pattern})' for name, pattern in _UNITS)})(?P<rest>\s?\d\d)?(?![^\W\d_])"
    rf"(?:{_PER}(?:{'|'.join(f'(?P<per_{name}>{pattern})' for name, pattern in _SPANS)})(?![^\W\d_]))?"
)


def short_effort(text: str, word: Callable[[str], str]) -> str:
    """Return « 3h/s » for « 3 h par semaine »; "" where the text does not begin with a length of time.

    `word` gives the letter, in a language, of "hour", "half_day", "day", "minute", "week", "month", "year" and "term".
    """
    match = re.match(_EFFORT, " ".join(text.split()), re.IGNORECASE)
    return _shortened(match, word) if match is not None else ""


def efforts_in(text: str) -> frozenset[str]:
    """Return all lengths of time in a sentence in a normal form, so that « vingt heures » equals « 20 h »."""
    matches = re.finditer(rf"(?<![^\W_]){_EFFORT}", " ".join(text.split()), re.IGNORECASE)
    return frozenset(_shortened(match, str) for match in matches)


def normal_effort(text: str) -> str:
    """Return a text that is only a length of time in the form of `efforts_in`; "" for any other text."""
    match = re.fullmatch(_EFFORT, " ".join(text.split()).rstrip(". "), re.IGNORECASE)
    return _shortened(match, str) if match is not None else ""


def _shortened(match: re.Match[str], word: Callable[[str], str]) -> str:
    """Return the short form of a match of _EFFORT; several half days are « 3×½j »."""
    count = _COUNT.get(match["from"].lower(), match["from"])
    if match["to"]:
        count += f"-{match['to']}"
    unit = next(name for name, _pattern in _UNITS if match[name])
    if unit == "half_day" and count != "1":
        count += "×"
    amount = word(unit) if unit == "half_day" and count == "1" else f"{count}{word(unit)}"
    amount += (match["rest"] or "").strip() if unit == "hour" else ""
    span = next((name for name, _pattern in _SPANS if match[f"per_{name}"]), "")
    return f"{amount}/{word(span)}" if span else amount
