"""The copy of an agreement that goes to one partner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Signature
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide


@dataclass(frozen=True, slots=True)
class Addressee:
    """A partner that a copy can be made for: its id, and its name as the document prints it."""

    id: str
    name: str


def addressees(agreement: Agreement) -> tuple[Addressee, ...]:
    """Return the partners that sign by their own name; one who may not be named yet gets no copy of its own."""
    found = []
    blocks = (block for part in agreement.parts for section in part.sections for block in section.blocks)
    for block in blocks:
        if isinstance(block, Signature) and block.named and block.origin.partner:
            found.append(Addressee(block.origin.partner, block.partner))
    return tuple(found)


def addressed(guide: Guide, agreement: Agreement, partner: str) -> Agreement:
    """Return the copy for the partner of that id; the agreement itself when it is not among `addressees`."""
    known = next((addressee for addressee in addressees(agreement) if addressee.id == partner), None)
    return _for(guide, agreement, known) if known is not None else agreement


def _for(guide: Guide, agreement: Agreement, known: Addressee) -> Agreement:
    return replace(
        agreement,
        also=_for(guide, agreement.also, known) if agreement.also is not None else None,
        copy=polished(guide.word("copy_for", agreement.lang, name=known.name), agreement.region),
        sections=tuple(
            replace(section, blocks=tuple(_first(section.blocks, known.id))) for section in agreement.sections
        ),
    )


def _first(blocks: Iterable[Block], partner: str) -> list[Block]:
    """Return the blocks with the signature of `partner` before those of the others."""
    rest = list(blocks)
    at = next((n for n, item in enumerate(rest) if isinstance(item, Signature)), None)
    own = [item for item in rest if isinstance(item, Signature) and item.origin.partner == partner]
    if at is None or not own:
        return rest
    for signature in own:
        rest.remove(signature)
    return _on_pages([*rest[:at], *own, *rest[at:]])


def _on_pages(blocks: list[Block]) -> list[Block]:
    """The blocks with the first signature below the lines above it, each other on a page of its own where they were."""
    signing = [at for at, block in enumerate(blocks) if isinstance(block, Signature)]
    apart = any(block.page for block in blocks if isinstance(block, Signature))
    for at in signing:
        block = blocks[at]
        assert isinstance(block, Signature)
        if block.page != (apart and at != signing[0]):
            blocks[at] = replace(block, page=not block.page)
    return blocks
