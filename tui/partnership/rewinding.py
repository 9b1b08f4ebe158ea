"""A partnership as it stood at an earlier revision, from its history; what has become private since stays private."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.guide.guide_types import Guide
from tui.partnership.privacy import is_public
from tui.partnership.values import REMOVED, Cell, Entry, HistoryEntry, Partnership


def rewound(
    guide: Guide, partnership: Partnership, past: Iterable[HistoryEntry], rev: int, *, kept_source: str
) -> Partnership:
    """Return `partnership` as it stood at revision `rev`; `past` is its history, in any order.

    Changes that bear `kept_source` stay: what was decided at a meeting and entered the evening after belongs to it. A
    cell that anyone could see then, and nobody may see now, is left out: no way back leads around privacy.
    """
    entries = dict(partnership.entries)
    later = [line for line in past if line.rev > rev and not (kept_source and line.source == kept_source)]
    for line in sorted(later, key=lambda line: -line.rev):
        known = entries.get(line.entry) or Entry(line.entry, line.question, line.part, line.subject)
        cells = {key: cell for key, cell in known.cells.items() if key != line.cell}
        if line.value is not None:
            cells[line.cell] = Cell(line.value, rev)
        entries[line.entry] = replace(known, cells=cells)
    then = replace(partnership, entries=entries, conflicts=())
    return replace(then, entries={name: _seen(guide, partnership, then, entry) for name, entry in entries.items()})


def _seen(guide: Guide, now: Partnership, then: Partnership, entry: Entry) -> Entry:
    """An entry of then without the cells that are private now; one that was only taken out since shows as it did."""
    present = now.entries.get(entry.id)
    if present is None:
        return entry
    standing = replace(present, cells={key: cell for key, cell in present.cells.items() if key != REMOVED})
    hidden = {
        key for key in entry.cells
        if is_public(guide, then, entry, key) and not is_public(guide, now, standing, key)
    }  # fmt: skip
    return replace(entry, cells={key: cell for key, cell in entry.cells.items() if key not in hidden})
