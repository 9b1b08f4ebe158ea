"""A source of money told in one line, as one says it: « Fonds du collège, 12 000 $, acquis »."""

from __future__ import annotations

import re

from tui.form.form import FormContext
from tui.form.giving import read_typed
from tui.guide.guide_types import Field, Part
from tui.partnership.field_kinds import typed_as_it_is
from tui.partnership.values import Value
from tui.text.amounts import CURRENCY, MONEY
from tui.text.name_matching import fold

FUNDING = "commit.funding"
_LAST_WORDS = r"(?P<words>.*\S)\s*[,;:(–-]\s*(?P<last>[^,;:()]+?)[\s).]*"


def read_money_line(context: FormContext, part: Part, text: str) -> tuple[str, dict[str, Value]]:
    """Return (the words of the source, its amount and status where the line tells them, by field id).

    What the line ends with is read out of its words; an amount in their midst is noted and stays in the sentence.
    """
    cells: dict[str, Value] = {}
    status, amount = part.field("status"), part.field("amount")
    if status is not None and (last := re.fullmatch(_LAST_WORDS, text)) is not None:
        code = _choice_meant(context, status, last["last"])
        if code:
            text, cells["status"] = last["words"], code
    if amount is not None:
        for found in re.finditer(MONEY, text):
            value = read_typed(context, amount, found[0].strip(" ,."))
            if not re.search(CURRENCY, found[0]) or value is None or typed_as_it_is(value):
                continue
            words = text[: found.start()].rstrip(" ,;:–-(")
            ends = not text[found.end() :].strip(" .)")
            return (words if ends and words else text), {"amount": value, **cells}
    return text, cells


def _choice_meant(context: FormContext, field: Field, words: str) -> str:
    """Return the code whose words these are, in either language and gender (« acquise », « demandés »); "" for none."""
    said = fold(words)
    for code in context.guide.choices[field.choices]:
        for known in map(fold, context.guide.words_of(field.choices, code)):
            if said in (known, f"{known}e", f"{known}s", f"{known}es"):
                return code
    return ""
