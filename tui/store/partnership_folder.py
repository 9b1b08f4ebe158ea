"""One partnership's folder: its files read as one state, and written in the order in which a crash loses nothing."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.atomic_files import Signature, modes_of, only_reads, signature
from tui.guide.guide_types import Guide
from tui.store.adopted_papers import PAPER
from tui.store.closed_history import CLOSED, HISTORY, ClosedHistory, closed_files_of, without_closed_files
from tui.store.file_lock import Lock
from tui.store.file_names import NAMES, PAST, PRIVATE, PUBLIC, is_public_file, is_table_file
from tui.store.history_lines import near_and_far, unfold_lines
from tui.store.public_private import CellsByEntry, Plan, State, entries_losing_cells, read_half
from tui.store.records import meta_of, sorted_documents, with_meta
from tui.store.sealed_bytes import Document, Tables
from tui.store.sealed_storage import SealedStorage
from tui.store.store_errors import Damaged, Lost, NotFound, Problem, StoreError, as_store_errors, reading_of
from tui.store.stored_partnership import Documents, StoredPartnership, hidden_line_test, private_tables, with_far_lines
from tui.store.tinydb_tables import SealedDB
from tui.store.version_files import VersionFiles

if TYPE_CHECKING:
    from tui.store.journal import Presence, Session

_UNLOCKED_READINGS: Final = 3  # tries before the lock is taken: in each of them somebody may have saved meanwhile


class Folder(StoredPartnership):
    """The partnership that lies in the folder `path`. All errors are `StoreError`s."""

    def __init__(self, path: Path, guide: Guide, holder: str = "") -> None:
        """`guide` gives the types of cells, `holder` the name that others read while this program holds the lock.

        Raises `NotFound` if there is no such folder, or a link in its place.
        """
        if path.is_symlink() or not path.is_dir():
            raise NotFound(path)
        super().__init__(path, modes_of(path), guide)
        private_modes = self.modes.private
        self.lock = Lock(path / ".lock", modes=private_modes, holder=holder)
        self.public, self.private, self.past, self.versions = (
            SealedDB(
                SealedStorage(path / name, lock=self.lock, modes=self.modes if is_public_file(name) else private_modes)
            )
            for name in NAMES
        )
        # The far history: older lines, in closed files, the public ones and the private ones.
        self.far_past = ClosedHistory(path / PAST, self.lock, self.modes)
        self.far_private = ClosedHistory(path / PRIVATE, self.lock, private_modes)
        self.version_files = VersionFiles(self.versions, self.lock, self.modes)
        self._unread: dict[str, StoreError] = {}  # files that could not be read at the last reading

    def signature(self) -> Signature:
        """Return what `stat` says of the public and the private file: every save changes it."""
        return signature((self.path / PUBLIC, self.path / PRIVATE))

    def fingerprint(self) -> Signature:
        """Return what `stat` says of every file of the partnership, without journals and the lock."""
        with as_store_errors(self.path):
            names = sorted(os.listdir(self.path))
        return signature(self.path / name for name in names if is_table_file(name) or PAPER.fullmatch(name))

    def transaction(self) -> Lock:
        """Return the lock of the folder, to be held."""
        return self.lock

    def journal_replay_lock(self) -> Lock:
        """Return the lock of the folder: two programs never save the same journal."""
        return self.lock

    def state(self, *, private: bool = True) -> State:
        """Return both files as one state, read without the lock if nobody saves meanwhile.

        With `private` false the private file is not read. Raises `NotFound`, `Damaged`, `Newer` and other
        `StoreError`s.
        """
        for _try in range(_UNLOCKED_READINGS):
            before = self.signature()
            state = self._read(private=private)
            if self.signature() == before:
                return state
        with self.lock.reading():
            return self._read(private=private)

    def reading(self) -> AbstractContextManager[object]:
        """Return the lock of the folder for reading, to be held; an account that may not lock reads without it."""
        return self.lock.reading()

    def read(self) -> State:
        """Return all files but those of the versions as one state; the caller holds the lock."""
        return self._read(past=True)

    def _read(self, *, private: bool = True, past: bool = False) -> State:
        """Return the files as one state, without the private one or the history if they are not asked for.

        Raises NotFound, Lost, and other `StoreError`s.
        """
        with reading_of(self.path):
            tables = self.public.documents()
            if tables is None:
                raise Lost(self.public.path) if has_traces(self.path) else NotFound(self.public.path)
            public = self._half(PUBLIC, tables)
            # An account that may only read is shown the public file alone. For one that may write, this raises if the
            # private file may not be read: a save without having read it would lose what it holds.
            hidden = self._tables_or_problem(self.private) if private and not only_reads(self.path) else None
            past_tables = self._tables_or_problem(self.past) if past else None
            return self._state_of(public, self._half(PRIVATE, hidden, public) if hidden else None, past_tables)

    def _tables_or_problem(self, database: SealedDB) -> Tables | None:
        """Return the tables of a file, or None if it is missing or damaged.

        Damage is noted as a problem and not raised, because the other files can be shown.
        """
        name = database.path.name
        try:
            tables = database.documents()
        except Damaged as err:
            self._unread[name] = err
            self._note(Problem("unread", database.path, next(iter(err.kept), None), str(err)))
            return None
        self._unread.pop(name, None)
        return tables

    def has_far_history(self, state: State) -> bool:
        """Return whether any history lies in closed files."""
        names = self.far_past.names(closed_files_of(state.past))
        return bool(names or self.far_private.names(closed_files_of(private_tables(state))))

    def write(self, state: State, planned: Plan, *, every: bool = False, thorough: bool = False) -> None:
        """Write the files whose tables changed; with `every` each file, so that both its copies are in order.

        Cells and history lines that move are in their new file before they leave the old one. With `thorough` the
        closed public files are searched for lines of any entry that must leave them, not only of those saved here.
        """
        hidden_entries = self._entries_with_hidden_lines(state, planned.public_cells, thorough=thorough)
        moved = (
            self._hidden_far_lines(state.past, planned.public_cells, hidden_entries)
            if hidden_entries is not None
            else ()
        )
        private_first = self._move_far_lines(self.far_private, planned.private_first, moved)
        # The plan has two versions of the private tables, with one and the same history. If lines of it went to a
        # closed file just now, the second version gets the history that is left too.
        has_moved_lines = private_first is not planned.private_first
        private = _with_moved_history(private_first, planned.private) if has_moved_lines else planned.private
        self._write_if_changed(self.private, private_tables(state), private_first, every=every)
        if hidden_entries is not None:
            self.far_past.take_out(hidden_line_test(planned.public_cells), closed_files_of(state.past), hidden_entries)
        past = self._move_far_lines(self.far_past, planned.past)
        self._write_if_changed(self.past, state.past or {}, past, every=every)
        self._write_if_changed(self.public, state.public.tables, planned.public, every=every)
        self._write_if_changed(self.private, private_first, private, every=every)

    def _write_if_changed(self, database: SealedDB, before: Tables, after: Tables, *, every: bool) -> None:
        if after != before or (every and after):
            self._write_file(database, after)

    def _entries_with_hidden_lines(
        self, state: State, public_cells: CellsByEntry, *, thorough: bool
    ) -> Collection[str] | None:
        """Return the ids of entries about which closed public files may hold lines that became private.

        None if there can be no such line, () if any entry may have some. Without `thorough`, only the entries count
        whose cells leave the public file with this save. After an interrupted save other entries can have such lines.
        """
        if not self.far_past.names(closed_files_of(state.past)):
            return None
        if thorough:
            return ()
        return entries_losing_cells(state.public.cells, public_cells) or None

    def _hidden_far_lines(
        self, past: Tables | None, public_cells: CellsByEntry, entries: Collection[str]
    ) -> Iterator[Document]:
        """Return the lines of closed public files about cells that are not among the public ones in `public_cells`."""
        return filter(hidden_line_test(public_cells), self.far_past.documents(closed_files_of(past), entries=entries))

    def _move_far_lines(self, closed: ClosedHistory, tables: Tables, moved: Iterable[Document] = ()) -> Tables:
        """Append the lines `moved`, then the far lines of `tables`, to closed files; return `tables` without these.

        If the closed files cannot be written, the far lines stay in the open file until a later save. But with `moved`
        lines, which became private and must leave their public file, that raises `StoreError`.
        """
        near, far = near_and_far(tables.get(HISTORY, {}))
        moving = iter(moved)
        first = next(moving, None)  # only the first one is read here, since the others may lie in many files
        if first is not None:
            listing = closed.append(chain((first,), moving, far), closed_files_of(tables))
        elif far:
            try:
                listing = closed.append(far, closed_files_of(tables))
            except StoreError:
                return tables
        else:
            return tables
        return with_meta({**tables, HISTORY: near}, **{CLOSED: listing})

    def _write_file(self, database: SealedDB, after: Tables) -> None:
        """Write the tables of one file. Bytes that could not be read, and would be lost by it, are set aside first."""
        unread = self._unread.pop(database.path.name, None)
        if unread is None:
            before = self._halves.get(database.path.name)
            if before is not None and before.misfits and before.misfits > read_half(after, self.types).misfits:
                database.sealed_storage.set_aside_main_file()  # A value that could not be read is about to be replaced.
            database.save(after)
        else:
            database.sealed_storage.replace_all(after)  # The unreadable file is set aside: it may be salvaged later.

    def lines(self, *, private: bool, entries: Collection[str] = (), after: int = -1) -> Iterator[Document]:
        """Yield the lines of the public or the private history, unfolded: first the open file, then the closed ones.

        `entries` (ids) and `after` (a revision) let closed files be skipped, as `ClosedHistory.lines_by_file` says.
        """
        if private and only_reads(self.path):
            return
        database, closed = (self.private, self.far_private) if private else (self.past, self.far_past)
        tables = self._tables_or_problem(database) or {}
        yield from unfold_lines(sorted_documents(tables.get(HISTORY, {})))
        yield from closed.documents(closed_files_of(tables), entries=entries, after=after)

    def with_far_history(self, planned: Plan) -> tuple[Tables, Tables]:
        """Return the plan's public history and private tables with the lines of the closed files before their own."""
        past, private = planned.past, planned.private
        lines = [line for lines in self.far_past.lines_by_file(closed_files_of(past)) for line in lines]
        is_hidden = hidden_line_test(planned.public_cells)
        hidden_lines = list(filter(is_hidden, unfold_lines(lines)))
        public_lines = [line for line in lines if not is_hidden(line)]
        private_files = () if only_reads(self.path) else self.far_private.lines_by_file(closed_files_of(private))
        private_lines = [line for lines in private_files for line in lines]
        return with_far_lines(past, public_lines), with_far_lines(private, [*private_lines, *hidden_lines])

    def exportable(self, tables: Tables) -> Tables:
        """Return the tables of a file without the names of its closed files, which do not go along."""
        return without_closed_files(tables)

    def stored_versions(self) -> Documents:
        """Return the versions, oldest first, those in closed files included."""
        return self.version_files.documents()

    def add_version(self, version: Document) -> None:
        """Keep one more version; those before stay as they are."""
        self.version_files.add(version)

    def begin_versions(self, tables: Tables) -> None:
        """Write the versions of an imported partnership."""
        self.version_files.begin(tables)

    def keep_paper(self, version_id: str, name: str, data: bytes) -> Path:
        """Keep the file `data` that was adopted as a version, and return its path; `name` gives its ending."""
        from tui.store.adopted_papers import keep_paper

        return keep_paper(self.path, version_id, name, data, self.modes)

    def paper(self, version_id: str) -> Path | None:
        """Return the path of the file that was adopted as a version; None when there is none."""
        from tui.store.adopted_papers import paper_of

        return paper_of(self.path, version_id)

    def session(self, author: str) -> Session:
        """Begin an editing session, with its journal in the folder."""
        from tui.store.journal import Session
        from tui.store.sync_copies import copies_in

        with suppress(OSError):
            for path in copies_in(self.path):
                self._note(Problem("synced", path))
        return Session(self.path, author, self.modes.private)

    def presences(self) -> list[Presence]:
        """Return who has the partnership open now, longest first."""
        from tui.store.journal import presences

        return presences(self.path)

    def take_problems(self) -> list[Problem]:
        """Return the problems met since the last call, each once, and forget them."""
        for database in (self.public, self.private, self.past, self.versions):
            for report in database.sealed_storage.take_reports():
                self._note(Problem(report.kind, report.path, report.kept, report.why))
        for closed in (self.far_past, self.far_private, self.version_files):
            for problem in closed.take_problems():
                self._note(problem)
        return super().take_problems()


def has_traces(path: Path) -> bool:
    """Return whether a folder holds anything of a partnership: one of its files, bytes set aside, or a journal."""
    return any(name.startswith((*NAMES, "journal-")) for name in os.listdir(path))


def _with_moved_history(first: Tables, tables: Tables) -> Tables:
    """Return `tables` with the history and the list of closed files that `first` has."""
    listing = meta_of(first)[CLOSED]
    return with_meta({**tables, HISTORY: first.get(HISTORY, {})}, **{CLOSED: listing})
