"""A folder whose partnerships were copied to another store: it only reads from then on, and says where they are."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.atomic_files import forget, modes_of, read_file, sync_directory, write_atomic
from tui.store.disk_locks import require_locks, store_of
from tui.store.store_errors import Moved, ReadOnly, as_store_errors

_FILE: Final = "successor.json"
_LIMIT: Final = 16 * 1024  # bytes; it holds one address


def successor_of(root: Path) -> str:
    """Return the folder or the address that the store in `root` went to; "" where it is still the one in use.

    Who cannot read the file is told so by « ? »: that it is there is what counts.
    """
    path = root / _FILE
    try:
        found = json.loads(read_file(path, _LIMIT))
        return str(found["successor"])
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return "?"


def refuse_leaving(root: Path) -> None:
    """Raise ReadOnly where this account may not write beside the partnerships, Unlocked where nobody said yes to it."""
    require_locks(root / _FILE)
    if not os.access(root, os.W_OK):
        raise ReadOnly(root / _FILE)


def leave_to(root: Path, successor: str) -> None:
    """Have the store in `root` only read from now on, and point to `successor`. Raises `StoreError`."""
    data = json.dumps({"successor": successor}, ensure_ascii=True).encode("ascii")
    require_locks(root / _FILE)
    with as_store_errors(root):
        write_atomic(root / _FILE, data, modes_of(root))


def take_back(root: Path) -> None:
    """Use the store in `root` again."""
    forget(root / _FILE)
    with suppress(OSError):
        sync_directory(root)


def refuse_moved(path: Path) -> None:
    """Raise `Moved` where the store that `path` lies in went elsewhere."""
    root = store_of(path.parent)
    if os.path.lexists(root / _FILE):
        raise Moved(root, successor_of(root))


def require_writable(path: Path) -> None:
    """Raise `Unlocked` or `Moved` where the store that `path` lies in is not to be written to."""
    require_locks(path)
    refuse_moved(path)
