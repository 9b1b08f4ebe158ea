"""Rewinds a partnership to an earlier revision by its history; what has become private since then is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.guide.guide_types import Guide
from tui.partnership.privacy import is_public
from tui.partnership.values import Cell, Entry, HistoryEntry, Partnership


def rewound(
    guide: Guide, partnership: Partnership, past: Iterable[HistoryEntry], rev: int, *, kept_source: str
) -> Partnership:
    """Return `partnership` as it was at revision `rev`; `past` is its history, in any order.

    Later changes with the source `kept_source` are kept: those decided at a meeting and entered afterwards. A cell that
    was public then and is private now is left out.
    """
    entries = dict(partnership.entries)
    later = [line for line in past if line.rev > rev and not (kept_source and line.source == kept_source)]
    for line in sorted(later, key=lambda line: -line.rev):
        entry_then = entries.get(line.entry) or Entry(line.entry, line.question, line.part, line.subject)
        cells = {key: cell for key, cell in entry_then.cells.items() if key != line.cell}
        if line.value is not None:
            cells[line.cell] = Cell(line.value, rev)
        entries[line.entry] = replace(entry_then, cells=cells)
    then = replace(partnership, entries=entries, conflicts=())
    return replace(
        then, entries={entry_id: _visible(guide, partnership, then, entry) for entry_id, entry in entries.items()}
    )


def _visible(guide: Guide, now: Partnership, then: Partnership, entry: Entry) -> Entry:
    """Return an entry of `then` without the cells that were public and are private `now`; removal hides nothing."""
    present = now.entries.get(entry.id)
    if present is None:
        return entry
    hidden = {
        key for key in entry.cells
        if is_public(guide, then, entry, key) and not is_public(guide, now, present, key)
    }  # fmt: skip
    return replace(entry, cells={key: cell for key, cell in entry.cells.items() if key not in hidden})
