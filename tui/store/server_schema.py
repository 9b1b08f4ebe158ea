"""The tables of a store on a server: they are made and brought up to date by numbered SQL files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import psycopg

from tui.atomic_files import read_file
from tui.store.server_connections import WRITE, Connection, Connections
from tui.store.server_errors import NewerServer, NotPrepared

SCHEMA: Final = 2  # the version this program reads and writes
_SQL_FOLDER: Final = Path(__file__).with_name("sql")
_MIGRATION_LOCK: Final = 0x456E74  # any number, the same in all programs: the key of the lock that a migration holds


def migrations() -> list[tuple[int, str]]:
    """Return (version, SQL) of each step, in order; files are named "0001_tables.sql" and so on."""
    return [(int(path.name[:4]), read_file(path).decode("utf-8")) for path in sorted(_SQL_FOLDER.glob("[0-9]*.sql"))]


def check_schema(connections: Connections) -> None:
    """Check the version of the tables; missing or older ones are made or brought up to date.

    Raises NewerServer if a later program made them, NotPrepared if this account may not make them.
    """
    with connections.transaction() as connection:
        version = version_of(connection)
    if version > SCHEMA:
        raise NewerServer(connections.place, version, SCHEMA)
    if version < SCHEMA:
        migrate(connections)


def version_of(connection: Connection) -> int:
    """Return the version of the tables in this database; 0 if there are none."""
    exists = connection.execute("SELECT to_regclass('entente.schema_version') IS NOT NULL").fetchone()
    if not exists or not exists[0]:
        return 0
    row = connection.execute("SELECT max(version) FROM entente.schema_version").fetchone()
    return int(row[0] or 0) if row else 0


def migrate(connections: Connections) -> None:
    """Run the steps that are missing, all in one transaction under a lock. Raises as `check_schema` does."""
    with connections.transaction(WRITE) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATION_LOCK,))
        server_version = version_of(connection)
        if server_version > SCHEMA:
            raise NewerServer(connections.place, server_version, SCHEMA)
        for version, sql in migrations():
            if version > server_version:
                _run_step(connections, connection, sql, server_version)


def _run_step(connections: Connections, connection: Connection, sql: str, server_version: int) -> None:
    try:
        connection.execute(sql.encode("utf-8"))
    except psycopg.errors.InsufficientPrivilege as error:
        raise NotPrepared(connections.place, server_version) from error
