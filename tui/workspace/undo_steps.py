"""Divides what is typed in one text into steps of undo: says where one ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence

from tui.partnership.values import HistoryEntry

LONGEST_STEP = 60  # letters, about a line: a step that is longer ends with the word being typed


def edit_of(past: Sequence[HistoryEntry], typed_cell: str) -> HistoryEntry | None:
    """Return the history entry of the text being typed in the cell `typed_cell` ("entry id/cell"); None for none."""
    return next(
        (
            history_entry
            for history_entry in past
            if f"{history_entry.entry}/{history_entry.cell}" == typed_cell and isinstance(history_entry.new, str)
        ),
        None,
    )


def begins_step(step: Sequence[HistoryEntry], last: HistoryEntry | None, edit: HistoryEntry | None) -> bool:
    """Return whether `edit` begins a new step of undo, instead of belonging to `step`.

    `step` has one history entry for each cell, with the value before the step; `last` is the edit before this one. A
    new step begins where typing turns to deleting or back, at a line break, before and after a pasted text, and after
    the word in which the step grew longer than a line. So undo takes a long text back piece by piece.
    """
    if last is None or edit is None or last.cell != edit.cell:
        return False
    before, after = _text(edit.value), _text(edit.new)
    growth, last_growth = len(after) - len(before), len(_text(last.new)) - len(_text(last.value))  # in letters
    is_pasted_or_cut = abs(growth) > 1 or abs(last_growth) > 1  # this edit or the last one
    turns_back = (growth > 0) != (last_growth > 0)
    if is_pasted_or_cut or turns_back or after.count("\n") != before.count("\n"):
        return True
    first = next(
        (
            history_entry
            for history_entry in step
            if (history_entry.entry, history_entry.cell) == (edit.entry, edit.cell)
        ),
        edit,
    )
    step_length = abs(len(before) - len(_text(first.value)))
    begins_word = after[-1:].isalnum() and not before[-1:].isalnum()
    return step_length >= LONGEST_STEP and begins_word


def _text(value: object) -> str:
    """Return a value that is text, "" for any other."""
    return value if isinstance(value, str) else ""
