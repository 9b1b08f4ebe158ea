"""Find characters as people see them (grapheme clusters, UAX #29); a column is an index of code points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

# Matches text in which each code point is a character: Latin, Greek, Cyrillic, punctuation, currency, symbols,
# syllabics, Chinese. This holds for most texts.
all_single = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0560\u1400-\u167f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2100-\u2bff\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\u3400-\u9fff]*"
).fullmatch

_LETTERS = ("Lu", "Ll", "Lt", "Lo")
_JOINING_LETTERS = "\u0e33\u0eb3"  # letters that are part of the character before them (Thai and Lao AM)


def cluster_at(text: str, column: int) -> tuple[int, int]:
    """Return (start, end) of the character that `column` is inside of; (column, column) between two characters."""
    if column <= 0 or column >= len(text) or all_single(text[column - 1 : column + 1]):
        return column, column
    start, end = _around(text, column)
    return (start, end) if start < column else (column, column)


def column_after(text: str, column: int) -> int:
    """Return the column after the character that begins at `column`, or that `column` is inside of."""
    if column + 1 >= len(text) or all_single(text[column : column + 2]):
        return min(column + 1, len(text))
    return _around(text, column)[1]


def column_before(text: str, column: int) -> int:
    """Return the column before the character that ends at `column`, or that `column` is inside of."""
    if column <= 1 or all_single(text[column - 2 : column]):
        return max(column - 1, 0)
    return _around(text, column - 1)[0]


def _around(text: str, column: int) -> tuple[int, int]:
    """Return (start, end) of the character that holds the code point at `column`."""
    from wcwidth import iter_graphemes  # loads slowly, and is seldom needed

    end = column
    while end and not _surely_separates(text, end):
        end -= 1
    for grapheme in iter_graphemes(text, end):
        start, end = end, end + len(grapheme)
        if end > column:
            return start, end
    return column, column


def _surely_separates(text: str, column: int) -> bool:
    """Return True where a quick test shows that a character begins at `column`; False where it does not tell."""
    before, after = text[column - 1], text[column]
    return bool(all_single(before + after)) or (
        before == " " and category(after) in _LETTERS and after not in _JOINING_LETTERS
    )


def characters(text: str) -> Iterator[str]:
    """Yield the characters of a text."""
    if all_single(text):
        yield from text
        return
    from wcwidth import iter_graphemes

    yield from iter_graphemes(text)
