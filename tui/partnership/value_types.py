"""What a stored value is made of, kind by kind: the types that are checked where a document comes in.

Whoever reads a partnership may rely on them: a date is a text, a list of partners holds ids. A code or an id that is
not known is a value like any other; a field that the guide does not know holds whatever it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from tui.guide.guide_types import LANGUAGES, Guide, Part
from tui.partnership.values import ANNEXED, ORDER, REMOVED, SETTINGS, STATE, TIME_ZONE, Value
from tui.text.typography import REGIONS

Check = Callable[[Value], bool]
Checks = Mapping[str, Check]  # by cell, or by field

SHORT: Final = 200  # characters: the longest date, amount or code that is read as one
_TYPED: Final = "typed"  # the key under which stands what was typed and not understood


def is_text(value: Value) -> bool:
    """Return whether it is a text."""
    return isinstance(value, str)


def _is_short(value: Value) -> bool:
    return isinstance(value, str) and len(value) <= SHORT


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
    """Return whether it is an object whose `keys`, as far as they are there, hold short texts."""
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
_MARKS: Final[Checks] = {ORDER: _is_short, STATE: is_text, REMOVED: _is_flag}
_GENERAL: Final[Checks] = {**_MARKS, "partners": _are_partners}  # what is read of an entry whatever it answers
_OF_SETTINGS: Final[Checks] = {
    **_GENERAL,
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
            (question.id, part.id): {**_GENERAL, **_checks_of(part)}
            for question in guide.by_id.values()
            for part in question.parts
            if not part.store
        }
        self._parts[SETTINGS, ""] = _OF_SETTINGS

    def of(self, question: object, part: object) -> Checks:
        """Return the checks of the cells of a question's part, by cell or field.

        Those of any entry where it is not known.
        """
        return self._parts.get((str(question), str(part)), _GENERAL)

    def fits(self, question: str, part: str, cell: str, value: Value) -> bool:
        """Return whether `cell` of such an entry may hold `value`; None, which empties a cell, fits everywhere."""
        return fits(self.of(question, part), cell, value)


def _checks_of(part: Part) -> Checks:
    """Return the checks of a part's fields, and of the texts of each language: those are looked up most."""
    found = {field.id: _KINDS.get(field.kind, _is_anything) for field in part.fields}
    return {**{f"{name}@{lang}": is_text for name in found for lang in LANGUAGES}, **found}


def _is_anything(_value: Value) -> bool:
    return True


def fits(checks: Checks, cell: str, value: Value) -> bool:
    """Return whether `cell` may hold `value`, by the checks of its entry.

    A text of a language is a text in any field.
    """
    if value is None:
        return True
    check = checks.get(cell)
    if check is not None:
        return check(value)
    return not ("@" in cell or "~" in cell) or isinstance(value, str)


def value_types(guide: Guide) -> ValueTypes:
    """Return the types of this guide, worked out once."""
    global _last
    if _last is None or _last[0] is not guide:
        _last = guide, ValueTypes(guide)
    return _last[1]


_last: tuple[Guide, ValueTypes] | None = None
