"""Unfinished texts: what is still being typed in a dialog, kept in one file each, so that a crash loses nothing.

Only this account can read these files. A file is locked while somebody types in it.
"""

from __future__ import annotations

import fcntl
import json
import os
import stat
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from tui.atomic_files import SIZE_LIMIT, forget, make_private_dir, write_locked
from tui.fast_dataclass import dataclass
from tui.partnership.ids import new_id
from tui.store.store_errors import StoreError, as_store_errors
from tui.store.successor import require_writable
from tui.text import moments

FORMAT: Final = 1  # of the file
PREFIX: Final = "unfinished-"  # by it these files are found too when private notes are destroyed
_SUFFIX: Final = ".json"


@dataclass(frozen=True, slots=True)
class UnfinishedText:
    """A text that somebody was typing."""

    window: str  # name of the dialog
    row: str  # what the dialog is about, the id of a row for instance; "" if it is about one thing only
    partnership: str  # id; "" before there is one
    store: str  # path of the store's folder
    title: str  # what the dialog asks
    base: str  # what stood in the field when it was opened
    text: str
    at: str  # ISO date and time when it was last typed in


class UnfinishedFile:
    """The file of one unfinished text, in the first of `folders` that can be written to; locked while one types."""

    def __init__(self, folders: tuple[Path, ...], path: Path | None = None, handle: int = -1) -> None:
        """`path` is the file if it exists already, else None; `handle` its locked descriptor, else -1."""
        self._folders = folders
        self._name = f"{PREFIX}{new_id()}{_SUFFIX}"
        self._path = path
        self._handle = handle

    def write(self, text: UnfinishedText) -> None:
        """Write the text in place of the one before. Raises `StoreError` if none of the folders can be written to."""
        data = json.dumps({"unfinished": FORMAT, **asdict(text)}, ensure_ascii=False).encode()
        paths = [self._path] if self._path else [folder / self._name for folder in self._folders]
        *first_choices, last = paths
        for path in first_choices:
            with suppress(StoreError):
                require_writable(path)
                self._put(path, data)
                return
        if last.parent == self._folders[-1]:  # only the account's own folder may have to be made
            with as_store_errors(last):
                make_private_dir(last.parent)
        self._put(last, data)

    def _put(self, path: Path, data: bytes) -> None:
        with as_store_errors(path):
            handle = write_locked(path, data)
        before, self._path, self._handle = self._handle, path, handle
        _close(before)

    def remove(self) -> None:
        """Delete the file, because the text was saved elsewhere, or emptied."""
        if self._path is not None:
            forget(self._path)
        self.release()
        self._path = None

    @property
    def was_removed(self) -> bool:
        """Whether somebody deleted the file meanwhile, as the destruction of private notes does."""
        handle = self._handle
        try:
            return handle >= 0 and not os.fstat(handle).st_nlink
        except OSError:  # It is being written again at this moment.
            return False

    def release(self) -> None:
        """Unlock the file, since nobody types in it any more; from now on its text is offered to be resumed."""
        handle, self._handle = self._handle, -1
        _close(handle)


def _close(handle: int) -> None:
    if handle >= 0:
        os.close(handle)


def unfinished_in(folder: Path) -> list[tuple[UnfinishedText, Path]]:
    """Return (text, path) of the unfinished texts in `folder` that nobody is typing now, the newest first.

    Only files of this account count, since in a shared folder others have theirs. [] for an unreadable folder.
    """
    texts: list[tuple[UnfinishedText, Path]] = []
    for path in _paths_in(folder):
        text_and_handle = _read_and_lock(path)
        if text_and_handle is not None:
            os.close(text_and_handle[1])
            texts.append((text_and_handle[0], path))
    return sorted(texts, key=lambda text_and_path: moments.moment_sort_key(text_and_path[0].at), reverse=True)


def resume_text(folders: tuple[Path, ...], path: Path) -> tuple[UnfinishedText, UnfinishedFile] | None:
    """Return an unfinished text and its file, locked, to go on with it; None if it is gone or somebody else has it."""
    text_and_handle = _read_and_lock(path)
    return None if text_and_handle is None else (text_and_handle[0], UnfinishedFile(folders, path, text_and_handle[1]))


def _paths_in(folder: Path) -> list[Path]:
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    for name in names:
        if name.startswith(f".{PREFIX}") and name.endswith(".tmp"):
            _remove_leftover(folder / name)
    return [folder / name for name in sorted(names) if name.startswith(PREFIX) and name.endswith(_SUFFIX)]


def _remove_leftover(path: Path) -> None:
    """Remove a temporary file that a killed program left; a program that still runs holds its lock."""
    handle = _open_file(path)
    if handle >= 0 and _try_lock(handle) and _is_own_file(handle):
        forget(path)
    _close(handle)


def _read_and_lock(path: Path) -> tuple[UnfinishedText, int] | None:
    """Return the text of a file and its locked descriptor.

    None if somebody types in it now, or if it is no such file of this account.
    """
    handle = _open_file(path)
    text = _read(handle) if handle >= 0 and _try_lock(handle) and _is_own_file(handle) else None
    if text is None:
        _close(handle)
        return None
    return text, handle


def _open_file(path: Path) -> int:
    """Return a descriptor of the file; -1 if it cannot be opened."""
    try:
        # With O_NONBLOCK a pipe that somebody put there does not block; it has no effect on a plain file.
        return os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return -1


def _try_lock(handle: int) -> bool:
    """Take the lock of a file; return False if somebody else has it. On a disk without locks, return True."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _is_own_file(handle: int) -> bool:
    """Return whether an open file is a plain one of this account, not too large, and still has a name.

    Without a name, it was deleted or written again after it was opened.
    """
    status = os.fstat(handle)
    plain = stat.S_ISREG(status.st_mode) and status.st_size <= SIZE_LIMIT
    return plain and status.st_uid == os.geteuid() and status.st_nlink > 0


def _read(handle: int) -> UnfinishedText | None:
    """Return the text of an open file; None if it is of another format."""
    try:
        data: Any = json.loads(os.pread(handle, os.fstat(handle).st_size, 0))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or data.get("unfinished") != FORMAT:
        return None
    names = [field.name for field in fields(UnfinishedText)]
    values = {name: data[name] for name in names if isinstance(data.get(name), str)}
    return UnfinishedText(**values) if len(values) == len(names) else None
