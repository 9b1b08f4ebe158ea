"""What stands in the PDF for letters that none of its fonts can draw."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import groupby

from tui.export.long_words import JOINERS

# Signs that fonts of text do have in a plainer form.
_PLAINER = str.maketrans({"✅": "✓", "✔": "✓", "❌": "✗", "✖": "✗", "⭐": "★", "🌟": "★", "❤": "♥", "➡": "→", "⬅": "←"})
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def missing_in(diagnostic: str) -> set[str]:
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


def replaced(text: str, missing: Collection[str]) -> str:
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
