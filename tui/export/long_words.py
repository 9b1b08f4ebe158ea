"""Where a line may break and where it may not, in the formats whose pages and columns have an edge."""

from __future__ import annotations

import re
import unicodedata

JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")  # an emoji and its joiners may not be parted
_LONG = re.compile(r"\S{31,}")
_LONG_IN_CELL = re.compile(r"\S{25,}")
_STRETCH, _STRETCH_IN_CELL = 24, 8
# « 14 h 02 », « 6 h par semaine »: a lone « h » at the head of a line is read twice.
_HOURS = re.compile(r"(?<=\d) (?=h\b)|(?<=\d h) (?=\d\d\b)|(?<=\d\u00a0h) (?=\d\d\b)")


def bound(text: str) -> str:
    """Return `text` with the spaces of its hours made no-break ones; on the page they look the same."""
    return _HOURS.sub("\u00a0", text) if " h" in text or "\u00a0h" in text else text


def breakable(text: str, *, in_cell: bool = False) -> str:
    """Return `text` with U+200B inside its very long words, so that no line runs off the page or out of its column.

    That is every 24 characters in words longer than 30; in the cell of a table every 8, in words longer than 24.
    """
    pattern, stretch = (_LONG_IN_CELL, _STRETCH_IN_CELL) if in_cell else (_LONG, _STRETCH)
    return pattern.sub(lambda found: _broken(found[0], stretch), bound(text))


def _broken(word: str, stretch: int) -> str:
    pieces, since = [], 0
    for letter in word:
        if since >= stretch and letter not in JOINERS and not unicodedata.combining(letter):
            pieces.append("\u200b")
            since = 0
        pieces.append(letter)
        since += 1
    return "".join(pieces)
