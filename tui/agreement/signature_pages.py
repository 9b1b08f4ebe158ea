"""The signature pages of an adopted text: who signs it, and one page for each partner, to be signed apart."""

from __future__ import annotations

from dataclasses import replace

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Paragraph, Run, Section, Signature
from tui.guide.guide_types import Guide

Expected = tuple[str, str, tuple[tuple[str, str], ...]]  # a partner's id, its name, and each signer's name and title


def expected_signers(agreement: Agreement) -> tuple[Expected, ...]:
    """Return who signs a text, partner by partner in its order; a signer it does not name is ("", "")."""
    return tuple(
        (
            block.origin.partner,
            block.partner,
            tuple((signatory.name, signatory.title) for signatory in block.signatories),
        )
        for section in agreement.sections
        for block in section.blocks
        if isinstance(block, Signature) and block.origin.partner
    )


def signature_page(guide: Guide, agreement: Agreement, partner: str) -> Agreement:
    """Return the counterpart page of one partner: what it signs, named by title, version and date, and its signature.

    Nothing else of the text is in it; a partner that signs nothing there gets a page without a signature.
    """
    lang = agreement.lang
    word = guide.word
    said = word("counterpart_of", lang, kind=agreement.kind[:1].lower() + agreement.kind[1:], title=agreement.title,
                version=agreement.edition or agreement.version, date=agreement.date)  # fmt: skip
    found: list[Section] = []
    for section in agreement.sections:
        own = tuple(
            block for block in section.blocks if isinstance(block, Signature) and block.origin.partner == partner
        )
        if own:
            above: tuple[Block, ...] = (Paragraph((Run(polished(said, agreement.region)),)),)
            heading = polished(word("counterpart", lang), agreement.region)
            found.append(replace(section, number=0, inserted=0, heading=heading,
                                 blocks=(*above, *(replace(signature, page=False) for signature in own))))  # fmt: skip
    also = signature_page(guide, agreement.also, partner) if agreement.also is not None else None
    return replace(agreement, sections=tuple(found), preamble=(), partners=(), parties=True, holes=(), also=also)
