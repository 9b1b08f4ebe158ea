"""A PostgreSQL server for tests: the machine's own binaries, in a temporary folder, as an account without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from tui.store import Author, Store
from tui.store.server_connections import Connections
from tui.store.server_schema import migrate

_SERVER_ACCOUNTS: Final = ("postgres", "nobody")  # who runs it where the tests are root: PostgreSQL refuses that
_SETTINGS: Final = """
listen_addresses = ''
fsync = off
synchronous_commit = on
full_page_writes = off
max_connections = 400
shared_buffers = 32MB
log_min_messages = fatal
"""
# `locked` needs a password, as on a server that asks for one; everybody else is let in by the socket.
_HBA: Final = "local all locked scram-sha-256\nlocal all all trust\n"
ROLES: Final = ("ann", "bob", "rita", "eve", "locked")


def binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL on this machine; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return Path(named).resolve().parent if named else None


def _in_background(command: list[str], account: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start a program that says nothing, as an account."""
    none = subprocess.DEVNULL
    return subprocess.Popen(command, cwd="/", stdin=none, stdout=none, stderr=none, **account)


class Server:
    """A running server; each test has a database of its own in it."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="entente-pg-", dir="/tmp"))  # a socket's path is short
        self.folder.chmod(0o755)
        self._account = self._unprivileged()
        if self._account is not None:
            os.chown(self.folder, self._account.pw_uid, self._account.pw_gid)
        self._names = map("t{}".format, count(1))
        self._data = self.folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._call("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = f"{_SETTINGS}unix_socket_directories = '{self.folder}'\n"
        (self._data / "postgresql.auto.conf").write_text(settings, encoding="utf-8")
        (self._data / "pg_hba.conf").write_text(_HBA, encoding="utf-8")
        self.start()
        self._prepare()

    @staticmethod
    def _unprivileged() -> pwd.struct_passwd | None:
        if os.geteuid() != 0:
            return None
        known = {account.pw_name: account for account in pwd.getpwall()}
        return next(known[name] for name in _SERVER_ACCOUNTS if name in known)

    def account_arguments(self) -> dict[str, Any]:
        """Return what makes `subprocess` run a program as the account of the server."""
        if self._account is None:
            return {}
        return {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}

    def _call(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **self.account_arguments())

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        command = [str(self._programs / "postgres"), "-D", str(self._data)]
        self._process = _in_background(command, self.account_arguments())
        for _try in range(400):
            try:
                psycopg.connect(self.url("postgres", "postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the server did not start")

    def stop(self, number: int = signal.SIGQUIT) -> None:
        """End the server: at once (SIGQUIT, as a crash), or in good order (SIGINT)."""
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(30)
            self._process = None
            (self._data / "postmaster.pid").unlink(missing_ok=True)

    def close(self) -> None:
        """End the server, and leave nothing of it."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def pids(self) -> list[int]:
        """The processes of the server that serve a connection of ours."""
        rows = self.admin("SELECT pid FROM pg_stat_activity WHERE application_name = 'entente'")
        return [pid for (pid,) in rows]

    def signal_all(self, number: int) -> None:
        """Send a signal to every process of the server: SIGSTOP freezes it, SIGCONT lets it go on."""
        assert self._process is not None
        own = self._process.pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        for pid in [own, *map(int, children)]:
            with suppress(ProcessLookupError):  # a child that served a connection may have ended meanwhile
                os.kill(pid, number)

    def url(self, database: str, role: str = "ann") -> str:
        """Return the address of a database for a role."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def admin(self, sql: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run SQL as the one who may do everything; the rows it gives."""
        with psycopg.connect(self.url(database, "postgres"), autocommit=True) as connection:
            done = connection.execute(sql.encode("utf-8"))
            return done.fetchall() if done.description else []

    def as_role(self, role: str, sql: str, database: str) -> list[tuple[Any, ...]]:
        """Run SQL as psql of a role would; the rows it gives."""
        with psycopg.connect(self.url(database, role), autocommit=True) as connection:
            done = connection.execute(sql.encode("utf-8"))
            return done.fetchall() if done.description else []

    def _prepare(self) -> None:
        for role in ROLES:
            self.admin(f"CREATE ROLE {role} LOGIN")
        self.admin("ALTER ROLE locked PASSWORD 'right'")
        self.admin("CREATE DATABASE prepared OWNER ann")
        connections = Connections(self.url("prepared"))
        migrate(connections)
        connections.close()
        self.admin(
            "INSERT INTO entente.access (partnership, grantee, level) VALUES ('', 'bob', 2), ('', 'rita', 1), "
            "('', 'locked', 2)",
            "prepared",
        )

    def database(self, *, prepared: bool = True) -> str:
        """Return the name of a new database, with the tables of Entente in it or none."""
        name = next(self._names)
        self.admin(f"CREATE DATABASE {name} OWNER ann TEMPLATE {'prepared' if prepared else 'template0'}")
        return name


class Pooler:
    """PgBouncer before a server, which gives each transaction whichever server process is free."""

    def __init__(self, server: Server, program: str) -> None:
        self._server = server
        self.folder = server.folder / "pooler"
        self.folder.mkdir()
        users = self.folder / "users.txt"
        users.write_text("".join(f'"{role}" ""\n' for role in ROLES), encoding="utf-8")
        config = self.folder / "pgbouncer.ini"
        config.write_text(
            f"[databases]\n* = host={server.folder} port=5432\n[pgbouncer]\nlisten_addr =\nlisten_port = 5432\n"
            f"unix_socket_dir = {self.folder}\nauth_type = trust\nauth_file = {users}\npool_mode = transaction\n"
            f"default_pool_size = 2\nmax_client_conn = 300\nlogfile = {self.folder}/log\n",
            encoding="utf-8",
        )
        account = server.account_arguments()
        if account:
            for path in (self.folder, users, config):
                os.chown(path, account["user"], account["group"])
        self._process = _in_background([program, str(config)], account)
        for _try in range(200):
            if any(self.folder.glob(".s.PGSQL.*")):
                return
            time.sleep(0.05)
        raise AssertionError("the pooler did not start")

    def url(self, database: str, role: str = "ann") -> str:
        """Return the address of a database through the pooler."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def close(self) -> None:
        """End the pooler."""
        self._process.kill()
        self._process.wait(30)
        shutil.rmtree(self.folder)


def pooled(server: Server) -> Pooler:
    """Start a pooler before a server. Without PgBouncer the test is skipped, but never where CI runs."""
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        if os.environ.get("CI"):
            raise AssertionError("no PgBouncer on this machine: .ci/run installs it")
        pytest.skip("no PgBouncer on this machine: apt-get install pgbouncer")
    return Pooler(server, program)


def started() -> Server:
    """Start a server. Without one on this machine the test is skipped, but never where CI runs."""
    programs = binaries()
    if programs is None:
        if os.environ.get("CI"):
            raise AssertionError("no PostgreSQL on this machine: .ci/run installs it")
        pytest.skip("no PostgreSQL on this machine: apt-get install postgresql")
    return Server(programs)


@cache
def shared() -> Server:
    """Return the server of this process: started by the first test that needs one, ended by tests/conftest.py."""
    return started()


def opened(address: str, name: str = "Ann") -> Store:
    """Return the store at an address as a person opens it in a program of their own."""
    return Store(address, author=Author(f"id-{name}", name))
