"""The whole store in one zip file, checked before it counts, and brought back whole or not at all."""

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
    is_closed,
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

_KNOWN: Final = "backups.json"  # where backups of this store were written: they may hold what is destroyed later
TWIN: Final = ".twin"
_FILES: Final = tuple(name + end for name in NAMES for end in ("", TWIN))
_ASIDE: Final = re.compile(r"[a-z0-9.-]{1,80}\.(?:damaged|before)-[0-9a-z]{1,40}")  # the only names it is kept under
TOTAL_LIMIT: Final = 4 * 1024**3  # bytes that any backup may unpack to; one of a larger store may unpack to more,
_PACKED: Final = (
    60  # up to so many times its size: texts pack to a tenth or so, a zip made to fill a disk to a thousandth
)

# What the standard library raises for a zip that is damaged, or of a kind that we do not write.
BROKEN: Final = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OverflowError),
    *(struct.error, zlib.error),
)

ZipMoment = tuple[int, int, int, int, int, int]  # year, month, day, hour, minute, second

BackupProgress = Callable[[int, int], object]  # told how many of how many are done; stops the work by raising


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: how many partnerships, which of them cannot be read whole, and how many are in the bin.

    `left_out` are the folders and files of the store that this account may not read: they are not in it.
    """

    count: int
    damaged: tuple[str, ...] = ()
    binned: int = 0
    left_out: tuple[Path, ...] = ()


def backup(root: Path, file: Path, watch: BackupProgress | None = None) -> Backup:
    """Write all partnerships, archived and deleted ones too, into the new zip `file`, read again before it counts.

    It holds no journal of an open session, and no list of other backups. `Taken`, or what the disk says; then, and
    when `watch` raises, there is no file. What a kill leaves is removed by the next backup there, if it has a name.
    """
    with as_store_errors(root):
        if not is_there(root):  # a wrong place must not give an empty backup that looks like one
            raise NotFound(root)
    with as_store_errors(file):
        try:
            with new_named(file) as out:
                packed = _packed(out, root, watch)
                out.flush()
                try:
                    damaged = packed.unread | _verified(out, file, packed, watch)
                except BROKEN as err:
                    raise OSError(None, reason_words(err)) from err
        except FileExistsError:
            raise Taken(file) from None
    note(root, file)
    binned = sum(folder.startswith(f"{BIN}/") for folder in packed.folders)
    return Backup(len(packed.folders) - binned, tuple(sorted(damaged)), binned, tuple(packed.left_out))


@dataclass(frozen=True, slots=True)
class _Packed:
    """What lies in the zip: the sha256 of each file, the folders, and those that read in part; what is left out."""

    sums: dict[str, bytes]
    folders: set[str]
    unread: set[str]
    left_out: list[Path]


def _packed(out: object, root: Path, watch: BackupProgress | None) -> _Packed:
    """Write the zip."""
    packed = _Packed({}, set(), set(), [])
    with as_store_errors(root):
        folders = list(folders_of(root))
    if is_closed(bin_of(root)):
        packed.left_out.append(bin_of(root))
    moment = _zip_moment(datetime.now())
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]

        def add(name: str, raw: bytes) -> None:
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, raw)
            packed.sums[name] = hashlib.sha256(raw).digest()

        for at, folder in enumerate(folders):
            if watch is not None:
                watch(at // 2, len(folders))  # the other half is reading it again
            try:
                with as_store_errors(folder):
                    found = _held(folder)
            except StoreError:
                if not folder.exists() and root.is_dir():
                    continue  # somebody deleted it meanwhile
                raise
            packed.left_out.extend(found.closed)
            if folder in found.closed:
                continue
            name = str(folder.relative_to(root))
            packed.folders.add(name)
            if not found.whole:
                packed.unread.add(name)
            for file, raw in found.files.items():
                add(f"{name}/{file}", raw)
        with as_store_errors(root):
            shared = _read([root / DIRECTORY, root / f"{DIRECTORY}{TWIN}"])
        packed.left_out.extend(shared.closed)
        for file, raw in shared.files.items():
            add(file, raw)
    return packed


def _zip_moment(now: datetime) -> ZipMoment:
    """Return `now` as a zip can say it, from 1980 to 2107 (APPNOTE § 4.4.6): a wrong clock keeps nobody's backup."""
    latest = (2107, 12, 31, 23, 59, 58)
    moment = now.year, now.month, now.day, now.hour, now.minute, now.second
    return min(max(moment, (1980, 1, 1, 0, 0, 0)), latest)


@dataclass(frozen=True, slots=True)
class _Found:
    """The bytes of files by name, whether each of them that may be read could be, and those that may not be."""

    files: dict[str, bytes]
    whole: bool
    closed: tuple[Path, ...]


def _held(folder: Path) -> _Found:
    """Return the files of a partnership as they are at one moment.

    Where this account may not read its public file, nothing of it is taken: the folder itself is what is closed.
    """
    with ExitStack() as held:
        with suppress(ReadOnly, Full, Unlocked):  # a store one may only read is backed up all the same
            held.enter_context(Lock(folder / ".lock", modes=modes_of(folder).private))
        if is_closed(folder):
            return _Found({}, True, (folder,))
        found = _read([path for path in sorted(folder.iterdir()) if belongs(path.name)])
    closed = {path.name for path in found.closed}
    if closed & {PUBLIC, f"{PUBLIC}{TWIN}"} and not found.files.keys() & {PUBLIC, f"{PUBLIC}{TWIN}"}:
        return _Found({}, True, (folder,))
    return found


def _read(paths: Iterable[Path]) -> _Found:
    """Return the bytes of those of these files that are there; a twin that is the same as its file is left out."""
    found: dict[str, bytes] = {}
    whole, closed = True, []
    for path in paths:
        try:
            found[path.name] = read_file(path)
        except FileNotFoundError:
            continue
        except PermissionError:
            closed.append(path)
        except OSError as err:
            if err.errno not in (errno.EIO, errno.EOVERFLOW, errno.ELOOP):
                raise
            whole = False  # a bad sector, or a link, keeps nobody's other partnerships out of the backup
    same = [name for name, raw in found.items() if name.endswith(TWIN) and found.get(name[: -len(TWIN)]) == raw]
    return _Found({name: raw for name, raw in found.items() if name not in same}, whole, tuple(closed))


def belongs(name: str) -> bool:
    """Whether a file of a partnership's folder goes into a backup: tables, papers adopted elsewhere, damaged bytes."""
    if name in _FILES or is_closed_file(name):
        return True
    return PAPER.fullmatch(name) is not None or _ASIDE.fullmatch(name) is not None


def _verified(out: object, file: Path, packed: _Packed, watch: BackupProgress | None) -> set[str]:
    """Read the whole zip again: OSError where it is not what was packed. The partnerships that cannot be read whole."""
    damaged: set[str] = set()
    with zipfile.ZipFile(out) as archive:  # type: ignore[call-overload]
        found = sorted(checked(archive, file).items())
        for at, (folder, names) in enumerate(found):
            if watch is not None:
                watch((len(found) + at) // 2, len(found))
            files = {name: archive.read(name) for name in names}
            if any(hashlib.sha256(raw).digest() != packed.sums[name] for name, raw in files.items()):
                raise OSError(None, "what was written reads differently")
            with suppress(Newer):  # what a newer program wrote is kept as it is, like all the rest
                if folder and not reads({name.rpartition("/")[2]: raw for name, raw in files.items()}, file):
                    damaged.add(folder)
    return damaged


def reads(files: Files, file: Path, names: Sequence[str] = NAMES) -> bool:
    """Return whether each of these files reads, or its twin does, and the first is there in one of them.

    Raises `Newer`.
    """
    whole = names[0] in files or f"{names[0]}{TWIN}" in files
    closed = {name.removesuffix(TWIN) for name in files if is_closed_file(name)}
    for name in (*names, *sorted(closed)):
        main, twin = (files.get(file_name) for file_name in (name, f"{name}{TWIN}"))
        first = Copy(Path(name)) if main is None else copy_of_bytes(Path(name), main)
        second = Copy(Path(name)) if twin is None else first if twin == main else copy_of_bytes(Path(name), twin)
        try:
            refuse_newer(choose_copy(first, second).tables, file)
        except Damaged:
            whole = False
    return whole


def note(root: Path, file: Path) -> None:
    """Remember that `file` holds what may be destroyed here; where that cannot be written it is good all the same."""
    known = [os.fspath(path) for path in known_backups(root)]
    data = json.dumps(sorted({*known, os.path.abspath(file)})).encode("ascii")
    with suppress(OSError, Unlocked):
        require_writable(root / _KNOWN)
        write_atomic(root / _KNOWN, data, modes_of(root).private)


def known_backups(root: Path) -> list[Path]:
    """Return the backups made from this store that still lie where they were written."""
    with suppress(OSError, ValueError, TypeError, RecursionError):
        return [Path(path) for path in json.loads(read_file(root / _KNOWN)) if os.path.lexists(path)]
    return []


def checked(archive: zipfile.ZipFile, file: Path) -> dict[str, list[str]]:
    """Return the names of a backup's files by partnership id ("" for the files of the store itself).

    Raises NoDocument for a file that does not belong in a backup, and for more bytes than are read.
    """
    found: dict[str, list[str]] = {}
    total, limit = 0, max(TOTAL_LIMIT, _PACKED * _size(archive))
    for info in archive.infolist():
        folder, _slash, name = info.filename.rpartition("/")
        total += info.file_size
        ours = is_id(folder.removeprefix(f"{BIN}/"))
        allowed = belongs(name) if ours else not folder and name in (DIRECTORY, f"{DIRECTORY}{TWIN}")
        if not allowed:
            raise NoDocument(file, _("“{name}” does not belong in a backup").format(name=info.filename))
        if info.file_size > SIZE_LIMIT:
            raise NoDocument(
                file, _("{name}: at most {limit} are read").format(name=name, limit=size_words(SIZE_LIMIT))
            )
        if total > limit:
            raise NoDocument(file, _("unpacked, at most {limit} are read").format(limit=size_words(limit)))
        found.setdefault(folder, []).append(info.filename)
    return found


def _size(archive: zipfile.ZipFile) -> int:
    """Return the bytes of an open zip."""
    return archive.fp.seek(0, os.SEEK_END) if archive.fp is not None else 0


Files = Mapping[str, bytes]


class ZippedFiles(Files):
    """The files of one folder of a backup by their own names, each read when it is asked for: one may be large.

    A twin that was left out for being the same is there again.
    """

    def __init__(self, archive: zipfile.ZipFile, names: Iterable[str]) -> None:
        self._archive = archive
        own = {name.rpartition("/")[2]: name for name in names}
        twins = {f"{name}{TWIN}": path for name, path in own.items() if name.endswith(".json")}
        self._names = {**twins, **own}

    def __getitem__(self, name: str) -> bytes:
        """Return what the file of that name holds. Raises KeyError, and one of `BROKEN` for a damaged backup."""
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
    root: Path, file: Path, watch: BackupProgress | None = None, problems: list[Problem] | None = None
) -> Generator[str, None, int]:
    """Bring back what a backup holds; yields the id here of each partnership once it is here.

    A partnership that is here with the same bytes is left out; one that is here and differs comes back as a copy
    beside it. What was in the bin goes to the bin, unless it is here; returns how many did. The directory comes back
    only where there is none. Everything is read once before the first is written: `NoDocument` for a file that is no
    backup or is damaged, `Newer`. When it is stopped, each is here whole or not. What lies in the backup damaged comes
    back as it is, and is told in `problems`.
    """
    problems = [] if problems is None else problems
    with as_store_errors(file):
        try:
            with opened_plain(file, TOTAL_LIMIT) as raw, zipfile.ZipFile(raw) as archive:
                found = checked(archive, file)
                damaged = set[str]()
                for at, (folder, names) in enumerate(found.items()):
                    if watch is not None:
                        watch(at // 2, len(found))  # the other half is bringing it back
                    if not reads(ZippedFiles(archive, names), file, NAMES if folder else (DIRECTORY,)):
                        damaged.add(folder)
                problems += [Problem("restored", root / folder) for folder in sorted(damaged)]
                return (yield from _unpack(root, archive, found, watch))
        except BROKEN as err:
            raise NoDocument(file, reason_words(err)) from err


def _unpack(
    root: Path, archive: zipfile.ZipFile, found: dict[str, list[str]], watch: BackupProgress | None
) -> Generator[str, None, int]:
    require_writable(root / _KNOWN)
    with as_store_errors(root):
        make_private_dir(root)
    root = Path(os.path.realpath(root))
    put_away = 0
    with Lock(root / ".lock", modes=modes_of(root).private):
        sweep_unfinished(root)
        for at, (folder, names) in enumerate(sorted(found.items())):
            if watch is not None:
                watch((len(found) + at) // 2, len(found))
            files = ZippedFiles(archive, names)
            binned, _slash, name = folder.rpartition("/")
            if not folder:
                with as_store_errors(root):
                    if not (root / DIRECTORY).exists():
                        _write(root, files)
            elif not (binned and _same(root / name, files)) and (new := _free(root / binned, name, files)):
                _place(root, root / binned / new, files)
                if binned:
                    put_away += 1
                else:
                    yield new
    return put_away


def _free(place: Path, name: str, files: Files) -> str:
    """Return the id that a partnership takes there; "" where it is there already, byte for byte."""
    if not os.path.lexists(place / name):
        return name
    return "" if _same(place / name, files) else new_id()


def _place(root: Path, folder: Path, files: Files) -> None:
    """Make a partnership's folder: under another name until all of it is on disk."""
    with as_store_errors(folder), unfinished_folder(root) as draft:
        _write(draft, files)
        make_private_dir(folder.parent, modes_of(root))
        put_in_place(draft, folder)


def _same(folder: Path, files: Files) -> bool:
    with suppress(OSError):
        return all(read_file(folder / name) == raw for name, raw in files.items() if not name.endswith(TWIN))
    return False


def _write(folder: Path, files: Files) -> None:
    modes = modes_of(folder)
    for name in sorted(files):
        public = is_public_file(name) or PAPER.fullmatch(name)
        write_atomic(folder / name, files[name], modes if public else modes.private)
    sync_directory(folder)
