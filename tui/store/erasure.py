"""Words taken out of a partnership for good: out of its fields, its earlier texts, and every file that holds them."""

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
from tui.store.backup import BROKEN, TOTAL_LIMIT, known_backups
from tui.store.closed_history import HISTORY, closed_files_of
from tui.store.directory_file import DIRECTORY, open_directory
from tui.store.file_names import NAMES, is_closed_file, is_public_file
from tui.store.folder_lifecycle import binned, folders_of, related_copies
from tui.store.journal import present
from tui.store.list_cache import forget
from tui.store.partnership_folder import Folder
from tui.store.public_private import CONFLICTS, ENTRIES
from tui.store.records import Table, is_entry, sorted_documents
from tui.store.sealed_bytes import META, Document, Malformed, Tables, add_seal, body_of, load, verified_seal
from tui.store.store_errors import Author, StoreError, as_store_errors
from tui.store.sync_copies import folder_copies
from tui.store.tinydb_tables import SealedDB
from tui.store.version_files import VERSIONS_TABLE
from tui.text.sought_text import SoughtText, cut, fragments

_CODES: Final = frozenset({"choice", "flag", "number", "partner", "reference"})  # kinds that hold no words of a person
_UNFINISHED: Final = "unfinished-"
_OF_THE_STORE: Final = frozenset({".lock", *NAMES, *(f"{name}.twin" for name in NAMES)})


@dataclass(frozen=True, slots=True)
class HoldingCell:
    """A cell in which the words stand now."""

    question: str
    part: str
    cell: str
    subject: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """Where words stood, or stand: what is taken out, and what is beyond reach.

    `cells` are the fields; `earlier` counts the lines of history and second wordings kept aside, `drafts` the versions
    that went to nobody, `files` the other files of the folder, `binned` the earlier lives in the bin, `organisations`
    the names of the linked entries of the directory. Not taken out: `gone_out` are the documents of the versions that
    were sent or adopted, `unread` files that cannot be looked into (an adopted PDF), `elsewhere` the backups and other
    files out of the store that hold the words, `others` the names of entries of the directory that are not of this
    partnership, `copies` the ids of copies of the partnership that hold the words, `sessions` who has it open now,
    `server_logs` says that a server's log and backups may hold them.
    """

    cells: tuple[HoldingCell, ...] = ()
    earlier: int = 0
    drafts: int = 0
    files: tuple[Path, ...] = ()
    binned: int = 0
    organisations: tuple[str, ...] = ()
    gone_out: tuple[Document, ...] = ()
    unread: tuple[Path, ...] = ()
    elsewhere: tuple[Path, ...] = ()
    others: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    server_logs: bool = False

    @property
    def found(self) -> bool:
        """Whether anything is there to be taken out."""
        return bool(self.cells or self.earlier or self.drafts or self.files or self.binned or self.organisations)


class Eraser:
    """Takes the words `sought` out of tables; `guide` says which cells hold codes, which are nobody's words."""

    def __init__(self, guide: Guide, sought: SoughtText) -> None:
        self.guide = guide
        self.sought = sought
        self._codes: dict[tuple[str, str], frozenset[str]] = {
            (question.id, part.id): frozenset(field.id for field in part.fields if field.kind in _CODES)
            for question in guide.by_id.values()
            for part in question.parts
        }
        self._words = frozenset(code for codes in guide.choices.values() for code in codes)

    def value(self, value: Any) -> Any:
        """Return a value without the words: in texts at any depth, but not in ids.

        None where nothing is left of a text.
        """
        if isinstance(value, str):
            if is_id(value) or not self.sought.stands_in(value):
                return value
            return self.sought.without(value) or None
        if isinstance(value, dict):
            return {key: self.value(item) for key, item in value.items() if not self.sought.stands_in(key)}
        if isinstance(value, list):
            return [left for item in value if (left := self.value(item)) is not None or item is None]
        return value

    def cell(self, question: object, part: object, name: str, value: Any) -> Any:
        """As `value`, for the cell `name` of an entry; a code that the guide knows stays."""
        codes = self._codes.get((str(question), str(part)), frozenset())
        if question == SETTINGS or name in (ORDER, REMOVED) or (name == STATE and value in self._words):
            return value
        if name.partition("@")[0].partition("~")[0] in codes and (not isinstance(value, str) or value in self._words):
            return value
        return self.value(value)

    def changes(self, partnership: Partnership) -> list[Change]:
        """Return the changes that take the words out of all cells, of lines that were taken away too."""
        found: list[Change] = []
        for entry in partnership.entries.values():
            for name, cell in entry.cells.items():
                left = self.cell(entry.question, entry.part, name, cell.value)
                if left != cell.value:
                    found.append(Change(entry.id, entry.question, name, left, entry.part, entry.subject))
        return found

    def tables(self, tables: Tables, current: Mapping[tuple[str, str], Any]) -> Tables:
        """Return the tables of a file without the words; `current` is what each cell of (entry, cell) holds today.

        Earlier texts lose parts of the words too, as they were typed or deleted; a line of history that tells no
        change any more goes.
        """
        made: Tables = {}
        for name, table in tables.items():
            if name == META:
                made[name] = table
            elif name == HISTORY:
                made[name] = self._history(table, current)
            elif name == CONFLICTS:
                made[name] = {number: self._two(record, "mine", "theirs") for number, record in table.items()}
            elif name == ENTRIES:
                made[name] = {number: self._entry(record) for number, record in table.items()}
            elif name == VERSIONS_TABLE:
                made[name] = {
                    number: record if went_out(record) else self._all(record) for number, record in table.items()
                }
            else:
                made[name] = {number: self._all(record) for number, record in table.items()}
        return made

    def _all(self, document: Document) -> Document:
        made: Document = self.value(document)
        return made

    def _two(self, document: Document, *keys: str) -> Document:
        question, part, cell = (document.get(key, "") for key in ("question", "part", "cell"))
        return {
            key: self.cell(question, part, str(cell), value) if key in keys else value
            for key, value in document.items()
        }

    def _entry(self, document: Document) -> Document:
        """Return an entry's document: its fields by their kind, and whatever a newer program wrote beside them."""
        if not is_entry(document):
            return self._all(document)
        fixed = {"id", "question", "part", "subject", "order", "state", "removed"}
        made = {key: value if key in fixed else self.value(value) for key, value in document.items() if key != "fields"}
        held = document.get("fields")
        if isinstance(held, dict):
            question, part = document["question"], document.get("part", "")
            made["fields"] = {name: self._field(question, part, name, value) for name, value in held.items()}
        return made

    def _field(self, question: str, part: str, name: str, found: Any) -> Any:
        """Return one field as the file holds it: its value, or its texts by language, each beside a revision."""
        return self.cell(question, part, name, found)

    def _history(self, table: Table, current: Mapping[tuple[str, str], Any]) -> Table:
        lines: dict[tuple[str, str], list[str]] = {}
        for number in sorted(table, key=int):
            place = str(table[number].get("entry")), str(table[number].get("cell"))
            lines.setdefault(place, []).append(number)
        made = dict(table)
        for place, numbers in lines.items():
            for number in numbers:
                made[number] = self._two(table[number], "value", "new")
            if any(made[number] != table[number] for number in numbers):
                self._without_parts(table, made, numbers, current.get(place))
        kept = (number for number in made if made[number] == table[number] or _changes(made[number]))
        return {number: made[number] for number in kept}

    def _without_parts(self, table: Table, made: Table, numbers: list[str], now: Any) -> None:
        """Take out of the lines `numbers` of one cell what they hold of the words while those were being typed."""
        places = [(number, key) for number in numbers for key in ("value", "new")]
        texts = [text if isinstance(text := table[number].get(key), str) else "" for number, key in places]
        for (number, key), text, spans in zip(places, texts, fragments(texts, self.sought), strict=True):
            if spans and text != now:
                made[number] = {**made[number], key: cut(text, spans) or None}


def _changes(past: Document) -> bool:
    return past.get("value") != past.get("new")


def went_out(version: Document) -> bool:
    """Return whether a version was sent to somebody, or adopted: its words are not ours to change any more."""
    sent = version.get("sent")
    reached = isinstance(sent, dict) and bool(sent.get("partners") or sent.get("others"))
    return reached or version.get("status") == ADOPTED


# -- one folder --------------------------------------------------------------------------------------------------------


def look(folder: Folder, eraser: Eraser) -> Erasure:
    """Return where the words stand in a partnership's folder. Nothing is written. Raises `StoreError`."""
    partnership = folder.state().partnership
    databases = (folder.public, folder.private, folder.past, *folder.version_files.readable())
    held = [database.documents() or {} for database in databases]
    found = in_tables([*held, *({HISTORY: table} for table in _closed_tables(folder))], partnership, eraser)
    with as_store_errors(folder.path):
        files = tuple(path for path in other_files(folder.path) if holds(path, eraser.sought))
        unread = tuple(_unread(folder.path, eraser.sought))
    return replace(found, files=files, unread=unread)


def in_tables(held: Iterable[Tables], partnership: Partnership, eraser: Eraser) -> Erasure:
    """Return where the words stand in the tables of a partnership, those of its versions and its history included."""
    cells = [
        HoldingCell(change.question, change.part, change.cell, change.subject) for change in eraser.changes(partnership)
    ]
    earlier = drafts = 0
    gone_out: list[Document] = []
    for before in held:
        after = eraser.tables(before, current_values(partnership))
        for name in before:
            differing = sum(after[name].get(number) != record for number, record in before[name].items())
            if name == VERSIONS_TABLE:
                drafts += differing
            elif name != ENTRIES:
                earlier += differing
        for version in sorted_documents(before.get(VERSIONS_TABLE, {})):  # a second file may hold the same ones
            if version not in gone_out and went_out(version) and _texts_hold(version, eraser.sought):
                gone_out.append(version)
    return Erasure(tuple(cells), earlier, drafts, gone_out=tuple(gone_out))


def _closed_tables(folder: Folder) -> Iterator[Table]:
    """Yield the lines of the history that lie in closed files, a table a file."""
    for database, closed in ((folder.past, folder.far_past), (folder.private, folder.far_private)):
        yield from closed.tables(closed_files_of(database.documents()))


def current_values(partnership: Partnership) -> dict[tuple[str, str], Any]:
    """Return what each cell of (entry, cell) holds today."""
    return {
        (entry.id, name): cell.value for entry in partnership.entries.values() for name, cell in entry.cells.items()
    }


def _texts_hold(value: Any, sought: SoughtText) -> bool:
    if isinstance(value, dict):
        return any(_texts_hold(item, sought) for item in value.values())
    if isinstance(value, list):
        return any(_texts_hold(item, sought) for item in value)
    return isinstance(value, str) and sought.stands_in(value)


def other_files(folder: Path) -> Iterator[Path]:
    """Yield the plain files of a folder beside the store's own: set aside, unfinished, closed, papers, dead sessions'.

    The journal of a living session is left to it.
    """
    living = {presence.session for presence in present(folder)}
    for path in sorted(folder.iterdir()):
        of_living = any(path.name.startswith((f"{text}.jsonl", f".{text}.jsonl")) for text in living)
        ours = path.name in _OF_THE_STORE or (is_closed_file(path.name) and _is_sound(path))
        if not ours and not of_living and not path.is_symlink() and path.is_file():
            yield path


def _is_sound(path: Path) -> bool:
    """Return whether a file carries a good seal: it is read by its lines then, as the store's own."""
    try:
        return verified_seal(read_file(path)) is not None
    except OSError:
        return False


def _unread(folder: Path, sought: SoughtText) -> Iterator[Path]:
    """Those of the files that cannot be looked into: papers adopted elsewhere, bytes that the disk does not give."""
    for path in other_files(folder):
        if PAPER.fullmatch(path.name) or holds(path, sought) is None:
            yield path


def holds(path: Path, sought: SoughtText) -> bool | None:
    """Return whether the words stand in a file; None when it cannot be read."""
    try:
        return sought.stands_in(read_file(path).decode("utf-8", "surrogateescape"))
    except OSError:
        return None


def _folder_holds(folder: Path, sought: SoughtText) -> bool:
    """Return whether the words stand in a file of a folder, or may: one that cannot be read may hold them."""
    try:
        return any(holds(path, sought) is not False for path in folder.iterdir() if path.is_file())
    except OSError:
        return True


def erase(folder: Folder, eraser: Eraser, author: Author, at: str) -> None:
    """Take the words out of a partnership's folder. Raises `StoreError`; then it may be done again.

    What living sessions elsewhere still type is theirs, and is named by whoever asks.
    """
    with folder.lock:
        saved = folder.save(
            eraser.guide, lambda known: apply(known, eraser.changes(known), by=author.name, at=at), author
        )
        for database in (folder.past, folder.private, folder.public, *folder.version_files.readable()):
            _rewrite(database, eraser, current_values(saved.partnership))
        current = current_values(saved.partnership)
        for database, closed in ((folder.past, folder.far_past), (folder.private, folder.far_private)):
            listing = closed_files_of(database.documents())
            closed.rewrite(lambda table: eraser.tables({HISTORY: table}, current)[HISTORY], listing)
        with as_store_errors(folder.path):
            for path in other_files(folder.path):
                if holds(path, eraser.sought):
                    clean(path, folder.modes, eraser)


def _rewrite(database: SealedDB, eraser: Eraser, current: Mapping[tuple[str, str], Any]) -> None:
    before = database.documents()
    if before is None:
        return
    after = eraser.tables(before, current)
    if after != before:
        database.save(after)
    storage = database.sealed_storage
    with as_store_errors(storage.twin):
        stale = storage.twin.exists() and read_file(storage.twin) != read_file(storage.path)
        if stale:  # a second copy that could not be written still holds them
            write_atomic(storage.twin, read_file(storage.path), storage.modes)


def clean(path: Path, modes: Modes, eraser: Eraser) -> None:
    """Take the words out of a file beside the store's own; an unfinished text, and half a write, go whole."""
    name = path.name.lstrip(".")
    if name.startswith(_UNFINISHED) or path.name.endswith(".tmp"):
        os.unlink(path)
    else:
        given = modes if is_public_file(path.name) else modes.private
        write_atomic(path, without(read_file(path), eraser), given)


def without(raw: bytes, eraser: Eraser) -> bytes:
    """The bytes of a set-aside file without the words: sealed again where it reads whole, else cut where they stand."""
    with suppress(Malformed):
        loaded = load(raw)
        body = body_of(eraser.tables(loaded.tables, {}))
        clean = add_seal(body, loaded.seal.generation) if loaded.seal is not None else body
        if not eraser.sought.stands_in(clean.decode("utf-8")):
            return clean
    return eraser.sought.without(raw.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


# -- around it ---------------------------------------------------------------------------------------------------------


def may_hold(path: Path, sought: SoughtText) -> bool:
    """Return whether a file out of the store, a backup for one, holds the words; True for what cannot be read."""
    try:
        with opened_plain(path, TOTAL_LIMIT) as raw:
            if not zipfile.is_zipfile(raw):
                return sought.stands_in(raw.read().decode("utf-8", "replace"))
            with zipfile.ZipFile(raw) as archive:
                texts = (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
                return any(sought.stands_in(text) for text in texts)
    except (OSError, *BROKEN):
        return True


def in_directory(root: Path, partnership: Partnership, eraser: Eraser, *, write: bool) -> tuple[list[str], list[str]]:
    """(names of the linked organisations, names of the others) in which the words stand; with `write` out of the first.

    Linked are those that a partner of this partnership is, or was.
    """
    if not (root / DIRECTORY).exists():
        return [], []
    links = linked(partnership)
    database = open_directory(root)
    ours: list[str] = []
    others: list[str] = []
    with database.transaction() if write else nullcontext():
        for name, documents in (database.documents() or {}).items():
            for number, record in documents.items():
                left = eraser.value(record)
                if name != META and left != record:
                    own = str(record.get("id")) in links
                    (ours if own else others).append(organisation_name(record))
                    if own and write:
                        cleared = {key: value for key, value in left.items() if value is not None}
                        database.table(name).put({number: cleared})
    return ours, others


def linked(partnership: Partnership) -> frozenset[str]:
    """Return the ids in the directory of whoever is, or was, a partner of this partnership."""
    links = (entry.get(LINK) for entry in partnership.entries.values() if entry.question == WHO)
    return frozenset(str(link) for link in links if link)


def organisation_name(record: Mapping[str, Any]) -> str:
    """Return by what name an organisation of the directory is told of."""
    return str(record.get("name@fr") or record.get("name@en") or record.get("id"))


def erase_everywhere(own: Folder, eraser: Eraser, author: Author, at: str, *, write: bool) -> Erasure:
    """Look for the words in a partnership and around it, and with `write` take them out; what was found.

    `own` is its folder; its earlier lives lie in the bin. Raises `StoreError`.
    """
    root = own.path.parent
    found = look(own, eraser)
    lives = [Folder(path, eraser.guide, author.name) for path in binned(root, own.id)]
    holding = [folder for folder in lives if look(folder, eraser).found]
    ours, others = in_directory(root, own.state().partnership, eraser, write=write)
    if write:
        for folder in (own, *holding):
            erase(folder, eraser, author, at)
        forget(root, own.id)
    return replace(
        found,
        binned=len(holding),
        organisations=tuple(ours),
        others=tuple(others),
        elsewhere=(
            *(path for path in known_backups(root) if may_hold(path, eraser.sought)),
            *(path for path in folder_copies(root, own.id) if _folder_holds(path, eraser.sought)),
        ),
        copies=tuple(_copies(own, {own.id, *(life.id for life in lives)}, eraser)),
        sessions=tuple(presence.author for presence in present(own.path) if not presence.own),
    )


def _copies(own: Folder, lives: Container[str], eraser: Eraser) -> Iterator[str]:
    """The ids of the copies of a partnership, or of what it is a copy of, that hold the words or cannot be read."""
    others = (path for path in folders_of(own.path.parent) if path.name not in lives)
    for path in related_copies(own.path, others, private=False):
        try:
            if look(Folder(path, eraser.guide), eraser).found:
                yield path.name
        except StoreError:
            yield path.name
