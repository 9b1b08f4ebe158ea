"""One document in two languages: the whole text in the first, then the whole text in the second."""

from __future__ import annotations

from dataclasses import replace

from tui.agreement.blocks import Agreement, Paragraph, Run
from tui.guide.types import Guide


def both(guide: Guide, first: Agreement, second: Agreement) -> Agreement:
    """`first`, followed by `second`; each says at its head that the other exists, and keeps its own headings.

    One text after the other, and not one section beside the other: each can be read, quoted and signed by itself.
    """
    return replace(_saying(guide, first, "other_follows"), also=_saying(guide, second, "other_precedes"))


def _saying(guide: Guide, agreement: Agreement, key: str) -> Agreement:
    line = Paragraph((Run(guide.word(key, agreement.lang), emphasis=True),))
    return replace(agreement, preamble=(line, *agreement.preamble))
