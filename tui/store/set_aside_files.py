"""Set-aside files: what they hold that the partnership does not, and how it is taken over; and damaged partnerships.

A file is set aside if it was damaged, or changed outside of the program; the conflict copies of sync programs count as
set aside too. What can still be read of damaged bytes is salvaged document by document.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.fast_dataclass import dataclass
from tui.partnership.ids import is_id
from tui.partnership.value_types import ValueTypes
from tui.partnership.values import ORDER, REMOVED, Cell, Change, Entry, HistoryEntry, Partnership
from tui.store.file_names import PRIVATE, PUBLIC
from tui.store.partnership_folder import Folder
from tui.store.public_private import ENTRIES, Half, join_halves, read_half
from tui.store.records import Table, append_documents, document_with_cells
from tui.store.sealed_bytes import SEAL_TABLE, Document, Tables, upgrade_tables
from tui.store.sealed_storage import read_copy
from tui.store.store_errors import Damaged, NotFound, as_store_errors
from tui.store.sync_copies import TWIN, copied_file
from tui.store.tinydb_tables import SealedDB
from tui.text import moments

if TYPE_CHECKING:
    from tui.guide.guide_types import Guide
    from tui.store.store_errors import Author, Saved


# "project.json.damaged-0123abcd"
_SET_ASIDE_NAME = re.compile(rf"({re.escape(PUBLIC)}|{re.escape(PRIVATE)})\.(?:damaged|before)-[0-9a-z]+")
_NUMBER_DIGITS: Final = 18  # of the number of a document, at most
_TAKEN_OVER_REASON: Final = "kept"  # the reason that a change taken from a set-aside file carries


@dataclass(frozen=True, slots=True)
class SetAsideFile:
    """One set-aside file."""

    path: Path
    edited: bool  # whether it can be read in full, so that somebody changed it elsewhere; else it is damaged
    since: str  # ISO date and time when it was last written
    changes: tuple[Change, ...]  # to values in it that the partnership never held


@dataclass(frozen=True, slots=True)
class Readable:
    """What can still be read of a partnership whose public file is damaged or lost in both copies."""

    partnership: Partnership
    unread: int  # how many pieces of its files cannot be read


def set_aside_files_in(folder: Folder) -> list[SetAsideFile]:
    """Return the set-aside files of the public and the private file, the last written first. Raises `StoreError`."""
    with_sources = [(path, _source_file(path.name)) for path in sorted(folder.path.iterdir()) if not path.is_symlink()]
    set_aside = [(path, source) for path, source in with_sources if source]
    if not set_aside:
        return []
    state, past = folder.state(), folder.history()
    files = []
    for path, source in set_aside:
        our_half = (state.private or Half(folder.types)) if source == PRIVATE else state.public
        with as_store_errors(path):
            edited, tables = _read_tables(path)
            since = datetime.fromtimestamp(path.stat().st_mtime).astimezone().isoformat(timespec="seconds")
        their_half = read_half(tables, folder.types, other=our_half)
        if copied_file(path.name):
            changes = tuple(_changes_of_other_machine(their_half, state.partnership, past))
        else:
            changes = tuple(_changes_to_take_over(their_half, our_half, state.partnership, past, whole=edited))
        files.append(SetAsideFile(path, edited, since, changes))
    return sorted(files, key=lambda file: moments.moment_sort_key(file.since), reverse=True)


def is_set_aside(name: str) -> bool:
    """Return whether `set_aside_files_in` returns a file with this name."""
    return bool(_source_file(name))


def _source_file(name: str) -> str:
    """Return the public or the private file from which a file of this name was set aside; "" if it is another file.

    "project.json.damaged-0123abcd" was set aside from "project.json".
    """
    if match := _SET_ASIDE_NAME.fullmatch(name):
        return match[1]
    source = "" if TWIN in name else copied_file(name)
    return source if source in (PUBLIC, PRIVATE) else ""


def _read_tables(path: Path) -> tuple[bool, Tables]:
    """Return whether a file can be read in full, and its tables: all of them, or what can be salvaged."""
    copy = read_copy(path)
    if copy.loaded:
        return True, upgrade_tables(copy.loaded.tables, path)
    return False, salvage(copy.raw or b"").tables


def _changes_to_take_over(
    their_half: Half, our_half: Half, partnership: Partnership, past: list[HistoryEntry], *, whole: bool
) -> Iterable[Change]:
    """Yield the changes to the values of `their_half`, based on its revisions, so that they conflict with newer text.

    With `whole`, nothing was lost by damage: a value that it lacks was deleted in it.
    """
    for entry in their_half.entries.values():
        our_entry = partnership.entry(entry.id)
        for key, cell in entry.cells.items():
            our_cell = None if our_entry is None else our_entry.cells.get(key)
            if our_cell is None:
                yield _change(entry, key, cell.value, None)
                continue
            if our_cell.value == cell.value:
                continue
            is_outdated = cell.rev < our_cell.rev and (
                key == ORDER or _was_known(past, entry.id, key, cell.value, str(our_cell.value))
            )
            if not is_outdated:
                yield _change(entry, key, cell.value, cell.rev)
    for entry in our_half.entries.values() if whole else ():
        their_cells = their_half.cells.get(entry.id)
        gone = {
            key: cell
            for key, cell in entry.cells.items()
            if key not in (their_cells or {}) and cell.rev <= their_half.rev
        }
        row_was_removed = their_cells is None and entry.part and len(gone) == len(entry.cells)
        if row_was_removed:
            yield _change(entry, REMOVED, True, None)
            continue
        for key, cell in gone.items():
            if cell.value is not None:
                yield _change(entry, key, None, cell.rev)


def _changes_of_other_machine(their_half: Half, partnership: Partnership, past: list[HistoryEntry]) -> Iterable[Change]:
    """Yield the changes to the values that another machine wrote; if both wrote a cell, they become a conflict.

    The other machine counted its revisions by itself, so they cannot be compared. What it lacks may be newer here.
    """
    for entry in their_half.entries.values():
        our_entry = partnership.entry(entry.id)
        for key, cell in entry.cells.items():
            our_cell = None if our_entry is None else our_entry.cells.get(key)
            if our_cell is None:
                yield _change(entry, key, cell.value, None)
            elif (
                our_cell.value != cell.value
                and key != ORDER
                and not _was_known(past, entry.id, key, cell.value, str(our_cell.value))
            ):
                yield _change(entry, key, cell.value, 0)


def _change(entry: Entry, key: str, value: object, base: int | None) -> Change:
    return Change(entry.id, entry.question, key, value, entry.part, entry.subject, base, reason=_TAKEN_OVER_REASON)


def _was_known(past: list[HistoryEntry], entry: str, key: str, value: object, present: str) -> bool:
    """Return whether a cell held this value before, or a text that begins with it; `present` is its text now."""
    lines = [line for line in past if (line.entry, line.cell) == (entry, key)]
    texts = [text for line in lines for text in (line.value, line.new)]
    if value in texts:
        return True
    return isinstance(value, str) and any(str(text).startswith(value) for text in (*texts, present))


def take_over(folder: Folder, guide: Guide, path: Path, author: Author, at: str) -> Saved:
    """Save the changes of a set-aside file; the file stays where it is.

    Raises NotFound for a file that is not set aside in this folder.
    """
    from tui.partnership.changes import apply

    set_aside_file = next(
        (set_aside_file for set_aside_file in set_aside_files_in(folder) if set_aside_file.path.name == path.name), None
    )
    if set_aside_file is None:
        raise NotFound(path)
    return folder.save(
        guide, lambda partnership: apply(partnership, set_aside_file.changes, by=author.name, at=at), author
    )


def readable(folder: Folder) -> Readable:
    """Return what can be read of a partnership whose public file is damaged or gone in both copies, without writing."""
    with as_store_errors(folder.path):
        public, unread_count = _remaining_public(folder)
        try:
            private = folder.private.documents()
        except Damaged:
            private, unread_in_private = _salvage_both_copies(folder.private)
            unread_count += unread_in_private
    half = read_half(public, folder.types)
    joined = join_halves(folder.id, half, read_half(private, folder.types, other=half) if private else None)
    return Readable(joined.partnership, unread_count)


def _remaining_public(folder: Folder) -> tuple[Tables, int]:
    """Return what `_salvage_both_copies` finds of the public file; if that is nothing, the entries by the history."""
    public, unread_count = _salvage_both_copies(folder.public)
    if public or unread_count:
        return public, unread_count
    return _entries_from_history(folder.history(private=False), folder.types), 0


def _entries_from_history(past: list[HistoryEntry], types: ValueTypes) -> Tables:
    """Return tables with the entries as these changes left them, the last of which count."""
    entries: dict[str, Entry] = {}
    for history_entry in past:
        entry = entries.get(history_entry.entry) or Entry(
            history_entry.entry, history_entry.question, history_entry.part, history_entry.subject
        )
        entries[history_entry.entry] = replace(
            entry, cells={**entry.cells, history_entry.cell: Cell(history_entry.new, history_entry.rev)}
        )
    table = append_documents({}, (document_with_cells({}, entry, entry.cells, types) for entry in entries.values()))
    return {ENTRIES: table} if table else {}


def _salvage_both_copies(database: SealedDB) -> tuple[Tables, int]:
    """Return the documents that can be read in either copy of a file, and how many pieces cannot be read."""
    copies = (read_copy(path) for path in (database.path, database.sealed_storage.twin))
    main, twin = (Salvaged(dict(copy.loaded.tables)) if copy.loaded else salvage(copy.raw or b"") for copy in copies)
    tables: Tables = {**twin.tables, **main.tables}
    entries: Table = main.tables.get(ENTRIES, {})
    only_in_twin = [record for record in twin.tables.get(ENTRIES, {}).values() if record not in entries.values()]
    if entries or only_in_twin:
        tables[ENTRIES] = append_documents(entries, only_in_twin)
    return tables, min(len(main.unread), len(twin.unread))


def restart_from_readable(folder: Folder, guide: Guide, author: Author) -> None:
    """Replace a damaged partnership by what can be read of it; the damaged bytes are set aside first.

    Nothing happens if it is not damaged.
    """
    from tui.partnership.changes import Applied

    with folder.lock:
        try:
            folder.state()
        except Damaged:
            folder.public.sealed_storage.replace_all(_remaining_public(folder)[0])
            folder.save(guide, lambda partnership: Applied(partnership, (), ()), author)


def partnership_of_set_aside(root: Path, path: Path) -> str:
    """Return the id of the partnership in `root` that a set-aside file belongs to.

    Raises NotFound for any other file.
    """
    folder = path.absolute().parent
    is_in_store = is_id(folder.name) and folder.parent.resolve() == root.resolve()
    if not is_in_store or not _source_file(path.name):
        raise NotFound(path)
    return folder.name


# Lines as the store writes them: `"entries": {`, and `"12": {"id": …},`.
_TABLE_LINE = re.compile(r'("(?:[^"\\]|\\.)*+"): \{\}?')
_DOCUMENT_LINE = re.compile(r'"([0-9]{1,18})": (\{.*\}),?')
# The beginning of any named object: `"entries" : {`.
_OPENING = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*:\s*\{', re.DOTALL)


def _named_once(pairs: list[tuple[str, object]]) -> Document:
    """Return the object of these pairs. Raises ValueError if a key stands twice."""
    document = dict(pairs)
    if len(document) < len(pairs):
        raise ValueError("a key stands twice")
    return document


_LENIENT_DECODER = json.JSONDecoder(strict=False, object_pairs_hook=_named_once)


@dataclasses.dataclass(slots=True)
class Salvaged:
    """What could be read of damaged bytes."""

    tables: Tables = dataclasses.field(default_factory=dict)  # only documents that were read in full
    unread: list[str] = dataclasses.field(default_factory=list)  # the pieces of text that are left over


def salvage(raw: bytes) -> Salvaged:
    """Return what can be read of `raw`, without ever raising. A person must check it, since no seal vouches for it."""
    text = raw.decode("utf-8", "replace").replace("\0", "")
    by_line = _salvage_lines(text)
    return by_line if by_line.tables else _salvage_openings(text, by_line.unread)


def _document(text: str, start: int = 0) -> tuple[Document, int] | None:
    """Return the JSON object that begins at `start` of `text` and where it ends; None if there is none."""
    try:
        value, end = _LENIENT_DECODER.raw_decode(text, start)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (ValueError, RecursionError):
        return None
    return (value, end) if isinstance(value, dict) else None


def _salvage_lines(text: str) -> Salvaged:
    """Read the layout of the store, one document a line, so that damage to a line costs one document."""
    salvaged = Salvaged()
    table: dict[str, Document] | None = None
    for line in text.split("\n"):
        stripped = line.strip().removesuffix(",")
        if stripped.startswith(f'{{"{SEAL_TABLE}"') or stripped in ("", "}", "{}", "}}"):
            continue
        number, document = _numbered_document(stripped)
        if document is not None and table is not None and table.get(number, document) == document:
            table[number] = document
        elif header := _TABLE_LINE.fullmatch(stripped):
            name = _document(f'{{"name": {header[1]}}}')
            table = salvaged.tables.setdefault(str(name[0]["name"]), {}) if name else None
        else:
            salvaged.unread.append(stripped)
    salvaged.tables = {name: rows for name, rows in salvaged.tables.items() if rows}
    return salvaged


def _numbered_document(line: str) -> tuple[str, Document | None]:
    """Return the number and the document of a line `"12": {…}`; ("", None) for any other line."""
    match = _DOCUMENT_LINE.fullmatch(line)
    parsed = _document(match[2]) if match else None
    return (match[1], parsed[0]) if match and parsed else ("", None)


def _salvage_openings(text: str, unread: list[str]) -> Salvaged:
    """Read any other layout: at each `"name": {`, try to read a document of the table that was begun last."""
    salvaged = Salvaged(unread=unread)
    table, place = "", 0
    while opening := _OPENING.search(text, place):
        key, place = opening[1], opening.end()
        is_number = key.isascii() and key.isdigit() and len(key) <= _NUMBER_DIGITS
        if not is_number:
            table = key
        elif table and table != SEAL_TABLE and (parsed := _document(text, opening.end() - 1)):
            document, place = parsed
            salvaged.tables.setdefault(table, {}).setdefault(key, document)
    return salvaged
