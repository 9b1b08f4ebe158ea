"""Export and import: a partnership as one JSON document, or as the folder of another store; import, merge and copy.

A half is what the public or the private file holds of a partnership. Far documents are the older ones: those of the
closed files, which lie beside the open file.
"""

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

UNFOLDED_LIMIT: Final = 4 * 1024**3  # characters that an imported history may have once its lines are unfolded
TWIN: Final = ".twin"
_PRIVATE_KEY = "private"  # the key of an exported document under which the private tables stand
# Settings that a copy of a partnership does not take over: they say that it was sent, adopted or archived.
_SETTINGS_NOT_COPIED = ("adopted", "archived", "drafts", "draft_text", "draft_words", "numbers")


@dataclass(frozen=True, slots=True)
class ImportedPartnership:
    """The tables of an imported document or folder, cleaned and of the present schema."""

    public: Tables
    past: Tables = field(default_factory=dict)  # the public history
    private: Tables = field(default_factory=dict)  # with the private history
    versions: Tables = field(default_factory=dict)

    @property
    def id(self) -> object:
        """The id that `meta` names; any JSON value, None if there is none."""
        return meta_of(self.public).get("id")

    def state(self, name: str, types: ValueTypes) -> State:
        """Return the state of a partnership with the id `name` and these tables."""
        public = read_half(self.public, types)
        private = read_half(self.private, types, other=public) if self.private else None
        joined = join_halves(name, public, private)
        partnership = replace(joined.partnership, rev=max(joined.partnership.rev, revision_of(self.past)))
        return State(partnership, public, private, self.past, joined.overridden, joined.move_interrupted)

    def history_entries(self, types: ValueTypes) -> list[HistoryEntry]:
        """Return the history, public and private."""
        public = read_history(self.past.get(HISTORY, {}), types, private=False)
        return public + read_history(self.private.get(HISTORY, {}), types, private=True)


def exported_document(
    stored: StoredPartnership, guide: Guide, *, private: bool, history: bool = True
) -> dict[str, Any]:
    """Return a partnership as a JSON object: the public tables with the public history, by name of the table.

    With `private`, the private tables stand under the key "private". With `history` false, the far history is left out.
    """
    public, past, private_tables = stored.tables(guide, far=history)
    all_tables: dict[str, Any] = {**public, HISTORY: past.get(HISTORY, {})}
    if private:
        all_tables[_PRIVATE_KEY] = private_tables
    document: dict[str, Any] = cleaned(all_tables)
    return document


def read_import(data: dict[str, Any] | bytes | Path) -> ImportedPartnership:
    """Return the content of an exported document, of its bytes, of a file that holds it, or of a partnership's folder.

    Raises `NoDocument` if it is none of these, `Newer`, or another `StoreError`.
    """
    if isinstance(data, Path) and data.is_dir():
        return _read_folder(data)
    if isinstance(data, Path):
        with as_store_errors(data):
            return _parse_document(read_named(data, IMPORTED_DOCUMENT_BYTES), data)
    place = Path("-" if isinstance(data, bytes) else "JSON")  # what errors name in place of a file
    if isinstance(data, dict):
        try:
            data = json.dumps(data, allow_nan=False).encode("ascii")
        except (ValueError, TypeError, RecursionError) as err:
            raise NoDocument(place, reason_words(err)) from err
    return _parse_document(data, place)


def _refuse_constant(name: str) -> NoReturn:
    raise Malformed(_("{name} is not JSON").format(name=name))


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise Malformed(_("a key stands twice"))
    return document


def _parse_document(raw: bytes, path: Path) -> ImportedPartnership:
    """Return the content of the bytes of an exported document; errors name `path`. Raises NoDocument, Newer."""
    if not raw.strip():
        raise NoDocument(path, _("it is empty"))
    try:
        text = raw.decode("utf-8-sig") if len(raw) <= IMPORTED_DOCUMENT_BYTES else None
    except ValueError as err:  # not UTF-8: a Word file, for instance
        raise NoDocument(path, reason_words(err)) from err
    if text is None or depth(raw) > NESTING_LIMIT:
        raise NoDocument(path, _("too large, or nests too deep"))
    try:
        document = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_refuse_duplicates)
        if not isinstance(document, dict):
            raise Malformed(_("not an object of tables"))
        document = cleaned(document)
        document.pop("_seal", None)
        private_tables = document.pop(_PRIVATE_KEY, {})
        tables, private = check_tables(document), check_tables(private_tables)
    except (ValueError, RecursionError, Malformed) as err:
        raise NoDocument(path, reason_words(err)) from err
    if ENTRIES not in tables and not meta_of(tables).get("id"):  # an empty partnership has an id, but no entries
        raise NoDocument(path, _("no table of entries"))
    tables = upgrade_tables(tables, path)
    past: Tables = {HISTORY: tables.pop(HISTORY)} if HISTORY in tables else {}
    if any(unfolded_length(table.get(HISTORY, {}).values()) > UNFOLDED_LIMIT for table in (past, private)):
        raise NoDocument(path, _("its history unfolds beyond all measure"))
    return ImportedPartnership(tables, past, without_closed_files(upgrade_tables(private, path)) if private else {})


def _read_folder(folder: Path) -> ImportedPartnership:
    """Return the content of a partnership's folder, or of the only partnership in a store's folder."""
    with as_store_errors(folder):
        if not (folder / PUBLIC).exists() and not (folder / f"{PUBLIC}.twin").exists():
            inside = [path for path in sorted(folder.iterdir()) if is_id(path.name) and path.is_dir()]
            if len(inside) != 1:
                raise NoDocument(folder, _("{n} partnerships in this folder").format(n=len(inside)))
            folder = inside[0]
        public = _read_tables(folder / PUBLIC)
        past, private = _read_with_far_lines(folder / PAST), _read_with_far_lines(folder / PRIVATE)
        versions = _with_far_versions(
            _read_tables(folder / VERSIONS), _far_documents(folder / VERSIONS, VERSIONS_TABLE)
        )
    if ENTRIES not in public and not meta_of(public).get("id"):
        raise NoDocument(folder, _("no table of entries"))
    return ImportedPartnership(public, past, private, versions)


def _read_with_far_lines(path: Path) -> Tables:
    """Return the tables of an open file with all lines of its history, those of its closed files included."""
    return without_closed_files(with_far_lines(_read_tables(path), _far_documents(path, HISTORY)))


def _with_far_versions(tables: Tables, far: list[Document]) -> Tables:
    """Return the tables of the file of versions with the versions of its closed files, `far`, before its own."""
    near = sorted_documents(tables.get(VERSIONS_TABLE, {}))
    older = [record for record in far if record not in near]
    own = without_closed_files(tables)
    return {**own, VERSIONS_TABLE: append_documents({}, [*older, *near])} if older else own


def _far_documents(path: Path, table: str) -> list[Document]:
    """Return the documents of a table in all closed files of the open file `path`, the oldest first, as stored."""
    closed_files = [
        *path.parent.glob(f"{path.name}.closed-*.json"),
        *path.parent.glob(f"{path.name}.closed-*.json.twin"),
    ]
    names = {path.name.removesuffix(TWIN) for path in closed_files}
    tables = [
        _read_tables(path.with_name(name))
        for name in sorted(filter(CLOSED_NAME.fullmatch, names), key=closed_file_number)
    ]
    return [document for file_tables in tables for document in sorted_documents(file_tables.get(table, {}))]


def _read_tables(path: Path) -> Tables:
    """Return the tables of a file or its twin, cleaned and of the present schema."""
    tables: Tables = cleaned(choose_copy(read_copy(path), read_copy(path.with_name(f"{path.name}.twin"))).tables)
    return upgrade_tables(tables, path)


def write_imported(
    stored: StoredPartnership, name: str, guide: Guide, imported: ImportedPartnership, author: Author
) -> None:
    """Write an imported partnership into a new one with the id `name`.

    Cells that may not be public go to the private half. Raises `StoreError`; `Unreadable` for values of a wrong form.
    """
    with reading_of(stored.path):
        state = imported.state(name, stored.types)
    if imported.versions:
        stored.begin_versions(imported.versions)
    stored.start(guide, state, Applied(state.partnership, (), ()), author)


def content_for_copy(stored: StoredPartnership, guide: Guide) -> ImportedPartnership:
    """Return the content with which a copy of a partnership begins.

    Left out are the history, the versions, and settings that say that it was sent, adopted or archived.
    """
    public, _past, private = stored.tables(guide)
    table = dict(public.get(ENTRIES, {}))
    for number, entry in table.items():
        if entry.get("id") == SETTINGS:
            fields = {
                name: field for name, field in entry.get("fields", {}).items() if name not in _SETTINGS_NOT_COPIED
            }
            table[number] = {**entry, "fields": fields}
    return ImportedPartnership(
        {**public, ENTRIES: table}, {}, {name: record for name, record in private.items() if name != HISTORY}
    )


def merge(stored: StoredPartnership, guide: Guide, imported: ImportedPartnership, author: Author, at: str) -> None:
    """Merge what somebody changed in their copy: a cell that only they changed gets their value.

    A cell that both changed becomes a conflict, which the user settles.
    """
    theirs = imported.state(stored.id, stored.types).partnership
    their_history, our_history = imported.history_entries(stored.types), stored.history()

    def act(partnership: Partnership) -> Applied:
        changes = _changes_to_merge(partnership, theirs, our_history, their_history)
        applied = apply(partnership, changes, by=author.name, at=at)
        conflicts_by_id = {conflict.id: conflict for conflict in applied.partnership.conflicts}
        more = tuple(
            replace(conflict, id=new_id()) if conflict.id in conflicts_by_id else conflict
            for conflict in theirs.conflicts
            if (conflict.id not in conflicts_by_id or not _holds_refused_text(conflicts_by_id[conflict.id], conflict))
            and not is_in_history(conflict, our_history)
        )
        if more:
            rev = applied.partnership.rev + 1
            conflicts = (*applied.partnership.conflicts, *more)
            applied = replace(
                applied, partnership=replace(applied.partnership, rev=rev, changed=at, conflicts=conflicts)
            )
        return applied

    stored.save(guide, act, author)


def _holds_refused_text(ours: Conflict, theirs: Conflict) -> bool:
    """Return whether our conflict holds the refused text of the same conflict in their copy, or a continuation."""
    return ours.mine == theirs.mine or str(ours.mine).startswith(str(theirs.mine))


def _changes_to_merge(
    mine: Partnership, theirs: Partnership, our_history: list[HistoryEntry], their_history: list[HistoryEntry]
) -> list[Change]:
    """Return the changes that make `theirs` part of `mine`.

    A value that our cell held before is outdated and left out. A value that followed ours in their copy replaces ours.
    Any other value is based on an older revision, so that it becomes a conflict.
    """
    changes: list[Change] = []
    for entry in theirs.entries.values():
        our_entry = mine.entry(entry.id)
        if our_entry is not None and (our_entry.question, our_entry.part) != (entry.question, entry.part):
            entry, our_entry = replace(entry, id=new_id()), None  # Two different entries have the same id by chance.
        for key, cell in entry.cells.items():
            own = None if our_entry is None else our_entry.cells.get(key)
            base: int | None = None
            if own is not None:
                if own.value == cell.value or _held_before(our_history, entry.id, key, cell.value):
                    continue
                base = own.rev if _held_before(their_history, entry.id, key, own.value) else own.rev - 1
                if base < own.rev and key == ORDER:
                    continue  # The order of entries is no text that somebody wrote: ours counts.
            changes.append(Change(entry.id, entry.question, key, cell.value, entry.part, entry.subject, base, "merge"))
    return changes


def _held_before(history: list[HistoryEntry], entry_id: str, key: str, value: object) -> bool:
    """Return whether a cell once held this value and was then changed."""
    return any((line.entry, line.cell) == (entry_id, key) and line.value == value for line in history)
