"""Conflict copies: the second copies that synchronising programs leave if two machines changed one file.

The store never reads them as its own files; it finds them by their names, to tell the user.

Each program has a name of its own for them, in the language of its machine:

    Syncthing   project.sync-conflict-20261127-101500-ABCDEFG.json
    Dropbox     project (Marie's conflicted copy 2026-11-27).json · project (Copie en conflit de Marie 2026-11-27).json
    Nextcloud   project (conflicted copy 2026-11-27 101500).json · project_conflict-20261127-101500.json
    OneDrive    project-DESKTOP-AB12CD3.json
    iCloud      project 2.json
    Google      Copy of project.json · Copie de project.json
    others      project (1).json · project [conflicted].json · project.json~

What all these names have in common: the name of a file or folder of the store, with something added before the ending
or after it, or words before it. That is what is searched for, in place of a list of words.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tui.partnership.ids import LENGTH, is_id
from tui.store.file_names import NAMES, is_closed_file

_STORE_FILES: Final = ("directory.json",)  # files in the store's folder; the list cache does not matter
_SEPARATORS: Final = " ._-~([{"  # one of these characters begins what such a program adds to a name
TWIN: Final = ".twin"  # the ending of the second copy of a file that the store itself keeps
# Endings that the store itself adds: ".damaged-1a2b3c", ".before-1a2b3c", ".0123456789ab.tmp".
_STORE_ENDING: Final = re.compile(r"\.(?:(?:damaged|before)-[0-9a-z]+|[0-9a-f]{12}\.tmp)")


def copied_file(name: str) -> str:
    """Return the file of the store, such as "project.json", of which `name` is a conflict copy; "" if of none.

    A conflict copy of its twin counts too.
    """
    return next((store_file for store_file in (*NAMES, *_STORE_FILES) if _is_copy_of(store_file, name)), "")


def _is_copy_of(store_file: str, name: str) -> bool:
    """Return whether `name` is that of a conflict copy of `store_file`, such as "project 2.json" of "project.json"."""
    stem, _dot, ending = store_file.partition(".")
    words, _space, last = name.rpartition(" ")  # « Copie de project.json »
    is_own_name = last in (store_file, store_file + TWIN) or (is_closed_file(last) and last.startswith(store_file))
    if words and is_own_name:
        return True
    if not name.startswith(stem) or name in (store_file, store_file + TWIN) or is_closed_file(name):
        return False
    after_stem = name[len(stem) :]
    if after_stem.startswith(f".{ending}"):
        after_stem = after_stem[len(ending) + 1 :]
        # A tuple, because the empty text is in every text.
        return after_stem[:1] in tuple(_SEPARATORS) and not _STORE_ENDING.fullmatch(after_stem.removeprefix(TWIN))
    return after_stem[:1] in tuple(_SEPARATORS) and after_stem.endswith((f".{ending}", f".{ending}{TWIN}", TWIN))


def copied_folder(name: str) -> str:
    """Return the id of the partnership of whose folder `name` is a conflict copy; "" if of none."""
    if name[LENGTH : LENGTH + 1] in tuple(_SEPARATORS) and is_id(name[:LENGTH]):
        return name[:LENGTH]
    _words, space, last = name.rpartition(" ")  # « Copie de 4y2qfagljo »
    return last if space and is_id(last) else ""


def copies_in(folder: Path) -> list[Path]:
    """Return the conflict copies in a partnership's folder, sorted by name. Raises OSError."""
    return [folder / name for name in sorted(os.listdir(folder)) if copied_file(name)]


def copies_beside(root: Path) -> list[Path]:
    """Return the conflict copies in the store's own folder: of the directory, and of whole partnerships.

    Raises OSError.
    """
    copies = [root / name for name in sorted(os.listdir(root)) if copied_folder(name) or copied_file(name)]
    return [path for path in copies if path.is_dir() == bool(copied_folder(path.name)) and not path.is_symlink()]


def folder_copies(root: Path, partnership_id: str) -> list[Path]:
    """Return the conflict copies of one partnership's whole folder; [] if the store's folder cannot be read."""
    try:
        return [path for path in copies_beside(root) if copied_folder(path.name) == partnership_id]
    except OSError:
        return []


def all_copies(root: Path, folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return all conflict copies in a store with the partnership folders `folders`; unreadable folders are skipped."""
    copies: list[Path] = []
    for place, find_copies in ((root, copies_beside), *((folder, copies_in) for folder in folders)):
        try:
            copies += find_copies(place)
        except OSError:  # `entente doctor` and the list report folders that cannot be read
            continue
    return tuple(copies)
