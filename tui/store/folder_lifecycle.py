"""The folders of partnerships: created, found, put into the bin, brought back and destroyed.

A folder has the id of its partnership as its name, so that a `name` here is an id.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.atomic_files import make_private_dir, modes_of, read_file, sync_directory
from tui.partnership.ids import is_id, new_id
from tui.store.disk_locks import locks_hold, take_lock
from tui.store.file_names import BIN, PRIVATE, PUBLIC, UNFINISHED_FOLDER
from tui.store.records import earlier_ids, meta_of
from tui.store.store_errors import StoreError, Taken, Unknown, as_store_errors
from tui.store.successor import require_writable
from tui.store.sync_copies import copied_file

if TYPE_CHECKING:
    from tui.store.partnership_folder import Folder

# The beginnings of the names of private files, and parts of the names of files set aside or left half written.
_PRIVATE_BEGINNINGS = (PRIVATE, f".{PRIVATE}", "journal-", ".journal-", "unfinished-", ".unfinished-")
_PARTS_OF_COPY_NAMES = (".damaged-", ".before-", ".tmp")


def related_copies(folder: Path, others: Iterable[Path], *, private: bool = True) -> list[Path]:
    """Return those of the folders `others` that are copies of `folder`, its origin, or other copies of that origin.

    Only those with a private file, unless `private` is false.
    """
    family = _ids_of(folder)
    marks = [f'"{partnership_id}"'.encode("ascii") for partnership_id in family]  # an id as it stands in a file
    return [
        path
        for path in others
        if path != folder
        and (not private or any(path.glob(f"{PRIVATE}*")))
        and _may_be_related(path, marks, family)
        and family & _ids_of(path)
    ]


def _may_be_related(folder: Path, marks: list[bytes], family: set[str]) -> bool:
    """Return whether a folder may share an id with `family`: its public file holds one of `marks`, ids in quotes.

    True also if the file cannot be read. The search saves parsing most files, which `_ids_of` has to do.
    """
    try:
        raw = read_file(folder / PUBLIC)
    except OSError:
        return True
    return folder.name in family or any(mark in raw for mark in marks)


def _ids_of(folder: Path) -> set[str]:
    """Return the id of a partnership and its earlier ones; only the name of its folder if it cannot be read."""
    from tui.store.sealed_storage import (  # imported late: it loads TinyDB, which `entente list` does without
        choose_copy,
        read_both_copies,
    )

    try:
        path = folder / PUBLIC
        meta = meta_of(choose_copy(*read_both_copies(path, path.with_name(f"{path.name}.twin"))).tables)
    except (StoreError, OSError):
        return {folder.name}
    kept_id = meta.get("id")
    return {folder.name, *earlier_ids(meta), *([kept_id] if isinstance(kept_id, str) and is_id(kept_id) else ())}


@contextmanager
def new_folder(root: Path, name: str) -> Iterator[Path]:
    """Give the block a folder to fill for the partnership `name`, with the modes of the store.

    It gets its name when the block ends; if the block raises, the folder is removed. Raises `Unknown` if `name` is no
    id, `Taken` if something has that name, `Unlocked` or `Moved` if the store may not be written to, and another
    `StoreError` in place of any OSError, also of the block.
    """
    if not is_id(name):
        raise Unknown(root, name)
    require_writable(root / name)
    with as_store_errors(root / name):
        make_private_dir(root)
        target = Path(os.path.realpath(root)) / name
        if os.path.lexists(target):
            raise Taken(target)
        sweep_unfinished(root)
        with unfinished_folder(root) as draft:
            yield draft
            put_in_place(draft, target)


@contextmanager
def unfinished_folder(root: Path) -> Iterator[Path]:
    """Give the block a new folder in the store, with a temporary name, locked by this program.

    If it still has that name at the end, it is removed. Raises OSError.
    """
    draft = Path(os.path.realpath(root)) / f"{UNFINISHED_FOLDER}{secrets.token_hex(6)}"
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, draft, ignore_errors=True)
        # Until it is locked, a new folder looks like one that a killed program left; so `sweep_unfinished` is kept out.
        with _store_locked(root, fcntl.LOCK_SH):
            make_private_dir(draft, modes_of(root))
            undo.callback(os.close, _lock_folder(draft))
        yield draft


def put_in_place(draft: Path, target: Path) -> None:
    """Give a finished folder its name, possibly in place of an empty folder.

    Raises `Taken` if a file or a folder that is not empty has that name, and any other OSError as it is.
    """
    try:
        os.rename(draft, target)
    except OSError as err:
        if err.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise Taken(target) from None
        raise
    sync_directory(target.parent)


def sweep_unfinished(root: Path) -> None:
    """Remove unfinished folders that killed programs left; a locked one is still being filled, and stays.

    Nothing is removed while another program is just making one, nor on a disk whose locks keep nobody out, since there
    a lock does not show whether its program still runs. An OSError is ignored.
    """
    if not locks_hold(root / UNFINISHED_FOLDER):
        return
    with suppress(OSError), _store_locked(root, fcntl.LOCK_EX | fcntl.LOCK_NB):
        for path in Path(os.path.realpath(root)).glob(f"{UNFINISHED_FOLDER}*"):
            with suppress(OSError):
                handle = _lock_folder(path)
                shutil.rmtree(path, ignore_errors=True)
                os.close(handle)


@contextmanager
def _store_locked(root: Path, how: int) -> Iterator[None]:
    """Hold a lock on the store's own folder during the block; `how` is as in flock(2).

    Raises OSError; with LOCK_NB in `how`, BlockingIOError if another program holds the lock.
    """
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        take_lock(handle, how, root)
        yield
    finally:
        os.close(handle)


def _lock_folder(folder: Path) -> int:
    """Lock a folder and return its descriptor: the lock lasts until that is closed.

    Raises BlockingIOError if another program has locked it, and any other OSError as it is.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        take_lock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, folder)
    except OSError:
        os.close(handle)
        raise
    return handle


def free_id(root: Path, wanted: object) -> str:
    """Return `wanted` if it is an id that nothing in the folder `root` has as its name, else a new id."""
    if isinstance(wanted, str) and is_id(wanted) and not os.path.lexists(root / wanted):
        return wanted
    return new_id()


def has_folder(root: Path, name: object) -> bool:
    """Return whether the store has a partnership of that id outside the bin; False for anything that is no id."""
    return isinstance(name, str) and is_id(name) and (root / name).is_dir()


def bin_of(root: Path) -> Path:
    """Return the folder of deleted partnerships in the store `root`; it may not exist yet."""
    return root / BIN


def folders_of(root: Path) -> Iterator[Path]:
    """Yield the folders of all partnerships, sorted by id, then those in the bin; links are left out.

    A bin that is a link, or that this account may not read, is left out too. Raises OSError if `root` cannot be read.
    """
    places = [root]
    if os.path.isdir(bin_of(root)) and not bin_of(root).is_symlink() and not is_inaccessible(bin_of(root)):
        places.append(bin_of(root))
    for place in places:
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            if is_id(path.name) and path.is_dir() and not path.is_symlink():
                yield path


def is_inaccessible(folder: Path) -> bool:
    """Return whether the folder exists and this account may not read it: that of another person, for instance."""
    return os.path.isdir(folder) and not os.access(folder, os.R_OK | os.X_OK)


def move(source: Path, target: Path) -> None:
    """Move a partnership's folder, and wait until the move is on disk. Raises `StoreError`."""
    require_writable(source)
    with as_store_errors(source):
        make_private_dir(target.parent, modes_of(source.parent))
        os.rename(source, target)
        sync_directory(target.parent)
        sync_directory(source.parent)


def put_in_bin(root: Path, folder: Folder) -> None:
    """Delete a partnership: move its folder to the bin. If the bin has one of that id, that one gets a new name.

    Raises `StoreError`.
    """
    target = bin_of(root) / folder.id
    with folder.lock:
        if target.is_dir():
            move(target, target.with_name(new_id()))
        move(folder.path, target)


def take_from_bin(root: Path, name: str) -> str:
    """Bring a deleted partnership back and return its id, a new one if its own is in use meanwhile.

    Raises `Unknown` if the bin has none of that id, and other `StoreError`s.
    """
    free = free_id(root, name)
    move(_folder_in_bin(root, name), root / free)
    return free


def purge(root: Path, name: str) -> Path:
    """Destroy a deleted partnership for good, and return the path of the folder that was removed.

    Raises `Unknown` if the bin has none of that id, and other `StoreError`s.
    """
    path = _folder_in_bin(root, name)
    require_writable(path)
    with as_store_errors(path):
        shutil.rmtree(path)
        sync_directory(path.parent)
    return path


def _folder_in_bin(root: Path, name: str) -> Path:
    """Return the folder of that name in the bin. Raises `Unknown` if there is none, or a link in its place."""
    path = bin_of(root) / name if is_id(name) else None
    if path is None or path.is_symlink() or bin_of(root).is_symlink() or not path.is_dir():
        raise Unknown(bin_of(root), name)
    return path


def destroy_private(folder: Folder) -> tuple[Path, ...]:
    """Delete all private files of a partnership, and return their paths, sorted by name.

    These are the private file, its twin and its closed files, journals, unfinished texts, all files set aside or left
    half written, and the conflict copies of any file that a sync program made. Raises `StoreError`.
    """
    with folder.lock, as_store_errors(folder.path):
        private_paths = [path for path in sorted(folder.path.iterdir()) if _holds_private(path.name)]
        for path in private_paths:
            os.unlink(path)
        sync_directory(folder.path)
    return tuple(private_paths)


def _holds_private(name: str) -> bool:
    """Return whether a file of that name is private, or may be: any set-aside file or conflict copy may."""
    is_copy = bool(copied_file(name)) or any(part in name for part in _PARTS_OF_COPY_NAMES)
    return is_copy or name.startswith(_PRIVATE_BEGINNINGS)


def earlier_life_folders(root: Path, name: str) -> list[Path]:
    """Return the folders of the earlier lives of the partnership `name`, sorted by name.

    An earlier life is a partnership in the bin that had this id when it was deleted; its folder may have got another
    name. Raises `StoreError`.
    """
    place = bin_of(root)
    with as_store_errors(place):
        if place.is_symlink() or not place.is_dir():
            return []
        folders = [
            path for path in sorted(place.iterdir()) if is_id(path.name) and path.is_dir() and not path.is_symlink()
        ]
    return [path for path in folders if path.name == name or _id_before_deletion(path) == name]


def _id_before_deletion(folder: Path) -> object:
    """Return the id that a deleted partnership says it had; None where that cannot be read."""
    from tui.store.sealed_storage import choose_copy, read_copy  # imported late, as in `_ids_of`

    with suppress(StoreError, OSError):
        path = folder / PUBLIC
        return meta_of(choose_copy(read_copy(path), read_copy(path.with_name(f"{path.name}.twin"))).tables).get("id")
    return None
