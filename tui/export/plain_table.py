"""Tables in plain text: aligned columns where they fit, otherwise one « label : value » record a row."""

from __future__ import annotations

from collections.abc import Iterator

from tui.agreement.blocks import Table
from tui.export.wording import flat
from tui.text.widths import pad, width
from tui.text.widths import wrap as wrapped

_GAP = "  "


def table_lines(table: Table, colon: str, wrap: int | None, indent: str = "") -> Iterator[str]:
    """Yield the lines of a table; `colon` is the language's, `wrap` the columns there are.

    Without `wrap` (the clipboard) rows become records: columns made of spaces fall apart in a proportional font.
    """
    head = [flat(cell).strip() for cell in table.head]
    rows = [[flat(cell).strip() for cell in row.cells] for row in table.rows]
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
    room = (wrap or 0) - len(indent)
    if wrap and sum(widths) + len(_GAP) * (len(widths) - 1) <= room:
        for line in (head, ["-" * columns for columns in widths], *rows):
            yield indent + _GAP.join(pad(cell, columns) for cell, columns in zip(line, widths, strict=True)).rstrip(" ")
        return
    for number, row in enumerate(rows):
        if number:
            yield ""
        for label, value in zip(head, row, strict=True):
            if value:
                text = f"{label}{colon} {value}" if label else value
                yield from wrapped(text, wrap, indent, f"{indent}  ") if wrap else [indent + text]
