"""Words written from right to left, marked so that they leave the rest of their line where it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

# Scripts written from right to left, Hebrew to Arabic Extended-A, their presentation forms, and those beyond the first
# plane (Unicode Character Database, DerivedBidiClass: R and AL).
_RIGHT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
# Between two such letters: signs, digits and single spaces. Two spaces are the gap between columns; a colon, a
# semicolon, a middle dot, a long dash, a bar, an arrow or a drawn line (U+2190 to U+2BFF) separates two texts, each
# with a direction of its own.
_BETWEEN: Final = rf"(?:(?!  |[\n\r\t:;·—|•\u2190-\u2bff])[\W\d_{_RIGHT}])*"
_RUN: Final = rf"[{_RIGHT}](?:{_BETWEEN}[{_RIGHT}])?"
# Not the isolates of Unicode 6.3: VTE loses one that opens a line, mlterm draws a box for each.
LEFT_TO_RIGHT_MARK: Final = "\u200e"


@lru_cache(1024)  # a screen shows the same texts again and again
def holds_right_to_left(text: str) -> bool:
    """Return whether a letter of `text` is written from right to left."""
    return not text.isascii() and re.search(f"[{_RIGHT}]", text) is not None


def with_direction_marks(text: str) -> str:
    """Return `text` with each run of right-to-left words between left-to-right marks, and nothing else changed.

    What stands outside the marks keeps its order (Unicode Standard Annex 9, W2 to W7 and N1): a date or a number
    behind a Hebrew title stays behind it. The mark in front keeps a line that begins with such a title on the left.
    """
    if text.isascii():
        return text
    return re.sub(_RUN, LEFT_TO_RIGHT_MARK + r"\g<0>" + LEFT_TO_RIGHT_MARK, text)


def mark_cells(cells: Sequence[str]) -> list[str]:
    """Return the cells of a screen row with the marks that `with_direction_marks` would put in its text.

    A cell holds one character; "" is the second cell of a character two cells wide. A mark takes no cell of its own: it
    is added to the character before it. One mark in the first cell replaces those in front of all runs; the last cell
    needs none, since nothing follows it. Marks that `cells` hold already are taken out first.
    """
    unmarked = [cell.replace(LEFT_TO_RIGHT_MARK, "") for cell in cells]
    run_ends = {run.end() for run in re.finditer(_RUN, "".join(unmarked))}
    if not run_ends:
        return unmarked
    marked = []
    cell_ends = accumulate(map(len, unmarked))  # where each cell ends in the text of the row
    for cell, end in zip(unmarked, cell_ends, strict=True):
        marked.append(cell + LEFT_TO_RIGHT_MARK if cell and end in run_ends else cell)
    first_cell = unmarked[0]
    marked[-1] = unmarked[-1]
    marked[0] = LEFT_TO_RIGHT_MARK + marked[0] if holds_right_to_left(first_cell) else first_cell + LEFT_TO_RIGHT_MARK
    return marked
