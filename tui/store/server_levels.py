"""Who may do what on a server: the levels of accounts, for all partnerships or for one, as the server holds them."""

from __future__ import annotations

from typing import Final

from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.store.server_connections import WRITE, CommitUnknown, Connection, Connections
from tui.store.server_errors import NotAllowed, ServerError, from_psycopg
from tui.store.store_errors import printable

LEVELS: Final = ("none", "reader", "writer", "owner")  # by their number in the database
EVERYBODY: Final = "public"  # as PostgreSQL calls the role of all

_GRANT: Final = (
    "INSERT INTO entente.access (partnership, grantee, level) VALUES (%s, %s, %s) "
    "ON CONFLICT (partnership, grantee) DO UPDATE SET level = excluded.level"
)


@dataclass(frozen=True, slots=True)
class Grant:
    """The level of a role, one of LEVELS; `partnership` is "" for all that say nothing of their own."""

    partnership: str
    role: str
    level: str


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
    """Nobody would be left who may grant levels."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            _("{place}: nobody would be left who may grant levels. Make somebody else an owner first.").format(
                place=printable(place)
            ),
        )


def grants(connections: Connections, partnership_id: str = "") -> list[Grant]:
    """Return the levels granted for one partnership, or by default, as far as this account may see them."""
    sql = "SELECT partnership, grantee, level FROM entente.access WHERE partnership = %s ORDER BY level DESC, grantee"
    rows = connections.ask(sql, (partnership_id,))
    return [Grant(partnership, role, LEVELS[level]) for partnership, role, level in rows]


def grant(connections: Connections, given: Grant) -> None:
    """Give a role a level, in the place of the one it has there. Raises NotAllowed, NoRole, LastOwner."""
    try:
        with connections.transaction(WRITE) as connection:
            if given.role != EVERYBODY and not _is_role(connection, given.role):
                raise NoRole(connections.place, given.role)
            _lock_levels(connection, connections.place, given.partnership)
            connection.execute(_GRANT, (given.partnership, given.role, LEVELS.index(given.level)))
            left = "SELECT 1 FROM entente.access WHERE partnership = %s AND level = 3"
            if connection.execute(left, (given.partnership,)).fetchone() is None:
                raise LastOwner(connections.place)
    except CommitUnknown as error:  # it may be said again without harm
        raise from_psycopg(error, connections.place) from error


def _is_role(connection: Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone() is not None


def _lock_levels(connection: Connection, place: str, partnership_id: str) -> None:
    """Let nobody else change levels meanwhile. Raises NotAllowed for who may grant none there."""
    connection.execute("LOCK TABLE entente.access IN SHARE ROW EXCLUSIVE MODE")
    row = connection.execute("SELECT entente.level(%s, current_user)", (partnership_id,)).fetchone()
    if row is None or row[0] < LEVELS.index("owner"):
        raise NotAllowed(place)
