"""Sets a text in large print, for people who need it, or larger still, to be read from the last row of a room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tui.agreement.blocks import Agreement, Block, Item, ListBlock, Paragraph, Row, Run, Runs, Table
from tui.agreement.phrasing import DASH
from tui.text.separators import unbreakable_colon

# Sizes in points. By the « Clear Print Accessibility Guidelines » of CNIB large print begins at 18. The statement page
# is set in 18 at most, so that a larger size always means large print (`is_large_print`).
LARGE_PRINT = 20
FOR_A_ROOM = 40
SMALLEST = 16  # the size of heads and feet of pages and of captions around a text in large print
_MAX_COLUMNS = 2  # how many columns of a table have room side by side at that size


def large_print(text: Agreement, points: int = LARGE_PRINT) -> Agreement:
    """Return a text, in each of its languages, in a size of LARGE_PRINT or (as a web page) FOR_A_ROOM.

    Tables of more than `_MAX_COLUMNS` columns become lists.
    """
    also = large_print(text.also, points) if text.also is not None else None
    sections = tuple(
        replace(section, blocks=tuple(_in_one_column(block, text.lang) for block in section.blocks))
        for section in text.sections
    )
    return replace(text, text_size=points, sections=sections, also=also)


def _in_one_column(block: Block, lang: str) -> Block:
    """Return a table of more than `_MAX_COLUMNS` columns as a list; any other block as it is."""
    if not isinstance(block, Table) or len(block.head) <= _MAX_COLUMNS:
        return block
    return ListBlock(
        tuple(Item((Paragraph(tuple(_row_runs(block.head, row, lang))),), row.origin) for row in block.rows)
    )


def _row_runs(head: tuple[Runs, ...], row: Row, lang: str) -> Iterator[Run]:
    """Yield the first cell in bold, then each other filled cell on a line of its own after the head of its column."""
    first, *others = row.cells
    yield from (replace(run, strong=True) for run in first)
    colon = unbreakable_colon(lang)
    for column_head, cell in zip(head[1:], others, strict=True):
        if "".join(run.text for run in cell).strip() not in ("", DASH):
            yield Run("\n")
            yield Run("".join(run.text for run in column_head) + colon)
            yield from cell


def is_large_print(text: Agreement) -> bool:
    """Return whether a text is in large print, or in the size for a room."""
    return text.text_size >= LARGE_PRINT


def is_for_a_room(text: Agreement) -> bool:
    """Return whether a text is in the size to be read from the last row of a room."""
    return text.text_size >= FOR_A_ROOM
