"""Files that a person names: plain ones are read, up to a limit; nothing is written where another's link would lead.

A colleague who shares a folder can put a link, a pipe or a huge file there under a name that somebody else is about to
use. So what is written follows a link only where the link and its folder belong to whoever runs the program, or to
root, and goes into a pipe or a device only where that belongs to one of the two. What is read may be reached by any
link. What the person handed over already open (`/dev/stdout`, `>(…)`) is theirs.
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

_OPEN_ALREADY: Final = re.compile(r"/(?:dev|proc/self)/fd/([0-9]{1,6})|/dev/std(in|out|err)", re.ASCII)
_STANDARD: Final = {"in": 0, "out": 1, "err": 2}
_LEFTOVER_NAME: Final = re.compile(r"\..{1,200}\.[0-9a-f]{12}\.entente-part", re.DOTALL)
_REPEATED_CHARACTERS: Final = 48  # of a file's name, that its temporary one repeats: 255 bytes are the most
_NO_LINKS: Final = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)  # as on FAT
_MOST_LINKS: Final = 40  # as Linux counts before it says ELOOP (path_resolution(7))
_READER_WAIT_SECONDS: Final = 5.0  # for the other end of a pipe
_READ_FLAGS: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
_FOLDER_FLAGS: Final = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
MEGABYTE: Final = 1024 * 1024  # bytes


class RefusedFile(OSError):
    """A file that a person named is not read, or not written; `str()` is the sentence that says why."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(code, text)

    def __str__(self) -> str:
        """Only the sentence, which names the file already."""
        return str(self.strerror)


# -- reading -----------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def opened_plain(path: Path, limit: int) -> Iterator[IO[bytes]]:
    """Yield the plain file `path`, open to be read; links are followed, for the person named it.

    One that was handed over open may be a pipe: its length is for the reader to limit (`read_limited`). Else raises
    `RefusedFile` for a pipe, a device, a folder, and for more than `limit` bytes. Raises OSError.
    """
    number = _open_already(path)
    with contextlib.closing(_Handle(os.open(path, _READ_FLAGS) if number is None else os.dup(number))) as handle:
        found = os.fstat(handle.fd)
        handed_over = number is not None and stat.S_ISFIFO(found.st_mode)
        if not stat.S_ISREG(found.st_mode) and not handed_over:
            raise RefusedFile(errno.EINVAL, _not_plain(path, found.st_mode, limit))
        if found.st_size > limit:
            raise RefusedFile(errno.EFBIG, _too_large(path, limit))
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
        raise RefusedFile(errno.EFBIG, _too_large(path, limit))
    return data


def _not_plain(path: Path, mode: int, limit: int) -> str:
    if stat.S_ISDIR(mode):
        return _("“{name}” is a folder: name a file.").format(name=path.name or path)
    return _("“{name}” is a pipe or a device: only plain files of at most {limit} are read.").format(
        name=path.name, limit=size_words(limit)
    )


def _too_large(path: Path, limit: int) -> str:
    return _("“{name}” is too large: at most {limit} are read.").format(name=path.name, limit=size_words(limit))


def size_words(size: int) -> str:
    """« 64 Mo »: a limit in bytes as it is told, in whole units."""
    if size >= 1024 * MEGABYTE:
        return _("{n} GB").format(n=size // (1024 * MEGABYTE))
    return _("{n} MB").format(n=size // MEGABYTE) if size >= MEGABYTE else _("{n} kB").format(n=size // 1024)


# -- writing -----------------------------------------------------------------------------------------------------------


def write_named(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file that a person named: the whole of it is there, or what stood before.

    `mode` are its permission bits whatever the umask; None leaves them to the umask. A pipe or a device is written
    into. Raises `RefusedFile` for a link, a pipe or a device of another's and for a pipe that nobody reads,
    IsADirectoryError for a folder, and OSError.
    """
    number = _open_already(path)
    if number is not None:
        with contextlib.closing(_Handle(os.dup(number))) as handle:
            write_whole(handle.fd, data)
        return
    with _folder_of(path) as (folder, name):
        found = _look(name, folder)
        if found is not None and not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            _write_into(path, name, folder, data)
        else:
            _replace(name, folder, data, mode)


def replace_file(path: Path, data: bytes, mode: int) -> None:
    """Write a file under a name that the program chose: a link or a pipe that has it is replaced itself.

    Raises `RefusedFile` for a link on the way that somebody else may have put there, and OSError.
    """
    with _folder_of(path, follow=False) as (folder, name):
        _replace(name, folder, data, mode)


class _Handle:
    """An open descriptor that `contextlib.closing` closes."""

    def __init__(self, fd: int) -> None:
        self.fd = fd

    def close(self) -> None:
        os.close(self.fd)


def _replace(name: str, folder: int, data: bytes, mode: int | None) -> None:
    """Replace the file `name` of an open folder. Until all of it is on disk it has no name, or a temporary one."""
    with _unfinished(name, folder, 0o666 if mode is None else 0o600) as (fd, temporary):  # 0o666: the umask decides
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
    """Yield a new file to write and read again, which this account alone can read; it gets its name at the end.

    Where the block fails nothing is left, nor after a kill if the disk can hold a file without a name. Raises
    FileExistsError where something has the name, also when it came meanwhile, `RefusedFile` and OSError.
    """
    with _folder_of(path) as (folder, name):
        if _look(name, folder) is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        sweep_leftovers(folder)
        with _unfinished(name, folder, 0o600) as (fd, temporary):
            with os.fdopen(os.dup(fd), "w+b") as file:
                yield file
            sync_file(fd)
            if temporary or not _name_if_free(fd, name, folder):
                _rename_if_free(temporary or _give_own_name(fd, name, folder), name, folder)
        _sync_folder(folder)


@contextlib.contextmanager
def _unfinished(name: str, folder: int, mode: int) -> Iterator[tuple[int, str]]:
    """(descriptor, name) of a new file in an open folder; "" where it has no name, and vanishes with a kill.

    A temporary name is removed at the end, unless the file was renamed; until then a lock says that it is in use.
    """
    fd = unnamed_file(folder, mode)
    temporary = "" if fd is not None else _own_name(name)
    if fd is None:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        fd = os.open(temporary, flags, mode, dir_fd=folder)
    with contextlib.ExitStack() as undo:
        undo.callback(os.close, fd)
        if os.geteuid() == 0 and os.fstat(folder).st_uid in _people_asking():
            keep_owner(fd, folder)  # what a person asks of root in a folder of their own is theirs
        if temporary:
            undo.callback(_forget, temporary, folder)
            with contextlib.suppress(OSError):  # a disk without locks: there it is never swept
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield fd, temporary


def _people_asking() -> set[int]:
    """Return the accounts that root may work for: whose home is HOME, and who called sudo."""
    found = {int(number)} if (number := os.environ.get("SUDO_UID", "")).isdecimal() else set()
    with contextlib.suppress(OSError):
        found.add(os.stat(os.environ.get("HOME", "")).st_uid)
    return found


def _own_name(name: str) -> str:
    return f".{name[:_REPEATED_CHARACTERS]}.{secrets.token_hex(6)}.entente-part"


def sweep_leftovers(folder: int) -> None:
    """Remove from an open folder what killed programs of this account left half-written there."""
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
    fd = os.open(name, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, dir_fd=folder)
    try:
        if os.fstat(fd).st_uid == os.geteuid():
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _forget(name, folder)
    finally:
        os.close(fd)


def _give_own_name(fd: int, name: str, folder: int) -> str:
    """Give an unnamed file a name of its own beside `name`; on a disk without links it is copied.

    Return that name.
    """
    temporary = _own_name(name)
    try:
        name_unnamed(fd, temporary, folder)
    except OSError as err:
        if err.errno not in _NO_LINKS:
            raise
        _copy_under(temporary, fd, folder)
    return temporary


def _copy_under(name: str, fd: int, folder: int) -> None:
    """Copy an open file, with its mode, to a new one, `name` in an open folder; where it fails nothing is left."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with contextlib.closing(_Handle(os.open(name, flags, 0o600, dir_fd=folder))) as copy:
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
    """Give an unnamed file its name, in the place of nothing; False on a disk without links."""
    try:
        name_unnamed(fd, name, folder)
    except OSError as err:
        if err.errno not in _NO_LINKS:
            raise
        return False
    return True


def _rename_if_free(temporary: str, name: str, folder: int) -> None:
    """Give a file its name, in the place of nothing that came meanwhile; its own name is gone at the end."""
    with contextlib.ExitStack() as undo:
        undo.callback(_forget, temporary, folder)
        try:
            os.link(temporary, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
        except OSError as err:
            if err.errno not in _NO_LINKS:
                raise
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            os.close(os.open(name, flags, 0o600, dir_fd=folder))  # the name is ours from here on
            os.replace(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)


def _sync_folder(folder: int) -> None:
    with contextlib.suppress(OSError):  # a folder one may write in and not read: the file is whole all the same
        here = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=folder)
        try:
            os.fsync(here)
        finally:
            os.close(here)


def _forget(name: str, folder: int) -> None:
    with contextlib.suppress(OSError):
        os.unlink(name, dir_fd=folder)


def _write_into(path: Path, name: str, folder: int, data: bytes) -> None:
    """Write into the pipe or the device `name` of an open folder, where it is ours or root's."""
    fd = _opened_special(path, name, folder)
    with contextlib.closing(_Handle(fd)):
        found = os.fstat(fd)
        if not (stat.S_ISFIFO(found.st_mode) or stat.S_ISCHR(found.st_mode)) or not _is_ours(found.st_uid):
            raise RefusedFile(
                errno.EACCES,
                _("“{name}” is a pipe or a device of {owner}: nothing is written into it. Name another file.").format(
                    name=path.name, owner=owner_of(path)
                ),
            )
        os.set_blocking(fd, True)
        write_whole(fd, data)


def _opened_special(path: Path, name: str, folder: int) -> int:
    """Return the descriptor of a pipe or a device, open to be written; a reader is waited for some seconds."""
    flags = os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
    deadline = time.monotonic() + _READER_WAIT_SECONDS
    while True:
        try:
            return os.open(name, flags, dir_fd=folder)
        except OSError as err:
            if err.errno != errno.ENXIO:
                raise
            found = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if not _is_ours(found.st_uid) or time.monotonic() > deadline:
                raise RefusedFile(errno.ENXIO, _("Nobody reads from “{name}”.").format(name=path.name)) from None
        time.sleep(0.02)


# -- the way there -----------------------------------------------------------------------------------------------------


def _open_already(path: Path) -> int | None:
    """The number of the descriptor that `path` names, where it is open: then the person handed it over. Else None."""
    match = _OPEN_ALREADY.fullmatch(os.fspath(path))
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
    """(descriptor of the folder, name in it) of what `path` leads to, link by link. Raises `RefusedFile`, OSError.

    Without `follow` its last name stands for itself, though it may be that of a link. Each folder is opened in the one
    before, so that none of them can be swapped for a link meanwhile.
    """
    left = list(reversed(Path(os.getcwd(), path).parts[1:]))  # the parts still to be walked, the next one last
    handle, links = _Handle(os.open("/", _FOLDER_FLAGS)), 0
    try:
        while left:
            part = left.pop()
            if part == "..":
                handle = _entered(handle, "..")
                continue
            found = _look(part, handle.fd)
            if found is not None and stat.S_ISLNK(found.st_mode) and (left or follow):
                links += 1
                _refuse_foreign(path, part, found, handle.fd, links)
                target = os.readlink(part, dir_fd=handle.fd)
                if target.startswith("/"):
                    handle = _entered(handle, "/")
                left += [piece for piece in reversed(Path(target).parts) if piece != "/"]
            elif not left:
                yield handle.fd, part
                return
            else:
                handle = _entered(handle, part)
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    except OSError as error:
        error.filename = str(path)  # not the last part alone, which is all that the system was told
        raise
    finally:
        handle.close()


def _entered(handle: _Handle, part: str) -> _Handle:
    """Return the folder `part` of an open one, which is closed."""
    inner = _Handle(os.open(part, _FOLDER_FLAGS, dir_fd=handle.fd))
    handle.close()
    return inner


def _look(name: str, folder: int) -> os.stat_result | None:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None


def _refuse_foreign(path: Path, part: str, link: os.stat_result, folder: int, links: int) -> None:
    """Raise `RefusedFile` for a link that is another's, or lies in another's folder."""
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
    """Return whether something belongs to whoever runs the program, or to root, who could do everything anyway."""
    return owner in (os.geteuid(), 0)
