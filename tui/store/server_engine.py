"""The store on a PostgreSQL server: partnerships, the list, the bin and the directory as rows it guards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui.fast_dataclass import dataclass
from tui.partnership.ids import is_id, new_id
from tui.store.server_errors import Deleted, NoDriver, from_psycopg
from tui.store.store_engine import GuideLoader, Mending, StoreEngine
from tui.store.store_errors import Author, StoreError, Summary, Taken, Unknown
from tui.text import moments
from tui.text.server_addresses import shown_address

if TYPE_CHECKING:
    from tui.store.erasure import Eraser, Erasure
    from tui.store.list_cache import ListingProgress
    from tui.store.server_connections import Connection, Connections
    from tui.store.server_partnership import ServerPartnership
    from tui.store.stored_partnership import StoredPartnership

_REMEMBERED: Final = 8  # partnerships whose documents are kept in memory: the last ones used
_OWNER: Final = 3  # the level of who may do everything (sql/0001_tables.sql)
_BATCH: Final = 100  # partnerships read by one query, and lines of the list kept by one statement

_LIST: Final = "SELECT id, revision, half, known, body::text FROM entente.listed(%s)"
_KEEP: Final = (
    "INSERT INTO entente.summary (partnership, half, revision, body) SELECT id, half, revision, body::json "
    "FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::text[]) AS given (id, half, revision, body) "
    "WHERE EXISTS (SELECT 1 FROM entente.partnership p WHERE p.id = given.id) "
    "ON CONFLICT (partnership, half) DO UPDATE SET revision = excluded.revision, body = excluded.body"
)
_ROWS: Final = (
    "SELECT p.id, p.revision, d.half, d.kind, d.number, d.body FROM entente.partnership p JOIN entente.document d "
    "ON d.partnership = p.id WHERE p.id = ANY(%s) AND d.half IN ('public', 'private') ORDER BY d.number"
)
_ORIGINS: Final = "SELECT partnership, body FROM entente.document WHERE half = 'public' AND kind = 'meta'"
_FACTS: Final = (
    "SELECT current_setting('server_version'), current_user::text, entente.level('', current_user), "
    "pg_is_in_recovery(), current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off'"
)
_ORGANISATIONS: Final = "SELECT body FROM entente.organisation ORDER BY number"
_PUT_ORGANISATION: Final = (
    "INSERT INTO entente.organisation (number, id, body) "
    "VALUES ((SELECT coalesce(max(number), 0) + 1 FROM entente.organisation), %s, %s::json) "
    "ON CONFLICT (id) DO UPDATE SET body = excluded.body"
)

Line = tuple[str, str, int, str]  # id, half, revision, the fields of a summary as JSON


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What a server says of itself and of this account; `level` is the account's level for partnerships
    without a rule of their own, 0 for none.

    A `standby` only reads; a transaction on a server that is not `durable` may be lost although it was acknowledged.
    """

    version: str
    account: str
    level: int
    standby: bool
    durable: bool
    encrypted: bool
    local: bool  # on this machine, by a socket


class ServerEngine(StoreEngine):
    """The partnerships in one database; `root` holds what never goes there: journals and unfinished texts."""

    is_server = True

    def __init__(self, address: str, root: Path, guide: GuideLoader, holder: Callable[[], str]) -> None:
        """`address` is a URI of libpq; nothing is connected before something is asked."""
        super().__init__(root, guide, holder)
        self._address = address
        self.place = shown_address(address)
        self._opened: Connections | None = None
        self._known: dict[str, ServerPartnership] = {}

    @property
    def connections(self) -> Connections:
        """The connections to the server, once its tables are those we know. Raises `StoreError`."""
        if self._opened is None:
            try:
                from tui.store.server_connections import Connections
                from tui.store.server_schema import check_schema
            except ImportError as error:
                raise NoDriver(self.place) from error
            made = Connections(self._address)
            check_schema(made)
            self._opened = made
        return self._opened

    def hurry(self) -> None:
        """The program ends: nothing waits long for the server any more (`Connections.hurry` says how long)."""
        if self._opened is not None:
            self._opened.hurry()

    # -- one partnership -----------------------------------------------------------------------------------------------

    def partnership(self, partnership_id: str) -> ServerPartnership:
        """Return a partnership; whether it is there is told by the first thing that is asked of it."""
        if not is_id(partnership_id):
            raise Unknown(self.root, str(partnership_id))
        known = self._known.pop(partnership_id, None) or self.stored(partnership_id)
        self._known[partnership_id] = known
        if len(self._known) > _REMEMBERED:
            self.problems += self._known.pop(next(iter(self._known))).take_problems()
        return known

    def stored(self, partnership_id: str, *, deleted: bool = False) -> ServerPartnership:
        """Return a partnership of which nothing was read yet; in the bin it is `deleted`."""
        connections = self.connections  # first: without a driver it says what to install
        from tui.store.server_partnership import ServerPartnership

        return ServerPartnership(self.root / partnership_id, self._guide(), connections, deleted=deleted)

    def has(self, partnership_id: object) -> bool:
        """Return whether there is a partnership of that id, the bin left out."""
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
        """Fill a new partnership in one transaction: it is there whole, or not at all."""
        if not is_id(partnership_id):
            raise Unknown(self.root, partnership_id)
        if self.has(partnership_id):
            raise Taken(self.root / partnership_id)
        stored = self.stored(partnership_id)
        with stored.transaction():
            stored.begin(new_id())
            yield stored

    def free_id(self, wanted: object) -> str:
        """Return `wanted` where it is an id and no partnership outside the bin has it, else a new one."""
        return wanted if isinstance(wanted, str) and is_id(wanted) and not self.has(wanted) else new_id()

    # -- gone elsewhere ------------------------------------------------------------------------------------------------

    def successor(self) -> str:
        """Return where the partnerships were copied, as the row of `leave_to` says; "" without that row."""
        rows = self.connections.ask("SELECT place FROM entente.successor", ())
        return str(rows[0][0]) if rows else ""

    def refuse_leaving(self) -> None:
        """Raise NotAllowed for accounts below the level of an owner."""
        from tui.store.server_errors import NotAllowed

        if self.connections.ask("SELECT entente.level('', current_user)", ())[0][0] < _OWNER:
            raise NotAllowed(self.place)

    def leave_to(self, successor: str) -> None:
        """Write the row that names `successor`, once every save under way has ended: the server refuses later ones."""
        with self._writing() as connection:
            connection.execute("LOCK TABLE entente.partnership IN EXCLUSIVE MODE")
            connection.execute("INSERT INTO entente.successor (place) VALUES (%s)", (successor,))

    def take_back(self) -> None:
        """Take the row of `leave_to` away: this store is used again."""
        with self._writing() as connection:
            connection.execute("DELETE FROM entente.successor")

    # -- the list ------------------------------------------------------------------------------------------------------

    def summaries(self, watch: ListingProgress | None = None) -> list[Summary]:
        """Return the lines kept on the server, and work out those of partnerships that changed since.

        `watch` is told before each one is worked out; once it returns False, the rest is left out.
        """
        return self._lines(watch, deleted=False)

    def deleted(self) -> list[Summary]:
        """Return the lines of the partnerships in the bin."""
        return self._lines(None, deleted=True)

    def _lines(self, watch: ListingProgress | None, *, deleted: bool) -> list[Summary]:
        from tui.store.list_cache import newest_first, summary_of_fields

        day = moments.now()[:10]
        found: list[Summary] = []
        unread: list[tuple[str, int, str]] = []
        rows = self.connections.ask(_LIST, (deleted,))
        bodies = json.loads(f"[{','.join(row[4] or 'null' for row in rows)}]")  # one by one it takes four times as long
        for (name, revision, half, kept_revision, _body), fields in zip(rows, bodies, strict=True):
            summary = (
                summary_of_fields(name, fields) if kept_revision == revision and isinstance(fields, list) else None
            )
            if summary is not None and summary.told_on in ("", day):
                found.append(summary)
            else:
                unread.append((name, revision, half))
        return newest_first([*found, *self._worked_out(unread, len(found), watch, deleted=deleted)])

    def _worked_out(
        self, unread: Sequence[tuple[str, int, str]], done: int, watch: ListingProgress | None, *, deleted: bool
    ) -> Iterator[Summary]:
        """Yield the lines that no kept one tells, and keep them for the next time, if this account may."""
        lines: list[Line] = []
        read: dict[str, list[Sequence[Any]]] = {}
        try:
            for at, (name, revision, half) in enumerate(unread):
                if watch is not None and not watch(done + at, done + len(unread)):
                    return
                if at % _BATCH == 0:
                    read = self._rows_of([line[0] for line in unread[at : at + _BATCH]])
                summary, made = self._line(name, revision, read.get(name, []), deleted=deleted)
                yield summary
                if half == "private":  # this account reads both halves: only then can both lines be worked out
                    lines += made
                if len(lines) >= _BATCH:
                    self._keep_lines(lines)
                    lines = []
        finally:
            self._keep_lines(lines)

    def _rows_of(self, names: list[str]) -> dict[str, list[Sequence[Any]]]:
        """Return (revision, half, kind, number, document) of partnerships, by id: one question for all of them."""
        read: dict[str, list[Sequence[Any]]] = {}
        for name, *row in self.connections.ask(_ROWS, (names,)):
            read.setdefault(name, []).append(row)
        return read

    def _line(
        self, name: str, revision: int, rows: list[Sequence[Any]], *, deleted: bool
    ) -> tuple[Summary, list[Line]]:
        """Return the line as this account reads it, and the two to keep: of the whole, and of its public half alone."""
        from tui.store.list_cache import fields_of
        from tui.store.server_rows import encoded
        from tui.store.summaries import line_of

        stored, day = self.stored(name, deleted=deleted), moments.now()[:10]
        try:
            states = stored.both_states(row[1:] for row in rows)
            summary, public_summary = (line_of(name, self._guide(), state.partnership, day) for state in states)
        except StoreError as error:
            return Summary(name, "", "", "", "meeting", 0, archived=False, damaged=str(error)), []
        if rows[0][0] != revision:
            return summary, []
        halves = (("private", summary), ("public", public_summary))
        return summary, [(name, half, revision, encoded(fields_of(line))) for half, line in halves]

    def _keep_lines(self, lines: Sequence[Line]) -> None:
        """Keep lines on the server."""
        from tui.store.server_connections import WRITE
        from tui.store.server_errors import ServerError

        if not lines:
            return
        names, halves, revisions, bodies = (list(column) for column in zip(*lines, strict=True))
        try:
            with self.connections.transaction(WRITE) as connection:
                connection.execute(_KEEP, (names, halves, revisions, bodies))
        except ServerError:
            return  # only a cache

    # -- deleted, brought back, destroyed ------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        from tui.store.server_connections import WRITE, CommitUnknown

        try:
            with self.connections.transaction(WRITE) as connection:
                yield connection
        except CommitUnknown as error:  # whatever is written here may be written twice: it counts as a plain failure
            raise from_psycopg(error, self.place) from error

    def delete(self, partnership_id: str) -> None:
        """Put a partnership into the bin; it stays as it is."""
        self._set_deleted(partnership_id, "now()", deleted=False)

    def restore_deleted(self, partnership_id: str) -> str:
        """Bring a partnership back from the bin, under the id it has there."""
        self._set_deleted(partnership_id, "NULL", deleted=True)
        return partnership_id

    def _set_deleted(self, partnership_id: str, value: str, *, deleted: bool) -> None:
        """Set the moment of deletion to `value`, an SQL expression; `deleted` is whether it was in the bin before."""
        self._known.pop(partnership_id, None)
        with self._writing() as connection:
            done = connection.execute(
                f"UPDATE entente.partnership SET deleted_at = {value} "
                "WHERE id = %s AND (deleted_at IS NOT NULL) = %s".encode("ascii"),
                (partnership_id, deleted),
            )
            self._raise_if_untouched(connection, done.rowcount, partnership_id, deleted=deleted)

    def _raise_if_untouched(self, connection: Connection, count: int, partnership_id: str, *, deleted: bool) -> None:
        """Raise Unknown, or NotAllowed where this account may not, if no row was changed (`count` is 0)."""
        from tui.store.server_errors import NotAllowed

        if count:
            return
        there = connection.execute(
            "SELECT 1 FROM entente.partnership WHERE id = %s AND (deleted_at IS NOT NULL) = %s",
            (partnership_id, deleted),
        ).fetchone()
        raise NotAllowed(self.place) if there else Unknown(self.root, partnership_id)

    def purge(self, partnership_id: str) -> Path:
        """Destroy a partnership in the bin: every row of it goes."""
        from tui.store.server_erasure import forget_folder

        with self._writing() as connection:
            done = connection.execute(
                "DELETE FROM entente.partnership WHERE id = %s AND deleted_at IS NOT NULL", (partnership_id,)
            )
            self._raise_if_untouched(connection, done.rowcount, partnership_id, deleted=True)
        forget_folder(self.root / partnership_id)
        return self.root / partnership_id

    def earlier_lives(self, partnership_id: str) -> list[ServerPartnership]:
        """Return what lies in the bin under this id, or did before another one took it."""
        rows = self.connections.ask(
            "SELECT id FROM entente.partnership WHERE deleted_at IS NOT NULL AND (id = %s OR was = %s) ORDER BY id",
            (partnership_id, partnership_id),
        )
        return [self.stored(name, deleted=True) for (name,) in rows]

    def destroy_private(self, stored: StoredPartnership) -> tuple[Path, ...]:
        """Delete every private row of a partnership, and the journals of this account on this machine."""
        from tui.store.server_erasure import destroy_private
        from tui.store.server_partnership import ServerPartnership

        assert isinstance(stored, ServerPartnership)
        self._known.pop(stored.id, None)
        return destroy_private(stored)

    def erase(self, stored: StoredPartnership, eraser: Eraser, author: Author, at: str, *, write: bool) -> Erasure:
        """Look for words in rows, and in what this machine keeps beside them; with `write` take them out."""
        from tui.store.server_erasure import Surroundings, erase_everywhere
        from tui.store.server_partnership import ServerPartnership

        assert isinstance(stored, ServerPartnership)
        relatives = [self.stored(name, deleted=not self.has(name)) for name in self.relatives(stored.id)]
        around = Surroundings(self, self.earlier_lives(stored.id), relatives)
        return erase_everywhere(stored, around, eraser, author, at, write=write)

    def related_copies(self, partnership_id: str, *, deleted: bool = False) -> tuple[Summary, ...]:
        """Return its copies, its origin and the other copies of that, those alone that have private rows.

        Where it lies makes no difference (`deleted`): one table holds what is listed and what is in the bin.
        """
        near = self.relatives(partnership_id)
        private = "SELECT DISTINCT partnership FROM entente.document WHERE half = 'private' AND partnership = ANY(%s)"
        wanted = {name for (name,) in self.connections.ask(private, (near,))} if near else set()
        return tuple(summary for summary in [*self.summaries(), *self.deleted()] if summary.id in wanted)

    def relatives(self, partnership_id: str) -> list[str]:
        """Return the ids of its copies, its origin and copies of that, the bin included; not of its earlier lives."""
        from tui.store.records import earlier_ids

        family: dict[str, set[str]] = {}
        for name, meta in self.connections.ask(_ORIGINS, ()):
            was = meta.get("id")
            family[name] = {name, *earlier_ids(meta), *([was] if isinstance(was, str) and is_id(was) else ())}
        own = family.get(partnership_id, {partnership_id})
        lives = {stored.id for stored in self.earlier_lives(partnership_id)}
        return [name for name, known in family.items() if name != partnership_id and own & known and name not in lives]

    def copies_elsewhere(self, partnership_id: str) -> tuple[Path, ...]:
        """Return the backups noted on this machine that still exist; the server's own are told of in words."""
        from tui.store.backup import known_backups

        return tuple(known_backups(self.root))

    def vanished(self, partnership_id: str) -> StoreError:
        """Return what to say of an open partnership that is no longer there."""
        return Deleted(self.place)

    # -- the directory -------------------------------------------------------------------------------------------------

    def organisations(self) -> list[dict[str, Any]]:
        """Return all organisations, in the order in which they were first remembered."""
        from tui.store.records import cleaned

        return [cleaned(body) for (body,) in self.connections.ask(_ORGANISATIONS, ())]

    def remember(self, organisation: dict[str, Any]) -> str:
        """Keep an organisation under its id, a new one where it has none."""
        from tui.store.records import cleaned

        given = cleaned(organisation)
        name = str(given.get("id") or new_id())
        self._set_cells(lambda _rows: {name: given}, drop_none=False)
        return name

    def mend(self, work: Mending) -> dict[str, dict[str, Any]]:
        """Set what `work` says of each organisation on the rows as they are now; None takes a cell out.

        Returns the cells as they were, by the id of the organisation.
        """
        return self._set_cells(work, drop_none=True)

    def _set_cells(self, work: Mending, *, drop_none: bool) -> dict[str, dict[str, Any]]:
        """Set cells on organisations; `drop_none` takes out those set to None. Other writers wait. Return as `mend`."""
        from tui.store.records import cleaned
        from tui.store.server_rows import encoded

        before: dict[str, dict[str, Any]] = {}
        with self._writing() as connection:
            connection.execute("LOCK TABLE entente.organisation IN SHARE ROW EXCLUSIVE MODE")
            rows = [cleaned(body) for (body,) in connection.execute(_ORGANISATIONS).fetchall()]
            there = {str(row.get("id")): row for row in rows}
            for name, cells in work(rows).items():
                given = cleaned(dict(cells))
                before[name] = {key: there.get(name, {}).get(key) for key in given}
                made = {**there.get(name, {}), **given, "id": name}
                body = {key: value for key, value in made.items() if not (drop_none and value is None)}
                connection.execute(_PUT_ORGANISATION, (name, encoded(body)))
        return before

    def forget_all(self) -> None:
        """Forget what was read of partnerships: it is read again when it is next asked for."""
        self._known.clear()

    def facts(self) -> ServerFacts:
        """Return what `doctor` tells of the server. Raises `StoreError`."""
        with self.connections.transaction() as connection:
            row = connection.execute(_FACTS).fetchone()
            assert row is not None, "a query without a table gives a row"
            pgconn = connection.pgconn
            version, account, level, standby, durable = row
            return ServerFacts(
                version,
                account,
                level,
                standby,
                durable,
                encrypted=bool(pgconn.ssl_in_use),
                local=pgconn.host.startswith(b"/"),
            )

    # -- what is asked twice a second ----------------------------------------------------------------------------------

    def change_mark(self, partnership_id: str) -> object:
        """Return what `known.live`, the thread that listens for changes, last heard: nothing waits for the server."""
        known = self._known.get(partnership_id)
        return known.live.change_mark() if known is not None and known.live is not None else None

    def people_mark(self, partnership_id: str) -> int:
        """Return what changes whenever somebody comes or leaves, as last heard."""
        known = self._known.get(partnership_id)
        return known.live.people_mark() if known is not None and known.live is not None else 0

    def take_problems(self) -> list[Any]:
        """Return what had to be worked around since the last call."""
        for stored in self._known.values():
            self.problems += [problem for problem in stored.take_problems() if problem not in self.problems]
        return super().take_problems()
