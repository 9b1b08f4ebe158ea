"""The same place in a text and in a painted document, once what stands around it has changed."""

from __future__ import annotations

from tui.ui.agreement_painter import PaintedAgreement


def same_row(before: PaintedAgreement, after: PaintedAgreement, row: int) -> int:
    """Where the line of `row` stands now: the line of the same origin, as far below the first of that origin as before.

    A line without an origin goes with the next one that has one.
    """
    at = next((at for at in range(row, len(before.origins)) if before.origins[at].question), None)
    if at is None or not after.origins:
        return row
    origin = before.origins[at]
    if origin not in after.origins:
        return min(row, len(after.origins) - 1)
    deep = at - before.origins.index(origin)
    first = after.origins.index(origin)
    last = first
    while last + 1 < len(after.origins) and last - first < deep and after.origins[last + 1] == origin:
        last += 1
    return max(last - (at - row), 0)


def moved(before: str, after: str, offset: int) -> int:
    """Where the place `offset` of one text lies in another: between the same words, where they are still there."""
    if before and after.startswith(before[:offset]):
        return offset
    rest = len(before) - offset
    if after.endswith(before[offset:]):
        return len(after) - rest
    return min(offset, len(after))


def changed_end(before: str, after: str) -> int:
    """Return before which character of `after`, from 0, the cursor belongs once undo made it of `before`.

    That is behind what came back, or where something went.
    """
    same = 0
    for text, other in zip(reversed(before), reversed(after), strict=False):
        if text != other:
            break
        same += 1
    return len(after) - same


def stands_on(before: str, after: str, offset: int) -> bool:
    """Whether the words before the place `offset` of one text, or those behind it, are what another text has there."""
    head, tail = before[:offset], before[offset:]
    return bool((head and after.startswith(head)) or (tail and after.endswith(tail)))


def offset_of(text: str, location: tuple[int, int]) -> int:
    """Return how many letters of a text stand before a (row, column) of it."""
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: location[0]]) + location[1]


def location_of(text: str, offset: int) -> tuple[int, int]:
    """Return the (row, column) of a text that stands behind `offset` letters of it."""
    head = text[:offset]
    return head.count("\n"), len(head) - (head.rfind("\n") + 1)
