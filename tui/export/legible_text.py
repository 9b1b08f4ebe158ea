"""The agreement without characters that no document may hold or no font can draw, and what stands for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any, TypeVar

from tui.export.page_layout import JOINERS
from tui.i18n import ngettext
from tui.text.typography import held_together

Told = TypeVar("Told")

# XML 1.0 § 2.2 (Char) leaves out the C0 controls, surrogates and U+FFFE/F; the C1 controls, noncharacters and the
# bidi marks that reorder the text around them (UAX #9 § 2) would hide or forge words in a signed document.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_BREAKS = re.compile("[ \u00a0]*[\t-\r\x1c-\x1f\x85\u2028\u2029]+[ \u00a0]*")


def map_text(value: Any, change: Callable[[Any], Any], kind: type = str) -> Any:
    """Return `value` (a frozen dataclass, a tuple, a text or else) with `change` applied to each text inside it.

    `kind` is what is changed where it is no text, such as each run.
    """
    if isinstance(value, kind):
        return change(value)
    if isinstance(value, tuple):
        mapped = tuple(map_text(item, change, kind) for item in value)
        return value if all(a is b for a, b in zip(mapped, value, strict=True)) else mapped
    changed = {}
    for name in _names(value.__class__):
        old = getattr(value, name)
        new = map_text(old, change, kind)
        if new is not old:
            changed[name] = new
    return replace(value, **changed) if changed else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Return the fields that may hold words; where a line comes from is never written in a file."""
    return tuple(field.name for field in fields(kind) if field.name != "origin") if is_dataclass(kind) else ()


def make_legible(told: Told, *, laid_out: bool = True) -> tuple[Told, tuple[str, ...]]:
    """Return the value that every writer may trust, and the warnings: none when nothing but line breaks changed.

    `told` is an agreement, or another frozen dataclass of texts such as a partner's form.

    A hard break, the text "\\n" alone, stays; any other line break or tab becomes one space. What no line may part is
    held together (`held_together`) for whoever lays the text out; plain text breaks its lines, or is copied as it is.
    """
    removed = 0

    def change(text: str) -> str:
        nonlocal removed
        if text == "\n":
            return text
        if not text.isprintable():
            text, count = _ILLEGAL.subn("", text)
            removed += count
            text = _BREAKS.sub(" ", text)
        return held_together(text) if laid_out else text

    clean: Told = map_text(told, change)
    if not removed:
        return clean, ()
    message = ngettext(
        "{count} invisible or invalid character was left out.",
        "{count} invisible or invalid characters were left out.",
        removed,
    )
    return clean, (message.format(count=removed),)


# Signs that fonts of text do have in a plainer form.
_PLAINER = str.maketrans({"✅": "✓", "✔": "✓", "❌": "✗", "✖": "✗", "⭐": "★", "🌟": "★", "❤": "♥", "➡": "→", "⬅": "←"})
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def undrawable_characters(diagnostic: str) -> set[str]:
    """Return the characters that typst says no font can draw; empty when its message is about something else.

    Of a letter with marks on it only the marks are blamed: were the letter missing too, typst would say so next time,
    and « é » would not be lost everywhere for one odd mark on one of them.
    """
    missing: set[str] = set()
    for found in _MISSING.findall(diagnostic):
        letters = {letter for letter in _ESCAPED.sub(_unescape, found) if not letter.isascii()}
        missing |= {letter for letter in letters if _kind(letter, letters) == "joiner"} or letters
    return missing


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else found[2]


def replace_missing(text: str, missing: Collection[str]) -> str:
    """Return `text` without the `missing` characters: a sign by its name in brackets, letters by their code points.

    « 🙂 » gives « [slightly smiling face] », « 🇨🇦 » gives « [CA] », « 日本 » gives « [U+65E5 U+672C] ».
    """
    if missing and not text.isascii():
        if any(letter in missing for letter in text):
            text = text.translate(_PLAINER)
        pieces = []
        for kind, group in groupby(text, key=lambda letter: _kind(letter, missing)):
            pieces.append(_words(kind, "".join(group)))
        return "".join(pieces) or "…"  # an empty heading would not be PDF/UA-1
    return text


def _kind(letter: str, missing: Collection[str]) -> str:
    if letter not in missing:
        return "joiner" if letter in JOINERS else "drawn"
    if letter in JOINERS or unicodedata.category(letter) in ("Mn", "Me", "Sk", "Cf"):
        return "joiner"
    if "\U0001f1e6" <= letter <= "\U0001f1ff":
        return "flag"
    return "sign" if unicodedata.category(letter).startswith("S") else "letters"


def _words(kind: str, text: str) -> str:
    if kind == "drawn":
        return text
    if kind == "joiner":  # joins or tints signs that are gone
        return ""
    if kind == "flag":
        return "[" + "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in text) + "]"
    if kind == "sign":
        return "".join(f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]" for letter in text)
    return "[" + " ".join(f"U+{ord(letter):04X}" for letter in text) + "]"
