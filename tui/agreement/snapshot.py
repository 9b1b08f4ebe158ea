"""An agreement kept for good: every block as plain JSON, and back to exactly the same value."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from tui.agreement.blocks import (
    Agreement,
    Hole,
    Item,
    ListBlock,
    Origin,
    Paragraph,
    Row,
    Run,
    Section,
    Signatory,
    Signature,
    Subheading,
    Table,
)

_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        Agreement, Hole, Item, ListBlock, Origin, Paragraph, Row, Run, Section, Signatory, Signature, Subheading, Table,
    )
}  # fmt: skip
_KIND = "is"


class NotASnapshot(ValueError):
    """What was given is no agreement that this program can read."""


def frozen(agreement: Agreement) -> dict[str, Any]:
    """The agreement as JSON values (dict, list, str, int, bool); what stands at its default is left out."""
    raw = _written(agreement)
    assert isinstance(raw, dict)
    return raw


def thawed(raw: object) -> Agreement:
    """The agreement that `frozen` wrote; NotASnapshot when it is something else, or of a newer program."""
    try:
        found = _read(raw)
    except TypeError as error:
        raise NotASnapshot(str(error)) from error
    if not isinstance(found, Agreement):
        raise NotASnapshot(type(raw).__name__)
    return found


def _written(value: object) -> Any:
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    made: dict[str, Any] = {_KIND: type(value).__name__}
    for field in fields(value):
        held = getattr(value, field.name)
        if field.default is MISSING or held != field.default:
            made[field.name] = _written(held)
    return made


def _read(raw: object) -> Any:
    if isinstance(raw, list):
        return tuple(_read(one) for one in raw)
    if not isinstance(raw, dict):
        return raw
    kind = _KINDS.get(str(raw.get(_KIND)))
    if kind is None:
        raise NotASnapshot(str(raw.get(_KIND)))
    return kind(**{name: _read(value) for name, value in raw.items() if name != _KIND})
