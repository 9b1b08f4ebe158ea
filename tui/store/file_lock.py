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


class Lock:
    """A lock that its thread may take again while it holds it. `path` is the lock file, created when missing.

    The file is never deleted: two programs that each locked "the" file could otherwise hold two different ones.
    """

    def __init__(self, path: Path, *, modes: Modes = PRIVATE, timeout: float = 10.0, holder: str = "") -> None:
        self.path = path
        self.timeout = timeout  # seconds
        self.holder = holder  # the name others read while they wait for us
        self._modes = modes
        self._threads = threading.RLock()
        self._owner: int | None = None
        self._depth = 0
        self._fd = -1

    @property
    def owned(self) -> bool:
        """Whether the calling thread holds the lock now."""
        return self._owner == threading.get_ident()

    def acquire(self, timeout: float | None = None) -> None:
        """Take the lock, waiting up to `timeout` seconds (None: the lock's own patience).

        Raises `Locked`, `Unlocked` where the disk's locks keep nobody out, or the `StoreError` of a failing disk.
        """
        patience = self.timeout if timeout is None else timeout
        deadline = time.monotonic() + patience
        if not self._threads.acquire(timeout=patience):
            raise Locked(self.path, self.holder)
        with contextlib.ExitStack() as undo:
            undo.callback(self._threads.release)
            if self._depth == 0:
                with as_store_errors(self.path):
                    require_locks(self.path)
                    self._fd = self._open_locked(deadline)
                self._owner = threading.get_ident()
            self._depth += 1
            undo.pop_all()

    def release(self) -> None:
        """Give back one `acquire`."""
        self._depth -= 1
        if self._depth == 0:
            self._owner = None
            os.close(self._fd)  # closing is what unlocks
            self._fd = -1
        self._threads.release()

    def __enter__(self) -> Lock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Held while one only reads; where one may not write, or locks keep nobody out, it is read without."""
        with contextlib.ExitStack() as held:
            with contextlib.suppress(ReadOnly, Full, Unlocked):
                held.enter_context(self)
            yield

    def _open_locked(self, deadline: float) -> int:
        fd = self._open()
        with contextlib.ExitStack() as undo:
            undo.callback(os.close, fd)
            wait = 0.001
            while not _flocked(fd, self.path):
                if time.monotonic() >= deadline:
                    raise Locked(self.path, self._read_note(fd))
                time.sleep(wait * random.uniform(0.5, 1.0))  # uneven steps: two waiters do not march together
                wait = min(wait * 2, 0.02)
            refuse_moved(self.path)  # not before: who copies the store waits for the saves that were under way
            self._write_note(fd)
            undo.pop_all()
        return fd

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
        with contextlib.suppress(FileNotFoundError):
            return os.open(self.path, flags)
        try:
            fd = os.open(self.path, flags | os.O_CREAT | os.O_EXCL, self._modes.file)
        except FileExistsError:
            return os.open(self.path, flags)
        with contextlib.suppress(OSError):
            keep_owner(fd, self.path.parent)
            os.fchmod(fd, self._modes.file)  # past the umask, so that a group can lock too
        return fd

    def _write_note(self, fd: int) -> None:
        """Say who holds the lock; a courtesy, so a full disk or a quota does not matter."""
        note = {"pid": os.getpid(), "host": socket.gethostname(), "who": self.holder}
        with contextlib.suppress(OSError):
            os.pwrite(fd, json.dumps(note).encode("ascii").ljust(_NOTE_LIMIT)[:_NOTE_LIMIT], 0)

    def _read_note(self, fd: int) -> str:
        with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
            note = json.loads(os.pread(fd, _NOTE_LIMIT, 0))
            return str(note.get("who") or f"process {int(note['pid'])} on {note['host']}")
        return ""


def _flocked(fd: int, path: Path) -> bool:
    """Try to take the lock on `fd`, which is `path`, at once."""
    try:
        take_lock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, path)
    except BlockingIOError:
        return False
    return True
