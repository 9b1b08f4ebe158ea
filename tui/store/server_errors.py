"""The errors of a store on a PostgreSQL server, and how errors of psycopg become these."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.i18n import N_, _
from tui.store.store_errors import Full, Locked, Moved, ReadOnly, StoreError, printable

if TYPE_CHECKING:
    import psycopg


class ServerError(StoreError):
    """An error that is about a server; `place` is its address without the password."""

    def __init__(self, place: str, message: str) -> None:
        # Not `super()`: a subclass may have a second base, such as Full, whose `__init__` writes another sentence.
        StoreError.__init__(self, Path(place), message)
        self.place = place

    @property
    def short_words(self) -> str:
        """The cause in two or three words, for the header of a page."""
        return _("the server does not answer")


class Unreachable(ServerError):
    """The server does not answer, or the connection broke: what was typed stays in the journal of this machine."""

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
        """The cause in two or three words, for the header of a page."""
        return _("the server refuses this account")


class NotAllowed(ServerError, ReadOnly):
    """The account may not write to the partnership, and perhaps not even read it."""

    def __init__(self, place: str) -> None:
        super().__init__(
            place,
            _("{place}: this account may not change this. Ask an owner of the partnership for the right.").format(
                place=printable(place)
            ),
        )

    @property
    def short_words(self) -> str:
        """The cause in two or three words, for the header of a page."""
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
        """The cause in two or three words, for the header of a page."""
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
        """The cause in two or three words, for the header of a page."""
        return _("the server is full")


class ServerBusy(ServerError, Locked):
    """Somebody else's save holds the partnership for longer than this program waits."""

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
        """The cause in two or three words, for the header of a page."""
        return _("someone else is saving")


class NotPrepared(ServerError):
    """The database has no tables of a store, or those of an earlier version, and this account may not make them.

    `found` is the version of its tables, 0 for none.
    """

    def __init__(self, place: str, stored_schema: int) -> None:
        text = _(
            "{place} holds no store of Entente yet, and this account may not make one. "
            "Whoever looks after the database makes it by opening it once."
        )
        if stored_schema:
            text = _(
                "{place} was prepared by an earlier version of Entente, and this account may not bring it up to date. "
                "Whoever looks after the database does so by opening it once with this version."
            )
        super().__init__(place, text.format(place=printable(place)))


class NewerServer(ServerError):
    """The tables were made by a later version of the program, and are left as they are.

    `found` is the version of the tables, `known` the highest that this program reads.
    """

    def __init__(self, place: str, stored_schema: int, known_schema: int) -> None:
        super().__init__(
            place,
            _(
                "{place} was prepared for a newer version of Entente (format {found}; this one knows {known}). "
                "It was left untouched: update Entente to open it."
            ).format(place=printable(place), found=stored_schema, known=known_schema),
        )


class NoDriver(ServerError):
    """The package psycopg is not installed."""

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
        text = _("{place}: this is possible in a folder only, not on a server yet.")
        super().__init__(place, text.format(place=printable(place)))


# SQLSTATE codes (PostgreSQL, appendix A).
_REFUSED_CODES = ("28000", "28P01")
# Words of the server's message that refuses an account, in English and French: while connecting there is no code.
_REFUSED_WORDS = ("password", "authentication", "pg_hba", 'role "', "mot de passe", "authentification", "rôle «")
_FORBIDDEN_CODES = ("42501", "25006")  # no right; a standby, which can only be read
_MOVED_CODE = "EN001"  # raised by the trigger in sql/0002_successor.sql
_FULL_CODES = ("53100", "53200")
_BUSY_CODES = ("55P03",)
_TIMEOUT_CODES = ("57014", "25P03")  # a statement, or an idle transaction, took longer than its time limit
# What libpq, the system and the server say in English while connecting, and the cause in the interface's language.
_CAUSES = (
    ("Connection refused", N_("no server listens there")),
    ("No such file or directory", N_("no server runs on this machine")),
    ("failed to resolve host", N_("no machine has this name")),
    ("could not translate host name", N_("no machine has this name")),
    ("Name or service not known", N_("no machine has this name")),
    ("timeout expired", N_("no answer came in time")),
    ("timed out", N_("no answer came in time")),
    ("No route to host", N_("no way leads to this machine")),
    ("unreachable", N_("no way leads to this machine")),
    ("certificate", N_("its certificate is not one that this machine trusts")),
    ("does not support SSL", N_("it offers no encrypted line")),
    ("invalid response to SSL", N_("what answers there is no PostgreSQL server")),
    ("too many c", N_("it takes no more connections")),  # « clients », « connections »
    ("does not exist", N_("it has no database of this name")),
    ("starting up", N_("it is starting")),
    ("shutting down", N_("it is being stopped")),
    ("closed the connection unexpectedly", N_("the line broke")),
    ("definition of service", N_("the service file of this account does not know this service")),
    ("invalid port", N_("its address has a wrong port")),
    ("invalid integer", N_("an option of its address has a wrong value")),
    ("invalid sslmode", N_("an option of its address has a wrong value")),
    ("query parameter", N_("its address has an option that PostgreSQL does not know")),
)


def from_psycopg(error: psycopg.Error, place: str) -> StoreError:
    """Return the `StoreError` that tells the user what an error of psycopg means."""
    code = error.sqlstate or getattr(getattr(error, "pgconn", None), "sqlstate", None) or ""
    if code in _REFUSED_CODES or (not code and any(word in str(error) for word in _REFUSED_WORDS)):
        return Refused(place)
    if code == _MOVED_CODE:
        return Moved(place, error.diag.message_detail or "?")
    if code in _FORBIDDEN_CODES:
        return NotAllowed(place)
    if code in _FULL_CODES:
        return ServerFull(place)
    if code in _BUSY_CODES:
        return ServerBusy(place)
    return Unreachable(place, _reason(error, code))


def _reason(error: psycopg.Error, code: str) -> str:
    """Return the cause in a few words; one that is not known is the first line of what the server or libpq says."""
    if code in _TIMEOUT_CODES:
        return _("it takes too long")
    first = str(error).strip().splitlines()[:1]
    if cause := next((words for said, words in _CAUSES if first and said in first[0]), ""):
        return _(cause)
    # « connection to server on socket … failed: FATAL:  the database system is starting up »
    reason = first[0].rpartition("failed: ")[2].removeprefix("FATAL:").strip(" .:")[:120] if first else ""
    return reason or type(error).__name__
