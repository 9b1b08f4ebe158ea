"""Write files of the store whole or not at all, with private modes and never through a link; notice changed files.

`named_files` does the same for files that a person names.
"""

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
_LEAST_READ = 65536  # bytes asked for at once


@dataclass(frozen=True, slots=True)
class Modes:
    """Permission bits for the files and the folders of a store."""

    file: int = 0o600
    directory: int = 0o700

    @property
    def shared(self) -> bool:
        """Whether a group may at least read the files."""
        return bool(self.file & 0o070)

    @property
    def private(self) -> Modes:
        """The modes of private files: a group that may write sees them too, a group that only reads does not."""
        return self if self.file & 0o020 else Modes(directory=self.directory)


PRIVATE: Final = Modes()
GROUP: Final = Modes(file=0o660, directory=0o2770)
READERS: Final = Modes(file=0o640, directory=0o2750)  # one account writes, its group reads what is public


def modes_of(directory: Path) -> Modes:
    """Return the modes for files in a folder, by the mode of the folder itself.

    `GROUP` when it is setgid and its group may write; `READERS` when it is setgid, its group may read it but not write,
    and others may do neither; else `PRIVATE`.
    """
    mode = os.stat(directory).st_mode
    if mode & stat.S_ISGID and mode & stat.S_IWGRP:
        return GROUP
    bits_of_group_and_others = stat.S_ISGID | stat.S_IRWXG | stat.S_IRWXO
    is_read_by_group = mode & bits_of_group_and_others == stat.S_ISGID | stat.S_IRGRP | stat.S_IXGRP
    return READERS if is_read_by_group else PRIVATE


def only_reads(folder: Path) -> bool:
    """Return whether this account may only read the public files in a `READERS` folder, where another one writes."""
    return modes_of(folder) == READERS and not os.access(folder, os.W_OK)


def modes_hold(folder: Path) -> bool | None:
    """Return whether the disk of `folder` keeps the modes of files; None if this account may not make a file there."""
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
    """Return the login of the account that owns `path`; « uid 1234 » without a login, « ? » if it is not known."""
    import pwd  # imported late: it is needed only for messages

    try:
        number = os.lstat(path).st_uid
        return pwd.getpwuid(number).pw_name
    except OSError:
        return "?"
    except KeyError:
        return f"uid {number}"


def is_there(folder: Path) -> bool:
    """Return whether a folder exists. Raises OSError if that cannot be known, and for a file there (ENOTDIR)."""
    try:
        status = os.stat(folder)
    except FileNotFoundError:
        return False
    if not stat.S_ISDIR(status.st_mode):
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    return True


def make_private_dir(path: Path, modes: Modes = PRIVATE) -> None:
    """Make `path` and its missing parents with exactly `modes.directory`, whatever the umask, and sync them to disk.

    A folder that exists keeps its mode: it may be somebody's home, or a whole disk's. Raises OSError; ELOOP when `path`
    itself is a link.
    """
    missing_folders: list[Path] = []
    ancestor = path
    while not os.path.lexists(ancestor):
        missing_folders.append(ancestor)
        ancestor = ancestor.parent
    for folder in reversed(missing_folders):
        with contextlib.suppress(FileExistsError):  # another program made it first, and set its mode
            os.mkdir(folder, 0o700)
            keep_owner(folder, folder.parent)
            os.chmod(folder, modes.directory)
            sync_directory(folder.parent)
    mode = os.lstat(path).st_mode
    if not stat.S_ISDIR(mode):
        code = errno.ELOOP if stat.S_ISLNK(mode) else errno.ENOTDIR
        raise OSError(code, os.strerror(code), str(path))


def read_file(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """Return all bytes of the plain file `path`.

    Raises OSError, with ELOOP for a link or a special file, and EOVERFLOW above `limit` bytes.
    """
    # O_NONBLOCK: opening a pipe that somebody put there must not hang; a plain file ignores it.
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        chunks: list[bytes] = []
        total = 0
        while chunk := os.read(fd, max(status.st_size - total + 1, _LEAST_READ)):
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
    """Wait until the file is on the disk (on macOS, not only in the drive's own cache)."""
    if sys.platform == "darwin":
        fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
    else:
        os.fsync(fd)


def sync_directory(path: Path) -> None:
    """Wait until the names in the folder `path` are on the disk; before that, a rename may be lost."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def keep_owner(new: int | Path, folder: int | Path) -> None:
    """As root, give a new file or folder (path or descriptor) to the owner of its `folder`; else do nothing.

    Otherwise a single run with sudo would leave files that the store's own account can neither read nor replace. The
    error of a disk that does not allow this is ignored.
    """
    if os.geteuid() != 0:
        return
    status = os.stat(folder)
    if status.st_uid != 0:
        with contextlib.suppress(OSError):
            if isinstance(new, int):
                os.fchown(new, status.st_uid, status.st_gid)
            else:
                os.chown(new, status.st_uid, status.st_gid, follow_symlinks=False)


def _set_mode_and_owners(fd: int, path: Path, modes: Modes) -> None:
    """Set the mode of a new file that will replace `path`; in a shared store also its group, as root also its owner."""
    keep_owner(fd, path.parent)
    if modes.shared:
        with contextlib.suppress(FileNotFoundError):
            group = os.lstat(path).st_gid
            if group != os.fstat(fd).st_gid:
                with contextlib.suppress(PermissionError):  # not a group of ours: it keeps the folder's group
                    os.fchown(fd, -1, group)
    os.fchmod(fd, modes.file)  # after the change of group, and past any umask


def _temporary(path: Path) -> Path:
    """Return a new hidden name next to `path`: « .name.8f2a….tmp »."""
    return path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")


def write_atomic(path: Path, data: bytes, modes: Modes = PRIVATE) -> None:
    """Replace the file `path` by `data`; after a crash or an error it holds either the old bytes or the new ones.

    A temporary file in the same folder is written, synced and renamed, then the folder is synced. Raises OSError, and
    ELOOP if `path` is a link, which is neither followed nor replaced. Only a kill leaves the temporary file.
    """
    os.close(_replace(path, data, modes, lock=False))


def write_locked(path: Path, data: bytes) -> int:
    """Replace `path` by a private file as `write_atomic` does, and return its descriptor, locked until it is closed.

    The file is locked before it gets its name, so that no other program can take it for the file of a dead one.
    """
    return _replace(path, data, PRIVATE, lock=True)


def _replace(path: Path, data: bytes, modes: Modes, *, lock: bool) -> int:
    """Replace `path` by `data` and return the descriptor of the new file, which the caller closes."""
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    temporary = _temporary(path)
    fd = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with contextlib.ExitStack() as undo:
        undo.callback(os.close, fd)
        undo.callback(forget, temporary)  # also after Ctrl+C, the half-written file is removed
        if lock:
            with contextlib.suppress(OSError):  # the file is written also on a disk without locks
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _set_mode_and_owners(fd, path, modes)
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
    """Return the descriptor of a new file without a name in an open folder; if we are killed, nothing is left of it.

    Returns None if the system or the disk has no such files. Raises OSError.
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
    """Give an unnamed file its name in an open folder. Raises FileExistsError if the name is taken, and OSError."""
    os.link(f"/proc/self/fd/{fd}", name, dst_dir_fd=folder, follow_symlinks=True)


def forget(path: Path) -> None:
    """Remove a file that is not needed; an error is ignored."""
    with contextlib.suppress(OSError):
        os.unlink(path)


def sweep_temporaries(path: Path) -> None:
    """Remove the temporary files that killed saves of `path` left, and of files named after it (« path.bak »).

    Only the holder of the file's lock may call it.
    """
    folder, beginning = path.parent, f".{path.name}."
    for name in os.listdir(folder):
        if name.startswith(beginning) and name.endswith(".tmp"):
            forget(folder / name)


FileMark = tuple[str, int, int, int]  # (path, time of change in ns, size, inode)
Signature = tuple[FileMark, ...]


def signature(paths: Iterable[Path]) -> Signature:
    """Return the mark of each of `paths` that exists and can be seen; equal signatures mean unchanged files.

    Each save makes a new inode, so it is noticed even where the clock of the file system is coarse.
    """
    marks: list[FileMark] = []
    for path in paths:
        try:
            status = os.stat(path, follow_symlinks=False)
        except OSError:
            continue  # a missing file changes the signature, too
        marks.append((os.fspath(path), status.st_mtime_ns, status.st_size, status.st_ino))
    return tuple(marks)
