"""Where a very long word may break, in the formats whose pages and columns have an edge."""

from __future__ import annotations

import re
import unicodedata

JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")  # an emoji and its joiners may not be parted
_LONG = re.compile(r"\S{31,}")
_STRETCH = 24


def breakable(text: str) -> str:
    """Return `text` with U+200B every 24 characters in words longer than 30, so that no line runs off the page."""
    return _LONG.sub(_broken, text)


def _broken(found: re.Match[str]) -> str:
    pieces, since = [], 0
    for letter in found[0]:
        if since >= _STRETCH and letter not in JOINERS and not unicodedata.combining(letter):
            pieces.append("\u200b")
            since = 0
        pieces.append(letter)
        since += 1
    return "".join(pieces)
