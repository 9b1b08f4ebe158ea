"""Read dates as people type them, and write them in words, in French and English.

The stored form of a date is as precise as it is known: « 2026 », « 2026-11 » or « 2026-11-22 ».
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from tui.text.moments import to_local
from tui.text.name_matching import fold

Period = tuple[str, str]  # (start, end) in the stored form, "" for a side that is open
Reader = Callable[[str, str], "str | None"]  # (text, lang) → the stored form of a typed date, None for no date

NBSP = "\u00a0"

MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
# Short names of months in both languages, folded (lower case, no accents).
_SHORT_MONTHS = {
    "jan": 1, "janv": 1, "feb": 2, "fev": 2, "fevr": 2, "mar": 3, "apr": 4, "avr": 4, "jun": 6, "jul": 7, "juil": 7,
    "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
MONTH_NUMBER = _SHORT_MONTHS | {fold(name): number for names in MONTHS.values() for number, name in enumerate(names, 1)}

_YEARS = range(1800, 2200)  # outside of these, a bare number is more likely an amount than a year
_LONGEST = 60  # characters; beyond this it is prose, not a date

# Patterns stay strings until they are used (`re` keeps what it compiled): compiling them all costs 5 ms at start.
# « 2026 », « 2026-11 », « 2026-11-22 »; « (?a) » keeps \d to ASCII digits.
_ISO = (
    "(?a)"
    r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?"
)
# « 2026/11/22 », « 2026.11 »
_YEAR_FIRST = (
    "(?a)"
    r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?"
)
# « 22/11/2026 », « 11-2026 »
_YEAR_LAST = (
    "(?a)"
    r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})"
)
# « 1er mai 2017 », « 3 of may », « nov. 2026 »
_DAY_MONTH = (
    "(?a)"
    r"(?:(\d{1,2}) ?(?:er|st|nd|rd|th|e)? (?:of |de )?)?([a-z]+)\.?,?(?: (?:of |de )?(\d{4}))?"
)
# « november 22, 2026 », « may 3rd »
_MONTH_DAY = (
    "(?a)"
    r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?"
)
# « le mardi », « on tue., the »: taken away before a date is read
_WEEKDAY = (
    r"(?:(?:le|the|on) )?"
    r"(?:(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:lun|mer|jeu|ven|sam|dim|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?),? )?"
    r"(?:le |the )?"
)
_LONGEST_PERIOD = 120  # characters
# The words of a period, folded: before its start, between its two dates, and around a single date.
_OPENING = r"^(?:d'|du |de |des |entre (?:le )?|from |between )"
_BETWEEN = (
    r" (?:a|au|jusqu'(?:au|en|a)|et(?: le)?|to|until|till|through|and|[-–—/]) "
    r"| ?(?:\.\.+|…|→|[–—]) ?"
    r"|(?<=\d)/(?=\d{4}-)"
    r"|(?<=^\d{4})-(?=\d{4}$)"
)
_ONLY_START = (
    r"(?:(?:a partir|a compter) d(?:u |e |')|des |depuis |from |starting(?: on)? |since |as of )(.+)|(.+?) ?\.\."
)
_ONLY_END = r"(?:jusqu'(?:au|en|a) |until |till |up to |through )(.+)|\.\. ?(.+)"


def is_date(text: str) -> bool:
    """Return whether `text` is a date that exists, in the stored form YYYY, YYYY-MM or YYYY-MM-DD."""
    match = re.fullmatch(_ISO, text)
    return match is not None and _iso(match[1], match[2], match[3]) == text


def parse_date(text: str, lang: str) -> str | None:
    """Return the stored form of a date typed in French or in English, or None when it is no date that exists.

    Names of months are read in both languages, whole or short, whatever `lang` is. In « 5/6/2026 » the day comes first
    in French; English Canada uses both orders, so there it is read only where just one is possible.
    """
    plain = _plain(text)
    if plain is None:
        return None
    if match := re.fullmatch(_YEAR_FIRST, plain):
        return _iso(match[1], match[2], match[3])
    if match := re.fullmatch(_YEAR_LAST, plain):
        return _year_last(match[1], match[2], match[3], lang)
    year, month, day = _words(plain)
    return _iso(year, month, day) if year else None


def month_number(word: str) -> int:
    """Return the number of a month by its name, whole or short, in either language; 0 for another word."""
    return MONTH_NUMBER.get(fold(word), 0)


def format_date(iso: str, lang: str) -> str:
    """Return the date in words: « 1er mai 2017 », « novembre 2026 », "May 1, 2017"; no date is returned unchanged."""
    if not is_date(iso):
        return iso
    year, month, day = iso[:4], iso[5:7], iso[8:].lstrip("0")
    if not month:
        return year
    french = lang.startswith("fr")
    name = MONTHS["fr" if french else "en"][int(month) - 1]
    if not day:
        return f"{name} {year}"
    return f"{'1er' if day == '1' else day} {name} {year}" if french else f"{name} {day}, {year}"


WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def weekday_words(iso: str, lang: str) -> str:
    """Return the weekday of an ISO day: « mardi », "Tuesday". Raises ValueError when `iso` is not a day."""
    return WEEKDAYS["fr" if lang.startswith("fr") else "en"][date.fromisoformat(iso).weekday()]


def format_time_of_day(iso_datetime: str, lang: str) -> str:
    """Return the time of day: « 14 h 02 » (« 14 h » on the hour), "2:02 p.m.", in the zone in use (`moments`).

    What is no date and time is returned unchanged. Source of the forms: Office québécois de la langue française; The
    Canadian Style.
    """
    moment = _in_zone(iso_datetime)
    if moment is None:
        return iso_datetime
    if lang.startswith("fr"):
        return f"{moment.hour}{NBSP}h" + (f"{NBSP}{moment.minute:02}" if moment.minute else "")
    return f"{moment.hour % 12 or 12}:{moment.minute:02}{NBSP}{'p.m.' if moment.hour >= 12 else 'a.m.'}"


def format_day_and_time(iso_datetime: str, lang: str) -> str:
    """Return « 22 novembre 2026, 14 h 02 » in the zone in use; what is no moment is returned unchanged."""
    moment = _in_zone(iso_datetime)
    if moment is None:
        return iso_datetime
    return f"{format_date(moment.date().isoformat(), lang)}, {format_time_of_day(iso_datetime, lang)}"


def _in_zone(iso_datetime: str) -> datetime | None:
    """Return an ISO moment in the zone in use; None for what is no moment."""
    try:
        moment = datetime.fromisoformat(iso_datetime)
        return to_local(moment)
    except (ValueError, OverflowError, OSError):
        return None


def earliest_day(iso: str) -> date:
    """Return the first day that a stored date covers. Raises ValueError if it is no date."""
    year, month, day = _numbers(iso)
    return date(year, month or 1, day or 1)


def last_day(iso: str) -> date:
    """Return the last day that a stored date covers. Raises ValueError if it is no date."""
    year, month, day = _numbers(iso)
    if day:
        return date(year, month, day)
    return date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1) - timedelta(days=1)


def compare_dates(a: str, b: str) -> int:
    """Return -1 when `a` ends before `b` begins, 1 when it begins after `b` ends, 0 when they share a day.

    « 2026 » and « 2026-11 » share days, so this is no order to sort by. Raises ValueError when one is no date.
    """
    return (earliest_day(a) > last_day(b)) - (last_day(a) < earliest_day(b))


def parse_period(text: str, lang: str, read: Reader = parse_date) -> Period | None:
    """Return (start, end) of a period typed in French or in English, or None when it is none or ends before it starts.

    « du 1er mai 2017 au 31 mars 2018 », « de mai à septembre 2026 », « 2026-10..2027-03 », « 2026-2027 ». The end is
    "" for « à partir de … », the start for « jusqu'à … ». One date alone is both: that day, month or year. `read`
    reads each date.
    """
    plain = " ".join(fold(text[:_LONGEST_PERIOD]).split())
    if len(text) > _LONGEST_PERIOD:
        return None
    if single := read(re.sub(r"^(?:en|in) ", "", plain), lang):  # « en 2027 », as the document says it
        return single, single
    if (match := re.fullmatch(_ONLY_START, plain)) and (start := read(match[1] or match[2], lang)):
        return start, ""
    if (match := re.fullmatch(_ONLY_END, plain)) and (end := read(match[1] or match[2], lang)):
        return "", end
    bare = re.sub(_OPENING, "", plain)
    for between in re.finditer(_BETWEEN, bare):  # the first place that splits the text into two dates
        start_words, end_words = bare[: between.start()], bare[between.end() :]
        end = read(end_words, lang)
        # « du 1er au 31 mars 2018 »: the start may take its month and year from the end, or the end from the start.
        starts = (parse_date(start_words, lang), end and _completed(start_words, end), read(start_words, lang))
        for start in starts:
            period_end = end if end or not start else _following(end_words, start)
            is_in_order = start and period_end and compare_dates(start, period_end) <= 0
            if start and period_end and is_in_order and _agrees(start_words, start, lang, read):
                return start, period_end
    return None


def _agrees(text: str, start: str, lang: str, read: Reader) -> bool:
    """Return whether `read` takes `text` for the date `start`, or `text` is no whole date by itself.

    `read` may refuse a date that is in doubt (« 5/6/2026 »), which `parse_date` reads.
    """
    return parse_date(text, lang) is None or read(text, lang) == start


def _following(text: str, start: str) -> str | None:
    """Return the first day or month `text` (« 31 mars ») on or after `start`, which gives the year."""
    ends = (_completed(text, str(int(start[:4]) + later)) for later in (0, 1))
    return next((end for end in ends if end and compare_dates(start, end) <= 0), None)


def format_period(start: str, end: str, lang: str) -> str:
    """Return the period in words: « du 1er mai 2017 au 31 mars 2018 », « d'octobre 2026 à mars 2027 ».

    Start and end alike give « décembre 2018 », an empty end « à partir de … », an empty start « jusqu'au … ».
    """
    if start == end or not (start or end):
        return format_date(start, lang)
    first, last = format_date(start, lang), format_date(end, lang)
    if not lang.startswith("fr"):
        if not start:
            return f"until {last}"
        return f"from {first} to {last}" if end else f"starting {first}"
    if not start:
        return f"jusqu'au {last}" if _is_day(end) else f"jusqu'en {last}"
    opening = _french_of(start, first)
    if not end:
        return f"à partir {opening}"
    return f"{opening} au {last}" if _is_day(end) else f"{opening} à {last}"


def _is_day(iso: str) -> bool:
    """Return whether a stored date is more precise than a month."""
    return len(iso) > len("2026-11")


def _french_of(iso: str, words: str) -> str:
    """Return « du 3 novembre 2026 », « d'octobre 2026 » or « de 2026 » of a date and its words."""
    if _is_day(iso):
        return f"du {words}"
    begins_with_vowel = words[:1] in "ao"  # avril, août, octobre
    return f"d'{words}" if begins_with_vowel else f"de {words}"


def format_on(iso: str, lang: str) -> str:
    """Return the date with its preposition: « le 3 décembre 2026 », « en décembre 2026 », "on December 3, 2026"."""
    return _with_word(iso, lang, ("le", "en"), ("on", "in"))


def format_not_before(iso: str, lang: str) -> str:
    """Return the date as it follows « pas avant » or "not before": « le 3 décembre », "December 3, 2026"."""
    return format_on(iso, lang) if lang == "fr" else format_date(iso, lang)


def format_until(iso: str, lang: str) -> str:
    """Return « jusqu'au 30 juin 2027 », « jusqu'en juin 2027 », « jusqu'en 2027 », "until June 30, 2027"."""
    return _with_word(iso, lang, ("jusqu'au", "jusqu'en"), ("until", "until"))


def format_by(iso: str, lang: str) -> str:
    """Return « d'ici le 1er février 2027 », « d'ici février 2027 », "by February 1, 2027"."""
    return _with_word(iso, lang, ("d'ici le", "d'ici"), ("by", "by"))


def format_from(iso: str, lang: str) -> str:
    """Return « à compter du 1er mars 2027 », « à compter d'octobre 2026 », "from March 1, 2027"."""
    if not lang.startswith("fr"):
        return _with_word(iso, lang, ("", ""), ("from", "from"))
    return f"à compter {format_of(iso, lang)}" if is_date(iso) else iso


def format_since(iso: str, lang: str) -> str:
    """Return « depuis le 1er février 2027 », « depuis février 2027 », "since February 1, 2027"."""
    return _with_word(iso, lang, ("depuis le", "depuis"), ("since", "since"))


def format_of(iso: str, lang: str) -> str:
    """Return « du 3 novembre 2026 », « d'octobre 2026 », « de 2026 », "of November 3, 2026"."""
    date_words = format_date(iso, lang)
    if not is_date(iso):
        return iso
    if not lang.startswith("fr"):
        return f"of {date_words}"
    return _french_of(iso, date_words)


def _with_word(iso: str, lang: str, french: tuple[str, str], english: tuple[str, str]) -> str:
    """Return the date after a word of `lang`, given as (before a day, before a month or year); no date unchanged."""
    if not is_date(iso):
        return iso
    words = french if lang.startswith("fr") else english
    return f"{words[0 if _is_day(iso) else 1]} {format_date(iso, lang)}"


def _plain(text: str) -> str | None:
    """Return `text` folded, with single spaces and without the weekday; None when it is too long for a date."""
    text = " ".join(text.split())
    return None if len(text) > _LONGEST else re.sub(_WEEKDAY, "", fold(text), count=1)


def _words(plain: str) -> tuple[str, str, str]:
    """Return (year, month, day) of a date with its month in letters, "" for what it does not say."""
    if match := re.fullmatch(_DAY_MONTH, plain):
        day, name, year = match.groups()
    elif match := re.fullmatch(_MONTH_DAY, plain):
        name, day, year = match.groups()
    else:
        return "", "", ""
    month = MONTH_NUMBER.get(name)
    return (year or "", str(month), day or "") if month else ("", "", "")


def _completed(text: str, end: str) -> str | None:
    """Return the start of a period, « 1er mai », « mai » or « 1 », with the year (and month) of its `end` added."""
    plain = _plain(text) or ""
    if match := re.fullmatch(r"(\d{1,2}) ?(?:er|st|nd|rd|th)?", plain, re.ASCII):
        return _iso(end[:4], end[5:7], match[1]) if _is_day(end) else None  # a day of the end's month
    year, month, day = _words(plain)
    return _iso(end[:4], month, day) if month and not year else None


def _year_last(first: str | None, second: str, year: str, lang: str) -> str | None:
    """Return the date of « 22/11/2026 » or, with `first` None, of « 11/2026 »; None for no date, or for two."""
    if first is None:
        return _iso(year, second, None)
    if lang.startswith("fr") or first == second:
        return _iso(year, second, first)
    readings = {_iso(year, second, first), _iso(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    """Return the stored form, or None when there is no such day or the year is out of `_YEARS`."""
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if int(year) not in _YEARS:
        return None
    return year + (f"-{int(month):02}" if month else "") + (f"-{int(day):02}" if day else "")


def _numbers(iso: str) -> tuple[int, int, int]:
    """Return year, month and day, 0 where the date does not say. Raises ValueError if it is no date."""
    if not is_date(iso):
        raise ValueError(f"not a date: {iso!r}")
    return int(iso[:4]), int(iso[5:7] or 0), int(iso[8:] or 0)
