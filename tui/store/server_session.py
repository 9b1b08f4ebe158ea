"""An editing session on a server: its journal lies on this machine, a row on the server shows others that it is open.

A thread asks the server regularly what is new, so that the screen never waits for an answer. It also renews the time in
the row, which is called a heartbeat; a session without one for some time counts as ended, by the server's clock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from tui.atomic_files import PRIVATE
from tui.store.journal import Presence, Session
from tui.store.server_connections import Connection, Connections
from tui.store.store_errors import StoreError, Unknown

ASK_EVERY_SECONDS: Final = 0.4  # between two questions: what others save is seen within a second
_ASKS_PER_HEARTBEAT: Final = 12  # one in so many questions comes with a heartbeat
_GONE_AFTER: Final = "interval '20 seconds'"  # a session without a heartbeat for so long counts as ended
_LEAVE_SECONDS: Final = 0.3  # for which the end of a session waits until its row is deleted

_SELECT_PRESENT: Final = (
    "SELECT session, author, since FROM entente.presence "
    f"WHERE partnership = %s AND seen_at > now() - {_GONE_AFTER} ORDER BY since, session"
)
_SELECT_NEWS: Final = (
    "SELECT p.revision, h.session, h.author, h.since FROM entente.partnership p "
    f"LEFT JOIN entente.presence h ON h.partnership = p.id AND h.seen_at > now() - {_GONE_AFTER} "
    "WHERE p.id = %s AND p.deleted_at IS NULL ORDER BY h.since, h.session"
)
_HEARTBEAT: Final = (
    "INSERT INTO entente.presence (session, partnership, author, since) "
    "SELECT %s, id, %s, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"') "
    "FROM entente.partnership WHERE id = %s AND deleted_at IS NULL "
    "ON CONFLICT (session) DO UPDATE SET seen_at = now() RETURNING session"
)
_DELETE_OLD: Final = (
    "DELETE FROM entente.presence WHERE partnership = %s AND seen_at < now() - interval '1 hour' RETURNING session"
)
_DELETE_OWN: Final = "DELETE FROM entente.presence WHERE session = %s RETURNING session"


def present_in(connection: Connection, partnership_id: str, own: str) -> list[Presence]:
    """Return who has the partnership open now, longest first; `own` is the session of this program."""
    rows = connection.execute(_SELECT_PRESENT.encode("ascii"), (partnership_id,)).fetchall()
    return [Presence(author, since, own=session == own, session=session) for session, author, since in rows]


class ServerSession(Session):
    """An editing session on a server. `newest` and `others` return what the thread heard last, without waiting."""

    def __init__(
        self,
        folder: Path,
        author: str,
        connections: Connections,
        revision: int,
        on_end: Callable[[ServerSession], None],
    ) -> None:
        """`folder` is that of the journals, named by the partnership's id.

        `revision` is the newest one known so far; `on_end` is called when the session ends.
        """
        super().__init__(folder, author, PRIVATE)
        self._on_end = on_end
        self._author = author
        self._connections = connections
        self.name = self._journal.path.stem
        self._revision = revision
        self._others: tuple[Presence, ...] = ()
        self._error: StoreError | None = None
        self._ended = threading.Event()
        self._first_answer = threading.Event()  # set once the server was asked, whether it answered or not
        self._thread = threading.Thread(target=self._watch, name="server", daemon=True)
        self._thread.start()

    def newest(self) -> int:
        """Return the newest revision on the server, as last heard. Raises StoreError if the last question failed."""
        if self._error is not None:
            raise self._error
        return self._revision

    def saved_here(self, revision: int) -> None:
        """Note a revision that this program saved itself, before the server is asked again."""
        self._revision = max(self._revision, revision)

    def change_mark(self) -> object:
        """Return a value that differs once there is a new revision, another editor, or an error."""
        return self._revision, self._others, self._error

    def people_mark(self) -> int:
        """Return a number that differs once somebody has opened the partnership or left it."""
        return hash(self._others)

    def others(self) -> list[Presence]:
        """Return who else has this partnership open, longest first; waits up to 1 s for the first answer."""
        self._first_answer.wait(1.0)
        return list(self._others)

    def close(self) -> None:
        """End the session, and wait a moment until its row on the server is deleted."""
        super().close()
        self._ended.set()
        self._on_end(self)
        if self._thread is not threading.current_thread():
            self._thread.join(_LEAVE_SECONDS)

    def _watch(self) -> None:
        """Ask the server again and again until the session ends. This is what the thread runs."""
        questions = 0
        while not self._ended.is_set():
            try:
                self._ask(heartbeat=questions % _ASKS_PER_HEARTBEAT == 0)
                questions += 1
            except StoreError as error:
                self._error, questions = error, 0  # so that the next question comes with a heartbeat
            self._first_answer.set()
            self._ended.wait(ASK_EVERY_SECONDS)
        with suppress(StoreError):
            self._connections.ask(_DELETE_OWN, (self.name,))

    def _ask(self, *, heartbeat: bool) -> None:
        """Ask once for the newest revision and the other sessions. Raises `StoreError`."""
        partnership_id = self._folder.name
        if heartbeat:
            self._connections.ask(_HEARTBEAT, (self.name, self._author, partnership_id))
            self._connections.ask(_DELETE_OLD, (partnership_id,))
        rows: list[tuple[Any, ...]] = self._connections.ask(_SELECT_NEWS, (partnership_id,))
        if not rows:
            raise Unknown(self._folder.parent, partnership_id)
        others = [
            Presence(author, since, own=False, session=session)
            for _revision, session, author, since in rows
            if session not in (None, self.name)
        ]
        self._revision, self._others, self._error = rows[0][0], tuple(others), None
