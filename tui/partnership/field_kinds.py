"""The kinds of field: given text read to the stored value, the value in words, and text that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tui.guide.guide_types import TEXT_KINDS, Field, Guide
from tui.i18n import _
from tui.partnership.name_references import (
    BadValue,
    ParseContext,
    as_text,
    partner_id,
    read_partner,
    read_partners,
    read_someone,
    read_someones,
    short,
    someone_name,
    write_partner,
    write_partners,
    write_someone,
    write_someones,
)
from tui.partnership.values import Entry, Partnership, Value
from tui.text.amounts import format_amount, has_three_decimals, parse_amount
from tui.text.clean import clean, one_line
from tui.text.date_reading import NO_DATE, DateReading, Doubt, PeriodReading, read_date, read_period
from tui.text.dates import format_date, format_period, weekday_words
from tui.text.mail_addresses import read_addresses
from tui.text.name_matching import fold

__all__ = ["BadValue", "ParseContext", "format_value", "partner_id", "read_value", "someone_name"]

_DECIMAL = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")  # three digits after a point might be thousands


def read_value(reading: ParseContext, field: Field, raw: Value) -> Value:
    """Return the value to store for what was given; None clears the field.

    Raises BadValue if the field cannot hold it.
    """
    if raw is None:
        return None
    if raw == "" and field.kind not in ("line", "prose", "effort"):
        return None
    return _READERS[field.kind](reading, field, raw)


def _line(reading: ParseContext, field: Field, raw: Value) -> str:
    return one_line(as_text(field, raw))


def _prose(reading: ParseContext, field: Field, raw: Value) -> str:
    return clean(as_text(field, raw))


def _choice(reading: ParseContext, field: Field, raw: Value) -> str:
    codes = reading.guide.choices[field.choices]
    text = one_line(as_text(field, raw))
    if text in codes:
        return text
    wanted = fold(text)
    for code in codes:
        if wanted in map(fold, reading.guide.words_of(field.choices, code)):
            return code
    raise BadValue(
        _("“{value}” is not a choice of “{field}”; it takes one of: {codes}").format(
            value=short(text), field=field.id, codes=", ".join(codes)
        )
    )


def _flag(reading: ParseContext, field: Field, raw: Value) -> bool:
    if isinstance(raw, bool):
        return raw
    word = fold(raw) if isinstance(raw, str) else ""
    if word in ("oui", "yes", "true", "vrai", "x", "1"):
        return True
    if word in ("non", "no", "false", "faux", "0"):
        return False
    raise BadValue(_("“{field}” takes yes or no, not {value}").format(field=field.id, value=short(raw)))


def _number(reading: ParseContext, field: Field, raw: Value) -> int:
    if isinstance(raw, str) and raw.strip().isascii() and raw.strip().isdigit() and len(raw.strip()) < 10:
        return int(raw)
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < 10**9:
        return raw
    if isinstance(raw, str):  # a person typed it, who knows the field by its label and never by its id
        said = _("“{text}” is not understood here. Type a whole number, for example 3.")
        raise BadValue(said.format(text=short(raw)))
    raise BadValue(_("“{field}” takes a whole number, not {value}").format(field=field.id, value=short(raw)))


def _date(reading: ParseContext, field: Field, raw: Value) -> str:
    found = read_date(raw, reading.lang) if isinstance(raw, str) else NO_DATE
    if not found.day:
        trouble = date_trouble(short(raw), found, reading.lang)
        raise BadDate(trouble, found.doubt, format_date(found.meant[0], reading.lang) if found.meant else "")
    return found.day


def _period(reading: ParseContext, field: Field, raw: Value) -> dict[str, str]:
    if isinstance(raw, Mapping):
        start, end = (_date(reading, field, raw[name]) if raw.get(name) else "" for name in ("start", "end"))
        if start or end:
            return _in_order(start, end, raw)
    found = read_period(raw, reading.lang) if isinstance(raw, str) else PeriodReading()
    if found.period is not None:
        return {"start": found.period[0], "end": found.period[1]}
    if found.doubt == "year":
        words = format_period(found.meant[0], found.meant[1], reading.lang)
        raise BadDate(_year_trouble(short(raw), words), found.doubt, words)
    if found.doubt:
        trouble = date_trouble(short(raw), DateReading("", found.doubt, found.meant), reading.lang)
        raise BadDate(trouble, found.doubt, "")
    raise BadValue(_("“{value}” is not a period; write October 2026 to March 2027").format(value=short(raw)))


class BadDate(BadValue):
    """A date that cannot be stored yet: what is in doubt, and the day it most likely is, in full words."""

    def __init__(self, message: str, doubt: Doubt, meant: str) -> None:
        super().__init__(message)
        self.doubt = doubt
        self.meant = meant


def date_trouble(text: str, found: DateReading, lang: str) -> str:
    """Return why a typed date is not taken yet, and what to write."""
    words = [format_date(day, lang) for day in found.meant]
    if found.doubt == "two_days":
        return _("“{value}” can be two days: write {one} or {other}").format(value=text, one=words[0], other=words[1])
    if found.doubt == "weekday":
        weekday = weekday_words(found.meant[0], lang)
        return _("“{value}”: {date} is a {weekday}").format(value=text, date=words[0], weekday=weekday)
    if found.doubt == "year":
        return _year_trouble(text, words[0])
    return _("“{value}” is not a date; write 2026, November 2026 or 22 November 2026").format(value=text)


def _year_trouble(text: str, words: str) -> str:
    return _("“{value}” says no year: write {date}").format(value=text, date=words)


def read_near_day(text: str, lang: str) -> str:
    """Return the stored form of a date typed where it is shown in full at once; without its year it is the next one.

    Raises BadValue when `text` is no date, or one that is in doubt.
    """
    found = read_date(text, lang)
    if found.doubt == "year":
        return found.meant[0]
    if not found.day:
        raise BadValue(date_trouble(short(text), found, lang))
    return found.day


def meant_date(reading: ParseContext, field: Field, text: str) -> str:
    """Return in full the date (or period) that one typed without its year means: the next; "" where none is typed."""
    error = _date_error(reading, field, text)
    return error.meant if error is not None and error.doubt == "year" else ""


def date_doubt(reading: ParseContext, field: Field, text: str) -> str:
    """Return why a typed date is not taken though it is one: it may be two days, or its weekday is wrong; else ""."""
    error = _date_error(reading, field, text)
    return str(error) if error is not None and error.doubt not in ("", "year") else ""


def _date_error(reading: ParseContext, field: Field, text: str) -> BadDate | None:
    if field.kind not in ("date", "period") or not text.strip():
        return None
    try:
        read_value(reading, field, text)
    except BadDate as error:
        return error
    except BadValue:
        return None
    return None


def _in_order(start: str, end: str, raw: Value) -> dict[str, str]:
    width = min(len(start), len(end))
    if start and end and start[:width] > end[:width]:
        raise BadValue(_("“{value}” ends before it begins").format(value=short(raw)))
    return {"start": start, "end": end}


def _amount(reading: ParseContext, field: Field, raw: Value) -> dict[str, str]:
    text = raw
    if isinstance(raw, Mapping):
        decimal = str(raw.get("amount"))
        text = f"{decimal} {raw.get('currency', 'CAD')}" if _DECIMAL.fullmatch(decimal) else None
    elif isinstance(raw, int) and not isinstance(raw, bool):
        text = str(raw)
    found = parse_amount(text, reading.lang) if isinstance(text, str) else None
    if found is None and isinstance(text, str) and has_three_decimals(text, reading.lang):
        said = _("“{value}” has three decimals, or thousands that are written otherwise here; write $12,000 or $12.50")
        raise BadValue(said.format(value=short(raw)))
    if found is None:
        raise BadValue(_("“{value}” is not an amount; write $12,000 or 12000 CAD").format(value=short(raw)))
    return {"amount": found[0], "currency": found[1]}


def _record(reading: ParseContext, field: Field, raw: Value) -> Value:
    if not isinstance(raw, (dict, str)):
        raise BadValue(_("“{field}” is kept by the program").format(field=field.id))
    return raw


_READERS: dict[str, Callable[[ParseContext, Field, Any], Value]] = {
    "line": _line,
    "effort": _line,
    "prose": _prose,
    "choice": _choice,
    "flag": _flag,
    "number": _number,
    "date": _date,
    "period": _period,
    "amount": _amount,
    "partner": read_partner,
    "partners": read_partners,
    "someone": read_someone,
    "someones": read_someones,
    "reference": _line,
    "record": _record,
}


def format_value(reading: ParseContext, field: Field, value: Value) -> str:
    """A stored value as a person would write it in `reading.lang`, so that reading it again gives the same value."""
    if value is None:
        return ""
    if isinstance(value, Mapping) and "typed" in value:  # typed but not understood: kept as it was
        return str(value["typed"])
    return _WRITERS.get(field.kind, _as_it_is)(reading, field, value)


def _as_it_is(reading: ParseContext, field: Field, value: Value) -> str:
    return value if isinstance(value, str) else str(value)


_WRITERS: dict[str, Callable[[ParseContext, Field, Any], str]] = {
    "choice": lambda reading, field, value: reading.guide.choice(field.choices, value, reading.lang),
    "flag": lambda reading, field, value: _("yes") if value else _("no"),
    "date": lambda reading, field, value: format_date(str(value), reading.lang),
    "period": lambda reading, field, value: format_period(value.get("start", ""), value.get("end", ""), reading.lang),
    "amount": lambda reading, field, value: format_amount(value["amount"], value["currency"], reading.lang),
    "partner": write_partner,
    "partners": write_partners,
    "someone": write_someone,
    "someones": write_someones,
}


def parse_error(reading: ParseContext, field: Field, text: str) -> str:
    """Return why what was typed is not understood, in words; "" when it is."""
    if field.addresses:
        return address_error(text)
    if field.kind in TEXT_KINDS or not text.strip():
        return ""
    try:
        read_value(reading, field, text)
    except BadValue as error:
        return str(error)
    return ""


def address_error(text: str) -> str:
    """Return why a text holds no e-mail address, or one that no mail program takes, in words; "" when it is fine."""
    unreadable = read_addresses(text).unreadable
    if not unreadable:
        return ""
    return _("“{text}” is no e-mail address: write it as in name@example.ca, without accents before the @.").format(
        text=unreadable[0]
    )


def typed_as_it_is(value: Value) -> str:
    """Return the text that was typed, where a value could not be read; "" for a value that was."""
    return str(value["typed"]) if isinstance(value, Mapping) and "typed" in value else ""


def unparsed_fields(guide: Guide, partnership: Partnership) -> Iterator[tuple[Entry, Field, str]]:
    """Yield each public field whose text could not be read, with its entry and that text."""
    for entry in partnership.entries.values():
        question = guide.by_id.get(entry.question)
        part = question.part(entry.part) if question is not None and entry.stands else None
        for field in part.fields if part is not None else ():
            text = typed_as_it_is(entry.get(field.id))
            if text and not field.private:
                yield entry, field, text
