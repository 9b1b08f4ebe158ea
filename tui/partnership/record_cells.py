"""Records (mappings) that are stored with one cell for each value, so that two people can add to one at the same time.

The cell « settled@k7ep2xqa » holds the value under the key k7ep2xqa of the record « settled ». Older documents hold a
record as one value in the cell « settled »; a cell of its own takes precedence.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.partnership.values import Entry, Value


def record_cells(field: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return by name the cells that hold these values of a record."""
    return {f"{field}@{key}": value for key, value in values.items()}


def record_of(entry: Entry | None, field: str) -> dict[str, Value]:
    """Return the record in a field of an entry, without None values; {} if there is none."""
    if entry is None:
        return {}
    old_form = entry.get(field)
    record = dict(old_form) if isinstance(old_form, Mapping) else {}
    for name, cell in entry.cells.items():
        cell_field, separator, key = name.partition("@")
        if cell_field == field and separator and cell.value is not None:
            record[key] = cell.value
    return record
