"""Compares the rows that a section prints with those it printed last, to tell whether it must be composed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import is_

from tui.partnership.values import Entry

SectionRows = tuple[Sequence[Entry], ...]  # the rows of each part that a section reads

# By section the (question, field) pairs that it never prints, though it reads their rows: typing there changes nothing.
_UNPRINTED: Mapping[str, frozenset[tuple[str, str]]] = {
    section: frozenset((question, name) for name in names)
    for section, question, names in (
        ("commitments", "open.contributions", ("type", "value", "recipients")),
        ("responsibilities", "open.contributions", ("text", "type", "ceiling", "value", "recipients", "effort", "due")),
        ("resources", "open.contributions", ("effort", "owner")),
    )
}


def same_rows(section: str, section_rows: SectionRows, other: SectionRows) -> bool:
    """Return whether the section with that id prints the same for both.

    Then the entries are the same objects, or differ only in fields that the section never prints.
    """
    unprinted = _UNPRINTED.get(section, frozenset())
    return len(section_rows) == len(other) and all(
        _prints_same(rows, other_rows, unprinted) for rows, other_rows in zip(section_rows, other, strict=True)
    )


def _prints_same(rows: Sequence[Entry], other: Sequence[Entry], unprinted: frozenset[tuple[str, str]]) -> bool:
    if rows is other or (len(rows) == len(other) and all(map(is_, rows, other))):
        return True
    if not unprinted or len(rows) != len(other):
        return False
    return all(a is b or _printed(a, unprinted) == _printed(b, unprinted) for a, b in zip(rows, other, strict=True))


def _printed(entry: Entry, unprinted: frozenset[tuple[str, str]]) -> tuple[object, ...]:
    """Return what an entry holds besides the `unprinted` fields, to be compared."""
    cells = {
        key: cell.value for key, cell in entry.cells.items() if (entry.question, key.partition("@")[0]) not in unprinted
    }
    return entry.id, entry.question, entry.part, entry.subject, entry.stands, entry.order, cells
