"""A second wording held beside the one that stands: which cell it lies in; it says nothing until it is chosen."""

from __future__ import annotations

from tui.guide.types import Field
from tui.project.values import Entry

_SECOND = "~2"


def second(cell: str) -> str:
    """The cell of the second wording of a text cell; it is as public or private as the field."""
    return cell + _SECOND


def is_second(cell: str) -> bool:
    """Whether a cell holds a second wording: no part of what anyone says yes to."""
    return cell.endswith(_SECOND)


def may_have_two(field: Field) -> bool:
    """Whether a field is a text that can be worded in two ways."""
    return field.translatable and field.kind in ("line", "prose")


def held(entry: Entry, cell: str) -> str:
    """The second wording, "" where there is none."""
    return str(entry.get(second(cell), ""))
