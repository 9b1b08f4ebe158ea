"""Finds headings of a document without text below them; a command that empties a field warns of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tui.agreement.blocks import Agreement, Origin, Runs, Subheading


def bare_headings(agreement: Agreement) -> Iterator[tuple[str, Origin]]:
    """Yield the words and the origin of each heading without a text: of a section, or within a section."""
    for section in agreement.sections:
        if not section.blocks:
            yield section.heading, section.origin
        for block, next_block in pairwise((*section.blocks, None)):
            if not isinstance(block, Subheading):
                continue
            is_next_heading = isinstance(next_block, Subheading) and next_block.level <= block.level
            if next_block is None or is_next_heading:
                yield _words(block.runs), block.origin


def _words(runs: Runs) -> str:
    """Return the words of a heading."""
    return "".join(run.text for run in runs)
