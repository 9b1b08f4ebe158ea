"""The journal of an editing session: changes typed since its last save, appended to a file of the partnership's folder.

The first line of the file is a header that says who edits; each further line is a record, the JSON object of a change.
The session holds a lock on the file while it lives: so others see who is editing, and which journals are orphans, left
by sessions that died with changes not saved.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import re
import secrets
import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from tui.atomic_files import Modes, forget, keep_owner, modes_of, read_file, write_whole
from tui.fast_dataclass import dataclass
from tui.partnership.values import Change
from tui.store.disk_locks import locks_hold, take_lock
from tui.store.records import cleaned, document_of
from tui.store.store_errors import StoreError, as_store_errors, from_oserror
from tui.store.successor import require_writable
from tui.text import moments

FORMAT: Final = 1  # of the file, in its header
# "journal-" and the random name of the session: "journal-0123456789abcdef.jsonl".
_NAME = re.compile(r"journal-[0-9a-f]{16}\.jsonl")
OPEN_FLAGS: Final = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK

Record = dict[str, Any]  # a header, or a change as a JSON object


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who has the partnership open now."""

    author: str  # a name
    since: str  # ISO date and time, UTC
    own: bool  # whether it is a session of this program
    session: str  # the name of its journal, without the ending


class Journal:
    """The journal of one editing session, which holds a lock on its file until it is closed or its program dies."""

    def __init__(self, path: Path, fd: int, header_length: int, author: str, modes: Modes | None) -> None:
        """`fd` is a descriptor of the locked file at `path`, `header_length` the length of its first line in bytes."""
        self.path = path
        self._author = author
        self._modes = modes
        self.problem: StoreError | None = None  # why the last record could not be appended; None if it was
        self._fd = fd
        self._header_length = header_length
        self._appended = 0  # records since the file was last empty
        self._saved = 0  # how many of these a save has covered
        self._in_deleted_file = 0  # how many of these were in an earlier file that somebody deleted

    @classmethod
    def open(cls, directory: Path, author: str, modes: Modes | None = None) -> Journal:
        """Begin a journal in the folder of a partnership, with the permissions `modes`, by default the folder's.

        Raises `StoreError`.
        """
        session = secrets.token_hex(8)
        path = directory / f"journal-{session}.jsonl"
        temporary_path = directory / f".{path.name}.tmp"
        header = {
            "journal": FORMAT,
            "author": author,
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
            "pid": os.getpid(),
            "host": socket.gethostname(),
        }
        require_writable(path)
        with as_store_errors(path):
            fd = os.open(temporary_path, OPEN_FLAGS | os.O_CREAT | os.O_EXCL, 0o600)
            with contextlib.ExitStack() as undo:
                undo.callback(os.close, fd)
                undo.callback(forget, temporary_path)
                take_lock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, path)
                keep_owner(fd, directory)
                os.fchmod(fd, (modes or modes_of(directory).private).file)
                line = _encoded_line(header)
                write_whole(fd, line)
                # It gets its name only when it is locked, so that nobody takes it for an orphan.
                os.rename(temporary_path, path)
                undo.pop_all()
        return cls(path, fd, len(line), author, modes)

    @property
    def position(self) -> int:
        """How many records were appended so far; a save that starts now covers all of them."""
        return self._appended

    def append(self, record: Record) -> StoreError | None:
        """Append one record, in one write, without waiting for the disk.

        Return the error if it could not be written, else None. `problem` is the same until a record is written again.
        """
        line = _encoded_line([record])
        try:
            if not os.fstat(self._fd).st_nlink:
                self._recreate_file()
            written = os.write(self._fd, line)
            if written < len(line):
                # Half a line is cut off again, so that the next record does not continue it.
                os.ftruncate(self._fd, os.fstat(self._fd).st_size - written)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as err:
            self.problem = from_oserror(err, self.path)
            return self.problem
        except StoreError as err:  # The file was deleted, and another one cannot be made.
            self.problem = err
            return err
        self._appended += 1
        self.problem = None
        return None

    def _recreate_file(self) -> None:
        """Make the file again after it was deleted, which happens when private notes are destroyed.

        Raises `StoreError`.
        """
        new_journal = Journal.open(self.path.parent, self._author, self._modes)
        os.rename(new_journal.path, self.path)  # the same name: to others it is the same session
        old, self._fd, new_journal._fd = self._fd, new_journal._fd, -1
        os.close(old)
        self._header_length, self._in_deleted_file = new_journal._header_length, self._appended

    def clear(self, upto: int | None = None) -> None:
        """Remove the records that a save has covered: the first `upto`, or all. Raises `StoreError`.

        If more were appended during the save, none is removed; a line is added that says how many are saved.
        """
        self._saved = self._appended if upto is None else max(self._saved, min(upto, self._appended))
        with as_store_errors(self.path):
            if self._saved == self._appended:
                os.ftruncate(self._fd, self._header_length)
                self._saved = self._appended = self._in_deleted_file = 0
                self.problem = None
            else:
                write_whole(self._fd, _encoded_line({"saved": max(self._saved - self._in_deleted_file, 0)}))

    def close(self) -> None:
        """End the session. The journal is deleted if its records are all saved; else `orphans` will find it."""
        if self._fd < 0:
            return
        if self._saved == self._appended:
            forget(self.path)
        os.close(self._fd)
        self._fd = -1


def presences(directory: Path) -> list[Presence]:
    """Return who has the partnership open now: one for each journal whose lock is held, the oldest session first.

    Raises StoreError if the folder cannot be read.
    """
    open_sessions: list[Presence] = []
    for path in journal_paths(directory):
        with contextlib.suppress(OSError):  # If it was deleted meanwhile or cannot be read, its author is unknown.
            if not _is_held(path):
                continue
            header, _records, _torn = parse_journal(read_file(path).partition(b"\n")[0] + b"\n")
            own = header.get("pid") == os.getpid() and header.get("host") == socket.gethostname()
            open_sessions.append(Presence(header_text(header, "author"), header_text(header, "since"), own, path.stem))
    return sorted(open_sessions, key=lambda presence: (moments.moment_sort_key(presence.since), presence.session))


def _encoded_line(value: object) -> bytes:
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"


def header_text(header: Record, key: str) -> str:
    """Return the text under a key of a journal's header; "" if it has none."""
    return str(header.get(key, ""))


def journal_paths(directory: Path) -> list[Path]:
    """Return the journals in a partnership's folder, sorted by name. Raises `StoreError` if it cannot be listed."""
    with as_store_errors(directory / "journal"):
        return [directory / name for name in sorted(os.listdir(directory)) if _NAME.fullmatch(name)]


def _is_held(path: Path) -> bool:
    """Return whether the session of a journal is still open."""
    if not locks_hold(path):
        return may_be_running(path)
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False


def may_be_running(path: Path) -> bool:
    """Return whether the program of a journal may still run, by its process number. Raises OSError.

    This is for disks without locks. A program on another machine counts as running. If another program has that process
    number by now, the journal of a dead session stays until it ends.
    """
    header, _records, _torn = parse_journal(read_file(path).partition(b"\n")[0] + b"\n")
    number = header.get("pid")
    if header.get("host") != socket.gethostname() or not isinstance(number, int) or number <= 0:
        return True
    try:
        os.kill(number, 0)  # signal 0 is not sent: it only tests whether there is such a process
    except ProcessLookupError:
        return False
    except OSError:
        return True  # The process belongs to another account.
    return True


def parse_journal(raw: bytes) -> tuple[Record, tuple[Record, ...], bool]:
    """Return (header, records that are not saved, whether a line could not be read).

    Lines are the header {"journal": 1, …}, then records as [{…}], and {"saved": 3} for three saved ones. A line that
    cannot be parsed is skipped.
    """
    header: Record = {}
    records: list[Record] = []
    saved, torn = 0, False
    for number, line in enumerate(raw.split(b"\n")):
        if not line:
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            torn = True
            continue
        match value:
            case [dict() as record]:
                records.append(record)
            case {"saved": int(count)}:
                saved = count
            case {"journal": _} if number == 0:
                header = value
            case _:
                torn = True
    return header, tuple(records[saved:]), torn


class Session:
    """An editing session, which notes changes in its journal until they are saved. Also a context manager."""

    def __init__(self, folder: Path, author: str, modes: Modes) -> None:
        self._folder = folder
        self._journal = Journal.open(folder, author, modes)

    @property
    def position(self) -> int:
        """How many changes were noted. The caller reads it before a save and gives it to `mark_saved` afterwards."""
        return self._journal.position

    @property
    def problem(self) -> StoreError | None:
        """Why the last change could not be noted, or None."""
        return self._journal.problem

    def note(self, change: Change) -> StoreError | None:
        """Append a change to the journal, without waiting for the disk. Return the error, or None."""
        return self._journal.append(document_of(replace(change, value=cleaned(change.value))))

    def mark_saved(self, upto: int | None = None) -> None:
        """Remove from the journal what a save has covered: the first `upto` changes, or all. Raises `StoreError`."""
        self._journal.clear(upto)

    def others(self) -> list[Presence]:
        """Return who else has this partnership open now, longest first. Raises `StoreError`."""
        own = self._journal.path.stem
        return [presence for presence in presences(self._folder) if presence.session != own]

    def close(self) -> None:
        """End the session; a journal with changes that were never saved stays for the next session to find."""
        self._journal.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
