"""The lines of a history as documents: long texts as differences, whole again, and which of them may lie far away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from tui.store.records import Table, is_revision
from tui.store.sealed_bytes import ENCODER, Document

OPEN_LIMIT: Final = 256 * 1024  # letters in the open file before its older lines are closed
STAYING: Final = 128 * 1024  # letters of the newest lines that stay near
LONGEST_STAYING: Final = 16 * 1024 * 1024  # letters of one line: while somebody types in a long text, it is prolonged
LONG: Final = 2000  # letters of a text that is kept as its difference from the text before it
_DEPTH: Final = 12  # how often what changed is halved: 4,096 places in one text
_ANCHOR: Final = 48  # letters that are looked for in the text before
_NEAR: Final = 400  # letters around their own place where they are looked for first
_PIECE: Final = 16  # letters that a piece takes beside its text
_LINE: Final = 200  # letters of a line beside its texts

Piece = str | list[int]  # letters of its own, or the part of the text before from one place to another
Slot = tuple[object, object]  # entry, cell
Known = dict[Slot, tuple[object, str]]  # the revision of the last line of a cell, and the text it ended with


def common_length(text: str, other: str) -> int:
    """Return how many characters two texts begin with in common; by halves, for a text may have a million."""
    least, most = 0, min(len(text), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if text[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def compact(document: Document, known: Known) -> Document:
    """Return the line with its long texts as differences, where these are shorter; `known` is brought up to date.

    `new_from` makes the text `new` of `value`: a list of pieces. `value_from` makes `value` of the text that the cell's
    line before it ended with: the revision of that line, then the pieces.
    """
    made = dict(document)
    value, new = document.get("value"), document.get("new")
    slot = _slot(document)
    if isinstance(value, str) and slot in known:
        rev, text = known[slot]
        if (difference := _difference(text, value)) is not None:
            del made["value"]
            made["value_from"] = [rev, *difference]
    difference = _difference(value, new) if isinstance(value, str) and isinstance(new, str) else None
    if difference is not None:
        del made["new"]
        made["new_from"] = difference
    remember(document, new, known)
    return made


def whole(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield the lines, in their order, with their texts as they were.

    One whose text cannot be made up stays as it is.
    """
    known: Known = {}
    for document in documents:
        made = document
        if is_compact(document):
            made = _made_whole(document, known)
        remember(made, made.get("new"), known)
        yield made


def is_compact(document: Document) -> bool:
    """Return whether a text of this line is kept as a difference."""
    return "value_from" in document or "new_from" in document


def unfolded_length(documents: Iterable[Document]) -> int:
    """How many letters the texts of these lines have together once each is whole, by what their differences say."""
    total = 0
    for document in documents:
        for name in ("value", "new", "value_from", "new_from"):
            text = document.get(name)
            for piece in text if isinstance(text, list) else (text,):
                if isinstance(piece, str):
                    total += len(piece)
                elif isinstance(piece, list) and len(piece) == 2 and is_revision(piece[0]) and is_revision(piece[1]):
                    total += max(piece[1] - piece[0], 0)
    return total


def _made_whole(document: Document, known: Known) -> Document:
    made = dict(document)
    if isinstance(difference := document.get("value_from"), list) and difference:
        rev, text = known.get(_slot(document), (None, ""))
        value = _applied(text, difference[1:]) if rev == difference[0] else None
        if value is None:
            return document
        del made["value_from"]
        made["value"] = value
    if isinstance(difference := document.get("new_from"), list):
        new = _applied(value, difference) if isinstance(value := made.get("value"), str) else None
        if new is None:
            return document
        del made["new_from"]
        made["new"] = new
    return made


def _difference(base: str, text: str) -> list[Piece] | None:
    """Return what makes `text` of `base`; None for a short text, and where that is not much shorter."""
    if len(text) < LONG:
        return None
    pieces = list(_pieces(base, text, 0, len(base), _DEPTH))
    return None if 2 * sum(len(piece) + _PIECE for piece in pieces) > len(text) else pieces


def _pieces(base: str, text: str, start: int, end: int, depth: int) -> Iterator[Piece]:
    """`text` as letters of its own and parts of `base` between `start` and `end`.

    What both begin and end with is a part; between these a few letters from the middle are looked for, and the text
    before them and behind them is taken in the same way. Changes in several places so cost what each of them says.
    """
    head = common_length(base[start:end], text)
    if head:
        yield [start, start + head]
    start, text = start + head, text[head:]
    tail = common_length(base[start:end][::-1], text[::-1])
    middle, end = text[: len(text) - tail], end - tail
    split, at = _shared_place(base, middle, start, end) if depth else (0, -1)
    if at >= 0:
        yield from _pieces(base, middle[:split], start, at, depth - 1)
        yield from _pieces(base, middle[split:], at, end, depth - 1)
    elif middle:
        yield middle
    if tail:
        yield [end, end + tail]


def _shared_place(base: str, text: str, start: int, end: int) -> tuple[int, int]:
    """A place in the text and one in `base`, between two places, where the same letters stand; (0, -1) if none is met.

    It is looked for in the middle, then in the middle of either half, each as near to where it would be in a text that
    did not grow as can be.
    """
    if len(text) > 2 * _ANCHOR:
        for split in (len(text) // 2, len(text) // 4, len(text) * 3 // 4):
            anchor, place = text[split : split + _ANCHOR], start + split
            before = base.rfind(anchor, max(start, place - _NEAR), min(end, place + _ANCHOR))
            behind = base.find(anchor, max(start, place), min(end, place + _NEAR))
            near = [at for at in (before, behind) if at >= 0]
            at = min(near, key=lambda at: abs(at - place)) if near else base.find(anchor, start, end)
            if at >= 0:
                return split, at
    return 0, -1


def _applied(base: str, pieces: list[object]) -> str | None:
    """Return the text that a difference makes of `base`; None for what is no difference of it."""
    made: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            made.append(piece)
        elif isinstance(piece, list) and len(piece) == 2 and is_revision(piece[0]) and is_revision(piece[1]):
            made.append(base[piece[0] : piece[1]])
        else:
            return None
    return made[0] if len(made) == 1 else "".join(made)


def _slot(document: Document) -> Slot:
    return document.get("entry"), document.get("cell")


def remember(document: Document, new: object, known: Known) -> None:
    slot = _slot(document)
    if not all(isinstance(part, str) for part in slot):
        return
    if isinstance(new, str) and len(new) >= LONG:
        known[slot] = document.get("rev"), new
    else:
        known.pop(slot, None)


# -- what goes and what stays ------------------------------------------------------------------------------------------


def near_and_far(table: Table) -> tuple[Table, list[Document]]:
    """Return the lines that stay in the open file, and the older ones, in their order, that go to a closed one.

    None go before there are `OPEN_LIMIT` letters; then the newest stay. A line that is kept as a difference always
    goes, and all before it, since its text is made up from theirs.
    """
    weights = {number: weight(document) for number, document in table.items()}
    last_compact = max((int(number) for number, document in table.items() if is_compact(document)), default=-1)
    if last_compact < 0 and sum(weights.values()) <= OPEN_LIMIT:
        return table, []
    stays: set[str] = set()
    room = STAYING
    for number in sorted(table, key=int, reverse=True):
        room -= weights[number]
        if int(number) <= last_compact or (room < 0 and (stays or weights[number] > LONGEST_STAYING)):
            break
        stays.add(number)
    near = {number: document for number, document in table.items() if number in stays}
    return near, [table[number] for number in sorted(table, key=int) if number not in stays]


def weight(document: Document) -> int:
    """About how many letters a line takes."""
    return _LINE + sum(_length(document.get(name)) for name in ("value", "new", "value_from", "new_from"))


def _length(value: object) -> int:
    if value is None or isinstance(value, (bool, int)):
        return 0
    return len(value) if isinstance(value, str) else len(ENCODER.encode(value))
