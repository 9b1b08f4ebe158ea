"""One partnership on a PostgreSQL server: a row for each document, as `server_rows` explains.

Tables that were read stay in memory, so that later readings fetch only changed rows. A save reads no far history (older
lines). A half is the public or the private part of the partnership, or its public history.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from psycopg.errors import QueryCanceled, UniqueViolation

from tui.atomic_files import PRIVATE as PRIVATE_MODES
from tui.atomic_files import make_private_dir
from tui.error_words import reason_words
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.partnership.ids import new_id
from tui.partnership.values import Change
from tui.store.closed_history import HISTORY, without_closed_files
from tui.store.file_names import PRIVATE, PUBLIC
from tui.store.history_lines import unfold_lines
from tui.store.public_private import Plan, State, entries_losing_cells
from tui.store.records import sorted_documents
from tui.store.sealed_bytes import Document, Tables, with_schema
from tui.store.server_connections import READ, WRITE, CommitUnknown, Connection, Connections
from tui.store.server_errors import NotAllowed, ServerBusy, Unreachable
from tui.store.server_rows import (
    CHANGED_ROWS,
    DELETE_ROWS,
    NOTE_SAVE,
    NOTE_TRANSACTION,
    PUT_ROWS,
    VERSIONS_AND_PAPERS,
    Row,
    RowKey,
    Rows,
    WrittenCells,
    differences,
    encode_json,
    rebase_on_own,
    split_far_lines,
    with_rows,
    written_cells,
)
from tui.store.store_errors import Lost, StoreError, Taken, Unknown, Unstorable, as_store_errors, reading_of
from tui.store.stored_partnership import Documents, StoredPartnership, hidden_line_test, private_tables, with_far_lines
from tui.store.version_files import VERSIONS_TABLE

if TYPE_CHECKING:
    from tui.store.journal import Presence
    from tui.store.server_session import ServerSession

READER, WRITER, OWNER = 1, 2, 3  # levels: what an account may do (sql/0001_tables.sql)
# (revision, revision of the last save that deleted rows, level of this account)
_SELECT_ROW: Final = (
    "SELECT revision, removed, entente.level(id, current_user) FROM entente.partnership "
    "WHERE id = %s AND (deleted_at IS NOT NULL) = %s"
)
_COMMIT_TRIES: Final = 3  # times that the server is asked whether a save was committed


class ServerPartnership(StoredPartnership):
    """One partnership on a server. All errors are `StoreError`s; `Unreachable` if the server does not answer."""

    def __init__(self, path: Path, guide: Guide, connections: Connections, *, deleted: bool = False) -> None:
        """`path` is the folder of its journals on this machine, named by its id; `deleted`: it lies in the bin."""
        super().__init__(path, PRIVATE_MODES, guide)
        self._connections = connections
        self._deleted = deleted
        self._thread_lock = threading.RLock()
        self._connection: Connection | None = None  # of the transaction under way
        self._only_reads = False  # whether the transaction under way only reads
        self._tables: dict[str, Tables] = {}  # as last read, by half: "public", "private" or "past"
        self._has_written = False  # whether the transaction under way has written anything
        self._written: dict[str, Tables] | None = None  # `_tables` once the transaction under way is committed
        self.revision = -1  # of `_tables`; -1 before they are read
        self._next_revision = -1  # of `_written`
        self._deletion_revision = -1  # the revision of the last save that deleted rows
        self.level = 0  # what this account may do, as last read: READER, WRITER or OWNER
        self._save_id = ""  # of the transaction under way, by which the server is asked whether it was committed
        # Saves of which the server could not be asked whether they were committed: (id of the save, what it wrote).
        self._saves_in_doubt: list[tuple[str, WrittenCells]] = []
        self._cells_of_save: WrittenCells = {}  # the cells that the transaction under way sets, with their revisions
        self.live: ServerSession | None = None  # the editing session that is open here

    # -- transactions --------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold a transaction, or take part in the one under way; if its commit breaks, ask the server about it."""
        with self._thread_lock:
            if self._connection is not None:
                yield
                return
            self._save_id, self._has_written = secrets.token_hex(16), False
            self._written, self._cells_of_save = None, {}
            try:
                with self._connections.transaction(WRITE) as self._connection:
                    yield
            except CommitUnknown as error:
                self._connection = None
                self._raise_if_not_committed(error)
            finally:
                self._connection = None
            self._adopt_written_tables()

    def _adopt_written_tables(self) -> None:
        """Let the tables that were just written count as those last read, and tell the open session their revision."""
        if self._written is not None:
            self._tables, self._written = self._written, None
            self.revision = self._next_revision
            if self.live is not None:
                self.live.saved_here(self.revision)

    def _raise_if_not_committed(self, error: CommitUnknown) -> None:
        """Ask the server whether the save was committed. Raises Unreachable if not, or if it does not answer."""
        if not self._has_written:
            return  # Nothing was written, so nothing is lost.
        for _time in range(_COMMIT_TRIES):
            try:
                if self._was_committed(self._save_id):
                    return
            except StoreError:
                continue
            break
        else:  # No try got an answer.
            self._saves_in_doubt.append((self._save_id, self._cells_of_save))
        self._written = None
        raise Unreachable(self._connections.place, _("the line broke")) from error

    def _was_committed(self, save_id: str) -> bool:
        """Return whether the save with this id was committed, once that is decided. Raises `StoreError`."""
        if self._connection is not None:  # This transaction has locked the partnership, so the lost one has ended.
            return self._is_noted(self._connection, save_id)
        with self._connections.transaction(WRITE) as connection:
            # This waits until the lost transaction has ended, one way or the other.
            connection.execute("SELECT 1 FROM entente.partnership WHERE id = %s FOR UPDATE", (self.id,))
            return self._is_noted(connection, save_id)

    @staticmethod
    def _is_noted(connection: Connection, save_id: str) -> bool:
        return connection.execute("SELECT 1 FROM entente.save WHERE id = %s", (save_id,)).fetchone() is not None

    def rebase_changes(self, changes: Iterable[Change]) -> list[Change]:
        """Return the changes based on our own saves of unknown outcome, so that none conflicts with itself."""
        rebased = list(changes)
        while self._saves_in_doubt:
            save_id, written = self._saves_in_doubt[0]
            if self._was_committed(save_id):
                rebased = [rebase_on_own(change, written) for change in rebased]
            self._saves_in_doubt.pop(0)
        return rebased

    @contextmanager
    def _connect_to_read(self) -> Iterator[Connection]:
        """Give the connection of the transaction under way, or of a new one that only reads one moment's state."""
        with self._thread_lock:
            if self._connection is not None:
                yield self._connection
                return
            with self._connections.transaction(READ) as connection:
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Hold one transaction that only reads; an account that may only read can do this too."""
        with self._connect_to_read() as connection:
            if self._connection is not None:
                yield connection
                return
            self._connection, self._only_reads = connection, True
            try:
                yield connection
            finally:
                self._connection, self._only_reads = None, False

    # -- reading -------------------------------------------------------------------------------------------------------

    def signature(self) -> object:
        """Return the newest revision; while a session is open, the newest it heard of, without asking the server."""
        if self.live is not None:
            return self.live.newest()
        with self._connect_to_read() as connection:
            return self._row(connection)[0]

    def fingerprint(self) -> object:
        """Return the revision, the number of versions and a digest of each adopted file."""
        with self._connect_to_read() as connection:
            revision = self._row(connection)[0]
            rows = connection.execute(VERSIONS_AND_PAPERS, (self.id, self.id)).fetchall()
        return revision, rows

    def seen_signature(self) -> object:
        """Return the revision that was last read or written here."""
        return self.revision if self.revision >= 0 else self.signature()

    def state(self, *, private: bool = True) -> State:
        """Return both halves as one state, read at one moment. Raises `StoreError`."""
        with self._connect_to_read() as connection:
            self._refresh(connection, self._row(connection))
            return self._as_state(private=private)

    def states_of_rows(self, rows: Rows) -> tuple[State, State]:
        """Return the states of rows that were read elsewhere: (whole, public half only). Raises Lost for no rows."""
        self._tables = with_rows({}, rows, {})
        return self._as_state(), self._as_state(private=False)

    def read(self) -> State:
        """Return the state without far history, and lock the partnership until the transaction ends."""
        connection = self._current_connection()
        self._refresh(connection, self._row(connection) if self._only_reads else self._lock_row(connection))
        return self._as_state(past=True)

    def _lock_row(self, connection: Connection) -> Sequence[Any]:
        """Lock the row of the partnership and return it. Raises Unknown, NotAllowed (only reading), ServerBusy."""
        try:
            row = connection.execute(f"{_SELECT_ROW} FOR UPDATE".encode("ascii"), (self.id, self._deleted)).fetchone()
        except QueryCanceled as error:  # The server's time limit passed: many others wait for the row.
            raise ServerBusy(self._connections.place) from error
        if row is None:
            self._row(connection)  # raises if there is no such partnership
            raise NotAllowed(self._connections.place)
        return row

    def _current_connection(self) -> Connection:
        assert self._connection is not None, "called within a transaction"
        return self._connection

    def _row(self, connection: Connection) -> Sequence[Any]:
        """Return (revision, revision of the last save that deleted rows, level of this account). Raises Unknown."""
        row = connection.execute(_SELECT_ROW.encode("ascii"), (self.id, self._deleted)).fetchone()
        if row is None:
            raise Unknown(self.path.parent, self.id)
        return row

    def _refresh(self, connection: Connection, row: Sequence[Any]) -> None:
        """Read the rows that changed since the last reading, or all if some were deleted or the level is another."""
        revision, removed, level = row
        no_rows_deleted = removed <= self.revision <= revision
        since = self.revision if no_rows_deleted and level == self.level else -1
        self._deletion_revision, self.level = removed, level
        if revision != since:
            unchanged_tables = self._tables if since >= 0 else {}
            rows = connection.execute(CHANGED_ROWS, (self.id, since)).fetchall()
            self._tables = with_rows(unchanged_tables, rows, self._tables)
            self.revision = revision

    def _as_state(self, *, private: bool = True, past: bool = False) -> State:
        with reading_of(self.path):
            tables = self._tables.get("public")
            if not tables:
                raise Lost(self.path / PUBLIC)
            public = self._half(PUBLIC, tables)
            hidden = self._tables.get("private") if private else None
            past_tables = self._tables.get("past", {}) if past else None
            return self._state_of(public, self._half(PRIVATE, hidden, public) if hidden else None, past_tables)

    # -- writing -------------------------------------------------------------------------------------------------------

    def write(self, state: State, planned: Plan, *, every: bool = False, thorough: bool = False) -> None:
        """Write the rows that changed and delete those that are gone. Raises Unstorable; `every` has no effect here."""
        connection, revision = self._current_connection(), max(self.revision, 0) + 1
        hidden_lines = self._take_hidden_lines(connection, state, planned, thorough=thorough)
        (past, far_past), (private, far_private) = split_far_lines(planned.past), split_far_lines(planned.private)
        before = {"public": state.public.tables, "past": state.past or {}, "private": private_tables(state)}
        halves = {"public": planned.public, "past": past, "private": private}
        after = {half: with_schema(tables) if tables else tables for half, tables in halves.items()}
        try:
            put, gone, tables_after = differences(before, after)
            put += self._rows_to_append(connection, "past.far", far_past)
            put += self._rows_to_append(connection, "private.far", hidden_lines + far_private)
        except (ValueError, TypeError, RecursionError) as error:
            raise Unstorable(self.path / PUBLIC, reason_words(error)) from error
        if not put and not gone and self.revision > 0:
            return
        self.put_rows(revision, put, gone)
        if gone:
            self._deletion_revision = revision
        removed = max(self._deletion_revision, 0)
        connection.execute(NOTE_SAVE, (self._save_id, self.id, self.id, revision, removed, self.id))
        self._has_written = True
        self._written, self._next_revision = tables_after, revision
        self._cells_of_save = written_cells(state, planned)

    def _put_rows(self, connection: Connection, revision: int, put: Sequence[Row]) -> None:
        if put:
            halves, kinds, numbers, bodies = map(list, zip(*put, strict=True))
            connection.execute(PUT_ROWS, (self.id, revision, halves, kinds, list(map(int, numbers)), bodies))

    def _delete_rows(self, connection: Connection, gone: Sequence[RowKey]) -> None:
        if gone:
            halves, kinds, numbers = (list(column) for column in zip(*gone, strict=True))
            connection.execute(DELETE_ROWS, (halves, kinds, [int(number) for number in numbers], self.id))

    def _rows_to_append(self, connection: Connection, half: str, lines: Documents) -> list[Row]:
        """Return the rows that append history lines to the half `half`, "past.far" or "private.far"."""
        if not lines:
            return []
        last = connection.execute(
            "SELECT coalesce(max(number), 0) FROM entente.document WHERE partnership = %s AND half = %s",
            (self.id, half),
        ).fetchone()
        first = (last[0] if last else 0) + 1
        return [(half, HISTORY, str(number), encode_json(line)) for number, line in enumerate(lines, first)]

    def _take_hidden_lines(self, connection: Connection, state: State, planned: Plan, *, thorough: bool) -> Documents:
        """Delete the far public lines about cells that became private, and return them."""
        leaving = entries_losing_cells(state.public.cells, planned.public_cells)
        if not leaving and not thorough:
            return []
        is_hidden = hidden_line_test(planned.public_cells)
        rows = connection.execute(
            "SELECT number, body FROM entente.document WHERE partnership = %s AND half = 'past.far' "
            "AND (%s OR body->>'entry' = ANY(%s)) ORDER BY number",
            (self.id, thorough, leaving),
        ).fetchall()
        hidden_rows = [(number, line) for number, line in rows if is_hidden(line)]
        self._delete_rows(connection, [("past.far", HISTORY, str(number)) for number, _line in hidden_rows])
        return [line for _number, line in hidden_rows]

    def begin(self, save_id: str) -> None:
        """Insert the row of a new partnership; `save_id` is a new id for the transaction. Raises Taken."""
        self._save_id = save_id
        connection = self._current_connection()
        connection.execute(  # A partnership of the same id in the bin gets a new one.
            "UPDATE entente.partnership SET id = %s, was = %s WHERE id = %s AND deleted_at IS NOT NULL",
            (new_id(), self.id, self.id),
        )
        try:
            connection.execute("INSERT INTO entente.partnership (id) VALUES (%s)", (self.id,))
        except UniqueViolation as error:
            raise Taken(self.path) from error

    @contextmanager
    def destroying(self) -> Iterator[tuple[Connection, int]]:
        """Give (connection, new revision) of a transaction that deletes rows: other programs then read all again."""
        with self.transaction():
            self.read()
            connection, revision = self._current_connection(), self.revision + 1
            yield connection, revision
            connection.execute("DELETE FROM entente.summary WHERE partnership = %s", (self.id,))
            connection.execute(NOTE_SAVE, (self._save_id, self.id, self.id, revision, revision, self.id))
            self._has_written = True
        self.revision = -1

    def put_rows(self, revision: int, put: Sequence[Row], gone: Sequence[RowKey]) -> None:
        """Write the rows `put` with this revision and delete the rows `gone`, in the transaction under way."""
        self._put_rows(self._current_connection(), revision, put)
        self._delete_rows(self._current_connection(), gone)

    # -- history, versions, papers -------------------------------------------------------------------------------------

    def lines(self, *, private: bool, entries: Collection[str] = (), after: int = -1) -> Iterator[Document]:
        """Yield history lines, unfolded: all near ones, then the far ones that `entries` and `after` ask for."""
        half = "private" if private else "past"
        with self._connect_to_read() as connection:
            self._refresh(connection, self._row(connection))
            near = self._tables.get(half, {}).get(HISTORY, {})
            far = self._far_lines(connection, half, entries, after)
        yield from unfold_lines(sorted_documents(near))
        yield from far

    def _far_lines(self, connection: Connection, half: str, ids: Collection[str] = (), after: int = -1) -> Documents:
        rows = connection.execute(
            "SELECT body FROM entente.document WHERE partnership = %s AND half = %s "
            "AND (%s OR body->>'entry' = ANY(%s)) AND (%s < 0 OR (body->>'rev')::numeric > %s) ORDER BY number",
            (self.id, f"{half}.far", not ids, list(ids), after, after),
        ).fetchall()
        return [row[0] for row in rows]

    def has_far_history(self, state: State) -> bool:
        """Return whether there are far lines of history, public or private."""
        with self._connect_to_read() as connection:
            row = connection.execute(
                "SELECT 1 FROM entente.document WHERE partnership = %s AND half IN ('past.far', 'private.far') LIMIT 1",
                (self.id,),
            ).fetchone()
        return row is not None

    def with_far_history(self, planned: Plan) -> tuple[Tables, Tables]:
        """Return the public history and the private tables of the plan, each with its far lines first."""
        with self._connect_to_read() as connection:
            lines, private_lines = self._far_lines(connection, "past"), self._far_lines(connection, "private")
        is_hidden = hidden_line_test(planned.public_cells)
        hidden_lines = list(filter(is_hidden, lines))
        public_lines = [line for line in lines if not is_hidden(line)]
        private = with_far_lines(planned.private, [*private_lines, *hidden_lines])
        return with_far_lines(planned.past, public_lines), private

    def exportable(self, tables: Tables) -> Tables:
        """Return the tables without the names of closed files, which a copied folder may have brought along."""
        return without_closed_files(tables)

    def stored_versions(self) -> Documents:
        """Return the versions, oldest first."""
        with self._connect_to_read() as connection:
            rows = connection.execute(
                "SELECT body FROM entente.document WHERE partnership = %s AND half = 'versions' AND kind = %s "
                "ORDER BY number",
                (self.id, VERSIONS_TABLE),
            ).fetchall()
        return [row[0] for row in rows]

    def add_version(self, version: Document) -> None:
        """Keep one more version; one whose id is kept already was sent again, and is not added twice."""
        with self.transaction():
            self.read()
            connection = self._current_connection()
            row = connection.execute(
                "SELECT count(*) FILTER (WHERE body->>'id' = %s), coalesce(max(number), 0) FROM entente.document "
                "WHERE partnership = %s AND half = 'versions' AND kind = %s",
                (str(version.get("id")), self.id, VERSIONS_TABLE),
            ).fetchone()
            assert row is not None, "a query with count() gives a row"
            same_id_count, last_number = row
            if not same_id_count:
                self._put_versions({VERSIONS_TABLE: {str(last_number + 1): version}})
                self._note_transaction(connection)

    def _note_transaction(self, connection: Connection) -> None:
        """Store the id of this transaction, which is no save, so that the server can tell whether it was committed."""
        connection.execute(NOTE_TRANSACTION, (self._save_id, self.id))
        self._has_written = True

    def begin_versions(self, tables: Tables) -> None:
        """Write the versions of an imported partnership."""
        with self.transaction():
            self._put_versions(tables)

    def _put_versions(self, tables: Tables) -> None:
        try:
            put, _gone, _tables_after = differences({}, {"versions": without_closed_files(tables)})
        except (ValueError, TypeError, RecursionError) as error:
            raise Unstorable(self.path / PUBLIC, reason_words(error)) from error
        self._put_rows(self._current_connection(), max(self.revision, 0), put)

    def keep_paper(self, version_id: str, name: str, data: bytes) -> Path:
        """Keep the file `data` adopted as a version on the server and on this machine; return its path here."""
        with self.transaction():
            self.read()
            self._current_connection().execute(
                "INSERT INTO entente.attachment (partnership, version, name, data) VALUES (%s, %s, %s, %s) "
                "ON CONFLICT (partnership, version) DO UPDATE SET name = excluded.name, data = excluded.data",
                (self.id, version_id, name, data),
            )
            self._note_transaction(self._current_connection())
        return self._paper_here(version_id, name, data)

    def _paper_here(self, version_id: str, name: str, data: bytes) -> Path:
        from tui.store.adopted_papers import keep_paper

        self.make_folder()
        return keep_paper(self.path, version_id, name, data, self.modes)

    def paper(self, version_id: str) -> Path | None:
        """Fetch the file adopted as a version from the server; return its path, None when there is none."""
        with self._connect_to_read() as connection:
            row = connection.execute(
                "SELECT name, data FROM entente.attachment WHERE partnership = %s AND version = %s",
                (self.id, version_id),
            ).fetchone()
        return self._paper_here(version_id, *row) if row else None

    # -- who is here ---------------------------------------------------------------------------------------------------

    def make_folder(self) -> None:
        """Make the folder of the journals on this machine, for this account alone. Raises `StoreError`."""
        with as_store_errors(self.path):
            for folder in (self.path.parent.parent, self.path.parent, self.path):
                make_private_dir(folder, self.modes)

    def session(self, author: str) -> ServerSession:
        """Begin an editing session that others see on the server. Raises NotAllowed if this account may only read."""
        from tui.store.server_session import ServerSession

        if self.revision < 0:
            self.state()
        if self.level < WRITER:
            raise NotAllowed(self._connections.place)
        self.make_folder()
        self.live = ServerSession(self.path, author, self._connections, self.revision, self._session_ended)
        return self.live

    def _session_ended(self, session: ServerSession) -> None:
        """Forget a session that has ended: from now on the server is asked what is new."""
        if self.live is session:
            self.live = None

    def presences(self) -> list[Presence]:
        """Return who has the partnership open now, longest first."""
        from tui.store.server_session import present_in

        with self._connect_to_read() as connection:
            return present_in(connection, self.id, self.live.name if self.live is not None else "")
