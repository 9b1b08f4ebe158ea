"""Words written from right to left, set apart so that they leave the rest of their line where it is."""

from __future__ import annotations

import re
from typing import Final

# Scripts written from right to left, Hebrew to Arabic Extended-A, their presentation forms, and those beyond the first
# plane (Unicode Character Database, DerivedBidiClass: R and AL).
_RIGHT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
# Between two such letters: signs, digits and single spaces. Two spaces are the gap between columns, and a colon, a
# semicolon and a middle dot stand between things of which each has its own direction.
_BETWEEN: Final = rf"(?:(?!  |[\n\r\t:;·])[\W\d_{_RIGHT}])*"
_RUN: Final = rf"[{_RIGHT}](?:{_BETWEEN}[{_RIGHT}])?"
FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"


def isolated(text: str) -> str:
    """Return `text` with each run of right-to-left words in an isolate of its own, and nothing else changed.

    What stands around an isolate is ordered as if it were one neutral sign (Unicode Standard Annex 9, 2.4): a date or
    a number behind a Hebrew title stays behind it.
    """
    if text.isascii():
        return text
    return re.sub(_RUN, FIRST_STRONG_ISOLATE + r"\g<0>" + POP_ISOLATE, text)
