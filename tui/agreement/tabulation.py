"""Turns rows into a table if every cell is filled, else into a table that is printed as a list (`Table.listed`).

A dash in a cell tells a reader nothing, an empty cell could be filled in after the signing, and a table of one row is
hard to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.agreement.blocks import Block, Origin, Row, Run, Table
from tui.agreement.phrasing import Phrasing, bullets, origin
from tui.fast_dataclass import dataclass
from tui.partnership.values import Entry

_FEWEST_ROWS = 2  # a table with fewer rows is printed as a list


@dataclass(frozen=True, slots=True)
class KnownRow:
    """One row to be printed in a table or a list; columns are counted from 0."""

    texts: tuple[str, ...]  # one for each column, "" if nothing is known
    origin: Origin
    fields: tuple[str, ...] = ()  # the field that each column shows
    names: frozenset[int] = frozenset()  # the columns of names, written as inside a sentence: « la Ville »
    repeats: frozenset[int] = frozenset()  # the columns that repeat the first one; a list leaves them out

    def text(self, phrasing: Phrasing, at: int, *, begins: bool) -> str:
        """Return the text of column `at`; `begins` says whether it begins its line or cell, so that a name is capital.

        Otherwise the text follows the head of its column: « Versé à : tous les partenaires ».
        """
        text = self.texts[at]
        if at not in self.names:
            return text
        if begins:
            return phrasing.name_at_head(text)
        is_everyone = text.startswith(phrasing.word("all_partners"))
        return text[:1].lower() + text[1:] if is_everyone else text


def tabulated(phrasing: Phrasing, head: Sequence[str], rows: Sequence[KnownRow], caption: str) -> tuple[Block, ...]:
    """Return rows as one block, () without any; `caption` says in words what the table holds.

    Empty columns are left out, except the first. A single column is a list of items.
    """
    if not rows:
        return ()
    columns = _filled_columns(head, rows)
    has_empty_cell = not all(row.texts[at] for row in rows for at in columns)
    prints_list = has_empty_cell or len(rows) < _FEWEST_ROWS  # printed as a list
    if prints_list:
        # A list leaves out the cells that repeat the first one, which may empty a column.
        rows = [
            replace(row, texts=tuple("" if at in row.repeats else text for at, text in enumerate(row.texts)))
            for row in rows
        ]
        columns = _filled_columns(head, rows)
    if len(columns) == 1:
        return bullets((row.text(phrasing, 0, begins=True), row.origin) for row in rows)
    body = (
        Row(
            tuple((Run(row.text(phrasing, at, begins=at == 0 or not prints_list)),) for at in columns),
            row.origin,
            tuple(row.fields[at] for at in columns) if row.fields else (),
        )
        for row in rows
    )
    return (Table(tuple((Run(head[at]),) for at in columns), tuple(body), caption, listed=prints_list),)


def _filled_columns(head: Sequence[str], rows: Sequence[KnownRow]) -> list[int]:
    """Return the columns that are printed: the first one, and each that is filled in some row."""
    return [at for at in range(len(head)) if at == 0 or any(row.texts[at] for row in rows)]


def entries_tabulated(
    phrasing: Phrasing, columns: Sequence[tuple[str, str]], rows: Sequence[Entry], caption: str
) -> tuple[Block, ...]:
    """Return entries as `tabulated` does; each column is given as (heading, field)."""
    fields = tuple(field for _heading, field in columns)
    known_rows = [
        KnownRow(
            tuple(phrasing.in_words(row, field) for field in fields),
            origin(row, fields[0]),
            fields,
            frozenset(at for at, field in enumerate(fields) if phrasing.names_someone(row, field)),
        )
        for row in rows
    ]
    return tabulated(phrasing, [heading for heading, _field in columns], known_rows, caption)
