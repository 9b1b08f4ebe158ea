"""Polishes blocks: puts typographic spaces and quotes into them, and reuses blocks that have not changed.

A block that needs no change is returned as the same object. Blocks are made by their constructor rather than by
`replace`, which is slower: at each keystroke hundreds of rows pass through this module.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import overload

from tui.agreement.blocks import (
    Block,
    Item,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Runs,
    Section,
    Signatory,
    Signature,
    Subheading,
    Table,
)
from tui.text.typography import regional_typography

PolishedItems = dict[int, tuple[Item, Item]]  # by the `id()` of an item of a list: the item, and the polished item
# By the `id()` of a block: the block, the polished block, and its items if it is a list.
PolishedBlocks = dict[int, tuple[Block, Block, PolishedItems]]


@overload
def polished(content: str, region: str) -> str: ...
@overload
def polished(content: tuple[Block, ...], region: str) -> tuple[Block, ...]: ...
def polished(content: str | tuple[Block, ...], region: str) -> str | tuple[Block, ...]:
    """Return a text or some blocks with the spaces and quotes of `region` ("fr-CA", "fr-FR", "en-CA")."""
    if isinstance(content, str):
        return regional_typography(content, region)
    return tuple(_block(block, region) for block in content)


def polished_anew(blocks: tuple[Block, ...], region: str, before: PolishedBlocks) -> PolishedBlocks:
    """Return the blocks with their polished form; blocks and items of lists in `before` are not polished again.

    `before` is what this function returned last for the same `region`.
    """
    polished_blocks: PolishedBlocks = {}
    in_order = list(before.values())
    for at, block in enumerate(blocks):
        earlier = before.get(id(block))
        if earlier is None or earlier[0] is not block:
            earlier = _polished_block(block, region, in_order[at][2] if at < len(in_order) else {})
        polished_blocks[id(block)] = earlier
    return polished_blocks


def _polished_block(block: Block, region: str, before: PolishedItems) -> tuple[Block, Block, PolishedItems]:
    """Return a block with its polished form and items; `before` are the items of the block that was in its place."""
    if not isinstance(block, ListBlock):
        return block, _block(block, region), {}
    items: PolishedItems = {}
    for item in block.items:
        kept = before.get(id(item))
        items[id(item)] = (item, _item(item, region)) if kept is None or kept[0] is not item else kept
    return block, ListBlock(tuple(items[id(item)][1] for item in block.items), block.ordered, block.start), items


def _runs(runs: Runs, region: str) -> Runs:
    """Return the runs polished, each with regard to the run before."""
    if len(runs) == 1:
        run = _run(runs[0], region)
        return runs if run is runs[0] else (run,)
    return tuple(_run(run, region, before.text) for before, run in pairwise((Run(""), *runs)))


# French puts a space before these marks; U+00A0 and U+202F are the two no-break spaces.
_PUNCTUATION_AT_HEAD = re.compile("[ \u00a0\u202f]*[:;?!»]")


def _run(run: Run, region: str, before: str = "") -> Run:
    """Return a run polished; `before` is the text before it, since « ; » after « **Option** » needs a space there."""
    if run.code:
        text = run.text
    elif before[-1:].isalnum() and _PUNCTUATION_AT_HEAD.match(run.text):
        text = regional_typography(before[-1] + run.text, region)[1:]  # without the letter that was put before it
    else:
        text = regional_typography(run.text, region)
    if text == run.text:
        return run
    return Run(text, run.strong, run.emphasis, run.strike, run.code, run.href, run.hole)


def _block(block: Block, region: str) -> Block:
    """Return a block polished; a paragraph without a change is returned as the same object."""
    if isinstance(block, Paragraph):
        runs = _runs(block.runs, region)
        return block if runs is block.runs else Paragraph(runs, block.origin, block.lead)
    if isinstance(block, ListBlock):
        return ListBlock(tuple(_item(item, region) for item in block.items), block.ordered, block.start)
    if isinstance(block, Table):
        rows = tuple(_row(row, region) for row in block.rows)
        return Table(tuple(_runs(cell, region) for cell in block.head), rows, block.caption, block.tall, block.listed)
    if isinstance(block, Subheading):
        return Subheading(_runs(block.runs, region), block.origin, block.level)
    return _signature(block, region) if isinstance(block, Signature) else block


def _row(row: Row, region: str) -> Row:
    """Return a row of a table polished."""
    return Row(tuple(_runs(cell, region) for cell in row.cells), row.origin, row.fields)


def _item(item: Item, region: str) -> Item:
    """Return an item of a list polished."""
    if len(item.blocks) == 1:
        block = _block(item.blocks[0], region)
        return item if block is item.blocks[0] else Item((block,), item.origin)
    return Item(tuple(_block(block, region) for block in item.blocks), item.origin)


def _signature(block: Signature, region: str) -> Signature:
    """Return the lines on which a partner signs, polished."""
    return replace(
        block,
        partner=regional_typography(block.partner, region),
        signatories=tuple(
            Signatory(regional_typography(signatory.name, region), regional_typography(signatory.title, region))
            for signatory in block.signatories
        ),
        authorisation=regional_typography(block.authorisation, region),
        note=regional_typography(block.note, region),
    )


def reused(before: Section | None, now: Section | None) -> Section | None:
    """Return the section `now` made of those objects of `before` that are equal; `before` itself if all are."""
    if before is None or now is None:
        return now
    blocks = _blocks(before.blocks, now.blocks)
    if blocks is before.blocks and (before.heading, before.label) == (now.heading, now.label):
        return before
    return replace(now, blocks=blocks)


def _blocks(before: tuple[Block, ...], now: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks `now` with those of `before` that are equal; `before` itself if all are equal."""
    blocks = tuple(_block_reusing(before[at] if at < len(before) else None, block) for at, block in enumerate(now))
    are_same = len(before) == len(blocks) and all(old is new for old, new in zip(before, blocks, strict=True))
    return before if are_same else blocks


def _block_reusing(before: Block | None, now: Block) -> Block:
    """Return `before` if it is equal to `now`; else `now`, with those items or rows of `before` that are equal."""
    if before is now or before == now:
        assert before is not None
        return before
    if isinstance(before, ListBlock) and isinstance(now, ListBlock):
        items = tuple(
            _item_reusing(before.items[at] if at < len(before.items) else None, item)
            for at, item in enumerate(now.items)
        )
        return ListBlock(items, now.ordered, now.start)
    if isinstance(before, Table) and isinstance(now, Table):
        rows = tuple(
            _row_reusing(before.rows[at] if at < len(before.rows) else None, row) for at, row in enumerate(now.rows)
        )
        return Table(now.head, rows, now.caption, now.tall, now.listed)
    return now


def _item_reusing(before: Item | None, now: Item) -> Item:
    """Return `before` if it is equal to `now`, else `now`."""
    return before if before is not None and (before is now or before == now) else now


def _row_reusing(before: Row | None, now: Row) -> Row:
    """Return `before` if it is equal to `now`, else `now`."""
    return before if before is not None and (before is now or before == now) else now
