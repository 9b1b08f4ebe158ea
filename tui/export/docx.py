"""The agreement as a Word file: real headings, native lists, tables with heads, lines to sign on."""

from __future__ import annotations

from collections.abc import Iterable

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips
from docx.text.paragraph import Paragraph as Para

from tui.agreement.blocks import Agreement, Block, ListBlock, Paragraph, Signature, Subheading, Table
from tui.export.docx_pack import pack
from tui.export.docx_page import prepare, turn
from tui.export.docx_parts import ACCENT, SOFT, Numbering, add_runs, element, indent, speak
from tui.export.docx_tables import add_signature, add_table
from tui.export.flow import with_next
from tui.export.legible import legible
from tui.export.rendered import Rendered
from tui.export.wording import facts, heading, tag, wording


def write(agreement: Agreement) -> Rendered:
    """Return the .docx file."""
    clean, warnings = legible(agreement)
    document = docx.Document()
    prepare(document, clean)
    body = _Body(document)
    for at, part in enumerate(clean.parts):
        written = len(document.element.body)
        if at:
            turn(document, part)
        _front(document, part)
        body.blocks(part.preamble)
        for section in part.sections:
            document.add_paragraph(heading(section), style="Heading 1")
            body.blocks(section.blocks)
        if at:
            speak(list(document.element.body)[written - 1 :], tag(part))
    return Rendered(pack(document), warnings)


def _front(document: Document, agreement: Agreement) -> None:
    """Write what stands above the text: kind, title, partners, version and date, closed by a rule."""
    if agreement.kind and agreement.title:
        kind = document.add_paragraph(style="Subtitle").add_run(agreement.kind)
        kind.font.all_caps = True
        kind._r.get_or_add_rPr().append(element("w:spacing", val=24))
    last = document.add_paragraph(agreement.title or agreement.kind, style="Title")
    if agreement.partners:
        words = wording(agreement)
        last = _front_line(document, words.between + words.colon, soft=True)
        for name in agreement.partners:
            last = _front_line(document, name, soft=False)
    if facts(agreement):
        last.paragraph_format.space_after = Pt(6)
        last = _front_line(document, facts(agreement), soft=True)
    if agreement.copy:
        last = _front_line(document, agreement.copy, soft=False)
        last.runs[0].font.color.rgb = RGBColor.from_string(ACCENT)
    last.paragraph_format.space_after = Pt(14)
    rule = element("w:bottom", val="single", sz=10, space=10, color=ACCENT)
    last._p.get_or_add_pPr().insert_element_before(
        element("w:pBdr", rule), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def _front_line(document: Document, text: str, soft: bool) -> Para:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.bold = None if soft else True
    if soft:
        run.font.color.rgb = RGBColor.from_string(SOFT)
    paragraph.paragraph_format.space_after = Pt(1)
    return paragraph


class _Body:
    """Writes blocks one after another; it keeps the numbering of lists."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._numbering = Numbering(document)

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Write the blocks of a section."""
        for block, keep in with_next(blocks):
            match block:
                case Paragraph():
                    paragraph = self._document.add_paragraph()
                    add_runs(paragraph, block.runs)
                    paragraph.paragraph_format.keep_with_next = keep or None
                    if block.lead:
                        paragraph.paragraph_format.space_after = Pt(3)
                case Subheading():
                    add_runs(
                        self._document.add_paragraph(style=f"Heading {min(max(block.level - 1, 2), 3)}"), block.runs
                    )
                case ListBlock():
                    self._list(block, 0)
                    self._open_up()
                case Table():
                    add_table(self._document, block)
                case Signature():
                    add_signature(self._document, block)

    def _list(self, block: ListBlock, level: int) -> None:
        list_id = self._numbering.begin(block.ordered, block.start)
        for item in block.items:
            for at, inner in enumerate(item.blocks):
                match inner:
                    case ListBlock():
                        self._list(inner, level + 1)
                    case Paragraph() | Subheading():
                        paragraph = self._document.add_paragraph(style="List Paragraph")
                        add_runs(paragraph, inner.runs)
                        if at == 0:
                            self._numbering.number(paragraph, list_id, level)
                        else:
                            paragraph.paragraph_format.left_indent = Twips(indent(level))
                    case _:
                        self.blocks((inner,))
            if len(item.blocks) > 1:
                self._open_up()

    def _open_up(self) -> None:
        """Leave more room after the last item of a list than between items."""
        last = self._document.element.body.findall(qn("w:p"))[-1]
        Para(last, self._document._body).paragraph_format.space_after = Pt(6)
