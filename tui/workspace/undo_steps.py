"""Where one step of undo ends while somebody writes in one text, and the next begins."""

from __future__ import annotations

from collections.abc import Sequence

from tui.partnership.values import HistoryEntry

LONGEST = 60  # letters of one step: about a line; it ends with a word


def edit_of(past: Sequence[HistoryEntry], typed_cell: str) -> HistoryEntry | None:
    """Return the edit of the text being written, whose entry and cell `typed_cell` joins by "/"; else None."""
    return next(
        (
            history_entry
            for history_entry in past
            if f"{history_entry.entry}/{history_entry.cell}" == typed_cell and isinstance(history_entry.new, str)
        ),
        None,
    )


def begins_step(step: Sequence[HistoryEntry], last: HistoryEntry | None, edit: HistoryEntry | None) -> bool:
    """Return whether an edit of a text is taken back by itself, not together with the `step` before it.

    `step` has one line a cell, with what stood before it; `last` is the edit before this one, in the same text. A step
    ends where one begins to take letters out or to write again, at a line break, before and behind a pasted text, and
    with the word in which it grows longer than a line: undo takes a long text back in pieces that one can follow.
    """
    if last is None or edit is None or last.cell != edit.cell:
        return False
    before, after = _text(edit.value), _text(edit.new)
    grown, grown_before = len(after) - len(before), len(_text(last.new)) - len(_text(last.value))
    if abs(grown) > 1 or abs(grown_before) > 1 or (grown > 0) != (grown_before > 0):
        return True
    if after.count("\n") != before.count("\n"):
        return True
    first = next(
        (
            history_entry
            for history_entry in step
            if (history_entry.entry, history_entry.cell) == (edit.entry, edit.cell)
        ),
        edit,
    )
    written = abs(len(before) - len(_text(first.value)))
    return written >= LONGEST and after[-1:].isalnum() and not before[-1:].isalnum()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
