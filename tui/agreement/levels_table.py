"""Composes the table of the partners' levels of involvement and contributions, to be projected, copied or exported."""

from __future__ import annotations

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Origin, Row, Run, Section, Table
from tui.agreement.companion_document import companion_document, region_of
from tui.agreement.phrasing import DASH, Phrasing, line
from tui.guide.guide_types import Guide
from tui.partnership.completion import answer_entry
from tui.partnership.partners import Partner, rows_of
from tui.partnership.values import Partnership
from tui.text.separators import semicolon

LEVEL, CONTRIBUTIONS = "open.involvement", "open.contributions"


def levels_document(guide: Guide, view: Partnership, lang: str, region: str = "") -> Agreement:
    """Return a table with one row for each partner: its level of involvement and what it brings, in `lang`.

    `view` is the public view, which holds neither levels that were not agreed nor contributions that were not
    confirmed. A partner that has no name, level or contribution there gets no row.
    """
    region = region or region_of(view, lang)
    phrasing = Phrasing(guide, view, lang)
    word = phrasing.word
    rows = tuple(row for partner in phrasing.partners() if (row := _row(phrasing, partner)) is not None)
    head = tuple((Run(word(name)),) for name in ("partner", "involvement_level", "brings"))
    heading = word("levels_table")
    blocks = (Table(head, rows, heading),) if rows else (line(word("levels_none")),)
    sections = (Section("levels", 1, polished(heading, region), polished(blocks, region)),)
    return companion_document(guide, view, heading, sections, lang=lang, region=region, day=view.changed[:10])


def _row(phrasing: Phrasing, partner: Partner) -> Row | None:
    """Return the row of a partner: name, level, what it brings; None if all three are empty."""
    level = phrasing.in_words(answer_entry(phrasing.view, LEVEL, (partner.id,)), "level")
    rows = rows_of(phrasing.view, CONTRIBUTIONS, "rows", partner.id)
    brings = semicolon(phrasing.lang).join(text for row in rows if (text := phrasing.text(row, "text")))
    if not (partner.name(phrasing.lang) or level or brings):
        return None
    texts = (phrasing.name(partner.id), level or DASH, brings or DASH)
    return Row(tuple((Run(text),) for text in texts), Origin(partner.id, "name", "open.who", partner.id))
