"""The engine of a store on a PostgreSQL server: partnerships, list, bin and directory are rows of its tables.

The server itself checks what each account may do. The methods of `StoreEngine` are explained there; here they say what
they do with rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui.fast_dataclass import dataclass
from tui.partnership.ids import is_id, new_id
from tui.store.server_errors import Deleted, NoDriver, from_psycopg
from tui.store.store_engine import GuideLoader, OrganisationChanges, StoreEngine
from tui.store.store_errors import Author, StoreError, Summary, Taken, Unknown
from tui.text import moments
from tui.text.server_addresses import shown_address

if TYPE_CHECKING:
    from tui.store.erasure import Eraser, Erasure
    from tui.store.list_cache import ListingProgress
    from tui.store.server_connections import Connection, Connections
    from tui.store.server_partnership import ServerPartnership
    from tui.store.stored_partnership import StoredPartnership

_OPEN_PARTNERSHIPS: Final = 8  # partnerships of which the documents stay in memory: those used last
_OWNER: Final = 3  # the level of accounts that may do everything (sql/0001_tables.sql)
_BATCH: Final = 100  # partnerships read by one query, and cached summaries written by one statement

# Summaries are cached on the server, for each partnership one of both halves together ("private") and one of the public
# half alone ("public"). `entente.listed` gives those that this account may read: (id, revision of the partnership,
# half, revision that the summary is of, its fields as JSON).

_SELECT_SUMMARIES: Final = "SELECT id, revision, half, known, body::text FROM entente.listed(%s)"
_PUT_SUMMARIES: Final = (
    "INSERT INTO entente.summary (partnership, half, revision, body) SELECT id, half, revision, body::json "
    "FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::text[]) AS given (id, half, revision, body) "
    "WHERE EXISTS (SELECT 1 FROM entente.partnership p WHERE p.id = given.id) "
    "ON CONFLICT (partnership, half) DO UPDATE SET revision = excluded.revision, body = excluded.body"
)
_SELECT_ROWS: Final = (
    "SELECT p.id, p.revision, d.half, d.kind, d.number, d.body FROM entente.partnership p JOIN entente.document d "
    "ON d.partnership = p.id WHERE p.id = ANY(%s) AND d.half IN ('public', 'private') ORDER BY d.number"
)
_SELECT_METAS: Final = "SELECT partnership, body FROM entente.document WHERE half = 'public' AND kind = 'meta'"
_SELECT_FACTS: Final = (
    "SELECT current_setting('server_version'), current_user::text, entente.level('', current_user), "
    "pg_is_in_recovery(), current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off'"
)
_ORGANISATIONS: Final = "SELECT body FROM entente.organisation ORDER BY number"
_PUT_ORGANISATION: Final = (
    "INSERT INTO entente.organisation (number, id, body) "
    "VALUES ((SELECT coalesce(max(number), 0) + 1 FROM entente.organisation), %s, %s::json) "
    "ON CONFLICT (id) DO UPDATE SET body = excluded.body"
)

CacheRow = tuple[str, str, int, str]  # id, half, revision, what `cached_fields` returns as JSON


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What a server says of itself and of this account, for `entente doctor`."""

    version: str  # of PostgreSQL
    account: str
    level: int  # of the account, for partnerships without a rule of their own; 0 for none
    standby: bool  # a copy of another server, which can only be read
    durable: bool  # if not, an acknowledged transaction may be lost when the server crashes
    encrypted: bool  # the connection
    local: bool  # on this machine, by a socket


class ServerEngine(StoreEngine):
    """The partnerships in one database. The folder `root` holds what never goes there: journals, unfinished texts."""

    is_server = True

    def __init__(self, address: str, root: Path, guide: GuideLoader, holder: Callable[[], str]) -> None:
        """`address` is a URI of libpq. No connection is made before it is needed."""
        super().__init__(root, guide, holder)
        self._address = address
        self.place = shown_address(address)
        self._connections: Connections | None = None
        self._open_partnerships: dict[str, ServerPartnership] = {}  # by id, the one used last at the end

    @property
    def connections(self) -> Connections:
        """The connections to the server; at first use its tables are checked, and made if need be.

        Raises `StoreError`.
        """
        if self._connections is None:
            try:
                from tui.store.server_connections import Connections
                from tui.store.server_schema import check_schema
            except ImportError as error:
                raise NoDriver(self.place) from error
            connections = Connections(self._address)
            check_schema(connections)
            self._connections = connections
        return self._connections

    def hurry(self) -> None:
        """Shorten all waiting for the server from now on, because the program was asked to end."""
        if self._connections is not None:
            self._connections.hurry()

    # -- one partnership -----------------------------------------------------------------------------------------------

    def partnership(self, partnership_id: str) -> ServerPartnership:
        """Return a partnership; only its methods raise Unknown if there is none of that id."""
        if not is_id(partnership_id):
            raise Unknown(self.root, str(partnership_id))
        # Each one is put at the end when it is used, so that the first one was not used for longest.
        opened = self._open_partnerships
        stored = opened.pop(partnership_id, None) or self.server_partnership(partnership_id)
        opened[partnership_id] = stored
        if len(opened) > _OPEN_PARTNERSHIPS:
            self.problems += opened.pop(next(iter(opened))).take_problems()
        return stored

    def server_partnership(self, partnership_id: str, *, deleted: bool = False) -> ServerPartnership:
        """Return a partnership of which nothing was read yet; `deleted` says that it is in the bin."""
        connections = self.connections  # comes first, because it raises NoDriver if psycopg is not installed
        from tui.store.server_partnership import ServerPartnership

        return ServerPartnership(self.root / partnership_id, self._guide(), connections, deleted=deleted)

    def has(self, partnership_id: object) -> bool:
        """Return whether a partnership of that id exists outside the bin."""
        return (
            isinstance(partnership_id, str)
            and is_id(partnership_id)
            and bool(self._rows_with_id(partnership_id, deleted=False))
        )

    def _rows_with_id(self, partnership_id: str, *, deleted: bool) -> list[tuple[Any, ...]]:
        sql = "SELECT id FROM entente.partnership WHERE id = %s AND (deleted_at IS NOT NULL) = %s"
        return self.connections.ask(sql, (partnership_id, deleted))

    @contextmanager
    def new_partnership(self, partnership_id: str) -> Iterator[StoredPartnership]:
        """Give a new partnership to fill, in one transaction."""
        if not is_id(partnership_id):
            raise Unknown(self.root, partnership_id)
        if self.has(partnership_id):
            raise Taken(self.root / partnership_id)
        stored = self.server_partnership(partnership_id)
        with stored.transaction():
            stored.begin(new_id())
            yield stored

    def free_id(self, wanted: object) -> str:
        """Return `wanted` if it is an id that no partnership outside the bin has, else a new id."""
        return wanted if isinstance(wanted, str) and is_id(wanted) and not self.has(wanted) else new_id()

    # -- the successor, the store that is used instead -----------------------------------------------------------------

    def successor(self) -> str:
        """Return the successor in the row that `leave_to` writes; "" if there is no such row."""
        rows = self.connections.ask("SELECT place FROM entente.successor", ())
        return str(rows[0][0]) if rows else ""

    def refuse_leaving(self) -> None:
        """Raise NotAllowed if this account is not an owner."""
        from tui.store.server_errors import NotAllowed

        if self.connections.ask("SELECT entente.level('', current_user)", ())[0][0] < _OWNER:
            raise NotAllowed(self.place)

    def leave_to(self, successor: str) -> None:
        """Wait until every save under way has ended, and write the row by which the server refuses later ones."""
        with self._writing() as connection:
            connection.execute("LOCK TABLE entente.partnership IN EXCLUSIVE MODE")
            connection.execute("INSERT INTO entente.successor (place) VALUES (%s)", (successor,))

    def take_back(self) -> None:
        """Delete the row that `leave_to` wrote."""
        with self._writing() as connection:
            connection.execute("DELETE FROM entente.successor")

    # -- the list ------------------------------------------------------------------------------------------------------

    def summaries(self, progress: ListingProgress | None = None) -> list[Summary]:
        """Return the summaries cached on the server; those of partnerships that changed since are computed again.

        `progress` is called before each of these; if it returns False, the rest is left out.
        """
        return self._summaries(progress, deleted=False)

    def deleted(self) -> list[Summary]:
        """Return the summaries of the partnerships in the bin."""
        return self._summaries(None, deleted=True)

    def _summaries(self, progress: ListingProgress | None, *, deleted: bool) -> list[Summary]:
        """Return the summaries, the newest first; only those that changed, or count by the day, are computed again."""
        from tui.store.list_cache import newest_first, summary_of_fields

        day = moments.now()[:10]
        summaries: list[Summary] = []
        outdated: list[tuple[str, int, str]] = []  # of (id, revision, half)
        rows = self.connections.ask(_SELECT_SUMMARIES, (deleted,))
        # Parsed as one JSON text, because one by one it takes four times as long.
        bodies = json.loads(f"[{','.join(row[4] or 'null' for row in rows)}]")
        for (partnership_id, revision, half, cached_revision, _body), fields in zip(rows, bodies, strict=True):
            is_current = cached_revision == revision and isinstance(fields, list)
            summary = summary_of_fields(partnership_id, fields) if is_current else None
            if summary is not None and summary.counted_on in ("", day):
                summaries.append(summary)
            else:
                outdated.append((partnership_id, revision, half))
        summaries += self._computed_summaries(outdated, len(summaries), progress, deleted=deleted)
        return newest_first(summaries)

    def _computed_summaries(
        self, outdated: Sequence[tuple[str, int, str]], done: int, progress: ListingProgress | None, *, deleted: bool
    ) -> Iterator[Summary]:
        """Yield the summaries of the partnerships in `outdated`, and write them to the cache, if this account may.

        `outdated` holds (id, revision, half); `done` is how many summaries were found in the cache.
        """
        cache_rows: list[CacheRow] = []
        read: dict[str, list[Sequence[Any]]] = {}
        try:
            for at, (partnership_id, revision, half) in enumerate(outdated):
                if progress is not None and not progress(done + at, done + len(outdated)):
                    return
                if at % _BATCH == 0:
                    read = self._read_rows([row[0] for row in outdated[at : at + _BATCH]])
                summary, new_rows = self._compute_summary(
                    partnership_id, revision, read.get(partnership_id, []), deleted=deleted
                )
                yield summary
                if half == "private":  # Only an account that reads both halves can compute both summaries.
                    cache_rows += new_rows
                if len(cache_rows) >= _BATCH:
                    self._store_cache_rows(cache_rows)
                    cache_rows = []
        finally:
            self._store_cache_rows(cache_rows)

    def _read_rows(self, partnership_ids: list[str]) -> dict[str, list[Sequence[Any]]]:
        """Return the rows of several partnerships, by id: (revision, half, kind, number, document)."""
        read: dict[str, list[Sequence[Any]]] = {}
        for partnership_id, *row in self.connections.ask(_SELECT_ROWS, (partnership_ids,)):
            read.setdefault(partnership_id, []).append(row)
        return read

    def _compute_summary(
        self, partnership_id: str, revision: int, rows: list[Sequence[Any]], *, deleted: bool
    ) -> tuple[Summary, list[CacheRow]]:
        """Return the summary as this account may read it, and the two rows of the cache.

        These are the summary of both halves and that of the public half. No rows if the partnership cannot be read, or
        if it was saved meanwhile.
        """
        from tui.store.list_cache import cached_fields
        from tui.store.server_rows import encode_json
        from tui.store.summaries import summary_on_day

        stored, day = self.server_partnership(partnership_id, deleted=deleted), moments.now()[:10]
        try:
            states = stored.states_of_rows(row[1:] for row in rows)
            summary, public_summary = (
                summary_on_day(partnership_id, self._guide(), state.partnership, day) for state in states
            )
        except StoreError as error:
            return Summary(partnership_id, "", "", "", "meeting", 0, archived=False, damaged=str(error)), []
        if rows[0][0] != revision:
            return summary, []
        halves = (("private", summary), ("public", public_summary))
        return summary, [
            (partnership_id, half, revision, encode_json(cached_fields(half_summary))) for half, half_summary in halves
        ]

    def _store_cache_rows(self, cache_rows: Sequence[CacheRow]) -> None:
        """Write summaries to the cache on the server; an error of the server does not matter."""
        from tui.store.server_connections import WRITE
        from tui.store.server_errors import ServerError

        if not cache_rows:
            return
        ids, halves, revisions, bodies = (list(column) for column in zip(*cache_rows, strict=True))
        try:
            with self.connections.transaction(WRITE) as connection:
                connection.execute(_PUT_SUMMARIES, (ids, halves, revisions, bodies))
        except ServerError:
            return  # It is only a cache.

    # -- deleted, brought back, destroyed ------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Give the connection of a transaction that writes. Raises `StoreError`."""
        from tui.store.server_connections import WRITE, CommitUnknown

        try:
            with self.connections.transaction(WRITE) as connection:
                yield connection
        except CommitUnknown as error:  # Everything written in this way can be written twice without harm.
            raise from_psycopg(error, self.place) from error

    def delete(self, partnership_id: str) -> None:
        """Set the time of deletion in the row of a partnership."""
        self._set_deleted(partnership_id, "now()", deleted=False)

    def restore_deleted(self, partnership_id: str) -> str:
        """Remove the time of deletion from the row of a partnership; return the id, which stays the same."""
        self._set_deleted(partnership_id, "NULL", deleted=True)
        return partnership_id

    def _set_deleted(self, partnership_id: str, value: str, *, deleted: bool) -> None:
        """Set the time of deletion to `value`, an SQL expression; `deleted`: whether it is in the bin so far."""
        self._open_partnerships.pop(partnership_id, None)
        with self._writing() as connection:
            done = connection.execute(
                f"UPDATE entente.partnership SET deleted_at = {value} "
                "WHERE id = %s AND (deleted_at IS NOT NULL) = %s".encode("ascii"),
                (partnership_id, deleted),
            )
            self._raise_if_untouched(connection, done.rowcount, partnership_id, deleted=deleted)

    def _raise_if_untouched(self, connection: Connection, count: int, partnership_id: str, *, deleted: bool) -> None:
        """If no row was changed (`count` is 0), raise Unknown, or NotAllowed if the partnership is there."""
        from tui.store.server_errors import NotAllowed

        if count:
            return
        visible_row = connection.execute(
            "SELECT 1 FROM entente.partnership WHERE id = %s AND (deleted_at IS NOT NULL) = %s",
            (partnership_id, deleted),
        ).fetchone()
        raise NotAllowed(self.place) if visible_row else Unknown(self.root, partnership_id)

    def purge(self, partnership_id: str) -> Path:
        """Delete every row of a partnership in the bin, and its journals on this machine."""
        from tui.store.server_erasure import delete_local_private_files

        with self._writing() as connection:
            done = connection.execute(
                "DELETE FROM entente.partnership WHERE id = %s AND deleted_at IS NOT NULL", (partnership_id,)
            )
            self._raise_if_untouched(connection, done.rowcount, partnership_id, deleted=True)
        delete_local_private_files(self.root / partnership_id)
        return self.root / partnership_id

    def earlier_lives(self, partnership_id: str) -> list[ServerPartnership]:
        """Return the partnerships in the bin that have this id, or had it before another one took it."""
        rows = self.connections.ask(
            "SELECT id FROM entente.partnership WHERE deleted_at IS NOT NULL AND (id = %s OR was = %s) ORDER BY id",
            (partnership_id, partnership_id),
        )
        return [self.server_partnership(found_id, deleted=True) for (found_id,) in rows]

    def destroy_private(self, stored: StoredPartnership) -> tuple[Path, ...]:
        """Delete every private row of a partnership, and the journals of this account on this machine."""
        from tui.store.server_erasure import destroy_private
        from tui.store.server_partnership import ServerPartnership

        assert isinstance(stored, ServerPartnership)
        self._open_partnerships.pop(stored.id, None)
        return destroy_private(stored)

    def erase(self, stored: StoredPartnership, eraser: Eraser, author: Author, at: str, *, write: bool) -> Erasure:
        """Look for words in rows, and in the files on this machine; with `write` take them out."""
        from tui.store.server_erasure import Surroundings, erase_everywhere
        from tui.store.server_partnership import ServerPartnership

        assert isinstance(stored, ServerPartnership)
        relatives = [
            self.server_partnership(related_id, deleted=not self.has(related_id))
            for related_id in self.related_ids(stored.id)
        ]
        surroundings = Surroundings(self, self.earlier_lives(stored.id), relatives)
        return erase_everywhere(stored, surroundings, eraser, author, at, write=write)

    def related_copies(self, partnership_id: str, *, deleted: bool = False) -> tuple[Summary, ...]:
        """Return the copies of a partnership, its origin and the other copies of that, if they have private rows.

        `deleted` makes no difference: one table holds what is listed and what is in the bin.
        """
        related = self.related_ids(partnership_id)
        sql = "SELECT DISTINCT partnership FROM entente.document WHERE half = 'private' AND partnership = ANY(%s)"
        with_private_rows = {row[0] for row in self.connections.ask(sql, (related,))} if related else set()
        return tuple(summary for summary in [*self.summaries(), *self.deleted()] if summary.id in with_private_rows)

    def related_ids(self, partnership_id: str) -> list[str]:
        """Return the ids of the copies of a partnership, its origin and copies of that, the bin included.

        Its earlier lives, those of the same id in the bin, are left out.
        """
        from tui.store.records import earlier_ids

        ids_by_partnership: dict[str, set[str]] = {}
        for row_id, meta in self.connections.ask(_SELECT_METAS, ()):
            id_in_meta = meta.get("id")  # another one than `row_id` if a new partnership took the id of a deleted one
            ids_by_partnership[row_id] = {
                row_id,
                *earlier_ids(meta),
                *([id_in_meta] if isinstance(id_in_meta, str) and is_id(id_in_meta) else ()),
            }
        own_ids = ids_by_partnership.get(partnership_id, {partnership_id})
        earlier_lives = {stored.id for stored in self.earlier_lives(partnership_id)}
        return [
            row_id
            for row_id, ids in ids_by_partnership.items()
            if row_id != partnership_id and row_id not in earlier_lives and own_ids & ids
        ]

    def copies_elsewhere(self, partnership_id: str) -> tuple[Path, ...]:
        """Return the backups noted on this machine that still exist; those that the server itself makes are unknown."""
        from tui.store.backup import known_backups

        return tuple(known_backups(self.root))

    def vanished_error(self, partnership_id: str) -> StoreError:
        """Return the error for an open partnership that is no longer on the server."""
        return Deleted(self.place)

    # -- the directory -------------------------------------------------------------------------------------------------

    def organisations(self) -> list[dict[str, Any]]:
        """Return all organisations, in the order in which they were added."""
        from tui.store.records import cleaned

        return [cleaned(body) for (body,) in self.connections.ask(_ORGANISATIONS, ())]

    def remember(self, organisation: dict[str, Any]) -> str:
        """Keep an organisation and return its id, a new one if it has none."""
        from tui.store.records import cleaned

        cleaned_organisation = cleaned(organisation)
        organisation_id = str(cleaned_organisation.get("id") or new_id())
        self._set_cells(lambda _rows: {organisation_id: cleaned_organisation}, drop_none=False)
        return organisation_id

    def change_organisations(self, work: OrganisationChanges) -> dict[str, dict[str, Any]]:
        """Set the cells that `work` returns for the organisations as they are now; None removes a cell.

        Returns the cells as they were before, by organisation id.
        """
        return self._set_cells(work, drop_none=True)

    def _set_cells(self, work: OrganisationChanges, *, drop_none: bool) -> dict[str, dict[str, Any]]:
        """Set cells of organisations while other writers wait; with `drop_none`, those set to None are removed.

        Returns what `change_organisations` does.
        """
        from tui.store.records import cleaned
        from tui.store.server_rows import encode_json

        before: dict[str, dict[str, Any]] = {}
        with self._writing() as connection:
            connection.execute("LOCK TABLE entente.organisation IN SHARE ROW EXCLUSIVE MODE")
            rows = [cleaned(body) for (body,) in connection.execute(_ORGANISATIONS).fetchall()]
            rows_by_id = {str(row.get("id")): row for row in rows}
            for organisation_id, cells in work(rows).items():
                cleaned_cells = cleaned(dict(cells))
                stored_cells = rows_by_id.get(organisation_id, {})
                before[organisation_id] = {key: stored_cells.get(key) for key in cleaned_cells}
                merged = {**stored_cells, **cleaned_cells, "id": organisation_id}
                body = {key: value for key, value in merged.items() if not (drop_none and value is None)}
                connection.execute(_PUT_ORGANISATION, (organisation_id, encode_json(body)))
        return before

    def forget_all(self) -> None:
        """Forget what was read of partnerships."""
        self._open_partnerships.clear()

    def facts(self) -> ServerFacts:
        """Return what `entente doctor` shows of the server. Raises `StoreError`."""
        with self.connections.transaction() as connection:
            row = connection.execute(_SELECT_FACTS).fetchone()
            assert row is not None, "a query without a table gives a row"
            pgconn = connection.pgconn
            encrypted, local = bool(pgconn.ssl_in_use), pgconn.host.startswith(b"/")
            version, account, level, standby, durable = row
            return ServerFacts(version, account, level, standby, durable, encrypted, local)

    # -- polled twice a second -----------------------------------------------------------------------------------------

    def change_mark(self, partnership_id: str) -> object:
        """Return the mark of the open session, whose thread asks the server; None if no session is open."""
        stored = self._open_partnerships.get(partnership_id)
        return stored.live.change_mark() if stored is not None and stored.live is not None else None

    def people_mark(self, partnership_id: str) -> int:
        """Return the mark of the open session, whose thread asks the server; 0 if no session is open."""
        stored = self._open_partnerships.get(partnership_id)
        return stored.live.people_mark() if stored is not None and stored.live is not None else 0

    def take_problems(self) -> list[Any]:
        """Return the problems met since the last call, those of the open partnerships included, and forget them."""
        for stored in self._open_partnerships.values():
            self.problems += [problem for problem in stored.take_problems() if problem not in self.problems]
        return super().take_problems()
