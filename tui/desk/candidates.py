"""Two wordings of one text: the second is held beside the first until one is chosen; the other stays in the history."""

from __future__ import annotations

from tui.desk.apart import keep_apart
from tui.desk.desk import Desk
from tui.guide.types import Field
from tui.project.answers import cell_name
from tui.project.candidates import held, second
from tui.project.values import Change, Entry


def texts(desk: Desk, entry: Entry, field: Field) -> tuple[str, str]:
    """The text that stands and the second wording, as they are now."""
    now = desk.project.entry(entry.id) or entry
    cell = cell_name(field, desk.lang)
    return str(now.get(cell, "")), held(now, cell)


def hold(desk: Desk, entry: Entry, field: Field, text: str) -> bool:
    """Write the second wording; one that is empty or says the same as the first is none."""
    cell = cell_name(field, desk.lang)
    first, _second = texts(desk, entry, field)
    value = text if text.strip() and text != first else None
    return desk.set(entry, second(cell), value, stretch=f"{entry.id}/{second(cell)}")


def choose(desk: Desk, entry: Entry, field: Field, number: int) -> bool:
    """Keep the first (1) or the second (2) wording alone, as one step of undo; the other one stays in the history."""
    cell = cell_name(field, desk.lang)
    _first, other = texts(desk, entry, field)
    if not other:
        return False
    keep_apart(desk)  # both wordings are in the history before one of them goes
    cells = {second(cell): None, **({cell: other} if number == 2 else {})}
    part, subject = entry.part, entry.subject
    done = desk.edit(
        [
            Change(entry.id, entry.question, name, value, part, subject, reason="wording")
            for name, value in cells.items()
        ]
    )
    desk.edits.end_stretch()
    return done
