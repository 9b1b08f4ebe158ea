"""The values that a new row starts with, by the guide's defaults; some depend on its partner's status."""

from __future__ import annotations

from collections.abc import Sequence

from tui.guide.guide_types import Condition, Field, Part
from tui.partnership.partners import find_partner
from tui.partnership.values import Partnership, Value


def row_defaults(partnership: Partnership, part: Part, subject: Sequence[str]) -> dict[str, Value]:
    """Return by field id the values that a new row of `part` starts with; `subject` are the ids of its partners.

    `Part.defaults` takes precedence over `Field.default_when`, and that over `Field.default`. A condition must be met
    by each of the partners.
    """
    defaults = {field.id: _default(partnership, field, subject) for field in part.fields}
    return {field_id: value for field_id, value in {**defaults, **(part.defaults or {})}.items() if value is not None}


def possible_defaults(part: Part) -> dict[str, tuple[object, ...]]:
    """Return by field id all values that a row may have started with, whoever its partners are."""
    return {
        field.id: (field.default, (part.defaults or {}).get(field.id), *(rule.value for rule in field.default_when))
        for field in part.fields
    }


def _default(partnership: Partnership, field: Field, subject: Sequence[str]) -> Value:
    rules = (rule for rule in field.default_when if _is_met(partnership, rule.condition, subject))
    return next((rule.value for rule in rules), field.default)


def _is_met(partnership: Partnership, condition: Condition, subject: Sequence[str]) -> bool:
    """Return whether each partner of `subject` meets a condition; False without partners."""
    partners = [find_partner(partnership, partner_id) for partner_id in subject]
    return bool(partners) and all(
        partner is not None and partner.entry.get(condition.field) in condition.values for partner in partners
    )
