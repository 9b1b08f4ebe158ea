"""Reads a source of money typed as one text: « Fonds du collège, 12 000 $, acquis » gives words, amount and status."""

from __future__ import annotations

import re

from tui.form.form import FormContext
from tui.form.giving import read_typed
from tui.guide.guide_types import Field, Part
from tui.partnership.field_kinds import unparsed_text
from tui.partnership.values import Value
from tui.text.amounts import CURRENCY, MONEY
from tui.text.name_matching import fold

FUNDING = "commit.funding"
# The words of a line and its last piece: « Fonds du collège, 12 000 $ » and « acquis ».
_LAST_WORDS = r"(?P<words>.*\S)\s*[,;:(–-]\s*(?P<last>[^,;:()]+?)[\s).]*"


def read_money_line(context: FormContext, part: Part, text: str) -> tuple[str, dict[str, Value]]:
    """Return the words of a source of money, and its amount and status by field id, if the line gives them.

    What stands at the end of the line is taken out of the words; an amount in the middle stays there too.
    """
    cells: dict[str, Value] = {}
    status, amount = part.field("status"), part.field("amount")
    if status is not None and (pieces := re.fullmatch(_LAST_WORDS, text)) is not None:
        code = _find_choice(context, status, pieces["last"])
        if code:
            text = pieces["words"]
            cells["status"] = code
    if amount is not None:
        for match in re.finditer(MONEY, text):
            value = read_typed(context, amount, match[0].strip(" ,."))
            is_amount = value is not None and not unparsed_text(value)
            if not is_amount or not re.search(CURRENCY, match[0]):
                continue
            words = text[: match.start()].rstrip(" ,;:–-(")
            is_at_end = not text[match.end() :].strip(" .)")
            return (words if is_at_end and words else text), {"amount": value, **cells}
    return text, cells


def _find_choice(context: FormContext, field: Field, words: str) -> str:
    """Return the code of the choice with these words, in either language, gender and number; "" for none."""
    folded = fold(words)
    for code in context.guide.choices[field.choices]:
        for choice_words in map(fold, context.guide.words_of(field.choices, code)):
            if folded in (choice_words, f"{choice_words}e", f"{choice_words}s", f"{choice_words}es"):
                return code
    return ""
