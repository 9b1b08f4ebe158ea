"""Which blocks stay on the page of what follows them: leads above their list, and what is read before signing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.agreement.blocks import Block, Paragraph, Signature


def with_next(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield each block with whether it stays with the next: a lead, or a paragraph above the first signature."""
    listed = list(blocks)
    first = next((at for at, one in enumerate(listed) if isinstance(one, Signature)), 0)
    for at, block in enumerate(listed):
        yield block, isinstance(block, Paragraph) and (block.lead or first - 4 <= at < first)
