"""Applies changes to a partnership, refuses some as conflicts, undoes changes, and settles conflicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.partnership.ids import new_id
from tui.partnership.partners import LEFT_AS, MAY_APPEAR, WHO, WITHDRAWN
from tui.partnership.values import Cell, Change, Conflict, Entry, HistoryEntry, Partnership, share_index


@dataclass(frozen=True, slots=True)
class Applied:
    """The outcome of applying some changes."""

    partnership: Partnership  # with the changes in it
    past: tuple[HistoryEntry, ...]  # the values that were replaced, oldest first
    conflicts: tuple[Conflict, ...]  # the new ones: changes that were refused


def apply(partnership: Partnership, changes: Iterable[Change], *, by: str = "", at: str) -> Applied:
    """Set the cells that the changes name, and return the outcome.

    If the `base` of a change is older than its cell and the values differ, the cell stays as it is: the change becomes
    a conflict that keeps both values, unless that very conflict was settled before. Each value set and each conflict
    takes the next revision. `by` is the author's name ("" until the store writes it), `at` an ISO date and time (shown,
    never used to sort). When a partner withdraws whose name might appear, its status is kept in the cell `LEFT_AS`;
    another status empties that.
    """
    return _apply_to_entries(partnership, dict(partnership.entries), changes, by, at)


def with_changes(partnership: Partnership, changes: Iterable[Change]) -> Partnership:
    """Return what a partnership would be with these changes, for a preview: they have no author and no moment."""
    return apply(partnership, changes, at="").partnership


class Applier:
    """Applies changes in many steps with one copy of the entries; only the last outcome may be used further."""

    def __init__(self, *, by: str, at: str) -> None:
        """`by` and `at` are those of `apply`."""
        self._by, self._at = by, at
        self._given: Partnership | None = None  # as given to the first step: it is never changed
        self._last: Partnership | None = None  # as returned by the last step: the next one changes its entries
        self._entries: dict[str, Entry] = {}

    def apply(self, partnership: Partnership, changes: Iterable[Change]) -> Applied:
        """Return what `apply` returns. The partnership returned by the step before must not be used any more."""
        if partnership is not self._last:
            self._given, self._entries = partnership, dict(partnership.entries)
        is_own_outcome = partnership is not self._given
        applied = _apply_to_entries(partnership, self._entries, changes, self._by, self._at, in_place=is_own_outcome)
        self._last = applied.partnership
        return applied


def _apply_to_entries(
    partnership: Partnership,
    entries: dict[str, Entry],
    changes: Iterable[Change],
    by: str,
    at: str,
    *,
    in_place: bool = False,
) -> Applied:
    """Return what `apply` returns. `entries`, a copy of those of the partnership, is changed.

    With `in_place` the sorted rows that the partnership has cached are changed too.
    """
    rev, past, conflicts = partnership.rev, [], []
    known_conflicts = partnership.conflicts
    before: dict[str, Entry | None] = {}  # each changed entry as it was, None for a new one
    to_apply = list(changes)
    set_left_as = {change.entry for change in to_apply if change.cell == LEFT_AS}
    for index, change in enumerate(to_apply):
        entry = entries.get(change.entry) or Entry(change.entry, change.question, change.part, change.subject)
        old = entry.cells.get(change.cell)
        old_value = old.value if old is not None else None
        if old_value == change.value:
            continue
        if change.base is not None and old is not None and old.rev > change.base:
            if _was_settled(known_conflicts, change, by):
                continue
            rev += 1
            known_conflicts, conflict = _replace_continued_conflict(
                known_conflicts, _conflict(change, old, rev, by, at)
            )
            conflicts.append(conflict)
            continue
        rev += 1
        before.setdefault(change.entry, entries.get(change.entry))
        entries[change.entry] = replace(entry, cells={**entry.cells, change.cell: Cell(change.value, rev)})
        past.append(_history_entry(change, old, rev, by, at))
        if change.question == WHO and change.cell == "status" and change.entry not in set_left_as:
            # Inserted behind the present change, so that the loop comes to it next.
            to_apply[index + 1 : index + 1] = _status_before_leaving(change, old)
    if rev == partnership.rev:
        return Applied(partnership, (), ())
    changed = replace(partnership, rev=rev, entries=entries, changed=at, conflicts=(*known_conflicts, *conflicts))
    replaced = [(old_entry, entries[entry_id]) for entry_id, old_entry in before.items()]
    share_index(partnership, changed, replaced, in_place=in_place)
    return Applied(changed, tuple(past), tuple(conflicts))


def _status_before_leaving(change: Change, old: Cell | None) -> tuple[Change, ...]:
    """Return the change that sets `LEFT_AS` along with a new status of a partner, as a tuple.

    Its value is the status before a withdrawal if the name might appear with that one, else None. () for the row of a
    list, and for an undo or redo, which sets that cell by itself.
    """
    if change.part or change.reason in ("undo", "redo"):
        return ()
    before = old.value if old is not None and change.value == WITHDRAWN and old.value in MAY_APPEAR else None
    return (replace(change, cell=LEFT_AS, value=before, base=None),)


def _history_entry(change: Change, old: Cell | None, rev: int, by: str, at: str) -> HistoryEntry:
    """Return the line of history for a change that became revision `rev`; `old` is the cell before, None for none."""
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
    """Return the conflict that a refused change becomes, with revision `rev`; `old` is the cell that stays."""
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


def _replace_continued_conflict(
    conflicts: tuple[Conflict, ...], new: Conflict
) -> tuple[tuple[Conflict, ...], Conflict]:
    """Return the conflicts without the one that `new` replaces, and `new` with the id and base of that one.

    Both as given where it replaces none. An author who keeps typing in a refused text makes one conflict, not one for
    each save.
    """
    for conflict in conflicts:
        same_cell = (conflict.entry, conflict.cell, conflict.by) == (new.entry, new.cell, new.by)
        if (
            same_cell
            and not conflict.settled
            and (new.mine == conflict.mine or _continues_text(conflict.mine, new.mine))
        ):
            return tuple(other for other in conflicts if other is not conflict), replace(
                new, id=conflict.id, base=conflict.base
            )
    return conflicts, new


def _continues_text(before: object, after: object) -> bool:
    """Return whether both are texts and `after` begins with `before`."""
    return isinstance(before, str) and isinstance(after, str) and after.startswith(before)


def _was_settled(conflicts: Iterable[Conflict], change: Change, by: str) -> bool:
    """Return whether this very change was refused before and the conflict settled.

    That is so when a save of unknown outcome is sent again: it must not open the conflict a second time.
    """
    wanted = (change.entry, change.cell, by, change.value, change.base)
    return any(
        conflict.settled and (conflict.entry, conflict.cell, conflict.by, conflict.mine, conflict.base) == wanted
        for conflict in conflicts
    )


def inverse(past: Iterable[HistoryEntry]) -> tuple[Change, ...]:
    """Return the changes that undo these history entries, one for each cell, the latest first.

    The base of each is the last revision of its cell among them, so that it conflicts if someone set the cell since.
    A row that was added is emptied, and its entry stays.
    """
    undoing: dict[tuple[str, str], Change] = {}
    for history_entry in reversed(tuple(past)):
        later = undoing.get((history_entry.entry, history_entry.cell))
        undoing[history_entry.entry, history_entry.cell] = Change(
            entry=history_entry.entry,
            question=history_entry.question,
            cell=history_entry.cell,
            value=history_entry.value,
            part=history_entry.part,
            subject=history_entry.subject,
            base=history_entry.rev if later is None else later.base,
            reason="undo",
        )
    return tuple(undoing.values())


def settle(partnership: Partnership, conflict_id: str, choice: str, *, by: str, at: str) -> Applied:
    """Settle a conflict by the choice "mine", "theirs" or "both" (the two texts, one below the other).

    The refused value stays in the settled conflict, and a value that is replaced in the history. Values that cannot be
    joined, such as dates, keep the present value for "both". Raises KeyError if no open conflict has that id.
    """
    conflict = next(
        (conflict for conflict in partnership.conflicts if conflict.id == conflict_id and not conflict.settled), None
    )
    if conflict is None:
        raise KeyError(conflict_id)
    entry = partnership.entries.get(conflict.entry)
    present = None if entry is None else entry.get(conflict.cell)
    joined = _join_texts(present, conflict.mine) if conflict.joinable else present
    value = {"mine": conflict.mine, "theirs": present}.get(choice, joined)
    conflicts = tuple(
        replace(conflict, settled=choice) if conflict.id == conflict_id else conflict
        for conflict in partnership.conflicts
    )
    change = Change(
        conflict.entry, conflict.question, conflict.cell, value, conflict.part, conflict.subject, reason="conflict"
    )
    applied = apply(replace(partnership, conflicts=conflicts), (change,), by=by, at=at)
    if applied.partnership.rev == partnership.rev:  # The cell has that value already: only the choice is to be saved.
        return Applied(replace(partnership, conflicts=conflicts, rev=partnership.rev + 1, changed=at), (), ())
    return applied


def _join_texts(first: object, second: object) -> object:
    """Return two texts one below the other; of other values `first`, or `second` if `first` is None."""
    if isinstance(first, str) and isinstance(second, str):
        return f"{first}\n{second}"
    return second if first is None else first
