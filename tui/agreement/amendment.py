"""An amendment to an adopted text: the articles it replaces, adds or deletes, and the consolidated text beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tui.agreement.agreed_words import section_words
from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Paragraph, Run, Section, Signature, Subheading
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.text.dates import format_date, format_of, format_on

REPLACED, ADDED, DELETED = "replaced", "added", "deleted"
SIGNATURES = "signatures"


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What happens to one article: `kind` is REPLACED, ADDED or DELETED; None where it was, or is, not there."""

    kind: str
    before: Section | None
    after: Section | None

    @property
    def label(self) -> str:
        """Its number, which it keeps: « 7 », « 10.1 »."""
        section = self.after or self.before
        return section.label if section is not None else ""


def article_changes(before: Agreement, now: Agreement) -> tuple[ArticleChange, ...]:
    """Return the articles whose words differ between two texts in one language, in their order; signatures aside."""
    old = {section.id: section for section in before.sections if section.blocks}
    new = {section.id: section for section in now.sections}
    found = []
    for section in now.sections:
        was = old.get(section.id)
        if section.id == SIGNATURES or (was is None and not section.blocks):
            continue
        if was is None:
            found.append(ArticleChange(ADDED, None, section))
        elif not section.blocks:
            found.append(ArticleChange(DELETED, was, None))
        elif section_words(was) != section_words(section):
            found.append(ArticleChange(REPLACED, was, section))
    gone = (section for name, section in old.items() if name not in new and name != SIGNATURES)
    return (*found, *(ArticleChange(DELETED, section, None) for section in gone))


def amendment_document(
    guide: Guide, before: Agreement, now: Agreement, *, kind: str, number: int, of_date: str, effect_on: str = "",
    adopted: bool = False,
) -> Agreement:  # fmt: skip
    """Return the amendment that makes of the adopted text `before` the text `now`, to be signed as that one was.

    `kind` is the code of the kind of document, `of_date` the ISO date of the agreement that is amended, `effect_on` the
    ISO date from which the amendment counts ("" is when all have signed it), `adopted` whether it is agreed already.
    """
    lang, word = now.lang, guide.word
    named = word(f"amends_{kind}" if f"amends_{kind}" in guide.words else "amends_own", lang, title=now.title,
                 of_date=format_of(of_date, lang))  # fmt: skip
    heading = word("amendment_no", lang, number=number)
    sections = [_article(guide, change, now) for change in article_changes(before, now)]
    sections.append(_plain(guide, now, "amendment_effect", effect_words(guide, lang, effect_on)))
    sections.append(_plain(guide, now, "amendment_others", word("others_unchanged", lang)))
    sections += _signatures(guide, now)
    numbered = tuple(replace(section, number=at, inserted=0) for at, section in enumerate(sections, 1))
    opening = Paragraph((Run(polished(f"{heading} {named}", now.region), strong=True),))
    return replace(
        now,
        kind=polished(heading, now.region),
        version=word("adopted" if adopted else "amendment_draft", lang),
        edition="",
        sections=numbered,
        preamble=(opening,),
        holes=(),
        also=None,
    )


def _article(guide: Guide, change: ArticleChange, now: Agreement) -> Section:
    said = guide.word(f"article_{change.kind}", now.lang, number=change.label)
    heading = polished(said, now.region)
    if change.after is None:
        return Section(f"amended_{change.label}", 1, heading, ())
    title = Subheading((Run(f"{change.after.label}. {change.after.heading}"),))
    return Section(f"amended_{change.label}", 1, heading, (title, *change.after.blocks))


def _plain(guide: Guide, now: Agreement, name: str, said: str) -> Section:
    block = Paragraph((Run(polished(said, now.region)),))
    return Section(name, 1, polished(guide.word(name, now.lang), now.region), (block,))


def effect_words(guide: Guide, lang: str, effect_on: str, *, joinder: bool = False) -> str:
    """Return from when an amendment, or a joinder, counts: from an ISO day, or once it is signed where that is ""."""
    if not effect_on:
        return guide.word("joinder_signed" if joinder else "amendment_when_signed", lang)
    return guide.word("joinder_from" if joinder else "amendment_from", lang, date=format_on(effect_on, lang))


def _signatures(guide: Guide, now: Agreement) -> Iterator[Section]:
    for section in now.sections:
        if section.id == SIGNATURES:
            own: tuple[Block, ...] = tuple(block for block in section.blocks if isinstance(block, Signature))
            yield replace(section, blocks=own, heading=polished(guide.word("signature", now.lang), now.region))


def consolidated(guide: Guide, now: Agreement, number: int, effect_on: str = "", joined: str = "") -> Agreement:
    """Return the whole text up to an amendment, or the joining of `joined`, said to be without official value."""
    lang = now.lang
    joining = guide.word("consolidated_joined", lang, name=joined)
    up_to = joining if joined else guide.word("consolidated_to", lang, number=number)
    date = format_date(effect_on, lang) if effect_on else ""
    said = " ".join(filter(None, (up_to, guide.word("no_official_value", lang))))
    note = Paragraph((Run(polished(said, now.region), emphasis=True),))
    version = guide.word("consolidated", lang) + (f", {date}" if date else "")
    return replace(now, preamble=(note, *now.preamble), version=version, edition="", mark="", draft=False)
