"""Find out whether the file locks of a disk keep other programs out, also programs on other machines.

Each disk is tried once. Where locks keep nobody out, the store writes nothing until the user allows it
(`allow_unlocked`).
"""

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

# Shared file systems on which a lock holds only on one machine, and the mount options that have the same effect on
# others: nfs(5) « local_lock », « nolock »; mount.cifs(8) « nobrl »; mount.lustre(8) « localflock »; gfs2(5) and ocfs2
# « localflocks ». FUSE passes flock(2) on only to a file system that asks for it (fuse.h, FUSE_FLOCK_LOCKS); these do
# not. Of any other one, /proc/locks shows whether this kernel keeps the lock itself (proc_locks(5)).
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
# File systems of FUSE over folders of this machine: a lock that the kernel keeps holds for everybody.
_LOCAL_FUSE_KINDS: Final = frozenset(
    {"fuse.encfs", "fuse.cryfs", "fuse.mergerfs", "fuse.unionfs", "fuse.fuse-overlayfs"}
)
_LOCKS: Final = "/proc/locks"
_MOUNTS: Final = "/proc/self/mountinfo"  # proc_pid_mountinfo(5); without it, only trying a lock is left


@dataclass(frozen=True, slots=True)
class LockFault:
    """What is wrong with the locks of a disk."""

    kind: LockKind  # "none": no locks; "idle": every program gets the lock; "machine": it holds on one machine only
    disk: str  # the type of the file system, such as "nfs4"; "" if unknown


_faults_by_device: dict[int, LockFault | None] = {}  # by device number: each disk is tried once
_allowed_folders: set[str] = set()  # real paths of the folders for which the user allowed writing


def lock_fault(folder: Path) -> LockFault | None:
    """Return what is wrong with the locks of the disk of `folder`, which may not exist yet; None if they work.

    Also None if this cannot be found out, because this account may not write there.
    """
    existing = _nearest_existing_folder(folder)
    device = os.stat(existing).st_dev
    if device not in _faults_by_device:
        kind = try_locks(existing)
        if kind is None:
            return None
        disk, source, options = _mount(device)
        is_local = (
            disk in _LOCAL_KINDS
            or not options.isdisjoint(_LOCAL_OPTIONS.get(disk, frozenset()))
            or (_may_be_remote_fuse(disk, source) and _is_held_by_this_kernel(existing))
        )
        if not kind and is_local:
            kind = "machine"
        _faults_by_device[device] = LockFault(kind, disk) if kind else None
    return _faults_by_device[device]


def forget_lock_faults() -> None:
    """Forget what was found out, so that each disk is tried again."""
    _faults_by_device.clear()


def try_locks(folder: Path) -> LockKind | None:
    """Lock a new file in `folder` twice; the second lock must be refused. The file is removed again.

    Return "" if it is refused, "none" or "idle" as `LockKind` explains, None if it cannot be tried.
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
    """Return two descriptors, opened separately, of a new file in `folder`; `undo` closes and removes it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    undo.callback(os.close, handle)
    first = unnamed_file(handle, 0o600)
    path = f"/proc/self/fd/{first}"
    if first is None:
        lock_folder = folder / f".locks-{secrets.token_hex(6)}.tmp"
        path = os.fspath(lock_folder)
        first = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        undo.callback(forget, lock_folder)
    undo.callback(os.close, first)
    second = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    undo.callback(os.close, second)
    return first, second


def _may_be_remote_fuse(disk: str, source: str) -> bool:
    """Return whether this is a file system of FUSE that may show files of another machine: its source is no path."""
    fuse = disk == "fuse" or disk.startswith("fuse.")
    return fuse and disk not in _LOCAL_FUSE_KINDS and not source.startswith("/")


def _is_held_by_this_kernel(folder: Path) -> bool:
    """Return whether this kernel keeps a lock taken in `folder` itself, without passing it on to the file system."""
    with ExitStack() as undo, suppress(OSError):
        locked, _second = _two_openings(folder, undo)
        fcntl.flock(locked, fcntl.LOCK_EX | fcntl.LOCK_NB)
        status = os.fstat(locked)
        # As in the lines of /proc/locks: « 1: FLOCK ADVISORY WRITE 812 fd:01:4711 0 EOF ».
        device_and_inode = f" {os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino} "
        return any(device_and_inode in line for line in _lines_of(_LOCKS))
    return False


def _mount(device: int) -> tuple[str, str, frozenset[str]]:
    """Return the type of the file system on a device, its source and its options; ("", "", {}) if unknown."""
    wanted = f"{os.major(device)}:{os.minor(device)}"
    # A line: « 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue ». The third field is the
    # device; behind " - " come type, source and options.
    for line in _lines_of(_MOUNTS):
        mount, _dash, disk = line.partition(" - ")
        mount_fields, disk_fields = mount.split(), disk.split()
        if len(mount_fields) > 5 and mount_fields[2] == wanted and len(disk_fields) > 1:
            options = ",".join([mount_fields[5], *disk_fields[2:]])
            return disk_fields[0], disk_fields[1], frozenset(options.split(","))
    return "", "", frozenset()


def _lines_of(path: str) -> list[str]:
    """Return the lines of a file under /proc; [] if there is no such file."""
    with suppress(OSError), open(path, encoding="utf-8", errors="replace") as lines:
        return list(lines)
    return []


def _nearest_existing_folder(folder: Path) -> Path:
    """Return `folder` if it exists, else the nearest of its parents that does."""
    return next((path for path in (folder, *folder.absolute().parents) if path.is_dir()), Path("/"))


def allow_unlocked(root: Path) -> None:
    """Write in the store `root` from now on, whatever the locks of its disk do, because the user allowed it."""
    _allowed_folders.add(os.path.realpath(root))


def is_allowed(path: Path) -> bool:
    """Return whether the user allowed writing in the folder `path`, or in one that it lies in."""
    real = os.path.realpath(path)
    return any(real == folder or real.startswith(f"{folder}/") for folder in _allowed_folders)


def refusal(folder: Path) -> Unlocked | None:
    """Return the error of locks that keep nobody out in `folder`; None if they work, or if the user allowed writing.

    `folder` is a store or a folder in it; the error names the store, for which the user can allow it.
    """
    fault = lock_fault(folder)
    return None if fault is None or is_allowed(folder) else Unlocked(store_of(folder), fault.kind, fault.disk)


def require_locks(path: Path) -> None:
    """Raise `Unlocked` if the store that `path` lies in may not be written to until the user allows it."""
    if (refused := refusal(path.parent)) is not None:
        raise refused


def store_of(folder: Path) -> Path:
    """Return the store in which the folder of a partnership lies, also in its bin; any other folder itself."""
    if is_id(folder.name) or folder.name.startswith(UNFINISHED_FOLDER):
        folder = folder.parent
    return folder.parent if folder.name == BIN else folder


def locks_hold(path: Path) -> bool:
    """Return whether a lock on `path` keeps others out; if not, it does not show whether another program runs."""
    return lock_fault(path.parent) is None


def take_lock(fd: int, how: int, path: Path) -> None:
    """Call flock(2). Raises OSError, except on a disk without locks where the user allowed writing."""
    try:
        fcntl.flock(fd, how)
    except OSError as err:
        if err.errno not in CANNOT_LOCK or not is_allowed(path):
            raise
