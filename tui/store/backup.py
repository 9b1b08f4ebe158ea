"""The whole store in one zip file, and back: nothing that is here is replaced, nothing is written outside."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Final

from tui.project.ids import is_id, new_id
from tui.store.directory import DIRECTORY
from tui.store.errors import speaking_of
from tui.store.files import SIZE_LIMIT, make_private_dir, modes_of, read_file, sync_directory, write_atomic
from tui.store.folder import PAST, PRIVATE, PUBLIC, VERSIONS
from tui.store.lock import Lock
from tui.store.refusals import NoDocument, Taken

_KNOWN: Final = "backups.json"  # where backups of this store were written: they may hold what is destroyed later
_FILES: Final = tuple(name + end for name in (PRIVATE, PAST, VERSIONS, PUBLIC) for end in ("", ".twin"))
_TOTAL: Final = 4 * 1024**3  # bytes that a backup may unpack to


def backup(root: Path, file: Path) -> int:
    """Write all partnerships, archived ones too, into the new zip `file`; how many. `Taken`, or what the disk says."""
    with speaking_of(file):
        if os.path.lexists(file):
            raise Taken(file)
        content = BytesIO()
        count = 0
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for folder in _folders(root):
                with Lock(folder / ".lock", modes=modes_of(folder)):
                    count += _pack(archive, folder)
            for name in (DIRECTORY, f"{DIRECTORY}.twin"):
                with suppress(FileNotFoundError):
                    archive.writestr(name, read_file(root / name))
        write_atomic(Path(os.path.abspath(file)), content.getvalue())
        _note(root, file)
    return count


def _folders(root: Path) -> Iterator[Path]:
    for path in sorted(root.iterdir()) if root.is_dir() else ():
        if is_id(path.name) and path.is_dir() and not path.is_symlink():
            yield path


def _pack(archive: zipfile.ZipFile, folder: Path) -> bool:
    """Add a partnership's files; whether there were any."""
    found = False
    for path in sorted(folder.iterdir()):
        if path.name in _FILES and not path.is_symlink():
            archive.writestr(f"{folder.name}/{path.name}", read_file(path))
            found = True
    return found


def _note(root: Path, file: Path) -> None:
    known = [os.fspath(path) for path in known_backups(root)]
    data = json.dumps(sorted({*known, os.path.abspath(file)})).encode("ascii")
    write_atomic(root / _KNOWN, data, modes_of(root))


def known_backups(root: Path) -> list[Path]:
    """The backups made from this store that still lie where they were written."""
    with suppress(OSError, ValueError, TypeError):
        return [Path(path) for path in json.loads(read_file(root / _KNOWN)) if os.path.lexists(path)]
    return []


def restore(root: Path, file: Path) -> list[str]:
    """Bring back what a backup holds; the ids here of what came.

    A partnership that is here with the same bytes is left out; one that is here and differs comes back as a copy
    beside it. The directory comes back only where there is none. `NoDocument` for a file that is no backup.
    """
    with speaking_of(file):
        try:
            with zipfile.ZipFile(BytesIO(read_file(file, _TOTAL))) as archive:
                found = _checked(archive, file)
                return _unpack(root, archive, found)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as err:
            raise NoDocument(file, str(err)) from err


def _checked(archive: zipfile.ZipFile, file: Path) -> dict[str, list[str]]:
    """The names of a backup's files by partnership ("" for those of the store); anything else is refused."""
    found: dict[str, list[str]] = {}
    total = 0
    for info in archive.infolist():
        folder, _slash, name = info.filename.rpartition("/")
        total += info.file_size
        allowed = _FILES if is_id(folder) else (DIRECTORY, f"{DIRECTORY}.twin") if not folder else ()
        if name not in allowed or info.file_size > SIZE_LIMIT or total > _TOTAL:
            raise NoDocument(file, f"{info.filename!r} does not belong in a backup")
        found.setdefault(folder, []).append(info.filename)
    return found


def _unpack(root: Path, archive: zipfile.ZipFile, found: dict[str, list[str]]) -> list[str]:
    restored: list[str] = []
    make_private_dir(root)
    modes = modes_of(root)
    for folder, names in sorted(found.items()):
        files = {name.rpartition("/")[2]: archive.read(name) for name in names}
        if not folder:
            if not (root / DIRECTORY).exists():
                _write(root, files)
            continue
        if (root / folder).is_dir():
            if _same(root / folder, files):
                continue
            folder = new_id()
        make_private_dir(Path(os.path.realpath(root)) / folder, modes)
        _write(root / folder, files)
        restored.append(folder)
    return restored


def _same(folder: Path, files: dict[str, bytes]) -> bool:
    with suppress(OSError):
        return all(read_file(folder / name) == raw for name, raw in files.items() if not name.endswith(".twin"))
    return False


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """The public file last: a partnership is there only once all of it is."""
    modes = modes_of(folder)
    for name in sorted(files, key=lambda one: (one.startswith(PUBLIC), one)):
        write_atomic(folder / name, files[name], modes)
    sync_directory(folder)
