"""Checks the types of stored values, kind by kind, when the store reads a document.

Code that reads a partnership may rely on them: a date is a text, a list of partners holds ids. Unknown codes and ids
are accepted, and so is any value in a field that the guide does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tui.guide.guide_types import LANGUAGES, Guide, Part
from tui.partnership.values import ANNEXED, ORDER, REMOVED, SETTINGS, STATE, TIME_ZONE, Value
from tui.text.typography import REGIONS

Check = Callable[[Value], bool]  # whether a value has the right type
Checks = Mapping[str, Check]  # by key of a cell (« text@fr ») or id of a field

SHORT_CHARACTERS: Final = 200  # characters: a longer text is taken for no date, amount or code
_TYPED: Final = "typed"  # {"typed": "words"} is stored for words that were typed and not understood


def is_text(value: Value) -> bool:
    """Return whether a value is a text."""
    return isinstance(value, str)


def _is_short(value: Value) -> bool:
    return isinstance(value, str) and len(value) <= SHORT_CHARACTERS


def _is_flag(value: Value) -> bool:
    return isinstance(value, (bool, int))


def _is_number(value: Value) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or _is_typed(value)


def _is_typed(value: Value) -> bool:
    return isinstance(value, dict) and isinstance(value.get(_TYPED), str)


def _is_date(value: Value) -> bool:
    return _is_short(value) or _is_typed(value)


def _is_period(value: Value) -> bool:
    return _holds_texts(value, "start", "end") or _is_typed(value)


def _is_amount(value: Value) -> bool:
    return _is_typed(value) or (_holds_texts(value, "amount", "currency") and "amount" in value and "currency" in value)


def _holds_texts(value: Value, *keys: str) -> bool:
    """Return whether a value is an object with short texts under those of `keys` that it has."""
    return isinstance(value, dict) and all(_is_short(value.get(key, "")) for key in keys)


def _is_partner(value: Value) -> bool:
    return is_text(value) or _is_typed(value)


def _are_partners(value: Value) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("group", ""), str):
        return False
    ids = value.get("ids", [])
    return isinstance(ids, list) and all(isinstance(item, str) for item in ids)


def _is_someone(value: Value) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())


def _are_someones(value: Value) -> bool:
    return isinstance(value, list) and all(map(_is_someone, value))


def _is_record(value: Value) -> bool:
    return isinstance(value, (dict, str))


_KINDS: Final[Mapping[str, Check]] = {
    "line": is_text,
    "prose": is_text,
    "effort": is_text,
    "choice": is_text,
    "flag": _is_flag,
    "number": _is_number,
    "date": _is_date,
    "period": _is_period,
    "amount": _is_amount,
    "partner": _is_partner,
    "partners": _are_partners,
    "someone": _is_someone,
    "someones": _are_someones,
    "reference": is_text,
    "record": _is_record,
}
# The cells that any entry may have, whatever question it answers.
_CHECKS_OF_ANY_ENTRY: Final[Checks] = {ORDER: _is_short, STATE: is_text, REMOVED: _is_flag, "partners": _are_partners}
_CHECKS_OF_SETTINGS: Final[Checks] = {
    **_CHECKS_OF_ANY_ENTRY,
    "lang": lambda value: value in LANGUAGES,
    **{f"region_{lang}": lambda value: value in REGIONS for lang in LANGUAGES},
    "positions": is_text,
    ANNEXED: _is_flag,
    TIME_ZONE: _is_short,
    "drafts": lambda value: isinstance(value, int) and value >= 0,
}


class ValueTypes:
    """The types of all cells of one guide's answers."""

    def __init__(self, guide: Guide) -> None:
        self._parts: dict[tuple[str, str], Checks] = {
            (question.id, part.id): {**_CHECKS_OF_ANY_ENTRY, **_checks_of(part)}
            for question in guide.by_id.values()
            for part in question.parts
            if not part.store
        }
        self._parts[SETTINGS, ""] = _CHECKS_OF_SETTINGS

    def of(self, question: object, part: object) -> Checks:
        """Return the checks of the cells of a question's part; for an unknown part those that hold for any entry."""
        return self._parts.get((str(question), str(part)), _CHECKS_OF_ANY_ENTRY)

    def fits(self, question: str, part: str, cell: str, value: Value) -> bool:
        """Return whether `cell` of an entry of that part may hold `value`; None, which empties it, always may."""
        return fits(self.of(question, part), cell, value)


def _checks_of(part: Part) -> Checks:
    """Return the checks of a part's fields by field id, and of their texts in each language by key (« text@fr »)."""
    by_field = {field.id: _KINDS.get(field.kind, _is_anything) for field in part.fields}
    return {**{f"{name}@{lang}": is_text for name in by_field for lang in LANGUAGES}, **by_field}


def _is_anything(_value: Value) -> bool:
    return True


def fits(checks: Checks, cell: str, value: Value) -> bool:
    """Return whether `cell` may hold `value`, by the checks of its entry."""
    if value is None:
        return True
    check = checks.get(cell)
    if check is not None:
        return check(value)
    # The text of a language (« x@fr ») and a second wording (« x@fr~2 ») are texts in any field.
    is_text_cell = "@" in cell or "~" in cell
    return not is_text_cell or isinstance(value, str)


def value_types(guide: Guide) -> ValueTypes:
    """Return the types of a guide; those of the last guide are kept."""
    global _last_guide_and_types
    if _last_guide_and_types is None or _last_guide_and_types[0] is not guide:
        _last_guide_and_types = guide, ValueTypes(guide)
    return _last_guide_and_types[1]


_last_guide_and_types: tuple[Guide, ValueTypes] | None = None
