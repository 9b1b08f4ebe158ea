"""Erasure: words that the user names are taken out of a partnership for good.

They are taken out of its fields, its history, its drafts, and every file in and around its folder. `server_erasure`
does the same for rows of a server, with the `Eraser` of this module.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tui.atomic_files import Modes, read_file, write_atomic
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.named_files import opened_plain
from tui.partnership.changes import apply
from tui.partnership.ids import is_id
from tui.partnership.organisations import LINK
from tui.partnership.partners import WHO
from tui.partnership.values import ORDER, REMOVED, SETTINGS, STATE, Change, Partnership
from tui.partnership.versions import ADOPTED
from tui.store.adopted_papers import PAPER
from tui.store.backup import BROKEN_ZIP_ERRORS, TOTAL_LIMIT, known_backups
from tui.store.closed_history import HISTORY, closed_files_of
from tui.store.directory_file import DIRECTORY, open_directory
from tui.store.file_names import NAMES, is_closed_file, is_public_file
from tui.store.folder_lifecycle import earlier_life_folders, folders_of, related_copies
from tui.store.journal import presences
from tui.store.list_cache import forget
from tui.store.partnership_folder import Folder
from tui.store.public_private import CONFLICTS, ENTRIES
from tui.store.records import Table, is_entry, sorted_documents
from tui.store.sealed_bytes import META, Document, Malformed, Tables, add_seal, body_of, load, verified_seal
from tui.store.store_errors import Author, StoreError, as_store_errors
from tui.store.sync_copies import folder_copies
from tui.store.tinydb_tables import SealedDB
from tui.store.version_files import VERSIONS_TABLE
from tui.text.sought_text import SoughtText, cut_spans, partial_spans

_KINDS_WITHOUT_WORDS: Final = frozenset(
    {"choice", "flag", "number", "partner", "reference"}
)  # kinds of fields that hold no words of a person
_UNFINISHED: Final = "unfinished-"  # the beginning of the names of texts that are still being typed
_STORE_FILES: Final = frozenset({".lock", *NAMES, *(f"{name}.twin" for name in NAMES)})


@dataclass(frozen=True, slots=True)
class HoldingCell:
    """A cell in which the words stand now."""

    question: str  # id
    part: str  # id
    cell: str  # key of the cell in its entry
    subject: tuple[str, ...]  # ids of what the entry is about, such as a partner


@dataclass(frozen=True, slots=True)
class Erasure:
    """Where the words stand, or stood before they were taken out."""

    # What is taken out.
    cells: tuple[HoldingCell, ...] = ()
    earlier: int = 0  # lines of the history, and conflicts
    drafts: int = 0  # versions that were sent to nobody
    files: tuple[Path, ...] = ()  # other files of the folder, such as those set aside
    binned: int = 0  # earlier lives: partnerships in the bin that had the same id
    organisations: tuple[str, ...] = ()  # names of organisations in the directory that are partners here

    # What is not taken out.
    gone_out: tuple[Document, ...] = ()  # versions that were sent or adopted
    unread: tuple[Path, ...] = ()  # files that cannot be searched, such as an adopted PDF
    elsewhere: tuple[Path, ...] = ()  # backups, and other files outside the store
    others: tuple[str, ...] = ()  # names of other organisations in the directory
    copies: tuple[str, ...] = ()  # ids of copies of the partnership
    sessions: tuple[str, ...] = ()  # names of others who have the partnership open
    server_logs: bool = False  # whether a server's log and backups may hold the words

    @property
    def found(self) -> bool:
        """Whether there is anything to take out."""
        return bool(self.cells or self.earlier or self.drafts or self.files or self.binned or self.organisations)


class Eraser:
    """Takes the words `sought` out of values and tables. `guide` says which cells hold codes: these are left alone."""

    def __init__(self, guide: Guide, sought: SoughtText) -> None:
        self.guide = guide
        self.sought = sought
        self._code_fields: dict[tuple[str, str], frozenset[str]] = {
            (question.id, part.id): frozenset(field.id for field in part.fields if field.kind in _KINDS_WITHOUT_WORDS)
            for question in guide.by_id.values()
            for part in question.parts
        }
        self._choice_codes = frozenset(code for codes in guide.choices.values() for code in codes)

    def value(self, value: Any) -> Any:
        """Return a JSON value whose texts, at any depth, are without the words; ids stay.

        A text of which nothing is left becomes None, and is left out of a list.
        """
        if isinstance(value, str):
            if is_id(value) or not self.sought.stands_in(value):
                return value
            return self.sought.without(value) or None
        if isinstance(value, dict):
            return {key: self.value(item) for key, item in value.items() if not self.sought.stands_in(key)}
        if isinstance(value, list):
            return [cleaned for item in value if (cleaned := self.value(item)) is not None or item is None]
        return value

    def cell(self, question: object, part: object, key: str, value: Any) -> Any:
        """Return the value of the cell `key` as the method `value` does; settings and codes of the guide stay."""
        if question == SETTINGS or key in (ORDER, REMOVED):
            return value
        code_fields = self._code_fields.get((str(question), str(part)), frozenset())
        field = key.partition("@")[0].partition("~")[0]  # "name" of the keys "name@fr" and "name~2"
        has_no_words = not isinstance(value, str) or value in self._choice_codes
        if has_no_words and (key == STATE or field in code_fields):
            return value
        return self.value(value)

    def changes(self, partnership: Partnership) -> list[Change]:
        """Return the changes that take the words out of all cells, those of removed entries included."""
        changes: list[Change] = []
        for entry in partnership.entries.values():
            for key, cell in entry.cells.items():
                cleaned = self.cell(entry.question, entry.part, key, cell.value)
                if cleaned != cell.value:
                    changes.append(Change(entry.id, entry.question, key, cleaned, entry.part, entry.subject))
        return changes

    def tables(self, tables: Tables, current: Mapping[tuple[str, str], Any]) -> Tables:
        """Return the tables of a file without the words; `current` holds today's value by (entry id, cell key).

        Earlier texts also lose parts of the words, as they stood while somebody typed or deleted them. A line of the
        history whose two values are then equal is left out.
        """
        cleaned_tables: Tables = {}
        for name, table in tables.items():
            if name == META:
                cleaned_tables[name] = table
            elif name == HISTORY:
                cleaned_tables[name] = self._history(table, current)
            elif name == CONFLICTS:
                cleaned_tables[name] = {
                    number: self._texts_of_cell(record, "mine", "theirs") for number, record in table.items()
                }
            elif name == ENTRIES:
                cleaned_tables[name] = {number: self._entry(record) for number, record in table.items()}
            elif name == VERSIONS_TABLE:
                cleaned_tables[name] = {
                    number: record if was_sent_or_adopted(record) else self._whole_document(record)
                    for number, record in table.items()
                }
            else:
                cleaned_tables[name] = {number: self._whole_document(record) for number, record in table.items()}
        return cleaned_tables

    def _whole_document(self, document: Document) -> Document:
        cleaned_document: Document = self.value(document)
        return cleaned_document

    def _texts_of_cell(self, document: Document, *keys: str) -> Document:
        question, part, cell = (document.get(key, "") for key in ("question", "part", "cell"))
        return {
            key: self.cell(question, part, str(cell), value) if key in keys else value
            for key, value in document.items()
        }

    def _entry(self, document: Document) -> Document:
        """Return the document of an entry without the words; also what a newer program wrote into it."""
        if not is_entry(document):
            return self._whole_document(document)
        fixed = {"id", "question", "part", "subject", "order", "state", "removed"}
        cleaned_entry = {
            key: value if key in fixed else self.value(value) for key, value in document.items() if key != "fields"
        }
        fields = document.get("fields")
        if isinstance(fields, dict):
            question, part = document["question"], document.get("part", "")
            # The value of a field is an object with its value, or its texts by language, and revisions.
            cleaned_entry["fields"] = {name: self.cell(question, part, name, value) for name, value in fields.items()}
        return cleaned_entry

    def _history(self, table: Table, current: Mapping[tuple[str, str], Any]) -> Table:
        """Return the lines of a history without the words, as `tables` says."""
        numbers_by_cell: dict[tuple[str, str], list[str]] = {}  # by (entry id, cell key)
        for number in sorted(table, key=int):
            place = str(table[number].get("entry")), str(table[number].get("cell"))
            numbers_by_cell.setdefault(place, []).append(number)
        cleaned_lines = dict(table)
        for place, numbers in numbers_by_cell.items():
            for number in numbers:
                cleaned_lines[number] = self._texts_of_cell(table[number], "value", "new")
            if any(cleaned_lines[number] != table[number] for number in numbers):
                self._remove_typed_parts(table, cleaned_lines, numbers, current.get(place))
        remaining = (
            number
            for number in cleaned_lines
            if cleaned_lines[number] == table[number] or _is_change(cleaned_lines[number])
        )
        return {number: cleaned_lines[number] for number in remaining}

    def _remove_typed_parts(self, table: Table, cleaned_lines: Table, numbers: list[str], current_value: Any) -> None:
        """Take parts of the words, as they stood while being typed, out of the lines `numbers` of one cell.

        `cleaned_lines` are changed; `table` holds the lines as they were, `current_value` today's value of the cell,
        which stays.
        """
        places = [(number, key) for number in numbers for key in ("value", "new")]
        texts = [text if isinstance(text := table[number].get(key), str) else "" for number, key in places]
        for (number, key), text, spans in zip(places, texts, partial_spans(texts, self.sought), strict=True):
            if spans and text != current_value:
                cleaned_lines[number] = {**cleaned_lines[number], key: cut_spans(text, spans) or None}


def _is_change(line: Document) -> bool:
    """Return whether the two values of a line of the history differ."""
    return line.get("value") != line.get("new")


def was_sent_or_adopted(version: Document) -> bool:
    """Return whether a version was sent to somebody, or adopted: then its words may not be changed any more."""
    sent = version.get("sent")
    reached = isinstance(sent, dict) and bool(sent.get("partners") or sent.get("others"))
    return reached or version.get("status") == ADOPTED


# -- one folder --------------------------------------------------------------------------------------------------------


def find_words(folder: Folder, eraser: Eraser) -> Erasure:
    """Return where the words stand in the folder of a partnership, without writing. Raises `StoreError`."""
    partnership = folder.state().partnership
    databases = (folder.public, folder.private, folder.past, *folder.version_files.readable_files())
    tables = [database.documents() or {} for database in databases]
    tables += [{HISTORY: table} for table in _closed_tables(folder)]
    in_tables = find_in_tables(tables, partnership, eraser)
    with as_store_errors(folder.path):
        files = tuple(path for path in other_files(folder.path) if holds(path, eraser.sought))
        unread = tuple(_uncheckable_files(folder.path, eraser.sought))
    return replace(in_tables, files=files, unread=unread)


def find_in_tables(all_tables: Iterable[Tables], partnership: Partnership, eraser: Eraser) -> Erasure:
    """Return where the words stand in the tables of all files of a partnership."""
    cells = [
        HoldingCell(change.question, change.part, change.cell, change.subject) for change in eraser.changes(partnership)
    ]
    earlier = drafts = 0
    gone_out: list[Document] = []
    for before in all_tables:
        after = eraser.tables(before, current_values(partnership))
        for name in before:
            differing = sum(after[name].get(number) != record for number, record in before[name].items())
            if name == VERSIONS_TABLE:
                drafts += differing
            elif name != ENTRIES:
                earlier += differing
        for version in sorted_documents(before.get(VERSIONS_TABLE, {})):  # After a crash two files hold the same ones.
            if version not in gone_out and was_sent_or_adopted(version) and _contains_words(version, eraser.sought):
                gone_out.append(version)
    return Erasure(tuple(cells), earlier, drafts, gone_out=tuple(gone_out))


def _closed_tables(folder: Folder) -> Iterator[Table]:
    """Yield the lines of the history that lie in closed files, one table for each file."""
    for database, closed in ((folder.past, folder.far_past), (folder.private, folder.far_private)):
        yield from closed.tables(closed_files_of(database.documents()))


def current_values(partnership: Partnership) -> dict[tuple[str, str], Any]:
    """Return the value of each cell by (entry id, cell key)."""
    return {
        (entry.id, name): cell.value for entry in partnership.entries.values() for name, cell in entry.cells.items()
    }


def _contains_words(value: Any, sought: SoughtText) -> bool:
    if isinstance(value, dict):
        return any(_contains_words(item, sought) for item in value.values())
    if isinstance(value, list):
        return any(_contains_words(item, sought) for item in value)
    return isinstance(value, str) and sought.stands_in(value)


def other_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that are not read as tables: set aside, unfinished or damaged ones, papers, journals.

    The journal of a session that is open is left out, since that session still writes to it.
    """
    open_sessions = {presence.session for presence in presences(folder)}  # the names of their journals, without ending
    for path in sorted(folder.iterdir()):
        is_open_journal = any(path.name.startswith((f"{name}.jsonl", f".{name}.jsonl")) for name in open_sessions)
        is_read_as_tables = path.name in _STORE_FILES or (is_closed_file(path.name) and _is_sound(path))
        if not is_read_as_tables and not is_open_journal and not path.is_symlink() and path.is_file():
            yield path


def _is_sound(path: Path) -> bool:
    """Return whether a file has a good seal; then it is searched line by line as one of the store's own."""
    try:
        return verified_seal(read_file(path)) is not None
    except OSError:
        return False


def _uncheckable_files(folder: Path, sought: SoughtText) -> Iterator[Path]:
    """Yield those of the `other_files` that cannot be searched: adopted papers, and files that cannot be read."""
    for path in other_files(folder):
        if PAPER.fullmatch(path.name) or holds(path, sought) is None:
            yield path


def holds(path: Path, sought: SoughtText) -> bool | None:
    """Return whether the words stand in the bytes of a file; None if it cannot be read."""
    try:
        return sought.stands_in(read_file(path).decode("utf-8", "surrogateescape"))
    except OSError:
        return None


def _folder_may_hold(folder: Path, sought: SoughtText) -> bool:
    """Return whether the words stand in a file of a folder, or may stand in one that cannot be read."""
    try:
        return any(holds(path, sought) is not False for path in folder.iterdir() if path.is_file())
    except OSError:
        return True


def erase(folder: Folder, eraser: Eraser, author: Author, at: str) -> None:
    """Take the words out of the files in a partnership's folder. Raises `StoreError`; then it can be tried again.

    Journals of open sessions are left alone; the caller tells the user about these sessions.
    """
    with folder.lock:
        saved = folder.save(
            eraser.guide,
            lambda partnership: apply(partnership, eraser.changes(partnership), by=author.name, at=at),
            author,
        )
        for database in (folder.past, folder.private, folder.public, *folder.version_files.readable_files()):
            _rewrite(database, eraser, current_values(saved.partnership))
        current = current_values(saved.partnership)
        for database, closed in ((folder.past, folder.far_past), (folder.private, folder.far_private)):
            listing = closed_files_of(database.documents())
            closed.rewrite(lambda table: eraser.tables({HISTORY: table}, current)[HISTORY], listing)
        with as_store_errors(folder.path):
            for path in other_files(folder.path):
                if holds(path, eraser.sought):
                    clean_file(path, folder.modes, eraser)


def _rewrite(database: SealedDB, eraser: Eraser, current: Mapping[tuple[str, str], Any]) -> None:
    """Take the words out of one file and its twin; `current` is as in `Eraser.tables`."""
    before = database.documents()
    if before is None:
        return
    after = eraser.tables(before, current)
    if after != before:
        database.save(after)
    storage = database.sealed_storage
    with as_store_errors(storage.twin):
        stale = storage.twin.exists() and read_file(storage.twin) != read_file(storage.path)
        if stale:  # The twin could not be written, and still holds the words.
            write_atomic(storage.twin, read_file(storage.path), storage.modes)


def clean_file(path: Path, modes: Modes, eraser: Eraser) -> None:
    """Take the words out of one of the `other_files`; an unfinished text or a half-written file is deleted."""
    name = path.name.lstrip(".")
    if name.startswith(_UNFINISHED) or path.name.endswith(".tmp"):
        os.unlink(path)
    else:
        write_atomic(
            path, bytes_without_words(read_file(path), eraser), modes if is_public_file(path.name) else modes.private
        )


def bytes_without_words(raw: bytes, eraser: Eraser) -> bytes:
    """Return the bytes of a set-aside file without the words.

    If it can be parsed, its tables are cleaned and sealed again; else the words are cut out of its bytes.
    """
    with suppress(Malformed):
        loaded = load(raw)
        body = body_of(eraser.tables(loaded.tables, {}))
        cleaned = add_seal(body, loaded.seal.generation) if loaded.seal is not None else body
        if not eraser.sought.stands_in(cleaned.decode("utf-8")):
            return cleaned
    return eraser.sought.without(raw.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


# -- around the folder -------------------------------------------------------------------------------------------------


def may_hold(path: Path, sought: SoughtText) -> bool:
    """Return whether a file outside the store, such as a backup, holds the words; True if it cannot be read."""
    try:
        with opened_plain(path, TOTAL_LIMIT) as raw:
            if not zipfile.is_zipfile(raw):
                return sought.stands_in(raw.read().decode("utf-8", "replace"))
            with zipfile.ZipFile(raw) as archive:
                texts = (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
                return any(sought.stands_in(text) for text in texts)
    except (OSError, *BROKEN_ZIP_ERRORS):
        return True


def find_in_directory(
    root: Path, partnership: Partnership, eraser: Eraser, *, write: bool
) -> tuple[list[str], list[str]]:
    """Return the names of organisations in the directory that hold the words: (linked ones, others).

    Linked ones are partners of this partnership, or were. With `write`, the words are taken out of these.
    """
    if not (root / DIRECTORY).exists():
        return [], []
    links = linked_organisation_ids(partnership)
    database = open_directory(root)
    linked: list[str] = []
    others: list[str] = []
    with database.transaction() if write else nullcontext():
        for table_name, documents in (database.documents() or {}).items():
            for number, record in documents.items():
                cleaned = eraser.value(record)
                if table_name == META or cleaned == record:
                    continue
                if str(record.get("id")) not in links:
                    others.append(organisation_name(record))
                    continue
                linked.append(organisation_name(record))
                if write:
                    fields = {key: value for key, value in cleaned.items() if value is not None}
                    database.table(table_name).put({number: fields})
    return linked, others


def linked_organisation_ids(partnership: Partnership) -> frozenset[str]:
    """Return the ids of the organisations in the directory that are partners of this partnership, or were."""
    links = (entry.get(LINK) for entry in partnership.entries.values() if entry.question == WHO)
    return frozenset(str(link) for link in links if link)


def organisation_name(record: Mapping[str, Any]) -> str:
    """Return the name by which messages call an organisation of the directory."""
    return str(record.get("name@fr") or record.get("name@en") or record.get("id"))


def erase_everywhere(own: Folder, eraser: Eraser, author: Author, at: str, *, write: bool) -> Erasure:
    """Return where the words stand in a partnership and around it; with `write`, also take them out.

    `own` is its folder. Its earlier lives are searched too: partnerships in the bin that had its id. Raises
    `StoreError`.
    """
    root = own.path.parent
    in_own_folder = find_words(own, eraser)
    lives = [Folder(path, eraser.guide, author.name) for path in earlier_life_folders(root, own.id)]
    lives_with_words = [folder for folder in lives if find_words(folder, eraser).found]
    linked, others = find_in_directory(root, own.state().partnership, eraser, write=write)
    if write:
        for folder in (own, *lives_with_words):
            erase(folder, eraser, author, at)
        forget(root, own.id)
    return replace(
        in_own_folder,
        binned=len(lives_with_words),
        organisations=tuple(linked),
        others=tuple(others),
        elsewhere=(
            *(path for path in known_backups(root) if may_hold(path, eraser.sought)),
            *(path for path in folder_copies(root, own.id) if _folder_may_hold(path, eraser.sought)),
        ),
        copies=tuple(_copies_with_words(own, {own.id, *(life.id for life in lives)}, eraser)),
        sessions=tuple(presence.author for presence in presences(own.path) if not presence.own),
    )


def _copies_with_words(own: Folder, lives: Container[str], eraser: Eraser) -> Iterator[str]:
    """Yield the ids of the copies and originals of a partnership that hold the words, or cannot be read.

    `lives` are the ids of the partnership and its earlier lives, which are not among them.
    """
    others = (path for path in folders_of(own.path.parent) if path.name not in lives)
    for path in related_copies(own.path, others, private=False):
        try:
            if find_words(Folder(path, eraser.guide), eraser).found:
                yield path.name
        except StoreError:
            yield path.name
