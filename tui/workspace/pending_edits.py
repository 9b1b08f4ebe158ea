"""Pending edits: what was typed and is not saved yet, on top of what the disk last said, and undo."""

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
    """A partnership being edited: `synced` is what the store gave last, `partnership` has the pending changes too.

    Bases are taken from `synced`, so that the store can tell another person's edit from our own.
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
        self._pending: list[Change] = []  # not handed over yet, one a cell
        self._being_saved: tuple[Change, ...] = ()  # handed over, and not answered for yet
        # By (entry id, cell): the values handed over for cells that have newer pending changes.
        self._sent: dict[tuple[str, str], list[Value]] = {}
        self.last_turned: tuple[HistoryEntry, ...] = ()  # what the last undo or redo changed, from what to what
        self._command: list[HistoryEntry] | None = None  # what the command in `as_one` changed so far; None outside
        self.forget()

    @property
    def unsaved(self) -> bool:
        """Return whether anything is neither on disk nor on its way there."""
        return bool(self._pending)

    @property
    def at_risk(self) -> bool:
        """Return whether anything is not on disk yet."""
        return bool(self._pending or self._being_saved)

    @property
    def under_way(self) -> bool:
        """Return whether a batch was handed over and is not answered for yet."""
        return bool(self._being_saved)

    @property
    def at_risk_changes(self) -> tuple[Change, ...]:
        """Return what is not on disk yet, the last value of each cell."""
        return tuple(_last_by_cell((*self._being_saved, *self._pending)))

    def edit(self, changes: Sequence[Change], *, at: str, typed_cell: str = "") -> bool:
        """Apply changes here, at the ISO moment `at`, and keep them for the next save. Return whether anything changed.

        A change with a base of its own was made on an older text than the one that stands here.
        Edits in a row with the same non-empty `typed_cell` are undone together, as far as `begins_step` says.
        """
        past = self._apply(changes, at)  # what stood before
        if not past:
            return False
        self._redo = []
        edit = edit_of(past, typed_cell)
        typed = self._typed
        if self._command is not None:
            self._command.extend(past)
        elif typed is not None and typed[0] == typed_cell and not begins_step(self._undo[-1], typed[1], edit):
            # One line a cell: else each letter of a long text would keep the whole text before it.
            self._undo[-1] = _merged([*self._undo[-1], *past])
        else:
            self._undo.append(list(past))
            del self._undo[:-_UNDO_STEPS]
        self._typed = (typed_cell, edit) if typed_cell else None
        return True

    def _apply(self, changes: Sequence[Change], at: str) -> tuple[HistoryEntry, ...]:
        """Apply changes here and keep them for the next save. Return what stood before, () when nothing changed."""
        done = apply(self.partnership, [replace(pending, base=None) for pending in changes], at=at)
        self.partnership = done.partnership
        touched = {(history_entry.entry, history_entry.cell) for history_entry in done.past}
        for change in changes:
            if (change.entry, change.cell) in touched:
                self._keep(change)
        asked = {(pending.entry, pending.cell) for pending in changes}
        for history_entry in done.past:  # what a change brought along is saved with it
            if (history_entry.entry, history_entry.cell) not in asked:
                fields = (
                    history_entry.entry,
                    history_entry.question,
                    history_entry.cell,
                    history_entry.new,
                    history_entry.part,
                    history_entry.subject,
                )
                self._keep(Change(*fields, source=history_entry.source, reason=history_entry.reason))
        return done.past

    @contextmanager
    def as_one(self) -> Iterator[None]:
        """Make what is edited inside the `with` one step of undo; a step within another belongs to the outer one."""
        mine: list[HistoryEntry] = []
        outer = self._command
        if outer is None:
            self._command = mine
        self.end_typing()
        try:
            yield
        finally:
            self._command = outer
            self.end_typing()
            if mine:
                self._undo.append(mine)
                del self._undo[:-_UNDO_STEPS]

    def end_typing(self) -> None:
        """End the step of undo: what is typed next is another one."""
        self._typed = None

    def _keep(self, change: Change) -> None:
        """Put a change behind the pending ones; a second value for one cell takes the place of the first."""
        for at, known in enumerate(self._pending):
            if (known.entry, known.cell) == (change.entry, change.cell):
                self._pending[at] = replace(change, base=known.base)
                return
        entry = self.synced.entry(change.entry)
        cell = None if entry is None else entry.cells.get(change.cell)
        being_saved = any((pending.entry, pending.cell) == (change.entry, change.cell) for pending in self._being_saved)
        base = None if being_saved else (0 if cell is None else cell.rev)
        self._pending.append(replace(change, base=base if change.base is None else change.base))

    def based(self, change: Change) -> Change:
        """Return the change with the base of its cell's pending change; unchanged where nothing is pending."""
        same = (pending for pending in self._pending if (pending.entry, pending.cell) == (change.entry, change.cell))
        return replace(change, base=next((pending.base for pending in same), change.base))

    def undo(self, *, at: str, source: str) -> tuple[Change, ...]:
        """Take back the last step. Returns the changes made, () when there is none left."""
        return self._turn_back(self._undo, self._redo, at, source, "undo")

    def redo(self, *, at: str, source: str) -> tuple[Change, ...]:
        """Do again what the last undo took back. Returns the changes made, () when nothing waits to be done again."""
        return self._turn_back(self._redo, self._undo, at, source, "redo")

    def _turn_back(
        self, steps: list[list[HistoryEntry]], turned: list[list[HistoryEntry]], at: str, source: str, reason: str
    ) -> tuple[Change, ...]:
        """Turn the last of `steps` back; what turns that back in its turn goes behind `turned`."""
        self.end_typing()
        while steps:
            merged = _merged(steps.pop())
            changes = tuple(replace(change, base=None, source=source, reason=reason) for change in inverse(merged))
            past = self._apply(changes, at)
            self.last_turned = tuple(past)
            # Where others have made it so already nothing would be seen: the step before that one is turned back.
            if past:
                turned.append(list(past))
                return changes
        return ()

    def forget(self) -> None:
        """Forget all steps of undo and redo: there is nothing to take back before now."""
        self._undo, self._redo = [], []
        self.end_typing()

    def take(self) -> Batch:
        """Hand over what is pending and what is not answered for yet; `saved` or `failed` answers for it."""
        for change in self._pending:
            self._sent.setdefault((change.entry, change.cell), []).append(change.value)
        self._being_saved = (*self._being_saved, *self._pending)
        self._pending = []
        return Batch(self._being_saved)

    def failed(self) -> None:
        """Make what was being saved pending again, under whatever was typed since."""
        self._pending = _last_by_cell((*self._being_saved, *self._pending))
        self._being_saved = ()

    def saved(self, partnership: Partnership, *, at: str) -> None:
        """Take `partnership` as the store gave it back, with what others changed, and put the newer typing on top.

        An answer that comes late, after a newer one, changes nothing.
        """
        if not self._being_saved and partnership.rev < self.synced.rev:
            return
        self.synced = as_of(partnership, at[:10])
        self._pending = [self._rebased(change) for change in self._pending]
        self._being_saved = ()
        kept = {(change.entry, change.cell) for change in self._pending}
        self._sent = {key: values for key, values in self._sent.items() if key in kept}
        self._retype(at)

    def _rebased(self, change: Change) -> Change:
        """Return a pending change on its new base, after a save.

        That is our own saved text where the store took it; where it was refused, what was seen before.
        """
        key = change.entry, change.cell
        entry = self.synced.entry(change.entry)
        cell = None if entry is None else entry.cells.get(change.cell)
        if cell is None or cell.value in self._sent.get(key, ()):
            return replace(change, base=0 if cell is None else cell.rev)
        seen = [pending.base for pending in self._being_saved if (pending.entry, pending.cell) == key]
        return replace(change, base=seen[0]) if change.base is None and seen else change

    def refreshed(self, partnership: Partnership, *, at: str) -> None:
        """Take `partnership` as another person left it on disk, and keep what is pending here."""
        self.synced = as_of(partnership, at[:10])
        self._retype(at)

    def _retype(self, at: str) -> None:
        """Apply what is not on disk yet to what the store gave last."""
        changes = [replace(change, base=None) for change in (*self._being_saved, *self._pending)]
        self.partnership = apply(self.synced, changes, at=at).partnership


def _last_by_cell(changes: Sequence[Change]) -> list[Change]:
    """Return the last value of each cell on the first base it was typed on."""
    found: dict[tuple[str, str], Change] = {}
    for change in changes:
        known = found.get((change.entry, change.cell))
        found[change.entry, change.cell] = change if known is None else replace(change, base=known.base)
    return list(found.values())


def _merged(past: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    """Return one line a cell, with what stood before the whole step."""
    first: dict[tuple[str, str], HistoryEntry] = {}
    for history_entry in past:
        first.setdefault((history_entry.entry, history_entry.cell), history_entry)
    return list(first.values())
