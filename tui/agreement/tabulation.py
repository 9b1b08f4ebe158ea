"""Rows as a table where every cell says something; else as one that is listed, a line for each cell.

A cell that holds a dash tells a reader nothing, an empty one may be filled after the signing, and one row under a head
is a line that is hard to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.agreement.blocks import Block, Origin, Row, Run, Table
from tui.agreement.phrasing import Phrasing, bullets, origin
from tui.fast_dataclass import dataclass
from tui.partnership.values import Entry

_LEAST = 2  # rows of a table


@dataclass(frozen=True, slots=True)
class KnownRow:
    """One row: its texts, "" for what is not known, and the field of each; `names` are the columns of names.

    A name stands as it does inside a sentence (« la Ville »); one that begins a cell or an item gets its capital.
    `repeats` are the columns that only say again what the first one says: a table fills them, a list leaves them out.
    """

    texts: tuple[str, ...]
    origin: Origin
    fields: tuple[str, ...] = ()
    names: frozenset[int] = frozenset()
    repeats: frozenset[int] = frozenset()

    def told(self, phrasing: Phrasing, at: int, *, begins: bool) -> str:
        """The text of a column, where it `begins` its line or cell or stands behind the head of its column."""
        text = self.texts[at]
        if at not in self.names:
            return text
        everyone = text.startswith(phrasing.word("all_partners"))  # « Versé à : tous les partenaires »
        return phrasing.name_at_head(text) if begins else text[:1].lower() + text[1:] if everyone else text


def tabulated(phrasing: Phrasing, head: Sequence[str], rows: Sequence[KnownRow], caption: str) -> tuple[Block, ...]:
    """Return rows as one block, () without any; `caption` says in words what the table holds.

    Columns that nothing fills are left out, but for the first; one column is a list.
    """
    if not rows:
        return ()
    kept = _told(head, rows)
    if listed := len(rows) < _LEAST or not all(row.texts[at] for row in rows for at in kept):
        rows = [
            replace(row, texts=tuple("" if at in row.repeats else text for at, text in enumerate(row.texts)))
            for row in rows
        ]
        kept = _told(head, rows)
    if len(kept) == 1:
        return bullets((row.told(phrasing, 0, begins=True), row.origin) for row in rows)
    body = (
        Row(
            tuple((Run(row.told(phrasing, at, begins=at == 0 or not listed)),) for at in kept),
            row.origin,
            tuple(row.fields[at] for at in kept) if row.fields else (),
        )
        for row in rows
    )
    return (Table(tuple((Run(head[at]),) for at in kept), tuple(body), caption, listed=listed),)


def _told(head: Sequence[str], rows: Sequence[KnownRow]) -> list[int]:
    """Return the columns that say something: the first one, and each that a row fills."""
    return [at for at in range(len(head)) if at == 0 or any(row.texts[at] for row in rows)]


def entries_tabulated(
    phrasing: Phrasing, columns: Sequence[tuple[str, str]], rows: Sequence[Entry], caption: str
) -> tuple[Block, ...]:
    """Return entries as one block, (heading, field) a column."""
    fields = tuple(field for _heading, field in columns)
    known = [
        KnownRow(
            tuple(phrasing.shown(row, field) for field in fields),
            origin(row, fields[0]),
            fields,
            frozenset(at for at, field in enumerate(fields) if phrasing.names_someone(row, field)),
        )
        for row in rows
    ]
    return tabulated(phrasing, [heading for heading, _field in columns], known, caption)
