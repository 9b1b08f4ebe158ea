"""How the columns of a table share the width of a page, for all paged formats."""

from __future__ import annotations

import re

from tui.agreement.blocks import Table
from tui.export.wording import flat

_AMOUNT = re.compile(r"[\d\s.,–-]*\d[\d\s.,]*(?:\s?[$€%]|\s?h)?|[$€]\s?[\d\s.,]+|—|-|")


def shares(table: Table) -> list[float]:
    """Return each column's share of the width (they add up to 1): by its words, none starved and none greedy."""
    columns = [
        [flat(cell).strip() for cell in column]
        for column in zip(table.head, *(row.cells for row in table.rows), strict=True)
    ]
    weights = []
    for column in columns:
        longest = max(map(len, column), default=0)
        word = max((len(word) for text in column for word in text.split()), default=0)
        weights.append(max(min(longest, 42), min(word, 24) + 2, 8))
    return [weight / sum(weights) for weight in weights]


def numeric(table: Table, column: int) -> bool:
    """Return whether a column holds amounts only, so that it is set to the right; the first names its row."""
    if column == 0:
        return False
    texts = [flat(row.cells[column]).strip() for row in table.rows]
    return any(any(map(str.isdigit, text)) for text in texts) and all(map(_AMOUNT.fullmatch, texts))
