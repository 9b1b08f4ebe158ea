"""Recovery after a crash: the journals of dead sessions are found, and read as changes that `Store.load` then saves."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from tui.atomic_files import Modes, forget, read_file
from tui.fast_dataclass import dataclass
from tui.partnership.value_types import ValueTypes
from tui.partnership.values import Change, Entry, Partnership
from tui.store.disk_locks import locks_hold, take_lock
from tui.store.journal import OPEN_FLAGS, Record, header_text, journal_paths, may_be_running, parse_journal
from tui.store.records import cleaned, record_of
from tui.store.store_errors import as_store_errors
from tui.text import moments

RECOVERED_REASON: Final = "recovered"  # the reason that a change from the journal of a dead session carries


@dataclass(frozen=True, slots=True)
class Orphan:
    """The journal of a session that died with unsaved changes; it stays locked until `discard` or `release`."""

    path: Path
    author: str  # a name
    since: str  # ISO date and time, UTC
    records: tuple[Record, ...]  # changes that are not saved, oldest first
    torn: bool  # whether a line could not be read (the last one, as a rule: the session died while writing it)
    _fd: int  # descriptor of the locked file

    def discard(self) -> None:
        """Delete the journal, once its records are saved. Raises `StoreError`."""
        try:
            with as_store_errors(self.path):
                os.unlink(self.path)
        finally:
            os.close(self._fd)

    def release(self) -> None:
        """Unlock the journal and leave it where it is, because its records could not be saved."""
        os.close(self._fd)


def orphans(directory: Path) -> list[Orphan]:
    """Return the journals of dead sessions with unsaved records, oldest first; those without any are deleted.

    Each is locked, so that two programs never save the same one. Raises `StoreError`.
    """
    with_records: list[Orphan] = []
    for path in journal_paths(directory):
        fd = _lock_orphan(path)
        if fd is None:
            continue
        with as_store_errors(path):
            header, records, torn = parse_journal(read_file(path))
        if records or torn:
            with_records.append(
                Orphan(path, header_text(header, "author"), header_text(header, "since"), records, torn, fd)
            )
        else:
            forget(path)
            os.close(fd)
    return sorted(with_records, key=lambda orphan: (moments.moment_sort_key(orphan.since), orphan.path.name))


def _lock_orphan(path: Path) -> int | None:
    """Return the locked descriptor of a journal; None if its session is still open, or if the file is gone."""
    try:
        fd = os.open(path, OPEN_FLAGS)
    except OSError:
        return None  # It is gone, a link, or may not be written: its records cannot be saved from here.
    try:
        if not locks_hold(path) and may_be_running(path):
            raise BlockingIOError  # as `take_lock` does where locks work
        take_lock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, path)
        if os.fstat(fd).st_nlink:  # Another program may have saved its records and deleted it meanwhile.
            return fd
    except OSError:
        pass
    os.close(fd)
    return None


def has_journals(folder: Path) -> bool:
    """Return whether the folder has any journal, of an open or a dead session; False if it does not exist."""
    if not folder.is_dir():
        return False
    with as_store_errors(folder):
        return any(path.name.startswith("journal-") for path in folder.iterdir())


def unsaved_changes(orphan: Orphan, partnership: Partnership, types: ValueTypes) -> list[Change]:
    """Return one change for each cell: to the last value that a dead session typed and did not save.

    It is based on the revision that the session had seen. But if the cell holds a value that the session itself typed,
    nobody else saved it since; then it is based on the present revision, so that it does not conflict. Records that are
    no change, and values that do not fit the type of their cell, are left out.
    """
    last: dict[tuple[str, str], Change] = {}
    typed_values: dict[tuple[str, str], list[object]] = {}
    for record in orphan.records:
        change = record_of(Change, cleaned(record))
        if change is not None and _fits_its_cell(types, partnership.entry(change.entry), change):
            slot = (change.entry, change.cell)
            base = last[slot].base if slot in last else change.base
            last[slot] = replace(change, base=base, reason=RECOVERED_REASON)
            typed_values.setdefault(slot, []).append(change.value)
    return [_rebase_on_own(change, typed_values[slot], partnership) for slot, change in last.items()]


def _fits_its_cell(types: ValueTypes, entry: Entry | None, change: Change) -> bool:
    question, part = (change.question, change.part) if entry is None else (entry.question, entry.part)
    return types.fits(question, part, change.cell, change.value)


def _rebase_on_own(change: Change, typed_values: Iterable[object], partnership: Partnership) -> Change:
    """Return the change, based on the present revision of its cell if that holds one of `typed_values`."""
    entry = partnership.entry(change.entry)
    cell = entry.cells.get(change.cell) if entry is not None else None
    if cell is not None and change.base is not None and cell.value in typed_values:
        return replace(change, base=cell.rev)
    return change


def set_torn_journal_aside(orphan: Orphan, modes: Modes) -> Path | None:
    """Set aside the bytes of a journal with unreadable lines, and return their path; None if all lines were read.

    Raises `StoreError`.
    """
    from tui.store.sealed_storage import read_copy, set_aside

    if not orphan.torn:
        return None
    with as_store_errors(orphan.path):
        return set_aside(read_copy(orphan.path), orphan.path, modes)
