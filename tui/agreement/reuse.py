"""Keeping what did not change: a new section takes over the equal blocks, items and rows of the one before.

Identity is what the painters go by, so that one keystroke paints one paragraph and not a section.
"""

from __future__ import annotations

from tui.agreement.blocks import Block, Item, ListBlock, Row, Section, Table


def reused(before: Section | None, now: Section | None) -> Section | None:
    """The section `now`, made of the objects of `before` wherever they are equal; `before` itself when all is."""
    if before is None or now is None:
        return now
    blocks = _blocks(before.blocks, now.blocks)
    if blocks is before.blocks and (before.heading, before.number) == (now.heading, now.number):
        return before
    return Section(now.id, now.number, now.heading, blocks, now.origin)


def _blocks(before: tuple[Block, ...], now: tuple[Block, ...]) -> tuple[Block, ...]:
    kept = tuple(_block(before[at] if at < len(before) else None, block) for at, block in enumerate(now))
    same = len(before) == len(kept) and all(one is other for one, other in zip(before, kept, strict=True))
    return before if same else kept


def _block(before: Block | None, now: Block) -> Block:
    if before == now:
        assert before is not None
        return before
    if isinstance(before, ListBlock) and isinstance(now, ListBlock):
        items = tuple(
            _item(before.items[at] if at < len(before.items) else None, item) for at, item in enumerate(now.items)
        )
        return ListBlock(items, now.ordered, now.start)
    if isinstance(before, Table) and isinstance(now, Table):
        rows = tuple(_row(before.rows[at] if at < len(before.rows) else None, row) for at, row in enumerate(now.rows))
        return Table(now.head, rows, now.caption)
    return now


def _item(before: Item | None, now: Item) -> Item:
    return before if before is not None and before == now else now


def _row(before: Row | None, now: Row) -> Row:
    return before if before is not None and before == now else now
