"""Files set aside, damaged files and second copies of sync programs: what they say, and how it comes back."""

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


_NAME = re.compile(rf"({re.escape(PUBLIC)}|{re.escape(PRIVATE)})\.(?:damaged|before)-[0-9a-z]+")
_REASON: Final = "kept"  # the reason that a change taken from a set-aside file carries


@dataclass(frozen=True, slots=True)
class SetAsideFile:
    """One set-aside file. `edited` when it reads whole (somebody changed it elsewhere), else it is what damage left.

    `changes` is what it says and the partnership does not, nor ever did; `since` when it was last written (ISO 8601).
    """

    path: Path
    edited: bool
    since: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Readable:
    """What can still be read of a partnership whose public file is lost in both copies; `unread` pieces cannot."""

    partnership: Partnership
    unread: int


def kept_beside(folder: Folder) -> list[SetAsideFile]:
    """Return what lies set aside beside the public and the private file, the last written first. `StoreError`."""
    found = [(path, _set_aside_of(path.name)) for path in sorted(folder.path.iterdir()) if not path.is_symlink()]
    aside = [(path, name) for path, name in found if name]
    if not aside:
        return []
    state, past = folder.state(), folder.history()
    kept = []
    for path, name in aside:
        ours = (state.private or Half(folder.types)) if name == PRIVATE else state.public
        with as_store_errors(path):
            edited, tables = _read(path)
            since = datetime.fromtimestamp(path.stat().st_mtime).astimezone().isoformat(timespec="seconds")
        theirs = read_half(tables, folder.types, other=ours)
        if copied_file(path.name):
            changes = tuple(_changes_elsewhere(theirs, state.partnership, past))
        else:
            changes = tuple(_changes(theirs, ours, state.partnership, past, whole=edited))
        kept.append(SetAsideFile(path, edited, since, changes))
    return sorted(kept, key=lambda item: moments.order_key(item.since), reverse=True)


def is_set_aside(name: str) -> bool:
    """Return whether a file so called, in a partnership's folder, is one that `kept_beside` tells of."""
    return bool(_set_aside_of(name))


def _set_aside_of(name: str) -> str:
    """Return the public or the private file that a file so called says something of; "" for any other."""
    match = _NAME.fullmatch(name)
    ours = match[1] if match else "" if TWIN in name else copied_file(name)
    return ours if ours in (PUBLIC, PRIVATE) else ""


def _read(path: Path) -> tuple[bool, Tables]:
    """Return whether a file reads strictly, and its tables: all of them, or what can be read."""
    copy = read_copy(path)
    if copy.loaded:
        return True, upgrade_tables(copy.loaded.tables, path)
    return False, salvage(copy.raw or b"").tables


def _changes(
    theirs: Half, ours: Half, partnership: Partnership, past: list[HistoryEntry], *, whole: bool
) -> Iterable[Change]:
    """Yield the changes that bring in what `theirs` says; on the revision it was written on, so that newer text stays.

    Where the file is `whole`, what is missing in it was taken out by hand.
    """
    for entry in theirs.entries.values():
        standing = partnership.entry(entry.id)
        for key, cell in entry.cells.items():
            own = None if standing is None else standing.cells.get(key)
            if own is None or own.value != cell.value:
                older = own is not None and cell.rev < own.rev
                if not (older and (key == ORDER or _known(past, entry.id, key, cell.value, str(own and own.value)))):
                    yield _change(entry, key, cell.value, cell.rev if own is not None else None)
    for entry in ours.entries.values() if whole else ():
        there = theirs.cells.get(entry.id)
        gone = {key: cell for key, cell in entry.cells.items() if key not in (there or {}) and cell.rev <= theirs.rev}
        if there is None and entry.part and len(gone) == len(entry.cells):
            yield _change(entry, REMOVED, True, None)
        else:
            for key, cell in gone.items():
                if cell.value is not None:
                    yield _change(entry, key, None, cell.rev)


def _changes_elsewhere(theirs: Half, partnership: Partnership, past: list[HistoryEntry]) -> Iterable[Change]:
    """Yield the changes that bring in what another machine wrote; where both wrote, the two texts become a conflict.

    That machine counted its revisions by itself, so they tell nothing beside ours: what it lacks may be newer.
    """
    for entry in theirs.entries.values():
        standing = partnership.entry(entry.id)
        for key, cell in entry.cells.items():
            own = None if standing is None else standing.cells.get(key)
            if own is None:
                yield _change(entry, key, cell.value, None)
            elif (
                own.value != cell.value and key != ORDER and not _known(past, entry.id, key, cell.value, str(own.value))
            ):
                yield _change(entry, key, cell.value, 0)


def _change(entry: Entry, key: str, value: object, base: int | None) -> Change:
    return Change(entry.id, entry.question, key, value, entry.part, entry.subject, base, reason=_REASON)


def _known(past: list[HistoryEntry], entry: str, key: str, value: object, present: str) -> bool:
    """Return whether a cell held this value once, or a text that only goes on from it."""
    texts = [item for two in past if (two.entry, two.cell) == (entry, key) for item in (two.value, two.new)]
    if value in texts:
        return True
    return isinstance(value, str) and any(str(text).startswith(value) for text in (*texts, present))


def take_over(folder: Folder, guide: Guide, path: Path, author: Author, at: str) -> Saved:
    """Bring in what a set-aside file says; it stays where it is.

    Raises NotFound for a file that is not set aside here.
    """
    from tui.partnership.changes import apply

    set_aside_file = next(
        (set_aside_file for set_aside_file in kept_beside(folder) if set_aside_file.path.name == path.name), None
    )
    if set_aside_file is None:
        raise NotFound(path)
    return folder.save(
        guide, lambda partnership: apply(partnership, set_aside_file.changes, by=author.name, at=at), author
    )


def readable(folder: Folder) -> Readable:
    """Return what can be read of a partnership whose public file is damaged or gone in both copies.

    Nothing is written.
    """
    with as_store_errors(folder.path):
        public, left = _public_left(folder)
        try:
            secret = folder.private.documents()
        except Damaged:
            secret, more = _salvaged(folder.private)
            left += more
    half = read_half(public, folder.types)
    joined = join_halves(folder.id, half, read_half(secret, folder.types, other=half) if secret else None)
    return Readable(joined.partnership, left)


def _public_left(folder: Folder) -> tuple[Tables, int]:
    """As `_salvaged` of the public file; where nothing of it is there, what its history tells that it held."""
    public, left = _salvaged(folder.public)
    return (public, left) if public or left else (_told_by(folder.history(private=False), folder.types), 0)


def _told_by(past: list[HistoryEntry], types: ValueTypes) -> Tables:
    """Return the entries as the last of these changes left them."""
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


def _salvaged(database: SealedDB) -> tuple[Tables, int]:
    """Return the documents that either copy still holds whole, and how many pieces neither does."""
    found: list[Salvaged] = []
    for path in (database.path, database.sealed_storage.twin):
        copy = read_copy(path)
        found.append(Salvaged(dict(copy.loaded.tables)) if copy.loaded else salvage(copy.raw or b""))
    main, twin = found
    tables: Tables = {**twin.tables, **main.tables}
    entries: Table = main.tables.get(ENTRIES, {})
    more = [record for record in twin.tables.get(ENTRIES, {}).values() if record not in entries.values()]
    if entries or more:
        tables[ENTRIES] = append_documents(entries, more)
    return tables, min(len(main.unread), len(twin.unread))


def restart_from_readable(folder: Folder, guide: Guide, author: Author) -> None:
    """Start over from what can be read; the damaged bytes are set aside first. Nothing happens where all is well."""
    from tui.partnership.changes import Applied

    with folder.lock:
        try:
            folder.state()
        except Damaged:
            folder.public.sealed_storage.replace_all(_public_left(folder)[0])
            folder.save(guide, lambda partnership: Applied(partnership, (), ()), author)


def of_kept(root: Path, path: Path) -> str:
    """Return the id of the partnership in `root` that a set-aside file belongs to.

    Raises NotFound for any other file.
    """
    name = path.absolute().parent.name
    if not is_id(name) or path.absolute().parent.parent.resolve() != root.resolve() or not _set_aside_of(path.name):
        raise NotFound(path)
    return name


_TABLE_LINE = re.compile(r'("(?:[^"\\]|\\.)*+"): \{\}?')
_DOCUMENT_LINE = re.compile(r'"([0-9]{1,18})": (\{.*\}),?')
_OPENING = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*:\s*\{', re.DOTALL)


def _named_once(pairs: list[tuple[str, object]]) -> Document:
    """Return the object of these pairs. Raises ValueError if a key stands twice: the decoder would keep the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


_DECODER = json.JSONDecoder(strict=False, object_pairs_hook=_named_once)


@dataclasses.dataclass(slots=True)
class Salvaged:
    """`tables` hold only documents that were read whole; `unread` are the pieces of text left over."""

    tables: Tables = dataclasses.field(default_factory=dict)
    unread: list[str] = dataclasses.field(default_factory=list)


def salvage(raw: bytes) -> Salvaged:
    """Read what can be read of `raw`; never raises. The result proves nothing and must be looked at by a person."""
    text = raw.decode("utf-8", "replace").replace("\0", "")
    by_line = _by_line(text)
    return by_line if by_line.tables else _by_opening(text, by_line.unread)


def _document(text: str, start: int = 0) -> tuple[Document, int] | None:
    """Return the JSON object at `start` of `text` and where it ends, or None."""
    try:
        found, end = _DECODER.raw_decode(text, start)
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (ValueError, RecursionError):
        return None
    return (found, end) if isinstance(found, dict) else None


def _by_line(text: str) -> Salvaged:
    """Our own layout: a document a line, so that damage to one line costs one document."""
    found = Salvaged()
    table: dict[str, Document] | None = None
    for line in text.split("\n"):
        stripped = line.strip().removesuffix(",")
        if stripped.startswith(f'{{"{SEAL_TABLE}"') or stripped in ("", "}", "{}", "}}"):
            continue
        row = _DOCUMENT_LINE.fullmatch(stripped)
        whole = _document(row[2]) if row is not None else None
        if row is not None and whole is not None and table is not None and table.get(row[1], whole[0]) == whole[0]:
            table[row[1]] = whole[0]
        elif header := _TABLE_LINE.fullmatch(stripped):
            name = _document(f'{{"name": {header[1]}}}')
            table = found.tables.setdefault(str(name[0]["name"]), {}) if name else None
        else:
            found.unread.append(stripped)
    found.tables = {name: rows for name, rows in found.tables.items() if rows}
    return found


def _by_opening(text: str, unread: list[str]) -> Salvaged:
    """Any other layout: at each `"name": {` try to read a document under the table last opened."""
    found = Salvaged(unread=unread)
    table, place = "", 0
    while opening := _OPENING.search(text, place):
        key, place = opening[1], opening.end()
        if not (key.isascii() and key.isdigit() and len(key) <= 18):
            table = key
        elif table and table != SEAL_TABLE and (whole := _document(text, opening.end() - 1)):
            found.tables.setdefault(table, {}).setdefault(key, whole[0])
            place = whole[1]
    return found
