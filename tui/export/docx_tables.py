"""Tables and signature lines of the Word file."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Para

from tui.agreement.blocks import Runs, Signatory, Signature, Table
from tui.export.columns import numeric, shares
from tui.export.docx_page import width
from tui.export.docx_parts import ACCENT, LINE, SOFT, WASH, add_runs, element
from tui.export.wording import flat

_EMU_A_TWENTIETH = 635  # one twentieth of a point
_TOGETHER = 3  # signatories of one partner that share a page
_SIGN_COLUMNS = (0.36, 0.035, 0.37, 0.035, 0.2)  # name, gap, signature, gap, date
_SIGN_HEIGHTS = (34, 14)  # points: room to sign in, then the words under the lines


def add_table(document: Document, table: Table) -> None:
    """Write a table: its head repeats on each page, no row splits, columns as wide as their words ask."""
    total = width(document)
    widths = [int(total * share) for share in shares(table)]
    made = _new_table(document, widths, padding=(40, 80), caption=table.caption)
    right = [numeric(table, column) for column in range(len(table.head))]
    for number, cells in enumerate((table.head, *(row.cells for row in table.rows))):
        marks = [element("w:cantSplit")] + ([element("w:tblHeader")] if number == 0 else [])
        for cell, runs, end in zip(_add_row(made, widths, marks), cells, right, strict=True):
            _fill(cell, runs, head=number == 0, end=end)
            _border(cell, bottom=(8, ACCENT) if number == 0 else (4, LINE))
            if number == 0:
                cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=WASH))
    spacer = document.add_paragraph().paragraph_format
    spacer.space_after, spacer.line_spacing = Pt(0), Pt(6)


def add_signature(document: Document, block: Signature) -> None:
    """Write who signs for a partner, with lines for the signature, the name and the date, kept on one page."""
    name = document.add_paragraph(style="Heading 2")
    name.add_run(block.partner)
    name.paragraph_format.space_before = Pt(16)
    for text in (block.authorisation, block.note):
        if text:
            line = document.add_paragraph()
            run = line.add_run(text)
            run.font.color.rgb = RGBColor.from_string(SOFT)
            run.font.size = Pt(10)
            line.paragraph_format.keep_with_next = True
            line.paragraph_format.space_after = Pt(0)
    for at, signatory in enumerate(block.signatories, 1):
        _signatory(document, block, signatory, hold=at < min(len(block.signatories), _TOGETHER))


def _signatory(document: Document, block: Signature, signatory: Signatory, hold: bool) -> None:
    """Write one person's lines; `hold` keeps them on the page of those that follow."""
    widths = [int(width(document) * share) for share in _SIGN_COLUMNS]
    made = _new_table(document, widths, padding=(20, 0))
    person = (signatory.name, signatory.title)
    for at, height in enumerate(_SIGN_HEIGHTS):
        marks = [element("w:cantSplit"), element("w:trHeight", val=height * 20, hRule="atLeast")]
        labels = (block.name_label, "", block.signature_label, "", block.date_label)
        for column, cell in enumerate(_add_row(made, widths, marks)):
            paragraph = cell.paragraphs[0]
            _tight(paragraph, with_next=hold or at == 0)
            if at:
                run = paragraph.add_run(labels[column])
                run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(SOFT)
            else:
                _person(paragraph, person if column == 0 else ("", ""))
                if labels[column]:
                    _border(cell, bottom=(4, "1D2430"))
                cell._tc.get_or_add_tcPr().append(element("w:vAlign", val="bottom"))
    spacer = document.add_paragraph().paragraph_format
    spacer.space_after, spacer.line_spacing, spacer.keep_with_next = Pt(0), Pt(3), hold or None


def _person(paragraph: Para, person: tuple[str, str]) -> None:
    name, title = person
    run = paragraph.add_run(name)
    if name and title:
        run.add_break()
    if title:
        below = paragraph.add_run(title)
        below.font.size, below.font.color.rgb = Pt(10), RGBColor.from_string(SOFT)


def _new_table(document: Document, widths: list[int], padding: tuple[int, int], caption: str = "") -> WordTable:
    """Return an empty table; `padding` is that above and beside the words of a cell, in twentieths of a point."""
    made: WordTable = document.add_table(rows=0, cols=len(widths))
    properties = made._tbl.tblPr
    for node in list(properties):
        properties.remove(node)
    above, beside = padding
    sides = (("top", above), ("left", beside), ("bottom", above), ("right", beside))
    margins = element("w:tblCellMar", *(element(f"w:{side}", w=size, type="dxa") for side, size in sides))
    total = sum(widths) // _EMU_A_TWENTIETH
    parts: list[BaseOxmlElement] = [
        element("w:tblW", w=total, type="dxa"),
        element("w:tblLayout", type="fixed"),
        margins,
        element("w:tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
    ]
    if caption:
        parts.append(element("w:tblCaption", val=caption))
    properties.extend(parts)
    for column, size in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Emu(size)
    return made


def _add_row(table: WordTable, widths: list[int], marks: list[BaseOxmlElement]) -> list[_Cell]:
    """Add a row; python-docx's own `row.cells` walks the whole table for each row, which is quadratic."""
    row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().extend(marks)
    cells = [_Cell(cell, table) for cell in row._tr.tc_lst]
    for cell, size in zip(cells, widths, strict=True):
        cell.width = Emu(size)
    return cells


def _fill(cell: _Cell, runs: Runs, head: bool, end: bool) -> None:
    paragraph = cell.paragraphs[0]
    _tight(paragraph, with_next=head)
    add_runs(paragraph, runs, bold=head)
    for run in paragraph.runs:
        run.font.size = Pt(10)
        if head:
            run.font.color.rgb = RGBColor.from_string(ACCENT)
    if end and flat(runs):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _tight(paragraph: Para, with_next: bool) -> None:
    layout = paragraph.paragraph_format
    layout.space_after, layout.line_spacing = Pt(0), 1.0
    layout.keep_with_next = with_next or None


def _border(cell: _Cell, bottom: tuple[int, str]) -> None:
    size, color = bottom
    line = element("w:bottom", val="single", sz=size, space=0, color=color)
    cell._tc.get_or_add_tcPr().append(element("w:tcBorders", line))
