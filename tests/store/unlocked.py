"""A simulated disk whose locks keep nobody out: the system's answers to flock(2) are replaced."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tui.store import disk_locks

FAULTS = {"idle": 0, "ENOLCK": errno.ENOLCK, "EOPNOTSUPP": errno.EOPNOTSUPP, "ENOSYS": errno.ENOSYS}
# The same for a whole program: Python loads a module of this name before anything else.
SITE = """
import fcntl, os

def flock(fd, how):
    if {code}:
        raise OSError({code}, os.strerror({code}))

fcntl.flock = flock
"""


@contextmanager
def without_locks(fault: str) -> Iterator[None]:
    """Within it every lock of this program is answered as `fault` says, and what is known of disks is forgotten."""
    code = FAULTS[fault]

    def flock(_fd: int, _how: int) -> None:
        if code:
            raise OSError(code, os.strerror(code))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fcntl, "flock", flock)
        patch.setattr(disk_locks, "_allowed_folders", set())
        patch.setattr(disk_locks, "_faults_by_device", {})
        yield


def site_folder(folder: Path, fault: str) -> str:
    """Return the folder that PYTHONPATH names, for a program whose locks are answered as `fault` says."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(SITE.format(code=FAULTS[fault]), encoding="utf-8")
    return str(folder)


def everything_in(folder: Path) -> dict[str, bytes | None]:
    """Return what lies in a folder, by name: the bytes of files, None for folders."""
    found = sorted(folder.rglob("*"))
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in found}
