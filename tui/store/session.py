"""One person's live editing of a partnership: every key in a journal until it is saved, and who else is here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from tui.project.values import Change, Project
from tui.store.errors import StoreError, speaking_of
from tui.store.files import Modes
from tui.store.journal import Journal, Orphan, Presence, orphans, present
from tui.store.records import cleaned, document_of, record_of

RECOVERED = "recovered"  # the reason that a change from a dead session's journal carries


class Session:
    """Open while somebody edits; others see it by `others`. Also a context manager."""

    def __init__(self, folder: Path, author: str, modes: Modes) -> None:
        self._folder = folder
        self._journal = Journal.open(folder, author, modes)

    @property
    def position(self) -> int:
        """How many changes were noted: take it before a save, and give it to `saved` after."""
        return self._journal.position

    @property
    def problem(self) -> StoreError | None:
        """Why the last change could not be noted, or None."""
        return self._journal.problem

    def note(self, change: Change) -> StoreError | None:
        """Keep a change that is not saved yet, without waiting for the disk; a failure is returned, not raised."""
        return self._journal.append(document_of(replace(change, value=cleaned(change.value))))

    def saved(self, upto: int | None = None) -> None:
        """Forget what a save has covered: what was noted before `position` was `upto`, or all. Raises `StoreError`."""
        self._journal.clear(upto)

    def others(self) -> list[Presence]:
        """Who else has this partnership open now, longest first. Raises `StoreError`."""
        own = self._journal.path.stem
        return [one for one in present(self._folder) if one.session != own]

    def close(self) -> None:
        """End the session; what was noted and never saved stays for the next one to find."""
        self._journal.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def has_journals(folder: Path) -> bool:
    """Whether any session, living or dead, has a journal here."""
    with speaking_of(folder):
        return any(path.name.startswith("journal-") for path in folder.iterdir())


def left_behind(folder: Path) -> list[Orphan]:
    """The journals of sessions that died, oldest first, each locked until it is discarded or released."""
    return orphans(folder)


def unsaved(orphan: Orphan, project: Project) -> list[Change]:
    """What a dead session typed last in each cell and never saved, as changes on the revision it had seen.

    Where the cell holds something the session itself had typed, its save was the last one: then nothing conflicts.
    """
    last: dict[tuple[str, str], Change] = {}
    typed: dict[tuple[str, str], list[object]] = {}
    for record in orphan.records:
        change = record_of(Change, cleaned(record))
        if change is not None:
            slot = (change.entry, change.cell)
            base = last[slot].base if slot in last else change.base
            last[slot] = replace(change, base=base, reason=RECOVERED)
            typed.setdefault(slot, []).append(change.value)
    return [_rebased(change, typed[slot], project) for slot, change in last.items()]


def _rebased(change: Change, typed: Iterable[object], project: Project) -> Change:
    entry = project.entry(change.entry)
    cell = entry.cells.get(change.cell) if entry is not None else None
    if cell is not None and change.base is not None and cell.value in typed:
        return replace(change, base=cell.rev)
    return change


def keep_torn(orphan: Orphan, modes: Modes) -> Path | None:
    """Set the bytes of a journal with unreadable lines aside, before it is discarded; None when all was read."""
    from tui.store.copies import look, set_aside

    if not orphan.torn:
        return None
    with speaking_of(orphan.path):
        return set_aside(look(orphan.path), orphan.path, modes)
