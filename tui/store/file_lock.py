"""One writer at a time: an flock on a file of its own that is never deleted, for processes and threads alike."""

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

    `modes` are the permissions of a new file, `timeout` the seconds that `acquire` waits at most unless it is told
    otherwise, and `holder` the name that others read while they wait for this lock. The file is never deleted: two
    programs could otherwise each hold the lock of a file of this name, but of two different files.
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
        """Take the lock, waiting up to `timeout` seconds (None: as many as `self.timeout`).

        Raises `Locked` where somebody else held it all that time, `Unlocked` where the disk's locks keep nobody out and
        nobody said yes to that, `Moved` where the store went elsewhere, or the `StoreError` of a failing disk.
        """
        longest_wait = self.timeout if timeout is None else timeout
        deadline = time.monotonic() + longest_wait
        if not self._thread_lock.acquire(timeout=longest_wait):
            raise Locked(self.path, self.holder)  # another thread of this program holds it, under the same name
        with contextlib.ExitStack() as undo:
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
        """Hold the lock within the block, which only reads; where it cannot be had, read without it.

        That is where this account may not write, the store went elsewhere, no room is left or locks keep nobody out.
        Raises as `acquire` otherwise, also `Locked`.
        """
        with contextlib.ExitStack() as held:
            with contextlib.suppress(ReadOnly, Full, Unlocked):
                held.enter_context(self)
            yield

    def _open_locked(self, deadline: float) -> int:
        """Return a descriptor of the lock file that holds its lock. `deadline` is as `time.monotonic` counts.

        Raises `Locked` past the deadline, `Moved` where the store went elsewhere, OSError of a failing disk.
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
            # Only now: whoever moves the store lets the saves that were under way end first.
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
        """Write into the file who holds the lock; it only helps those who wait, so a failing disk does not matter."""
        note = {"pid": os.getpid(), "host": socket.gethostname(), "who": self.holder}
        with contextlib.suppress(OSError):
            os.pwrite(fd, json.dumps(note).encode("ascii").ljust(_NOTE_LIMIT)[:_NOTE_LIMIT], 0)

    def _read_note(self, fd: int) -> str:
        """Return who holds the lock, by name, else as « process 12 on host »; "" where the file does not say."""
        with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
            note = json.loads(os.pread(fd, _NOTE_LIMIT, 0))
            return str(note.get("who") or f"process {int(note['pid'])} on {note['host']}")
        return ""


def _try_lock(fd: int, path: Path) -> bool:
    """Take the lock on `fd`, a descriptor of `path`, without waiting. Return False where somebody else holds it.

    Raises OSError of a failing disk.
    """
    try:
        take_lock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, path)
    except BlockingIOError:
        return False
    return True
