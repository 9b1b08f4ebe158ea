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


def text_in_both_languages(
    guide: Guide, partnership: Partnership, first: str, second: str, region: str = ""
) -> Agreement:
    """Return today's text in the language `first`, then in `second`.

    A sentence that is not translated is printed in the other language, with a mark.
    """
    composer = Composer(guide, marked=True)
    first_text, second_text = (composer.agreement(partnership, lang, region) for lang in (first, second))
    return joined_texts(guide, first_text, second_text)


def joined_texts(guide: Guide, first: Agreement, second: Agreement) -> Agreement:
    """Return `first` followed by `second`, each with a line at its head that refers to the other text.

    The document is signed once, at the end of `second`, in signature blocks in both languages.
    """
    first_signatures = {signature.origin.partner: signature for signature in _signatures(first)}
    first = replace(first, sections=tuple(_without_signatures(guide, first, section) for section in first.sections))
    sections = tuple(_with_both_signatures(section, first_signatures) for section in second.sections)
    second = replace(second, sections=sections)
    return replace(_with_note(guide, first, "other_follows"), also=_with_note(guide, second, "other_precedes"))


def with_joint_signatures(text: Agreement, joined: Agreement) -> Agreement:
    """Return a text with the signature blocks in both languages of a `joined` document."""
    joint = {block.origin.partner: block for part in joined.parts for block in _signatures(part)}

    def of_both(block: Block) -> Block:
        return joint.get(block.origin.partner, block) if isinstance(block, Signature) else block

    sections = (replace(section, blocks=tuple(map(of_both, section.blocks))) for section in text.sections)
    return replace(text, sections=tuple(sections))


def _with_note(guide: Guide, agreement: Agreement, key: str) -> Agreement:
    """Return the text with the set phrase `key` as its first paragraph."""
    line = Paragraph((Run(polished(guide.word(key, agreement.lang), agreement.region), emphasis=True),))
    return replace(agreement, preamble=(line, *agreement.preamble))


def _signatures(agreement: Agreement) -> Iterator[Signature]:
    """Yield the signature blocks of a text."""
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
    """Return the section with signature blocks in both languages; `others`: those of the other text, by partner id."""
    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Signature) and (other := others.get(block.origin.partner)):
            blocks.append(_in_both_languages(block, other))
        else:
            blocks.append(block)
    return replace(section, blocks=tuple(blocks))


def _in_both_languages(block: Signature, other: Signature) -> Signature:
    """Return a signature block whose words are those of `other`, then those of `block`."""
    signatories = block.signatories
    if len(other.signatories) == len(signatories):
        pairs = zip(other.signatories, signatories, strict=True)
        signatories = tuple(Signatory(_both_words(a.name, b.name), _both_words(a.title, b.title)) for a, b in pairs)
    return replace(
        block,
        partner=_both_words(other.partner, block.partner),
        signatories=signatories,
        authorisation=_both_words(other.authorisation, block.authorisation),
        note=_both_words(other.note, block.note),
        signature_label=_both_words(other.signature_label, block.signature_label),
        name_label=_both_words(other.name_label, block.name_label),
        date_label=_both_words(other.date_label, block.date_label),
        place_label=_both_words(other.place_label, block.place_label),
    )


def _both_words(first: str, second: str) -> str:
    """Return « words / mots »; once if both are the same, or differ only by the mark of a language."""
    for text, other in ((first, second), (second, first)):
        is_marked_copy = text and other.startswith(f"{text} [")  # « bail [en français] »
        if is_marked_copy:
            return text
    return BETWEEN.join(dict.fromkeys(filter(None, (first, second))))


def unmarked(guide: Guide, text: str) -> str:
    """Return a text without the marks « [en français] » that the program adds."""
    for lang in ("fr", "en"):
        text = text.replace(f" [{guide.word('in_other_language', lang)}]", "")
    return text
