"""A backup brought back: all of it read first, each partnership whole or not at all, and nothing replaced."""

from __future__ import annotations

import os
import secrets
import shutil
import zipfile
from collections.abc import Generator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

from tui.project.ids import new_id
from tui.store.backup import BROKEN, TWIN, Watch, checked, reads
from tui.store.directory import DIRECTORY
from tui.store.errors import speaking_of
from tui.store.files import make_private_dir, modes_of, read_file, sync_directory, write_atomic
from tui.store.lock import Lock
from tui.store.refusals import NoDocument

_HALF_DONE: Final = ".restoring-"  # a folder of that name is what a killed restore left

Files = dict[str, bytes]


def restore(root: Path, file: Path, watch: Watch | None = None) -> Generator[str, None, int]:
    """Bring back what a backup holds; yields the id here of each partnership once it is here.

    A partnership that is here with the same bytes is left out; one that is here and differs comes back as a copy
    beside it. What was in the bin goes to the bin, unless it is here; returns how many did. The directory comes back
    only where there is none. Everything is read once before the first is written: `NoDocument` for a file that is no
    backup or is damaged, `Newer`. When it is stopped, each is here whole or not.
    """
    with speaking_of(file):
        try:
            with file.open("rb") as raw, zipfile.ZipFile(raw) as archive:
                found = checked(archive, file)
                for at, (folder, names) in enumerate(found.items()):
                    if watch is not None:
                        watch(at // 2, len(found))  # the other half is bringing it back
                    files = _files(archive, names)
                    if folder:
                        reads(files, file)
                return (yield from _unpack(root, archive, found, watch))
        except BROKEN as err:
            raise NoDocument(file, str(err)) from err


def _files(archive: zipfile.ZipFile, names: list[str]) -> Files:
    """The files of one folder by their own names; a twin that was left out for being the same is there again."""
    files = {name.rpartition("/")[2]: archive.read(name) for name in names}
    twins = {f"{name}{TWIN}": raw for name, raw in files.items() if name.endswith(".json")}
    return {**twins, **files}


def _unpack(
    root: Path, archive: zipfile.ZipFile, found: dict[str, list[str]], watch: Watch | None
) -> Generator[str, None, int]:
    with speaking_of(root):
        make_private_dir(root)
    root = Path(os.path.realpath(root))
    put_away = 0
    with Lock(root / ".lock", modes=modes_of(root)):
        for left in root.glob(f"{_HALF_DONE}*"):
            shutil.rmtree(left, ignore_errors=True)
        for at, (folder, names) in enumerate(sorted(found.items())):
            if watch is not None:
                watch((len(found) + at) // 2, len(found))
            files = _files(archive, names)
            binned, _slash, name = folder.rpartition("/")
            if not folder:
                with speaking_of(root):
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
    """The id that a partnership takes there; "" where it is there already, byte for byte."""
    if not os.path.lexists(place / name):
        return name
    return "" if _same(place / name, files) else new_id()


def _place(root: Path, folder: Path, files: Files) -> None:
    """Make a partnership's folder: under another name until all of it is on disk."""
    draft = root / f"{_HALF_DONE}{secrets.token_hex(6)}"
    with speaking_of(folder), ExitStack() as undo:
        undo.callback(shutil.rmtree, draft, ignore_errors=True)
        make_private_dir(draft, modes_of(root))
        _write(draft, files)
        make_private_dir(folder.parent, modes_of(root))
        os.rename(draft, folder)
        sync_directory(folder.parent)


def _same(folder: Path, files: Files) -> bool:
    with suppress(OSError):
        return all(read_file(folder / name) == raw for name, raw in files.items() if not name.endswith(TWIN))
    return False


def _write(folder: Path, files: Files) -> None:
    modes = modes_of(folder)
    for name in sorted(files):
        write_atomic(folder / name, files[name], modes)
    sync_directory(folder)
