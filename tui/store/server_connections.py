"""Connections to a PostgreSQL server: one transaction at a time on each, none that waits for ever, errors as sentences.

Nothing is set for a session and nothing is prepared, so that a pooler may give each transaction another server
process (PgBouncer, `pool_mode = transaction`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import Any, Final, TypeVar

import psycopg
from psycopg import waiting
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from tui.store.server_errors import from_psycopg
from tui.text.server_addresses import shown_address

CONNECT_SECONDS: Final = 5
DEADLINE: Final = 8.0  # seconds without a word from the server, whose own limits are below it
HURRIED: Final = 0.5  # seconds, once the program is asked to end
_IDLE_KEPT: Final = 1  # connections that wait for their next transaction: a server carries as many programs as it can
_LIMITS: Final = (
    "SET LOCAL lock_timeout = '4s'; SET LOCAL statement_timeout = '7s'; "
    "SET LOCAL idle_in_transaction_session_timeout = '15s'"
)
READ: Final = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_LIMITS}"
WRITE: Final = f"BEGIN ISOLATION LEVEL READ COMMITTED; {_LIMITS}"

Result = TypeVar("Result")
Connection = psycopg.Connection[tuple[Any, ...]]


class TooSlow(psycopg.OperationalError):
    """The server did not answer before the deadline; the connection is closed."""


class CommitUnknown(psycopg.OperationalError):
    """The line broke while a transaction was committed: it may be kept, or not."""


class Patience:
    """How long an answer is waited for, in seconds; all connections of a store share one."""

    def __init__(self) -> None:
        self.seconds = DEADLINE

    @property
    def hurried(self) -> bool:
        """Whether the program ends: then an answer that comes is not waited for any longer either."""
        return self.seconds <= HURRIED


class TimedConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that never waits longer than its deadline, not even for a server that is frozen.

    Interrupted (a signal that raises), it is closed at once: psycopg's own way would wait for the server to cancel.
    """

    patience: Patience

    def __del__(self, *_given: object) -> None:
        """Whoever forgets a connection closes it."""
        self.close()

    def wait(self, gen: Generator[Any, Any, Result], *_args: Any, **_kwargs: Any) -> Result:
        """Run one operation of psycopg to its end."""
        with ExitStack() as interrupted:
            interrupted.push(self._close_unless_answered)
            return waiting.wait(self._limited(gen), self.pgconn.socket, interval=0.05)

    def _close_unless_answered(self, kind: type[BaseException] | None, *_error: object) -> None:
        """Close the connection where its operation ended neither with an answer of the server nor with its refusal."""
        if kind is not None and (not issubclass(kind, psycopg.Error) or issubclass(kind, TooSlow)):
            self.pgconn.finish()

    def _limited(self, gen: Generator[Any, Any, Result]) -> Generator[Any, Any, Result]:
        began = heard = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                now = time.monotonic()
                if now - (began if self.patience.hurried else heard) > self.patience.seconds:
                    raise TooSlow("no answer")
                heard = now if ready else heard  # a long answer over a slow line is one that comes
                wanted = gen.send(ready)
        except StopIteration as end:
            result: Result = end.value
            return result


class Connections:
    """The connections of one store. All errors are `StoreError`s, `CommitUnknown` apart."""

    def __init__(self, address: str) -> None:
        """`address` is a URI of libpq, whose password nobody is told."""
        self._address = address
        self.place = shown_address(address)
        self._patience = Patience()
        self._idle: list[TimedConnection] = []
        self._lock = threading.Lock()

    def hurry(self) -> None:
        """The program ends: from now on nothing waits for the server for longer than half a second."""
        self._patience.seconds = HURRIED

    @contextmanager
    def transaction(self, begin: str = READ) -> Iterator[Connection]:
        """Give a connection with a transaction begun; the block's end commits, an error in it rolls back.

        Raises `StoreError`, and `CommitUnknown` where nobody can say whether it was committed.
        """
        try:
            connection = self._begun(begin)
            with ExitStack() as ending:
                ending.push(partial(self._roll_back, connection))
                yield connection
            self._commit(connection, reads=begin == READ)
            self._keep(connection)
        except CommitUnknown:
            raise
        except psycopg.Error as error:
            raise from_psycopg(error, self.place) from error

    def ask(self, sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        """Run one statement in a transaction of its own, which the server begins and ends: one way there and back.

        Raises `StoreError`.
        """
        try:
            idle = self._idle_one()
            if idle is not None:
                try:
                    return self._answer(idle, sql, parameters)
                except psycopg.OperationalError as error:
                    if not idle.closed or isinstance(error, TooSlow):
                        raise  # else the server closed it while it waited, and another one is tried
            return self._answer(self._connect(), sql, parameters)
        except psycopg.Error as error:
            raise from_psycopg(error, self.place) from error

    def _answer(self, connection: TimedConnection, sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return connection.execute(sql.encode("ascii"), parameters).fetchall()
        finally:
            self._keep(connection)

    def _idle_one(self) -> TimedConnection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _begun(self, begin: str) -> TimedConnection:
        """Return a connection in a transaction: one that waited, unless the server closed it, else a new one."""
        while True:
            waiting_one = self._idle_one()
            if waiting_one is None:
                break
            try:
                waiting_one.execute(begin)
            except psycopg.Error as error:
                waiting_one.close()
                if isinstance(error, TooSlow):
                    raise
            else:
                return waiting_one
        fresh = self._connect()
        fresh.execute(begin)
        return fresh

    def _connect(self) -> TimedConnection:
        connection = TimedConnection.connect(
            self._address,
            autocommit=True,
            prepare_threshold=None,
            row_factory=tuple_row,
            connect_timeout=2 if self._patience.hurried else CONNECT_SECONDS,
            application_name="entente",
            client_encoding="UTF8",
            tcp_user_timeout=int(DEADLINE * 1000),
            keepalives_idle=10,
        )
        connection.patience = self._patience
        return connection

    def _commit(self, connection: TimedConnection, *, reads: bool) -> None:
        """Commit; where the line breaks meanwhile, what was only read was read all the same."""
        try:
            connection.execute("COMMIT")
        except psycopg.OperationalError as error:
            connection.close()
            if not reads:
                raise CommitUnknown from error

    def _roll_back(self, connection: TimedConnection, kind: type[BaseException] | None, *_error: object) -> None:
        """Take back what a block wrote that ended with an error of that kind; None where it ended as it should."""
        if kind is None:
            return
        if not issubclass(kind, Exception):  # a signal: whoever cleans up after it shall not wait either
            self.hurry()
            connection.close()
            return
        with suppress(psycopg.Error):
            connection.execute("ROLLBACK")
        self._keep(connection)

    def _keep(self, connection: TimedConnection) -> None:
        """Keep a connection for the next transaction, if it is sound."""
        sound = not connection.closed and connection.info.transaction_status == TransactionStatus.IDLE
        with self._lock:
            if sound and len(self._idle) < _IDLE_KEPT:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close the connections that wait."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
