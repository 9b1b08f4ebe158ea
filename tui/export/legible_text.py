"""Take characters out of an agreement that no document may hold, and replace those that no font of the PDF can draw.

Every writer of a format calls `make_legible` first.
"""

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
from tui.text.typography import hold_together

Value = TypeVar("Value")

# XML 1.0 § 2.2 (Char) leaves out the C0 controls, surrogates and U+FFFE/F; the C1 controls, noncharacters and the
# bidi marks that reorder the text around them (UAX #9 § 2) would hide or forge words in a signed document.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# Line breaks and tabs of all kinds, with the spaces around them.
_BREAKS = re.compile("[ \u00a0]*[\t-\r\x1c-\x1f\x85\u2028\u2029]+[ \u00a0]*")


def map_text(value: Any, change: Callable[[Any], Any], kind: type = str) -> Any:
    """Return `value` (a frozen dataclass, a tuple, a text, or anything else) with `change` applied to each text in it.

    `kind` is the type to change instead of texts, such as `Run`. What does not change is returned as the same object.
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
    """Return the names of a dataclass's fields, but `origin`, which no file shows; () for any other type."""
    return tuple(field.name for field in fields(kind) if field.name != "origin") if is_dataclass(kind) else ()


def make_legible(value: Value, *, laid_out: bool = True) -> tuple[Value, tuple[str, ...]]:
    """Return (`value` with only texts that a document may hold, warnings); no warning when no character was removed.

    `value` is an agreement, or another frozen dataclass of texts such as a partner's form. A hard break, the text
    "\\n" alone, stays; any other line break or tab becomes one space. With `laid_out`, words that belong on one line
    (« 10 $ ») get no-break spaces (`hold_together`); plain text goes without.
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
        return hold_together(text) if laid_out else text

    clean: Value = map_text(value, change)
    if not removed:
        return clean, ()
    message = ngettext(
        "{count} invisible or invalid character was left out.",
        "{count} invisible or invalid characters were left out.",
        removed,
    )
    return clean, (message.format(count=removed),)


# Signs of which ordinary fonts have a plainer form.
_PLAINER = str.maketrans({"✅": "✓", "✔": "✓", "❌": "✗", "✖": "✗", "⭐": "★", "🌟": "★", "❤": "♥", "➡": "→", "⬅": "←"})
# Of typst's message: the text `"日\u{301}"` could not be displayed.
_UNDRAWABLE = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def undrawable_characters(diagnostic: str) -> set[str]:
    """Return the characters that no font can draw, by typst's message; empty when it is about something else.

    Of a letter with marks only the marks are returned: if the letter is missing too, typst says so at the next try.
    Otherwise one odd mark on one « é » would replace every « é ».
    """
    missing: set[str] = set()
    for quoted_text in _UNDRAWABLE.findall(diagnostic):
        letters = {letter for letter in _ESCAPED.sub(_unescape, quoted_text) if not letter.isascii()}
        missing |= {letter for letter in letters if _kind(letter, letters) == "joiner"} or letters
    return missing


def _unescape(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else escape[2]


def replace_missing(text: str, missing: Collection[str]) -> str:
    """Return `text` with its `missing` characters replaced: a sign by its name, letters by their code points.

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
    """Return "drawn" for a character that is not missing, else what it is: "flag", "sign" or "letters".

    "joiner" is a character without a shape of its own: a joiner, missing or not, or a missing mark or modifier.
    """
    if letter not in missing:
        return "joiner" if letter in JOINERS else "drawn"
    if letter in JOINERS or unicodedata.category(letter) in ("Mn", "Me", "Sk", "Cf"):
        return "joiner"
    if "\U0001f1e6" <= letter <= "\U0001f1ff":
        return "flag"
    return "sign" if unicodedata.category(letter).startswith("S") else "letters"


def _words(kind: str, text: str) -> str:
    """Return what replaces characters of one kind, as `_kind` names it."""
    if kind == "drawn":
        return text
    if kind == "joiner":  # what it joined or coloured is replaced too
        return ""
    if kind == "flag":
        return "[" + "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in text) + "]"
    if kind == "sign":
        return "".join(f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]" for letter in text)
    return "[" + " ".join(f"U+{ord(letter):04X}" for letter in text) + "]"
