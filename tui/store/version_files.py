"""The versions of a partnership: the newest in the open file `versions.json`, older ones in closed files.

Closed files are `versions.json.closed-1.json`, `…-2.json` and so on. Each is a sealed file with its twin, holds
versions as the open file does, and is never written again; so no file reaches its size limit. The open file names them
in its `meta`, each with the number of its versions. A version is in its closed file before it leaves the open one: if
the program is killed in between, it stands in both, and is read once.
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
OPEN_VERSIONS_LIMIT: Final = 4 * 1024 * 1024  # bytes; above it the open file is emptied, or another closed file begun


class VersionFiles:
    """The open file of versions and its closed files. All errors are `StoreError`s."""

    def __init__(self, opened: SealedDB, lock: Lock, modes: Modes) -> None:
        """`opened` is the open file, `lock` that of its folder; new files get the permissions `modes`."""
        self._open_file = opened
        self._lock = lock
        self._modes = modes
        self._problems: list[Problem] = []

    def documents(self) -> list[Document]:
        """Return all versions, oldest first. Raises `Damaged` if one of the files cannot be read."""
        tables = self._open_file.documents() or {}
        near = sorted_documents(tables.get(VERSIONS_TABLE, {}))
        far: list[Document] = []
        listing = closed_files_of(tables)
        for name in self._names(listing):
            versions = self._versions_in(name)
            # A file that is not listed comes from an interrupted save, so that its versions may be in both files.
            far += versions if name in listing else [record for record in versions if record not in near]
        return [*far, *near]

    def add(self, version: Document) -> None:
        """Add a version; the earlier ones stay as they are. Raises `StoreError`; then nothing was added."""
        with self._lock:
            if self._open_size() > OPEN_VERSIONS_LIMIT:
                self._move_to_closed_files()
            self._open_file.table(VERSIONS_TABLE).insert(version)

    def begin(self, tables: Tables) -> None:
        """Write the versions of an imported partnership; `tables` are those of its `versions.json`."""
        *older_batches, newest = _batches(tables.get(VERSIONS_TABLE, {}).items()) or [{}]
        listing = self._write_closed_files([list(batch.values()) for batch in older_batches], 1)
        tables = {**without_closed_files(tables), VERSIONS_TABLE: newest}
        self._open_file.save(with_meta(tables, **{CLOSED: listing}) if listing else tables)

    def readable_files(self) -> Iterator[SealedDB]:
        """Yield each file of versions: the closed ones that can be read, then the open one."""
        for name in self._names(closed_files_of(self._open_file.documents())):
            database = self._database(name)
            with suppress(Damaged):
                database.documents()
                yield database
        yield self._open_file

    def take_problems(self) -> list[Problem]:
        """Return the problems met in closed files since the last call, and forget them."""
        problems, self._problems = self._problems, []
        return problems

    def _move_to_closed_files(self) -> None:
        """Move all versions of the open file to closed files; the caller holds the lock."""
        tables = self._open_file.documents() or {}
        listing = closed_files_of(tables)
        names = self._names(listing)
        unlisted = {name: self._versions_in(name) for name in names if name not in listing}
        closed_already = [record for versions in unlisted.values() for record in versions]
        moving = {
            number: record for number, record in tables.get(VERSIONS_TABLE, {}).items() if record not in closed_already
        }
        first = closed_file_number(names[-1]) + 1 if names else 1
        listing |= {name: len(versions) for name, versions in unlisted.items()}
        listing |= self._write_closed_files([list(batch.values()) for batch in _batches(moving.items())], first)
        self._open_file.save(with_meta({**tables, VERSIONS_TABLE: {}}, **{CLOSED: listing}))

    def _write_closed_files(self, batches: Iterable[list[Document]], first: int) -> ClosedFiles:
        """Write a closed file for each batch, numbered from `first`; return how many versions each holds, by name."""
        counts: ClosedFiles = {}
        for number, batch in enumerate(batches, first):
            name = f"{self._open_file.path.name}.closed-{number}.json"
            self._database(name).save({VERSIONS_TABLE: append_documents({}, batch)})
            counts[name] = len(batch)
        return counts

    def _names(self, listing: ClosedFiles) -> list[str]:
        """Return the names of the closed files, the oldest first: those listed, and those found in the folder.

        A file in the folder that is not listed comes from a save that was cut short.
        """
        begin = f"{self._open_file.path.name}.closed-"
        with as_store_errors(self._open_file.path):
            in_folder = {
                path.name.removesuffix(".twin") for path in self._open_file.path.parent.glob(f"{begin}*.json*")
            }
        ours = (name for name in {*in_folder, *listing} if CLOSED_NAME.fullmatch(name) and name.startswith(begin))
        return sorted(ours, key=closed_file_number)

    def _versions_in(self, name: str) -> list[Document]:
        """Return the versions in one closed file. Raises `NotFound` if both of its copies are gone."""
        database = self._database(name)
        tables = database.documents()
        reports = database.sealed_storage.take_reports()
        self._problems += [Problem(report.kind, report.path, report.kept, report.why) for report in reports]
        if tables is None:
            raise NotFound(database.path)
        return sorted_documents(tables.get(VERSIONS_TABLE, {}))

    def _database(self, name: str) -> SealedDB:
        path: Path = self._open_file.path.with_name(name)
        return SealedDB(SealedStorage(path, lock=self._lock, modes=self._modes))

    def _open_size(self) -> int:
        with suppress(OSError):
            return self._open_file.path.stat().st_size
        return 0


def _batches(documents: Iterable[tuple[str, dict[str, Any]]]) -> list[dict[str, Document]]:
    """Split numbered versions, in their order, into tables of at most OPEN_VERSIONS_LIMIT bytes each.

    A version that is longer has a table of its own.
    """
    batches: list[dict[str, Document]] = []
    room_left = 0
    for number, document in sorted(documents, key=lambda item: int(item[0])):
        size = len(ENCODER.encode(document).encode("utf-8"))
        if not batches or size > room_left:
            batches.append({})
            room_left = OPEN_VERSIONS_LIMIT
        batches[-1][number] = document
        room_left -= size
    return batches
