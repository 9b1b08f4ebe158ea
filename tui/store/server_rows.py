"""The documents of a partnership as rows: which are put and which go at a save, and what they read back as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from tui.partnership.values import Change
from tui.store.closed_history import HISTORY
from tui.store.history_lines import near_and_far, unfold_lines
from tui.store.public_private import Plan, State
from tui.store.sealed_bytes import ENCODER, TRUSTING_DECODER, Document, Tables

_KEPT_SAVES: Final = "interval '1 day'"  # how long the id of a save is kept; nobody waits so long for an answer

Rows = Iterable[Sequence[Any]]
Number = tuple[str, str, str]  # half, kind, number
Row = tuple[str, str, str, str]  # half, kind, number, the document as JSON
Own = dict[tuple[str, str], tuple[int | None, int]]  # (entry, cell) → the revisions before and after our own save

NEWS: Final = (
    "SELECT half, kind, number, body FROM entente.document "
    "WHERE partnership = %s AND revision > %s AND half IN ('public', 'past', 'private') ORDER BY number"
)
PUT: Final = (
    "INSERT INTO entente.document (partnership, half, kind, number, body, revision) "
    "SELECT %s, half, kind, number, body::json, %s "
    "FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::text[]) AS given (half, kind, number, body) "
    "ON CONFLICT (partnership, half, kind, number) DO UPDATE SET body = excluded.body, revision = excluded.revision"
)
TAKE: Final = (
    "DELETE FROM entente.document d USING unnest(%s::text[], %s::text[], %s::bigint[]) AS given (half, kind, number) "
    "WHERE d.partnership = %s AND d.half = given.half AND d.kind = given.kind AND d.number = given.number"
)
KEPT: Final = (
    "WITH kept AS (INSERT INTO entente.save (id, partnership) VALUES (%s, %s)), "
    f"old AS (DELETE FROM entente.save WHERE partnership = %s AND saved_at < now() - {_KEPT_SAVES}) "
    "UPDATE entente.partnership SET revision = %s, removed = %s WHERE id = %s"
)
MARKED: Final = "INSERT INTO entente.save (id, partnership) VALUES (%s, %s) ON CONFLICT DO NOTHING"
BESIDE: Final = (  # what a revision does not tell: how many versions there are, and what their papers hold
    "SELECT 'versions', count(*)::text FROM entente.document WHERE partnership = %s AND half = 'versions' "
    "UNION ALL SELECT version, md5(data) FROM entente.attachment WHERE partnership = %s ORDER BY 1, 2"
)


def encoded(document: Document | list[Any]) -> str:
    """Return a document, or a list, as JSON. Raises ValueError for what could not be read again."""
    text = ENCODER.encode(document)
    text.encode("utf-8")
    return text


def with_rows(known: dict[str, Tables], rows: Rows, earlier: dict[str, Tables]) -> dict[str, Tables]:
    """Return the tables of each half with these rows in them: (half, kind, number, body).

    A document that is equal to the one `earlier` at its place stays the same object, so that it is not read again.
    """
    made = {half: dict(tables) for half, tables in known.items()}
    fresh: set[tuple[str, str]] = set()
    for half, kind, number, body in rows:
        tables = made.setdefault(half, {})
        if (half, kind) not in fresh:
            fresh.add((half, kind))
            tables[kind] = dict(tables.get(kind, {}))
        before = earlier.get(half, {}).get(kind, {}).get(str(number))
        tables[kind][str(number)] = before if before is not None and before == body else body
    return made


def differences(
    before: dict[str, Tables], after: dict[str, Tables]
) -> tuple[list[Row], list[Number], dict[str, Tables]]:
    """Return the rows to put, those to take out, and the tables as they read back. Raises ValueError, TypeError."""
    put: list[Row] = []
    gone: list[Number] = []
    kept: dict[str, Tables] = {}
    for half, tables in after.items():
        old = before.get(half, {})
        kept[half] = {}
        for kind, documents in tables.items():
            there = old.get(kind, {})
            held = kept[half][kind] = dict(documents)
            for number, document in documents.items():
                if there.get(number) is not document and there.get(number) != document:
                    text = encoded(document)
                    put.append((half, kind, number, text))
                    held[number] = TRUSTING_DECODER.decode(text)
        for kind, documents in old.items():
            gone += [(half, kind, number) for number in documents if number not in tables.get(kind, {})]
    return put, gone, kept


def without_far(tables: Tables) -> tuple[Tables, list[Document]]:
    """Return the tables of a half without the older lines of its history, and these, whole."""
    near, far = near_and_far(tables.get(HISTORY, {}))
    return ({**tables, HISTORY: near}, list(unfold_lines(far))) if far else (tables, [])


def own_cells(state: State, planned: Plan) -> Own:
    """Return the cells that a save wrote: the revision each had before, and the one it has now."""
    made: Own = {}
    for entry in planned.partnership.entries.values():
        before = state.partnership.entry(entry.id)
        if before is entry:
            continue
        for key, cell in entry.cells.items():
            old = before.cells.get(key) if before is not None else None
            if old is None or old.rev != cell.rev:
                made[entry.id, key] = (old.rev if old is not None else None, cell.rev)
    return made


def on_own(change: Change, own: Own) -> Change:
    """Return a change on our own save of its cell, where it was made on what stood before that.

    One made on something older still is as stale as it was.
    """
    found = own.get((change.entry, change.cell))
    if found is None or change.base is None or change.base < (found[0] or 0):
        return change
    return replace(change, base=max(change.base, found[1]))
