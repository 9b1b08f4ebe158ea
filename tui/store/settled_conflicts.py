"""Settled conflicts that are many: the older ones become lines of the history, which has no end, so none is refused.

Of two texts for one cell the one that stood is in the history already; a line says who wrote the other one, and when.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from tui.partnership.values import Conflict, HistoryEntry

SETTLED_LIMIT: Final = 1024 * 1024  # letters of the texts of settled conflicts before the older ones go
STAYING: Final = 3  # settled conflicts that stay, however long: another screen may still be about to settle them
REASON: Final = "conflict"


def near_and_far(conflicts: Iterable[Conflict]) -> tuple[tuple[Conflict, ...], list[Conflict]]:
    """Return the conflicts that stay, in their order, and the settled ones that go to the history, the oldest first."""
    known = tuple(conflicts)
    settled = sorted(
        (conflict for conflict in known if conflict.settled), key=lambda item: (item.rev, item.id), reverse=True
    )
    far: list[Conflict] = []
    letters = 0
    for at, conflict in enumerate(settled):
        letters += _letters(conflict.mine) + _letters(conflict.theirs)
        if at >= STAYING and letters > SETTLED_LIMIT:
            far.append(conflict)
    gone = {conflict.id for conflict in far}
    return (tuple(conflict for conflict in known if conflict.id not in gone) if gone else known), far[::-1]


def as_line(conflict: Conflict) -> HistoryEntry:
    """Return the line of the history that keeps the text of a settled conflict that came second, and who wrote it."""
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
        reason=REASON,
        private=conflict.private,
    )


def is_kept(conflict: Conflict, history: Iterable[HistoryEntry]) -> bool:
    """Return whether a settled conflict stands in the history already, as the line that was made of it."""
    place = conflict.entry, conflict.cell, conflict.at, REASON
    return bool(conflict.settled) and any(
        (history_entry.entry, history_entry.cell, history_entry.at, history_entry.reason) == place
        and history_entry.new == conflict.mine
        for history_entry in history
    )


def _letters(value: Any) -> int:
    return len(value) if isinstance(value, str) else len(str(value))
