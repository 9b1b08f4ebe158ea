"""Partnership folders created, copied, put into the bin, brought back and destroyed, adopted files included."""

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

_SET_ASIDE = (".damaged-", ".before-", ".tmp")  # parts of the names of copies that were set aside


def related_copies(folder: Path, others: Iterable[Path], *, private: bool = True) -> list[Path]:
    """Return those of the other folders that are copies of this one, its origin, or copies of that.

    Only those with private notes, unless `private` is false.
    """
    family = _names(folder)
    marks = [f'"{name}"'.encode("ascii") for name in family]
    return [
        path
        for path in others
        if path != folder
        and (not private or any(path.glob(f"{PRIVATE}*")))
        and _tells(path, marks, family)
        and family & _names(path)
    ]


def _tells(folder: Path, marks: list[bytes], family: set[str]) -> bool:
    """Whether a folder may be of the family: its bytes are looked through, which is quick, before they are read."""
    try:
        raw = read_file(folder / PUBLIC)
    except OSError:
        return True
    return folder.name in family or any(mark in raw for mark in marks)


def _names(folder: Path) -> set[str]:
    """Return the ids that a partnership has, and had."""
    from tui.store.sealed_storage import (  # late: it loads TinyDB, which `entente list` does without
        choose_copy,
        read_both_copies,
    )

    try:
        path = folder / PUBLIC
        meta = meta_of(choose_copy(*read_both_copies(path, path.with_name(f"{path.name}.twin"))).tables)
    except (StoreError, OSError):
        return {folder.name}
    was = meta.get("id")
    return {folder.name, *earlier_ids(meta), *([was] if isinstance(was, str) and is_id(was) else ())}


@contextmanager
def new_folder(root: Path, name: str) -> Iterator[Path]:
    """A folder to fill for the partnership `name`, with the modes of the store: it is there whole, or not at all.

    It takes its name once the block has ended well; where the block raises, nothing is left of it. Raises `Taken`, or
    `Unknown` for no id.
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
    """A new folder in the store under a name that no partnership has; what is left of it at the end goes."""
    draft = Path(os.path.realpath(root)) / f"{UNFINISHED_FOLDER}{secrets.token_hex(6)}"
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, draft, ignore_errors=True)
        # Between its making and its holding, a folder looks like one that a killed program left.
        with _store_held(root, fcntl.LOCK_SH):
            make_private_dir(draft, modes_of(root))
            undo.callback(os.close, _held(draft))
        yield draft


def put_in_place(draft: Path, target: Path) -> None:
    """Give a finished folder its name. Raises `Taken` where somebody else has it, and OSError."""
    try:
        os.rename(draft, target)
    except OSError as err:
        if err.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise Taken(target) from None
        raise
    sync_directory(target.parent)


def sweep_unfinished(root: Path) -> None:
    """Remove what killed programs left of folders they were filling; those that are being filled are held.

    Where another program is just making one, nothing is removed: the next sweep will do. Nor where locks do not tell
    who lives.
    """
    if not locks_hold(root / UNFINISHED_FOLDER):
        return
    with suppress(OSError), _store_held(root, fcntl.LOCK_EX | fcntl.LOCK_NB):
        for path in Path(os.path.realpath(root)).glob(f"{UNFINISHED_FOLDER}*"):
            with suppress(OSError):
                handle = _held(path)
                shutil.rmtree(path, ignore_errors=True)
                os.close(handle)


@contextmanager
def _store_held(root: Path, how: int) -> Iterator[None]:
    """The store's own folder, locked as flock(2) does with `how`. Raises OSError, BlockingIOError where it is held."""
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        take_lock(handle, how, root)
        yield
    finally:
        os.close(handle)


def _held(folder: Path) -> int:
    """Return the descriptor of a folder that is held until it is closed.

    Raises BlockingIOError where another holds it.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        take_lock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, folder)
    except OSError:
        os.close(handle)
        raise
    return handle


def free_id(root: Path, wanted: object) -> str:
    """`wanted` where it is an id that nobody has, else a new one."""
    if isinstance(wanted, str) and is_id(wanted) and not os.path.lexists(root / wanted):
        return wanted
    return new_id()


def is_here(root: Path, name: object) -> bool:
    """Return whether the store has a partnership of that id."""
    return isinstance(name, str) and is_id(name) and (root / name).is_dir()


def bin_of(root: Path) -> Path:
    """Return where deleted partnerships lie."""
    return root / BIN


def folders_of(root: Path) -> Iterator[Path]:
    """Yield the folders of all partnerships, and then of those in the bin, unless this account may not look into it."""
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
    """Move a partnership's folder, and see it on disk in both places. Raises `StoreError`."""
    require_writable(source)
    with as_store_errors(source):
        make_private_dir(target.parent, modes_of(source.parent))
        os.rename(source, target)
        sync_directory(target.parent)
        sync_directory(source.parent)


def put_in_bin(root: Path, folder: Folder) -> None:
    """Delete a partnership: its folder goes to the bin whole. An older one of that id there gets another name."""
    target = bin_of(root) / folder.id
    with folder.lock:
        if target.is_dir():
            move(target, target.with_name(free_id(bin_of(root), None)))
        move(folder.path, target)


def take_from_bin(root: Path, name: str) -> str:
    """Bring a deleted partnership back; its id, a new one where its own is taken meanwhile."""
    back = free_id(root, name)
    move(_binned(root, name), root / back)
    return back


def purge(root: Path, name: str) -> Path:
    """Destroy a deleted partnership for good; the folder that went."""
    path = _binned(root, name)
    require_writable(path)
    with as_store_errors(path):
        shutil.rmtree(path)
        sync_directory(path.parent)
    return path


def _binned(root: Path, name: str) -> Path:
    path = bin_of(root) / name if is_id(name) else None
    if path is None or path.is_symlink() or bin_of(root).is_symlink() or not path.is_dir():
        raise Unknown(bin_of(root), name)
    return path


def destroy_private(folder: Folder) -> tuple[Path, ...]:
    """Delete everything private of one partnership, and return what went.

    That is file and twin, journals, unfinished texts, and all set-aside copies.
    """
    with folder.lock, as_store_errors(folder.path):
        gone = [path for path in sorted(folder.path.iterdir()) if _holds_private(path.name)]
        for path in gone:
            os.unlink(path)
        sync_directory(folder.path)
    return tuple(gone)


def _holds_private(name: str) -> bool:
    secret = name.startswith(("private.json", ".private.json", "journal-", ".journal-", "unfinished-", ".unfinished-"))
    return secret or bool(copied_file(name)) or any(word in name for word in _SET_ASIDE)


def binned(root: Path, name: str) -> list[Path]:
    """The folders in the bin that hold an earlier life of the partnership `name`, whatever they are called there."""
    place = bin_of(root)
    with as_store_errors(place):
        if place.is_symlink() or not place.is_dir():
            return []
        found = [
            path for path in sorted(place.iterdir()) if is_id(path.name) and path.is_dir() and not path.is_symlink()
        ]
    return [path for path in found if path.name == name or _was_called(path) == name]


def _was_called(folder: Path) -> object:
    """Return the id that a deleted partnership says it had; None where that cannot be read."""
    from tui.store.sealed_storage import choose_copy, read_copy  # late, as above

    with suppress(StoreError, OSError):
        path = folder / PUBLIC
        return meta_of(choose_copy(read_copy(path), read_copy(path.with_name(f"{path.name}.twin"))).tables).get("id")
    return None
