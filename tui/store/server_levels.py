"""The levels of accounts on a server, for all partnerships or for one: who may read, write, or do everything."""

from __future__ import annotations

from typing import Final

from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.store.server_connections import WRITE, CommitUnknown, Connection, Connections
from tui.store.server_errors import NotAllowed, ServerError, from_psycopg
from tui.store.store_errors import printable

LEVELS: Final = ("none", "reader", "writer", "owner")  # the index is the number in the database
EVERYBODY: Final = "public"  # the name that PostgreSQL has for all roles together

_GRANT: Final = (
    "INSERT INTO entente.access (partnership, grantee, level) VALUES (%s, %s, %s) "
    "ON CONFLICT (partnership, grantee) DO UPDATE SET level = excluded.level"
)


@dataclass(frozen=True, slots=True)
class Grant:
    """The level of a role."""

    partnership: str  # id; "" for all partnerships without levels of their own
    role: str  # of PostgreSQL, or EVERYBODY
    level: str  # one of LEVELS


class NoRole(ServerError):
    """The server knows no role of that name."""

    def __init__(self, place: str, role: str) -> None:
        super().__init__(
            place,
            _("{place} knows no role “{role}”. Whoever looks after the server makes it: createuser {role}").format(
                place=printable(place), role=printable(role)
            ),
        )


class LastOwner(ServerError):
    """Without this owner, nobody could grant levels any more."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            _("{place}: nobody would be left who may grant levels. Make somebody else an owner first.").format(
                place=printable(place)
            ),
        )


def grants(connections: Connections, partnership_id: str = "") -> list[Grant]:
    """Return the levels for one partnership ("" for the default), as far as this account may see them."""
    sql = "SELECT partnership, grantee, level FROM entente.access WHERE partnership = %s ORDER BY level DESC, grantee"
    rows = connections.ask(sql, (partnership_id,))
    return [Grant(partnership, role, LEVELS[level]) for partnership, role, level in rows]


def grant(connections: Connections, given: Grant) -> None:
    """Give a role a level, in place of the one it has. Raises NotAllowed, NoRole, LastOwner."""
    try:
        with connections.transaction(WRITE) as connection:
            if given.role != EVERYBODY and not _is_role(connection, given.role):
                raise NoRole(connections.place, given.role)
            _lock_levels(connection, connections.place, given.partnership)
            connection.execute(_GRANT, (given.partnership, given.role, LEVELS.index(given.level)))
            owners = "SELECT 1 FROM entente.access WHERE partnership = %s AND level = 3"
            if connection.execute(owners, (given.partnership,)).fetchone() is None:
                raise LastOwner(connections.place)
    except CommitUnknown as error:  # The same grant can be repeated without harm.
        raise from_psycopg(error, connections.place) from error


def _is_role(connection: Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is not None


def _lock_levels(connection: Connection, place: str, partnership_id: str) -> None:
    """Keep others from changing levels in this transaction. Raises NotAllowed if this account is no owner."""
    connection.execute("LOCK TABLE entente.access IN SHARE ROW EXCLUSIVE MODE")
    row = connection.execute("SELECT entente.level(%s, current_user)", (partnership_id,)).fetchone()
    if row is None or row[0] < LEVELS.index("owner"):
        raise NotAllowed(place)
