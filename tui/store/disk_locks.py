"""Whether the locks of a disk keep others out, found by trying; where they do not, nothing is written without a yes."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

from tui.atomic_files import forget, unnamed_file
from tui.fast_dataclass import dataclass
from tui.partnership.ids import is_id
from tui.store.file_names import BIN, UNFINISHED_FOLDER
from tui.store.store_errors import LockKind, Unlocked

CANNOT_LOCK: Final = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS)  # what a disk without locks answers

# File systems whose locks the other machines never hear of, and the mount options that make it so of those which
# tell them: nfs(5) « local_lock », « nolock »; mount.cifs(8) « nobrl »; mount.lustre(8) « localflock »; gfs2(5) and
# ocfs2 « localflocks ». FUSE hands flock(2) to a file system that asks for it (fuse.h, FUSE_FLOCK_LOCKS); these do not,
# and of others the list of locks that this kernel holds itself tells (proc_locks(5)).
_LOCAL_KINDS: Final = frozenset({"fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.gvfsd-fuse", "vboxsf"})
_LOCAL_OPTIONS: Final = {
    "nfs": frozenset({"nolock", "local_lock=all", "local_lock=flock"}),
    "nfs4": frozenset({"nolock", "local_lock=all", "local_lock=flock"}),
    "cifs": frozenset({"nobrl"}),
    "smb3": frozenset({"nobrl"}),
    "lustre": frozenset({"localflock"}),
    "gfs2": frozenset({"localflocks"}),
    "ocfs2": frozenset({"localflocks"}),
}
# FUSE over folders of this machine, where a lock that the kernel keeps is one that everybody hears of.
_OF_THIS_MACHINE: Final = frozenset(
    {"fuse.encfs", "fuse.cryfs", "fuse.mergerfs", "fuse.unionfs", "fuse.fuse-overlayfs"}
)
_LOCKS: Final = "/proc/locks"
_MOUNTS: Final = "/proc/self/mountinfo"  # proc_pid_mountinfo(5); where there is none, trying has to do


@dataclass(frozen=True, slots=True)
class LockFault:
    """Why locks on a disk protect nobody; `disk` is the type of its file system ("nfs4"), "" where nothing tells it."""

    kind: LockKind
    disk: str


_found: dict[int, LockFault | None] = {}  # by device: a disk is tried once a program
_allowed: set[str] = set()  # the real paths of the folders that the person said yes to


def lock_fault(folder: Path) -> LockFault | None:
    """Return what is wrong with the locks where `folder` lies, or will lie; None where they keep others out.

    Also None where nothing can be found out, since this account may write nothing there.
    """
    there = _nearest(folder)
    device = os.stat(there).st_dev
    if device not in _found:
        kind = try_locks(there)
        if kind is None:
            return None
        disk, source, options = _mount(device)
        local = disk in _LOCAL_KINDS or options & _LOCAL_OPTIONS.get(disk, frozenset())
        if not kind and (local or (_may_be_elsewhere(disk, source) and _stays_here(there))):
            kind = "machine"
        _found[device] = LockFault(kind, disk) if kind else None
    return _found[device]


def try_again() -> None:
    """Forget what was found out: each disk is tried anew when it is next asked about."""
    _found.clear()


def try_locks(folder: Path) -> LockKind | None:
    """Lock a file in `folder` by two openings, of which the second must be refused; nothing of it stays.

    Return "" where it is refused, "none" or "idle" as `LockFault` says, None where that cannot be tried.
    """
    with ExitStack() as undo:
        try:
            first, second = _two_openings(folder, undo)
        except OSError:
            return None
        try:
            fcntl.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return ""
        except OSError as err:
            return "none" if err.errno in CANNOT_LOCK else None
        return "idle"


def _two_openings(folder: Path, undo: ExitStack) -> tuple[int, int]:
    """Return two descriptors, opened one by one, of a new file in `folder`; `undo` closes and removes it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    undo.callback(os.close, handle)
    first = unnamed_file(handle, 0o600)
    path = f"/proc/self/fd/{first}"
    if first is None:
        named = folder / f".locks-{secrets.token_hex(6)}.tmp"
        path = os.fspath(named)
        first = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        undo.callback(forget, named)
    undo.callback(os.close, first)
    second = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    undo.callback(os.close, second)
    return first, second


def _may_be_elsewhere(disk: str, source: str) -> bool:
    """Return whether a file system of FUSE brings files of another machine: its source is no path of this one."""
    fuse = disk == "fuse" or disk.startswith("fuse.")
    return fuse and disk not in _OF_THIS_MACHINE and not source.startswith("/")


def _stays_here(folder: Path) -> bool:
    """Return whether this kernel itself holds a lock that is taken in `folder`, and tells no file system of it."""
    with ExitStack() as undo, suppress(OSError):
        taken, _second = _two_openings(folder, undo)
        fcntl.flock(taken, fcntl.LOCK_EX | fcntl.LOCK_NB)
        about = os.fstat(taken)
        name = f" {os.major(about.st_dev):02x}:{os.minor(about.st_dev):02x}:{about.st_ino} "
        return any(name in line for line in _told_by_the_kernel(_LOCKS))
    return False


def _mount(device: int) -> tuple[str, str, frozenset[str]]:
    """Return the type of the file system on a device, its source and its options; ("", "", none) where unknown."""
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for line in _told_by_the_kernel(_MOUNTS):
        own, _dash, of_the_disk = line.partition(" - ")
        fields, words = own.split(), of_the_disk.split()
        if len(fields) > 5 and fields[2] == wanted and len(words) > 1:
            return words[0], words[1], frozenset(",".join([fields[5], *words[2:]]).split(","))
    return "", "", frozenset()


def _told_by_the_kernel(path: str) -> list[str]:
    """Return the lines of a file under /proc; none where there is no such file."""
    with suppress(OSError), open(path, encoding="utf-8", errors="replace") as lines:
        return list(lines)
    return []


def _nearest(folder: Path) -> Path:
    """Return `folder`, or the nearest of the folders it will lie in that is there."""
    return next((path for path in (folder, *folder.absolute().parents) if path.is_dir()), Path("/"))


def allow_unlocked(root: Path) -> None:
    """Write in the store `root` from now on, whatever the locks of its disk do: the person said yes."""
    _allowed.add(os.path.realpath(root))


def is_allowed(path: Path) -> bool:
    """Return whether the person said yes to the folder `path`, or to one that it lies in."""
    real = os.path.realpath(path)
    return any(real == folder or real.startswith(f"{folder}/") for folder in _allowed)


def refusal(folder: Path) -> Unlocked | None:
    """Return why nothing is written in `folder` without a yes, a store or one in it; None where locks work, or it was.

    The error names the store: the yes is for all of it.
    """
    fault = lock_fault(folder)
    return None if fault is None or is_allowed(folder) else Unlocked(store_of(folder), fault.kind, fault.disk)


def require_locks(path: Path) -> None:
    """Raise `Unlocked` where the store that `path` lies in may not be written to without the person's yes."""
    if (refused := refusal(path.parent)) is not None:
        raise refused


def store_of(folder: Path) -> Path:
    """Return the store that a partnership's folder lies in, in its bin or beside it; another folder is one itself."""
    if is_id(folder.name) or folder.name.startswith(UNFINISHED_FOLDER):
        folder = folder.parent
    return folder.parent if folder.name == BIN else folder


def locks_hold(path: Path) -> bool:
    """Return whether a lock that was got on `path` says anything: where others get it too, who lives is unknown."""
    return lock_fault(path.parent) is None


def take_lock(fd: int, how: int, path: Path) -> None:
    """As flock(2); nothing on a disk that knows no locks, where the person said yes. Raises OSError."""
    try:
        fcntl.flock(fd, how)
    except OSError as err:
        if err.errno not in CANNOT_LOCK or not is_allowed(path):
            raise
