"""The journal: keys appended since the last save, and the session that says which program works on a partnership."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import re
import secrets
import socket
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from tui.atomic_files import Modes, forget, keep_owner, modes_of, read_file, write_whole
from tui.fast_dataclass import dataclass
from tui.partnership.value_types import ValueTypes
from tui.partnership.values import Change, Entry, Partnership
from tui.store.disk_locks import locks_hold, take_lock
from tui.store.records import cleaned, document_of, record_of
from tui.store.store_errors import StoreError, as_store_errors, from_oserror
from tui.store.successor import require_writable
from tui.text import moments

FORMAT: Final = 1
_NAME = re.compile(r"journal-[0-9a-f]{16}\.jsonl")
_FLAGS: Final = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody who has the partnership open now; `since` is in ISO 8601 (UTC), `own` says that it is this program."""

    author: str
    since: str
    own: bool
    session: str


class Journal:
    """The journal of one editing session. It holds a lock on its file for life: a dead session's lock is free."""

    def __init__(self, path: Path, fd: int, header: int, author: str, modes: Modes | None) -> None:
        self.path = path
        self._author = author
        self._modes = modes
        self.problem: StoreError | None = None  # why the last record could not be kept; None when all are
        self._fd = fd
        self._header = header  # bytes
        self._appended = 0  # records since the file was last empty
        self._saved = 0
        self._before = 0  # of the records appended, those that went with a file somebody deleted

    @classmethod
    def open(cls, directory: Path, author: str, modes: Modes | None = None) -> Journal:
        """Start a journal in a partnership's folder, with `modes` or those the folder asks for. Raises `StoreError`."""
        session = secrets.token_hex(8)
        path = directory / f"journal-{session}.jsonl"
        newborn = directory / f".{path.name}.tmp"
        about = {
            "journal": FORMAT,
            "author": author,
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
            "pid": os.getpid(),
            "host": socket.gethostname(),
        }
        require_writable(path)
        with as_store_errors(path):
            fd = os.open(newborn, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600)
            with contextlib.ExitStack() as undo:
                undo.callback(os.close, fd)
                undo.callback(forget, newborn)
                take_lock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, path)
                keep_owner(fd, directory)
                os.fchmod(fd, (modes or modes_of(directory).private).file)
                line = _line(about)
                write_whole(fd, line)
                os.rename(newborn, path)  # it gets its name once it is locked: nobody can take it for an orphan
                undo.pop_all()
        return cls(path, fd, len(line), author, modes)

    @property
    def position(self) -> int:
        """How many records were appended: what a save that starts now will cover."""
        return self._appended

    def append(self, record: Record) -> StoreError | None:
        """Add one JSON record: one write, with no wait for the disk.

        Return None, or the error that kept the record from the file; `problem` holds it until a record is kept again.
        """
        line = _line([record])
        try:
            if not os.fstat(self._fd).st_nlink:
                self._begin_again()
            written = os.write(self._fd, line)
            if written < len(line):
                os.ftruncate(self._fd, os.fstat(self._fd).st_size - written)  # no half line before a whole one
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as err:
            self.problem = from_oserror(err, self.path)
            return self.problem
        except StoreError as err:  # no other journal can be begun
            self.problem = err
            return err
        self._appended += 1
        self.problem = None
        return None

    def _begin_again(self) -> None:
        """Somebody deleted the file (they destroyed the private notes): what is typed from now on needs another one."""
        fresh = Journal.open(self.path.parent, self._author, self._modes)
        os.rename(fresh.path, self.path)  # the same name: to others it is the same session
        old, self._fd, fresh._fd = self._fd, fresh._fd, -1
        os.close(old)
        self._header, self._before = fresh._header, self._appended

    def clear(self, upto: int | None = None) -> None:
        """Forget the records that a save has covered: those before `position` was `upto`, or all. Raises `StoreError`.

        Records appended while the save ran stay: then a line that says how many are saved is added instead of cutting.
        """
        self._saved = self._appended if upto is None else max(self._saved, min(upto, self._appended))
        with as_store_errors(self.path):
            if self._saved == self._appended:
                os.ftruncate(self._fd, self._header)
                self._saved = self._appended = self._before = 0
                self.problem = None
            else:
                write_whole(self._fd, _line({"saved": max(self._saved - self._before, 0)}))

    def close(self) -> None:
        """End the session: a journal with nothing unsaved goes, another one stays for `orphans` to find."""
        if self._fd < 0:
            return
        if self._saved == self._appended:
            forget(self.path)
        os.close(self._fd)
        self._fd = -1


@dataclass(frozen=True, slots=True)
class Orphan:
    """The journal of a session that died with unsaved records; it stays locked until `discard` or `release`."""

    path: Path
    author: str
    since: str
    records: tuple[Record, ...]
    torn: bool  # whether a line could not be read (the last one, as a rule: the session died while writing it)
    _fd: int

    def discard(self) -> None:
        """Delete the journal, once its records are saved. Raises `StoreError`."""
        try:
            with as_store_errors(self.path):
                os.unlink(self.path)
        finally:
            os.close(self._fd)

    def release(self) -> None:
        """Leave the journal where it is, for another time."""
        os.close(self._fd)


def orphans(directory: Path) -> list[Orphan]:
    """Return the journals of dead sessions that hold unsaved records, oldest first; those that hold none are deleted.

    Each comes locked, so that two programs never replay the same one. Raises `StoreError`.
    """
    found: list[Orphan] = []
    for path in _journals(directory):
        fd = _take(path)
        if fd is None:
            continue
        with as_store_errors(path):
            about, records, torn = _parse(read_file(path))
        if records or torn:
            found.append(Orphan(path, _text(about, "author"), _text(about, "since"), records, torn, fd))
        else:
            forget(path)
            os.close(fd)
    return sorted(found, key=lambda orphan: (moments.order_key(orphan.since), orphan.path.name))


def present(directory: Path) -> list[Presence]:
    """Return who has the partnership open now: the journals whose lock is held, oldest first.

    Raises StoreError for the folder.
    """
    here: list[Presence] = []
    for path in _journals(directory):
        with contextlib.suppress(OSError):  # gone meanwhile, or not readable for us: then nobody we could name
            if not _held(path):
                continue
            about, _records, _torn = _parse(read_file(path).partition(b"\n")[0] + b"\n")
            own = about.get("pid") == os.getpid() and about.get("host") == socket.gethostname()
            here.append(Presence(_text(about, "author"), _text(about, "since"), own, path.stem))
    return sorted(here, key=lambda person: (moments.order_key(person.since), person.session))


def _line(value: object) -> bytes:
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"


def _text(about: Record, key: str) -> str:
    return str(about.get(key, ""))


def _journals(directory: Path) -> list[Path]:
    with as_store_errors(directory / "journal"):
        return [directory / name for name in sorted(os.listdir(directory)) if _NAME.fullmatch(name)]


def _take(path: Path) -> int | None:
    """Return the locked descriptor of a dead session's journal, or None when its session lives or it is gone."""
    try:
        fd = os.open(path, _FLAGS)
    except OSError:
        return None  # gone, a link, or not ours to write: no journal that we could replay
    try:
        if not locks_hold(path) and _lives(path):
            raise BlockingIOError
        take_lock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, path)
        if os.fstat(fd).st_nlink:  # somebody else may have replayed and deleted it in between
            return fd
    except OSError:
        pass
    os.close(fd)
    return None


def _held(path: Path) -> bool:
    """Return whether a living session holds the journal."""
    if not locks_hold(path):
        return _lives(path)
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False


def _lives(path: Path) -> bool:
    """Return whether the program of a journal runs, where no lock says so: one of another machine may. Raises OSError.

    A number that another program has by now keeps a dead session's journal until that one has ended.
    """
    about, _records, _torn = _parse(read_file(path).partition(b"\n")[0] + b"\n")
    number = about.get("pid")
    if about.get("host") != socket.gethostname() or not isinstance(number, int) or number <= 0:
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # another account's
    return True


def _parse(raw: bytes) -> tuple[Record, tuple[Record, ...], bool]:
    """(header, records not yet saved, whether a line could not be read). A record is a list of one object.

    A line that does not parse is left out, wherever it stands: the ones after it are whole all the same.
    """
    about: Record = {}
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
                about = value
            case _:
                torn = True
    return about, tuple(records[saved:]), torn


RECOVERED = "recovered"  # the reason that a change from a dead session's journal carries


class Session:
    """Open while somebody edits; others see it by `others`. Also a context manager."""

    def __init__(self, folder: Path, author: str, modes: Modes) -> None:
        self._folder = folder
        self._journal = Journal.open(folder, author, modes)

    @property
    def position(self) -> int:
        """How many changes were noted: take it before a save, and give it to `saved` after."""
        return self._journal.position

    @property
    def problem(self) -> StoreError | None:
        """Why the last change could not be noted, or None."""
        return self._journal.problem

    def note(self, change: Change) -> StoreError | None:
        """Keep a change that is not saved yet, without waiting for the disk; a failure is returned, not raised."""
        return self._journal.append(document_of(replace(change, value=cleaned(change.value))))

    def saved(self, upto: int | None = None) -> None:
        """Forget what a save has covered: what was noted before `position` was `upto`, or all. Raises `StoreError`."""
        self._journal.clear(upto)

    def others(self) -> list[Presence]:
        """Return who else has this partnership open now, longest first. Raises `StoreError`."""
        own = self._journal.path.stem
        return [presence for presence in present(self._folder) if presence.session != own]

    def close(self) -> None:
        """End the session; what was noted and never saved stays for the next one to find."""
        self._journal.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def has_journals(folder: Path) -> bool:
    """Return whether any session, living or dead, has a journal here; a folder that is not there has none."""
    if not folder.is_dir():
        return False
    with as_store_errors(folder):
        return any(path.name.startswith("journal-") for path in folder.iterdir())


def left_behind(folder: Path) -> list[Orphan]:
    """Return the journals of sessions that died, oldest first, each locked until it is discarded or released."""
    return orphans(folder)


def unsaved(orphan: Orphan, partnership: Partnership, types: ValueTypes) -> list[Change]:
    """Return what a dead session typed last in each cell and never saved, as changes on the revision it had seen.

    Where the cell holds something the session itself had typed, its save was the last one: then nothing conflicts.
    Records of no change, and values that their cell cannot hold, are left out.
    """
    last: dict[tuple[str, str], Change] = {}
    typed: dict[tuple[str, str], list[object]] = {}
    for record in orphan.records:
        change = record_of(Change, cleaned(record))
        if change is not None and _fits(types, partnership.entry(change.entry), change):
            slot = (change.entry, change.cell)
            base = last[slot].base if slot in last else change.base
            last[slot] = replace(change, base=base, reason=RECOVERED)
            typed.setdefault(slot, []).append(change.value)
    return [_rebased(change, typed[slot], partnership) for slot, change in last.items()]


def _fits(types: ValueTypes, entry: Entry | None, change: Change) -> bool:
    question, part = (change.question, change.part) if entry is None else (entry.question, entry.part)
    return types.fits(question, part, change.cell, change.value)


def _rebased(change: Change, typed: Iterable[object], partnership: Partnership) -> Change:
    entry = partnership.entry(change.entry)
    cell = entry.cells.get(change.cell) if entry is not None else None
    if cell is not None and change.base is not None and cell.value in typed:
        return replace(change, base=cell.rev)
    return change


def keep_torn(orphan: Orphan, modes: Modes) -> Path | None:
    """Set the bytes of a journal with unreadable lines aside, before it is discarded; None when all was read."""
    from tui.store.sealed_storage import look, set_aside

    if not orphan.torn:
        return None
    with as_store_errors(orphan.path):
        return set_aside(look(orphan.path), orphan.path, modes)
