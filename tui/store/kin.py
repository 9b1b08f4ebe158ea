"""Which partnerships began as copies of one another: what is destroyed in one of them may stand in the others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tui.project.ids import is_id
from tui.store.copies import judge, look_at_both
from tui.store.errors import StoreError
from tui.store.files import read_file
from tui.store.folder import PRIVATE, PUBLIC
from tui.store.records import earlier_ids, meta_of


def kin(folder: Path, others: Iterable[Path]) -> list[Path]:
    """Those of the other folders with private notes that are copies of this one, its origin, or copies of that."""
    family = _names(folder)
    marks = [f'"{name}"'.encode("ascii") for name in family]
    return [
        one
        for one in others
        if one != folder and any(one.glob(f"{PRIVATE}*")) and _tells(one, marks, family) and family & _names(one)
    ]


def _tells(folder: Path, marks: list[bytes], family: set[str]) -> bool:
    """Whether a folder may be of the family: its bytes are looked through, which is quick, before they are read."""
    try:
        raw = read_file(folder / PUBLIC)
    except OSError:
        return True
    return folder.name in family or any(mark in raw for mark in marks)


def _names(folder: Path) -> set[str]:
    """The ids that a partnership has, and had."""
    try:
        path = folder / PUBLIC
        meta = meta_of(judge(*look_at_both(path, path.with_name(f"{path.name}.twin"))).tables)
    except (StoreError, OSError):
        return {folder.name}
    was = meta.get("id")
    return {folder.name, *earlier_ids(meta), *([was] if isinstance(was, str) and is_id(was) else ())}
