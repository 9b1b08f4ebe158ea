"""The exact text in a file of one's own, written before anything is sent, so that no copy is ever lost."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def keep(text: str, folder: Path, name: str) -> Path:
    """Write `text` as UTF-8 to `folder/name` (0600), replacing a former copy at once or not at all; returns the path.

    The folder is made if needed (0700); one that exists keeps its mode: it may be a shared drive, or somebody's home.
    `name` is a plain file name. Raises ValueError for another kind of name, OSError when the file cannot be written,
    UnicodeEncodeError for a lone surrogate.
    """
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        raise ValueError(f"not a plain file name: {name!r}")
    data = text.encode("utf-8")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = folder.resolve()
    # every step goes through this one handle: the folder cannot be swapped for a link between two of them
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        _replace(handle, name, data)
    finally:
        os.close(handle)
    return folder / name


def _replace(folder: int, name: str, data: bytes) -> None:
    draft = f".{secrets.token_hex(8)}.part"
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
    try:
        with os.fdopen(file, "wb") as stream:
            os.fchmod(stream.fileno(), 0o600)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        os.unlink(draft, dir_fd=folder)
        raise
