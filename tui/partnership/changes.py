"""Changing a partnership: a change applied, refused as a conflict, or turned back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.partnership.ids import new_id
from tui.partnership.partners import LEFT_AS, MAY_APPEAR, WHO, WITHDRAWN
from tui.partnership.values import Cell, Change, Conflict, Entry, HistoryEntry, Partnership, indexed_as


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of some changes: the new project, what stood before (oldest first) and new conflicts."""

    partnership: Partnership
    past: tuple[HistoryEntry, ...]
    conflicts: tuple[Conflict, ...]


def apply(partnership: Partnership, changes: Iterable[Change], *, by: str, at: str) -> Applied:
    """Set the cells that the changes name; every change that does something takes the next revision.

    A change whose `base` is older than its cell, and whose value differs, does not replace what stands: it becomes a
    conflict that keeps both. `by` is the author's name, `at` an ISO date and time (shown, never used to order).
    A partner that withdraws keeps the status it had (`LEFT_AS`): it tells whether its name might appear.
    """
    return _applied(partnership, dict(partnership.entries), changes, by, at)


class Applier:
    """Applies changes in many steps, of which the last outcome alone is kept: the entries are copied once for all."""

    def __init__(self, *, by: str, at: str) -> None:
        """`by` and `at` are those of `apply`."""
        self._by, self._at = by, at
        self._given: Partnership | None = None  # what the first step was given: nothing of it changes
        self._last: Partnership | None = None
        self._entries: dict[str, Entry] = {}

    def apply(self, partnership: Partnership, changes: Iterable[Change]) -> Applied:
        """As `apply`; the partnership that the step before returned is used up by it."""
        if partnership is not self._last:
            self._given, self._entries = partnership, dict(partnership.entries)
        is_ours = partnership is not self._given
        applied = _applied(partnership, self._entries, changes, self._by, self._at, in_place=is_ours)
        self._last = applied.partnership
        return applied


def _applied(
    partnership: Partnership,
    entries: dict[str, Entry],
    changes: Iterable[Change],
    by: str,
    at: str,
    *,
    in_place: bool = False,
) -> Applied:
    """As `apply`; `entries` are those of the partnership, and are changed; so are its rows where it is `in_place`."""
    rev, past, conflicts = partnership.rev, [], []
    standing = partnership.conflicts
    stood: dict[str, Entry | None] = {}
    to_apply = list(changes)
    told = {change.entry for change in to_apply if change.cell == LEFT_AS}
    for at_change, change in enumerate(to_apply):
        entry = entries.get(change.entry) or Entry(change.entry, change.question, change.part, change.subject)
        old = entry.cells.get(change.cell)
        if (old is not None and old.value == change.value) or (old is None and change.value is None):
            continue
        if change.base is not None and old is not None and old.rev > change.base:
            if _is_settled(standing, change, by):
                continue
            rev += 1
            standing, conflict = _gone_on(standing, _conflict(change, old, rev, by, at))
            conflicts.append(conflict)
            continue
        rev += 1
        stood.setdefault(change.entry, entries.get(change.entry))
        entries[change.entry] = replace(entry, cells={**entry.cells, change.cell: Cell(change.value, rev)})
        past.append(_past(change, old, rev, by, at))
        if change.question == WHO and change.cell == "status" and change.entry not in told:
            to_apply[at_change + 1 : at_change + 1] = _left_as(change, old)
    if rev == partnership.rev:
        return Applied(partnership, (), ())
    changed = replace(partnership, rev=rev, entries=entries, changed=at, conflicts=(*standing, *conflicts))
    swapped = [(old, entries[name]) for name, old in stood.items()]
    indexed_as(partnership, changed, swapped, in_place=in_place)
    return Applied(changed, tuple(past), tuple(conflicts))


def _left_as(change: Change, old: Cell | None) -> tuple[Change, ...]:
    """Return what a new status says of the one before it; what is undone says it by itself."""
    if change.part or change.reason in ("undo", "redo"):
        return ()
    before = old.value if old is not None and change.value == WITHDRAWN and old.value in MAY_APPEAR else None
    return (replace(change, cell=LEFT_AS, value=before, base=None),)


def _past(change: Change, old: Cell | None, rev: int, by: str, at: str) -> HistoryEntry:
    return HistoryEntry(
        entry=change.entry,
        question=change.question,
        cell=change.cell,
        value=None if old is None else old.value,
        new=change.value,
        rev=rev,
        by=by,
        at=at,
        part=change.part,
        subject=change.subject,
        source=change.source,
        reason=change.reason,
    )


def _conflict(change: Change, old: Cell, rev: int, by: str, at: str) -> Conflict:
    return Conflict(
        id=new_id(),
        entry=change.entry,
        question=change.question,
        cell=change.cell,
        mine=change.value,
        theirs=old.value,
        by=by,
        their_by="",
        at=at,
        rev=rev,
        base=change.base or 0,
        part=change.part,
        subject=change.subject,
    )


def _gone_on(known: tuple[Conflict, ...], new: Conflict) -> tuple[tuple[Conflict, ...], Conflict]:
    """A refused text that its author has gone on with takes the place of what it began as: it is still one conflict."""
    for conflict in known:
        same = not conflict.settled and (conflict.entry, conflict.cell, conflict.by) == (new.entry, new.cell, new.by)
        if same and (new.mine == conflict.mine or _goes_on(conflict.mine, new.mine)):
            return tuple(other for other in known if other is not conflict), replace(
                new, id=conflict.id, base=conflict.base
            )
    return known, new


def _goes_on(before: object, after: object) -> bool:
    return isinstance(before, str) and isinstance(after, str) and after.startswith(before)


def _is_settled(known: Iterable[Conflict], change: Change, by: str) -> bool:
    """Return whether this very change was refused before, and decided: a save of unknown outcome is sent again."""
    told = (change.entry, change.cell, by, change.value, change.base)
    return any(
        conflict.settled and (conflict.entry, conflict.cell, conflict.by, conflict.mine, conflict.base) == told
        for conflict in known
    )


def inverse(past: Iterable[HistoryEntry]) -> tuple[Change, ...]:
    """Return the changes that turn these back, latest first, one a cell. A row that was new is removed, never erased.

    Their base is the last of these revisions, so that a cell someone else set since becomes a conflict.
    """
    back: dict[tuple[str, str], Change] = {}
    for history_entry in reversed(tuple(past)):
        later = back.get((history_entry.entry, history_entry.cell))
        back[history_entry.entry, history_entry.cell] = Change(
            entry=history_entry.entry,
            question=history_entry.question,
            cell=history_entry.cell,
            value=history_entry.value,
            part=history_entry.part,
            subject=history_entry.subject,
            base=history_entry.rev if later is None else later.base,
            reason="undo",
        )
    return tuple(back.values())


def settle(partnership: Partnership, conflict_id: str, choice: str, *, by: str, at: str) -> Applied:
    """End a conflict by "mine", "theirs" or "both" (the two texts, one under the other). Both stay in the history.

    Of what cannot stand so, a choice or a date, "both" keeps the one in the document. Raises KeyError if no open
    conflict has that id.
    """
    conflict = next(
        (conflict for conflict in partnership.conflicts if conflict.id == conflict_id and not conflict.settled), None
    )
    if conflict is None:
        raise KeyError(conflict_id)
    entry = partnership.entries.get(conflict.entry)
    standing = None if entry is None else entry.get(conflict.cell)
    joined = _both(standing, conflict.mine) if conflict.joinable else standing
    value = {"mine": conflict.mine, "theirs": standing}.get(choice, joined)
    kept = tuple(
        replace(conflict, settled=choice) if conflict.id == conflict_id else conflict
        for conflict in partnership.conflicts
    )
    change = Change(
        conflict.entry, conflict.question, conflict.cell, value, conflict.part, conflict.subject, reason="conflict"
    )
    done = apply(replace(partnership, conflicts=kept), (change,), by=by, at=at)
    if done.partnership.rev == partnership.rev:  # theirs: nothing to write but the choice itself
        return Applied(replace(partnership, conflicts=kept, rev=partnership.rev + 1, changed=at), (), ())
    return done


def _both(item: object, other: object) -> object:
    if isinstance(item, str) and isinstance(other, str):
        return f"{item}\n{other}"
    return other if item is None else item
