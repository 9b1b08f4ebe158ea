"""The mark of a store in a folder that was copied to another store: from then on it may only be read.

The mark is a file that names the successor, the store that is used instead.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.atomic_files import forget, modes_of, read_file, sync_directory, write_atomic
from tui.store.disk_locks import require_locks, store_of
from tui.store.store_errors import Moved, ReadOnly, ReadOnlyDisk, as_store_errors, is_read_only_disk

_FILE: Final = "successor.json"
_LIMIT_BYTES: Final = 16 * 1024  # of the file, which holds one address


def successor_of(root: Path) -> str:
    """Return the folder or address of the successor of the store in `root`; "" if this one is in use.

    "?" if the file exists but cannot be read: that it exists is what counts.
    """
    path = root / _FILE
    try:
        mark = json.loads(read_file(path, _LIMIT_BYTES))
        return str(mark["successor"])
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return "?"


def refuse_leaving(root: Path) -> None:
    """Raise ReadOnly if this account may not write in the folder, Unlocked if its locks do not work (`disk_locks`)."""
    require_locks(root / _FILE)
    if not os.access(root, os.W_OK):
        raise (ReadOnlyDisk if is_read_only_disk(root) else ReadOnly)(root / _FILE)


def leave_to(root: Path, successor: str) -> None:
    """Write the mark: the store in `root` may only be read from now on. Raises `StoreError`."""
    data = json.dumps({"successor": successor}, ensure_ascii=True).encode("ascii")
    require_locks(root / _FILE)
    with as_store_errors(root):
        write_atomic(root / _FILE, data, modes_of(root))


def take_back(root: Path) -> None:
    """Remove the mark: the store in `root` is in use again."""
    forget(root / _FILE)
    with suppress(OSError):
        sync_directory(root)


def refuse_moved(path: Path) -> None:
    """Raise `Moved` if the store that `path` lies in has a successor."""
    root = store_of(path.parent)
    if os.path.lexists(root / _FILE):
        raise Moved(root, successor_of(root))


def require_writable(path: Path) -> None:
    """Raise `Unlocked` or `Moved` if the store that `path` lies in may not be written to."""
    require_locks(path)
    refuse_moved(path)
