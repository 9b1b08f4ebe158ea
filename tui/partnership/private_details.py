"""The private details that a public text must not tell: people's mail addresses and telephones, withheld addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.partnership.partners import PEOPLE, WHO, partners
from tui.partnership.values import Partnership
from tui.text.name_matching import fold, words_of

_MAIL = re.compile(r"[^\s<>,;:()«»“”\"]+@[^\s<>,;:()«»“”\"]+")
_TELEPHONE = re.compile(r"\d(?:[\s.()/\-\u2010-\u2014]*\d){6,}")
_LOCAL_DIGITS = 10  # of a North American number without its country code


def private_details(partnership: Partnership) -> tuple[str, ...]:
    """Return them as they were typed, each once; those of who agreed to appear among the contacts are left out."""
    found = []
    for row in partnership.rows(WHO, PEOPLE):
        if not row.get("listed"):
            found += [row.get("email"), row.get("phone")]
    for partner in partners(partnership):
        if partner.entry.get("address_withheld"):
            found += [partner.entry.get(f"address@{lang}") for lang in ("fr", "en")]
    return tuple(dict.fromkeys(text.strip() for text in found if isinstance(text, str) and text.strip()))


def details_told(details: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return those of the details that stand in `text`, however they are written there."""
    if not details or not any(char == "@" or char.isdigit() for char in text):
        return ()
    told = frozenset(_marks(text))
    words = f" {' '.join(words_of(text))} "
    return tuple(
        detail for detail in details
        if not told.isdisjoint(_marks(detail)) or ((street := _street(detail)) and f" {street} " in words)
    )  # fmt: skip


def _marks(text: str) -> Iterator[str]:
    """Yield the mail addresses and the telephones of a text, each in one way of writing."""
    yield from (fold(found).rstrip(".") for found in _MAIL.findall(text))
    for found in _TELEPHONE.findall(text):
        digits = re.sub(r"\D", "", found)
        yield digits[1:] if len(digits) == _LOCAL_DIGITS + 1 and digits[0] == "1" else digits


def _street(detail: str) -> str:
    """The number and street of an address, without the town: « 48 avenue des erables »; "" for what has no number."""
    parts = [" ".join(words_of(part)) for part in re.split(r"[,\n]", detail)]
    street = " ".join(parts[:2]) if parts[0].isdigit() else parts[0]
    return street if " " in street and street[0].isdigit() else ""
