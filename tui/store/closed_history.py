"""Closed history: older lines lie in files of their own, so that a save does not cost more as the history grows.

A line is one change of a cell. The open file is the one that each save writes. Behind `history.json` come
`history.json.closed-1.json`, `…-2.json` and so on; behind the private history, which lies in `private.json`, come
`private.json.closed-1.json` and so on. Each is a sealed file (its first line holds a checksum) with a twin, its second
copy. Lines are stored folded: a long text as its difference from an earlier one (`history_lines`). Lines are added at
the end of the last one and never change; only when a cell becomes private are its lines taken out of the public files.
The open file names them in its `meta`, each with the last revision in it. A line is in its new file before it leaves
the old one: if the program is killed in between, it stands in both, and is read once (`history.merge_histories`).
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

# The next closed file is begun when the last one has this many characters as stored, its longest line not counted …
CLOSED_FILE_CHARACTERS: Final = 1024 * 1024
UNFOLDED_FILE_CHARACTERS: Final = 32 * 1024 * 1024  # … or this many once unfolded, since each addition unfolds it
IMPORTED_DOCUMENT_BYTES: Final = 512 * 1024 * 1024  # at most, of a JSON document: its history may cover ten years

ClosedFiles = dict[str, int]  # closed files by name → the last revision in each


def closed_files_of(tables: Tables | None) -> ClosedFiles:
    """Return the closed files that an open file names in its `meta`, each with its last revision."""
    listing = meta_of(tables or {}).get(CLOSED)
    return {
        name: rev
        for name, rev in (listing.items() if isinstance(listing, dict) else ())
        if CLOSED_NAME.fullmatch(name) and is_revision(rev)
    }


def without_closed_files(tables: Tables) -> Tables:
    """Return the tables without the names of closed files, for a copy that goes elsewhere without them."""
    meta = meta_of(tables)
    if CLOSED not in meta:
        return tables
    return {**tables, "meta": {**tables["meta"], "1": {key: item for key, item in meta.items() if key != CLOSED}}}


class ClosedHistory:
    """The closed files of one open file. All errors are `StoreError`s.

    Methods that write are called under the lock of the folder. `listing` is always what `closed_files_of` returns for
    the tables of the open file.
    """

    def __init__(self, opened: Path, lock: Lock, modes: Modes) -> None:
        """`opened` is the path of the open file, `lock` that of its folder; new files get the rights in `modes`."""
        self._open_file = opened
        self._lock = lock
        self._modes = modes
        self._problems: list[Problem] = []

    def names(self, listing: Mapping[str, int]) -> list[str]:
        """Return the names of the closed files, the oldest first: those listed, and those found in the folder.

        A file in the folder that is not listed comes from a save that was cut short.
        """
        begin = f"{self._open_file.name}.closed-"
        in_folder = {path.name.removesuffix(".twin") for path in self._open_file.parent.glob(f"{begin}*.json*")}
        return sorted(filter(self._is_own_closed_file, {*in_folder, *listing}), key=closed_file_number)

    def documents(
        self, listing: Mapping[str, int], *, entries: Collection[str] = (), after: int = -1
    ) -> Iterator[Document]:
        """Yield the lines of the files that `lines_by_file` chooses, unfolded, the oldest first."""
        for documents in self.lines_by_file(listing, entries=entries, after=after):
            yield from unfold_lines(documents)

    def lines_by_file(
        self, listing: Mapping[str, int], *, entries: Collection[str] = (), after: int = -1
    ) -> Iterator[list[Document]]:
        """Yield the lines of one file after the other, each a list, folded as stored. Note an unreadable file.

        Files in which none of the `entries` (ids) occurs are skipped, if any are given. So are files with no line after
        the revision `after`.
        """
        for name in self.names(listing):
            last_revision = listing.get(name, after + 1)  # a file that is not listed may hold later lines: it is read
            if last_revision <= after or self._surely_lacks(name, entries):
                continue
            try:
                yield _lines(self._tables(name))
            except StoreError as error:
                self._note(name, error)

    def append(self, documents: Iterable[Document], listing: Mapping[str, int]) -> ClosedFiles:
        """Add lines after the last one, and return the closed files there are now, each with its last revision.

        A line that an interrupted save has added already is not added again. Raises `StoreError`; the caller then keeps
        the lines in the open file.
        """
        files_now = dict(listing)
        names = self.names(listing)
        added_already: set[bytes] = set()
        tables: Tables = {}
        for name in names:
            if name != names[-1] and name in listing:
                continue  # Only the last file, and unlisted ones, can hold lines of an interrupted save.
            try:
                tables = self._tables(name)
            except StoreError as error:  # An unreadable file stays as it is, and another one is begun.
                self._note(name, error)
                tables = {}
            else:
                last = _last_revision(tables.get(HISTORY, {}))
                if last > listing.get(name, -1):  # An interrupted save has added lines already.
                    added_already |= {_line_digest(document) for document in unfold_lines(_lines(tables))}
                files_now[name] = max(files_now.get(name, 0), last)
        # The last file is continued, unless it could not be read.
        last_number = closed_file_number(names[-1]) if names else 0
        number = last_number if tables else last_number + 1
        filled = _FilledFile(tables.get(HISTORY, {}))
        for document in unfold_lines(documents):
            if added_already and _line_digest(document) in added_already:
                continue
            if filled.is_full:
                self._write_file(number, tables, filled, files_now)
                number, tables, filled = number + 1, {}, _FilledFile({})
            filled.add(document)
        self._write_file(number, tables, filled, files_now)
        return files_now

    def take_out(
        self, is_unwanted: Callable[[Document], bool], listing: Mapping[str, int], entries: Collection[str] = ()
    ) -> None:
        """Remove the lines for which `is_unwanted` is true from every file in which one of the `entries` (ids) occurs.

        Without `entries` all files are checked and written again, so that no twin lags behind, and an unreadable file
        is set aside. Raises `StoreError`.
        """
        all_files = not entries
        for name in self.names(listing):
            if self._surely_lacks(name, entries):
                continue
            database = self._database(name)
            try:
                tables = database.documents()
            except Damaged:
                if all_files:
                    database.sealed_storage.replace_all({HISTORY: {}})  # sets the unreadable file aside
                continue
            table = (tables or {}).get(HISTORY, {})
            remaining = {number: document for number, document in table.items() if not is_unwanted(document)}
            if tables is not None and (all_files or len(remaining) < len(table)):
                database.save({**tables, HISTORY: remaining})
            self._remove_lagging_twin(database.sealed_storage)

    def tables(self, listing: Mapping[str, int]) -> Iterator[Table]:
        """Yield the table of each file, its lines unfolded; an unreadable file is noted as a problem."""
        for name in self.names(listing):
            try:
                yield _unfolded_table(self._tables(name))
            except StoreError as error:
                self._note(name, error)

    def rewrite(self, change: Callable[[Table], Table], listing: Mapping[str, int]) -> None:
        """Replace the table of each file by the one that `change` returns for it, in both copies. Raises `StoreError`.

        `change` gets the table with its lines unfolded. An unreadable file stays as it is.
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
                last_texts: LastTexts = {}
                lines = {number: fold_line(after[number], last_texts) for number in sorted(after, key=int)}
                database.save({**tables, HISTORY: lines} if after != before else tables)
            self._remove_lagging_twin(database.sealed_storage)

    def size(self) -> int:
        """Return how many bytes the closed files take, their twins left out."""
        paths = self._open_file.parent.glob(f"{self._open_file.name}.closed-*.json")
        return sum(path.stat().st_size for path in paths if self._is_own_closed_file(path.name))

    def take_problems(self) -> list[Problem]:
        """Return the problems met since the last call, such as unreadable files, and forget them."""
        problems, self._problems = self._problems, []
        return problems

    def _is_own_closed_file(self, name: str) -> bool:
        """Return whether this is the name of a closed file of this open file, and of no other one in the folder."""
        return CLOSED_NAME.fullmatch(name) is not None and name.startswith(f"{self._open_file.name}.closed-")

    def _database(self, name: str) -> SealedDB:
        return SealedDB(SealedStorage(self._open_file.with_name(name), lock=self._lock, modes=self._modes))

    def _tables(self, name: str) -> Tables:
        """Return the tables of one closed file. Raises `StoreError`: NotFound if both of its copies are gone."""
        database = self._database(name)
        tables = database.documents()
        self._take_reports(database.sealed_storage)
        if tables is None:
            raise NotFound(database.path)
        return tables

    def _surely_lacks(self, name: str, entries: Collection[str]) -> bool:
        """Return whether a file can be skipped: it is intact and holds none of the `entries` (ids), if any are given.

        Its bytes are searched, which is faster than parsing.
        """
        try:
            raw = read_file(self._open_file.with_name(name)) if entries else b""
        except OSError:
            return False
        quoted_ids = (ENCODER.encode(entry).encode("utf-8") for entry in entries)  # in quotes, as in the file
        return bool(entries) and not any(quoted in raw for quoted in quoted_ids) and verified_seal(raw) is not None

    def _write_file(self, number: int, tables: Tables, filled: _FilledFile, files_now: ClosedFiles) -> None:
        """Write the closed file `number` if lines were added to it, and note it in `files_now`."""
        if filled.added:
            name = f"{self._open_file.name}.closed-{number}.json"
            database = self._database(name)
            database.save({**tables, HISTORY: filled.table})
            self._take_reports(database.sealed_storage)
            files_now[name] = max(files_now.get(name, 0), _last_revision(filled.table))

    def _remove_lagging_twin(self, storage: SealedStorage) -> None:
        """Remove the twin if it could not be written: it still holds lines that were taken out. Note all problems."""
        reports = storage.take_reports()
        if any(report.kind == "single" for report in reports):  # "single": only one of the two copies was written
            with as_store_errors(storage.twin):
                storage.twin.unlink(missing_ok=True)
        self._problems += map(_problem_of_report, reports)

    def _take_reports(self, storage: SealedStorage) -> None:
        """Note what the storage of a closed file had to work around as problems."""
        self._problems += [_problem_of_report(report) for report in storage.take_reports()]

    def _note(self, name: str, error: StoreError) -> None:
        """Note an unreadable file as a problem, once."""
        damaged_copy = next(iter(error.kept), None) if isinstance(error, Damaged) else None
        problem = Problem("unread", self._open_file.with_name(name), damaged_copy, str(error))
        if problem not in self._problems:
            self._problems.append(problem)


class _FilledFile:
    """The table of one closed file while lines are added to it, which counts how full the file is."""

    def __init__(self, table: Table) -> None:
        self.table = dict(table)
        lengths = list(map(line_length, table.values()))
        self._stored_length, self._longest_line = sum(lengths), max(lengths, default=0)  # in characters, as stored
        self.added = False  # whether any line was added
        self._known: LastTexts = {}  # the texts from which the next line is folded
        self._unfolded = 0  # characters of its lines once unfolded
        for document in unfold_lines(sorted_documents(table)):
            self._unfolded += line_length(document)
            remember_last_text(document, document.get("new"), self._known)
        self._number = max(map(int, table), default=0)  # of the last line

    @property
    def is_full(self) -> bool:
        """Whether the next line must go to another file.

        The longest line is not counted, since a single line may be longer than the limit.
        """
        return (
            self._stored_length - self._longest_line >= CLOSED_FILE_CHARACTERS
            or self._unfolded >= UNFOLDED_FILE_CHARACTERS
        )

    def add(self, document: Document) -> None:
        """Add an unfolded line at the end, folded if that is shorter."""
        folded = fold_line(document, self._known)
        self._unfolded += line_length(document)
        self._number += 1
        self.table[str(self._number)] = folded
        self._stored_length += line_length(folded)
        self._longest_line = max(self._longest_line, line_length(folded))
        self.added = True


def _problem_of_report(report: Recovered) -> Problem:
    return Problem(report.kind, report.path, report.kept, report.why)


def _unfolded_table(tables: Tables) -> Table:
    """Return the table `history` of a file with its lines unfolded."""
    table = tables.get(HISTORY, {})
    return dict(zip(sorted(table, key=int), unfold_lines(sorted_documents(table)), strict=True))


def closed_file_number(name: str) -> int:
    """Return the number in the name of a closed file; 0 for another name."""
    match = CLOSED_NAME.fullmatch(name)
    return int(match[1]) if match else 0


def _lines(tables: Tables) -> list[Document]:
    return sorted_documents(tables.get(HISTORY, {}))


def _last_revision(table: Table) -> int:
    revisions: Iterable[Any] = (document.get("rev") for document in table.values())
    return max((rev for rev in revisions if is_revision(rev)), default=0)


def _line_digest(document: Document) -> bytes:
    """Return 16 bytes that are equal for equal lines."""
    return blake2b(ENCODER.encode(document).encode("utf-8"), digest_size=16).digest()
