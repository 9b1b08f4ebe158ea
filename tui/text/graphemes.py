"""Characters as people see them: grapheme clusters (Unicode, UAX #29), counted in columns of code points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

# Letters and signs each of which is a character by itself beside others of these: Latin, Greek, Cyrillic, punctuation,
# currency, symbols, syllabics, Chinese. Most texts hold no others: then each code point is a character.
all_single = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0560\u1400-\u167f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2100-\u2bff\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\u3400-\u9fff]*"
).fullmatch

_LETTERS = ("Lu", "Ll", "Lt", "Lo")
_MARKS = "\u0e33\u0eb3"  # of the letters, the ones that join what is before them (Thai and Lao AM)


def cluster_at(text: str, column: int) -> tuple[int, int]:
    """Return where the character begins and ends that `column` lies inside of; (column, column) between two."""
    if column <= 0 or column >= len(text) or all_single(text[column - 1 : column + 1]):
        return column, column
    start, end = _around(text, column)
    return (start, end) if start < column else (column, column)


def column_after(text: str, column: int) -> int:
    """Return the column behind the character at `column`, which lies before or inside of it."""
    if column + 1 >= len(text) or all_single(text[column : column + 2]):
        return min(column + 1, len(text))
    return _around(text, column)[1]


def column_before(text: str, column: int) -> int:
    """Return the column before the character that ends at `column`, or that it lies inside of."""
    if column <= 1 or all_single(text[column - 2 : column]):
        return max(column - 1, 0)
    return _around(text, column - 1)[0]


def _around(text: str, column: int) -> tuple[int, int]:
    """Return where the character begins and ends that holds the code point at `column`."""
    from wcwidth import iter_graphemes  # loads slowly, and is seldom needed

    end = column
    while end and not _parts(text, end):
        end -= 1
    for grapheme in iter_graphemes(text, end):
        start, end = end, end + len(grapheme)
        if end > column:
            return start, end
    return column, column


def _parts(text: str, column: int) -> bool:
    """Return whether two characters part at `column`, known at a glance; False may mean anything."""
    before, after = text[column - 1], text[column]
    return bool(all_single(before + after)) or (before == " " and category(after) in _LETTERS and after not in _MARKS)


def characters(text: str) -> Iterator[str]:
    """Give the characters of a text one by one."""
    if all_single(text):
        yield from text
        return
    from wcwidth import iter_graphemes

    yield from iter_graphemes(text)
