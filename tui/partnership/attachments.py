"""The annexes of the text, which are papers attached to it: their rows, and the copies that an adoption keeps."""

from __future__ import annotations

from tui.partnership.ids import new_id
from tui.partnership.signatures import ANNEXES, ROWS
from tui.partnership.values import ORDER, Change, Entry, Partnership, order_behind

ATTACHMENTS = "follow.attachments"
ATTACHED = "attached"  # the field of a paper kept with an adopted version: the id of the annex that it copies
_KEPT = ("on", "file", "file_hash")  # the fields of an annex that are copied


def attachments(partnership: Partnership) -> tuple[Entry, ...]:
    """Return the annexes of the text in their order; the first one is annex 1."""
    return tuple(row for row in partnership.rows(ATTACHMENTS, ROWS) if row.text("what", "fr") or row.text("what", "en"))


def adopted_attachments(partnership: Partnership, version: str) -> tuple[Change, ...]:
    """Return the changes that copy the present annexes to the version (id) that adopts the text.

    Annexes that are replaced later leave these copies as they were adopted.
    """
    changes: list[Change] = []
    order = order_behind(partnership, ANNEXES, ROWS)
    for number, row in enumerate(attachments(partnership), 1):
        copy_id = new_id()
        cells = {ORDER: f"{order}{number:03}", "version": version, "kind": "annex", ATTACHED: row.id}
        cells |= {f"what@{lang}": row.get(f"what@{lang}") for lang in ("fr", "en")}
        cells |= {cell: row.get(cell) for cell in _KEPT}
        changes += [Change(copy_id, ANNEXES, cell, value, ROWS) for cell, value in cells.items() if value is not None]
    return tuple(changes)
