"""The sections in the order that the partnership wants, with its own headings; the numbers follow."""

from __future__ import annotations

from dataclasses import replace

from tui.guide.guide_types import Guide, SectionHead, Words
from tui.partnership.values import Entry, Partnership

ORDERED = "extra.order"


def arranged(guide: Guide, partnership: Partnership) -> Guide:
    """Return the guide with its sections as this partnership has them: those it names first, the others behind.

    The guide itself while the partnership names none, and for a partnership or its public view alike.
    """
    named: dict[str, Entry] = {}
    for row in partnership.rows(ORDERED, "rows"):
        name = str(row.get("section", ""))
        if guide.section(name) is not None:
            named.setdefault(name, row)
    if not named:
        return guide
    heads = {head.id: head for head in guide.sections}
    order = dict.fromkeys((*named, *heads))
    sections = tuple(_head(heads[name], number, named.get(name)) for number, name in enumerate(order, 1))
    return replace(guide, sections=sections)


def _head(head: SectionHead, number: int, row: Entry | None) -> SectionHead:
    """Return the head with its number, and its own heading in the languages that have one."""
    own = {lang: str(row.get(f"heading@{lang}", "")).strip() if row else "" for lang in ("fr", "en")}
    words = Words(own["fr"] or head.heading.fr, own["en"] or head.heading.en)
    return replace(head, number=number, heading=words)
