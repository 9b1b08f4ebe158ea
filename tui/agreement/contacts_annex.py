"""Composes the annex of contacts: the people at each partner who gave leave to be listed, and how to reach them.

A bilingual text has its text in the other language as `also`.
"""

from __future__ import annotations

from dataclasses import replace

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Row, Run, Section, Table
from tui.agreement.companion_document import companion_document, region_of
from tui.agreement.phrasing import DASH, line
from tui.guide.guide_types import Guide
from tui.partnership.contacts_table import listed_contacts
from tui.partnership.values import Partnership

_HEADS = ("contact_organization", "contact_name", "contact_title", "contact_email", "contact_phone")


def contacts_annex(guide: Guide, partnership: Partnership, view: Partnership, day: str, lang: str) -> Agreement:
    """Return the annex in `lang`, dated with an ISO day; `view` is the public view, without hidden names."""
    region = region_of(view, lang)
    section = _section(guide, partnership, view, lang, region)
    heading = polished(guide.word("contacts_annex", lang), region)
    sections = (replace(section, number=1, heading=heading),)
    kind = guide.word("annex", lang)
    return companion_document(guide, view, kind, sections, lang=lang, region=region, day=day, dated=True)


def with_contacts_annex(guide: Guide, partnership: Partnership, view: Partnership, text: Agreement) -> Agreement:
    """Return a text with the annex as a last section without number, in each of its languages.

    If nobody gave leave to be listed, the text is returned as it is.
    """
    also = text.also  # the text in the other language
    if also is not None:
        also = with_contacts_annex(guide, partnership, view, also)
    has_contacts = any(True for _contact in listed_contacts(partnership, view, text.lang))
    if not has_contacts:
        return replace(text, also=also)
    section = _section(guide, partnership, view, text.lang, text.region)
    return replace(text, also=also, sections=(*text.sections, section))


def annex_heading(guide: Guide, lang: str) -> str:
    """Return « Annexe : Personnes à joindre », the heading of the annex within another document."""
    return f"{guide.word('annex', lang)}{' : ' if lang == 'fr' else ': '}{guide.word('contacts_annex', lang)}"


def _section(guide: Guide, partnership: Partnership, view: Partnership, lang: str, region: str) -> Section:
    """Return the annex as a section without number: a table of contacts, or one line that there are none."""
    rows = tuple(
        Row(tuple((Run(text or DASH),) for text in texts)) for texts in listed_contacts(partnership, view, lang)
    )
    head = tuple((Run(guide.word(name, lang)),) for name in _HEADS)
    caption = guide.word("contacts_annex", lang)
    blocks: tuple[Block, ...] = (Table(head, rows, caption),) if rows else (line(guide.word("contacts_none", lang)),)
    return Section("contacts", 0, polished(annex_heading(guide, lang), region), polished(blocks, region))
