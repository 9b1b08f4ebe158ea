"""The whole store in one zip file, read again before it counts, and back: nothing is replaced or left half done."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

from tui.project.ids import is_id, new_id
from tui.quick import dataclass
from tui.store.copies import Copy, judge, of_bytes
from tui.store.directory import DIRECTORY
from tui.store.errors import Damaged, Full, ReadOnly, speaking_of
from tui.store.files import (
    SIZE_LIMIT,
    forget,
    make_private_dir,
    modes_of,
    read_file,
    sync_directory,
    sync_file,
    write_atomic,
)
from tui.store.folder import PAST, PRIVATE, PUBLIC, VERSIONS
from tui.store.lock import Lock
from tui.store.migrations import refuse_newer
from tui.store.papers import PAPER
from tui.store.refusals import NoDocument, Taken

_KNOWN: Final = "backups.json"  # where backups of this store were written: they may hold what is destroyed later
_NAMES: Final = (PRIVATE, PAST, VERSIONS, PUBLIC)
_FILES: Final = tuple(name + end for name in _NAMES for end in ("", ".twin"))
_TOTAL: Final = 4 * 1024**3  # bytes that a backup may unpack to
_HALF_DONE: Final = ".restoring-"  # a folder of that name is what a killed restore left

_BROKEN: Final = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, struct.error, zlib.error)

Watch = Callable[[int, int], object]  # told how many of how many are done; stops the work by raising


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: how many partnerships, and the ids of those that cannot be read whole, here and there."""

    count: int
    damaged: tuple[str, ...] = ()


def backup(root: Path, file: Path, watch: Watch | None = None) -> Backup:
    """Write all partnerships, archived ones too, into the new zip `file`, and read it again before it gets its name.

    `Taken`, or what the disk says; then, and when `watch` raises, there is no file.
    """
    with speaking_of(file):
        if os.path.lexists(file):
            raise Taken(file)
        target = Path(os.path.abspath(file))
        draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
        with ExitStack() as undo:
            fd = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            undo.callback(forget, draft)
            with os.fdopen(fd, "w+b") as out:
                sums = _packed(out, root, watch)
                out.flush()
                sync_file(out.fileno())
                try:
                    damaged = _verified(out, file, sums)
                except _BROKEN as err:
                    raise OSError(None, str(err)) from err
            try:
                os.link(draft, target)  # unlike a rename it replaces nothing that came meanwhile
            except FileExistsError:
                raise Taken(file) from None
        sync_directory(target.parent)
    note(root, file)
    return Backup(len({name.partition("/")[0] for name in sums if "/" in name}), damaged)


def _packed(out: object, root: Path, watch: Watch | None) -> dict[str, bytes]:
    """Write the zip; the sha256 of each file in it."""
    sums: dict[str, bytes] = {}
    folders = list(_folders(root))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]

        def add(name: str, path: Path) -> None:
            raw = read_file(path)
            archive.writestr(name, raw)
            sums[name] = hashlib.sha256(raw).digest()

        for at, folder in enumerate(folders):
            if watch is not None:
                watch(at, len(folders))
            with ExitStack() as held:
                with suppress(ReadOnly, Full):  # a store one may only read is backed up all the same
                    held.enter_context(Lock(folder / ".lock", modes=modes_of(folder)))
                for path in sorted(folder.iterdir()):
                    if _belongs(path.name) and not path.is_symlink():
                        add(f"{folder.name}/{path.name}", path)
        for name in (DIRECTORY, f"{DIRECTORY}.twin"):
            with suppress(FileNotFoundError):
                add(name, root / name)
    return sums


def _belongs(name: str) -> bool:
    """Whether a file of a partnership's folder goes into a backup: its tables, and the papers adopted elsewhere."""
    return name in _FILES or PAPER.fullmatch(name) is not None


def _folders(root: Path) -> Iterator[Path]:
    for path in sorted(root.iterdir()) if root.is_dir() else ():
        if is_id(path.name) and path.is_dir() and not path.is_symlink():
            yield path


def _verified(out: object, file: Path, sums: dict[str, bytes]) -> tuple[str, ...]:
    """Read the whole zip again: OSError where it is not what was packed. The partnerships that cannot be read whole."""
    damaged: list[str] = []
    with zipfile.ZipFile(out) as archive:  # type: ignore[call-overload]
        for folder, names in sorted(_checked(archive, file).items()):
            files = {name: archive.read(name) for name in names}
            if any(hashlib.sha256(raw).digest() != sums[name] for name, raw in files.items()):
                raise OSError(None, "what was written reads differently")
            if folder and not _reads({name.rpartition("/")[2]: raw for name, raw in files.items()}, file):
                damaged.append(folder)
    return tuple(damaged)


def _reads(files: dict[str, bytes], file: Path) -> bool:
    """Whether each file of a partnership reads, or its twin does. Raises `Newer`."""
    whole = True
    for name in _NAMES:
        copies = [
            of_bytes(Path(one), files[one]) if one in files else Copy(Path(one)) for one in (name, f"{name}.twin")
        ]
        try:
            refuse_newer(judge(*copies).tables, file)
        except Damaged:
            whole = False
    return whole


def note(root: Path, file: Path) -> None:
    """Remember that `file` holds what may be destroyed here; where that cannot be written it is good all the same."""
    known = [os.fspath(path) for path in known_backups(root)]
    data = json.dumps(sorted({*known, os.path.abspath(file)})).encode("ascii")
    with suppress(OSError):
        write_atomic(root / _KNOWN, data, modes_of(root))


def known_backups(root: Path) -> list[Path]:
    """The backups made from this store that still lie where they were written."""
    with suppress(OSError, ValueError, TypeError):
        return [Path(path) for path in json.loads(read_file(root / _KNOWN)) if os.path.lexists(path)]
    return []


def restore(root: Path, file: Path, watch: Watch | None = None) -> Iterator[str]:
    """Bring back what a backup holds; yields the id here of each partnership once it is here.

    A partnership that is here with the same bytes is left out; one that is here and differs comes back as a copy
    beside it. The directory comes back only where there is none. Everything is read once before the first is written:
    `NoDocument` for a file that is no backup or is damaged, `Newer`. When it is stopped, each is here whole or not.
    """
    with speaking_of(file):
        try:
            with file.open("rb") as raw, zipfile.ZipFile(raw) as archive:
                found = _checked(archive, file)
                for folder, names in found.items():
                    files = {name.rpartition("/")[2]: archive.read(name) for name in names}
                    if folder:
                        _reads(files, file)
                yield from _unpack(root, archive, found, watch)
        except _BROKEN as err:
            raise NoDocument(file, str(err)) from err


def _checked(archive: zipfile.ZipFile, file: Path) -> dict[str, list[str]]:
    """The names of a backup's files by partnership ("" for those of the store); anything else is refused."""
    found: dict[str, list[str]] = {}
    total = 0
    for info in archive.infolist():
        folder, _slash, name = info.filename.rpartition("/")
        total += info.file_size
        allowed = _belongs(name) if is_id(folder) else not folder and name in (DIRECTORY, f"{DIRECTORY}.twin")
        if not allowed or info.file_size > SIZE_LIMIT or total > _TOTAL:
            raise NoDocument(file, f"{info.filename!r} does not belong in a backup")
        found.setdefault(folder, []).append(info.filename)
    return found


def _unpack(root: Path, archive: zipfile.ZipFile, found: dict[str, list[str]], watch: Watch | None) -> Iterator[str]:
    make_private_dir(root)
    root = Path(os.path.realpath(root))
    with Lock(root / ".lock", modes=modes_of(root)):
        for left in root.glob(f"{_HALF_DONE}*"):
            shutil.rmtree(left, ignore_errors=True)
        for at, (folder, names) in enumerate(sorted(found.items())):
            if watch is not None:
                watch(at, len(found))
            files = {name.rpartition("/")[2]: archive.read(name) for name in names}
            if not folder:
                if not (root / DIRECTORY).exists():
                    _write(root, files)
                continue
            if os.path.lexists(root / folder):
                if _same(root / folder, files):
                    continue
                folder = new_id()
            _place(root, folder, files)
            yield folder


def _place(root: Path, folder: str, files: dict[str, bytes]) -> None:
    """Make a partnership's folder: under another name until all of it is on disk."""
    draft = root / f"{_HALF_DONE}{secrets.token_hex(6)}"
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, draft, ignore_errors=True)
        make_private_dir(draft, modes_of(root))
        _write(draft, files)
        os.rename(draft, root / folder)
    sync_directory(root)


def _same(folder: Path, files: dict[str, bytes]) -> bool:
    with suppress(OSError):
        return all(read_file(folder / name) == raw for name, raw in files.items() if not name.endswith(".twin"))
    return False


def _write(folder: Path, files: dict[str, bytes]) -> None:
    modes = modes_of(folder)
    for name in sorted(files):
        write_atomic(folder / name, files[name], modes)
    sync_directory(folder)
