"""The rows that a section is told from, beside those it was told from last: whether it has to be made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import is_

from tui.partnership.values import Entry

SectionRows = tuple[Sequence[Entry], ...]  # of each part that a section reads

# The fields (question, name) that a section says nothing of: a letter in one of them does not make it anew.
_UNTOLD: Mapping[str, frozenset[tuple[str, str]]] = {
    section: frozenset((question, name) for name in names)
    for section, question, names in (
        ("commitments", "open.contributions", ("type", "value", "recipients")),
        ("responsibilities", "open.contributions", ("text", "type", "ceiling", "value", "recipients", "effort", "due")),
        ("resources", "open.contributions", ("effort", "owner")),
    )
}


def same_rows(section: str, section_rows: SectionRows, other: SectionRows) -> bool:
    """Return whether the section with that id says the same of both: the same objects, but for what it never tells."""
    untold = _UNTOLD.get(section)
    return len(section_rows) == len(other) and all(
        a is b or (len(a) == len(b) and (all(map(is_, a, b)) or (untold is not None and _alike(a, b, untold))))
        for a, b in zip(section_rows, other, strict=True)
    )


def _alike(pair: Sequence[Entry], other: Sequence[Entry], untold: frozenset[tuple[str, str]]) -> bool:
    return all(a is b or _without(a, untold) == _without(b, untold) for a, b in zip(pair, other, strict=True))


def _without(entry: Entry, untold: frozenset[tuple[str, str]]) -> tuple[object, ...]:
    cells = {
        key: cell.value for key, cell in entry.cells.items() if (entry.question, key.partition("@")[0]) not in untold
    }
    return entry.id, entry.question, entry.part, entry.subject, entry.stands, entry.order, cells
