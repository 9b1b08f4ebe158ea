"""The statement on one page: the guide's seven heads and nothing else, large enough to be read at the table."""

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

# Letters that a page of US Letter holds, times the square of the points they are set in: measured with the PDF of the
# four samples. A line that ends early counts as at least `_LINE` letters.
_ROOM, _LINE = 318_500, 46
_SMALLEST, _LARGEST = 8, 18
_COLON = "   :"


def statement_page(guide: Guide, agreement: Agreement) -> Agreement:
    """Return what the guide asks a statement to say, in its order, taken from a composed text, in each language of it.

    Its sections are numbered from 1 and hold what the text says there. The text prints each of the seven, to be
    specified where nothing is known, but for one that was said not to apply: that one is said not to apply here. There
    are no parties, no signatures and no other section, and nothing private: the text has none.
    """
    also = statement_page(guide, agreement.also) if agreement.also is not None else None
    printed = {section.id: section for section in agreement.sections}
    names = guide.main_steps[-1].statement_sections
    heads = {section.id: section.heading.get(agreement.lang) for section in guide.sections}
    labels = {printed[name].label: str(number) for number, name in enumerate(names, 1) if name in printed}
    void = (Paragraph((Run(guide.word("statement_void", agreement.lang)),)),)
    sections = tuple(
        replace(
            (section := renumbered(printed[name], labels)),
            number=number,
            inserted=0,
            blocks=tuple(_short(guide, agreement.lang, section.blocks)),
        )
        if name in printed
        else Section(name, number, heads[name], void)
        for number, name in enumerate(names, 1)
    )
    return replace(
        agreement,
        kind=guide.word("statement_page", agreement.lang),
        sections=sections,
        preamble=(),
        partners=(),
        parties=False,
        holes=tuple(hole for hole in agreement.holes if hole.section in names),
        text_size=_size(sections),
        also=also,
    )


def _short(guide: Guide, lang: str, blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the blocks run together: who and what in one paragraph, a row on one line, without what one receives."""
    subject: Subheading | None = None
    lead: Paragraph | None = None
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
            subject = None  # its rows say what it is about; it never stands above what follows them
        else:
            if subject is not None:
                yield subject
            subject = None
            yield block


def _receives(guide: Guide, lang: str, lead: Paragraph) -> bool:
    """Return whether a line stands above what a partner receives, which is none of the seven."""
    words = guide.words["receives"]
    forms = words if isinstance(words, tuple) else (words,)
    said = _text(lead.runs).rstrip(_COLON)
    return said.endswith(tuple(form.get(lang).rstrip(_COLON) for form in forms))


def _run_together(subject: Subheading | None, lead: Paragraph, items: ListBlock) -> Paragraph:
    """« **La Boussole** s'engage à : assigner …; gérer … »."""
    runs: list[Run] = [Run(f"{_text(subject.runs)} ", strong=True)] if subject is not None else []
    said = _text(lead.runs)
    runs.append(Run(f"{said[:1].lower()}{said[1:]} " if runs else f"{said} "))
    texts = [" ".join(_texts(item.blocks)) for item in items.items]
    runs.append(Run("; ".join(texts) + "."))
    return Paragraph(tuple(runs), lead.origin)


def _line_of(row: Row, lang: str) -> Paragraph:
    """« la fréquentation : La Boussole, Nadia Caron, chaque mois »: the cells that say something."""
    first, *others = (_text(cell) for cell in row.cells)
    said = ", ".join(text for text in others if text.strip() not in ("", DASH))
    colon = unbreakable_colon(lang)
    return Paragraph((Run(first, strong=True), Run(f"{colon}{said}" if said else "")), row.origin)


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _size(sections: Iterable[Section]) -> int:
    """Return the points of the text that bring the sections on one page."""
    letters = sum(
        max(_LINE, len(text) + _LINE // 2)
        for section in sections
        for text in (section.heading, section.heading, *_texts(section.blocks))
    )
    return max(_SMALLEST, min(_LARGEST, int((_ROOM / max(letters, 1)) ** 0.5)))


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield each paragraph and item as text."""
    for block in blocks:
        if isinstance(block, Paragraph | Subheading):
            yield _text(block.runs)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _texts(item.blocks)
