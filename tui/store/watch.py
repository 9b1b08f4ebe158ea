"""A cheap look at whether files changed: what `stat` says of them, never their contents."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

Mark = tuple[str, int, int, int]
Signature = tuple[Mark, ...]


def signature(paths: Iterable[Path]) -> Signature:
    """(path, time of change in ns, size, inode) of each of `paths` that can be seen; equal means unchanged.

    A save always makes a new inode, so it shows even where the clock of the file system ticks slowly.
    """
    marks: list[Mark] = []
    for path in paths:
        try:
            found = os.stat(path, follow_symlinks=False)
        except OSError:
            continue  # gone or out of reach: that it no longer shows is the change
        marks.append((os.fspath(path), found.st_mtime_ns, found.st_size, found.st_ino))
    return tuple(marks)


class Watch:
    """Remembers how `paths` stood, for polling twice a second."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = tuple(paths)
        self._seen = signature(self._paths)

    def changed(self) -> bool:
        """Whether anything changed since the last call, or since the beginning."""
        now = signature(self._paths)
        changed, self._seen = now != self._seen, now
        return changed

    def settle(self) -> None:
        """Take the files as they stand now, after a save of our own: not a change to report."""
        self._seen = signature(self._paths)
