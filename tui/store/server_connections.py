"""Connections to a PostgreSQL server: each carries one transaction at a time, and none waits for ever.

No setting lasts longer than a transaction and no statement is prepared, so that a pooler may give each transaction
another server process (PgBouncer, `pool_mode = transaction`).
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
ANSWER_SECONDS: Final = 8.0  # that an answer of the server is waited for; the time limits it sets itself are below it
HURRIED_SECONDS: Final = 0.5  # the same, once the program was asked to end
_IDLE_LIMIT: Final = 1  # unused connections that stay open: a server can have only so many
_TIME_LIMITS: Final = (
    "SET LOCAL lock_timeout = '4s'; SET LOCAL statement_timeout = '7s'; "
    "SET LOCAL idle_in_transaction_session_timeout = '15s'"
)
# The statements that begin a transaction that only reads, all as of one moment, and one that writes.
READ: Final = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {_TIME_LIMITS}"
WRITE: Final = f"BEGIN ISOLATION LEVEL READ COMMITTED; {_TIME_LIMITS}"

Result = TypeVar("Result")
Connection = psycopg.Connection[tuple[Any, ...]]


class TooSlow(psycopg.OperationalError):
    """The server did not answer within the time limit; the connection is closed."""


class CommitUnknown(psycopg.OperationalError):
    """The connection broke while a transaction was committed: nobody knows yet whether it was."""


class AnswerTimeLimit:
    """For how many seconds an answer is waited for; all connections of a store share one such object."""

    def __init__(self) -> None:
        self.seconds = ANSWER_SECONDS

    @property
    def is_hurried(self) -> bool:
        """Whether the program was asked to end: then the limit holds even while an answer is arriving."""
        return self.seconds <= HURRIED_SECONDS


class TimedConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that never waits longer than its time limit, not even for a frozen server.

    If a signal interrupts it by an exception, it is closed at once; psycopg itself would wait until the server has
    cancelled.
    """

    time_limit: AnswerTimeLimit

    def __del__(self, *_given: object) -> None:
        """Close the connection when nothing refers to it any more."""
        self.close()

    def wait(self, gen: Generator[Any, Any, Result], *_args: Any, **_kwargs: Any) -> Result:
        """Run one operation of psycopg to its end, within the time limit. psycopg calls this for every operation."""
        with ExitStack() as ending:
            ending.push(self._close_unless_answered)  # it returns None, so that the exception goes on
            return waiting.wait(self._with_time_limit(gen), self.pgconn.socket, interval=0.05)

    def _close_unless_answered(self, kind: type[BaseException] | None, *_error: object) -> None:
        """Close the connection if an operation ended without any answer: by a signal, or after the time limit."""
        if kind is not None and (not issubclass(kind, psycopg.Error) or issubclass(kind, TooSlow)):
            self.pgconn.finish()

    def _with_time_limit(self, gen: Generator[Any, Any, Result]) -> Generator[Any, Any, Result]:
        """Wait for an answer as `gen` does, and return it. Raises TooSlow after the seconds of the time limit.

        `gen` is a generator of psycopg, which yields at each wait.
        """
        began = last_answer = time.monotonic()
        try:
            # `gen` yields what to wait for at the socket, and is sent what is ready; 0 each 0.05 s without anything.
            wanted = next(gen)
            while True:
                ready = yield wanted
                now = time.monotonic()
                if now - (began if self.time_limit.is_hurried else last_answer) > self.time_limit.seconds:
                    raise TooSlow("no answer")
                last_answer = now if ready else last_answer  # a long answer may arrive slowly
                wanted = gen.send(ready)
        except StopIteration as end:
            result: Result = end.value
            return result


class Connections:
    """The connections of one store. All errors are `StoreError`s, except `CommitUnknown`."""

    def __init__(self, address: str) -> None:
        """`address` is a URI of libpq; `place` is the same without its password, for messages."""
        self._address = address
        self.place = shown_address(address)
        self._time_limit = AnswerTimeLimit()
        self._idle: list[TimedConnection] = []
        self._lock = threading.Lock()

    def hurry(self) -> None:
        """Wait at most half a second for the server from now on, because the program was asked to end."""
        self._time_limit.seconds = HURRIED_SECONDS

    @contextmanager
    def transaction(self, begin: str = READ) -> Iterator[Connection]:
        """Give a connection with a transaction, begun by the statement `begin`: READ or WRITE.

        It is committed when the block ends, and rolled back if the block raises. Raises `StoreError`, or
        `CommitUnknown` if the connection breaks during the commit.
        """
        try:
            connection = self._begin_transaction(begin)
            with ExitStack() as ending:
                ending.push(partial(self._roll_back, connection))
                yield connection
            self._commit(connection, only_reads=begin == READ)
            self._keep_or_close(connection)
        except CommitUnknown:
            raise
        except psycopg.Error as error:
            raise from_psycopg(error, self.place) from error

    def ask(self, sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        """Run one statement in a transaction of its own and return its rows; that takes one exchange with the server.

        Raises `StoreError`.
        """
        try:
            idle = self._take_idle()
            if idle is not None:
                try:
                    return self._answer(idle, sql, parameters)
                except psycopg.OperationalError as error:
                    if not idle.closed or isinstance(error, TooSlow):
                        raise  # Else the server has closed the unused connection, and a new one is tried.
            return self._answer(self._connect(), sql, parameters)
        except psycopg.Error as error:
            raise from_psycopg(error, self.place) from error

    def _answer(self, connection: TimedConnection, sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return connection.execute(sql.encode("ascii"), parameters).fetchall()
        finally:
            self._keep_or_close(connection)

    def _take_idle(self) -> TimedConnection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _begin_transaction(self, begin: str) -> TimedConnection:
        """Return a connection with a transaction begun: an unused one that still works, else a new one."""
        while True:
            idle = self._take_idle()
            if idle is None:
                break
            try:
                idle.execute(begin)
            except psycopg.Error as error:
                idle.close()
                if isinstance(error, TooSlow):
                    raise
            else:
                return idle
        fresh = self._connect()
        fresh.execute(begin)
        return fresh

    def _connect(self) -> TimedConnection:
        """Return a new connection with the time limits of the store. Raises errors of psycopg."""
        connection = TimedConnection.connect(
            self._address,
            autocommit=True,
            prepare_threshold=None,
            row_factory=tuple_row,
            connect_timeout=2 if self._time_limit.is_hurried else CONNECT_SECONDS,
            application_name="entente",
            client_encoding="UTF8",
            tcp_user_timeout=int(ANSWER_SECONDS * 1000),
            keepalives_idle=10,
        )
        connection.time_limit = self._time_limit
        return connection

    def _commit(self, connection: TimedConnection, *, only_reads: bool) -> None:
        """Commit. Raises CommitUnknown if the connection breaks, unless nothing was written (`only_reads`)."""
        try:
            connection.execute("COMMIT")
        except psycopg.OperationalError as error:
            connection.close()
            if not only_reads:
                raise CommitUnknown from error

    def _roll_back(self, connection: TimedConnection, kind: type[BaseException] | None, *_error: object) -> None:
        """Roll back if the block ended with an exception of the type `kind`; None means that there was none."""
        if kind is None:
            return
        if not issubclass(kind, Exception):  # a signal: what is done on the way out must not wait long either
            self.hurry()
            connection.close()
            return
        with suppress(psycopg.Error):
            connection.execute("ROLLBACK")
        self._keep_or_close(connection)

    def _keep_or_close(self, connection: TimedConnection) -> None:
        """Keep a connection for the next transaction if it works and none is kept yet, else close it."""
        usable = not connection.closed and connection.info.transaction_status == TransactionStatus.IDLE
        with self._lock:
            if usable and len(self._idle) < _IDLE_LIMIT:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close the unused connections."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
