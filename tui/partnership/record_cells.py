"""Records of which each value is a cell of its own: two people who add to one at once both have added to it.

« settled@k7ep2xqa » is what was decided of the answer k7ep2xqa. Documents of before hold such a record as one value;
its values stand where no cell says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.partnership.values import Entry, Value


def record_cells(field: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the cells that hold these values of a record, by their names."""
    return {f"{field}@{key}": value for key, value in values.items()}


def record_of(entry: Entry | None, field: str) -> dict[str, Value]:
    """Return the record of an entry, empty where it has none; it never holds None."""
    if entry is None:
        return {}
    held = entry.get(field)
    found = dict(held) if isinstance(held, Mapping) else {}
    for name, cell in entry.cells.items():
        of, at, key = name.partition("@")
        if of == field and at and cell.value is not None:
            found[key] = cell.value
    return found
