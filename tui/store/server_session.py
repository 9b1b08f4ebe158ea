"""An editing session on a server: its journal on this machine, and a heartbeat row by which others see that it lives.

A thread of its own asks the server what is new, so that nothing on the screen ever waits for an answer. The server's
clock alone decides who is still here.
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

ASK_EVERY: Final = 0.4  # seconds: what others save is seen within one
_BEAT_EVERY: Final = 12  # questions between two heartbeats
_GONE_AFTER: Final = "interval '20 seconds'"  # without a heartbeat somebody is no longer here
_FAREWELL: Final = 0.3  # seconds that the end of a session waits for its row to go

_HERE: Final = (
    "SELECT session, author, since FROM entente.presence "
    f"WHERE partnership = %s AND seen_at > now() - {_GONE_AFTER} ORDER BY since, session"
)
_NEWS: Final = (
    "SELECT p.revision, h.session, h.author, h.since FROM entente.partnership p "
    f"LEFT JOIN entente.presence h ON h.partnership = p.id AND h.seen_at > now() - {_GONE_AFTER} "
    "WHERE p.id = %s AND p.deleted_at IS NULL ORDER BY h.since, h.session"
)
_BEAT: Final = (
    "INSERT INTO entente.presence (session, partnership, author, since) "
    "SELECT %s, id, %s, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"+00:00\"') "
    "FROM entente.partnership WHERE id = %s AND deleted_at IS NULL "
    "ON CONFLICT (session) DO UPDATE SET seen_at = now() RETURNING session"
)
_SWEEP: Final = (
    "DELETE FROM entente.presence WHERE partnership = %s AND seen_at < now() - interval '1 hour' RETURNING session"
)
_LEAVE: Final = "DELETE FROM entente.presence WHERE session = %s RETURNING session"


def present_in(connection: Connection, partnership_id: str, own: str) -> list[Presence]:
    """Return who has the partnership open now, longest first; `own` is the session of this program."""
    rows = connection.execute(_HERE.encode("ascii"), (partnership_id,)).fetchall()
    return [Presence(author, since, own=session == own, session=session) for session, author, since in rows]


class ServerSession(Session):
    """Open while somebody edits; `newest` and `others` tell what the last question brought, without waiting."""

    def __init__(
        self,
        folder: Path,
        author: str,
        connections: Connections,
        revision: int,
        ended: Callable[[ServerSession], None],
    ) -> None:
        """`folder` is that of the journals, named by the partnership's id; `ended` is told when the session ends."""
        super().__init__(folder, author, PRIVATE)
        self._tell_end = ended
        self._author = author
        self._connections = connections
        self.name = self._journal.path.stem
        self._revision = revision
        self._others: tuple[Presence, ...] = ()
        self._error: StoreError | None = None
        self._ended = threading.Event()
        self._asked = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="server", daemon=True)
        self._thread.start()

    def newest(self) -> int:
        """Return the newest revision on the server, as last heard. Raises StoreError while it cannot be asked."""
        if self._error is not None:
            raise self._error
        return self._revision

    def saved_here(self, revision: int) -> None:
        """This program saved: it knows of that revision before the server is asked."""
        self._revision = max(self._revision, revision)

    def change_mark(self) -> object:
        """Return what changes whenever there is something to look at."""
        return self._revision, self._others, self._error

    def people_mark(self) -> int:
        """Return what changes whenever somebody comes or leaves."""
        return hash(self._others)

    def others(self) -> list[Presence]:
        """Return who else has this partnership open now, longest first."""
        self._asked.wait(1.0)
        return list(self._others)

    def close(self) -> None:
        """End the session: others no longer see it, at once where the server answers at once."""
        super().close()
        self._ended.set()
        self._tell_end(self)
        if self._thread is not threading.current_thread():
            self._thread.join(_FAREWELL)

    def _watch(self) -> None:
        asked = 0
        while not self._ended.is_set():
            try:
                self._ask(beat=asked % _BEAT_EVERY == 0)
                asked += 1
            except StoreError as error:
                self._error, asked = error, 0  # the first question after that is a heartbeat again
            self._asked.set()
            self._ended.wait(ASK_EVERY)
        with suppress(StoreError):
            self._connections.ask(_LEAVE, (self.name,))

    def _ask(self, *, beat: bool) -> None:
        name = self._folder.name
        if beat:
            self._connections.ask(_BEAT, (self.name, self._author, name))
            self._connections.ask(_SWEEP, (name,))
        rows: list[tuple[Any, ...]] = self._connections.ask(_NEWS, (name,))
        if not rows:
            raise Unknown(self._folder.parent, name)
        here = [
            Presence(author, since, own=False, session=session)
            for _revision, session, author, since in rows
            if session not in (None, self.name)
        ]
        self._revision, self._others, self._error = rows[0][0], tuple(here), None
