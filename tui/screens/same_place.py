"""Finds the place of the cursor in a text, or of the top line of a document, after others changed the text around."""

from __future__ import annotations

from tui.ui.agreement_painter import PaintedAgreement


def same_row(before: PaintedAgreement, after: PaintedAgreement, row: int) -> int:
    """Return the row of `after` that shows what `row` of `before` showed, or the nearest one.

    This is a line of the same origin (the field that a line comes from), as many lines below the first line of that
    origin. A line without an origin keeps its distance to the next line that has an origin (the anchor).
    """
    anchor = next((anchor for anchor in range(row, len(before.origins)) if before.origins[anchor].question), None)
    if anchor is None or not after.origins:
        return row
    origin = before.origins[anchor]
    if origin not in after.origins:
        return min(row, len(after.origins) - 1)
    lines_below_first = anchor - before.origins.index(origin)
    first = after.origins.index(origin)
    new_anchor = first
    # Go as many lines down, but not past the last line of that origin.
    for next_origin in after.origins[first + 1 : first + 1 + lines_below_first]:
        if next_origin != origin:
            break
        new_anchor += 1
    return max(new_anchor - (anchor - row), 0)


def moved_offset(before: str, after: str, offset: int) -> int:
    """Return the offset in `after` between the same words as `offset` in `before`; if there is none, `offset`."""
    if before and after.startswith(before[:offset]):
        return offset
    rest = len(before) - offset
    if after.endswith(before[offset:]):
        return len(after) - rest
    return min(offset, len(after))


def changed_end(before: str, after: str) -> int:
    """Return the offset in `after` at the end of the part that undo or redo changed in `before`.

    From there on both texts are the same.
    """
    same_count = 0  # characters at the end of both texts
    for old_character, new_character in zip(reversed(before), reversed(after), strict=False):
        if old_character != new_character:
            break
        same_count += 1
    return len(after) - same_count


def is_context_kept(before: str, after: str, offset: int) -> bool:
    """Return whether `after` still begins with the text before `offset`, or still ends with the text behind it."""
    head, tail = before[:offset], before[offset:]
    return bool((head and after.startswith(head)) or (tail and after.endswith(tail)))


def offset_of(text: str, location: tuple[int, int]) -> int:
    """Return the offset in `text` of a (row, column)."""
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: location[0]]) + location[1]


def location_of(text: str, offset: int) -> tuple[int, int]:
    """Return the (row, column) of an offset in `text`."""
    head = text[:offset]
    return head.count("\n"), len(head) - (head.rfind("\n") + 1)
