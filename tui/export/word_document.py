"""Write the agreement as a Word file (.docx): real headings, native lists, tables with heads, lines to sign on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Para

from tui.agreement.anchors import AnchorNames
from tui.agreement.blocks import (
    NOWHERE,
    Agreement,
    Block,
    ListBlock,
    Origin,
    Paragraph,
    Runs,
    Signatory,
    Signature,
    Subheading,
    Table,
    WritingSpace,
    as_list,
    cell_origin,
)
from tui.agreement.large_print import SMALLEST, is_large_print
from tui.export.formats import Rendered
from tui.export.house_style import current_house_style
from tui.export.house_word import WordLook, recolour
from tui.export.legible_text import make_legible
from tui.export.page_layout import (
    column_shares,
    facts_line,
    is_amount_column,
    language_tag,
    numbered_heading,
    place_and_date_line,
    runs_text,
    with_keep_flags,
    wording,
)
from tui.export.word_guess import shift_guessed_breaks
from tui.export.word_page import begin_next_text, prepare_document, text_width
from tui.export.word_parts import (
    ACCENT,
    LINE,
    SOFT,
    WASH,
    Numbering,
    StyledParagraphs,
    add_anchor,
    add_runs,
    element,
    item_indent,
    list_item_property,
    mark_language,
)


def write(agreement: Agreement) -> Rendered:
    """Return the .docx file."""
    clean, warnings = make_legible(agreement)
    document, look = docx.Document(), WordLook.of(current_house_style())
    prepare_document(document, clean, look)
    body = _Body(document)
    for at, part in enumerate(clean.parts):  # the text in each of its languages
        part_start = len(document.element.body)
        if at:
            begin_next_text(document, part, look)
        _write_front(document, part)
        body.begin(part.lang, "")
        body.blocks(part.preamble)
        for section in part.sections:
            if section.id == "signatures" and not any(isinstance(block, Signature) for block in section.blocks):
                # In a bilingual document only one text is signed; the other has a line or two in this section.
                _keep_end(document)
            body.begin(part.lang, section.id)
            section_start = len(document.element.body) - 1  # the last child is no block: it describes the page
            body.heading(numbered_heading(section), section.origin, page=section.page)
            body.blocks(section.blocks)
            if section.tight:
                tighten_section(document, list(document.element.body)[section_start:-1])
        if at:
            mark_language(list(document.element.body)[part_start - 1 :], language_tag(part))
    recolour(document, look)
    if is_large_print(clean):
        enlarge_small_print(document)
    shift_guessed_breaks(document)
    return Rendered(pack_document(document), (*warnings, *look.warnings))


_KEPT_LINES = 3  # paragraphs or tables that `_keep_end` keeps with the section below them


def _write_front(document: Document, agreement: Agreement) -> None:
    """Write the lines above the text: kind, title, partners, version and date, and a rule below them."""
    if agreement.kind and agreement.title:
        kind = document.add_paragraph(style="Subtitle").add_run(agreement.kind)
        kind.font.all_caps = True
        kind._r.get_or_add_rPr().append(element("w:spacing", val=24))  # between letters, twentieths of a point
    last = document.add_paragraph(agreement.title or agreement.kind, style="Title")
    if agreement.partners and not agreement.parties:
        words = wording(agreement)
        last = _write_front_line(document, words.between + words.colon, soft=True)
        for name in agreement.partners:
            last = _write_front_line(document, name, soft=False)
    if facts_line(agreement):
        last.paragraph_format.space_after = Pt(6)
        last = _write_front_line(document, facts_line(agreement), soft=True)
    if agreement.copy:
        last = _write_front_line(document, agreement.copy, soft=False)
        last.runs[0].font.color.rgb = RGBColor.from_string(ACCENT)
    last.paragraph_format.space_after = Pt(14)
    rule = element("w:bottom", val="single", sz=10, space=10, color=ACCENT)
    last._p.get_or_add_pPr().insert_element_before(
        element("w:pBdr", rule), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def _write_front_line(document: Document, text: str, soft: bool) -> Para:
    """Write a line above the text, in bold or, if `soft`, in a pale colour; return its paragraph."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.bold = None if soft else True
    if soft:
        run.font.color.rgb = RGBColor.from_string(SOFT)
    paragraph.paragraph_format.space_after = Pt(1)
    return paragraph


def _keep_end(document: Document) -> None:
    """Keep the last lines written on the page of the next section, so that this section is not alone on a page."""
    blocks = document.element.body.xpath("w:p | w:tbl")
    for block in blocks[-_KEPT_LINES:]:
        for paragraph in block.xpath("self::w:p | w:tr[last()]//w:p"):
            Para(paragraph, document._body).paragraph_format.keep_with_next = True


class _Body:
    """Writes blocks one after another at the end of a document, and counts its lists and bookmarks."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._styled = StyledParagraphs(document)
        self._numbering = Numbering(document)
        self._width = text_width(document)
        self._names = AnchorNames()
        self._lang, self._section = "", ""  # the language and the section id of the next lines
        self._bookmarks = 0  # how many were written

    def begin(self, lang: str, section: str) -> None:
        """Note the language and the id of the section that the next lines belong to; "" above the first section."""
        self._lang, self._section = lang, section

    def heading(self, text: str, origin: Origin, *, page: bool) -> None:
        """Write the heading of a section; with `page` it begins a new page."""
        breaks = [element("w:pageBreakBefore")] if page else []
        self.anchor(self._styled.add("Heading 1", text, *breaks), origin, "")

    def anchor(self, paragraph: Para, origin: Origin, text: str) -> None:
        """Name a line by the field it comes from, else by its words."""
        self._bookmarks += 1
        add_anchor(paragraph, self._names.name(self._lang, self._section, origin, text), self._bookmarks)

    def _words(self, paragraph: Para, origin: Origin, runs: Runs) -> None:
        """Write the words of an empty paragraph, and name it."""
        add_runs(paragraph, runs)
        self.anchor(paragraph, origin, runs_text(runs))

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Write the blocks of a section."""
        for block, keep in with_keep_flags(blocks):
            match block:
                case Paragraph():
                    spacing = [element("w:spacing", after=60)] if block.lead else []
                    paragraph = self._styled.add("", "", *_keep_properties(keep), *spacing)
                    self._words(paragraph, block.origin, block.runs)
                case Subheading():
                    heading_style = f"Heading {min(max(block.level - 1, 2), 3)}"
                    self._words(self._styled.add(heading_style), block.origin, block.runs)
                case ListBlock():
                    self._list(block, 0)
                    self._widen_space_below()
                case Table(listed=True):
                    self.blocks((as_list(block, self._lang),))
                case Table():
                    self._table(block)
                case Signature():
                    add_signature(self._document, self._styled.add("Heading 2"), block, self._width, keep=keep)
                case WritingSpace():
                    add_writing_space(self._document, block)

    def _table(self, block: Table) -> None:
        """Write a table, each cell with a bookmark named after the field it shows."""
        rows = add_table(self._document, block, self._width)
        for cell, paragraph in zip(block.head, rows[0], strict=True):
            self.anchor(paragraph, NOWHERE, runs_text(cell))
        for row, paragraphs in zip(block.rows, rows[1:], strict=True):
            for at, paragraph in enumerate(paragraphs):
                self.anchor(paragraph, cell_origin(row, at), runs_text(row.cells[at]))

    def _list(self, block: ListBlock, level: int) -> None:
        """Write a list; `level` is 0 for an outer list, 1 for a list within an item, and so on."""
        list_id = self._numbering.begin(block.ordered, block.start)
        for item in block.items:
            for at, inner in enumerate(item.blocks):
                match inner:
                    case ListBlock():
                        self._list(inner, level + 1)
                    case Paragraph() | Subheading():
                        # The first block of an item has its number or bullet, the others the same indent.
                        indent = element("w:ind", left=item_indent(level)) if at else list_item_property(list_id, level)
                        keep = _keep_properties(at + 1 < len(item.blocks))
                        paragraph = self._styled.add("List Paragraph", "", *keep, indent)
                        self._words(paragraph, item.origin if inner.origin == NOWHERE else inner.origin, inner.runs)
                    case _:
                        self.blocks((inner,))
            if len(item.blocks) > 1:
                self._widen_space_below()

    def _widen_space_below(self) -> None:
        """Leave more space below the last paragraph, which ends a list, than between items."""
        last = self._document.element.body.findall(qn("w:p"))[-1]
        Para(last, self._document._body).paragraph_format.space_after = Pt(6)


def _keep_properties(keep: bool) -> list[BaseOxmlElement]:
    """Return the property that keeps a paragraph on the page of the next one, in a list; [] when not `keep`."""
    return [element("w:keepNext")] if keep else []


_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment that ZIP can hold (APPNOTE § 4.4.6)
_LEFTOVERS = ("thumbnail", "stylesWithEffects", "customXml")  # kinds of parts of python-docx's template that we drop


def pack_document(document: Document) -> bytes:
    """Return the .docx bytes; equal documents give equal bytes at any time."""
    package = document.part.package
    assert isinstance(package, OpcPackage)  # a document that python-docx made always has one
    for relations in (package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_LEFTOVERS)]:
            relations.pop(key)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        _write_parts(package, _Writer(target))
    return packed.getvalue()


class _Writer:
    """Replaces python-docx's zip writer, which dates each part by the clock.

    With these dates equal documents would differ, and a clock before 1980 or after 2107 would be an error.
    """

    def __init__(self, target: zipfile.ZipFile) -> None:
        self._target = target

    def write(self, name: PackURI, blob: bytes | str) -> None:
        """Write one part."""
        entry = zipfile.ZipInfo(name.membername, _ZIP_EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16  # the permission bits, where ZIP keeps those of Unix
        entry.create_system = 3  # Unix, on every system
        self._target.writestr(entry, blob)


def _write_parts(package: OpcPackage, writer: _Writer) -> None:
    """Write the same parts as `OpcPackage.save`, in the same order."""
    for part in package.parts:
        part.before_marshal()  # type: ignore[no-untyped-call]
    PackageWriter._write_content_types_stream(writer, package.parts)  # type: ignore[no-untyped-call]
    PackageWriter._write_pkg_rels(writer, package.rels)  # type: ignore[no-untyped-call]
    PackageWriter._write_parts(writer, package.parts)  # type: ignore[arg-type]  # it calls only `write`


_EMU_PER_TWENTIETH = 635  # one twentieth of a point
_MAX_SIGNATORIES_TOGETHER = 3  # if a partner has more signatories, they are not all kept on one page
# Shares of the width of the lines to sign on.
_SIGN_COLUMNS = (0.36, 0.035, 0.37, 0.035, 0.2)  # name, gap, signature, gap, date
_PLACED_COLUMNS = (0.46, 0.06, 0.48)  # name, gap, signature; place and date have a line of their own above
_SIGN_HEIGHTS = (34, 14)  # points: room to sign in, then the words under the lines


def add_table(document: Document, table: Table, total: int) -> list[list[Para]]:
    """Write a table and return the paragraph of each cell, row by row, the head's row first.

    `total` is its width in English Metric Units; columns are as wide as their words need. The head repeats on each
    page, and no row is split between two pages.
    """
    written: list[list[Para]] = []
    widths = [int(total * share) for share in column_shares(table)]
    word_table = new_table(document, widths, padding=(40, 80), caption=table.caption)
    aligns_right = [is_amount_column(table, column) for column in range(len(table.head))]
    for number, cells in enumerate((table.head, *(row.cells for row in table.rows))):
        row_properties = [element("w:cantSplit")] + ([element("w:tblHeader")] if number == 0 else [])
        if table.tall and number:
            height = table.tall * _WRITING_LINE * _TWENTIETHS  # room for `tall` lines that are written by hand
            row_properties.append(element("w:trHeight", val=height, hRule="atLeast"))
        row = add_row(word_table, widths, row_properties)
        written.append([cell.paragraphs[0] for cell in row])
        for cell, runs, align_right in zip(row, cells, aligns_right, strict=True):
            _fill_cell(cell, runs, head=number == 0, align_right=align_right)
            _draw_border(cell, bottom=(8, ACCENT) if number == 0 else (4, SOFT if table.tall else LINE))
            if number == 0:
                cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=WASH))
    spacer = document.add_paragraph().paragraph_format
    spacer.space_after, spacer.line_spacing = Pt(0), Pt(6)
    return written


def tighten_section(document: Document, written: Iterable[BaseOxmlElement]) -> None:
    """Make letters and spaces of the `written` elements smaller than in their styles, so that they fit on one page."""
    for paragraph_element in (inner for block in written for inner in block.iter(qn("w:p"))):
        paragraph = Para(paragraph_element, document._body)
        layout = paragraph.paragraph_format
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        layout.space_before = Pt(5 if style.startswith("Heading ") else 0)
        layout.space_after, layout.line_spacing = Pt(1.5), 1.0
        for run in paragraph.runs:
            run.font.size = Pt(_TIGHT_HEADING_SIZE if style == "Heading 1" else _TIGHT_SIZE)


def enlarge_small_print(document: Document) -> None:
    """Set every smaller size in a document in large print, headers and footers included, to `SMALLEST` points."""
    roots = [document.element, document.styles.element]
    for section in document.sections:
        banners = (section.header, section.footer, section.first_page_header, section.first_page_footer)
        roots += [banner._element for banner in banners]
    for root in roots:
        for size in root.iter(qn("w:sz")):
            value = size.get(qn("w:val"))
            if value is not None and int(value) < 2 * SMALLEST:  # in half points
                size.set(qn("w:val"), str(2 * SMALLEST))


_TIGHT_SIZE, _TIGHT_HEADING_SIZE = 9, 11.5  # points
_TWENTIETHS = 20  # in one point: Word's unit of heights and distances
_WRITING_LINE = 23  # points, about 8 mm: the height of a line that is written by hand


def add_writing_space(document: Document, block: WritingSpace) -> None:
    """Write empty paragraphs to be filled in, each with a rule below it, kept together on one page."""
    for at in range(block.lines):
        line = document.add_paragraph()
        shape = line.paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(0), Pt(_WRITING_LINE)
        shape.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
        shape.keep_with_next = at + 1 < block.lines
        rules = [element(f"w:{side}", val="single", sz=4, space=0, color=SOFT) for side in ("bottom", "between")]
        line._p.get_or_add_pPr().insert_element_before(
            element("w:pBdr", *rules), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
        )
    spacer = document.add_paragraph().paragraph_format
    spacer.space_after, spacer.line_spacing = Pt(0), Pt(8)


def add_signature(document: Document, name: Para, block: Signature, total: int, *, keep: bool = False) -> None:
    """Write who signs for a partner, with lines for place and date, the signature and the name, kept on one page.

    `name` is an empty paragraph, which gets the partner's name; `total` is the width of the lines, in English Metric
    Units; with `keep` they stay on the page of the block that follows.
    """
    name.paragraph_format.page_break_before = block.page or None
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
        has_next_on_page = at < min(len(block.signatories), _MAX_SIGNATORIES_TOGETHER)
        is_kept_with_block = keep and len(block.signatories) <= _MAX_SIGNATORIES_TOGETHER
        keeps = has_next_on_page or is_kept_with_block
        _write_signatory(document, block, signatory, total, keep_with_next_person=keeps)


def _write_signatory(
    document: Document, block: Signature, signatory: Signatory, total: int, *, keep_with_next_person: bool
) -> None:
    """Write the lines of one person; with `keep_with_next_person` they stay on the page of the lines that follow."""
    place = place_and_date_line(block, "_" * 20)
    if place:
        line = document.add_paragraph(place)
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(8), Pt(0)
    widths = [int(total * share) for share in (_PLACED_COLUMNS if place else _SIGN_COLUMNS)]
    word_table = new_table(document, widths, padding=(20, 0))
    person = (signatory.name, signatory.title)
    for at, height in enumerate(_SIGN_HEIGHTS):
        row_height = element("w:trHeight", val=height * _TWENTIETHS, hRule="atLeast")
        row_properties = [element("w:cantSplit"), row_height]
        labels = (block.name_label, "", block.signature_label, *(() if place else ("", block.date_label)))
        for column, cell in enumerate(add_row(word_table, widths, row_properties)):
            paragraph = cell.paragraphs[0]
            _single_space(paragraph, with_next=keep_with_next_person or at == 0)
            if at:
                run = paragraph.add_run(labels[column])
                run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(SOFT)
            else:
                _write_person(paragraph, person if column == 0 else ("", ""))
                if labels[column]:
                    _draw_border(cell, bottom=(4, "1D2430"))
                cell._tc.get_or_add_tcPr().append(element("w:vAlign", val="bottom"))
    spacer = document.add_paragraph().paragraph_format
    spacer.space_after, spacer.line_spacing, spacer.keep_with_next = Pt(0), Pt(3), keep_with_next_person or None


def _write_person(paragraph: Para, person: tuple[str, str]) -> None:
    """Write a person's (name, title), the title on a line below the name; either may be empty."""
    name, title = person
    run = paragraph.add_run(name)
    if name and title:
        run.add_break()
    if title:
        title_run = paragraph.add_run(title)
        title_run.font.size, title_run.font.color.rgb = Pt(10), RGBColor.from_string(SOFT)


def new_table(document: Document, widths: list[int], padding: tuple[int, int], caption: str = "") -> WordTable:
    """Add an empty table at the end of the document and return it.

    `widths` are those of its columns, in English Metric Units; `padding` is the space (above, beside) the words of a
    cell, in twentieths of a point; `caption` says what the table holds to people who do not see it.
    """
    word_table: WordTable = document._body.add_table(0, len(widths), Emu(sum(widths)))
    properties = word_table._tbl.tblPr
    for node in list(properties):
        properties.remove(node)
    above, beside = padding
    sides = (("top", above), ("left", beside), ("bottom", above), ("right", beside))
    margins = element("w:tblCellMar", *(element(f"w:{side}", w=size, type="dxa") for side, size in sides))
    total = sum(widths) // _EMU_PER_TWENTIETH
    parts: list[BaseOxmlElement] = [
        element("w:tblW", w=total, type="dxa"),
        element("w:tblLayout", type="fixed"),
        margins,
        element("w:tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
    ]
    if caption:
        parts.append(element("w:tblCaption", val=caption))
    properties.extend(parts)
    for column, size in zip(word_table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Emu(size)
    return word_table


def add_row(table: WordTable, widths: list[int], properties: list[BaseOxmlElement]) -> list[_Cell]:
    """Add a row with these properties to a table and return its cells; `widths` are in English Metric Units.

    python-docx's own `row.cells` walks the whole table for each row.
    """
    row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().extend(properties)
    cells = [_Cell(cell, table) for cell in row._tr.tc_lst]
    for cell, size in zip(cells, widths, strict=True):
        cell.width = Emu(size)
    return cells


def _fill_cell(cell: _Cell, runs: Runs, head: bool, align_right: bool) -> None:
    """Write the words of a table cell; `head` says whether it is in the head's row."""
    paragraph = cell.paragraphs[0]
    _single_space(paragraph, with_next=head)
    add_runs(paragraph, runs, bold=head)
    for run in paragraph.runs:
        run.font.size = Pt(10)
        if head:
            run.font.color.rgb = RGBColor.from_string(ACCENT)
    if align_right and runs_text(runs):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _single_space(paragraph: Para, with_next: bool) -> None:
    """Leave no space below a paragraph, single-spaced; it must not have properties yet."""
    single = element("w:spacing", after=0, line=240, lineRule="auto")
    paragraph._p.insert(0, element("w:pPr", *_keep_properties(with_next), single))


def _draw_border(cell: _Cell, bottom: tuple[int, str]) -> None:
    """Draw the lower border of a cell; `bottom` is (thickness in eighths of a point, colour)."""
    size, color = bottom
    line = element("w:bottom", val="single", sz=size, space=0, color=color)
    cell._tc.get_or_add_tcPr().append(element("w:tcBorders", line))
