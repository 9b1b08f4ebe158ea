"""Room before headings that LibreOffice would else leave at the foot of a page.

Trials with LibreOffice 7.4 say so, not its source: it breaks a text that it opens after every 25th paragraph, before it
knows how tall they are, and moves up what fits. A paragraph that does not fit stays where it is, and its heading
is then left behind, whatever « keep with next » says. Where the break would fall behind a heading, paragraphs of no
height put it before it.
"""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from tui.export.word_parts import element

_A_PAGE = 25  # paragraphs


def shift_guesses(document: Document) -> None:
    """Put paragraphs of no height before the headings that a guessed break would leave behind."""
    keeping = {
        style.style_id
        for style in document.styles
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.paragraph_format.keep_with_next
    }
    count = 0  # paragraphs since the last break, the present one included
    above: list[BaseOxmlElement] = []  # the headings right above, and where the first of them stands
    first = 0
    for block in document.element.body.xpath("w:p | w:tbl"):
        count = 1 if _breaks(block) else count + _counted(block)
        if count > _A_PAGE and above and first > 1:
            for _missing in range(_A_PAGE + 1 - first):
                above[0].addprevious(_no_height())
            count -= first - 1
            first = 1
        elif count > _A_PAGE:
            count = 1
        if not _keeps(block, keeping):
            above = []
        else:
            first = first if above else count
            above.append(block)


def _counted(block: BaseOxmlElement) -> int:
    """Return for how many paragraphs LibreOffice counts a paragraph, or a table: one less than it has rows.

    Of 667 pages that it made of texts of many lengths no heading is then left behind; by all its rows five were.
    """
    rows = len(block.findall(qn("w:tr")))
    return rows - 1 if rows else 1


def _keeps(block: BaseOxmlElement, keeping: set[str]) -> bool:
    """Return whether a paragraph stays with the next, by its own or its style, or a table by its last row."""
    if rows := block.findall(qn("w:tr")):
        return all(_property(words, "w:keepNext") is not None for words in rows[-1].iter(qn("w:p")))
    style = _property(block, "w:pStyle")
    return (style is not None and style.get(qn("w:val")) in keeping) or _property(block, "w:keepNext") is not None


def _breaks(block: BaseOxmlElement) -> bool:
    return _property(block, "w:pageBreakBefore") is not None


def _property(block: BaseOxmlElement, tag: str) -> BaseOxmlElement | None:
    """Return a property of a paragraph; None where it has none, and of a table."""
    found: BaseOxmlElement | None = block.find(f"{qn('w:pPr')}/{qn(tag)}")
    return found


def _no_height() -> BaseOxmlElement:
    spacing = element("w:spacing", before=0, after=0, line=20, lineRule="exact")
    return element("w:p", element("w:pPr", spacing))
