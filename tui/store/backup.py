"""Backups: the whole store in one zip file, which is read again to check it, and its restoration.

The zip has the files of each partnership under its id, or under "bin/" and its id, and the file of the directory.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from tui.atomic_files import (
    SIZE_LIMIT,
    is_there,
    make_private_dir,
    modes_of,
    read_file,
    sync_directory,
    write_atomic,
)
from tui.error_words import reason_words
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.named_files import new_named, opened_plain, size_words
from tui.partnership.ids import is_id, new_id
from tui.store.adopted_papers import PAPER
from tui.store.directory_file import DIRECTORY
from tui.store.file_lock import Lock
from tui.store.file_names import BIN, NAMES, PUBLIC, is_closed_file, is_public_file
from tui.store.folder_lifecycle import (
    bin_of,
    folders_of,
    is_inaccessible,
    put_in_place,
    sweep_unfinished,
    unfinished_folder,
)
from tui.store.sealed_bytes import refuse_newer
from tui.store.sealed_storage import Copy, choose_copy, copy_of_bytes
from tui.store.store_errors import (
    Damaged,
    Full,
    Newer,
    NoDocument,
    NotFound,
    Problem,
    ReadOnly,
    StoreError,
    Taken,
    Unlocked,
    as_store_errors,
)
from tui.store.successor import require_writable

_BACKUP_LIST: Final = "backups.json"  # the paths of all backups of this store: they may hold what is destroyed later
TWIN: Final = ".twin"  # the ending of a twin, the second copy that the store keeps of each file
_TABLE_FILES: Final = tuple(name + end for name in NAMES for end in ("", TWIN))
_SET_ASIDE_NAME: Final = re.compile(
    r"[a-z0-9.-]{1,80}\.(?:damaged|before)-[0-9a-z]{1,40}"
)  # "private.json.damaged-0123abcd"
# A backup may unpack to this many bytes, or to this many times its size if that is more. Texts are packed to about a
# tenth; a zip that was made to fill a disk is packed to a thousandth.
TOTAL_LIMIT: Final = 4 * 1024**3
_UNPACKED_TIMES: Final = 60

# What the standard library raises for a zip that is damaged, or of a kind that this program does not write.
BROKEN_ZIP_ERRORS: Final = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OverflowError),
    *(struct.error, zlib.error),
)

ZipMoment = tuple[int, int, int, int, int, int]  # year, month, day, hour, minute, second

BackupProgress = Callable[[int, int], object]  # called with (done, total); it stops the work by raising


@dataclass(frozen=True, slots=True)
class Backup:
    """What a finished backup holds."""

    count: int  # partnerships outside the bin
    damaged: tuple[str, ...] = ()  # ids of those that cannot be read in full, "bin/" before those in the bin
    binned: int = 0  # partnerships in the bin
    left_out: tuple[Path, ...] = ()  # files and folders that this account may not read: they are not in it
    public_only: tuple[str, ...] = ()  # ids of those of which a server gave this account what is public alone


def backup(root: Path, file: Path, progress: BackupProgress | None = None) -> Backup:
    """Write all partnerships, archived and deleted ones too, into the new zip `file`, and read it again to check it.

    Journals of open sessions and the list of backups are not in it. Raises Taken if `file` exists, or another
    `StoreError`; then, and if `progress` raises, no file is left. What a killed program leaves is removed by the next
    backup to that folder.
    """
    with as_store_errors(root):
        if not is_there(root):  # A wrong path must not give an empty backup.
            raise NotFound(root)
    with as_store_errors(file):
        try:
            with new_named(file) as out:
                packed = _pack(out, root, progress)
                out.flush()
                try:
                    damaged = packed.unread | _check_zip(out, file, packed, progress)
                except BROKEN_ZIP_ERRORS as err:
                    raise OSError(None, reason_words(err)) from err
        except FileExistsError:
            raise Taken(file) from None
    note_backup(root, file)
    binned = sum(folder.startswith(f"{BIN}/") for folder in packed.folders)
    return Backup(len(packed.folders) - binned, tuple(sorted(damaged)), binned, tuple(packed.left_out))


@dataclass(frozen=True, slots=True)
class _PackedZip:
    """What was packed into the zip so far."""

    sums: dict[str, bytes]  # SHA-256 of each file, by its name in the zip
    folders: set[str]  # names in the zip of the partnerships' folders
    unread: set[str]  # those of them of which a file could not be read
    left_out: list[Path]  # files and folders that this account may not read


def _pack(out: object, root: Path, progress: BackupProgress | None) -> _PackedZip:
    """Write the zip into the open file `out`, and return what was packed."""
    packed = _PackedZip({}, set(), set(), [])
    with as_store_errors(root):
        folders = list(folders_of(root))
    if is_inaccessible(bin_of(root)):
        packed.left_out.append(bin_of(root))
    moment = _zip_moment(datetime.now())
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]

        def add(name: str, raw: bytes) -> None:
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, raw)
            packed.sums[name] = hashlib.sha256(raw).digest()

        for at, folder in enumerate(folders):
            if progress is not None:
                progress(at // 2, len(folders))  # the second half of the progress is the check
            try:
                with as_store_errors(folder):
                    read = _read_partnership(folder)
            except StoreError:
                if not folder.exists() and root.is_dir():
                    continue  # deleted meanwhile
                raise
            packed.left_out.extend(read.inaccessible)
            if folder in read.inaccessible:
                continue
            name = str(folder.relative_to(root))
            packed.folders.add(name)
            if not read.complete:
                packed.unread.add(name)
            for file, raw in read.files.items():
                add(f"{name}/{file}", raw)
        with as_store_errors(root):
            shared = _read_files([root / DIRECTORY, root / f"{DIRECTORY}{TWIN}"])
        packed.left_out.extend(shared.inaccessible)
        for file, raw in shared.files.items():
            add(file, raw)
    return packed


def _zip_moment(now: datetime) -> ZipMoment:
    """Return `now`, or the nearest time that a zip can hold (1980 to 2107, APPNOTE § 4.4.6) if the clock is wrong."""
    latest = (2107, 12, 31, 23, 59, 58)
    moment = now.year, now.month, now.day, now.hour, now.minute, now.second
    return min(max(moment, (1980, 1, 1, 0, 0, 0)), latest)


@dataclass(frozen=True, slots=True)
class _ReadFiles:
    """Files that were read, and those that were not."""

    files: dict[str, bytes]  # by name
    complete: bool  # False if a file could not be read, for instance on a bad sector; inaccessible ones do not count
    inaccessible: tuple[Path, ...]  # files, or the whole folder, that this account may not read


def _read_partnership(folder: Path) -> _ReadFiles:
    """Return the files of a partnership as they are at one moment.

    If this account may not read the public file, nothing is returned but the folder itself as inaccessible.
    """
    with ExitStack() as held:
        with suppress(ReadOnly, Full, Unlocked):  # A store that may only be read is backed up without a lock.
            held.enter_context(Lock(folder / ".lock", modes=modes_of(folder).private))
        if is_inaccessible(folder):
            return _ReadFiles({}, True, (folder,))
        read = _read_files([path for path in sorted(folder.iterdir()) if is_backed_up(path.name)])
    public_copies = {PUBLIC, f"{PUBLIC}{TWIN}"}
    inaccessible = {path.name for path in read.inaccessible}
    if public_copies & inaccessible and not public_copies & read.files.keys():
        return _ReadFiles({}, True, (folder,))
    return read


def _read_files(paths: Iterable[Path]) -> _ReadFiles:
    """Return the bytes of the files that exist; a twin with the same bytes as its file is left out."""
    files: dict[str, bytes] = {}
    complete, inaccessible = True, []
    for path in paths:
        try:
            files[path.name] = read_file(path)
        except FileNotFoundError:
            continue
        except PermissionError:
            inaccessible.append(path)
        except OSError as err:
            # A bad sector, a file that is too large, or a link does not stop the backup.
            if err.errno not in (errno.EIO, errno.EOVERFLOW, errno.ELOOP):
                raise
            complete = False
    equal_twins = {
        name for name, raw in files.items() if name.endswith(TWIN) and files.get(name.removesuffix(TWIN)) == raw
    }
    needed = {name: raw for name, raw in files.items() if name not in equal_twins}
    return _ReadFiles(needed, complete, tuple(inaccessible))


def is_backed_up(name: str) -> bool:
    """Return whether a file with this name in a partnership's folder goes into a backup.

    These are files with tables and their twins, closed files (older history and versions), adopted papers, and files
    set aside because they were damaged.
    """
    if name in _TABLE_FILES or is_closed_file(name):
        return True
    return PAPER.fullmatch(name) is not None or _SET_ASIDE_NAME.fullmatch(name) is not None


def _check_zip(out: object, file: Path, packed: _PackedZip, progress: BackupProgress | None) -> set[str]:
    """Read the whole zip again, and return the names of the partnerships in it that cannot be read in full.

    Raises OSError if a file is not as it was packed.
    """
    damaged: set[str] = set()
    with zipfile.ZipFile(out) as archive:  # type: ignore[call-overload]
        folders = sorted(check_names(archive, file).items())
        for at, (folder, names) in enumerate(folders):
            if progress is not None:
                progress((len(folders) + at) // 2, len(folders))
            files = {name: archive.read(name) for name in names}
            if any(hashlib.sha256(raw).digest() != packed.sums[name] for name, raw in files.items()):
                raise OSError(None, "what was written reads differently")
            own_names = {name.rpartition("/")[2]: raw for name, raw in files.items()}  # without the folder
            with suppress(Newer):  # Files of a newer program are packed as they are.
                if folder and not is_readable(own_names, file):
                    damaged.add(folder)
    return damaged


def is_readable(files: Files, file: Path, names: Sequence[str] = NAMES) -> bool:
    """Return whether each of the files `names`, and each closed file, can be read, itself or its twin.

    The first of `names` must exist. Raises `Newer`, which names the backup `file`.
    """
    readable = names[0] in files or f"{names[0]}{TWIN}" in files
    closed_files = {name.removesuffix(TWIN) for name in files if is_closed_file(name)}
    for name in (*names, *sorted(closed_files)):
        raw, twin = files.get(name), files.get(f"{name}{TWIN}")
        copy = _copy_from(name, raw)
        try:
            refuse_newer(choose_copy(copy, copy if twin == raw else _copy_from(name, twin)).tables, file)
        except Damaged:
            readable = False
    return readable


def _copy_from(name: str, raw: bytes | None) -> Copy:
    """Return what the bytes of a file hold; None is a missing file."""
    return Copy(Path(name)) if raw is None else copy_of_bytes(Path(name), raw)


def note_backup(root: Path, file: Path) -> None:
    """Add the path `file` to the list of backups; an error in that does not matter."""
    paths = {os.fspath(path) for path in known_backups(root)}
    data = json.dumps(sorted({*paths, os.path.abspath(file)})).encode("ascii")
    with suppress(OSError, Unlocked):
        require_writable(root / _BACKUP_LIST)
        write_atomic(root / _BACKUP_LIST, data, modes_of(root).private)


def known_backups(root: Path) -> list[Path]:
    """Return the paths of the backups of this store that still exist where they were written."""
    with suppress(OSError, ValueError, TypeError, RecursionError):
        return [Path(path) for path in json.loads(read_file(root / _BACKUP_LIST)) if os.path.lexists(path)]
    return []


def check_names(archive: zipfile.ZipFile, file: Path) -> dict[str, list[str]]:
    """Return the names of the files in a backup by folder: an id, "bin/" and an id, or "" for the directory's files.

    Raises NoDocument if a file does not belong in a backup, or if it unpacks to more bytes than are read.
    """
    names_by_folder: dict[str, list[str]] = {}
    total, limit = 0, max(TOTAL_LIMIT, _UNPACKED_TIMES * _size(archive))
    for info in archive.infolist():
        folder, _slash, name = info.filename.rpartition("/")
        total += info.file_size
        of_partnership = is_id(folder.removeprefix(f"{BIN}/")) and is_backed_up(name)
        of_directory = not folder and name in (DIRECTORY, f"{DIRECTORY}{TWIN}")
        if not of_partnership and not of_directory:
            raise NoDocument(file, _("“{name}” does not belong in a backup").format(name=info.filename))
        if info.file_size > SIZE_LIMIT:
            raise NoDocument(
                file, _("{name}: at most {limit} are read").format(name=name, limit=size_words(SIZE_LIMIT))
            )
        if total > limit:
            raise NoDocument(file, _("unpacked, at most {limit} are read").format(limit=size_words(limit)))
        names_by_folder.setdefault(folder, []).append(info.filename)
    return names_by_folder


def _size(archive: zipfile.ZipFile) -> int:
    """Return the size of an open zip in bytes."""
    return archive.fp.seek(0, os.SEEK_END) if archive.fp is not None else 0


Files = Mapping[str, bytes]  # bytes by name of the file


class ZippedFiles(Files):
    """The files of one folder of a backup by name; each is read when it is asked for, since it may be large.

    A twin that was left out because it was equal to its file is among them again.
    """

    def __init__(self, archive: zipfile.ZipFile, names: Iterable[str]) -> None:
        self._archive = archive
        own = {name.rpartition("/")[2]: name for name in names}
        twins = {f"{name}{TWIN}": path for name, path in own.items() if name.endswith(".json")}
        self._names = {**twins, **own}

    def __getitem__(self, name: str) -> bytes:
        """Return the bytes of the file of that name. Raises KeyError, or one of `BROKEN_ZIP_ERRORS`."""
        return self._archive.read(self._names[name])

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a file, without reading it."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Return the names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._names)


def restore(
    root: Path, file: Path, progress: BackupProgress | None = None, problems: list[Problem] | None = None
) -> Generator[str, None, int]:
    """Bring back the partnerships of a backup; yield each id once it is written, return how many went to the bin.

    A partnership that the store has with the same bytes is left out; one that differs comes back as a copy under a new
    id. What was in the bin goes to the bin, unless the store has it in use. The directory comes back only if the store
    has none. Everything is read once before anything is written: raises NoDocument if `file` is no backup or is
    damaged, or `Newer`. If it is stopped, each partnership is written whole or not at all. Files that lie damaged in
    the backup come back as they are, and are added to `problems`.
    """
    problems = [] if problems is None else problems
    with as_store_errors(file):
        try:
            with opened_plain(file, TOTAL_LIMIT) as raw, zipfile.ZipFile(raw) as archive:
                folders = check_names(archive, file)
                damaged = set[str]()
                for at, (folder, names) in enumerate(folders.items()):
                    if progress is not None:
                        progress(at // 2, len(folders))  # the second half of the progress is writing
                    if not is_readable(ZippedFiles(archive, names), file, NAMES if folder else (DIRECTORY,)):
                        damaged.add(folder)
                problems += [Problem("restored", root / folder) for folder in sorted(damaged)]
                return (yield from _restore_all(root, archive, folders, progress))
        except BROKEN_ZIP_ERRORS as err:
            raise NoDocument(file, reason_words(err)) from err


def _restore_all(
    root: Path, archive: zipfile.ZipFile, folders: dict[str, list[str]], progress: BackupProgress | None
) -> Generator[str, None, int]:
    """Write what `restore` has checked; `folders` is what `check_names` returned. Yields and returns as `restore`."""
    require_writable(root / _BACKUP_LIST)
    with as_store_errors(root):
        make_private_dir(root)
    root = Path(os.path.realpath(root))
    binned = 0
    with Lock(root / ".lock", modes=modes_of(root).private):
        sweep_unfinished(root)
        for at, (folder, names) in enumerate(sorted(folders.items())):
            if progress is not None:
                progress((len(folders) + at) // 2, len(folders))
            files = ZippedFiles(archive, names)
            if not folder:
                with as_store_errors(root):
                    if not (root / DIRECTORY).exists():
                        _write_files(root, files)
                continue
            parent, _slash, partnership_id = folder.rpartition("/")  # `parent` is "bin" or ""
            if parent and _has_same_files(root / partnership_id, files):
                continue  # deleted when it was backed up, and in use now
            new = _id_to_restore(root / parent, partnership_id, files)
            if not new:
                continue
            _restore_folder(root, root / parent / new, files)
            if parent:
                binned += 1
            else:
                yield new
    return binned


def _id_to_restore(parent: Path, partnership_id: str, files: Files) -> str:
    """Return the id under which to restore a partnership to the folder `parent`; "" if it is there with equal bytes.

    A new id is returned if `parent` holds a partnership of the same id with other bytes.
    """
    if not os.path.lexists(parent / partnership_id):
        return partnership_id
    return "" if _has_same_files(parent / partnership_id, files) else new_id()


def _restore_folder(root: Path, folder: Path, files: Files) -> None:
    """Write the folder of a partnership: under another name until all of it is on disk."""
    with as_store_errors(folder), unfinished_folder(root) as draft:
        _write_files(draft, files)
        make_private_dir(folder.parent, modes_of(root))
        put_in_place(draft, folder)


def _has_same_files(folder: Path, files: Files) -> bool:
    """Return whether a folder has each of these files with the same bytes; twins do not matter."""
    with suppress(OSError):
        return all(read_file(folder / name) == raw for name, raw in files.items() if not name.endswith(TWIN))
    return False


def _write_files(folder: Path, files: Files) -> None:
    modes = modes_of(folder)
    for name in sorted(files):
        public = is_public_file(name) or PAPER.fullmatch(name)
        write_atomic(folder / name, files[name], modes if public else modes.private)
    sync_directory(folder)
