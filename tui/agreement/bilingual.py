"""One document in both languages: each text whole, one set of signatures at its end, the other language marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Paragraph, Run, Section, Signatory, Signature
from tui.agreement.compose import Composer
from tui.guide.guide_types import Guide
from tui.partnership.values import Partnership

BETWEEN = " / "  # between the words of both languages in the one set of signatures


def in_both(guide: Guide, partnership: Partnership, first: str, second: str, region: str = "") -> Agreement:
    """Today's text in `first`, then in `second`; a sentence that one half lacks stands there marked, in the other's."""
    composer = Composer(guide, marked=True)
    ours, theirs = (composer.agreement(partnership, lang, region) for lang in (first, second))
    return both(guide, ours, theirs)


def both(guide: Guide, first: Agreement, second: Agreement) -> Agreement:
    """`first`, followed by `second`; each says at its head that the other exists, and keeps its own headings.

    One text after the other, and not one section beside the other: each can be read and quoted by itself. It is signed
    once, at the end, in blocks that speak both languages.
    """
    blocks = {signature.origin.partner: signature for signature in _signatures(first)}
    ours = replace(first, sections=tuple(_signed_below(guide, first, section) for section in first.sections))
    theirs = replace(second, sections=tuple(_signed_for_both(section, blocks) for section in second.sections))
    return replace(_saying(guide, ours, "other_follows"), also=_saying(guide, theirs, "other_precedes"))


def _saying(guide: Guide, agreement: Agreement, key: str) -> Agreement:
    line = Paragraph((Run(polished(guide.word(key, agreement.lang), agreement.region), emphasis=True),))
    return replace(agreement, preamble=(line, *agreement.preamble))


def _signatures(agreement: Agreement) -> Iterator[Signature]:
    for section in agreement.sections:
        yield from (block for block in section.blocks if isinstance(block, Signature))


def _signed_below(guide: Guide, agreement: Agreement, section: Section) -> Section:
    """Return the section without its signatures, which stand at the end of the document."""
    rest = tuple(block for block in section.blocks if not isinstance(block, Signature))
    if len(rest) == len(section.blocks):
        return section
    said = polished(guide.word("signed_below", agreement.lang), agreement.region)
    return replace(section, blocks=(*rest, Paragraph((Run(said),))))


def _signed_for_both(section: Section, others: dict[str, Signature]) -> Section:
    blocks: list[Block] = []
    for block in section.blocks:
        other = others.get(block.origin.partner) if isinstance(block, Signature) else None
        blocks.append(_in_both_languages(block, other) if isinstance(block, Signature) and other else block)
    return replace(section, blocks=tuple(blocks))


def _in_both_languages(block: Signature, other: Signature) -> Signature:
    signatories = block.signatories
    if len(other.signatories) == len(signatories):
        pairs = zip(other.signatories, signatories, strict=True)
        signatories = tuple(Signatory(_joined(a.name, b.name), _joined(a.title, b.title)) for a, b in pairs)
    return replace(
        block,
        partner=_joined(other.partner, block.partner),
        signatories=signatories,
        authorisation=_joined(other.authorisation, block.authorisation),
        note=_joined(other.note, block.note),
        signature_label=_joined(other.signature_label, block.signature_label),
        name_label=_joined(other.name_label, block.name_label),
        date_label=_joined(other.date_label, block.date_label),
        place_label=_joined(other.place_label, block.place_label),
    )


def _joined(first: str, second: str) -> str:
    """The words of both languages, once where they are the same or one is only the other, marked as not translated."""
    for text, other in ((first, second), (second, first)):
        if text and other.startswith(f"{text} ["):
            return text
    return BETWEEN.join(dict.fromkeys(filter(None, (first, second))))


def unmarked(guide: Guide, text: str) -> str:
    """Return a text without the marks of the other language, which nobody typed."""
    for lang in ("fr", "en"):
        text = text.replace(f" [{guide.word('in_other_language', lang)}]", "")
    return text
