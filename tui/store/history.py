"""The history of a partnership: earlier values of cells, one line for each stretch of typing, never removed.

A line is a document of the table `history`: the value a cell held, the value it got, who set it, when and why. Lines
about public cells lie in the public history, all others in the private file.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from tui.partnership.value_types import ValueTypes
from tui.partnership.values import Conflict, HistoryEntry
from tui.store.history_lines import common_length, unfold_lines
from tui.store.records import (
    Table,
    append_documents,
    cleaned,
    document_of,
    free_numbers,
    is_revision,
    record_of,
    sorted_documents,
)
from tui.store.sealed_bytes import ENCODER, Document

STRETCH_SECONDS: Final = 60.0  # between two saves of one stretch of typing, at most
STRETCH_DELETED_CHARACTERS: Final = 24  # deleted within one stretch at most: more makes a line of its own
# The key of a line whose text was reported to the user as saved: no later typing may replace that text.
_ACKNOWLEDGED: Final = "whole"


def read_history(table: Table, types: ValueTypes, *, private: bool) -> list[HistoryEntry]:
    """Return the history that a table holds, oldest first; documents that are no line of history are left out.

    `private` is set on each entry: whether the table is that of the private file.
    """
    return list(history_entries(unfold_lines(sorted_documents(table)), types, private=private))


def history_entries(documents: Iterable[Document], types: ValueTypes, *, private: bool) -> Iterator[HistoryEntry]:
    """Yield one history entry for each unfolded line, in their order.

    Left out are documents that are no line of history, and those whose values do not fit the type of their cell.
    """
    for document in documents:
        past = record_of(HistoryEntry, cleaned(document), private=private)
        if past is not None and _fits(types, past):
            yield past


def _fits(types: ValueTypes, past: HistoryEntry) -> bool:
    """Return whether both texts of a line of the history are of the type of their cell."""
    return all(types.fits(past.question, past.part, past.cell, item) for item in (past.value, past.new))


def deleted_length(before: object, after: object) -> int | None:
    """Return how many characters of `before` are missing in `after`, all at one place; None if it is no edited text.

    A text counts as edited, not replaced, if at least three quarters of `before` are kept.
    """
    if not (isinstance(before, str) and isinstance(after, str)):
        return None
    head = common_length(before, after)
    tail = common_length(before[head:][::-1], after[head:][::-1])
    gone = len(before) - head - tail
    return gone if gone * 4 <= len(before) else None


def with_history_entries(table: Table, news: Iterable[HistoryEntry], author: str, *, typing: bool = False) -> Table:
    """Return the table with these history entries as lines at its end.

    `author` is the id of the account that saves. A stretch is one author's typing in one cell: each save comes within
    STRETCH_SECONDS of the one before, and all its saves together delete at most STRETCH_DELETED_CHARACTERS. With
    `typing`, an entry that continues the last stretch of its cell changes that line; else it becomes a new line. A
    value saved by a command or a prompt (`typing` false) always has a line of its own, and nothing is added to it,
    because the user was told that exactly this text is kept.
    """
    made = dict(table)
    last = {(str(doc.get("entry")), str(doc.get("cell"))): number for number, doc in made.items()}
    numbers = free_numbers(table)
    for past in news:
        slot = (past.entry, past.cell)
        document = {**document_of(past), "author": author}
        if not typing and isinstance(past.new, str):
            document[_ACKNOWLEDGED] = True
        if typing and slot in last and (longer := _prolong_stretch(made[last[slot]], document)):
            made[last[slot]] = longer
            continue
        last[slot] = next(numbers)
        made[last[slot]] = document
    return made


def _prolong_stretch(old: Document, new: Document) -> Document | None:
    """Return the line `old` with the text of `new` in it; None if `new` does not continue the stretch of `old`."""
    gone = deleted_length(new.get("value"), new.get("new"))
    before = old.get("deleted", 0)
    if gone is None or not is_revision(before) or before + gone > STRETCH_DELETED_CHARACTERS:
        return None
    if old.get("new") != new.get("value") or any(old.get(key) != new.get(key) for key in ("author", "by", "source")):
        return None
    if (
        old.get(_ACKNOWLEDGED)
        or old.get("reason")
        or new.get("reason")
        or not _is_within_stretch(old.get("at"), new.get("at"))
    ):
        return None
    longer = {**old, "new": new["new"], "rev": new["rev"], "at": new["at"]}
    return {**longer, "deleted": before + gone} if before + gone else longer


def _is_within_stretch(item: object, other: object) -> bool:
    """Return whether `other` (ISO date and time) is at most STRETCH_SECONDS later than `item`; False for no dates."""
    try:
        apart = datetime.fromisoformat(str(other)) - datetime.fromisoformat(str(item))
    except (ValueError, TypeError):  # no dates, or one with and one without its zone
        return False
    return 0 <= apart.total_seconds() <= STRETCH_SECONDS


def split_history(table: Table, seen: Mapping[str, Container[str]]) -> tuple[Table, list[Document]]:
    """Return the lines of the public history that stay public, and those about cells that became private.

    `seen` holds the keys of the public cells by entry id.
    """
    stays: Table = {}
    goes: list[Document] = []
    for number, document in table.items():
        if str(document.get("cell")) in seen.get(str(document.get("entry")), ()):
            stays[number] = document
        else:
            goes.append(document)
    return stays, goes


def with_missing_lines(table: Table, documents: Iterable[Document]) -> Table:
    """Return the table with those of the lines at its end that it does not hold yet."""
    news = list(documents)
    known = {_as_text(document) for document in table.values()} if news else set()
    return append_documents(table, [document for document in news if _as_text(document) not in known])


def _as_text(document: Document) -> str:
    """Return the document as canonical text, so that a set finds an equal line: a history may have thousands."""
    return ENCODER.encode(document)


def last_writer(past: Iterable[HistoryEntry], conflict: Conflict) -> str:
    """Return the name of who last set a conflict's cell to its text `theirs`; "" if no line of `past` says so."""
    found = ""
    for history_entry in past:
        if (history_entry.entry, history_entry.cell) == (
            conflict.entry,
            conflict.cell,
        ) and history_entry.new == conflict.theirs:
            found = history_entry.by
    return found


def merge_histories(
    public: Iterable[HistoryEntry], private: Iterable[HistoryEntry], entry: str = "", cell: str = ""
) -> list[HistoryEntry]:
    """Return both histories in one list, ordered by revision.

    `entry` (an id) and `cell` (a key) restrict it to one entry or one cell; "" is any. A line that lies in both files,
    because a move between them was interrupted, is returned once.
    """
    found: dict[tuple[object, ...], HistoryEntry] = {}
    for past in (*private, *public):
        if entry in ("", past.entry) and cell in ("", past.cell):
            found.setdefault(
                (past.entry, past.cell, past.rev, past.at, _value_key(past.value), _value_key(past.new)), past
            )
    return sorted(found.values(), key=lambda past: past.rev)


def _value_key(value: object) -> str:
    """Return a hashable key that differs for different values; a text is its own key, so that it is not copied."""
    return value if isinstance(value, str) else repr(value)
