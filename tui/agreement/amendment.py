"""Makes the amendment to an adopted text, with the articles it replaces, adds or deletes, and the consolidated text."""

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
    """The change of one article (a section) by an amendment."""

    kind: str  # REPLACED, ADDED or DELETED
    before: Section | None  # None if it is added
    after: Section | None  # None if it is deleted

    @property
    def label(self) -> str:
        """The number of the article: « 7 », « 10.1 »."""
        section = self.after or self.before
        return section.label if section is not None else ""


def article_changes(before: Agreement, now: Agreement) -> tuple[ArticleChange, ...]:
    """Return the changes from the text `before` to the text `now`, in their order; the signatures are not compared.

    A section without blocks (« Supprimé ») counts as deleted.
    """
    old = {section.id: section for section in before.sections if section.blocks}
    new = {section.id: section for section in now.sections}
    changes = []
    for section in now.sections:
        old_section = old.get(section.id)
        if section.id == SIGNATURES or (old_section is None and not section.blocks):
            continue
        if old_section is None:
            changes.append(ArticleChange(ADDED, None, section))
        elif not section.blocks:
            changes.append(ArticleChange(DELETED, old_section, None))
        elif section_words(old_section) != section_words(section):
            changes.append(ArticleChange(REPLACED, old_section, section))
    missing = (section for name, section in old.items() if name not in new and name != SIGNATURES)
    return (*changes, *(ArticleChange(DELETED, section, None) for section in missing))


def amendment_document(
    guide: Guide, before: Agreement, now: Agreement, *, kind: str, number: int, of_date: str, effect_on: str = "",
    adopted: bool = False,
) -> Agreement:  # fmt: skip
    """Return the amendment that turns the adopted text `before` into `now`, with its own signature blocks.

    `kind` is the code of the kind of document, `of_date` the ISO date of the amended agreement, `effect_on` the ISO
    date from which the amendment is in force ("": when all have signed), `adopted` whether it has been adopted.
    """
    lang, word = now.lang, guide.word
    named = word(f"amends_{kind}" if f"amends_{kind}" in guide.words else "amends_own", lang, title=now.title,
                 of_date=format_of(of_date, lang))  # fmt: skip
    heading = word("amendment_no", lang, number=number)
    sections = [_article(guide, change, now) for change in article_changes(before, now)]
    sections.append(_text_section(guide, now, "amendment_effect", effect_words(guide, lang, effect_on)))
    sections.append(_text_section(guide, now, "amendment_others", word("others_unchanged", lang)))
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
    """Return the section of an amendment for one change: « L'article 7 est remplacé par … »."""
    heading = polished(guide.word(f"article_{change.kind}", now.lang, number=change.label), now.region)
    if change.after is None:
        return Section(f"amended_{change.label}", 1, heading, ())
    title = Subheading((Run(f"{change.after.label}. {change.after.heading}"),))
    return Section(f"amended_{change.label}", 1, heading, (title, *change.after.blocks))


def _text_section(guide: Guide, now: Agreement, name: str, text: str) -> Section:
    """Return a section of one paragraph, whose id and heading's set phrase are `name`."""
    block = Paragraph((Run(polished(text, now.region)),))
    return Section(name, 1, polished(guide.word(name, now.lang), now.region), (block,))


def effect_words(guide: Guide, lang: str, effect_on: str, *, joinder: bool = False) -> str:
    """Return from when an amendment (or a `joinder`) is in force: from an ISO day, or for "" once it is signed."""
    if not effect_on:
        return guide.word("joinder_signed" if joinder else "amendment_when_signed", lang)
    return guide.word("joinder_from" if joinder else "amendment_from", lang, date=format_on(effect_on, lang))


def _signatures(guide: Guide, now: Agreement) -> Iterator[Section]:
    """Yield the section of signatures with the signature blocks alone."""
    for section in now.sections:
        if section.id == SIGNATURES:
            blocks: tuple[Block, ...] = tuple(block for block in section.blocks if isinstance(block, Signature))
            yield replace(section, blocks=blocks, heading=polished(guide.word("signature", now.lang), now.region))


def consolidated(guide: Guide, now: Agreement, number: int, effect_on: str = "", joined: str = "") -> Agreement:
    """Return the text as amended, with a note that this consolidated text has no official value.

    `number` is that of the last amendment, `effect_on` its ISO date or "", `joined` the name of the partner that joined
    by it, "" for none.
    """
    lang = now.lang
    joining = guide.word("consolidated_joined", lang, name=joined)
    up_to = joining if joined else guide.word("consolidated_to", lang, number=number)
    date = format_date(effect_on, lang) if effect_on else ""
    text = " ".join(filter(None, (up_to, guide.word("no_official_value", lang))))
    note = Paragraph((Run(polished(text, now.region), emphasis=True),))
    version = guide.word("consolidated", lang) + (f", {date}" if date else "")
    return replace(now, preamble=(note, *now.preamble), version=version, edition="", mark="", draft=False)
