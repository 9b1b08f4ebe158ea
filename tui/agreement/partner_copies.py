"""Makes the copy of an agreement that goes to one partner: addressed_copy to it, with its signature block first."""

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
    """Return the partners that a copy can be made for: those that sign and may be named."""
    ids = []
    blocks = (block for part in agreement.parts for section in part.sections for block in section.blocks)
    for block in blocks:
        if isinstance(block, Signature) and block.named and block.origin.partner:
            ids.append(Addressee(block.origin.partner, block.partner))
    return tuple(ids)


def addressed_copy(guide: Guide, agreement: Agreement, partner: str) -> Agreement:
    """Return the copy for the partner of that id; the agreement itself if it is not among `addressees`."""
    addressee = next((addressee for addressee in addressees(agreement) if addressee.id == partner), None)
    return _addressed_to(guide, agreement, addressee) if addressee is not None else agreement


def _addressed_to(guide: Guide, agreement: Agreement, addressee: Addressee) -> Agreement:
    """Return a text whose first signature is that of the partner, with its name on the first page."""
    return replace(
        agreement,
        also=_addressed_to(guide, agreement.also, addressee) if agreement.also is not None else None,
        copy=polished(guide.word("copy_for", agreement.lang, name=addressee.name), agreement.region),
        sections=tuple(
            replace(section, blocks=tuple(_own_signature_first(section.blocks, addressee.id)))
            for section in agreement.sections
        ),
    )


def _own_signature_first(blocks: Iterable[Block], partner: str) -> list[Block]:
    """Return the blocks with the signature of `partner` before those of the others."""
    rest = list(blocks)
    first_at = next((at for at, block in enumerate(rest) if isinstance(block, Signature)), None)
    own = [block for block in rest if isinstance(block, Signature) and block.origin.partner == partner]
    if first_at is None or not own:
        return rest
    for signature in own:
        rest.remove(signature)
    return _with_page_breaks([*rest[:first_at], *own, *rest[first_at:]])


def _with_page_breaks(blocks: list[Block]) -> list[Block]:
    """Return the blocks, the first signature without a page break before it; the others with one if any had one."""
    signature_places = [at for at, block in enumerate(blocks) if isinstance(block, Signature)]
    on_own_pages = any(block.page for block in blocks if isinstance(block, Signature))
    for at in signature_places:
        block = blocks[at]
        assert isinstance(block, Signature)
        page = on_own_pages and at != signature_places[0]
        if block.page != page:
            blocks[at] = replace(block, page=page)
    return blocks
