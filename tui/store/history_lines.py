"""The lines of a history as documents: how long texts are folded and unfolded, and which lines stay near.

A line is folded if one of its texts is stored as its difference from an earlier text. Only far lines are folded: those
in closed files (`closed_history`). Near lines lie in the open file, which each save writes. All lengths are in
characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeGuard

from tui.store.records import Table, is_revision
from tui.store.sealed_bytes import ENCODER, Document

OPEN_FILE_CHARACTERS: Final = 256 * 1024  # if the open file holds more, its older lines go to a closed one
NEAR_CHARACTERS: Final = 128 * 1024  # the newest lines up to this length then stay in the open file
LONGEST_NEAR_LINE_CHARACTERS: Final = 16 * 1024 * 1024  # up to it the newest line stays in any case: typing may go on
FOLDED_TEXT_CHARACTERS: Final = 2000  # texts of this length or more are folded
_HALVINGS: Final = 12  # how often a changed text is split in two: enough for 4,096 changed places in one text
_ANCHOR_CHARACTERS: Final = 48  # an anchor is a part of the new text that is searched in the earlier one
_SEARCH_CHARACTERS: Final = 400  # it is searched first at most so far from the offset where it is expected
_PIECE_CHARACTERS: Final = 16  # what a piece takes in the file besides its text, about
_LINE_CHARACTERS: Final = 200  # what a line takes in the file besides its texts, about

Piece = str | list[int]  # new words, or [start, end] of a part of the earlier text
Slot = tuple[object, object]  # entry id, cell key
LastTexts = dict[Slot, tuple[object, str]]  # cell → (revision of its last line, the text that line ended with)


def common_length(text: str, other: str) -> int:
    """Return the length of the common beginning of two texts, by bisection: a text may have a million characters."""
    least, most = 0, min(len(text), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if text[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def fold_line(document: Document, last_texts: LastTexts) -> Document:
    """Return the line with its long texts folded to differences, if these are shorter; `last_texts` is updated.

    The key `new` is replaced by `new_from`: the pieces that make that text from `value`. The key `value` is replaced by
    `value_from`: the revision of the cell's previous line, then the pieces that make `value` from the text with which
    that line ended.
    """
    folded = dict(document)
    value, new = document.get("value"), document.get("new")
    slot = _slot(document)
    if isinstance(value, str) and slot in last_texts:
        rev, text = last_texts[slot]
        if (difference := _difference(text, value)) is not None:
            del folded["value"]
            folded["value_from"] = [rev, *difference]
    difference = _difference(value, new) if isinstance(value, str) and isinstance(new, str) else None
    if difference is not None:
        del folded["new"]
        folded["new_from"] = difference
    remember_last_text(document, new, last_texts)
    return folded


def unfold_lines(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield the lines, in their order, with their texts in full.

    A line whose text cannot be restored, because the line it depends on is missing, is yielded folded.
    """
    last_texts: LastTexts = {}
    for document in documents:
        unfolded = document
        if is_folded(document):
            unfolded = _unfold_line(document, last_texts)
        remember_last_text(unfolded, unfolded.get("new"), last_texts)
        yield unfolded


def is_folded(document: Document) -> bool:
    """Return whether a text of this line is stored as a difference."""
    return "value_from" in document or "new_from" in document


def unfolded_length(documents: Iterable[Document]) -> int:
    """Return how many characters the texts of these lines have once unfolded, computed without unfolding them."""
    total = 0
    for document in documents:
        for name in ("value", "new", "value_from", "new_from"):
            text = document.get(name)
            for piece in text if isinstance(text, list) else (text,):
                if isinstance(piece, str):
                    total += len(piece)
                elif _is_part(piece):
                    total += max(piece[1] - piece[0], 0)
    return total


def _is_part(piece: object) -> TypeGuard[list[int]]:
    """Return whether a piece is a part of the earlier text: [start, end], two numbers from 0 up."""
    return isinstance(piece, list) and len(piece) == 2 and all(map(is_revision, piece))


def _unfold_line(document: Document, last_texts: LastTexts) -> Document:
    """Return the line with both texts in full; the folded line itself if one of them cannot be restored."""
    new_document = dict(document)
    if isinstance(difference := document.get("value_from"), list) and difference:
        rev, text = last_texts.get(_slot(document), (None, ""))
        value = _apply_difference(text, difference[1:]) if rev == difference[0] else None
        if value is None:
            return document
        del new_document["value_from"]
        new_document["value"] = value
    if isinstance(difference := document.get("new_from"), list):
        new = _apply_difference(value, difference) if isinstance(value := new_document.get("value"), str) else None
        if new is None:
            return document
        del new_document["new_from"]
        new_document["new"] = new
    return new_document


def _difference(base: str, text: str) -> list[Piece] | None:
    """Return the pieces that make `text` from `base`; None for a short text, or if they save less than half of it."""
    if len(text) < FOLDED_TEXT_CHARACTERS:
        return None
    pieces = list(_split_into_pieces(base, text, 0, len(base), _HALVINGS))
    return None if 2 * sum(len(piece) + _PIECE_CHARACTERS for piece in pieces) > len(text) else pieces


def _split_into_pieces(base: str, text: str, start: int, end: int, depth: int) -> Iterator[Piece]:
    """Yield `text` as pieces: new words, and parts of `base` between `start` and `end`.

    The common beginning and the common end become parts. Of the text between them an anchor is searched in `base`; what
    lies before and after it is split in the same way, at most `depth` levels deep. So changes in several places take
    only the room of the new words.
    """
    head = common_length(base[start:end], text)
    if head:
        yield [start, start + head]
    start, text = start + head, text[head:]
    tail = common_length(base[start:end][::-1], text[::-1])
    middle, end = text[: len(text) - tail], end - tail
    split, at = _find_anchor(base, middle, start, end) if depth else (0, -1)
    if at >= 0:
        yield from _split_into_pieces(base, middle[:split], start, at, depth - 1)
        yield from _split_into_pieces(base, middle[split:], at, end, depth - 1)
    elif middle:
        yield middle
    if tail:
        yield [end, end + tail]


def _find_anchor(base: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Return an offset in `text` and one in `base`, between `start` and `end`, where an anchor stands in both.

    (0, -1) if none is found. The anchor is taken from the middle of the text, then from the middle of each half. Of
    several places in `base` the nearest to the expected one counts, because most edits hardly move what follows them.
    """
    if len(text) > 2 * _ANCHOR_CHARACTERS:
        for split in (len(text) // 2, len(text) // 4, len(text) * 3 // 4):
            anchor, expected = text[split : split + _ANCHOR_CHARACTERS], start + split
            before = base.rfind(
                anchor, max(start, expected - _SEARCH_CHARACTERS), min(end, expected + _ANCHOR_CHARACTERS)
            )
            after = base.find(anchor, max(start, expected), min(end, expected + _SEARCH_CHARACTERS))
            near = [at for at in (before, after) if at >= 0]
            at = min(near, key=lambda at: abs(at - expected)) if near else base.find(anchor, start, end)
            if at >= 0:
                return split, at
    return 0, -1


def _apply_difference(base: str, pieces: list[object]) -> str | None:
    """Return the text that the pieces of a difference make from `base`; None if one of them is no piece."""
    parts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(piece)
        elif _is_part(piece):
            parts.append(base[piece[0] : piece[1]])
        else:
            return None
    return parts[0] if len(parts) == 1 else "".join(parts)


def _slot(document: Document) -> Slot:
    return document.get("entry"), document.get("cell")


def remember_last_text(document: Document, new: object, last_texts: LastTexts) -> None:
    """Note in `last_texts` that the last line of this cell ended with the text `new`, or forget it if `new` is short.

    Short texts are not kept, because no difference is ever made from them.
    """
    slot = _slot(document)
    if not all(isinstance(part, str) for part in slot):
        return
    if isinstance(new, str) and len(new) >= FOLDED_TEXT_CHARACTERS:
        last_texts[slot] = document.get("rev"), new
    else:
        last_texts.pop(slot, None)


# -- near and far lines ------------------------------------------------------------------------------------------------


def near_and_far(table: Table) -> tuple[Table, list[Document]]:
    """Return the lines that stay in the open file, and the older ones, in their order, that go to a closed one.

    None go while all of them have at most OPEN_FILE_CHARACTERS; else only the newest NEAR_CHARACTERS stay. A folded
    line, which an import can bring, always goes with all lines before it, since its text is restored from theirs.
    """
    weights = {number: line_length(document) for number, document in table.items()}
    last_folded = max((int(number) for number, document in table.items() if is_folded(document)), default=-1)
    if last_folded < 0 and sum(weights.values()) <= OPEN_FILE_CHARACTERS:
        return table, []
    stays: set[str] = set()
    room_left = NEAR_CHARACTERS
    for number in sorted(table, key=int, reverse=True):
        room_left -= weights[number]
        too_long = room_left < 0 and (stays or weights[number] > LONGEST_NEAR_LINE_CHARACTERS)
        if int(number) <= last_folded or too_long:
            break
        stays.add(number)
    near = {number: document for number, document in table.items() if number in stays}
    return near, [table[number] for number in sorted(table, key=int) if number not in stays]


def line_length(document: Document) -> int:
    """Return how many characters a line takes in a file, about."""
    return _LINE_CHARACTERS + sum(
        _value_length(document.get(name)) for name in ("value", "new", "value_from", "new_from")
    )


def _value_length(value: object) -> int:
    if value is None or isinstance(value, (bool, int)):
        return 0
    return len(value) if isinstance(value, str) else len(ENCODER.encode(value))
