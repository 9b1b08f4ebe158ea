"""The folders of partnerships: created, found, put into the bin, brought back and destroyed.

Ids and names of partnerships are the same here: a folder is called by the id of its partnership.
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

# How the names of files begin that hold what is private, and what is in those of copies set aside or left half written.
_PRIVATE_BEGINNINGS = (PRIVATE, f".{PRIVATE}", "journal-", ".journal-", "unfinished-", ".unfinished-")
_PARTS_OF_COPY_NAMES = (".damaged-", ".before-", ".tmp")


def related_copies(folder: Path, others: Iterable[Path], *, private: bool = True) -> list[Path]:
    """Return those of the other folders that are copies of this one, its origin, or other copies of that.

    Only those with a private file, unless `private` is false.
    """
    family = _ids_of(folder)
    marks = [f'"{partnership_id}"'.encode("ascii") for partnership_id in family]
    return [
        path
        for path in others
        if path != folder
        and (not private or any(path.glob(f"{PRIVATE}*")))
        and _may_be_related(path, marks, family)
        and family & _ids_of(path)
    ]


def _may_be_related(folder: Path, marks: list[bytes], family: set[str]) -> bool:
    """Return whether a folder may be of the family of ids, by a quick search for `marks` in the bytes of its file.

    True also where the file cannot be read. Only `_ids_of` decides: it has to parse the file.
    """
    try:
        raw = read_file(folder / PUBLIC)
    except OSError:
        return True
    return folder.name in family or any(mark in raw for mark in marks)


def _ids_of(folder: Path) -> set[str]:
    """Return the id of a partnership and its earlier ones; the name of its folder alone where it cannot be read."""
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

    It takes its name once the block has ended well; where the block raises, nothing is left of it. Raises `Unknown`
    where `name` is no id, `Taken` where something has that name, `Unlocked` or `Moved` where the store is not to be
    written to, and another `StoreError` in place of any OSError, those of the block included.
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
    """Give the block a new folder in the store, under a name that no partnership has, and locked by this program.

    What still has that name at the end is removed. Raises OSError.
    """
    draft = Path(os.path.realpath(root)) / f"{UNFINISHED_FOLDER}{secrets.token_hex(6)}"
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, draft, ignore_errors=True)
        # Between its making and its lock, a folder looks like one that a killed program left: `sweep_unfinished` waits.
        with _store_locked(root, fcntl.LOCK_SH):
            make_private_dir(draft, modes_of(root))
            undo.callback(os.close, _lock_folder(draft))
        yield draft


def put_in_place(draft: Path, target: Path) -> None:
    """Give a finished folder its name, in place of an empty folder at most.

    Raises `Taken` where a file or a folder with something in it has that name, and any other OSError as it is.
    """
    try:
        os.rename(draft, target)
    except OSError as err:
        if err.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise Taken(target) from None
        raise
    sync_directory(target.parent)


def sweep_unfinished(root: Path) -> None:
    """Remove what killed programs left of folders they were filling; a locked one is being filled, and stays.

    Nothing is removed where another program is just making one, which the next sweep makes good, nor on a disk whose
    locks do not tell which programs still run. An OSError is passed over.
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
    """Hold a lock on the store's own folder during the block, as flock(2) does with `how`.

    Raises OSError; with LOCK_NB in `how`, BlockingIOError where another program has a lock against it.
    """
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        take_lock(handle, how, root)
        yield
    finally:
        os.close(handle)


def _lock_folder(folder: Path) -> int:
    """Lock a folder and return its descriptor: the lock lasts until that is closed.

    Raises BlockingIOError where another program has locked it, and any other OSError as it is.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        take_lock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, folder)
    except OSError:
        os.close(handle)
        raise
    return handle


def free_id(root: Path, wanted: object) -> str:
    """Return `wanted` where it is an id that nothing in the folder `root` has, else a new id."""
    if isinstance(wanted, str) and is_id(wanted) and not os.path.lexists(root / wanted):
        return wanted
    return new_id()


def is_here(root: Path, name: object) -> bool:
    """Return whether the store has a partnership of that id; False for anything that is no id."""
    return isinstance(name, str) and is_id(name) and (root / name).is_dir()


def bin_of(root: Path) -> Path:
    """Return the folder of the store `root` in which deleted partnerships lie, or will lie."""
    return root / BIN


def folders_of(root: Path) -> Iterator[Path]:
    """Yield the folders of all partnerships, then those in the bin, each sorted by id; links are left out.

    So is a bin that is a link, or that this account may not look into. Raises OSError where `root` cannot be read.
    """
    places = [root]
    if os.path.isdir(bin_of(root)) and not bin_of(root).is_symlink() and not is_closed(bin_of(root)):
        places.append(bin_of(root))
    for place in places:
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            if is_id(path.name) and path.is_dir() and not path.is_symlink():
                yield path


def is_closed(folder: Path) -> bool:
    """Return whether the folder is there and this account may not see what lies in it: another person's, say."""
    return os.path.isdir(folder) and not os.access(folder, os.R_OK | os.X_OK)


def move(source: Path, target: Path) -> None:
    """Move a partnership's folder, and wait until the disk has the change in both places. Raises `StoreError`."""
    require_writable(source)
    with as_store_errors(source):
        make_private_dir(target.parent, modes_of(source.parent))
        os.rename(source, target)
        sync_directory(target.parent)
        sync_directory(source.parent)


def put_in_bin(root: Path, folder: Folder) -> None:
    """Delete a partnership: its whole folder goes to the bin. One of that id that lies there gets a new id as its name.

    Raises `StoreError`.
    """
    target = bin_of(root) / folder.id
    with folder.lock:
        if target.is_dir():
            move(target, target.with_name(new_id()))
        move(folder.path, target)


def take_from_bin(root: Path, name: str) -> str:
    """Bring a deleted partnership back and return its id, a new one where its own is taken meanwhile.

    Raises `Unknown` where the bin has none of that id, and `StoreError`.
    """
    free = free_id(root, name)
    move(_folder_in_bin(root, name), root / free)
    return free


def purge(root: Path, name: str) -> Path:
    """Destroy a deleted partnership for good, and return the path of the folder that went.

    Raises `Unknown` where the bin has none of that id, and `StoreError`.
    """
    path = _folder_in_bin(root, name)
    require_writable(path)
    with as_store_errors(path):
        shutil.rmtree(path)
        sync_directory(path.parent)
    return path


def _folder_in_bin(root: Path, name: str) -> Path:
    """Return the folder of that name in the bin. Raises `Unknown` where there is none, or a link is in its place."""
    path = bin_of(root) / name if is_id(name) else None
    if path is None or path.is_symlink() or bin_of(root).is_symlink() or not path.is_dir():
        raise Unknown(bin_of(root), name)
    return path


def destroy_private(folder: Folder) -> tuple[Path, ...]:
    """Delete everything private of one partnership, and return the files that went, sorted by name.

    That is the private file with its twin and closed history, journals, unfinished texts, all copies that were set
    aside or left half written, and the second copies of any file that a synchronising program made. Raises
    `StoreError`.
    """
    with folder.lock, as_store_errors(folder.path):
        gone = [path for path in sorted(folder.path.iterdir()) if _holds_private(path.name)]
        for path in gone:
            os.unlink(path)
        sync_directory(folder.path)
    return tuple(gone)


def _holds_private(name: str) -> bool:
    """Return whether a file of that name holds what is private, or may hold it: any copy may."""
    is_copy = bool(copied_file(name)) or any(part in name for part in _PARTS_OF_COPY_NAMES)
    return is_copy or name.startswith(_PRIVATE_BEGINNINGS)


def binned(root: Path, name: str) -> list[Path]:
    """Return the folders in the bin that hold an earlier life of the partnership `name`, sorted by their names.

    An earlier life is a partnership that had this id when it was deleted; its folder may have another name since.
    Raises `StoreError`.
    """
    place = bin_of(root)
    with as_store_errors(place):
        if place.is_symlink() or not place.is_dir():
            return []
        found = [
            path for path in sorted(place.iterdir()) if is_id(path.name) and path.is_dir() and not path.is_symlink()
        ]
    return [path for path in found if path.name == name or _id_before_deletion(path) == name]


def _id_before_deletion(folder: Path) -> object:
    """Return the id that a deleted partnership says it had; None where that cannot be read."""
    from tui.store.sealed_storage import choose_copy, read_copy  # imported late, as in `_ids_of`

    with suppress(StoreError, OSError):
        path = folder / PUBLIC
        return meta_of(choose_copy(read_copy(path), read_copy(path.with_name(f"{path.name}.twin"))).tables).get("id")
    return None
