"""A text in large print, for who reads nothing smaller, and as a page for a room, read from its last row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tui.agreement.blocks import Agreement, Block, Item, ListBlock, Paragraph, Row, Run, Runs, Table
from tui.agreement.phrasing import DASH
from tui.text.separators import unbreakable_colon

# Points. CNIB, « Clear Print Accessibility Guidelines »: large print begins at 18; a statement to be read at the table
# is never larger, so that its size tells the two apart.
LARGE_PRINT = 20
FOR_A_ROOM = 40
_COLUMNS = 2  # that words of that size have room for beside each other
SMALLEST = 16  # what stands around the text of a large print: heads and feet of pages, captions


def large_print(text: Agreement, points: int = LARGE_PRINT) -> Agreement:
    """Return a text, in each language of it, to be set in LARGE_PRINT or, as a web page, FOR_A_ROOM.

    A table of more than two columns is a list there: beside each other, words of that size have no room.
    """
    also = large_print(text.also, points) if text.also is not None else None
    sections = tuple(
        replace(section, blocks=tuple(_in_one_column(block, text.lang) for block in section.blocks))
        for section in text.sections
    )
    return replace(text, text_size=points, sections=sections, also=also)


def _in_one_column(block: Block, lang: str) -> Block:
    if not isinstance(block, Table) or len(block.head) <= _COLUMNS:
        return block
    return ListBlock(tuple(Item((Paragraph(tuple(_told(block.head, row, lang))),), row.origin) for row in block.rows))


def _told(head: tuple[Runs, ...], row: Row, lang: str) -> Iterator[Run]:
    """Yield the first cell, then each other that says something on a line of its own, behind the head of its column."""
    first, *others = row.cells
    yield from (replace(run, strong=True) for run in first)
    colon = unbreakable_colon(lang)
    for words, cell in zip(head[1:], others, strict=True):
        if "".join(run.text for run in cell).strip() not in ("", DASH):
            yield Run("\n")
            yield Run("".join(run.text for run in words) + colon)
            yield from cell


def is_large_print(text: Agreement) -> bool:
    """Return whether a text is set in large print, or for a room."""
    return text.text_size >= LARGE_PRINT


def is_for_a_room(text: Agreement) -> bool:
    """Return whether a text is set to be read from the last row of a room."""
    return text.text_size >= FOR_A_ROOM
