"""The sections in the order that the partnership wants, with its own headings; the numbers follow."""

from __future__ import annotations

from dataclasses import replace

from tui.guide.guide_types import Guide, SectionHead, Words
from tui.partnership.values import Entry, Partnership

ORDERED, ARTICLES = "extra.order", "extra.articles"
_USUAL_PLACE = "communication"  # the section that an article stands in, or behind, where nobody chose one


def section_of(article: Entry) -> str:
    """The id of the section that an article of the partnership's own stands in: one of the guide's, or its own."""
    return f"article.{article.id}" if article.get("own_section") else _place(article)


def _place(article: Entry) -> str:
    return str(article.get("place") or _USUAL_PLACE)


def arranged(guide: Guide, partnership: Partnership) -> Guide:
    """Return the guide with its sections as this partnership has them: those it names first, the others behind.

    An article that is a section of its own stands behind the section of its place. The guide itself while the
    partnership changes nothing, and for a partnership or its public view alike.
    """
    ordered = _ordered(guide, partnership)
    own = [row for row in partnership.rows(ARTICLES, "rows") if row.get("own_section")]
    if not own:
        return ordered
    sections = []
    for head in ordered.sections:
        sections.append(head)
        sections += [_own_head(row) for row in own if _place(row) == head.id]
    return replace(ordered, sections=tuple(replace(head, number=at) for at, head in enumerate(sections, 1)))


def _own_head(article: Entry) -> SectionHead:
    """Return the head of a section of one's own: its title, that of the other language where it has one only."""
    return SectionHead(section_of(article), 0, Words(article.text("title", "fr"), article.text("title", "en")))


def _ordered(guide: Guide, partnership: Partnership) -> Guide:
    """Return the guide with the sections in the wanted order, under the wanted headings."""
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
