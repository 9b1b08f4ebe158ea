"""What a line of notes says beside its words: a person's address and telephone, an amount of money."""

from __future__ import annotations

import re

from tui.desk.desk import Desk
from tui.desk.writing import typed_value, value_of
from tui.guide.types import Part, Question
from tui.project.partners import WHO
from tui.project.values import Value
from tui.text.names import fold

_MAIL = r"[^\s,;:<>()]+@[^\s,;:<>()]+\.[^\s,;:<>()]+"
_PHONE = r"(?<![\w@.])\+?\(?\d(?:[\s().-]{0,2}\d){6,14}(?:\s?(?:poste|ext\.?|x)\s?\d{1,6})?"
_SIGNS = frozenset(
    {"signe", "signe l'entente", "signataire", "signera", "signs", "signs the agreement", "signatory", "will sign"}
)
_MONEY = r"(?:[$€£]\s?)?\d[\d\s\u00a0\u202f.,]*\d?\s?(?:k?\$|€|£|dollars?|euros?|CAD|USD|EUR)?"


def extras(desk: Desk, question: Question, part: Part, text: str) -> tuple[str, dict[str, Value]]:
    """The words of a new row, and the other cells that the line fills; no word of the line is dropped."""
    if (question.id, part.id) == (WHO, "people"):
        return _person(desk, text)
    if question.id == "commit.funding":
        return _money(desk, part, text)
    return text, {}


def _person(desk: Desk, text: str) -> tuple[str, dict[str, Value]]:
    """« Marie Roy, directrice, marie@x.ca, 519 555-0100, signe »: the name, what is recognised, the rest as title."""
    cells: dict[str, Value] = {}
    for cell, pattern in (("email", _MAIL), ("phone", _PHONE)):
        found = re.search(pattern, text)
        if found:
            cells[cell] = found[0].strip(" .")
            text = f"{text[: found.start()]},{text[found.end() :]}"
    pieces = [piece.strip(" .:–-") for piece in re.split("[,;()<>]", text)]
    pieces = [piece for piece in pieces if piece]
    name, rest = (pieces[0], pieces[1:]) if pieces else ("", [])
    head, _space, verb = name.rpartition(" ")
    if head and fold(verb) in _SIGNS:
        name, rest = head, [verb, *rest]
    if any(fold(piece) in _SIGNS for piece in rest):
        cells["signs"] = True
        rest = [piece for piece in rest if fold(piece) not in _SIGNS]
    if rest:
        cells[f"title@{desk.lang}"] = ", ".join(rest)
    return name or str(cells.get("email") or cells.get("phone") or text), cells


def _money(desk: Desk, part: Part, text: str) -> tuple[str, dict[str, Value]]:
    """« Fonds du collège, 12 000 $ »: an amount at the end leaves the words; one in their midst is noted and stays."""
    field = part.field("amount")
    assert field is not None
    for found in re.finditer(_MONEY, text):
        if not re.search(r"[$€£]|dollar|euro|CAD|USD|EUR", found[0]):
            continue
        value = value_of(desk, field, found[0].strip(" ,."))
        if value is None or typed_value(value):
            continue
        words = text[: found.start()].rstrip(" ,;:–-(")
        ends = not text[found.end() :].strip(" .)")
        return (words if ends and words else text), {"amount": value}
    return text, {}
