"""Arranges the sections as a partnership wants them: in its order, with its headings and its own articles.

An *article* is a text that the partnership added, within a section or as a section of its own.
"""

from __future__ import annotations

from dataclasses import replace

from tui.guide.guide_types import Guide, SectionHead, Words
from tui.partnership.values import Entry, Partnership

ORDERED, ARTICLES = "extra.order", "extra.articles"
_USUAL_PLACE = "communication"  # the section that an article is in, or after, if nobody chose one


def section_of(article: Entry) -> str:
    """Return the id of the section that prints an article: one of the guide's, or its own (« article.ID »)."""
    return f"article.{article.id}" if article.get("own_section") else _place(article)


def _place(article: Entry) -> str:
    return str(article.get("place") or _USUAL_PLACE)


def arranged(guide: Guide, partnership: Partnership) -> Guide:
    """Return the guide with its sections as this partnership arranged them: those that it names first, then the others.

    An article that is a section of its own comes after the section chosen as its place. If the partnership arranged
    nothing, the guide itself is returned.
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
    """Return the head of the section that an article makes; its title is in the other language if it lacks one."""
    return SectionHead(section_of(article), 0, Words(article.text("title", "fr"), article.text("title", "en")))


def _ordered(guide: Guide, partnership: Partnership) -> Guide:
    """Return the guide with its sections in the partnership's order and with its headings."""
    rows_by_section: dict[str, Entry] = {}  # by section id, the row of the answer on order and headings
    for row in partnership.rows(ORDERED, "rows"):
        section_id = str(row.get("section", ""))
        if guide.section(section_id) is not None:
            rows_by_section.setdefault(section_id, row)
    if not rows_by_section:
        return guide
    heads = {head.id: head for head in guide.sections}
    order = dict.fromkeys((*rows_by_section, *heads))
    sections = tuple(
        _head(heads[section_id], number, rows_by_section.get(section_id)) for number, section_id in enumerate(order, 1)
    )
    return replace(guide, sections=sections)


def _head(head: SectionHead, number: int, row: Entry | None) -> SectionHead:
    """Return a head with a number, and with the heading that `row` gives it in either language, if any."""
    own = {lang: str(row.get(f"heading@{lang}", "")).strip() if row else "" for lang in ("fr", "en")}
    words = Words(own["fr"] or head.heading.fr, own["en"] or head.heading.en)
    return replace(head, number=number, heading=words)
