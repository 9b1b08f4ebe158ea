"""A partnership as one JSON document, or as another store's folder: handed over, brought in, merged, copied."""

from __future__ import annotations

import json
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Final, NoReturn

from tui.error_words import reason_words
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.named_files import read_named
from tui.partnership.changes import Applied, apply
from tui.partnership.ids import is_id, new_id
from tui.partnership.value_types import ValueTypes
from tui.partnership.values import ORDER, SETTINGS, Change, Conflict, HistoryEntry, Partnership
from tui.store.closed_history import HISTORY, IMPORTED_DOCUMENT_BYTES, closed_file_number, without_closed_files
from tui.store.file_names import CLOSED_NAME, PAST, PRIVATE, PUBLIC, VERSIONS
from tui.store.history import read_history
from tui.store.history_lines import unfolded_length
from tui.store.public_private import ENTRIES, State, join_halves, read_half
from tui.store.records import append_documents, cleaned, meta_of, revision_of, sorted_documents
from tui.store.sealed_bytes import NESTING_LIMIT, Document, Malformed, Tables, check_tables, depth, upgrade_tables
from tui.store.sealed_storage import choose_copy, read_copy
from tui.store.settled_conflicts import is_in_history
from tui.store.store_errors import Author, NoDocument, as_store_errors, reading_of
from tui.store.stored_partnership import StoredPartnership, with_far_lines
from tui.store.version_files import VERSIONS_TABLE

UNFOLDED_LIMIT: Final = 4 * 1024**3  # letters that a history may have once its differences are made whole
TWIN: Final = ".twin"
_SECRET = "private"  # the key of a document under which the tables of the private file lie
# The settings that a copy does not take over.
_PASSING = ("adopted", "archived", "drafts", "draft_text", "draft_words", "numbers")


@dataclass(frozen=True, slots=True)
class ImportedPartnership:
    """What a document or a folder holds, cleaned and of the present schema."""

    public: Tables
    past: Tables = field(default_factory=dict)
    private: Tables = field(default_factory=dict)
    versions: Tables = field(default_factory=dict)

    @property
    def id(self) -> object:
        """The id it says it had."""
        return meta_of(self.public).get("id")

    def state(self, name: str, types: ValueTypes) -> State:
        """It as the state of a partnership called `name`."""
        public = read_half(self.public, types)
        private = read_half(self.private, types, other=public) if self.private else None
        joined = join_halves(name, public, private)
        partnership = replace(joined.partnership, rev=max(joined.partnership.rev, revision_of(self.past)))
        return State(partnership, public, private, self.past, joined.overridden, joined.move_interrupted)

    def pasts(self, types: ValueTypes) -> list[HistoryEntry]:
        """Return its history, public and private."""
        told = read_history(self.past.get(HISTORY, {}), types, private=False)
        return told + read_history(self.private.get(HISTORY, {}), types, private=True)


def document(stored: StoredPartnership, guide: Guide, *, private: bool, history: bool = True) -> dict[str, Any]:
    """Return the public tables with the public history; with `private`, those of the private file under "private".

    With `history` false closed files are not read: what is near is there all the same.
    """
    public, past, secret = stored.tables(guide, far=history)
    made: dict[str, Any] = {**public, HISTORY: past.get(HISTORY, {})}
    if private:
        made[_SECRET] = secret
    found: dict[str, Any] = cleaned(made)
    return found


def brought(data: dict[str, Any] | bytes | Path) -> ImportedPartnership:
    """Return what `data` holds: a document, its bytes, a file of it, or a partnership's folder.

    `NoDocument`, `Newer` …
    """
    if isinstance(data, Path) and data.is_dir():
        return _from_folder(data)
    if isinstance(data, Path):
        with as_store_errors(data):
            return _from_bytes(read_named(data, IMPORTED_DOCUMENT_BYTES), data)
    place = Path("JSON")
    if isinstance(data, dict):
        try:
            data = json.dumps(data, allow_nan=False).encode("ascii")
        except (ValueError, TypeError, RecursionError) as err:
            raise NoDocument(place, reason_words(err)) from err
    return _from_bytes(data, place)


def _no_constant(name: str) -> NoReturn:
    raise Malformed(_("{name} is not JSON").format(name=name))


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Malformed(_("a key stands twice"))
    return made


def _from_bytes(raw: bytes, path: Path) -> ImportedPartnership:
    if not raw.strip():
        raise NoDocument(path, _("it is empty"))
    try:
        text = raw.decode("utf-8-sig") if len(raw) <= IMPORTED_DOCUMENT_BYTES else None
    except ValueError as err:  # a Word file, say: its bytes nest in nothing
        raise NoDocument(path, reason_words(err)) from err
    if text is None or depth(raw) > NESTING_LIMIT:
        raise NoDocument(path, _("too large, or nests too deep"))
    try:
        found = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_duplicates)
        if not isinstance(found, dict):
            raise Malformed(_("not an object of tables"))
        found = cleaned(found)
        found.pop("_seal", None)
        secret = found.pop(_SECRET, {})
        tables, private = check_tables(found), check_tables(secret)
    except (ValueError, RecursionError, Malformed) as err:
        raise NoDocument(path, reason_words(err)) from err
    if ENTRIES not in tables and not meta_of(tables).get("id"):
        raise NoDocument(path, _("no table of entries"))
    tables = upgrade_tables(tables, path)
    past: Tables = {HISTORY: tables.pop(HISTORY)} if HISTORY in tables else {}
    if any(unfolded_length(table.get(HISTORY, {}).values()) > UNFOLDED_LIMIT for table in (past, private)):
        raise NoDocument(path, _("its history unfolds beyond all measure"))
    return ImportedPartnership(tables, past, without_closed_files(upgrade_tables(private, path)) if private else {})


def _from_folder(folder: Path) -> ImportedPartnership:
    """Return a partnership's folder, only read: of a store with one partnership, that one."""
    with as_store_errors(folder):
        if not (folder / PUBLIC).exists() and not (folder / f"{PUBLIC}.twin").exists():
            inside = [path for path in sorted(folder.iterdir()) if is_id(path.name) and path.is_dir()]
            if len(inside) != 1:
                raise NoDocument(folder, _("{n} partnerships in this folder").format(n=len(inside)))
            folder = inside[0]
        tables = [_believed(folder / name) for name in (PUBLIC, PAST, PRIVATE, VERSIONS)]
        for at, name in ((1, PAST), (2, PRIVATE)):
            tables[at] = without_closed_files(with_far_lines(tables[at], _far_documents(folder / name, HISTORY)))
        tables[3] = _with_far_versions(tables[3], _far_documents(folder / VERSIONS, VERSIONS_TABLE))
    if ENTRIES not in tables[0] and not meta_of(tables[0]).get("id"):
        raise NoDocument(folder, _("no table of entries"))
    return ImportedPartnership(*tables)


def _with_far_versions(tables: Tables, far: list[Document]) -> Tables:
    """Return the tables of the file of versions with those of its closed files, each once, before its own."""
    near = sorted_documents(tables.get(VERSIONS_TABLE, {}))
    older = [record for record in far if record not in near]
    return (
        {**without_closed_files(tables), VERSIONS_TABLE: append_documents(append_documents({}, older), near)}
        if older
        else without_closed_files(tables)
    )


def _far_documents(path: Path, table: str) -> list[Document]:
    """Return what the closed files behind a file hold in their `table`, as it lies there."""
    found = [*path.parent.glob(f"{path.name}.closed-*.json"), *path.parent.glob(f"{path.name}.closed-*.json.twin")]
    names = {path.name.removesuffix(TWIN) for path in found}
    tables = [
        _believed(path.with_name(name)) for name in sorted(filter(CLOSED_NAME.fullmatch, names), key=closed_file_number)
    ]
    return [document for record in tables for document in sorted_documents(record.get(table, {}))]


def _believed(path: Path) -> Tables:
    tables: Tables = cleaned(choose_copy(read_copy(path), read_copy(path.with_name(f"{path.name}.twin"))).tables)
    return upgrade_tables(tables, path)


def bring_in(stored: StoredPartnership, name: str, guide: Guide, what: ImportedPartnership, author: Author) -> None:
    """Write what was brought into a new partnership, called `name`.

    Cells that may not be public go to the private file. Raises `StoreError`; `Unreadable` for what trips the reading.
    """
    with reading_of(stored.path):
        state = what.state(name, stored.types)
    if what.versions:
        stored.begin_versions(what.versions)
    stored.start(guide, state, Applied(state.partnership, (), ()), author)


def copy_of(stored: StoredPartnership, guide: Guide) -> ImportedPartnership:
    """What a copy of a partnership starts with: all it says, without history, versions and signs of being finished."""
    public, _past, private = stored.tables(guide)
    table = dict(public.get(ENTRIES, {}))
    for number, entry in table.items():
        if entry.get("id") == SETTINGS:
            fields = {name: field for name, field in entry.get("fields", {}).items() if name not in _PASSING}
            table[number] = {**entry, "fields": fields}
    return ImportedPartnership(
        {**public, ENTRIES: table}, {}, {name: record for name, record in private.items() if name != HISTORY}
    )


def merge(stored: StoredPartnership, guide: Guide, what: ImportedPartnership, author: Author, at: str) -> None:
    """Bring in what somebody changed in their copy: what only they changed is taken over, what both did conflicts."""
    theirs, told, ours = what.state(stored.id, stored.types).partnership, what.pasts(stored.types), stored.history()

    def act(partnership: Partnership) -> Applied:
        changes = _merging(partnership, theirs, ours, told)
        applied = apply(partnership, changes, by=author.name, at=at)
        known = {conflict.id: conflict for conflict in applied.partnership.conflicts}
        more = tuple(
            replace(conflict, id=new_id()) if conflict.id in known else conflict
            for conflict in theirs.conflicts
            if (conflict.id not in known or not _holds(known[conflict.id], conflict))
            and not is_in_history(conflict, ours)
        )
        if more:
            rev = applied.partnership.rev + 1
            conflicts = (*applied.partnership.conflicts, *more)
            applied = replace(
                applied, partnership=replace(applied.partnership, rev=rev, changed=at, conflicts=conflicts)
            )
        return applied

    stored.save(guide, act, author)


def _holds(ours: Conflict, theirs: Conflict) -> bool:
    """Whether a conflict says all that the same one says elsewhere: a refused text may have been gone on with there."""
    return ours.mine == theirs.mine or str(ours.mine).startswith(str(theirs.mine))


def _merging(
    mine: Partnership, theirs: Partnership, ours: list[HistoryEntry], told: list[HistoryEntry]
) -> list[Change]:
    """Return the changes that make `theirs` part of `mine`.

    A text that ours once was is old, one that came after ours new.
    """
    changes: list[Change] = []
    for entry in theirs.entries.values():
        standing = mine.entry(entry.id)
        if standing is not None and (standing.question, standing.part) != (entry.question, entry.part):
            entry, standing = replace(entry, id=new_id()), None  # two entries of one id: neither is read as the other
        for key, cell in entry.cells.items():
            own = None if standing is None else standing.cells.get(key)
            base: int | None = None
            if own is not None:
                if own.value == cell.value or _was(ours, entry.id, key, cell.value):
                    continue
                base = own.rev if _was(told, entry.id, key, own.value) else own.rev - 1
                if base < own.rev and key == ORDER:
                    continue  # nobody wrote an order key: ours stands
            changes.append(Change(entry.id, entry.question, key, cell.value, entry.part, entry.subject, base, "merge"))
    return changes


def _was(past: list[HistoryEntry], entry: str, key: str, value: object) -> bool:
    """Return whether a cell once held this value before another one came."""
    return any(
        (history_entry.entry, history_entry.cell) == (entry, key) and history_entry.value == value
        for history_entry in past
    )
