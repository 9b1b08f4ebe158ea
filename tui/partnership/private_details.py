"""Finds private details in public texts: people's e-mail addresses and telephone numbers, withheld addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.partnership.partners import PEOPLE, WHO, partners
from tui.partnership.values import Partnership
from tui.text.name_matching import fold, words_of

# An e-mail address; and seven digits or more with any usual signs between them: « 418 555-0199 ».
_MAIL = re.compile(r"[^\s<>,;:()«»“”\"]+@[^\s<>,;:()«»“”\"]+")
_TELEPHONE = re.compile(r"\d(?:[\s.()/\-\u2010-\u2014]*\d){6,}")
_LOCAL_DIGITS = 10  # a North American number without the country code 1


def private_details(partnership: Partnership) -> tuple[str, ...]:
    """Return the private details as typed, each once, without those of people who agreed to be listed as contacts."""
    values = []
    for row in partnership.rows(WHO, PEOPLE):
        if not row.get("listed"):
            values += [row.get("email"), row.get("phone")]
    for partner in partners(partnership):
        if partner.entry.get("address_withheld"):
            values += [partner.entry.get(f"address@{lang}") for lang in ("fr", "en")]
    return tuple(dict.fromkeys(text.strip() for text in values if isinstance(text, str) and text.strip()))


def details_in(details: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return those of the details that `text` contains, however they are written there."""
    if not details or not any(char == "@" or char.isdigit() for char in text):
        return ()
    numbers_and_mails = frozenset(_normal_forms(text))
    words = f" {' '.join(words_of(text))} "

    def is_in_text(detail: str) -> bool:
        street = _street(detail)
        return not numbers_and_mails.isdisjoint(_normal_forms(detail)) or bool(street and f" {street} " in words)

    return tuple(filter(is_in_text, details))


def _normal_forms(text: str) -> Iterator[str]:
    """Yield the e-mail addresses of a text in lower case, and its telephone numbers as digits alone."""
    yield from (fold(written).rstrip(".") for written in _MAIL.findall(text))
    for written in _TELEPHONE.findall(text):
        digits = re.sub(r"\D", "", written)
        yield digits[1:] if len(digits) == _LOCAL_DIGITS + 1 and digits[0] == "1" else digits


def _street(detail: str) -> str:
    """Return number and street of an address, without the town: « 48 avenue des erables »; "" if it has no number."""
    parts = [" ".join(words_of(part)) for part in re.split(r"[,\n]", detail)]
    street = " ".join(parts[:2]) if parts[0].isdigit() else parts[0]
    return street if " " in street and street[0].isdigit() else ""
