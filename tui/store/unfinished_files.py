"""Texts that are still being typed in a window, one file each: whole after any crash, for this account's eyes alone."""

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

FORMAT: Final = 1
PREFIX: Final = "unfinished-"  # a partnership's private notes are destroyed by this beginning of the name too
_SUFFIX: Final = ".json"


@dataclass(frozen=True, slots=True)
class UnfinishedText:
    """What somebody was typing: in which `window`, about which `row` of it ("" where there is one only).

    `partnership` is its id, "" before there is one; `store` the store's folder; `title` what the window asks; `base`
    what stood in the field when it was opened; `at` when it was last typed in, ISO date and time.
    """

    window: str
    row: str
    partnership: str
    store: str
    title: str
    base: str
    text: str
    at: str


class UnfinishedFile:
    """The file of one unfinished text, in the first of `folders` that can be written; locked while somebody types."""

    def __init__(self, folders: tuple[Path, ...], path: Path | None = None, handle: int = -1) -> None:
        """`path` is the file that exists already, None for none, `handle` its locked descriptor, -1 for none."""
        self._folders = folders
        self._name = f"{PREFIX}{new_id()}{_SUFFIX}"
        self._path = path
        self._handle = handle

    def write(self, text: UnfinishedText) -> None:
        """Keep the text in place of what was kept before. Raises `StoreError` where no folder takes it."""
        data = json.dumps({"unfinished": FORMAT, **asdict(text)}, ensure_ascii=False).encode()
        *others, last = [self._path] if self._path else [folder / self._name for folder in self._folders]
        for path in others:
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
        """Forget the text: it has found its place, or its letters were deleted."""
        if self._path is not None:
            forget(self._path)
        self.release()
        self._path = None

    @property
    def gone(self) -> bool:
        """Whether somebody removed what was written: the private notes were destroyed."""
        handle = self._handle
        try:
            return handle >= 0 and not os.fstat(handle).st_nlink
        except OSError:  # it is being written anew this very moment
            return False

    def release(self) -> None:
        """Unlock the file, since nobody types in it any more: from now on it is offered where it was typed."""
        handle, self._handle = self._handle, -1
        _close(handle)


def _close(handle: int) -> None:
    if handle >= 0:
        os.close(handle)


def unfinished_in(folder: Path) -> list[tuple[UnfinishedText, Path]]:
    """Return (text, file) of what lies in `folder` and nobody is typing now, the newest first.

    Only what this account itself wrote counts: in a shared folder others may lay files too. A folder that cannot be
    read holds none.
    """
    found: list[tuple[UnfinishedText, Path]] = []
    for path in _files(folder):
        taken = _taken(path)
        if taken is not None:
            os.close(taken[1])
            found.append((taken[0], path))
    return sorted(found, key=lambda item: moments.order_key(item[0].at), reverse=True)


def resume_text(folders: tuple[Path, ...], path: Path) -> tuple[UnfinishedText, UnfinishedFile] | None:
    """Take a text up again, so that nobody else is offered it, and return it with the file that goes on with it.

    None if it is gone or somebody else has it.
    """
    taken = _taken(path)
    return None if taken is None else (taken[0], UnfinishedFile(folders, path, taken[1]))


def _files(folder: Path) -> list[Path]:
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    for name in names:
        if name.startswith(f".{PREFIX}") and name.endswith(".tmp"):
            _sweep(folder / name)
    return [folder / name for name in sorted(names) if name.startswith(PREFIX) and name.endswith(_SUFFIX)]


def _sweep(path: Path) -> None:
    """Remove what a program left that was killed in the middle of a write; a living one holds its lock."""
    handle = _opened(path)
    if handle >= 0 and _locked(handle) and _ours(handle):
        forget(path)
    _close(handle)


def _taken(path: Path) -> tuple[UnfinishedText, int] | None:
    """Return the text of a file and the locked descriptor.

    None when it is somebody's now, or no such file of this account.
    """
    handle = _opened(path)
    text = _read(handle) if handle >= 0 and _locked(handle) and _ours(handle) else None
    if text is None:
        _close(handle)
        return None
    return text, handle


def _opened(path: Path) -> int:
    """Return a descriptor of the file, -1 where it cannot be opened."""
    try:
        # O_NONBLOCK: a pipe that somebody put there must not hang; a plain file ignores it.
        return os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return -1


def _locked(handle: int) -> bool:
    """Take the lock of a file; False when somebody else has it. A disk without locks keeps nobody's text back."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _ours(handle: int) -> bool:
    """Return whether it is a plain file of this account, and no larger than a text may be.

    Without a name it was deleted, or written anew, between its opening and its lock.
    """
    found = os.fstat(handle)
    plain = stat.S_ISREG(found.st_mode) and found.st_size <= SIZE_LIMIT
    return plain and found.st_uid == os.geteuid() and found.st_nlink > 0


def _read(handle: int) -> UnfinishedText | None:
    """Return the text of an open file; None for what a newer program wrote, or what is no such text."""
    try:
        held: Any = json.loads(os.pread(handle, os.fstat(handle).st_size, 0))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(held, dict) or held.get("unfinished") != FORMAT:
        return None
    values = {field.name: value for field in fields(UnfinishedText) if isinstance(value := held.get(field.name), str)}
    return UnfinishedText(**values) if len(values) == len(fields(UnfinishedText)) else None
