"""Closed history: lines that no longer need to be near lie in files of their own, so that a save's cost stays flat.

Behind `history.json` come `history.json.closed-1.json`, `…-2.json` and so on; behind the private history, which lies in
`private.json`, come `private.json.closed-1.json` and so on. Each is a sealed file with its twin. Lines are added at the
end of the last one, and none in it changes, but that a cell which became private takes its lines out of the public
ones. The open file names them in its `meta`, each with the last revision in it. A line is in its new file before it
leaves the old one: after a kill it stands in both, and is read once (`history.merged`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from tui.atomic_files import Modes, read_file
from tui.store.file_lock import Lock
from tui.store.file_names import CLOSED_NAME
from tui.store.history_lines import Known, compact, remember, weight, whole
from tui.store.records import Table, in_order, is_revision, meta_of
from tui.store.sealed_bytes import ENCODER, Document, Tables, verified_seal
from tui.store.sealed_storage import Recovered, SealedStorage
from tui.store.store_errors import Damaged, NotFound, Problem, StoreError, as_store_errors
from tui.store.tinydb_tables import SealedDB

HISTORY: Final = "history"  # the table of a file that holds its lines
CLOSED: Final = "closed"  # in `meta` of the open file: the closed files by name, each with its last revision

CLOSED_LIMIT: Final = 1024 * 1024  # letters in a closed file, its longest line left out, before the next is begun
UNFOLDED_FILE_LIMIT: Final = 32 * 1024 * 1024  # letters of a closed file's lines once whole: each addition reads them
DOCUMENT_LIMIT: Final = 512 * 1024 * 1024  # bytes of a document that is brought in; its history may be of ten years

Listing = dict[str, int]  # closed files by name → the last revision in each


def listed_in(tables: Tables | None) -> Listing:
    """Return the closed files that an open file names in its `meta`, each with its last revision."""
    told = meta_of(tables or {}).get(CLOSED)
    return {
        name: rev
        for name, rev in (told.items() if isinstance(told, dict) else ())
        if CLOSED_NAME.fullmatch(name) and is_revision(rev)
    }


def unlisted(tables: Tables) -> Tables:
    """Return the tables of a file that goes elsewhere alone: it names no closed files."""
    meta = meta_of(tables)
    if CLOSED not in meta:
        return tables
    return {**tables, "meta": {**tables["meta"], "1": {key: item for key, item in meta.items() if key != CLOSED}}}


class ClosedHistory:
    """The closed files of one open file. All errors are `StoreError`s; what writes does so under the folder's lock."""

    def __init__(self, opened: Path, lock: Lock, modes: Modes) -> None:
        """`opened` is the open file, `lock` the one of its folder."""
        self._opened = opened
        self._lock = lock
        self._modes = modes
        self._problems: list[Problem] = []

    def names(self, listing: Mapping[str, int]) -> list[str]:
        """Return the closed files, the oldest first: those listed, and those that a save cut short did not list yet."""
        begin = f"{self._opened.name}.closed-"
        there = {path.name.removesuffix(".twin") for path in self._opened.parent.glob(f"{begin}*.json*")}
        return sorted(filter(self._is_ours, {*there, *listing}), key=number_of)

    def documents(
        self, listing: Mapping[str, int], *, entries: Collection[str] = (), after: int = -1
    ) -> Iterator[Document]:
        """Yield the lines, whole, the oldest first, of the files that `by_file` looks into."""
        for documents in self.by_file(listing, entries=entries, after=after):
            yield from whole(documents)

    def by_file(
        self, listing: Mapping[str, int], *, entries: Collection[str] = (), after: int = -1
    ) -> Iterator[list[Document]]:
        """The lines of one file after the other, as they lie there; what cannot be read is a problem that is noted.

        Files that name none of the `entries`, where some are given, are passed over, and those with nothing newer than
        the revision `after`.
        """
        for name in self.names(listing):
            if listing.get(name, after + 1) <= after or self._is_silent(name, entries):
                continue
            try:
                yield _lines(self._tables(name))
            except StoreError as error:
                self._note(name, error)

    def append(self, documents: Iterable[Document], listing: Mapping[str, int]) -> Listing:
        """Add lines behind the last one, and return the files there are now. What a save cut short added stays once.

        Raises `StoreError`; then no line has left its old place.
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
                    known |= {_mark(document) for document in whole(_lines(tables))}
                made[name] = max(made.get(name, 0), last)
        number = number_of(names[-1]) + (not tables) if names else 1
        draft = _Draft(tables.get(HISTORY, {}))
        for document in whole(documents):
            if known and _mark(document) in known:
                continue
            if draft.full:
                self._put(number, tables, draft, made)
                number, tables, draft = number + 1, {}, _Draft({})
            draft.add(document)
        self._put(number, tables, draft, made)
        return made

    def take_out(
        self, gone: Callable[[Document], bool], listing: Mapping[str, int], entries: Collection[str] = ()
    ) -> None:
        """Take the lines that are `gone` out of every file that names one of the `entries`. Raises `StoreError`.

        Without `entries` each file is looked at whether it changes or not, and a twin that lags behind is written
        anew; what cannot be read is set aside.
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
                    database.sealed.replace_all({HISTORY: {}})
                continue
            table = (tables or {}).get(HISTORY, {})
            kept = {number: document for number, document in table.items() if not gone(document)}
            if tables is not None and (every or len(kept) < len(table)):
                database.save({**tables, HISTORY: kept})
            self._without_lagging_twin(database.sealed)

    def tables(self, listing: Mapping[str, int]) -> Iterator[Table]:
        """Yield the table of one file after the other, its lines whole.

        What cannot be read is a problem that is noted.
        """
        for name in self.names(listing):
            try:
                yield _whole_table(self._tables(name))
            except StoreError as error:
                self._note(name, error)

    def rewrite(self, change: Callable[[Table], Table], listing: Mapping[str, int]) -> None:
        """Put what `change` makes of each file's whole lines in their place, in both copies. Raises `StoreError`.

        What cannot be read stays as it is.
        """
        for name in self.names(listing):
            database = self._database(name)
            try:
                tables = database.documents() or {}
            except Damaged:
                continue
            before = _whole_table(tables)
            after = change(before)
            if tables:
                known: Known = {}
                lines = {number: compact(after[number], known) for number in sorted(after, key=int)}
                database.save({**tables, HISTORY: lines} if after != before else tables)
            self._without_lagging_twin(database.sealed)

    def size(self) -> int:
        """Return how many bytes the closed files take, their twins left out."""
        paths = self._opened.parent.glob(f"{self._opened.name}.closed-*.json")
        return sum(path.stat().st_size for path in paths if self._is_ours(path.name))

    def take_problems(self) -> list[Problem]:
        """Return what had to be worked around since the last call."""
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
        self._reported(database.sealed)
        if tables is None:
            raise NotFound(database.path)
        return tables

    def _is_silent(self, name: str, entries: Collection[str]) -> bool:
        """Return whether a sound file names none of the `entries`: its bytes are looked through, which is quick."""
        try:
            raw = read_file(self._opened.with_name(name)) if entries else b""
        except OSError:
            return False
        marks = (ENCODER.encode(entry).encode("utf-8") for entry in entries)
        return bool(entries) and not any(mark in raw for mark in marks) and verified_seal(raw) is not None

    def _put(self, number: int, tables: Tables, draft: _Draft, made: Listing) -> None:
        if draft.added:
            name = f"{self._opened.name}.closed-{number}.json"
            database = self._database(name)
            database.save({**tables, HISTORY: draft.table})
            self._reported(database.sealed)
            made[name] = max(made.get(name, 0), _last_revision(draft.table))

    def _without_lagging_twin(self, storage: SealedStorage) -> None:
        """Remove a twin that could not be written anew: it holds what was taken out."""
        reports = storage.take_reports()
        if any(report.kind == "single" for report in reports):
            with as_store_errors(storage.twin):
                storage.twin.unlink(missing_ok=True)
        self._problems += map(_of_report, reports)

    def _reported(self, storage: SealedStorage) -> None:
        self._problems += [_of_report(report) for report in storage.take_reports()]

    def _note(self, name: str, error: StoreError) -> None:
        kept = next(iter(error.kept), None) if isinstance(error, Damaged) else None
        problem = Problem("unread", self._opened.with_name(name), kept, str(error))
        if problem not in self._problems:
            self._problems.append(problem)


class _Draft:
    """A closed file's table that lines are added to."""

    def __init__(self, table: Table) -> None:
        self.table = dict(table)
        weights = list(map(weight, table.values()))
        self._weight, self._heaviest = sum(weights), max(weights, default=0)
        self.added = False
        self._known: Known = {}
        self._unfolded = 0
        for document in whole(in_order(table)):
            self._unfolded += weight(document)
            remember(document, document.get("new"), self._known)
        self._number = max(map(int, table), default=0)

    @property
    def full(self) -> bool:
        """Whether the next line begins another file; the heaviest one, of which others are differences, counts not."""
        return self._weight - self._heaviest >= CLOSED_LIMIT or self._unfolded >= UNFOLDED_FILE_LIMIT

    def add(self, document: Document) -> None:
        """Put a whole line at the end."""
        made = compact(document, self._known)
        self._unfolded += weight(document)
        self._number += 1
        self.table[str(self._number)] = made
        self._weight += weight(made)
        self._heaviest = max(self._heaviest, weight(made))
        self.added = True


def _of_report(report: Recovered) -> Problem:
    return Problem(report.kind, report.path, report.kept, report.why)


def _whole_table(tables: Tables) -> Table:
    """Return the lines of a file under their numbers, each whole."""
    table = tables.get(HISTORY, {})
    return dict(zip(sorted(table, key=int), whole(in_order(table)), strict=True))


def number_of(name: str) -> int:
    """Return the number in the name of a closed file; 0 for another name."""
    found = CLOSED_NAME.fullmatch(name)
    return int(found[1]) if found else 0


def _lines(tables: Tables) -> list[Document]:
    return in_order(tables.get(HISTORY, {}))


def _last_revision(table: Table) -> int:
    told: Iterable[Any] = (document.get("rev") for document in table.values())
    return max((rev for rev in told if is_revision(rev)), default=0)


def _mark(document: Document) -> bytes:
    return blake2b(ENCODER.encode(document).encode("utf-8"), digest_size=16).digest()
