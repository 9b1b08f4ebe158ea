"""Which settled conflicts stay in the files that each save writes, and how the others become lines of the history.

A conflict is two texts for one cell. The one that was saved first is in the history already; the line made of a
conflict keeps the other one, with its author and time. The history may grow without end, so no conflict is ever
refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from tui.partnership.values import Conflict, HistoryEntry

SETTLED_LIMIT: Final = 1024 * 1024  # characters in the texts of settled conflicts; above it the oldest ones go
ALWAYS_NEAR: Final = 3  # newest settled conflicts that stay, however long: another program may be about to settle them
CONFLICT_REASON: Final = "conflict"  # the reason that the history entry made of a conflict carries


def near_and_far_conflicts(conflicts: Iterable[Conflict]) -> tuple[tuple[Conflict, ...], list[Conflict]]:
    """Return the conflicts that stay, in their order, and the settled ones that go to the history, the oldest first."""
    all_conflicts = tuple(conflicts)
    settled = [conflict for conflict in all_conflicts if conflict.settled]
    newest_first = sorted(settled, key=lambda conflict: (conflict.rev, conflict.id), reverse=True)
    far: list[Conflict] = []
    characters = 0
    for index, conflict in enumerate(newest_first):
        characters += _length(conflict.mine) + _length(conflict.theirs)
        if index >= ALWAYS_NEAR and characters > SETTLED_LIMIT:
            far.append(conflict)
    far_ids = {conflict.id for conflict in far}
    near = tuple(conflict for conflict in all_conflicts if conflict.id not in far_ids)
    return near, far[::-1]


def conflict_as_history_entry(conflict: Conflict) -> HistoryEntry:
    """Return the history entry that keeps the text of a settled conflict that came second, and who wrote it."""
    return HistoryEntry(
        entry=conflict.entry,
        question=conflict.question,
        cell=conflict.cell,
        value=conflict.theirs,
        new=conflict.mine,
        rev=conflict.rev,
        by=conflict.by,
        at=conflict.at,
        part=conflict.part,
        subject=conflict.subject,
        reason=CONFLICT_REASON,
        private=conflict.private,
    )


def is_in_history(conflict: Conflict, history: Iterable[HistoryEntry]) -> bool:
    """Return whether the history holds the line made of a settled conflict by `conflict_as_history_entry`."""
    origin = conflict.entry, conflict.cell, conflict.at, CONFLICT_REASON
    return bool(conflict.settled) and any(
        (line.entry, line.cell, line.at, line.reason) == origin and line.new == conflict.mine for line in history
    )


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str) else len(str(value))
