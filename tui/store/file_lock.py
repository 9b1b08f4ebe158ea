"""A lock that lets one program and thread write at a time: an flock(2) on a file that is never deleted."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import random
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from tui.atomic_files import PRIVATE, Modes, keep_owner
from tui.store.disk_locks import require_locks, take_lock
from tui.store.store_errors import Full, Locked, ReadOnly, Unlocked, as_store_errors
from tui.store.successor import refuse_moved

_NOTE_LIMIT = 512  # bytes of the note that says who holds the lock
_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 0.001, 0.02  # between two tries; each wait is twice the one before


class Lock:
    """A lock that its thread may take again while it holds it. `path` is the lock file, created when missing.

    `modes` are the permissions of a new file, `timeout` the seconds that `acquire` waits by default, and `holder` the
    name that others read while they wait for this lock. The file is never deleted: else two programs could each hold a
    lock on a file of this name, but not on the same file.
    """

    def __init__(self, path: Path, *, modes: Modes = PRIVATE, timeout: float = 10.0, holder: str = "") -> None:
        self.path = path
        self.timeout = timeout
        self.holder = holder
        self._modes = modes
        self._thread_lock = threading.RLock()  # keeps the other threads of this program out
        self._owner: int | None = None  # the identifier of the thread that holds the lock
        self._depth = 0  # how many times that thread has taken it
        self._fd = -1  # the descriptor of the locked file; -1 while it is not held

    @property
    def owned(self) -> bool:
        """Whether the calling thread holds the lock now."""
        return self._owner == threading.get_ident()

    def acquire(self, timeout: float | None = None) -> None:
        """Take the lock, waiting up to `timeout` seconds (None: `self.timeout`).

        Raises `Locked` if somebody else held it all that time, `Unlocked` if the disk's locks keep nobody out and the
        user has not allowed that, `Moved` if the store was copied elsewhere, or the `StoreError` of a failing disk.
        """
        seconds = self.timeout if timeout is None else timeout
        deadline = time.monotonic() + seconds
        if not self._thread_lock.acquire(timeout=seconds):
            raise Locked(self.path, self.holder)  # another thread of this program holds it, under the same name
        with contextlib.ExitStack() as undo:  # releases after an error; `pop_all` cancels that
            undo.callback(self._thread_lock.release)
            if self._depth == 0:
                with as_store_errors(self.path):
                    require_locks(self.path)
                    self._fd = self._open_locked(deadline)
                self._owner = threading.get_ident()
            self._depth += 1
            undo.pop_all()

    def release(self) -> None:
        """Give back one `acquire` of the calling thread; the last one frees the lock."""
        self._depth -= 1
        if self._depth == 0:
            self._owner = None
            os.close(self._fd)  # closing is what unlocks
            self._fd = -1
        self._thread_lock.release()

    def __enter__(self) -> Lock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Hold the lock within a block that only reads, or run the block without it if it cannot be taken.

        It cannot if this account may not write, the store was copied elsewhere, the disk is full, or its locks keep
        nobody out. Other errors are raised as by `acquire`, also `Locked`.
        """
        with contextlib.ExitStack() as held:
            with contextlib.suppress(ReadOnly, Full, Unlocked):  # `Moved` is a kind of ReadOnly
                held.enter_context(self)
            yield

    def _open_locked(self, deadline: float) -> int:
        """Return a descriptor of the lock file that holds its lock. `deadline` is a time of `time.monotonic`.

        Raises `Locked` after the deadline, `Moved` if the store was copied elsewhere, OSError of a failing disk.
        """
        fd = self._open()
        with contextlib.ExitStack() as undo:
            undo.callback(os.close, fd)
            wait = _FIRST_WAIT_SECONDS
            while not _try_lock(fd, self.path):
                if time.monotonic() >= deadline:
                    raise Locked(self.path, self._read_note(fd))
                time.sleep(wait * random.uniform(0.5, 1.0))  # uneven, so that two programs do not always try at once
                wait = min(wait * 2, _LONGEST_WAIT_SECONDS)
            # Checked only now, since the store may have been copied elsewhere while this program waited.
            refuse_moved(self.path)
            self._write_note(fd)
            undo.pop_all()
        return fd

    def _open(self) -> int:
        """Return a descriptor of the lock file, made when missing. Raises OSError."""
        flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
        with contextlib.suppress(FileNotFoundError):
            return os.open(self.path, flags)
        try:
            fd = os.open(self.path, flags | os.O_CREAT | os.O_EXCL, self._modes.file)
        except FileExistsError:
            return os.open(self.path, flags)
        with contextlib.suppress(OSError):
            keep_owner(fd, self.path.parent)
            os.fchmod(fd, self._modes.file)  # whatever the umask is, so that a group can lock too
        return fd

    def _write_note(self, fd: int) -> None:
        """Write who holds the lock into its file, for those who wait; an error in that does not matter.

        The note always has the same length, so that it covers the whole of the one before.
        """
        note = {"pid": os.getpid(), "host": socket.gethostname(), "who": self.holder}
        with contextlib.suppress(OSError):
            os.pwrite(fd, json.dumps(note).encode("ascii").ljust(_NOTE_LIMIT)[:_NOTE_LIMIT], 0)

    def _read_note(self, fd: int) -> str:
        """Return who holds the lock: a name, or « process 12 on host »; "" if the file does not say."""
        with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
            note = json.loads(os.pread(fd, _NOTE_LIMIT, 0))
            return str(note.get("who") or f"process {int(note['pid'])} on {note['host']}")
        return ""


def _try_lock(fd: int, path: Path) -> bool:
    """Take the lock on `fd`, a descriptor of `path`, without waiting. Return False if somebody else holds it.

    Raises OSError of a failing disk.
    """
    try:
        take_lock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, path)
    except BlockingIOError:
        return False
    return True
