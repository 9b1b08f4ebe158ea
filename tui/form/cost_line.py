"""Reads a line of the budget, or a partner's share, typed as one text.

« Coordination 2027, Collège, 4 000 $, en nature » gives a description, a year, a partner, an amount, and "in kind".
"""

from __future__ import annotations

import re

from tui.form.form import FormContext
from tui.form.giving import read_typed
from tui.guide.guide_types import Part
from tui.partnership.field_kinds import unparsed_text
from tui.partnership.values import Value
from tui.text.name_matching import fold

_IN_KIND = ("en nature", "in kind")  # given as work or things, not as money
_IN_MONEY = ("en argent", "in money", "comptant", "cash")
_YEAR = r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?"  # « 2027 », « 2027-2028 », « 2027-28 »
_CURRENCY = r"[$€£]|dollar|euro|CAD|USD|EUR"


def read_cost_line(context: FormContext, part: Part, text: str) -> tuple[str, dict[str, Value]]:
    """Return the description of a budget line and its other cells by field id: year, partner, amount, in_kind.

    Pieces that are not understood stay in the description, so that nothing typed is lost.
    """
    cells: dict[str, Value] = {}
    rest: list[str] = []
    # At semicolons, and at commas with a space behind: not in « 4,50 $ ».
    for piece in re.split(r"\s*;\s*|\s*,\s+", text.strip()):
        if not _read_piece(context, part, piece, cells):
            rest.append(piece)
    description = ", ".join(rest)
    # A year at the end of the description, also in brackets: « Coordination (2027) ».
    year = re.search(rf"[\s,(]*\b({_YEAR})\b[)\s]*$", description)
    if "year" not in cells and year is not None and description[: year.start()].strip():
        cells["year"], description = year[1], description[: year.start()]
    return (description.strip() or text), cells if description.strip() else {}


def _read_piece(context: FormContext, part: Part, piece: str, cells: dict[str, Value]) -> bool:
    """Put the value that a piece of the line gives into `cells`; return False if it gives none that is lacking."""
    word = fold(piece)
    if word in _IN_KIND and "in_kind" not in cells:
        cells["in_kind"] = True
    elif word in _IN_MONEY and "in_kind" not in cells:
        cells["in_kind"] = False
    elif re.fullmatch(_YEAR, piece) and "year" not in cells:
        cells["year"] = piece
    elif re.search(_CURRENCY, piece) and "amount" not in cells:
        return _read_field(context, part, "amount", piece, cells)
    elif "partner" not in cells:
        return _read_field(context, part, "partner", piece, cells)
    else:
        return False
    return True


def _read_field(context: FormContext, part: Part, field_id: str, piece: str, cells: dict[str, Value]) -> bool:
    """Put a piece into `cells` as the value of a field; return False if it cannot be read as one."""
    field = part.field(field_id)
    value = read_typed(context, field, piece) if field is not None else None
    if value is None or unparsed_text(value):
        return False
    cells[field_id] = value
    return True
