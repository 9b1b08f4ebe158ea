"""Read and write files that a person names (exports, imports), safely also in folders shared with others.

Somebody who shares a folder can put a link, a pipe or a huge file there under a name that another person is about to
use. So only plain files are read, up to a limit, by any link. A file is written through a link only where the link and
its folder belong to the account that runs the program, or to root, and into a pipe or a device only where that belongs
to one of the two. A file that was handed over already open (`/dev/stdout`, `>(…)`) is used as it is.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from tui.atomic_files import keep_owner, name_unnamed, owner_of, sync_file, unnamed_file, write_whole
from tui.i18n import _

# « /dev/fd/3 », « /proc/self/fd/3 », « /dev/stdout »
_HANDED_OVER: Final = re.compile(r"/(?:dev|proc/self)/fd/([0-9]{1,6})|/dev/std(in|out|err)", re.ASCII)
_STANDARD: Final = {"in": 0, "out": 1, "err": 2}
_LEFTOVER_NAME: Final = re.compile(r"\..{1,200}\.[0-9a-f]{12}\.entente-part", re.DOTALL)
_REPEATED_CHARACTERS: Final = 48  # of a file's name in its temporary name, which may have 255 bytes
_NO_LINKS: Final = (
    errno.EPERM,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.ENOSYS,
    errno.EMLINK,
)  # a disk without hard links, such as FAT
_MOST_LINKS: Final = 40  # as many as Linux follows (path_resolution(7))
_READER_WAIT_SECONDS: Final = 5.0  # for the other end of a pipe
_RETRY_SECONDS: Final = 0.02  # between two tries meanwhile
_PRIVATE, _BY_UMASK = 0o600, 0o666  # permission bits of a new file: for its owner alone, or as the umask decides
_READ_FLAGS: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
_FOLDER_FLAGS: Final = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
MEGABYTE: Final = 1024 * 1024  # bytes


class RefusedFile(OSError):
    """A file that a person named cannot be read or written safely; `str()` is the sentence that says why."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(code, text)

    def __str__(self) -> str:
        """Return the sentence alone, without the error number; it names the file."""
        return str(self.strerror)


# -- reading -----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def opened_plain(path: Path, limit: int) -> Iterator[IO[bytes]]:
    """Yield the plain file `path`, open for reading; links are followed.

    Raises `RefusedFile` for a pipe, a device or a folder, and for more than `limit` bytes, and OSError. A file that was
    handed over open may be a pipe; then the caller must limit what it reads (`read_limited`).
    """
    number = _descriptor_named(path)
    with contextlib.closing(_Handle(os.open(path, _READ_FLAGS) if number is None else os.dup(number))) as handle:
        status = os.fstat(handle.fd)
        is_pipe_handed_over = number is not None and stat.S_ISFIFO(status.st_mode)
        if not stat.S_ISREG(status.st_mode) and not is_pipe_handed_over:
            raise RefusedFile(errno.EINVAL, _not_plain_words(path, status.st_mode, limit))
        if status.st_size > limit:
            raise RefusedFile(errno.EFBIG, _too_large_words(path, limit))
        with os.fdopen(handle.fd, "rb", closefd=False) as file:
            yield file


def read_named(path: Path, limit: int) -> bytes:
    """Return all bytes of the plain file `path`, as `opened_plain` opens it."""
    with opened_plain(path, limit) as file:
        return read_limited(file, limit, path)


def read_limited(file: IO[bytes], limit: int, path: Path) -> bytes:
    """Return all bytes of an open file, called `path` in messages. Raises `RefusedFile` above `limit`, and OSError."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise RefusedFile(errno.EFBIG, _too_large_words(path, limit))
    return data


def _not_plain_words(path: Path, mode: int, limit: int) -> str:
    """Return the sentence that a file of this mode (of `stat`) is not read."""
    if stat.S_ISDIR(mode):
        return _("“{name}” is a folder: name a file.").format(name=path.name or path)
    return _("“{name}” is a pipe or a device: only plain files of at most {limit} are read.").format(
        name=path.name, limit=size_words(limit)
    )


def _too_large_words(path: Path, limit: int) -> str:
    """Return the sentence that a file is too large."""
    return _("“{name}” is too large: at most {limit} are read.").format(name=path.name, limit=size_words(limit))


def size_words(size: int) -> str:
    """Return a limit in bytes in words, in whole units: « 64 Mo »."""
    if size >= 1024 * MEGABYTE:
        return _("{n} GB").format(n=size // (1024 * MEGABYTE))
    return _("{n} MB").format(n=size // MEGABYTE) if size >= MEGABYTE else _("{n} kB").format(n=size // 1024)


# -- writing -----------------------------------------------------------------------------------------------------------


def write_named(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file that a person named; after an error it holds what it held before.

    `mode` are its permission bits whatever the umask; None leaves them to the umask. A pipe or a device is written
    into. Raises `RefusedFile` for somebody else's link, pipe or device and for a pipe that nobody reads,
    IsADirectoryError for a folder, and OSError.
    """
    number = _descriptor_named(path)
    if number is not None:
        with contextlib.closing(_Handle(os.dup(number))) as handle:
            write_whole(handle.fd, data)
        return
    with _folder_of(path) as (folder, name):
        status = _status(name, folder)
        is_special = status is not None and not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode))
        if is_special:
            _write_into(path, name, folder, data)
        else:
            _replace(name, folder, data, mode)


def replace_file(path: Path, data: bytes, mode: int) -> None:
    """Write a file under a name that the program chose; a link or a pipe of that name is replaced.

    Raises `RefusedFile` for somebody else's link among its folders, and OSError.
    """
    with _folder_of(path, follow=False) as (folder, name):
        _replace(name, folder, data, mode)


class _Handle:
    """An open descriptor that `contextlib.closing` closes."""

    def __init__(self, fd: int) -> None:
        self.fd = fd

    def close(self) -> None:
        """Close the descriptor."""
        os.close(self.fd)


def _replace(name: str, folder: int, data: bytes, mode: int | None) -> None:
    """Replace the file `name` of an open folder; until all is on disk, the new file has no name or a temporary one."""
    with _unfinished(name, folder, _BY_UMASK if mode is None else _PRIVATE) as (fd, temporary):
        if mode is not None:
            os.fchmod(fd, mode)
        write_whole(fd, data)
        sync_file(fd)
        temporary = temporary or _give_own_name(fd, name, folder)
        try:
            os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            _forget(temporary, folder)
            raise
    _sync_folder(folder)


@contextlib.contextmanager
def new_named(path: Path) -> Iterator[IO[bytes]]:
    """Yield a new private file, open for writing and reading; it gets its name after the block.

    After an error in the block nothing is left, nor after a kill if the disk can hold a file without a name. Raises
    FileExistsError if the name is taken, also in the meantime, `RefusedFile` and OSError.
    """
    with _folder_of(path) as (folder, name):
        if _status(name, folder) is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        sweep_leftovers(folder)
        with _unfinished(name, folder, _PRIVATE) as (fd, temporary):
            with os.fdopen(os.dup(fd), "w+b") as file:
                yield file
            sync_file(fd)
            if temporary or not _name_if_free(fd, name, folder):
                _rename_if_free(temporary or _give_own_name(fd, name, folder), name, folder)
        _sync_folder(folder)


@contextlib.contextmanager
def _unfinished(name: str, folder: int, mode: int) -> Iterator[tuple[int, str]]:
    """Yield (descriptor, temporary name) of a new file in an open folder; the name is "" for a file without one.

    The temporary name is removed at the end, unless the file was renamed. Meanwhile a lock shows that it is in use.
    """
    fd = unnamed_file(folder, mode)
    temporary = "" if fd is not None else _own_name(name)
    if fd is None:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        fd = os.open(temporary, flags, mode, dir_fd=folder)
    with contextlib.ExitStack() as undo:
        undo.callback(os.close, fd)
        if os.geteuid() == 0 and os.fstat(folder).st_uid in _uids_of_people():
            keep_owner(fd, folder)  # root works for a person in that person's own folder
        if temporary:
            undo.callback(_forget, temporary, folder)
            with contextlib.suppress(OSError):  # on a disk without locks `sweep_leftovers` never removes it
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield fd, temporary


def _uids_of_people() -> set[int]:
    """Return the uids of those whom root may work for: the owner of HOME, and whoever called sudo."""
    sudo_uid = os.environ.get("SUDO_UID", "")
    uids = {int(sudo_uid)} if sudo_uid.isdecimal() else set()
    with contextlib.suppress(OSError):
        uids.add(os.stat(os.environ.get("HOME", "")).st_uid)
    return uids


def _own_name(name: str) -> str:
    """Return a temporary name: « .rapport.pdf.0a1b2c3d4e5f.entente-part »."""
    return f".{name[:_REPEATED_CHARACTERS]}.{secrets.token_hex(6)}.entente-part"


def sweep_leftovers(folder: int) -> None:
    """Remove from an open folder the temporary files that killed programs of this account left there."""
    try:
        # A folder opened with O_PATH cannot be listed by its descriptor.
        names = os.listdir(f"/proc/self/fd/{folder}") if hasattr(os, "O_PATH") else os.listdir(folder)
    except OSError:
        return
    for name in names:
        if _LEFTOVER_NAME.fullmatch(name):
            with contextlib.suppress(OSError):
                _sweep(name, folder)


def _sweep(name: str, folder: int) -> None:
    """Remove a temporary file of this account. Raises OSError if a program still holds its lock."""
    fd = os.open(name, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, dir_fd=folder)
    try:
        if os.fstat(fd).st_uid == os.geteuid():
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _forget(name, folder)
    finally:
        os.close(fd)


def _give_own_name(fd: int, name: str, folder: int) -> str:
    """Give an unnamed file a temporary name next to `name` and return it; on a disk without links, copy the file."""
    temporary = _own_name(name)
    try:
        name_unnamed(fd, temporary, folder)
    except OSError as err:
        if err.errno not in _NO_LINKS:
            raise
        _copy_under(temporary, fd, folder)
    return temporary


def _copy_under(name: str, fd: int, folder: int) -> None:
    """Copy an open file, with its mode, to the new file `name` of an open folder; after an error nothing is left."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with contextlib.closing(_Handle(os.open(name, flags, _PRIVATE, dir_fd=folder))) as copy:
        try:
            os.fchmod(copy.fd, stat.S_IMODE(os.fstat(fd).st_mode))
            os.lseek(fd, 0, os.SEEK_SET)
            while chunk := os.read(fd, MEGABYTE):
                write_whole(copy.fd, chunk)
            sync_file(copy.fd)
        except OSError:
            _forget(name, folder)
            raise


def _name_if_free(fd: int, name: str, folder: int) -> bool:
    """Give an unnamed file a name that is free; return False on a disk without links.

    Raises FileExistsError if the name is taken.
    """
    try:
        name_unnamed(fd, name, folder)
    except OSError as err:
        if err.errno not in _NO_LINKS:
            raise
        return False
    return True


def _rename_if_free(temporary: str, name: str, folder: int) -> None:
    """Rename a file from its temporary name to a name that is free. Raises FileExistsError if it is taken."""
    with contextlib.ExitStack() as undo:
        undo.callback(_forget, temporary, folder)
        try:
            os.link(temporary, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
        except OSError as err:
            if err.errno not in _NO_LINKS:
                raise
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            os.close(os.open(name, flags, _PRIVATE, dir_fd=folder))  # reserves the name
            os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)


def _sync_folder(folder: int) -> None:
    """Wait until the names in an open folder are on the disk, if the folder may be read."""
    with contextlib.suppress(OSError):
        folder_to_sync = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=folder)
        try:
            os.fsync(folder_to_sync)
        finally:
            os.close(folder_to_sync)


def _forget(name: str, folder: int) -> None:
    """Remove a name from an open folder, if it is there."""
    with contextlib.suppress(OSError):
        os.unlink(name, dir_fd=folder)


def _write_into(path: Path, name: str, folder: int, data: bytes) -> None:
    """Write into the pipe or device `name` of an open folder, if it belongs to this account or root.

    Raises `RefusedFile` otherwise; `path` is its whole path, for messages.
    """
    fd = _open_special(path, name, folder)
    with contextlib.closing(_Handle(fd)):
        status = os.fstat(fd)
        is_pipe_or_device = stat.S_ISFIFO(status.st_mode) or stat.S_ISCHR(status.st_mode)
        if not is_pipe_or_device or not _is_ours(status.st_uid):
            message = _("“{name}” is a pipe or a device of {owner}: nothing is written into it. Name another file.")
            raise RefusedFile(errno.EACCES, message.format(name=path.name, owner=owner_of(path)))
        os.set_blocking(fd, True)
        write_whole(fd, data)


def _open_special(path: Path, name: str, folder: int) -> int:
    """Return the descriptor of a pipe or device, open for writing; wait some seconds for a reader of a pipe."""
    flags = os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
    deadline = time.monotonic() + _READER_WAIT_SECONDS
    while True:
        try:
            return os.open(name, flags, dir_fd=folder)
        except OSError as err:
            if err.errno != errno.ENXIO:
                raise
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if not _is_ours(status.st_uid) or time.monotonic() > deadline:
                raise RefusedFile(errno.ENXIO, _("Nobody reads from “{name}”.").format(name=path.name)) from None
        time.sleep(_RETRY_SECONDS)


# -- the way there -----------------------------------------------------------------------------------------------------


def _descriptor_named(path: Path) -> int | None:
    """Return the descriptor that `path` names (`/dev/fd/3`) if it is open, else None."""
    match = _HANDED_OVER.fullmatch(os.fspath(path))
    if match is None:
        return None
    number = _STANDARD[match[2]] if match[2] else int(match[1])
    try:
        os.fstat(number)
    except OSError:
        return None
    return number


@contextlib.contextmanager
def _folder_of(path: Path, *, follow: bool = True) -> Iterator[tuple[int, str]]:
    """Yield (descriptor of the folder, name in it) of the file that `path` leads to. Raises `RefusedFile`, OSError.

    Links are followed one by one and checked (`_refuse_foreign`); without `follow`, the last name is not followed. Each
    folder is opened within the one before, so that none can be replaced by a link meanwhile.
    """
    parts_left = list(reversed(Path(os.getcwd(), path).parts[1:]))  # the parts still to be followed, the next one last
    handle, links = _Handle(os.open("/", _FOLDER_FLAGS)), 0
    try:
        while parts_left:
            part = parts_left.pop()
            if part == "..":
                handle = _enter(handle, "..")
                continue
            status = _status(part, handle.fd)
            is_link = status is not None and stat.S_ISLNK(status.st_mode)
            if status is not None and is_link and (parts_left or follow):
                links += 1
                _refuse_foreign(path, part, status, handle.fd, links)
                target = os.readlink(part, dir_fd=handle.fd)
                if target.startswith("/"):
                    handle = _enter(handle, "/")
                parts_left += [piece for piece in reversed(Path(target).parts) if piece != "/"]
            elif not parts_left:
                yield handle.fd, part
                return
            else:
                handle = _enter(handle, part)
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    except OSError as error:
        error.filename = str(path)  # the system knows only the last part
        raise
    finally:
        handle.close()


def _enter(handle: _Handle, part: str) -> _Handle:
    """Open the folder `part` of an open folder, close that one, and return the new one."""
    inner = _Handle(os.open(part, _FOLDER_FLAGS, dir_fd=handle.fd))
    handle.close()
    return inner


def _status(name: str, folder: int) -> os.stat_result | None:
    """Return the status of a name in an open folder, links not followed; None if there is no such name."""
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None


def _refuse_foreign(path: Path, part: str, link: os.stat_result, folder: int, links: int) -> None:
    """Raise `RefusedFile` for a link that belongs to somebody else, or is in somebody else's folder.

    `links` counts those followed so far; more than `_MOST_LINKS` raise OSError (ELOOP).
    """
    if links > _MOST_LINKS:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if not (_is_ours(link.st_uid) and _is_ours(os.fstat(folder).st_uid)):
        raise RefusedFile(
            errno.ELOOP,
            _(
                "“{part}” on the way to {path} is a link that somebody else may have put there: "
                "it is not followed. Name the file itself."
            ).format(part=part, path=path),
        )


def _is_ours(owner: int) -> bool:
    """Return whether `owner` is the uid that runs the program, or root, which may do everything anyway."""
    return owner in (os.geteuid(), 0)
