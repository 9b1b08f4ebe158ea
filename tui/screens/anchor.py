"""Painting what others changed without moving what one reads: the same line stays on top, the cursor in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.paper import Sheet
from tui.screens.work import WorkScreen
from tui.widgets.editor import Editor

if TYPE_CHECKING:
    from tui.app import EntenteApp


def refreshed(app: EntenteApp) -> None:
    """Paint the present screen anew, from the desk's value."""
    screen = app.screen
    if not isinstance(screen, WorkScreen):
        app.repaint()
        return
    paper, editor, sheet = screen.lines("paper"), screen.editor, screen.sheet
    top, place = paper.scroll_offset.y, editor.cursor_location
    text, slot = editor.text, screen.form.slot
    screen.paint()
    same_slot = slot is not None and screen.form.slot is not None and slot.key == screen.form.slot.key
    if same_slot and editor.display and editor.text != text:
        editor.move_cursor(_location(editor.text, moved(text, editor.text, _offset(text, place))))
    row = same_row(sheet, screen.sheet, top)
    if row != top and paper.display:
        paper.scroll_to_row(row, top=True)


def same_row(before: Sheet, after: Sheet, row: int) -> int:
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


def stands_on(before: str, after: str, offset: int) -> bool:
    """Whether the words before the place `offset` of one text, or those behind it, are what another text has there."""
    head, tail = before[:offset], before[offset:]
    return bool((head and after.startswith(head)) or (tail and after.endswith(tail)))


def offset_of(editor: Editor) -> int:
    """Where the cursor stands, in letters from the beginning."""
    return _offset(editor.text, editor.cursor_location)


def _offset(text: str, location: tuple[int, int]) -> int:
    lines = text.split("\n")
    return sum(len(line) + 1 for line in lines[: location[0]]) + location[1]


def _location(text: str, offset: int) -> tuple[int, int]:
    head = text[:offset]
    return head.count("\n"), len(head) - (head.rfind("\n") + 1)
