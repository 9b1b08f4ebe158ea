"""A line of the budget, or a partner's share, told in one line: « Coordination 2027, Collège, 4 000 $, en nature »."""

from __future__ import annotations

import re

from tui.form.form import FormContext
from tui.form.giving import read_typed
from tui.guide.guide_types import Part
from tui.partnership.field_kinds import typed_as_it_is
from tui.partnership.values import Value
from tui.text.name_matching import fold

_IN_KIND, _IN_MONEY = ("en nature", "in kind"), ("en argent", "in money", "comptant", "cash")
_YEAR = r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?"  # « 2027 », « 2027-2028 », « 2027-28 »
_CURRENCY = r"[$€£]|dollar|euro|CAD|USD|EUR"


def read_cost_line(context: FormContext, part: Part, text: str) -> tuple[str, dict[str, Value]]:
    """Return (the words of the budget line, its year, partner, amount and whether it is in kind, by field id).

    What is not understood stays in the words: nothing that was typed is lost.
    """
    cells: dict[str, Value] = {}
    words: list[str] = []
    for piece in re.split(r"\s*;\s*|\s*,\s+", text.strip()):
        if not _read_piece(context, part, piece, cells):
            words.append(piece)
    said = ", ".join(words)
    found = re.search(rf"[\s,(]*\b({_YEAR})\b[)\s]*$", said)
    if "year" not in cells and found is not None and said[: found.start()].strip():
        cells["year"], said = found[1], said[: found.start()]
    return (said.strip() or text), cells if said.strip() else {}


def _read_piece(context: FormContext, part: Part, piece: str, cells: dict[str, Value]) -> bool:
    """Return whether a piece tells a cell of its own that is not told yet; it is put into `cells` then."""
    word = fold(piece)
    if word in _IN_KIND and "in_kind" not in cells:
        cells["in_kind"] = True
    elif word in _IN_MONEY and "in_kind" not in cells:
        cells["in_kind"] = False
    elif re.fullmatch(_YEAR, piece) and "year" not in cells:
        cells["year"] = piece
    elif re.search(_CURRENCY, piece) and "amount" not in cells:
        return _understood(context, part, "amount", piece, cells)
    elif "partner" not in cells:
        return _understood(context, part, "partner", piece, cells)
    else:
        return False
    return True


def _understood(context: FormContext, part: Part, name: str, piece: str, cells: dict[str, Value]) -> bool:
    """Return whether a piece is understood as the value of a field, which it is given then."""
    field = part.field(name)
    value = read_typed(context, field, piece) if field is not None else None
    if value is None or typed_as_it_is(value):
        return False
    cells[name] = value
    return True
