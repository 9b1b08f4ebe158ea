"""Adopted papers: files of versions that were adopted outside of the program, such as a signed PDF.

A version has at most one. It is kept unchanged in the folder of its partnership.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import Final

from tui.atomic_files import Modes, write_atomic
from tui.partnership.ids import is_id
from tui.store.store_errors import as_store_errors
from tui.store.successor import require_writable

PAPER: Final = re.compile(r"adopted-[a-z2-7]{10}\.[a-z0-9]{1,8}")  # "adopted-", the id of the version, the ending


def keep_paper(folder: Path, version_id: str, name: str, data: bytes, modes: Modes) -> Path:
    """Write the bytes `data` as the paper of a version and return its path. Raises `StoreError`.

    `name` is the name of the user's file, of which only the ending is kept.
    """
    ending = re.sub(r"[^a-z0-9]", "", PurePath(name).suffix.lower())[:8] or "bin"
    path = folder / f"adopted-{version_id}.{ending}"
    require_writable(path)
    with as_store_errors(path):
        write_atomic(path, data, modes)
    return path


def paper_of(folder: Path, version_id: str) -> Path | None:
    """Return the path of the paper of a version; None if there is none."""
    paths = sorted(folder.glob(f"adopted-{version_id}.*")) if is_id(version_id) else ()
    return next((path for path in paths if PAPER.fullmatch(path.name) and not path.is_symlink()), None)
