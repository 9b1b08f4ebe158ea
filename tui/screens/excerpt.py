"""The few lines of the document that a narrow screen shows under the question: those the present field comes to."""

from __future__ import annotations

from tui.desk.desk import Desk
from tui.project.outline import arranged
from tui.screens import marks
from tui.screens.paper import Sheet
from tui.screens.slots import Slot
from tui.text.widths import width as cells
from tui.widgets.lines import Line, Piece

ROWS = 2


def excerpt(desk: Desk, sheet: Sheet, slot: Slot | None, width: int) -> list[Line]:
    """A rule with the section's name, then up to two lines of it; the rule alone for what never arrives there."""
    feeds = (slot.part.feeds if slot is not None else "") or desk.question.feeds
    head = arranged(desk.guide, desk.project).section(feeds)
    name = f" {head.number} {head.heading.get(desk.doc_lang)} " if head else " "
    top: Line = (Piece(name + marks.rule(width - cells(name) - 1), "rule"),)
    start = sheet.starts.get(feeds)
    if start is None:
        return [top]
    end = min((row for row in sheet.starts.values() if row > start), default=len(sheet.lines))
    at = _row(desk, sheet, slot, range(start + 2, end))
    return [top, *[line for line in sheet.lines[at:end] if line][:ROWS]]


def _row(desk: Desk, sheet: Sheet, slot: Slot | None, rows: range) -> int:
    """The line of the section that comes from the field, else from the partner, else the first."""
    entry = slot.entry.id if slot is not None else ""
    partner = desk.place.partner if desk.question.scope == "partner" else ""
    for wanted, of in ((entry, "entry"), (partner, "partner")):
        if wanted:
            for row in rows:
                if getattr(sheet.origins[row], of) == wanted:
                    return row
    return rows.start
