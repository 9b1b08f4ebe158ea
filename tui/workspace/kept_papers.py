"""Copies of papers (signed pages, annexes) kept beside a partnership, with a hash that shows whether they changed."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path, PurePath
from typing import Protocol

from tui.atomic_files import SIZE_LIMIT
from tui.export.formats import Rendered
from tui.i18n import _
from tui.named_files import read_named
from tui.partnership.ids import new_id
from tui.partnership.values import Entry
from tui.workspace.output_files import OutputFile
from tui.workspace.workspace import Workspace


class PaperStore(Protocol):
    """What finding the kept copies needs of a store."""

    def paper(self, partnership_id: str, version_id: str, /) -> Path | None: ...


class PaperKeeper(Protocol):
    """What keeping a copy needs of a store."""

    def keep_paper(self, partnership_id: str, version_id: str, name: str, data: bytes, /) -> Path: ...


def keep_copy(workspace: Workspace, store: PaperKeeper, file: Path | None) -> dict[str, str]:
    """Keep a copy of a file beside the partnership; return the cells with its name, its id and its hash.

    {} for None. Raises OSError when the file cannot be read, StoreError when it cannot be kept.
    """
    if file is None:
        return {}
    data, paper_id = read_named(file, SIZE_LIMIT), new_id()
    store.keep_paper(workspace.partnership.id, paper_id, file.name, data)
    return {"file": file.name, "file_hash": f"{paper_id}:{hashlib.sha256(data).hexdigest()}"}


def paper_file(workspace: Workspace, store: PaperStore, row: Entry) -> OutputFile | None:
    """Return the copy that a row keeps as a file to be written, under its own name; None where it has none.

    A copy that was changed since it was kept gives a warning when it is written.
    """
    paper_id, _colon, digest = str(row.get("file_hash", "")).partition(":")
    path = store.paper(workspace.partnership.id, paper_id) if paper_id else None
    if path is None:
        return None
    name = str(row.get("file") or path.name)
    return OutputFile(PurePath(name).stem + path.suffix, name, partial(_copy_of, path, name, digest))


def _copy_of(path: Path, name: str, digest: str) -> Rendered:
    """Return the bytes of a copy, with a warning where they do not have the hash `digest`."""
    data = read_named(path, SIZE_LIMIT)
    if hashlib.sha256(data).hexdigest() == digest:
        return Rendered(data)
    return Rendered(data, (_("“{file}” is not what was kept: it has changed since.").format(file=name),))
