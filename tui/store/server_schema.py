"""The tables of a store on a server: made and brought up to date by numbered SQL files, never turned back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import psycopg

from tui.atomic_files import read_file
from tui.store.server_connections import WRITE, Connection, Connections
from tui.store.server_errors import NewerServer, NotPrepared

SCHEMA: Final = 2  # the version this program reads and writes
_FILES: Final = Path(__file__).with_name("sql")
_LOCK: Final = 0x456E74  # of pg_advisory_xact_lock: two programs never migrate at once


def migrations() -> list[tuple[int, str]]:
    """Return (version, SQL) of each step, in their order."""
    return [(int(path.name[:4]), read_file(path).decode("utf-8")) for path in sorted(_FILES.glob("[0-9]*.sql"))]


def check_schema(connections: Connections) -> None:
    """See that the store has the tables we know; where there are none they are made, if this account may.

    Raises NewerServer for tables of a later program, which are left alone, NotPrepared where none can be made.
    """
    with connections.transaction() as connection:
        found = version_of(connection)
    if found > SCHEMA:
        raise NewerServer(connections.place, found, SCHEMA)
    if found < SCHEMA:
        migrate(connections)


def version_of(connection: Connection) -> int:
    """Return the version of the tables in this database; 0 where there are none."""
    there = connection.execute("SELECT to_regclass('entente.schema_version') IS NOT NULL").fetchone()
    if not there or not there[0]:
        return 0
    row = connection.execute("SELECT max(version) FROM entente.schema_version").fetchone()
    return int(row[0] or 0) if row else 0


def migrate(connections: Connections) -> None:
    """Run the steps that are missing, all in one transaction under a lock. Raises as `check_schema` does."""
    with connections.transaction(WRITE) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        found = version_of(connection)
        if found > SCHEMA:
            raise NewerServer(connections.place, found, SCHEMA)
        for version, sql in migrations():
            if version > found:
                _run(connections, connection, sql, found)


def _run(connections: Connections, connection: Connection, sql: str, found: int) -> None:
    try:
        connection.execute(sql.encode("utf-8"))
    except psycopg.errors.InsufficientPrivilege as error:
        raise NotPrepared(connections.place, found) from error
