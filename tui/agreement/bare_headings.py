"""Headings of a document under which nothing stands: an emptied field leaves one, and whoever emptied it is told."""

from __future__ import annotations

from collections.abc import Iterator

from tui.agreement.blocks import Agreement, Origin, Runs, Subheading


def bare_headings(agreement: Agreement) -> Iterator[tuple[str, Origin]]:
    """Yield the words and the origin of each heading without a text: a section, or a heading within one."""
    for section in agreement.sections:
        if not section.blocks:
            yield section.heading, section.origin
        for block, behind in zip(section.blocks, (*section.blocks[1:], None), strict=True):
            follows = behind is not None and not (isinstance(behind, Subheading) and behind.level <= _level(block))
            if isinstance(block, Subheading) and not follows:
                yield _words(block.runs), block.origin


def _level(block: object) -> int:
    return block.level if isinstance(block, Subheading) else 0


def _words(runs: Runs) -> str:
    return "".join(run.text for run in runs)
