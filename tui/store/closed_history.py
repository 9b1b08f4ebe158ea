"""Closed history: older lines lie in files of their own, so that a save does not cost more as the history grows.

The open file is the one that each save writes. Behind `history.json` come `history.json.closed-1.json`, `…-2.json` and
so on; behind the private history, which lies in `private.json`, come `private.json.closed-1.json` and so on. Each is a
sealed file with its twin. Lines are added at the end of the last one and never change; only when a cell becomes private
are its lines taken out of the public files. The open file names them in its `meta`, each with the last revision in it.
A line is in its new file before it leaves the old one: after a kill it stands in both, and is read once
(`history.merge_histories`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from tui.atomic_files import Modes, read_file
from tui.store.file_lock import Lock
from tui.store.file_names import CLOSED_NAME
from tui.store.history_lines import LastTexts, fold_line, line_length, remember_last_text, unfold_lines
from tui.store.records import Table, is_revision, meta_of, sorted_documents
from tui.store.sealed_bytes import ENCODER, Document, Tables, verified_seal
from tui.store.sealed_storage import Recovered, SealedStorage
from tui.store.store_errors import Damaged, NotFound, Problem, StoreError, as_store_errors
from tui.store.tinydb_tables import SealedDB

HISTORY: Final = "history"  # the table of a file that holds its lines
CLOSED: Final = "closed"  # in `meta` of the open file: the closed files by name, each with its last revision

CLOSED_FILE_CHARACTERS: Final = 1024 * 1024  # its longest line not counted, before the next file is begun
UNFOLDED_FILE_CHARACTERS: Final = 32 * 1024 * 1024  # of its lines once unfolded: each addition reads them
IMPORTED_DOCUMENT_BYTES: Final = 512 * 1024 * 1024  # at most; its history may cover ten years

ClosedFiles = dict[str, int]  # closed files by name → the last revision in each


def closed_files_of(tables: Tables | None) -> ClosedFiles:
    """Return the closed files that an open file names in its `meta`, each with its last revision."""
    told = meta_of(tables or {}).get(CLOSED)
    return {
        name: rev
        for name, rev in (told.items() if isinstance(told, dict) else ())
        if CLOSED_NAME.fullmatch(name) and is_revision(rev)
    }


def without_closed_files(tables: Tables) -> Tables:
    """Return the tables without the names of closed files, for a copy that goes elsewhere without them."""
    meta = meta_of(tables)
    if CLOSED not in meta:
        return tables
    return {**tables, "meta": {**tables["meta"], "1": {key: item for key, item in meta.items() if key != CLOSED}}}


class ClosedHistory:
    """The closed files of one open file. All errors are `StoreError`s; what writes does so under the folder's lock."""

    def __init__(self, opened: Path, lock: Lock, modes: Modes) -> None:
        """`opened` is the path of the open file, `lock` that of its folder; new files get the rights in `modes`."""
        self._opened = opened
        self._lock = lock
        self._modes = modes
        self._problems: list[Problem] = []

    def names(self, listing: Mapping[str, int]) -> list[str]:
        """Return the closed files, the oldest first: those listed, and those that a save cut short did not list yet."""
        begin = f"{self._opened.name}.closed-"
        there = {path.name.removesuffix(".twin") for path in self._opened.parent.glob(f"{begin}*.json*")}
        return sorted(filter(self._is_ours, {*there, *listing}), key=closed_file_number)

    def documents(
        self, listing: Mapping[str, int], *, entries: Collection[str] = (), after: int = -1
    ) -> Iterator[Document]:
        """Yield the lines, unfolded, the oldest first, of the files that `by_file` chooses."""
        for documents in self.by_file(listing, entries=entries, after=after):
            yield from unfold_lines(documents)

    def by_file(
        self, listing: Mapping[str, int], *, entries: Collection[str] = (), after: int = -1
    ) -> Iterator[list[Document]]:
        """Yield the lines of one file after the other, folded as stored; an unreadable file is noted as a problem.

        Skipped are files that name none of the `entries` (ids), if any are given, and files with nothing newer than the
        revision `after`.
        """
        for name in self.names(listing):
            if listing.get(name, after + 1) <= after or self._is_silent(name, entries):
                continue
            try:
                yield _lines(self._tables(name))
            except StoreError as error:
                self._note(name, error)

    def append(self, documents: Iterable[Document], listing: Mapping[str, int]) -> ClosedFiles:
        """Add lines behind the last one, and return the closed files there are now.

        Lines that an interrupted save has added already are not added again. Raises `StoreError`; then no line has left
        its old place.
        """
        made = dict(listing)
        names = self.names(listing)
        known: set[bytes] = set()
        tables: Tables = {}
        for name in names:
            if name != names[-1] and name in listing:
                continue
            try:
                tables = self._tables(name)
            except StoreError as error:  # what cannot be read is left alone, and the next file begun
                self._note(name, error)
                tables = {}
            else:
                last = _last_revision(tables.get(HISTORY, {}))
                if last > listing.get(name, -1):  # a save that was cut short added lines already
                    known |= {_line_digest(document) for document in unfold_lines(_lines(tables))}
                made[name] = max(made.get(name, 0), last)
        number = closed_file_number(names[-1]) + (not tables) if names else 1
        draft = _FilledFile(tables.get(HISTORY, {}))
        for document in unfold_lines(documents):
            if known and _line_digest(document) in known:
                continue
            if draft.full:
                self._put(number, tables, draft, made)
                number, tables, draft = number + 1, {}, _FilledFile({})
            draft.add(document)
        self._put(number, tables, draft, made)
        return made

    def take_out(
        self, gone: Callable[[Document], bool], listing: Mapping[str, int], entries: Collection[str] = ()
    ) -> None:
        """Remove the lines for which `gone` is true from every file that names one of the `entries` (ids).

        Without `entries` each file is checked, an outdated twin is written again, and an unreadable file is set aside.
        Raises `StoreError`.
        """
        every = not entries
        for name in self.names(listing):
            if self._is_silent(name, entries):
                continue
            database = self._database(name)
            try:
                tables = database.documents()
            except Damaged:
                if every:
                    database.sealed_storage.replace_all({HISTORY: {}})
                continue
            table = (tables or {}).get(HISTORY, {})
            kept = {number: document for number, document in table.items() if not gone(document)}
            if tables is not None and (every or len(kept) < len(table)):
                database.save({**tables, HISTORY: kept})
            self._without_lagging_twin(database.sealed_storage)

    def tables(self, listing: Mapping[str, int]) -> Iterator[Table]:
        """Yield the table of one file after the other, its lines unfolded.

        An unreadable file is noted as a problem.
        """
        for name in self.names(listing):
            try:
                yield _unfolded_table(self._tables(name))
            except StoreError as error:
                self._note(name, error)

    def rewrite(self, change: Callable[[Table], Table], listing: Mapping[str, int]) -> None:
        """Replace each file's table by what `change` makes of it, in both copies. Raises `StoreError`.

        `change` gets the lines unfolded. An unreadable file stays as it is.
        """
        for name in self.names(listing):
            database = self._database(name)
            try:
                tables = database.documents() or {}
            except Damaged:
                continue
            before = _unfolded_table(tables)
            after = change(before)
            if tables:
                known: LastTexts = {}
                lines = {number: fold_line(after[number], known) for number in sorted(after, key=int)}
                database.save({**tables, HISTORY: lines} if after != before else tables)
            self._without_lagging_twin(database.sealed_storage)

    def size(self) -> int:
        """Return how many bytes the closed files take, their twins left out."""
        paths = self._opened.parent.glob(f"{self._opened.name}.closed-*.json")
        return sum(path.stat().st_size for path in paths if self._is_ours(path.name))

    def take_problems(self) -> list[Problem]:
        """Return the problems met since the last call, such as unreadable files, and forget them."""
        taken, self._problems = self._problems, []
        return taken

    def _is_ours(self, name: str) -> bool:
        return CLOSED_NAME.fullmatch(name) is not None and name.startswith(f"{self._opened.name}.closed-")

    def _database(self, name: str) -> SealedDB:
        return SealedDB(SealedStorage(self._opened.with_name(name), lock=self._lock, modes=self._modes))

    def _tables(self, name: str) -> Tables:
        """Return the tables of one file. Raises StoreError, NotFound for one that is gone in both copies."""
        database = self._database(name)
        tables = database.documents()
        self._reported(database.sealed_storage)
        if tables is None:
            raise NotFound(database.path)
        return tables

    def _is_silent(self, name: str, entries: Collection[str]) -> bool:
        """Return whether an intact file names none of the `entries`.

        Its bytes are searched, which is faster than parsing.
        """
        try:
            raw = read_file(self._opened.with_name(name)) if entries else b""
        except OSError:
            return False
        marks = (ENCODER.encode(entry).encode("utf-8") for entry in entries)
        return bool(entries) and not any(mark in raw for mark in marks) and verified_seal(raw) is not None

    def _put(self, number: int, tables: Tables, draft: _FilledFile, made: ClosedFiles) -> None:
        if draft.added:
            name = f"{self._opened.name}.closed-{number}.json"
            database = self._database(name)
            database.save({**tables, HISTORY: draft.table})
            self._reported(database.sealed_storage)
            made[name] = max(made.get(name, 0), _last_revision(draft.table))

    def _without_lagging_twin(self, storage: SealedStorage) -> None:
        """Remove a twin that could not be written again: it still holds the lines that were taken out."""
        reports = storage.take_reports()
        if any(report.kind == "single" for report in reports):
            with as_store_errors(storage.twin):
                storage.twin.unlink(missing_ok=True)
        self._problems += map(_problem_of_report, reports)

    def _reported(self, storage: SealedStorage) -> None:
        self._problems += [_problem_of_report(report) for report in storage.take_reports()]

    def _note(self, name: str, error: StoreError) -> None:
        kept = next(iter(error.kept), None) if isinstance(error, Damaged) else None
        problem = Problem("unread", self._opened.with_name(name), kept, str(error))
        if problem not in self._problems:
            self._problems.append(problem)


class _FilledFile:
    """The table of one closed file while lines are added to it; counts how full the file is."""

    def __init__(self, table: Table) -> None:
        self.table = dict(table)
        weights = list(map(line_length, table.values()))
        self._weight, self._heaviest = sum(weights), max(weights, default=0)
        self.added = False
        self._known: LastTexts = {}
        self._unfolded = 0
        for document in unfold_lines(sorted_documents(table)):
            self._unfolded += line_length(document)
            remember_last_text(document, document.get("new"), self._known)
        self._number = max(map(int, table), default=0)

    @property
    def full(self) -> bool:
        """Whether the next line begins another file.

        The longest line is not counted: it may be as long as a whole file, and others are differences from it.
        """
        return self._weight - self._heaviest >= CLOSED_FILE_CHARACTERS or self._unfolded >= UNFOLDED_FILE_CHARACTERS

    def add(self, document: Document) -> None:
        """Add an unfolded line at the end, folded if that is shorter."""
        made = fold_line(document, self._known)
        self._unfolded += line_length(document)
        self._number += 1
        self.table[str(self._number)] = made
        self._weight += line_length(made)
        self._heaviest = max(self._heaviest, line_length(made))
        self.added = True


def _problem_of_report(report: Recovered) -> Problem:
    return Problem(report.kind, report.path, report.kept, report.why)


def _unfolded_table(tables: Tables) -> Table:
    """Return the lines of a file by their numbers, each unfolded."""
    table = tables.get(HISTORY, {})
    return dict(zip(sorted(table, key=int), unfold_lines(sorted_documents(table)), strict=True))


def closed_file_number(name: str) -> int:
    """Return the number in the name of a closed file; 0 for another name."""
    found = CLOSED_NAME.fullmatch(name)
    return int(found[1]) if found else 0


def _lines(tables: Tables) -> list[Document]:
    return sorted_documents(tables.get(HISTORY, {}))


def _last_revision(table: Table) -> int:
    told: Iterable[Any] = (document.get("rev") for document in table.values())
    return max((rev for rev in told if is_revision(rev)), default=0)


def _line_digest(document: Document) -> bytes:
    """Return 16 bytes that are equal for equal lines."""
    return blake2b(ENCODER.encode(document).encode("utf-8"), digest_size=16).digest()
