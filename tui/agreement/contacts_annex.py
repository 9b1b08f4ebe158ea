"""The annex of contacts: who may be reached at each partner, of those alone who gave leave."""

from __future__ import annotations

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Row, Run, Section, Table
from tui.agreement.compose import REGIONS, title
from tui.agreement.phrasing import DASH, line
from tui.guide.guide_types import Guide
from tui.partnership.contacts_table import listed_contacts
from tui.partnership.values import Partnership
from tui.text.dates import format_date

_HEADS = ("contact_organization", "contact_name", "contact_title", "contact_email", "contact_phone")


def contacts_annex(guide: Guide, partnership: Partnership, view: Partnership, day: str, lang: str) -> Agreement:
    """Return the annex in `lang`, dated on an ISO day; `view`, the public view, says which partner may be named."""
    region = str(view.setting(f"region_{lang}", REGIONS[lang]))
    rows = tuple(
        Row(tuple((Run(text or DASH),) for text in texts)) for texts in listed_contacts(partnership, view, lang)
    )
    head = tuple((Run(guide.word(name, lang)),) for name in _HEADS)
    heading = guide.word("contacts_annex", lang)
    blocks: tuple[Block, ...] = (Table(head, rows, heading),) if rows else (line(guide.word("contacts_none", lang)),)
    return Agreement(
        lang=lang,
        region=region,
        kind=polished(guide.word("annex", lang), region),
        title=polished(title(guide, view, lang), region),
        version="",
        date=format_date(day, lang),
        iso_date=day,
        partners=(),
        draft=False,
        sections=(Section("contacts", 1, polished(heading, region), polished(blocks, region)),),
        page_label=(guide.word("page", lang), guide.word("of_pages", lang)),
    )
