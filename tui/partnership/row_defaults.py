"""What a new row starts with, by the guide's defaults: some depend on where its partner stands."""

from __future__ import annotations

from collections.abc import Sequence

from tui.guide.guide_types import Condition, Field, Part
from tui.partnership.partners import find_partner
from tui.partnership.values import Partnership, Value


def row_defaults(partnership: Partnership, part: Part, subject: Sequence[str]) -> dict[str, Value]:
    """By field id: what a row of `part` given by the partners of `subject` starts with; fields with a default only.

    What a view adds with (`Part.defaults`) comes before a field's own default, and a default that looks at the partner
    before a plain one; of several partners each must stand where it asks.
    """
    found = {field.id: _default(partnership, field, subject) for field in part.fields}
    return {name: value for name, value in {**found, **(part.defaults or {})}.items() if value is not None}


def possible_defaults(part: Part) -> dict[str, tuple[object, ...]]:
    """By field id: all that a row may have started with, whoever gave it."""
    return {
        field.id: (field.default, (part.defaults or {}).get(field.id), *(rule.value for rule in field.default_when))
        for field in part.fields
    }


def _default(partnership: Partnership, field: Field, subject: Sequence[str]) -> Value:
    rules = (rule for rule in field.default_when if _holds(partnership, rule.condition, subject))
    return next((rule.value for rule in rules), field.default)


def _holds(partnership: Partnership, condition: Condition, subject: Sequence[str]) -> bool:
    known = [find_partner(partnership, name) for name in subject]
    return bool(known) and all(
        partner is not None and partner.entry.get(condition.field) in condition.values for partner in known
    )
