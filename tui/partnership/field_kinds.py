"""The kinds of field: reads given text into the value to store, words a value, and says why a text is not understood.

A text that is not understood is stored as {"typed": text}, so that it can be corrected.
"""

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
from tui.text.clean import clean, is_unseen, one_line
from tui.text.date_reading import NO_DATE, DateReading, Doubt, PeriodReading, read_date, read_period
from tui.text.dates import format_date, format_period, weekday_words
from tui.text.mail_addresses import read_addresses
from tui.text.name_matching import fold

__all__ = ["BadValue", "ParseContext", "format_value", "partner_id", "read_value", "someone_name"]

_NUMBER_DIGITS = 9  # of a whole number, at most
_DECIMAL = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")  # « 12.50 »; three digits after the point might be thousands


def read_value(context: ParseContext, field: Field, raw: Value) -> Value:
    """Return the value to store for what was given; None clears the field.

    Raises BadValue if the field cannot hold it.
    """
    if raw is None:
        return None
    if raw == "" and field.kind not in TEXT_KINDS:
        return None
    return _READERS[field.kind](context, field, raw)


def _line(context: ParseContext, field: Field, raw: Value) -> str:
    return one_line(as_text(field, raw))


def _prose(context: ParseContext, field: Field, raw: Value) -> str:
    text = clean(as_text(field, raw))
    return "" if is_unseen(text) else text


def _choice(context: ParseContext, field: Field, raw: Value) -> str:
    """Return the code of the choice that a text means: the code itself, or its words in either language."""
    codes = context.guide.choices[field.choices]
    text = one_line(as_text(field, raw))
    if text in codes:
        return text
    wanted = fold(text)
    for code in codes:
        if wanted in map(fold, context.guide.words_of(field.choices, code)):
            return code
    raise BadValue(
        _("“{value}” is not a choice of “{field}”; it takes one of: {codes}").format(
            value=short(text), field=field.id, codes=", ".join(codes)
        )
    )


def _flag(context: ParseContext, field: Field, raw: Value) -> bool:
    if isinstance(raw, bool):
        return raw
    word = fold(raw) if isinstance(raw, str) else ""
    if word in ("oui", "yes", "true", "vrai", "x", "1"):
        return True
    if word in ("non", "no", "false", "faux", "0"):
        return False
    raise BadValue(_("“{field}” takes yes or no, not {value}").format(field=field.id, value=short(raw)))


def _number(context: ParseContext, field: Field, raw: Value) -> int:
    """Return a whole number from 0 up, with at most nine digits."""
    digits = raw.strip() if isinstance(raw, str) else ""
    if digits.isascii() and digits.isdigit() and len(digits) <= _NUMBER_DIGITS:
        return int(digits)
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < 10**_NUMBER_DIGITS:
        return raw
    if isinstance(raw, str):
        # A person typed it, who knows the field by its label and not by its id.
        message = _("“{text}” is not understood here. Type a whole number, for example 3.")
        raise BadValue(message.format(text=short(raw)))
    raise BadValue(_("“{field}” takes a whole number, not {value}").format(field=field.id, value=short(raw)))


def _date(context: ParseContext, field: Field, raw: Value) -> str:
    reading = read_date(raw, context.lang) if isinstance(raw, str) else NO_DATE
    if not reading.day:
        trouble = date_trouble(short(raw), reading, context.lang)
        raise BadDate(
            trouble, reading.doubt, format_date(reading.candidates[0], context.lang) if reading.candidates else ""
        )
    return reading.day


def _period(context: ParseContext, field: Field, raw: Value) -> dict[str, str]:
    """Return a period as it is stored, {"start": ISO date, "end": ISO date}; one of them may be ""."""
    if isinstance(raw, Mapping):
        start, end = (_date(context, field, raw[name]) if raw.get(name) else "" for name in ("start", "end"))
        if start or end:
            return _ordered_period(start, end, raw)
    reading = read_period(raw, context.lang) if isinstance(raw, str) else PeriodReading()
    if reading.period is not None:
        return {"start": reading.period[0], "end": reading.period[1]}
    if reading.doubt == "year":
        words = format_period(reading.candidates[0], reading.candidates[1], context.lang)
        raise BadDate(_year_trouble(short(raw), words), reading.doubt, words)
    if reading.doubt:
        trouble = date_trouble(short(raw), DateReading("", reading.doubt, reading.candidates), context.lang)
        raise BadDate(trouble, reading.doubt, "")
    raise BadValue(_("“{value}” is not a period; write October 2026 to March 2027").format(value=short(raw)))


class BadDate(BadValue):
    """Raised for a date or period that cannot be stored yet, since it is in doubt."""

    def __init__(self, message: str, doubt: Doubt, meant: str) -> None:
        """`doubt` says what is in doubt ("year" …), `meant` is the most likely date in full words, "" if unknown."""
        super().__init__(message)
        self.doubt = doubt
        self.meant = meant


def date_trouble(text: str, reading: DateReading, lang: str) -> str:
    """Return why a typed date is not taken yet, and what to write."""
    words = [format_date(day, lang) for day in reading.candidates]
    if reading.doubt == "two_days":
        return _("“{value}” can be two days: write {one} or {other}").format(value=text, one=words[0], other=words[1])
    if reading.doubt == "weekday":
        weekday = weekday_words(reading.candidates[0], lang)
        return _("“{value}”: {date} is a {weekday}").format(value=text, date=words[0], weekday=weekday)
    if reading.doubt == "year":
        return _year_trouble(text, words[0])
    return _("“{value}” is not a date; write 2026, November 2026 or 22 November 2026").format(value=text)


def _year_trouble(text: str, words: str) -> str:
    return _("“{value}” says no year: write {date}").format(value=text, date=words)


def read_near_day(text: str, lang: str) -> str:
    """Return the ISO date that `text` means; a day without a year is the next such day.

    For places that show the date in full at once, so that a wrong year is seen. Raises BadValue if `text` is no date,
    or one that is otherwise in doubt.
    """
    reading = read_date(text, lang)
    if reading.doubt == "year":
        return reading.candidates[0]
    if not reading.day:
        raise BadValue(date_trouble(short(text), reading, lang))
    return reading.day


def meant_date(context: ParseContext, field: Field, text: str) -> str:
    """Return in full words the date or period that is meant if it was typed without a year (the next); else ""."""
    error = _date_error(context, field, text)
    return error.meant if error is not None and error.doubt == "year" else ""


def date_doubt(context: ParseContext, field: Field, text: str) -> str:
    """Return why a typed date is refused though it is one: it may be two days, or its weekday is wrong; else ""."""
    error = _date_error(context, field, text)
    return str(error) if error is not None and error.doubt not in ("", "year") else ""


def _date_error(context: ParseContext, field: Field, text: str) -> BadDate | None:
    """Return the BadDate that reading `text` raises; None if it raises none, or the field is no date."""
    if field.kind not in ("date", "period") or not text.strip():
        return None
    try:
        read_value(context, field, text)
    except BadDate as error:
        return error
    except BadValue:
        return None
    return None


def _ordered_period(start: str, end: str, raw: Value) -> dict[str, str]:
    """Return the period from `start` to `end`. Raises BadValue if it ends before it begins."""
    width = min(len(start), len(end))  # « 2027 » and « 2027-03 » are compared as far as both go
    if start and end and start[:width] > end[:width]:
        raise BadValue(_("“{value}” ends before it begins").format(value=short(raw)))
    return {"start": start, "end": end}


def _amount(context: ParseContext, field: Field, raw: Value) -> dict[str, str]:
    """Return an amount as it is stored, {"amount": "12000.50", "currency": "CAD"}."""
    text = raw
    if isinstance(raw, Mapping):
        decimal = str(raw.get("amount"))
        text = f"{decimal} {raw.get('currency', 'CAD')}" if _DECIMAL.fullmatch(decimal) else None
    elif isinstance(raw, int) and not isinstance(raw, bool):
        text = str(raw)
    amount = parse_amount(text, context.lang) if isinstance(text, str) else None
    if amount is None and isinstance(text, str) and has_three_decimals(text, context.lang):
        message = _(
            "“{value}” has three decimals, or thousands that are written otherwise here; write $12,000 or $12.50"
        )
        raise BadValue(message.format(value=short(raw)))
    if amount is None:
        raise BadValue(_("“{value}” is not an amount; write $12,000 or 12000 CAD").format(value=short(raw)))
    return {"amount": amount[0], "currency": amount[1]}


def _record(context: ParseContext, field: Field, raw: Value) -> Value:
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


def format_value(context: ParseContext, field: Field, value: Value) -> str:
    """Return a stored value as a person would write it in `context.lang`; `read_value` reads that as the same value."""
    if value is None:
        return ""
    if isinstance(value, Mapping) and "typed" in value:
        return str(value["typed"])
    return _WRITERS.get(field.kind, _as_it_is)(context, field, value)


def _as_it_is(context: ParseContext, field: Field, value: Value) -> str:
    return value if isinstance(value, str) else str(value)


_WRITERS: dict[str, Callable[[ParseContext, Field, Any], str]] = {
    "choice": lambda context, field, value: context.guide.choice(field.choices, value, context.lang),
    "flag": lambda context, field, value: _("yes") if value else _("no"),
    "date": lambda context, field, value: format_date(str(value), context.lang),
    "period": lambda context, field, value: format_period(value.get("start", ""), value.get("end", ""), context.lang),
    "amount": lambda context, field, value: format_amount(value["amount"], value["currency"], context.lang),
    "partner": write_partner,
    "partners": write_partners,
    "someone": write_someone,
    "someones": write_someones,
}


def parse_error(context: ParseContext, field: Field, text: str) -> str:
    """Return in words why a typed text is not understood; "" if it is."""
    if field.addresses:
        return address_error(text)
    if field.kind in TEXT_KINDS or not text.strip():
        return ""
    try:
        read_value(context, field, text)
    except BadValue as error:
        return str(error)
    return ""


def address_error(text: str) -> str:
    """Return in words why a text has no e-mail address, or one that no mail program accepts; "" if it is fine."""
    unreadable = read_addresses(text).unreadable
    if not unreadable:
        return ""
    return _("“{text}” is no e-mail address: write it as in name@example.ca, without accents before the @.").format(
        text=unreadable[0]
    )


def unparsed_text(value: Value) -> str:
    """Return the typed text of a value that was not understood; "" for a value that was."""
    return str(value["typed"]) if isinstance(value, Mapping) and "typed" in value else ""


def unparsed_fields(guide: Guide, partnership: Partnership) -> Iterator[tuple[Entry, Field, str]]:
    """Yield (entry, field, typed text) for each field without privacy whose text was not understood."""
    for entry in partnership.entries.values():
        question = guide.by_id.get(entry.question)
        part = question.part(entry.part) if question is not None and entry.is_in_use else None
        for field in part.fields if part is not None else ():
            text = unparsed_text(entry.get(field.id))
            if text and not field.private:
                yield entry, field, text
