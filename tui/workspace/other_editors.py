"""Who else works on the open partnership, what they changed, and the answers that have two texts now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tui.partnership.values import ORDER, Change, Conflict, HistoryEntry, Partnership, Value
from tui.text.clean import clean

_NOTHING = object()  # stands for a cell that we did not set: it is equal to no value


class Person(Protocol):
    """Somebody who has the partnership open."""

    @property
    def author(self) -> str: ...


@dataclass
class OtherEditors:
    """What the screen says of others: who is here, and what they changed since a key was last pressed."""

    present: tuple[str, ...] = ()  # the names of those who have it open now
    changes: set[str] = field(default_factory=set)  # the ids of the entries that others changed, not seen yet
    changed_by: tuple[str, ...] = ()  # the names of those who changed them

    def note_present(self, people: Iterable[Person]) -> None:
        """Note who is here now."""
        self.present = tuple(dict.fromkeys(person.author for person in people))

    def add_changes(self, entries: set[str], past: Iterable[HistoryEntry], after: int) -> None:
        """Add the ids of entries that others changed; `past` names who did it, `after` is the revision known before."""
        self.changes |= entries
        names = [
            history_entry.by
            for history_entry in past
            if history_entry.rev > after and history_entry.entry in entries and history_entry.by
        ]
        self.changed_by = tuple(dict.fromkeys((*self.changed_by, *names)))

    def forget_changes(self) -> bool:
        """Forget what others changed, since a pressed key means it was seen; return whether there was anything."""
        there = bool(self.changes)
        self.changes, self.changed_by = set(), ()
        return there


def entries_changed_by_others(before: Partnership, after: Partnership, own: Sequence[Change]) -> set[str]:
    """Return the ids of entries in which someone else set a cell between two states; `own` is what we set.

    Where our own text was refused, what stands there is another's.
    """
    ours = {(change.entry, change.cell): change.value for change in own}
    return {
        entry.id
        for entry in after.entries.values()
        if before.entries.get(entry.id) is not entry
        for key, cell in entry.cells.items()
        if cell.rev > before.rev and key != ORDER and not _same(ours.get((entry.id, key), _NOTHING), cell.value)
    }


def _same(value: Value, other: Value) -> bool:
    """Return whether two values are the same once cleaned, as the store keeps them."""
    if isinstance(value, str) and isinstance(other, str):
        return clean(value) == clean(other)
    return bool(value == other)


def open_conflicts(partnership: Partnership) -> tuple[Conflict, ...]:
    """Return the answers with two texts that nobody has chosen between yet, oldest first."""
    return tuple(conflict for conflict in partnership.conflicts if not conflict.settled)


def current_value(partnership: Partnership, conflict: Conflict) -> Value:
    """Return the value that the document has now, of a cell with two texts."""
    entry = partnership.entry(conflict.entry)
    return conflict.theirs if entry is None else entry.get(conflict.cell)
