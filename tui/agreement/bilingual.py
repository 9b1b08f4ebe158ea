"""Makes one document in both languages: the whole text in each, and one set of signatures at the end.

One text follows the other, not section beside section, so that each can be read and quoted by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Paragraph, Run, Section, Signatory, Signature
from tui.agreement.compose import Composer
from tui.guide.guide_types import Guide
from tui.partnership.values import Partnership

BETWEEN = " / "  # between the words of both languages in the signature blocks


def in_both(guide: Guide, partnership: Partnership, first: str, second: str, region: str = "") -> Agreement:
    """Return today's text in the language `first`, then in `second`.

    A sentence that is not translated is printed in the other language, with a mark.
    """
    composer = Composer(guide, marked=True)
    first_text, second_text = (composer.agreement(partnership, lang, region) for lang in (first, second))
    return both(guide, first_text, second_text)


def both(guide: Guide, first: Agreement, second: Agreement) -> Agreement:
    """Return `first` followed by `second`, each with a line at its head that there is the other.

    It is signed once, at the end of `second`, in signature blocks in both languages.
    """
    blocks = {signature.origin.partner: signature for signature in _signatures(first)}
    first = replace(first, sections=tuple(_without_signatures(guide, first, section) for section in first.sections))
    second = replace(second, sections=tuple(_with_both_signatures(section, blocks) for section in second.sections))
    return replace(_with_note(guide, first, "other_follows"), also=_with_note(guide, second, "other_precedes"))


def _with_note(guide: Guide, agreement: Agreement, key: str) -> Agreement:
    """Return the text with the set phrase `key` as its first paragraph."""
    line = Paragraph((Run(polished(guide.word(key, agreement.lang), agreement.region), emphasis=True),))
    return replace(agreement, preamble=(line, *agreement.preamble))


def _signatures(agreement: Agreement) -> Iterator[Signature]:
    for section in agreement.sections:
        yield from (block for block in section.blocks if isinstance(block, Signature))


def _without_signatures(guide: Guide, agreement: Agreement, section: Section) -> Section:
    """Return the section with a line « signed below » in place of its signature blocks, if it has any."""
    rest = tuple(block for block in section.blocks if not isinstance(block, Signature))
    if len(rest) == len(section.blocks):
        return section
    text = polished(guide.word("signed_below", agreement.lang), agreement.region)
    return replace(section, blocks=(*rest, Paragraph((Run(text),))))


def _with_both_signatures(section: Section, others: dict[str, Signature]) -> Section:
    """Return the section with signature blocks in both languages; `others` are those of the other text, by partner."""
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
    """Return « words / mots », the words once if both are the same or one is the other with the mark of a language."""
    for text, other in ((first, second), (second, first)):
        is_marked_copy = text and other.startswith(f"{text} [")  # « bail [en français] »
        if is_marked_copy:
            return text
    return BETWEEN.join(dict.fromkeys(filter(None, (first, second))))


def unmarked(guide: Guide, text: str) -> str:
    """Return a text without the marks « [en français] », which the program adds and nobody typed."""
    for lang in ("fr", "en"):
        text = text.replace(f" [{guide.word('in_other_language', lang)}]", "")
    return text
