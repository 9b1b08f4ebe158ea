"""The paper that was adopted elsewhere, kept beside the partnership as it was: its bytes, under the version's id."""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import Final

from tui.store.errors import speaking_of
from tui.store.files import Modes, write_atomic

PAPER: Final = re.compile(r"adopted-[a-z2-7]{10}\.[a-z0-9]{1,8}")  # the only names such a file takes


def keep_paper(folder: Path, version: str, name: str, data: bytes, modes: Modes) -> Path:
    """Keep the paper of a version; `name` gives its ending. Raises `StoreError`."""
    ending = re.sub(r"[^a-z0-9]", "", PurePath(name).suffix.lower())[:8] or "bin"
    path = folder / f"adopted-{version}.{ending}"
    with speaking_of(path):
        write_atomic(path, data, modes)
    return path


def paper_of(folder: Path, version: str) -> Path | None:
    """Where the paper of a version is kept; None when there is none."""
    found = sorted(folder.glob(f"adopted-{version}.*"))
    return next((path for path in found if PAPER.fullmatch(path.name) and not path.is_symlink()), None)
