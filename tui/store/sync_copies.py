"""Second copies that programs synchronising folders leave where two machines changed one file: never read as ours.

Each program has a name of its own for them, in the language of its machine:

    Syncthing   project.sync-conflict-20261127-101500-ABCDEFG.json
    Dropbox     project (Marie's conflicted copy 2026-11-27).json · project (Copie en conflit de Marie 2026-11-27).json
    Nextcloud   project (conflicted copy 2026-11-27 101500).json · project_conflict-20261127-101500.json
    OneDrive    project-DESKTOP-AB12CD3.json
    iCloud      project 2.json
    others      project (1).json · project [conflicted].json · project.json~

So no list of words tells them, but what they share: the name of a file or a folder of the store with something behind
it, before the ending or after it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tui.partnership.ids import LENGTH, is_id
from tui.store.file_names import NAMES, is_closed_file

_SHARED: Final = ("directory.json",)  # the store's own files that are not made anew, as the list is
_MARKS: Final = " ._-~([{"  # what stands between a name and what such a program puts behind it
TWIN: Final = ".twin"  # behind the name of a file: the second one that the store itself keeps of it
_OURS_BESIDE: Final = re.compile(r"\.(?:(?:damaged|before)-[0-9a-z]+|[0-9a-f]{12}\.tmp)")


def copied_file(name: str) -> str:
    """Return the file of the store, « project.json », that `name` copies, itself or its twin; "" for none."""
    return next((ours for ours in (*NAMES, *_SHARED) if _is_copy_of(ours, name)), "")


def _is_copy_of(ours: str, name: str) -> bool:
    stem, _dot, ending = ours.partition(".")
    if not name.startswith(stem) or name in (ours, ours + TWIN) or is_closed_file(name):
        return False
    behind = name[len(stem) :]
    if behind.startswith(f".{ending}"):
        behind = behind[len(ending) + 1 :]
        return behind[:1] in tuple(_MARKS) and not _OURS_BESIDE.fullmatch(behind.removeprefix(TWIN))
    return behind[:1] in tuple(_MARKS) and behind.endswith((f".{ending}", f".{ending}{TWIN}", TWIN))


def copied_folder(name: str) -> str:
    """Return the id of the partnership that a folder called `name` is a second copy of; "" for none."""
    return name[:LENGTH] if name[LENGTH : LENGTH + 1] in tuple(_MARKS) and is_id(name[:LENGTH]) else ""


def copies_in(folder: Path) -> list[Path]:
    """Return the second copies in a partnership's folder, by name. Raises OSError."""
    return [folder / name for name in sorted(os.listdir(folder)) if copied_file(name)]


def copies_beside(root: Path) -> list[Path]:
    """Return the second copies right in the store's folder: of the directory, of whole partnerships. Raises OSError."""
    found = [root / name for name in sorted(os.listdir(root)) if copied_folder(name) or copied_file(name)]
    return [path for path in found if path.is_dir() == bool(copied_folder(path.name)) and not path.is_symlink()]


def folder_copies(root: Path, partnership_id: str) -> list[Path]:
    """Return the second copies of one partnership's whole folder; none where the store cannot be looked into."""
    try:
        return [path for path in copies_beside(root) if copied_folder(path.name) == partnership_id]
    except OSError:
        return []


def copies_left(root: Path, folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return all second copies in a store whose partnerships are `folders`; what may not be looked into holds none."""
    found: list[Path] = []
    for place, look in ((root, copies_beside), *((folder, copies_in) for folder in folders)):
        try:
            found += look(place)
        except OSError:  # `doctor` and the list tell of folders that are closed or gone
            continue
    return tuple(found)
