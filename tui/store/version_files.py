"""The versions of a partnership: the newest in `versions.json`, older ones in closed files, so that none is refused.

Behind `versions.json` come `versions.json.closed-1.json`, `…-2.json` and so on. Each is a sealed file with its twin,
and holds versions as `versions.json` does; no save writes it again. The open file names them in its `meta`, each with
the count of its versions. A version is in its closed file before it leaves the open one: after a kill it stands in
both, and is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from tui.atomic_files import Modes
from tui.store.closed_history import CLOSED, ClosedFiles, closed_file_number, closed_files_of, without_closed_files
from tui.store.file_lock import Lock
from tui.store.file_names import CLOSED_NAME
from tui.store.records import append_documents, sorted_documents, with_meta
from tui.store.sealed_bytes import ENCODER, Document, Tables
from tui.store.sealed_storage import SealedStorage
from tui.store.store_errors import Damaged, NotFound, Problem, as_store_errors
from tui.store.tinydb_tables import SealedDB

VERSIONS_TABLE: Final = "versions"
OPEN_VERSIONS_LIMIT: Final = 4 * 1024 * 1024  # bytes of the open file, and of a closed one, behind which one is begun


class VersionFiles:
    """The open file of versions and the closed ones behind it. All errors are `StoreError`s."""

    def __init__(self, opened: SealedDB, lock: Lock, modes: Modes) -> None:
        """`opened` is the open file, `lock` the one of its folder."""
        self._opened = opened
        self._lock = lock
        self._modes = modes
        self._problems: list[Problem] = []

    def documents(self) -> list[Document]:
        """Return all versions, oldest first. Raises `StoreError`, `Damaged` for a file that cannot be read."""
        tables = self._opened.documents() or {}
        near = sorted_documents(tables.get(VERSIONS_TABLE, {}))
        far: list[Document] = []
        for name in self._names(listing := closed_files_of(tables)):
            held = self._held(name)
            far += held if name in listing else [record for record in held if record not in near]
        return [*far, *near]

    def add(self, version: Document) -> None:
        """Keep one more version; those before stay as they are. Raises `StoreError`; then nothing was added."""
        with self._lock:
            if self._open_size() > OPEN_VERSIONS_LIMIT:
                self._close()
            self._opened.table(VERSIONS_TABLE).insert(version)

    def begin(self, tables: Tables) -> None:
        """Write the versions that were brought in with a partnership. Raises `StoreError`."""
        *older, newest = _batches(tables.get(VERSIONS_TABLE, {}).items()) or [{}]
        listing = self._closed([list(batch.values()) for batch in older], 1)
        tables = {**without_closed_files(tables), VERSIONS_TABLE: newest}
        self._opened.save(with_meta(tables, **{CLOSED: listing}) if listing else tables)

    def readable(self) -> Iterator[SealedDB]:
        """Yield every file of versions that can be read, the closed ones first, then the open one."""
        for name in self._names(closed_files_of(self._opened.documents())):
            database = self._database(name)
            with suppress(Damaged):
                database.documents()
                yield database
        yield self._opened

    def take_problems(self) -> list[Problem]:
        """Return what had to be worked around in closed files since the last call."""
        taken, self._problems = self._problems, []
        return taken

    def _close(self) -> None:
        """Put what the open file holds in closed files, and leave it empty; the caller holds the lock."""
        tables = self._opened.documents() or {}
        listing = closed_files_of(tables)
        names = self._names(listing)
        cut_short = {name: self._held(name) for name in names if name not in listing}
        there = [record for held in cut_short.values() for record in held]
        waiting = {number: record for number, record in tables.get(VERSIONS_TABLE, {}).items() if record not in there}
        first = closed_file_number(names[-1]) + 1 if names else 1
        listing |= {name: len(held) for name, held in cut_short.items()}
        listing |= self._closed([list(batch.values()) for batch in _batches(waiting.items())], first)
        self._opened.save(with_meta({**tables, VERSIONS_TABLE: {}}, **{CLOSED: listing}))

    def _closed(self, batches: Iterable[list[Document]], first: int) -> ClosedFiles:
        """Write one closed file for each batch, numbered from `first`; return how many versions each holds."""
        made: ClosedFiles = {}
        for number, batch in enumerate(batches, first):
            name = f"{self._opened.path.name}.closed-{number}.json"
            self._database(name).save({VERSIONS_TABLE: append_documents({}, batch)})
            made[name] = len(batch)
        return made

    def _names(self, listing: ClosedFiles) -> list[str]:
        """Return the closed files, the oldest first: those listed, and those that a kill kept from being listed."""
        begin = f"{self._opened.path.name}.closed-"
        with as_store_errors(self._opened.path):
            there = {path.name.removesuffix(".twin") for path in self._opened.path.parent.glob(f"{begin}*.json*")}
        ours = (name for name in {*there, *listing} if CLOSED_NAME.fullmatch(name) and name.startswith(begin))
        return sorted(ours, key=closed_file_number)

    def _held(self, name: str) -> list[Document]:
        """Return the versions of one closed file. Raises `StoreError`, `NotFound` for one gone in both copies."""
        database = self._database(name)
        tables = database.documents()
        reports = database.sealed_storage.take_reports()
        self._problems += [Problem(report.kind, report.path, report.kept, report.why) for report in reports]
        if tables is None:
            raise NotFound(database.path)
        return sorted_documents(tables.get(VERSIONS_TABLE, {}))

    def _database(self, name: str) -> SealedDB:
        path: Path = self._opened.path.with_name(name)
        return SealedDB(SealedStorage(path, lock=self._lock, modes=self._modes))

    def _open_size(self) -> int:
        with suppress(OSError):
            return self._opened.path.stat().st_size
        return 0


def _batches(documents: Iterable[tuple[str, dict[str, Any]]]) -> list[dict[str, Document]]:
    """Return the numbered versions, in their order, in as many tables as keep each below the limit, or one long one."""
    batches: list[dict[str, Document]] = []
    room = 0
    for number, document in sorted(documents, key=lambda item: int(item[0])):
        size = len(ENCODER.encode(document).encode("utf-8"))
        if not batches or size > room:
            batches.append({})
            room = OPEN_VERSIONS_LIMIT
        batches[-1][number] = document
        room -= size
    return batches
