"""The documents of a partnership as rows of a database: how tables become rows at a save, and rows become tables.

A row has the id of its partnership, a half, a kind, which is the name of the table, and the number of the document.
Halves are "public", "past" (the public history), "private", "past.far" and "private.far" (far history), and "versions".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from tui.partnership.values import Change
from tui.store.closed_history import HISTORY
from tui.store.history_lines import near_and_far, unfold_lines
from tui.store.public_private import Plan, State
from tui.store.sealed_bytes import ENCODER, TRUSTING_DECODER, Document, Tables

_KEPT_SAVES: Final = "interval '1 day'"  # for so long the server can be asked whether a save was committed

Rows = Iterable[Sequence[Any]]  # of (half, kind, number, document)
RowKey = tuple[str, str, str]  # half, kind, number
Row = tuple[str, str, str, str]  # half, kind, number, the document as JSON
# (entry id, cell key) → the revisions of the cell before a save, None for a new one, and after it.
WrittenCells = dict[tuple[str, str], tuple[int | None, int]]

CHANGED_ROWS: Final = (
    "SELECT half, kind, number, body FROM entente.document "
    "WHERE partnership = %s AND revision > %s AND half IN ('public', 'past', 'private') ORDER BY number"
)
PUT_ROWS: Final = (
    "INSERT INTO entente.document (partnership, half, kind, number, body, revision) "
    "SELECT %s, half, kind, number, body::json, %s "
    "FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::text[]) AS given (half, kind, number, body) "
    "ON CONFLICT (partnership, half, kind, number) DO UPDATE SET body = excluded.body, revision = excluded.revision"
)
DELETE_ROWS: Final = (
    "DELETE FROM entente.document d USING unnest(%s::text[], %s::text[], %s::bigint[]) AS given (half, kind, number) "
    "WHERE d.partnership = %s AND d.half = given.half AND d.kind = given.kind AND d.number = given.number"
)
NOTE_SAVE: Final = (
    "WITH kept AS (INSERT INTO entente.save (id, partnership) VALUES (%s, %s)), "
    f"old AS (DELETE FROM entente.save WHERE partnership = %s AND saved_at < now() - {_KEPT_SAVES}) "
    "UPDATE entente.partnership SET revision = %s, removed = %s WHERE id = %s"
)
NOTE_TRANSACTION: Final = "INSERT INTO entente.save (id, partnership) VALUES (%s, %s) ON CONFLICT DO NOTHING"
# How many versions a partnership has, and a digest of each adopted file: these change without a new revision.
VERSIONS_AND_PAPERS: Final = (
    "SELECT 'versions', count(*)::text FROM entente.document WHERE partnership = %s AND half = 'versions' "
    "UNION ALL SELECT version, md5(data) FROM entente.attachment WHERE partnership = %s ORDER BY 1, 2"
)


def encode_json(document: Document | list[Any]) -> str:
    """Return a document, or a list, as JSON. Raises ValueError for values that could not be read again."""
    text = ENCODER.encode(document)
    text.encode("utf-8")  # raises for lone surrogates
    return text


def with_rows(read_before: dict[str, Tables], rows: Rows, earlier: dict[str, Tables]) -> dict[str, Tables]:
    """Return the tables of each half: those in `read_before` with these rows in them.

    If the tables `earlier` hold an equal document in the same row, that object is used, so that it is not parsed into
    entries again.
    """
    merged = {half: dict(tables) for half, tables in read_before.items()}
    fresh: set[tuple[str, str]] = set()
    for half, kind, number, body in rows:
        tables = merged.setdefault(half, {})
        if (half, kind) not in fresh:
            fresh.add((half, kind))
            tables[kind] = dict(tables.get(kind, {}))
        before = earlier.get(half, {}).get(kind, {}).get(str(number))
        tables[kind][str(number)] = before if before is not None and before == body else body
    return merged


def differences(
    before: dict[str, Tables], after: dict[str, Tables]
) -> tuple[list[Row], list[RowKey], dict[str, Tables]]:
    """Return the rows to write, those to delete, and the tables as they will be read again, by half.

    `before` and `after` are tables by half. Raises ValueError or TypeError for values that cannot be stored.
    """
    put: list[Row] = []
    gone: list[RowKey] = []
    tables_after: dict[str, Tables] = {}
    for half, tables in after.items():
        old = before.get(half, {})
        tables_after[half] = {}
        for kind, documents in tables.items():
            old_documents = old.get(kind, {})
            read_back = tables_after[half][kind] = dict(documents)
            for number, document in documents.items():
                if old_documents.get(number) is not document and old_documents.get(number) != document:
                    text = encode_json(document)
                    put.append((half, kind, number, text))
                    read_back[number] = TRUSTING_DECODER.decode(text)
        for kind, documents in old.items():
            gone += [(half, kind, number) for number in documents if number not in tables.get(kind, {})]
    return put, gone, tables_after


def split_far_lines(tables: Tables) -> tuple[Tables, list[Document]]:
    """Return the tables of a half without the far lines of its history, and these lines, unfolded."""
    near, far = near_and_far(tables.get(HISTORY, {}))
    return ({**tables, HISTORY: near}, list(unfold_lines(far))) if far else (tables, [])


def written_cells(state: State, planned: Plan) -> WrittenCells:
    """Return the cells that a save wrote, with their revisions before and after it."""
    written: WrittenCells = {}
    for entry in planned.partnership.entries.values():
        before = state.partnership.entry(entry.id)
        if before is entry:
            continue
        for key, cell in entry.cells.items():
            old = before.cells.get(key) if before is not None else None
            if old is None or old.rev != cell.rev:
                written[entry.id, key] = (old.rev if old is not None else None, cell.rev)
    return written


def rebase_on_own(change: Change, own: WrittenCells) -> Change:
    """Return a change based on the revision that our own save gave its cell, if it was made on the value before that.

    So it does not conflict with what the same user saved. A change made on an older value stays as it is.
    """
    revisions = own.get((change.entry, change.cell))
    if revisions is None or change.base is None:
        return change
    before, after = revisions
    if change.base < (before or 0):
        return change
    return replace(change, base=max(change.base, after))
