"""Write a partner's form as a Word file without form controls, protection or macros: answers are typed as plain text.

Each item is a row of a table: on the left its mark (a short code) and what it asks, on the right a white box for the
answer. A bookmark named after the mark encloses the box, so that the answer is found when the file comes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import docx
from docx.document import Document
from docx.shared import Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Para

from tui.agreement.blocks import Agreement
from tui.agreement.partner_form import FormItem, PartnerForm
from tui.export.formats import Rendered
from tui.export.house_style import current_house_style
from tui.export.house_word import WordLook, recolour
from tui.export.legible_text import make_legible
from tui.export.word_document import add_row, new_table, pack_document
from tui.export.word_page import prepare_document, text_width
from tui.export.word_parts import LINE, SOFT, WASH, element
from tui.guide.partner_form_words import form_word

_COLUMNS = (0.46, 0.54)  # shares of the page's width: what is asked, the answer
_MARK_SIZE = 6  # points: only our program reads the mark
_SMALL_SIZE = 9  # points


def form_word_file(form: PartnerForm) -> Rendered:
    """Return the .docx file; equal forms give equal bytes."""
    clean, warnings = make_legible(form)
    document, look = docx.Document(), WordLook.of(current_house_style())
    prepare_document(document, _page_facts(clean), look)
    document.add_paragraph(clean.phrase("form_title"), style="Subtitle")
    document.add_paragraph(clean.title, style="Title")
    for text in (*clean.introduction, clean.phrase("how_word")):
        document.add_paragraph(text)
    _code(document, clean)
    writer = _Rows(document, clean)
    for question in clean.questions:
        document.add_paragraph(f"{question.number}. {question.heading}", style="Heading 1")
        writer.write_items(question.items)
    if clean.sentences:
        document.add_paragraph(clean.phrase("sentences"), style="Heading 1")
        writer.write_items(clean.sentences)
    document.add_paragraph(clean.phrase("end"))
    recolour(document, look)
    return Rendered(pack_document(document), warnings)


def _page_facts(form: PartnerForm) -> Agreement:
    """Return an empty agreement, from which `prepare_document` takes language, paper and title."""
    return Agreement(form.lang, form.region, form.phrase("form_title"), form.title, "", "", "", (), False, ())


def _code(document: Document, form: PartnerForm) -> None:
    """Write the code that tells which form this is, and the request to leave it in the file."""
    for text in (form.phrase("code", code=form.code.text), form.phrase("keep_code")):
        run = document.add_paragraph().add_run(text)
        run.font.size, run.font.color.rgb = Pt(_SMALL_SIZE), RGBColor.from_string(SOFT)


class _Rows:
    """Writes items as rows of tables, and counts the bookmarks of the file."""

    def __init__(self, document: Document, form: PartnerForm) -> None:
        self._document, self._form = document, form
        self._widths = [int(text_width(document) * share) for share in _COLUMNS]
        self._bookmarks = 0

    def write_items(self, write_items: Sequence[FormItem]) -> None:
        """Write the items of one question: a table for those under each smaller heading (`FormItem.above`)."""
        for above, group in _by_heading(write_items):
            if above:
                line = self._document.add_paragraph(above)
                line.paragraph_format.keep_with_next, line.paragraph_format.space_after = True, Pt(3)
            caption = above or form_word("form_title", self._form.lang)
            table = new_table(self._document, self._widths, padding=(60, 90), caption=caption)
            for item in group:
                self._write_row(table, item)
            spacer = self._document.add_paragraph().paragraph_format
            spacer.space_after, spacer.line_spacing = Pt(0), Pt(8)

    def _write_row(self, table: WordTable, item: FormItem) -> None:
        """Write the row of one item, which no page break divides."""
        label, box = add_row(table, self._widths, [element("w:cantSplit")])
        for cell in (label, box):
            _frame_cell(cell)
        label._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=WASH))
        self._write_label(label, item)
        self._write_box(box, item)

    def _write_label(self, cell: _Cell, item: FormItem) -> None:
        """Write the mark, what the item asks, and the answer that we noted."""
        first = _tight(cell.paragraphs[0])
        mark = first.add_run(item.mark.text + " ")
        mark.font.size, mark.font.color.rgb = Pt(_MARK_SIZE), RGBColor.from_string(SOFT)
        first.add_run(item.label or item.known).font.bold = bool(item.label) or None
        if item.known and item.label:
            _tight(cell.add_paragraph(self._form.phrase("noted", known=item.known)))

    def _write_box(self, cell: _Cell, item: FormItem) -> None:
        """Write the boxes to mark, then the place for words, inside one bookmark."""
        lines = [f"[ ] {choice.label}" for choice in item.choices]
        lines = ["   ".join(lines)] if item.is_sentence else lines
        paragraphs = [_tight(cell.paragraphs[0]), *(_tight(cell.add_paragraph()) for _line in lines[1:])]
        for paragraph, text in zip(paragraphs, lines, strict=False):
            paragraph.add_run(text)
        if item.words:
            last = _tight(cell.add_paragraph()) if lines else paragraphs[0]
            run = last.add_run(self._form.phrase("answer"))
            run.font.size, run.font.color.rgb = Pt(_SMALL_SIZE), RGBColor.from_string(SOFT)
            last.add_run(" ")  # an ordinary run: what is typed after the small label takes its look
            paragraphs += [last] if lines else []
        self._bookmarks += 1
        start = element("w:bookmarkStart", id=self._bookmarks, name=item.mark.anchor)
        properties = paragraphs[0]._p.get_or_add_pPr()
        properties.addnext(start)
        paragraphs[-1]._p.append(element("w:bookmarkEnd", id=self._bookmarks))


def _by_heading(write_items: Sequence[FormItem]) -> Iterator[tuple[str, list[FormItem]]]:
    """Yield (heading, items under it), in order."""
    group: list[FormItem] = []
    for item in write_items:
        if group and item.above != group[0].above:
            yield group[0].above, group
            group = []
        group.append(item)
    if group:
        yield group[0].above, group


def _tight(paragraph: Para) -> Para:
    """Return the same paragraph, with little space below it and single spacing."""
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1.0
    return paragraph


def _frame_cell(cell: _Cell) -> None:
    """Draw a line around a cell."""
    sides = (
        element(f"w:{side}", val="single", sz=4, space=0, color=LINE) for side in ("top", "left", "bottom", "right")
    )
    cell._tc.get_or_add_tcPr().append(element("w:tcBorders", *sides))
