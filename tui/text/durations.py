"""Time that people give (« 3 h par semaine »), read where it can be; what they typed is always kept beside it."""

from __future__ import annotations

import re

from tui.text.names import fold

_LONGEST = 80  # characters; beyond this it is prose

# A quantity as a decimal string (« 3 », « 0.5 »); its unit: minute, hour, day, week or month; and how often: day, week,
# month, quarter, year, meeting or once.
Effort = tuple[str, str, str]

_UNITS = {
    "minute": "minute", "min": "minute", "heure": "hour", "h": "hour", "hr": "hour", "hour": "hour",
    "jour": "day", "journee": "day", "day": "day", "semaine": "week",
    "sem": "week", "week": "week", "mois": "month", "month": "month",
}  # fmt: skip
_PERS = _UNITS | {
    "an": "year", "annee": "year", "year": "year", "trimestre": "quarter", "quarter": "quarter",
    "rencontre": "meeting", "reunion": "meeting", "meeting": "meeting",
}  # fmt: skip
_ADVERBS = {
    "quotidiennement": "day", "daily": "day", "hebdomadaire": "week", "hebdomadairement": "week", "weekly": "week",
    "mensuel": "month", "mensuellement": "month", "monthly": "month", "annuellement": "year", "yearly": "year",
    "annually": "year", "au total": "once", "en tout": "once", "in total": "once", "in all": "once", "once": "once",
    "une fois": "once",
}  # fmt: skip
_NUMBERS = {
    "un": "1", "une": "1", "a": "1", "an": "1", "one": "1", "deux": "2", "two": "2", "trois": "3", "three": "3",
    "quatre": "4", "four": "4", "cinq": "5", "five": "5", "six": "6",
    "sept": "7", "seven": "7", "huit": "8", "eight": "8",
    "neuf": "9", "nine": "9", "dix": "10", "ten": "10", "douze": "12", "twelve": "12", "quinze": "15", "fifteen": "15",
    "vingt": "20", "twenty": "20",
}  # fmt: skip

_EFFORT = (
    r"(?a)(?P<number>\d+(?:[.,]\d+)?|[a-z]+)[ -]?(?P<half>demi-?e?[ -]|half[ -](?:an? )?)?"
    r"(?P<unit>[a-z]+)\.?(?P<and_half> et demie?| and a half)?"
    r"(?:(?: ?/ ?|,? (?:par|a|an|per|each|every|chaque|le|la|l')(?: |(?<=')))(?P<per>[a-z]+)\.?"
    r"|,? (?P<adverb>[a-z ]+))?"
)
_CLOCK = r"(?a)(\d+) ?h ?([0-5]\d)\b"  # « 1 h 30 »


def parse_effort(text: str, lang: str) -> Effort | None:
    """Return (quantity, unit, per) for a time typed in French or English, whatever `lang` is; None when it is not sure.

    « 3 h par semaine », « deux jours par mois », « une demi-journée par semaine », « 1 h 30 par rencontre », "2 days a
    month", "half a day per week". Without a rhythm, per is once.
    """
    if len(text) > _LONGEST:
        return None
    plain = re.sub(_CLOCK, lambda clock: f"{60 * int(clock[1]) + int(clock[2])} min", fold(text)).removesuffix(".")
    plain = re.sub(r"^(?:environ|about|around|~) ?", "", plain)
    plain = re.sub(r"^half an?(?= )", "a half", plain)
    match = re.fullmatch(_EFFORT, plain)
    if match is None:
        return None
    number = _NUMBERS.get(match["number"], match["number"].replace(",", "."))
    unit = _meaning(match["unit"], _UNITS)
    per = _meaning(match["per"], _PERS) if match["per"] else _ADVERBS.get(match["adverb"] or "once")
    if unit is None or per in (None, "minute", "hour") or not number[0].isdigit():
        return None
    quantity = _quantity(number, halved=bool(match["half"]), and_half=bool(match["and_half"]))
    return (quantity, unit, per) if quantity and per else None


def _meaning(word: str, words: dict[str, str]) -> str | None:
    """Return what `word` stands for in `words`, in the singular or the plural."""
    return words.get(word) or words.get(word.removesuffix("s"))


def _quantity(number: str, halved: bool, and_half: bool) -> str | None:
    """Return the decimal string of `number`, halved or with a half more; None for « 2,5 et demi »."""
    whole, _, fraction = number.partition(".")
    if (halved or and_half) and (fraction or (halved and and_half)):
        return None
    if halved:
        whole, fraction = str(int(whole) // 2), "5" if int(whole) % 2 else ""
    if and_half:
        fraction = "5"
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole
