"""Makes the amendment to an adopted text: the articles (sections) that it replaces, adds or deletes.

The title counts as an article, and so does what stands between it and the first section: the parties of a contract and
the preamble. This module makes the consolidated text too, which is the adopted text with its amendments put in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tui.agreement.agreed_words import section_words
from tui.agreement.block_typography import polished
from tui.agreement.blocks import NOWHERE, Agreement, Block, Paragraph, Run, Section, Signature, Subheading
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.text.dates import format_date, format_of, format_on

REPLACED, ADDED, DELETED = "replaced", "added", "deleted"
SIGNATURES = "signatures"  # the id of the section
# What precedes the sections, as sections without a number: the title, and all between it and section 1. Each id is the
# heading too, which is printed nowhere.
TITLE, FRONT = "title", "front"
UNNUMBERED = frozenset({TITLE, FRONT})


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """The change of one article (a section) by an amendment."""

    kind: str  # REPLACED, ADDED or DELETED
    before: Section | None  # None if it is added
    after: Section | None  # None if it is deleted

    @property
    def label(self) -> str:
        """The number of the article: « 7 », « 10.1 »."""
        section = self.after or self.before
        return section.label if section is not None else ""

    @property
    def section_id(self) -> str:
        """The id of the article: that of a section, TITLE or FRONT."""
        section = self.after or self.before
        return section.id if section is not None else ""


def article_changes(before: Agreement, after: Agreement) -> tuple[ArticleChange, ...]:
    """Return the changes from the text `before` to the text `after`, in the order of `after`.

    The title and what stands before the first section come first. The signatures are not compared. A section without
    blocks (« Supprimé ») counts as deleted. Sections that `after` does not have at all come last.
    """
    old = {section.id: section for section in before.sections if section.blocks}
    new = {section.id: section for section in after.sections}
    changes = [*_change(_title(before), _title(after)), *_change(_front(before), _front(after))]
    for section in after.sections:
        old_section = old.get(section.id)
        if section.id == SIGNATURES or (old_section is None and not section.blocks):
            continue
        changes += _change(old_section, section)
    missing = (section for section in old.values() if section.id not in new and section.id != SIGNATURES)
    return (*changes, *(ArticleChange(DELETED, section, None) for section in missing))


def _change(before: Section | None, after: Section) -> Iterator[ArticleChange]:
    """Yield the change from `before` (None for none) to `after`, if any; a section without blocks is none."""
    if before is None or not before.blocks:
        if after.blocks:
            yield ArticleChange(ADDED, None, after)
    elif not after.blocks:
        yield ArticleChange(DELETED, before, None)
    elif section_words(before) != section_words(after):
        yield ArticleChange(REPLACED, before, after)


def _title(agreement: Agreement) -> Section:
    """Return the kind of document and the title as an article."""
    lines = filter(None, (agreement.kind, agreement.title))
    return Section(TITLE, 0, TITLE, tuple(Paragraph((Run(text),)) for text in lines))


def _front(agreement: Agreement) -> Section:
    """Return what stands between the title and the first section as an article, without the line of its adoption."""
    # That line alone comes from no field and leads to nothing: « Version 1, adoptée le 3 mars 2027. »
    blocks = agreement.preamble
    worded = (block for block in blocks if isinstance(block, Paragraph) and block.origin == NOWHERE and not block.lead)
    adoption_lines = tuple(worded)
    return Section(FRONT, 0, FRONT, tuple(block for block in blocks if block not in adoption_lines))


def amendment_document(
    guide: Guide, before: Agreement, after: Agreement, *, kind: str, number: int, of_date: str, effect_on: str = "",
    adopted: bool = False,
) -> Agreement:  # fmt: skip
    """Return the amendment that turns the adopted text `before` into `after`, with its own signature blocks.

    `kind` is the code of the kind of document, `of_date` the ISO date of the amended agreement, `effect_on` the ISO
    date from which the amendment is in force ("": when all have signed), `adopted` whether it has been adopted.
    """
    lang, word = after.lang, guide.word
    # A kind of document that has no set phrase is named by its title (« amends_own »).
    amends_key = f"amends_{kind}" if f"amends_{kind}" in guide.words else "amends_own"
    amended_text = word(amends_key, lang, title=before.title, of_date=format_of(of_date, lang))
    heading = word("amendment_no", lang, number=number)
    sections = [_article(guide, change, after) for change in article_changes(before, after)]
    sections.append(_text_section(guide, after, "amendment_effect", effect_words(guide, lang, effect_on)))
    sections.append(_text_section(guide, after, "amendment_others", word("others_unchanged", lang)))
    sections += _signatures(guide, after)
    numbered = tuple(replace(section, number=at, inserted=0) for at, section in enumerate(sections, 1))
    opening = Paragraph((Run(polished(f"{heading} {amended_text}", after.region), strong=True),))
    # The amendment has the layout of the amended text, but no edition, holes or other language.
    return replace(
        after,
        kind=polished(heading, after.region),
        title=before.title,
        version=word("adopted" if adopted else "amendment_draft", lang),
        edition="",
        sections=numbered,
        preamble=(opening,),
        holes=(),
        also=None,
    )


def _article(guide: Guide, change: ArticleChange, after: Agreement) -> Section:
    """Return the section of an amendment for one change: « La section 7 est remplacée par … »; it is numbered later."""
    if change.section_id in UNNUMBERED:
        heading = polished(guide.word(f"article_{change.section_id}_{change.kind}", after.lang), after.region)
        blocks = change.after.blocks if change.after is not None else ()
        return Section(f"amended_{change.section_id}", 1, heading, blocks)
    heading = polished(guide.word(f"article_{change.kind}", after.lang, number=change.label), after.region)
    if change.after is None:
        return Section(f"amended_{change.label}", 1, heading, ())
    title = Subheading((Run(f"{change.after.label}. {change.after.heading}"),))
    return Section(f"amended_{change.label}", 1, heading, (title, *change.after.blocks))


def _text_section(guide: Guide, after: Agreement, section_id: str, text: str) -> Section:
    """Return a section of one paragraph; its id is also the key of the set phrase that is its heading."""
    block = Paragraph((Run(polished(text, after.region)),))
    return Section(section_id, 1, polished(guide.word(section_id, after.lang), after.region), (block,))


def effect_words(guide: Guide, lang: str, effect_on: str, *, joinder: bool = False) -> str:
    """Return from when an amendment is in force: from an ISO day, or for "" once it is signed.

    `joinder` is whether the amendment only makes another partner join.
    """
    if not effect_on:
        return guide.word("joinder_signed" if joinder else "amendment_when_signed", lang)
    return guide.word("joinder_from" if joinder else "amendment_from", lang, date=format_on(effect_on, lang))


def _signatures(guide: Guide, after: Agreement) -> Iterator[Section]:
    """Yield the section of signatures with the signature blocks alone."""
    for section in after.sections:
        if section.id == SIGNATURES:
            blocks: tuple[Block, ...] = tuple(block for block in section.blocks if isinstance(block, Signature))
            yield replace(section, blocks=blocks, heading=polished(guide.word("signature", after.lang), after.region))


def consolidated_agreement(
    guide: Guide, amended: Agreement, number: int, effect_on: str = "", joined: str = ""
) -> Agreement:
    """Return the `amended` text with a note that this consolidated text has no official value.

    `number` is that of the last amendment, `effect_on` its ISO date or "", `joined` the name of the partner that joined
    by this amendment, "" for none.
    """
    lang = amended.lang
    if joined:
        state_words = guide.word("consolidated_joined", lang, name=joined)
    else:
        state_words = guide.word("consolidated_to", lang, number=number)
    date = format_date(effect_on, lang) if effect_on else ""
    text = " ".join(filter(None, (state_words, guide.word("no_official_value", lang))))
    note = Paragraph((Run(polished(text, amended.region), emphasis=True),))
    version = guide.word("consolidated", lang) + (f", {date}" if date else "")
    return replace(amended, preamble=(note, *amended.preamble), version=version, edition="", mark="", draft=False)
