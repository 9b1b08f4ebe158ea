"""Typography over blocks: every text of a section polished for its region, code and links left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import overload

from tui.agreement.blocks import (
    Block,
    Item,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Runs,
    Signatory,
    Signature,
    Subheading,
    Table,
)
from tui.text.typography import polish


@overload
def polished(what: str, region: str) -> str: ...
@overload
def polished(what: tuple[Block, ...], region: str) -> tuple[Block, ...]: ...
def polished(what: str | tuple[Block, ...], region: str) -> str | tuple[Block, ...]:
    """A text or some blocks with the spaces and quotes of `region` ("fr-CA", "fr-FR", "en-CA")."""
    if isinstance(what, str):
        return polish(what, region)
    return tuple(_block(block, region) for block in what)


def _runs(runs: Runs, region: str) -> Runs:
    return tuple(run if run.code else _run(run, region) for run in runs)


def _run(run: Run, region: str) -> Run:
    text = polish(run.text, region)
    return run if text == run.text else replace(run, text=text)


def _block(block: Block, region: str) -> Block:
    if isinstance(block, (Paragraph, Subheading)):
        return replace(block, runs=_runs(block.runs, region))
    if isinstance(block, ListBlock):
        return replace(block, items=tuple(_item(item, region) for item in block.items))
    if isinstance(block, Table):
        rows = tuple(Row(tuple(_runs(cell, region) for cell in row.cells), row.origin) for row in block.rows)
        return Table(tuple(_runs(cell, region) for cell in block.head), rows, block.caption)
    return _signature(block, region)


def _item(item: Item, region: str) -> Item:
    return replace(item, blocks=tuple(_block(block, region) for block in item.blocks))


def _signature(block: Signature, region: str) -> Signature:
    return replace(
        block,
        partner=polish(block.partner, region),
        signatories=tuple(Signatory(polish(one.name, region), polish(one.title, region)) for one in block.signatories),
        authorisation=polish(block.authorisation, region),
        note=polish(block.note, region),
    )
