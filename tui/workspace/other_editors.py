"""Other editors of the open partnership: who they are, what they changed, and the conflicts with their texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tui.partnership.values import ORDER, Change, Conflict, HistoryEntry, Partnership, Value
from tui.text.clean import clean

_NOTHING = object()  # the value of a cell that was not set from here: it is equal to no other value


class Person(Protocol):
    """Somebody who has the partnership open."""

    @property
    def author(self) -> str: ...


@dataclass
class OtherEditors:
    """What the screen says of other editors: who they are, and what they changed since a key was last pressed."""

    present: tuple[str, ...] = ()  # the names of those who have it open now
    changes: set[str] = field(default_factory=set)  # the ids of the entries that others changed, not seen yet
    changed_by: tuple[str, ...] = ()  # the names of those who changed them

    def note_present(self, people: Iterable[Person]) -> None:
        """Set who has the partnership open now."""
        self.present = tuple(dict.fromkeys(person.author for person in people))

    def add_changes(self, entries: set[str], past: Iterable[HistoryEntry], after: int) -> None:
        """Add the ids of entries that others changed; `past` says who did, `after` is the last revision seen."""
        self.changes |= entries
        names = [
            history_entry.by
            for history_entry in past
            if history_entry.rev > after and history_entry.entry in entries and history_entry.by
        ]
        self.changed_by = tuple(dict.fromkeys((*self.changed_by, *names)))

    def forget_changes(self) -> bool:
        """Forget what others changed, since a pressed key means it was seen; return whether there was anything."""
        had_changes = bool(self.changes)
        self.changes, self.changed_by = set(), ()
        return had_changes


def entries_changed_by_others(before: Partnership, after: Partnership, own: Sequence[Change]) -> set[str]:
    """Return the ids of entries in which someone else set a cell between two states; `own` was saved from here.

    A cell of `own` with another value counts too: the store kept another person's text.
    """
    own_values = {(change.entry, change.cell): change.value for change in own}
    changed_ids: set[str] = set()
    for entry in after.entries.values():
        if before.entries.get(entry.id) is entry:
            continue
        for key, cell in entry.cells.items():
            is_own = _same(own_values.get((entry.id, key), _NOTHING), cell.value)
            if cell.rev > before.rev and key != ORDER and not is_own:
                changed_ids.add(entry.id)
    return changed_ids


def _same(value: Value, other: Value) -> bool:
    """Return whether two values are the same once cleaned, as the store keeps them."""
    if isinstance(value, str) and isinstance(other, str):
        return clean(value) == clean(other)
    return bool(value == other)


def open_conflicts(partnership: Partnership) -> tuple[Conflict, ...]:
    """Return the conflicts, answers with two texts, that nobody has settled yet, the oldest first."""
    return tuple(conflict for conflict in partnership.conflicts if not conflict.settled)


def current_value(partnership: Partnership, conflict: Conflict) -> Value:
    """Return the present value of the cell of a conflict."""
    entry = partnership.entry(conflict.entry)
    return conflict.theirs if entry is None else entry.get(conflict.cell)
