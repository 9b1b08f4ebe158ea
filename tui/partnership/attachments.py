"""The papers attached to the text, its numbered annexes: their rows, and what an adoption keeps of them."""

from __future__ import annotations

from tui.partnership.ids import new_id
from tui.partnership.signatures import ANNEXES, ROWS
from tui.partnership.values import ORDER, Change, Entry, Partnership, order_behind

ATTACHMENTS = "follow.attachments"
ATTACHED = "attached"  # of a paper beside an adopted version: the annex of its text that it is the copy of
_KEPT = ("on", "file", "file_hash")


def attachments(partnership: Partnership) -> tuple[Entry, ...]:
    """Return the annexes of the text in their order: the first one is annex 1."""
    return tuple(row for row in partnership.rows(ATTACHMENTS, ROWS) if row.text("what", "fr") or row.text("what", "en"))


def adopted_attachments(partnership: Partnership, version: str) -> tuple[Change, ...]:
    """Return the changes that keep the annexes of the present text beside the version that adopts it, as they are now.

    Another copy that is attached later changes nothing of what was adopted.
    """
    changes: list[Change] = []
    order = order_behind(partnership, ANNEXES, ROWS)
    for number, row in enumerate(attachments(partnership), 1):
        name = new_id()
        cells = {ORDER: f"{order}{number:03}", "version": version, "kind": "annex", ATTACHED: row.id}
        cells |= {f"what@{lang}": row.get(f"what@{lang}") for lang in ("fr", "en")}
        cells |= {cell: row.get(cell) for cell in _KEPT}
        changes += [Change(name, ANNEXES, cell, value, ROWS) for cell, value in cells.items() if value is not None]
    return tuple(changes)
