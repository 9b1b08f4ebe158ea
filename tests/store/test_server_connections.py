"""Connections to a server: never waited for beyond a deadline, sound after a fault, and fit for a pooler."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from tests.postgres import Server, shared, started
from tui.store import server_connections
from tui.store.server_connections import READ, WRITE, CommitUnknown, Connections
from tui.store.server_errors import NotAllowed, Refused, ServerBusy, Unreachable
from tui.store.store_errors import StoreError

pytestmark = pytest.mark.slow


@pytest.fixture
def connections() -> Connections:
    return Connections(shared().url(shared().database()))


@pytest.fixture(scope="module")
def frail() -> Iterator[Server]:
    """Give a server of this file's own, to be stopped and frozen."""
    server = started()
    yield server
    server.close()


def ask(connections: Connections) -> None:
    """Ask one question."""
    connections.ask("SELECT 1", ())


def begin(connections: Connections) -> None:
    """Begin a transaction."""
    with connections.transaction(WRITE):
        pass


@pytest.mark.parametrize("act", [ask, begin])
def test_a_frozen_server_is_not_waited_for(frail: Server, act: Callable[[Connections], None]) -> None:
    connections = Connections(frail.url(frail.database()))
    with connections.transaction() as connection:
        connection.execute("SELECT 1")
    connections._time_limit.seconds = 0.4
    frail.signal_all(signal.SIGSTOP)
    began = time.monotonic()
    try:
        with pytest.raises(Unreachable):
            act(connections)
    finally:
        frail.signal_all(signal.SIGCONT)
    assert time.monotonic() - began < 3
    connections._time_limit.seconds = 8
    assert connections.ask("SELECT 2", ()) == [(2,)]


def test_a_long_answer_is_read_to_its_end_while_it_comes(connections: Connections) -> None:
    connections._time_limit.seconds = 0.55
    slowly = "SELECT pg_sleep(0.1), repeat('x', 20000) FROM generate_series(1, 9)"
    assert len(connections.ask(slowly, ())) == 9
    connections.hurry()
    with pytest.raises(Unreachable):
        connections.ask(slowly, ())


def test_a_restarted_server_is_found_again_at_the_first_question(frail: Server) -> None:
    connections = Connections(frail.url(frail.database()))
    assert connections.ask("SELECT 1", ()) == [(1,)]
    frail.stop()
    with pytest.raises(Unreachable, match="postgresql://ann@/"):
        connections.ask("SELECT 1", ())
    frail.start()
    with connections.transaction() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_connection_that_died_while_it_waited_is_replaced_unseen(connections: Connections) -> None:
    with connections.transaction() as connection:
        pid = connection.info.backend_pid
    shared().admin(f"SELECT pg_terminate_backend({pid})")
    with connections.transaction(WRITE) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_line_that_breaks_at_the_end_is_a_doubt_only_where_something_was_written(connections: Connections) -> None:
    for begun in (READ, WRITE):
        try:
            with connections.transaction(begun) as connection:
                shared().admin(f"SELECT pg_terminate_backend({connection.info.backend_pid}, 2000)")
        except CommitUnknown:
            assert begun == WRITE
        else:
            assert begun == READ
    assert connections.ask("SELECT 1", ()) == [(1,)]


@pytest.mark.parametrize(("role", "error"), [("locked", Refused), ("nobody_here", Refused)])
def test_who_is_not_let_in_is_told_so_without_the_password(role: str, error: type[StoreError]) -> None:
    address = shared().url(shared().database(), role).replace("@", ":wrong-s3cret@")
    with pytest.raises(error) as caught:
        Connections(address).ask("SELECT 1", ())
    assert "s3cret" not in str(caught.value) and role in str(caught.value)


def test_a_password_may_come_from_a_file(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    file = f"{tmp_path}/pgpass"
    with open(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as stream:
        stream.write("*:*:*:locked:right\n")
    monkeypatch.setenv("PGPASSFILE", file)
    assert Connections(shared().url(shared().database(), "locked")).ask("SELECT 1", ()) == [(1,)]


def test_nothing_outlives_a_transaction(connections: Connections) -> None:
    """A pooler may give the next one another process of the server: no setting, no prepared statement stays."""
    for begin in (READ, WRITE):
        with connections.transaction(begin) as connection:
            for _time in range(8):
                connection.execute("SELECT %s::text", ("a",))
            assert connection.execute("SHOW lock_timeout").fetchone() == ("4s",)
    (connection,) = connections._idle
    assert connection.execute("SHOW lock_timeout").fetchone() == ("0",)
    assert connection.execute("SELECT count(*) FROM pg_prepared_statements").fetchone() == (0,)


def test_a_lock_that_somebody_else_holds_is_waited_for_and_then_told(monkeypatch: pytest.MonkeyPatch) -> None:
    name = shared().database()
    mine, other = Connections(shared().url(name)), Connections(shared().url(name))
    quick = WRITE.replace("'4s'", "'100ms'")
    with other.transaction(WRITE) as held:
        held.execute("LOCK TABLE entente.save")
        with pytest.raises(ServerBusy), mine.transaction(quick) as connection:
            connection.execute("LOCK TABLE entente.save")


def test_what_is_refused_by_the_server_is_no_right(connections: Connections) -> None:
    with pytest.raises(NotAllowed), connections.transaction() as connection:
        connection.execute("CREATE TABLE entente.more ()")


def test_an_interrupted_transaction_closes_its_connection_and_hurries(connections: Connections) -> None:
    with pytest.raises(KeyboardInterrupt), connections.transaction(WRITE):
        raise KeyboardInterrupt
    assert connections._idle == [] and connections._time_limit.seconds == server_connections.HURRIED_SECONDS


def test_an_error_of_ours_rolls_back(connections: Connections) -> None:
    with pytest.raises(KeyError), connections.transaction(WRITE) as connection:
        connection.execute("INSERT INTO entente.organisation VALUES (1, 'a', '{}')")
        raise KeyError("ours")
    assert connections.ask("SELECT id FROM entente.organisation", ()) == []
    assert isinstance(connections._idle[0], psycopg.Connection)
