"""What goes wrong between Entente and a PostgreSQL server, as errors of the store: sentences that name the server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.store.store_errors import Full, Locked, Moved, ReadOnly, StoreError, printable

if TYPE_CHECKING:
    import psycopg


class ServerError(StoreError):
    """Something about the server at `place`, an address without its password."""

    def __init__(self, place: str, message: str) -> None:
        StoreError.__init__(self, Path(place), message)  # whatever other kind it is as well
        self.place = place

    @property
    def short_words(self) -> str:
        """Return why, in two or three words."""
        return _("the server does not answer")


class Unreachable(ServerError):
    """The server does not answer, or the line broke: what was typed stays in the journal of this machine."""

    def __init__(self, place: str, reason: str) -> None:
        self.reason = reason
        super().__init__(
            place,
            _(
                "{place} does not answer ({reason}). What you type is kept on this machine, and saved once it does."
            ).format(place=printable(place), reason=printable(reason)),
        )


class Refused(ServerError):
    """The server does not let this account in."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            _(
                "{place} refuses this account or its password. Check the name, and the password in ~/.pgpass; "
                "what was typed is kept on this machine."
            ).format(place=printable(place)),
        )

    @property
    def short_words(self) -> str:
        """Return why, in two or three words."""
        return _("the server refuses this account")


class NotAllowed(ServerError, ReadOnly):
    """The account may read there, or nothing at all, and not write."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            _("{place}: this account may not change this. Ask an owner of the partnership for the right.").format(
                place=printable(place)
            ),
        )

    @property
    def short_words(self) -> str:
        """Return why, in two or three words."""
        return _("this account may only read")


class Deleted(ServerError):
    """A partnership that is open here was put into the bin, or closed to this account, by somebody else."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            _("{place}: this partnership is no longer there. Somebody deleted it: bring it back from the bin.").format(
                place=printable(place)
            ),
        )

    @property
    def short_words(self) -> str:
        """Return why, in two or three words."""
        return _("somebody deleted it")


class ServerFull(ServerError, Full):
    """No room is left on the server."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            _("No room is left on {place}. What was saved is safe, and what you type is kept on this machine.").format(
                place=printable(place)
            ),
        )

    @property
    def short_words(self) -> str:
        """Return why, in two or three words."""
        return _("the server is full")


class ServerBusy(ServerError, Locked):
    """Somebody else's save holds the partnership for longer than we wait."""

    holder = ""  # the server does not tell who

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            _("{place} is being saved by {who}. Nothing was lost: try again in a moment.").format(
                place=printable(place), who=_("someone else")
            ),
        )

    @property
    def short_words(self) -> str:
        """Return why, in two or three words."""
        return _("someone else is saving")


class NotPrepared(ServerError):
    """The database holds no store, or that of an earlier version, and this account may not make the tables we need."""

    def __init__(self, place: str, found: int) -> None:
        said = _(
            "{place} holds no store of Entente yet, and this account may not make one. "
            "Whoever looks after the database makes it by opening it once."
        )
        if found:
            said = _(
                "{place} was prepared by an earlier version of Entente, and this account may not bring it up to date. "
                "Whoever looks after the database does so by opening it once with this version."
            )
        super().__init__(place, said.format(place=printable(place)))


class NewerServer(ServerError):
    """The store was made by a later version of the program: refused and left as it is."""

    def __init__(self, place: str, found: int, known: int) -> None:
        super().__init__(
            place,
            _(
                "{place} was prepared for a newer version of Entente (format {found}; this one knows {known}). "
                "It was left untouched: update Entente to open it."
            ).format(place=printable(place), found=found, known=known),
        )


class NoDriver(ServerError):
    """The extra that speaks to PostgreSQL is not installed."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            _(
                "{place}: Entente needs psycopg to speak to this server. Install it: pip install 'entente[postgres]'."
            ).format(place=printable(place)),
        )


class FolderOnly(ServerError):
    """Something that only a store in a folder can do."""

    def __init__(self, place: str) -> None:
        said = _("{place}: this is possible in a folder only, not on a server yet.")
        super().__init__(place, said.format(place=printable(place)))


_REFUSED = ("28000", "28P01")
# What the server writes of an account it lets not in; before a connection stands no code is told.
_REFUSING = ("password", "authentication", "pg_hba", 'role "', "mot de passe", "authentification", "rôle «")
_FORBIDDEN = ("42501", "25006")  # no right; a standby, which only reads
_MOVED = "EN001"  # sql/0002_successor.sql
_FULL = ("53100", "53200")
_BUSY = ("55P03",)


def from_psycopg(error: psycopg.Error, place: str) -> StoreError:
    """Return the error of the store that says what an error of psycopg means for the person."""
    code = error.sqlstate or getattr(getattr(error, "pgconn", None), "sqlstate", None) or ""
    if code in _REFUSED or (not code and any(word in str(error) for word in _REFUSING)):
        return Refused(place)
    if code == _MOVED:
        return Moved(place, error.diag.message_detail or "?")
    if code in _FORBIDDEN:
        return NotAllowed(place)
    if code in _FULL:
        return ServerFull(place)
    if code in _BUSY:
        return ServerBusy(place)
    return Unreachable(place, _reason(error, code))


def _reason(error: psycopg.Error, code: str) -> str:
    """Return why, in a few words: what the server or its library says in its first line."""
    if code in ("57014", "25P03"):
        return _("it takes too long")
    first = str(error).strip().splitlines()[:1]
    # « connection to server on socket … failed: FATAL:  the database system is starting up »
    told = first[0].rpartition("failed: ")[2].removeprefix("FATAL:").strip(" .:")[:120] if first else ""
    return told or type(error).__name__
