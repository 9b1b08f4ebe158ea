"""Where the cursor of a text, or the top line of a painted document, belongs once others changed the text around it."""

from __future__ import annotations

from tui.ui.agreement_painter import PaintedAgreement


def same_row(before: PaintedAgreement, after: PaintedAgreement, row: int) -> int:
    """Return the row of `after` that shows what `row` of `before` showed, as near as can be told.

    It is a line of the same origin (the field a line comes from), as many lines below the first one of that origin. A
    line without an origin is placed by the next line that has one.
    """
    anchor = next((anchor for anchor in range(row, len(before.origins)) if before.origins[anchor].question), None)
    if anchor is None or not after.origins:
        return row
    origin = before.origins[anchor]
    if origin not in after.origins:
        return min(row, len(after.origins) - 1)
    depth = anchor - before.origins.index(origin)
    first = after.origins.index(origin)
    last = first
    while last + 1 < len(after.origins) and last - first < depth and after.origins[last + 1] == origin:
        last += 1
    return max(last - (anchor - row), 0)


def moved_offset(before: str, after: str, offset: int) -> int:
    """Return which offset of `after` lies between the same words as `offset` of `before`, the same number if none."""
    if before and after.startswith(before[:offset]):
        return offset
    rest = len(before) - offset
    if after.endswith(before[offset:]):
        return len(after) - rest
    return min(offset, len(after))


def changed_end(before: str, after: str) -> int:
    """Return the offset in `after` where the cursor belongs once undo or redo turned `before` into it.

    It lies behind what came back, or where something was removed: both texts end alike from there on.
    """
    same_at_end = 0
    for text, other in zip(reversed(before), reversed(after), strict=False):
        if text != other:
            break
        same_at_end += 1
    return len(after) - same_at_end


def is_context_kept(before: str, after: str, offset: int) -> bool:
    """Return whether the text before `offset`, or the text behind it, is still the beginning or the end of `after`."""
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
