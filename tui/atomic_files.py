"""Bytes written whole or not at all, private, never through a link; and signatures that tell a change."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import secrets
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tui.fast_dataclass import dataclass

SIZE_LIMIT: Final = 64 * 1024 * 1024  # bytes; a partnership of fifty organisations takes under one million


@dataclass(frozen=True, slots=True)
class Modes:
    """Permission bits for the files and the folders of a store."""

    file: int = 0o600
    directory: int = 0o700

    @property
    def shared(self) -> bool:
        """Whether a group works in this store."""
        return bool(self.file & 0o070)

    @property
    def private(self) -> Modes:
        """The modes of what is private: a group that writes sees it too, one that reads does not."""
        return self if self.file & 0o020 else Modes(directory=self.directory)


PRIVATE: Final = Modes()
GROUP: Final = Modes(file=0o660, directory=0o2770)
READERS: Final = Modes(file=0o640, directory=0o2750)  # one account writes, its group reads what is public


def modes_of(directory: Path) -> Modes:
    """Return the modes a folder asks for: `GROUP` when it is setgid and its group may write, else `PRIVATE`.

    `READERS` when it is setgid, its group may look into it and not write, and nobody else may do either.
    """
    mode = os.stat(directory).st_mode
    if mode & stat.S_ISGID and mode & stat.S_IWGRP:
        return GROUP
    return READERS if stat.S_IMODE(mode) & 0o2077 == 0o2050 else PRIVATE


def only_reads(folder: Path) -> bool:
    """Return whether this account is to read what is public in `folder` and no more: another one writes there."""
    return modes_of(folder) == READERS and not os.access(folder, os.W_OK)


def modes_hold(folder: Path) -> bool | None:
    """Return whether files in `folder` keep the modes they are given: some disks give all the same ones.

    None where this account can make no file there.
    """
    path = folder / f".modes-{secrets.token_hex(6)}.tmp"
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        os.fchmod(fd, 0o600)
        return stat.S_IMODE(os.fstat(fd).st_mode) == 0o600
    except OSError:
        return False
    finally:
        os.close(fd)
        forget(path)


def owner_of(path: Path) -> str:
    """The login of the account that `path` belongs to, « uid 1234 » for one without a login, « ? » out of reach."""
    import pwd  # it is needed where something went wrong only

    try:
        number = os.lstat(path).st_uid
        return pwd.getpwuid(number).pw_name
    except OSError:
        return "?"
    except KeyError:
        return f"uid {number}"


def is_there(folder: Path) -> bool:
    """Whether a folder is there; False only where it may still be made. Raises OSError, ENOTDIR for a file there."""
    try:
        found = os.stat(folder)
    except FileNotFoundError:
        return False
    if not stat.S_ISDIR(found.st_mode):
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    return True


def make_private_dir(path: Path, modes: Modes = PRIVATE) -> None:
    """Make `path` and its missing parents with exactly `modes.directory`, whatever the umask; kept on disk.

    A folder that exists keeps its mode: it may be somebody's home, or a whole disk's. Raises OSError; ELOOP when `path`
    itself is a link.
    """
    missing: list[Path] = []
    step = path
    while not os.path.lexists(step):
        missing.append(step)
        step = step.parent
    for new in reversed(missing):
        with contextlib.suppress(FileExistsError):  # another program was faster: then it chose the mode
            os.mkdir(new, 0o700)
            keep_owner(new, new.parent)
            os.chmod(new, modes.directory)
            sync_directory(new.parent)
    found = os.lstat(path).st_mode
    if not stat.S_ISDIR(found):
        code = errno.ELOOP if stat.S_ISLNK(found) else errno.ENOTDIR
        raise OSError(code, os.strerror(code), str(path))


def read_file(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """Return all bytes of the plain file `path`.

    Raises OSError: ELOOP for a link or a special file, EOVERFLOW above `limit` bytes, and what the system says.
    """
    # O_NONBLOCK: opening a pipe that somebody put there must not hang; a plain file ignores it.
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        chunks: list[bytes] = []
        total = 0
        while chunk := os.read(fd, max(found.st_size - total + 1, 65536)):
            chunks.append(chunk)
            total += len(chunk)
            if total > limit:
                raise OSError(errno.EOVERFLOW, os.strerror(errno.EOVERFLOW), str(path))
        return b"".join(chunks)
    finally:
        os.close(fd)


def write_whole(fd: int, data: bytes) -> None:
    """Write all of `data`, however often the system takes only a part of it."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def sync_file(fd: int) -> None:
    """Wait until the disk itself has the file (macOS: past the drive's own cache too)."""
    if sys.platform == "darwin":
        fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
    else:
        os.fsync(fd)


def sync_directory(path: Path) -> None:
    """Wait until the disk has the names in the folder `path`: a rename counts only from then on."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def keep_owner(made: int | Path, folder: int | Path) -> None:
    """Give what root has made in somebody else's folder to the owner of that folder; nothing where others run us.

    One run with sudo, HOME kept, would leave files behind that the store's own account can neither read nor replace.
    A disk that lets nobody change owners keeps it as it is.
    """
    if os.geteuid() != 0:
        return
    found = os.stat(folder)
    if found.st_uid != 0:
        with contextlib.suppress(OSError):
            if isinstance(made, int):
                os.fchown(made, found.st_uid, found.st_gid)
            else:
                os.chown(made, found.st_uid, found.st_gid, follow_symlinks=False)


def _dress(fd: int, path: Path, modes: Modes) -> None:
    """Give a new file its mode, in a group store the group of the file it replaces, and where root writes its owner."""
    keep_owner(fd, path.parent)
    if modes.shared:
        with contextlib.suppress(FileNotFoundError):
            group = os.lstat(path).st_gid
            if group != os.fstat(fd).st_gid:
                with contextlib.suppress(PermissionError):  # not our group: the folder's setgid bit has to do
                    os.fchown(fd, -1, group)
    os.fchmod(fd, modes.file)  # after the change of group, and past any umask


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")


def write_atomic(path: Path, data: bytes, modes: Modes = PRIVATE) -> None:
    """Replace `path` by `data`: after a crash or an error at any moment it holds the old bytes or the new ones.

    Temporary file in the same folder, fsync, rename, fsync of the folder. Raises OSError and leaves no temporary file
    behind (only a kill can); ELOOP when `path` is a link, which is neither followed nor replaced.
    """
    os.close(_replaced(path, data, modes, lock=False))


def write_locked(path: Path, data: bytes) -> int:
    """Replace `path` by a private file, as `write_atomic` does, and return its descriptor, locked until it is closed.

    The file is locked before it gets its name: nobody who asks for the lock can take it for one left behind.
    """
    return _replaced(path, data, PRIVATE, lock=True)


def _replaced(path: Path, data: bytes, modes: Modes, *, lock: bool) -> int:
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    temporary = _temporary(path)
    fd = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with contextlib.ExitStack() as undo:
        undo.callback(os.close, fd)
        undo.callback(forget, temporary)  # whatever stops the save, Ctrl+C too, the half-written file goes
        if lock:
            with contextlib.suppress(OSError):  # a disk without locks keeps the file all the same
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _dress(fd, path, modes)
        write_whole(fd, data)
        sync_file(fd)
        os.replace(temporary, path)
        undo.pop_all()
    try:
        sync_directory(path.parent)
    except OSError:
        os.close(fd)
        raise
    return fd


def unnamed_file(folder: int, mode: int) -> int | None:
    """Return the descriptor of a new file in an open folder that has no name yet: a kill leaves nothing of it.

    None where the system or the disk has no such files; then it needs a name from the start. Raises OSError.
    """
    if not hasattr(os, "O_TMPFILE") or not os.path.isdir("/proc/self/fd"):
        return None
    try:
        return os.open(".", os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, mode, dir_fd=folder)
    except OSError as err:
        if err.errno in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT, errno.ENOSYS):
            return None
        raise


def name_unnamed(fd: int, name: str, folder: int) -> None:
    """Give an unnamed file its name in an open folder. Raises FileExistsError where something has it, and OSError."""
    os.link(f"/proc/self/fd/{fd}", name, dst_dir_fd=folder, follow_symlinks=True)


def forget(path: Path) -> None:
    """Remove a file that holds nothing of worth; that it cannot be removed stops nobody."""
    with contextlib.suppress(OSError):
        os.unlink(path)


def sweep_temporaries(path: Path) -> None:
    """Remove what killed saves of `path`, or of a file whose name begins with its name and a dot, left half-written.

    Only for the holder of its lock.
    """
    folder, begin = path.parent, f".{path.name}."
    for entry in os.listdir(folder):
        if entry.startswith(begin) and entry.endswith(".tmp"):
            forget(folder / entry)


Mark = tuple[str, int, int, int]
Signature = tuple[Mark, ...]


def signature(paths: Iterable[Path]) -> Signature:
    """(path, time of change in ns, size, inode) of each of `paths` that can be seen; equal means unchanged.

    A save always makes a new inode, so it shows even where the clock of the file system ticks slowly.
    """
    marks: list[Mark] = []
    for path in paths:
        try:
            found = os.stat(path, follow_symlinks=False)
        except OSError:
            continue  # gone or out of reach: that it no longer shows is the change
        marks.append((os.fspath(path), found.st_mtime_ns, found.st_size, found.st_ino))
    return tuple(marks)
