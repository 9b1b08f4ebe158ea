"""Helpers that return an agreement as lines of text, section by section."""

from __future__ import annotations

from collections.abc import Iterator

from tests.partnership.told import GUIDE, Told
from tui.agreement.blocks import (
    Agreement,
    Block,
    Item,
    ListBlock,
    Paragraph,
    Runs,
    Section,
    Signature,
    Subheading,
    Table,
)
from tui.agreement.compose import Composer


def agreed(told: Told, lang: str = "fr", region: str = "") -> Agreement:
    """Return the agreement of a built partnership."""
    return Composer(told.guide).agreement(told.partnership, lang, region)


def text(runs: Runs) -> str:
    """Return the words of some runs."""
    return "".join(run.text for run in runs)


def lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield each line of some blocks: « # » before a subheading, « - » before an item, « | » between cells."""
    for block in blocks:
        if isinstance(block, Subheading):
            yield f"# {text(block.runs)}"
        elif isinstance(block, Paragraph):
            yield text(block.runs)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _item(item)
        elif isinstance(block, Signature):
            yield f"✍ {block.partner}"
            yield from (f"  {signatory.name}, {signatory.title}" for signatory in block.signatories if signatory.name)
            yield from (f"  {line}" for line in (block.authorisation, block.note) if line)
        elif isinstance(block, Table):
            yield " | ".join(text(cell) for cell in block.head)
            yield from (" | ".join(text(cell) for cell in row.cells) for row in block.rows)


def _item(item: Item) -> Iterator[str]:
    first, *more = lines(item.blocks)
    yield f"- {first}"
    yield from (f"  {line}" for line in more)


def section(agreement: Agreement, name: str) -> Section | None:
    """Return the section of that id, or None."""
    return next((section for section in agreement.sections if section.id == name), None)


def said(told: Told, name: str, lang: str = "fr") -> list[str]:
    """Return the lines of a section with plain spaces; [] if it is not printed."""
    found = section(agreed(told, lang), name)
    return [line.replace("\u00a0", " ") for line in lines(found.blocks)] if found else []


def everything(agreement: Agreement) -> str:
    """Return all words of an agreement, line by line."""
    parts = [agreement.kind, agreement.title, agreement.version, agreement.date, *agreement.partners, agreement.mark]
    parts += lines(agreement.preamble)
    for section in agreement.sections:
        parts += [section.heading, *lines(section.blocks)]
    return "\n".join([*parts, *(hole.label for hole in agreement.holes)])


__all__ = ["GUIDE", "Told", "agreed", "everything", "lines", "said", "section", "text"]
