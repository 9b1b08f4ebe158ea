"""Makes the statement of partnership on one page: the seven sections that the guide asks for, in large print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tui.agreement.blocks import (
    Agreement,
    Block,
    Item,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Runs,
    Section,
    Subheading,
    Table,
)
from tui.agreement.numbering import renumbered
from tui.agreement.phrasing import DASH
from tui.guide.guide_types import Guide
from tui.text.separators import unbreakable_colon

# A US Letter page holds `_PAGE_ROOM` / points² letters of that size (measured with the PDF of the four samples).
# Each paragraph is counted as half a line longer than it is, since its last line is not full, and as one line at least.
# A line counts as `_LINE_LETTERS` letters.
_PAGE_ROOM, _LINE_LETTERS = 318_500, 46
_SMALLEST, _LARGEST = 8, 18  # points
_COLON = "   :"  # a colon and the kinds of space before it, to be stripped


def statement_page(guide: Guide, agreement: Agreement) -> Agreement:
    """Return the statement taken from a composed text, in each language of it.

    Its sections are those that the guide asks for, in its order, numbered from 1. A section that the text does not
    print, since its question was marked as not applying, says so here. Parties, signatures and other sections are left
    out. Nothing private is in the statement, since nothing private is in the text.
    """
    also = statement_page(guide, agreement.also) if agreement.also is not None else None
    sections_by_id = {section.id: section for section in agreement.sections}
    section_ids = guide.main_steps[-1].statement_sections  # the last step asks for all of the statement
    heads = {section.id: section.heading.get(agreement.lang) for section in guide.sections}
    # The printed number of each section → its number here, for the references within the text.
    labels = {
        sections_by_id[section_id].label: str(number)
        for number, section_id in enumerate(section_ids, 1)
        if section_id in sections_by_id
    }
    void = (Paragraph((Run(guide.word("statement_void", agreement.lang)),)),)
    sections: list[Section] = []
    for number, section_id in enumerate(section_ids, 1):
        if section_id in sections_by_id:
            section = renumbered(sections_by_id[section_id], labels)
            blocks = tuple(_short(guide, agreement.lang, section.blocks))
            sections.append(replace(section, number=number, inserted=0, blocks=blocks))
        else:
            sections.append(Section(section_id, number, heads[section_id], void))
    return replace(
        agreement,
        kind=guide.word("statement_page", agreement.lang),
        sections=tuple(sections),
        preamble=(),
        partners=(),
        parties=False,
        holes=tuple(hole for hole in agreement.holes if hole.section in section_ids),
        text_size=_size(sections),
        also=also,
    )


def _short(guide: Guide, lang: str, blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the blocks shortened: each heading with its list as one paragraph, each table row as one line.

    Lists of what a partner receives are left out.
    """
    subject: Subheading | None = None  # the heading above; the paragraph of each list below begins with it
    lead: Paragraph | None = None  # the paragraph before, if it introduces a list
    for block in blocks:
        if isinstance(block, Subheading):
            subject, lead = block, None
        elif isinstance(block, Paragraph) and block.lead:
            lead = block
        elif isinstance(block, ListBlock) and lead is not None:
            if not _receives(guide, lang, lead):
                yield _run_together(subject, lead, block)
            lead = None
        elif isinstance(block, Table):
            yield ListBlock(tuple(Item((_line_of(row, lang),), row.origin) for row in block.rows))
            subject = None  # The heading of a table is dropped: its rows say what it is about.
        else:
            if subject is not None:
                yield subject
            subject = None
            yield block


def _receives(guide: Guide, lang: str, lead: Paragraph) -> bool:
    """Return whether `lead` introduces what a partner receives (« X reçoit : »), which a statement leaves out."""
    words = guide.words["receives"]  # a tuple has the singular and the plural
    forms = words if isinstance(words, tuple) else (words,)
    text = _text(lead.runs).rstrip(_COLON)
    return text.endswith(tuple(form.get(lang).rstrip(_COLON) for form in forms))


def _run_together(subject: Subheading | None, lead: Paragraph, items: ListBlock) -> Paragraph:
    """Return « **La Boussole** s'engage à : assigner …; gérer … » as one paragraph."""
    runs: list[Run] = [Run(f"{_text(subject.runs)} ", strong=True)] if subject is not None else []
    lead_text = _text(lead.runs)
    runs.append(Run(f"{lead_text[:1].lower()}{lead_text[1:]} " if runs else f"{lead_text} "))
    texts = [" ".join(_texts(item.blocks)) for item in items.items]
    runs.append(Run("; ".join(texts) + "."))
    return Paragraph(tuple(runs), lead.origin)


def _line_of(row: Row, lang: str) -> Paragraph:
    """Return a table row as a line without its empty cells: « la fréquentation : La Boussole, chaque mois »."""
    first, *others = (_text(cell) for cell in row.cells)
    filled = ", ".join(text for text in others if text.strip() not in ("", DASH))
    colon = unbreakable_colon(lang)
    return Paragraph((Run(first, strong=True), Run(f"{colon}{filled}" if filled else "")), row.origin)


def _text(runs: Runs) -> str:
    """Return the text of runs without their styles."""
    return "".join(run.text for run in runs)


def _size(sections: Iterable[Section]) -> int:
    """Return the size in points at which the sections fit on one page."""
    letters = sum(
        max(_LINE_LETTERS, len(text) + _LINE_LETTERS // 2)
        for section in sections
        for text in (section.heading, section.heading, *_texts(section.blocks))  # a heading is twice as large
    )
    return max(_SMALLEST, min(_LARGEST, int((_PAGE_ROOM / max(letters, 1)) ** 0.5)))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the text of each paragraph and heading, also of those within lists."""
    for block in blocks:
        if isinstance(block, Paragraph | Subheading):
            yield _text(block.runs)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _texts(item.blocks)
