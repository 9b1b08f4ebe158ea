"""Makes the counterpart pages of an adopted text (one for each partner, to be signed apart), and lists its signers."""

from __future__ import annotations

from dataclasses import replace

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Paragraph, Run, Section, Signature
from tui.guide.guide_types import Guide

SignersOfPartner = tuple[
    str, str, tuple[tuple[str, str], ...]
]  # (a partner's id, its name, each signer's (name, title))


def expected_signers(agreement: Agreement) -> tuple[SignersOfPartner, ...]:
    """Return who is to sign a text, partner by partner in the order of the text; an unnamed signer is ("", "")."""
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
    """Return the page that a partner (id) signs: title, version and date of the text, and its signature block.

    For a partner that does not sign the text, the page has no section.
    """
    lang = agreement.lang
    word = guide.word
    kind = agreement.kind[:1].lower() + agreement.kind[1:]
    version = agreement.edition or agreement.version
    named_text = word("counterpart_of", lang, kind=kind, title=agreement.title, version=version, date=agreement.date)
    sections: list[Section] = []
    for section in agreement.sections:
        own = tuple(
            block for block in section.blocks if isinstance(block, Signature) and block.origin.partner == partner
        )
        if own:
            above = Paragraph((Run(polished(named_text, agreement.region)),))
            heading = polished(word("counterpart", lang), agreement.region)
            blocks: tuple[Block, ...] = (above, *(replace(signature, page=False) for signature in own))
            sections.append(replace(section, number=0, inserted=0, heading=heading, blocks=blocks))
    also = signature_page(guide, agreement.also, partner) if agreement.also is not None else None
    return replace(agreement, sections=tuple(sections), preamble=(), partners=(), parties=True, holes=(), also=also)
