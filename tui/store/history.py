"""The history of a partnership: earlier values of cells, one line for each stretch of typing, never removed.

A line is a document of the table `history`: the value a cell held, the value it got, who set it, when and why. A
`HistoryEntry` is such a line as a value. Lines about public cells lie in the public history, all others in the private
file.
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

STRETCH_SECONDS: Final = 60.0  # at most, between two saves of one stretch of typing
STRETCH_DELETED_CHARACTERS: Final = 24  # at most, within one stretch: a larger deletion begins another line
# The key of a line whose text the user was told is saved: no later typing may replace that text.
_REPORTED_SAVED: Final = "whole"


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
        entry = record_of(HistoryEntry, cleaned(document), private=private)
        if entry is not None and _fits(types, entry):
            yield entry


def _fits(types: ValueTypes, entry: HistoryEntry) -> bool:
    """Return whether both values of a history entry fit the type of their cell."""
    return all(types.fits(entry.question, entry.part, entry.cell, value) for value in (entry.value, entry.new))


def deleted_length(before: object, after: object) -> int | None:
    """Return how many characters were deleted between the common beginning and the common end of two texts.

    None if one of them is no text, or if more than a quarter of `before` was deleted: then it was replaced, not edited.
    """
    if not (isinstance(before, str) and isinstance(after, str)):
        return None
    head = common_length(before, after)
    tail = common_length(before[head:][::-1], after[head:][::-1])
    deleted = len(before) - head - tail
    return deleted if deleted * 4 <= len(before) else None


def with_history_entries(table: Table, new_entries: Iterable[HistoryEntry], author: str, *, typing: bool) -> Table:
    """Return the table with these history entries as lines at its end.

    `author` is the id of the account that saves. A stretch is one author's typing in one cell: each save comes within
    STRETCH_SECONDS of the one before, and all its saves together delete at most STRETCH_DELETED_CHARACTERS. With
    `typing`, an entry that continues the last stretch of its cell changes that line; else it becomes a new line. A
    value saved by a command or a prompt (`typing` false) always has a line of its own, and nothing is added to it,
    because the user was told that exactly this text is kept.
    """
    new_table = dict(table)
    last_numbers = {(str(doc.get("entry")), str(doc.get("cell"))): number for number, doc in new_table.items()}
    numbers = free_numbers(table)
    for entry in new_entries:
        place = (entry.entry, entry.cell)
        document = {**document_of(entry), "author": author}
        if not typing and isinstance(entry.new, str):
            document[_REPORTED_SAVED] = True
        if typing and place in last_numbers:
            longer = _prolong_stretch(new_table[last_numbers[place]], document)
            if longer is not None:
                new_table[last_numbers[place]] = longer
                continue
        last_numbers[place] = next(numbers)
        new_table[last_numbers[place]] = document
    return new_table


def _prolong_stretch(old: Document, new: Document) -> Document | None:
    """Return the line `old` with the text of `new` in it; None if `new` does not continue the stretch of `old`."""
    deleted = deleted_length(new.get("value"), new.get("new"))
    before = old.get("deleted", 0)  # characters deleted in the stretch so far; `is_revision`: an int of 0 or more
    if deleted is None or not is_revision(before) or before + deleted > STRETCH_DELETED_CHARACTERS:
        return None
    if old.get("new") != new.get("value") or any(old.get(key) != new.get(key) for key in ("author", "by", "source")):
        return None
    # A reason says that a change did not come from an open editor: it was recovered from a journal, for instance.
    if old.get(_REPORTED_SAVED) or old.get("reason") or new.get("reason"):
        return None
    if not _is_within_stretch(old.get("at"), new.get("at")):
        return None
    longer = {**old, "new": new["new"], "rev": new["rev"], "at": new["at"]}
    return {**longer, "deleted": before + deleted} if before + deleted else longer


def _is_within_stretch(earlier: object, later: object) -> bool:
    """Return whether `later` is at most STRETCH_SECONDS after `earlier` (ISO date and time); False for no dates."""
    try:
        elapsed = datetime.fromisoformat(str(later)) - datetime.fromisoformat(str(earlier))
    except (ValueError, TypeError):  # no dates, or one with and one without its zone
        return False
    return 0 <= elapsed.total_seconds() <= STRETCH_SECONDS


def split_history(table: Table, public_cells: Mapping[str, Container[str]]) -> tuple[Table, list[Document]]:
    """Return the lines of the public history that stay public, by number, and those about cells that became private.

    `public_cells` holds the keys of the cells that are public now, by entry id.
    """
    public_lines: Table = {}
    moving: list[Document] = []
    for number, document in table.items():
        if str(document.get("cell")) in public_cells.get(str(document.get("entry")), ()):
            public_lines[number] = document
        else:
            moving.append(document)
    return public_lines, moving


def with_missing_lines(table: Table, documents: Iterable[Document]) -> Table:
    """Return the table with the given lines added at its end; a line that it holds already is not added again."""
    lines = list(documents)
    texts_in_table = {_as_text(document) for document in table.values()} if lines else set()
    return append_documents(table, [document for document in lines if _as_text(document) not in texts_in_table])


def _as_text(document: Document) -> str:
    """Return a text that is equal for equal documents, so that a set can find them: a history may have thousands."""
    return ENCODER.encode(document)


def last_writer(history: Iterable[HistoryEntry], conflict: Conflict) -> str:
    """Return the name of who last set the cell of a conflict to its text `theirs`; "" if `history` does not say."""
    writer = ""
    for line in history:
        same_cell = (line.entry, line.cell) == (conflict.entry, conflict.cell)
        if same_cell and line.new == conflict.theirs:
            writer = line.by
    return writer


def merge_histories(
    public: Iterable[HistoryEntry], private: Iterable[HistoryEntry], entry: str = "", cell: str = ""
) -> list[HistoryEntry]:
    """Return both histories in one list, ordered by revision.

    `entry` (an id) and `cell` (a key) restrict it to one entry or one cell; "" is any. A line that lies in both files,
    because a move between them was interrupted, is returned once.
    """
    lines: dict[tuple[object, ...], HistoryEntry] = {}
    for line in (*private, *public):
        if entry in ("", line.entry) and cell in ("", line.cell):
            key = (line.entry, line.cell, line.rev, line.at, _hashable(line.value), _hashable(line.new))
            lines.setdefault(key, line)
    return sorted(lines.values(), key=lambda line: line.rev)


def _hashable(value: object) -> str:
    """Return a hashable key that differs for different values; a text is its own key, so that it is not copied."""
    return value if isinstance(value, str) else repr(value)
