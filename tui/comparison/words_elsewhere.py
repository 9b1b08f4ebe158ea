"""Finds what only seems to be gone or new: its words stand elsewhere in the returned text, so no field can take it.

A table that was made into paragraphs, two items whose texts were exchanged, a column put before another: the words are
all there still, and what looks like a removed row or a rewritten cell is neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from tui.comparison.returned_lines import OriginalLine, ReturnedLine
from tui.text.word_diff import find_words, word_keys

Words = tuple[str, ...]
Line = TypeVar("Line", OriginalLine, ReturnedLine)


def stand_elsewhere(parts: Sequence[str], added: Sequence[str]) -> bool:
    """Return whether all words of removed cells, or of one removed line, stand in texts that were added.

    The words of a cell stand together, in their order; cells without words do not count.
    """
    texts = [_folded(text) for text in added]
    wanted = [words for part in parts if (words := _folded(part))]
    return bool(wanted) and all(any(find_words(words, text) >= 0 for text in texts) for words in wanted)


def taken_from_another(now: str, lost: Sequence[OriginalLine], own: OriginalLine) -> bool:
    """Return whether a line reads now as another line of ours did, which lost those words."""
    words = _folded(now)
    return bool(words) and any(_folded(line.text) == words for line in lost if line is not own)


def in_our_columns(ours: Sequence[OriginalLine], theirs: Sequence[ReturnedLine]) -> list[ReturnedLine]:
    """Return their lines; in a table whose columns were put in another order the cells are in the order of ours.

    The heads of the columns tell the order; they stay as they came back, so that the new order is seen.
    """
    heads = {words for row in _rows(ours) if (words := _head(row)) is not None}
    lines: list[ReturnedLine] = []
    order: list[int] = []  # of the table being read: the place of each of our columns in theirs; [] for the same order
    for row in _rows(theirs):
        if not row[0].row:
            order = []
            lines += row
            continue
        texts = tuple(_folded(line.text) for line in row)
        our_head = next((head for head in heads if sorted(head) == sorted(texts)), None)
        if our_head is not None:
            order = [texts.index(words) for words in our_head] if our_head != texts else []
            lines += row
        elif len(order) == len(row):
            lines += (row[at] for at in order)
        else:
            lines += row
    return lines


def _rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines that stand together: the cells of one row, or one line outside of tables."""
    row: list[Line] = []
    for line in lines:
        if row and (not line.row or line.row != row[0].row):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _head(row: Sequence[OriginalLine]) -> tuple[Words, ...] | None:
    """Return the words of the heads of the columns, if the row is that of the heads, each with words of its own."""
    texts = tuple(_folded(line.text) for line in row)
    is_head = (
        len(row) > 1 and any(line.cell for line in row) and all(line.row and not line.origin.entry for line in row)
    )
    return texts if is_head and len(set(texts)) == len(texts) and all(texts) else None


def _folded(text: str) -> Words:
    return tuple(word.casefold() for word in word_keys(text))
