"""Keep LibreOffice from leaving a heading alone at the foot of a page.

By trials with LibreOffice 7.4: when it opens a text it guesses a page break after every 25th paragraph, before it knows
their heights, and then moves up what fits. A paragraph that does not fit stays on its page, and a heading moved up is
left without it, whatever « keep with next » says. Where the guessed break would fall right after a heading, we add
paragraphs without height above the heading, so that the break falls before it.
"""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from tui.export.word_parts import element

_GUESSED_PAGE = 25  # paragraphs


def shift_guessed_breaks(document: Document) -> None:
    """Add paragraphs without height above the headings that a guessed page break would follow."""
    keeping_styles = {
        style.style_id
        for style in document.styles
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.paragraph_format.keep_with_next
    }
    count = 0  # paragraphs since the last guessed break, up to and with the current block
    headings: list[BaseOxmlElement] = []  # those right above the current block
    first_count = 0  # the count at the first of them
    for block in document.element.body.xpath("w:p | w:tbl"):
        count = 1 if _begins_page(block) else count + _counted_paragraphs(block)
        if count > _GUESSED_PAGE and headings and first_count > 1:
            for _missing in range(_GUESSED_PAGE + 1 - first_count):
                headings[0].addprevious(_without_height())
            count -= first_count - 1  # the break is now above the headings, so that the first of them counts as 1
            first_count = 1
        elif count > _GUESSED_PAGE:
            count = 1
        if not _keeps_with_next(block, keeping_styles):
            headings = []
        else:
            first_count = first_count if headings else count
            headings.append(block)


def _counted_paragraphs(block: BaseOxmlElement) -> int:
    """Return how many paragraphs LibreOffice seems to count for a block: 1, or the rows of a table less one.

    Counted so, no heading was left alone on 667 pages of texts of many lengths; with all rows counted, five were.
    """
    rows = len(block.findall(qn("w:tr")))
    return rows - 1 if rows else 1


def _keeps_with_next(block: BaseOxmlElement, keeping_styles: set[str]) -> bool:
    """Return whether a paragraph, or the last row of a table, stays on the page of the next paragraph.

    `keeping_styles` are the ids of the styles that keep their paragraphs so.
    """
    if rows := block.findall(qn("w:tr")):
        return all(_property(words, "w:keepNext") is not None for words in rows[-1].iter(qn("w:p")))
    style = _property(block, "w:pStyle")
    has_keeping_style = style is not None and style.get(qn("w:val")) in keeping_styles
    return has_keeping_style or _property(block, "w:keepNext") is not None


def _begins_page(block: BaseOxmlElement) -> bool:
    """Return whether a paragraph asks for a new page."""
    return _property(block, "w:pageBreakBefore") is not None


def _property(block: BaseOxmlElement, tag: str) -> BaseOxmlElement | None:
    """Return a property of a paragraph; None if the paragraph lacks it, and for a table."""
    found_property: BaseOxmlElement | None = block.find(f"{qn('w:pPr')}/{qn(tag)}")
    return found_property


def _without_height() -> BaseOxmlElement:
    """Return an empty paragraph, one point high."""
    spacing = element("w:spacing", before=0, after=0, line=20, lineRule="exact")
    return element("w:p", element("w:pPr", spacing))
