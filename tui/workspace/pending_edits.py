"""The edits of an open partnership: those that are not saved yet, on top of what the store gave last; and undo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.partnership.changes import apply, inverse
from tui.partnership.values import Change, HistoryEntry, Partnership, Value, as_of
from tui.workspace.undo_steps import begins_step, edit_of

_UNDO_STEPS = 500  # kept at most: an hour of writing


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes handed over to be saved, each with the revision of its cell that it was made on (`base`)."""

    changes: tuple[Change, ...]


class Edits:
    """A partnership being edited: `synced` is what the store gave last, `partnership` has the unsaved changes too.

    A pending change (not saved yet) has a base: the revision of its cell in `synced`. By the base the store finds out
    that another person has changed the same cell in the meantime.
    """

    # The steps to undo, the oldest first, each with what its edits changed; then those that undo took back, which
    # can be done again until something else is edited.
    _undo: list[list[HistoryEntry]]
    _redo: list[list[HistoryEntry]]
    # The cell being typed in ("entry/cell") and its last edit: edits of it in a row are undone together.
    _typed: tuple[str, HistoryEntry | None] | None

    def __init__(self, partnership: Partnership) -> None:
        self.synced = partnership
        self.partnership = partnership
        self._pending: list[Change] = []  # not handed over yet, one for each cell
        self._being_saved: tuple[
            Change, ...
        ] = ()  # handed over by `take_batch`, before `batch_saved` or `batch_failed` is called
        # By (entry id, cell): the values handed over for cells that have newer pending changes.
        self._values_sent: dict[tuple[str, str], list[Value]] = {}
        self.last_reversed: tuple[HistoryEntry, ...] = ()  # what the last undo or redo changed, from what to what
        self._command: list[HistoryEntry] | None = None  # what the command in `as_one` changed so far; None outside
        self.forget()

    @property
    def unsaved(self) -> bool:
        """Whether there are changes that were not handed over to be saved."""
        return bool(self._pending)

    @property
    def at_risk(self) -> bool:
        """Whether there are changes that are not on disk yet, those being saved included."""
        return bool(self._pending or self._being_saved)

    @property
    def is_saving(self) -> bool:
        """Whether a batch is being saved: neither `batch_saved` nor `batch_failed` was called for it yet."""
        return bool(self._being_saved)

    @property
    def at_risk_changes(self) -> tuple[Change, ...]:
        """The changes that are not on disk yet, only the last one for each cell."""
        return tuple(_last_by_cell((*self._being_saved, *self._pending)))

    def edit(self, changes: Sequence[Change], *, at: str, typed_cell: str = "") -> bool:
        """Apply changes at the ISO moment `at` and keep them for the next save. Return whether anything changed.

        A change may have a base already, if it was made on an older text than the present one. Edits in a row with the
        same non-empty `typed_cell` are undone together, until `begins_step` says that a step begins.
        """
        past = self._apply(changes, at)
        if not past:
            return False
        self._redo = []
        edit = edit_of(past, typed_cell)
        last_cell, last_edit = self._typed or ("", None)
        is_typing_on = self._typed is not None and last_cell == typed_cell
        if self._command is not None:
            self._command.extend(past)
        elif is_typing_on and not begins_step(self._undo[-1], last_edit, edit):
            # One line a cell: else each letter of a long text would keep the whole text before it.
            self._undo[-1] = _merged([*self._undo[-1], *past])
        else:
            self._undo.append(list(past))
            del self._undo[:-_UNDO_STEPS]
        self._typed = (typed_cell, edit) if typed_cell else None
        return True

    def _apply(self, changes: Sequence[Change], at: str) -> tuple[HistoryEntry, ...]:
        """Apply changes here and keep them for the next save. Return what stood before, () when nothing changed."""
        applied = apply(self.partnership, [replace(change, base=None) for change in changes], at=at)
        self.partnership = applied.partnership
        changed_cells = {(past.entry, past.cell) for past in applied.past}
        for change in changes:
            if (change.entry, change.cell) in changed_cells:
                self._keep(change)
        own_cells = {(change.entry, change.cell) for change in changes}
        for past in applied.past:  # a change may change other cells too: they are saved with it
            if (past.entry, past.cell) not in own_cells:
                fields = (past.entry, past.question, past.cell, past.new, past.part, past.subject)
                self._keep(Change(*fields, source=past.source, reason=past.reason))
        return applied.past

    @contextmanager
    def as_one(self) -> Iterator[None]:
        """Make all edits inside the `with` one step of undo; where these are nested, only the outermost counts."""
        step: list[HistoryEntry] = []
        outer = self._command
        if outer is None:
            self._command = step
        self.end_typing()
        try:
            yield
        finally:
            self._command = outer
            self.end_typing()
            if step:
                self._undo.append(step)
                del self._undo[:-_UNDO_STEPS]

    def end_typing(self) -> None:
        """End the step of undo: what is typed next is another one."""
        self._typed = None

    def _keep(self, change: Change) -> None:
        """Add a change to the pending ones, with its base; it replaces the pending change of the same cell.

        While a change of the same cell is being saved, its base is not known yet: None, until `batch_saved` sets it.
        """
        for number, pending in enumerate(self._pending):
            if (pending.entry, pending.cell) == (change.entry, change.cell):
                self._pending[number] = replace(change, base=pending.base)
                return
        entry = self.synced.entry(change.entry)
        cell = None if entry is None else entry.cells.get(change.cell)
        revision = 0 if cell is None else cell.rev
        cells_being_saved = {(pending.entry, pending.cell) for pending in self._being_saved}
        base = None if (change.entry, change.cell) in cells_being_saved else revision
        self._pending.append(replace(change, base=base if change.base is None else change.base))

    def with_base(self, change: Change) -> Change:
        """Return `change` with the base of the pending change of its cell; as it is where there is none."""
        cell = change.entry, change.cell
        bases = (pending.base for pending in self._pending if (pending.entry, pending.cell) == cell)
        return replace(change, base=next(bases, change.base))

    def undo(self, *, at: str, source: str) -> tuple[Change, ...]:
        """Take back the last step. Return the changes that do it, () when there is no step."""
        return self._reverse_last(self._undo, self._redo, at, source, "undo")

    def redo(self, *, at: str, source: str) -> tuple[Change, ...]:
        """Do again what the last undo took back. Return the changes that do it, () when there is nothing."""
        return self._reverse_last(self._redo, self._undo, at, source, "redo")

    def _reverse_last(
        self,
        steps: list[list[HistoryEntry]],
        reversed_steps: list[list[HistoryEntry]],
        at: str,
        source: str,
        reason: str,
    ) -> tuple[Change, ...]:
        """Take the last of `steps` back and add what reverses that again to `reversed_steps`; return the changes.

        A step that changes nothing, since others have made the same change, is dropped and the one before is taken.
        """
        self.end_typing()
        while steps:
            merged = _merged(steps.pop())
            changes = tuple(replace(change, base=None, source=source, reason=reason) for change in inverse(merged))
            past = self._apply(changes, at)
            self.last_reversed = tuple(past)
            if past:
                reversed_steps.append(list(past))
                return changes
        return ()

    def forget(self) -> None:
        """Forget all steps of undo and redo."""
        self._undo, self._redo = [], []
        self.end_typing()

    def take_batch(self) -> Batch:
        """Return all changes that are not on disk, to be saved; `batch_saved` or `batch_failed` must be called then."""
        for change in self._pending:
            self._values_sent.setdefault((change.entry, change.cell), []).append(change.value)
        self._being_saved = (*self._being_saved, *self._pending)
        self._pending = []
        return Batch(self._being_saved)

    def batch_failed(self) -> None:
        """Make the changes of a batch pending again after its save failed; newer values of the same cells stay."""
        self._pending = _last_by_cell((*self._being_saved, *self._pending))
        self._being_saved = ()

    def batch_saved(self, partnership: Partnership, *, at: str) -> None:
        """Take in `partnership` as a save returned it, with what others changed; newer pending changes stay on top.

        A result that comes after a newer one changes nothing.
        """
        if not self._being_saved and partnership.rev < self.synced.rev:
            return
        self.synced = as_of(partnership, at[:10])
        self._pending = [self._rebased(change) for change in self._pending]
        self._being_saved = ()
        pending_cells = {(change.entry, change.cell) for change in self._pending}
        self._values_sent = {cell: values for cell, values in self._values_sent.items() if cell in pending_cells}
        self._reapply(at)

    def _rebased(self, change: Change) -> Change:
        """Return a pending change with the base that it has after a save.

        Where the cell now has a value that was saved from here, it is that value's revision. Where the store kept a
        value of another person, it is the base of the refused change, so that the store sees the conflict again.
        """
        key = change.entry, change.cell
        entry = self.synced.entry(change.entry)
        cell = None if entry is None else entry.cells.get(change.cell)
        if cell is None or cell.value in self._values_sent.get(key, ()):
            return replace(change, base=0 if cell is None else cell.rev)
        refused_bases = [pending.base for pending in self._being_saved if (pending.entry, pending.cell) == key]
        return replace(change, base=refused_bases[0]) if change.base is None and refused_bases else change

    def refresh(self, partnership: Partnership, *, at: str) -> None:
        """Take in `partnership` as it was read from disk again; what is not on disk yet stays on top."""
        self.synced = as_of(partnership, at[:10])
        self._reapply(at)

    def _reapply(self, at: str) -> None:
        """Apply the changes that are not on disk yet to what the store gave last."""
        changes = [replace(change, base=None) for change in (*self._being_saved, *self._pending)]
        self.partnership = apply(self.synced, changes, at=at).partnership


def _last_by_cell(changes: Sequence[Change]) -> list[Change]:
    """Return one change for each cell: its last value with its first base."""
    by_cell: dict[tuple[str, str], Change] = {}
    for change in changes:
        earlier = by_cell.get((change.entry, change.cell))
        by_cell[change.entry, change.cell] = change if earlier is None else replace(change, base=earlier.base)
    return list(by_cell.values())


def _merged(past: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    """Return one history entry for each cell: the first, which has the value before the whole step."""
    first: dict[tuple[str, str], HistoryEntry] = {}
    for history_entry in past:
        first.setdefault((history_entry.entry, history_entry.cell), history_entry)
    return list(first.values())
