"""Reads what partners type where a form asks for a box or a value: a yes, a no, the label of a box, « aucun »."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.agreement.partner_form import FormItem
from tui.text.name_matching import fold

_CONFIRMED = "confirmed"  # the code of the box « c'est exact », « oui, c'est notre engagement »
_YES = frozenset({"oui", "yes", "ok", "okay", "exact", "correct", "d accord", "agreed", "confirme", "confirmed"})
_NO = frozenset({"non", "no"})
_NOTHING = _NO | {"aucun", "aucune", "rien", "neant", "none", "nothing", "n a", "s o", "sans objet", "not applicable"}
# « oui, mais … », « Non : c'est le Collège », « yes but … »; « No. 12 » is the number of a house.
_ABOUT_IT = re.compile(
    r"(?i)(?:oui|non|yes|no|ok|d['’]accord)"
    r"(?:\s*[,;:!]\s*\S|\.\s+[^\W\d]|\s+[–—-]\s+\S|\s+(?:mais|sauf|but|except|car|because)\b)"
)
# A mark without our brackets before the label of a box: « (x) », « X », « ✓ »; a mail program may leave a bullet there.
_LOOSE_MARK = re.compile(r"[\s*•–-]*\(?\s*(?:\[x\](?=\s*\[)|[xX✓✔☑]|==?>|[-–—]>|→)\s*\)?\s*[:.]?\s+(?=\S)")
_EMPTY_BOX = re.compile(r"^\[\s*\]\s*")  # « X [ ] oui »


def typed_choice(text: str, items: Sequence[FormItem]) -> str:
    """Return the code of the box that typed words name: its label, the beginning of it, or a plain yes; "" for none."""
    said = folded(text)
    for item in items:
        begins = [(folded(choice.label.split(",")[0]), choice.code) for choice in item.choices]
        whole = next((choice.code for choice in item.choices if folded(choice.label) == said), "")
        named = [code for begin, code in begins if begin == said]
        if said and (whole or len(named) == 1):
            return whole or named[0]
        if said in _YES and any(choice.code == _CONFIRMED for choice in item.choices):
            return _CONFIRMED
    return ""


def says_no(text: str) -> bool:
    """Return whether an answer is a no, and nothing else."""
    return folded(text) in _NO


def says_nothing(text: str) -> bool:
    """Return whether an answer says that there is nothing to tell: « aucun », « non », « s. o. »."""
    return folded(text) in _NOTHING


def speaks_about_it(text: str) -> bool:
    """Return whether an answer says yes or no to what was printed and goes on: no such words are a value."""
    return bool(_ABOUT_IT.match(text.strip()))


def with_box(line: str) -> str:
    """Return a line with a mark that somebody made without our brackets as « [x] »; any other line as it is."""
    match = _LOOSE_MARK.match(line)
    return f"[x] {_EMPTY_BOX.sub('', line[match.end() :])}" if match is not None else line


def folded(text: str) -> str:
    """Return the words of a text, without capitals, accents and signs, a space between two."""
    return " ".join(fold(word) for word in re.findall(r"\w+", text))
