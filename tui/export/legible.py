"""The agreement without the characters no document may hold: controls, bidi overrides, broken surrogates."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from tui.agreement.blocks import Agreement
from tui.words import ngettext

# XML 1.0 § 2.2 (Char) leaves out the C0 controls, surrogates and U+FFFE/F; the C1 controls, noncharacters and the
# bidi marks that reorder the text around them (UAX #9 § 2) would hide or forge words in a signed document.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_BREAKS = re.compile("[ \u00a0]*[\t-\r\x1c-\x1f\x85\u2028\u2029]+[ \u00a0]*")


def map_text(value: Any, change: Callable[[str], str]) -> Any:
    """Return `value` (a frozen dataclass, a tuple, a text or else) with `change` applied to each text inside it."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        mapped = tuple(map_text(one, change) for one in value)
        return value if all(a is b for a, b in zip(mapped, value, strict=True)) else mapped
    changed = {}
    for name in _names(value.__class__):
        old = getattr(value, name)
        new = map_text(old, change)
        if new is not old:
            changed[name] = new
    return replace(value, **changed) if changed else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the fields that may hold words; where a line comes from is never written in a file."""
    return tuple(field.name for field in fields(kind) if field.name != "origin") if is_dataclass(kind) else ()


def legible(agreement: Agreement) -> tuple[Agreement, tuple[str, ...]]:
    """Return the agreement that every writer may trust, and the warnings: none when nothing but line breaks changed.

    A hard break, the text "\\n" alone, stays; any other line break or tab becomes one space.
    """
    removed = 0

    def change(text: str) -> str:
        nonlocal removed
        if text.isprintable() or text == "\n":
            return text
        kept, count = _ILLEGAL.subn("", text)
        removed += count
        return _BREAKS.sub(" ", kept)

    clean: Agreement = map_text(agreement, change)
    if not removed:
        return clean, ()
    message = ngettext(
        "{count} invisible or invalid character was left out.",
        "{count} invisible or invalid characters were left out.",
        removed,
    )
    return clean, (message.format(count=removed),)
