"""What cells held before: one entry for each stretch of typing, and nothing that somebody wrote ever goes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from tui.partnership.value_types import ValueTypes
from tui.partnership.values import Conflict, HistoryEntry
from tui.store.history_lines import common_length, whole
from tui.store.records import Table, added, cleaned, document_of, free_numbers, in_order, is_revision, record_of
from tui.store.sealed_bytes import ENCODER, Document

STRETCH: Final = 60.0  # seconds between two saves of one stretch of typing
SLIP: Final = 24  # characters that may be typed and deleted again within a stretch without being kept
_WHOLE: Final = "whole"  # of a document: its text was acknowledged, so no later change may take its place


def pasts(table: Table, types: ValueTypes, *, private: bool) -> list[HistoryEntry]:
    """Return the history of a table, oldest first; documents that are no history are left out."""
    return list(told(whole(in_order(table)), types, private=private))


def told(documents: Iterable[Document], types: ValueTypes, *, private: bool) -> Iterator[HistoryEntry]:
    """Yield the history that whole lines tell, in their order; documents that are no history are left out."""
    for document in documents:
        past = record_of(HistoryEntry, cleaned(document), private=private)
        if past is not None and _fits(types, past):
            yield past


def _fits(types: ValueTypes, past: HistoryEntry) -> bool:
    """Return whether both texts of a line of the history are of the type of their cell."""
    return all(types.fits(past.question, past.part, past.cell, item) for item in (past.value, past.new))


def deleted(before: object, after: object) -> int | None:
    """How many characters of `before` are gone in `after`, all at one place; None for anything but an edited text.

    An edited text keeps at least three quarters of what stood.
    """
    if not (isinstance(before, str) and isinstance(after, str)):
        return None
    head = common_length(before, after)
    tail = common_length(before[head:][::-1], after[head:][::-1])
    gone = len(before) - head - tail
    return gone if gone * 4 <= len(before) else None


def with_pasts(table: Table, news: Iterable[HistoryEntry], author: str, *, typing: bool = False) -> Table:
    """Return the table with these changes at its end.

    While somebody is `typing`, a change that goes on the author's last stretch prolongs that one. What a program or a
    prompt was told to be saved is a step of its own, and is never prolonged.

    A stretch is one author's typing in one cell, each save within STRETCH of the one before, that lets no more than
    SLIP characters fall: what was typed and then taken out or replaced beyond that is kept as a step of its own.
    """
    made = dict(table)
    last = {(str(doc.get("entry")), str(doc.get("cell"))): number for number, doc in made.items()}
    numbers = free_numbers(table)
    for past in news:
        slot = (past.entry, past.cell)
        document = {**document_of(past), "author": author}
        if not typing and isinstance(past.new, str):
            document[_WHOLE] = True
        if typing and slot in last and (longer := _prolonged(made[last[slot]], document)):
            made[last[slot]] = longer
            continue
        last[slot] = next(numbers)
        made[last[slot]] = document
    return made


def _prolonged(old: Document, new: Document) -> Document | None:
    """Return the stretch `old` with the change `new` in it; None when it does not go on from there."""
    gone = deleted(new.get("value"), new.get("new"))
    before = old.get("deleted", 0)
    if gone is None or not is_revision(before) or before + gone > SLIP:
        return None
    if old.get("new") != new.get("value") or any(old.get(key) != new.get(key) for key in ("author", "by", "source")):
        return None
    if old.get(_WHOLE) or old.get("reason") or new.get("reason") or not _soon(old.get("at"), new.get("at")):
        return None
    longer = {**old, "new": new["new"], "rev": new["rev"], "at": new["at"]}
    return {**longer, "deleted": before + gone} if before + gone else longer


def _soon(item: object, other: object) -> bool:
    try:
        apart = datetime.fromisoformat(str(other)) - datetime.fromisoformat(str(item))
    except (ValueError, TypeError):  # no dates, or one with and one without its zone
        return False
    return 0 <= apart.total_seconds() <= STRETCH


def parted(table: Table, seen: Mapping[str, Container[str]]) -> tuple[Table, list[Document]]:
    """Return the public history without what became private, and those documents.

    `seen` are the public cells by entry.
    """
    stays: Table = {}
    goes: list[Document] = []
    for number, document in table.items():
        if str(document.get("cell")) in seen.get(str(document.get("entry")), ()):
            stays[number] = document
        else:
            goes.append(document)
    return stays, goes


def moved_in(table: Table, documents: Iterable[Document]) -> Table:
    """Return the table with those of the documents that it does not hold yet."""
    news = list(documents)
    known = {_as_text(document) for document in table.values()} if news else set()
    return added(table, [document for document in news if _as_text(document) not in known])


def _as_text(document: Document) -> str:
    """Return the same text for equal documents: a history is long, and each line is compared with all."""
    return ENCODER.encode(document)


def last_writer(past: Iterable[HistoryEntry], conflict: Conflict) -> str:
    """Return who wrote the text that stands in a conflict's cell: the last to set that cell; "" when nobody knows."""
    found = ""
    for history_entry in past:
        if (history_entry.entry, history_entry.cell) == (
            conflict.entry,
            conflict.cell,
        ) and history_entry.new == conflict.theirs:
            found = history_entry.by
    return found


def merged(
    public: Iterable[HistoryEntry], private: Iterable[HistoryEntry], entry: str = "", cell: str = ""
) -> list[HistoryEntry]:
    """Return both histories in one, oldest first, of all cells or of one.

    What a cut-short move left twice stands once.
    """
    found: dict[tuple[object, ...], HistoryEntry] = {}
    for past in (*private, *public):
        if entry in ("", past.entry) and cell in ("", past.cell):
            found.setdefault((past.entry, past.cell, past.rev, past.at, _key(past.value), _key(past.new)), past)
    return sorted(found.values(), key=lambda past: past.rev)


def _key(value: object) -> str:
    """Return what tells two values of one cell apart; a text itself, for it may be long."""
    return value if isinstance(value, str) else repr(value)
