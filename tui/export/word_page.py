"""The page of the Word file: paper, styles, language, header, footer and properties."""

from __future__ import annotations

from typing import NamedTuple

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.section import Section as Sheet
from docx.section import _Footer, _Header
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Para

from tui.agreement.blocks import Agreement
from tui.export.house_word import WordLook, fit_style, set_banner, set_logo, set_paper, take_styles
from tui.export.page_layout import is_us_letter, language_tag, last_change_day, running_title
from tui.export.word_parts import ACCENT, ALARM, SOFT, add_field, element, mark_language

FONT = "Calibri"  # its metric twin Carlito stands in where Word is not (LibreOffice does so by itself)
_INK = "1D2430"


class _Look(NamedTuple):
    """How one style looks: sizes and spaces in points, colour as hexadecimal."""

    size: float
    color: str
    bold: bool
    before: float
    after: float
    line: float
    with_next: bool = False
    italic: bool = False


_STYLES = {
    "Normal": _Look(11, _INK, False, 0, 6, 1.1),
    "Title": _Look(28, ACCENT, True, 2, 12, 1.05, True),
    "Subtitle": _Look(11, SOFT, True, 0, 0, 1.0, True),
    "Heading 1": _Look(15, ACCENT, True, 18, 5, 1.05, True),
    "Heading 2": _Look(12, _INK, True, 11, 2, 1.05, True),
    "Heading 3": _Look(11, SOFT, True, 10, 2, 1.05, True),
    "List Paragraph": _Look(11, _INK, False, 0, 2, 1.1),
    "Header": _Look(9, SOFT, False, 0, 0, 1.0),
    "Footer": _Look(9, SOFT, False, 0, 0, 1.0),
}


def prepare_document(document: Document, agreement: Agreement, look: WordLook) -> None:
    """Give an empty document its paper, styles, language, header, footer and properties, those of the house first."""
    reference = look.reference
    if reference is not None:
        take_styles(document, reference)
    font = look.font or (reference.font if reference is not None else "") or FONT
    # Calibri and Word's lines take a little more room than the PDF's.
    scale = 0.93 * agreement.text_size / _STYLES["Normal"].size if agreement.text_size else 1.0
    for name, shape in _STYLES.items():
        if reference is None or not fit_style(document, name):
            _restyle(document, name, shape if scale == 1.0 else _scaled(name, shape, scale), font)
        elif agreement.text_size:
            document.styles[name].font.size = Pt(_scaled(name, shape, scale).size)
    _language(document, language_tag(agreement))
    sheet = document.sections[0]
    if reference is None or not set_paper(sheet, reference):
        _paper(sheet, agreement)
    _header_and_footer(sheet, agreement, look)
    _properties(document, agreement)


def _paper(sheet: Sheet, agreement: Agreement) -> None:
    """Our own paper and margins."""
    sheet.page_width, sheet.page_height = (Mm(215.9), Mm(279.4)) if is_us_letter(agreement) else (Mm(210), Mm(297))
    sheet.left_margin = sheet.right_margin = Cm(2.4)
    sheet.top_margin, sheet.bottom_margin = Cm(2.4), Cm(2.2)
    if agreement.text_size:  # one page, read at a table
        sheet.left_margin = sheet.right_margin = sheet.top_margin = sheet.bottom_margin = Cm(1.9)
    sheet.header_distance = sheet.footer_distance = Cm(1.2)


_LARGEST_STATEMENT = 1.6  # how much larger than usual the text of a statement is set at most


def _scaled(name: str, look: _Look, scale: float) -> _Look:
    """Return the look of a style for a text to be read at a table; what stands around the text keeps its size."""
    if name in ("Header", "Footer", "Subtitle"):
        return look
    if scale > _LARGEST_STATEMENT:  # large print keeps the air between its lines
        return look._replace(size=round(min(look.size * scale, 34), 1))
    size = 22 if name == "Title" else round(look.size * scale, 1)
    return look._replace(size=size, before=round(look.before * 0.5, 1), after=round(look.after * 0.5, 1), line=1.0)


def begin_next_text(document: Document, agreement: Agreement, look: WordLook) -> None:
    """Begin the text in another language: on a new page, with its own title, mark and page numbers around it."""
    sheet = document.add_section(WD_SECTION.NEW_PAGE)
    for item in (sheet.first_page_header, sheet.header, sheet.first_page_footer, sheet.footer):
        item.is_linked_to_previous = False
    _header_and_footer(sheet, agreement, look)
    for item in (sheet.first_page_header, sheet.header, sheet.first_page_footer, sheet.footer):
        mark_language((item._element,), language_tag(agreement))


def text_width(document: Document) -> int:
    """Return the width between the margins, in English Metric Units (914,400 an inch)."""
    sheet = document.sections[0]
    return int((sheet.page_width or 0) - (sheet.left_margin or 0) - (sheet.right_margin or 0))


def _restyle(document: Document, name: str, look: _Look, face: str) -> None:
    style = document.styles[name]
    for old in ("w:rPr", "w:pPr"):  # the template's themed fonts, borders and numbering go
        for node in style.element.findall(qn(old)):
            style.element.remove(node)
    font, paragraph = style.font, style.paragraph_format
    font.name, font.size, font.bold = face, Pt(look.size), look.bold
    fonts = style.element.rPr.rFonts
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)
    font.color.rgb = RGBColor.from_string(look.color)
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.line_spacing = look.line
    paragraph.keep_with_next = paragraph.keep_together = look.with_next or None
    paragraph.widow_control = True
    if name.startswith("Heading "):
        style.element.pPr.append(element("w:outlineLvl", val=int(name[-1]) - 1))


def _language(document: Document, lang: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for node in defaults.iter(qn("w:lang")):
        node.set(qn("w:val"), lang)
        node.set(qn("w:eastAsia"), lang)
    settings = document.settings.element
    for node in settings.iter(qn("w:themeFontLang")):
        node.set(qn("w:val"), lang)
    for node in settings.iter(qn("w:compatSetting")):
        if node.get(qn("w:name")) == "compatibilityMode":
            node.set(qn("w:val"), "15")  # Word 2013 and later; 14 would show « mode de compatibilité »


def _header_and_footer(sheet: Sheet, agreement: Agreement, look: WordLook) -> None:
    """The letterhead of the house, then our own line.

    That holds the title from page 2 on, and on every page the mark of a draft and the page number.
    """
    sheet.different_first_page_header_footer = True
    mark = agreement.mark.upper() if agreement.draft else ""
    right_edge = (sheet.page_width or 0) - (sheet.left_margin or 0) - (sheet.right_margin or 0)
    _header(sheet.first_page_header, "", mark, right_edge)
    _header(sheet.header, running_title(agreement), mark, right_edge)
    _footer(sheet.first_page_footer, agreement.page_label)
    _footer(sheet.footer, agreement.page_label)
    set_banner(sheet.first_page_header, look.banner("first_header"))
    set_banner(sheet.header, look.banner("header"))
    set_banner(sheet.first_page_footer, look.banner("first_footer"))
    set_banner(sheet.footer, look.banner("footer"))
    if not look.has_letterhead:
        set_logo(sheet.first_page_header, look.logo)
    for header in (sheet.first_page_header, sheet.header):
        if len(header.paragraphs) > 1 or header.tables:  # a letterhead may reach down to the text
            header.paragraphs[-1].paragraph_format.space_after = Pt(12)


def _header(header: _Header, title: str, mark: str, right_edge: int) -> None:
    paragraph = header.paragraphs[0]
    _clear_tabs(paragraph)
    paragraph.paragraph_format.tab_stops.add_tab_stop(right_edge, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(title)
    if mark:
        paragraph.add_run("\t")
        run = paragraph.add_run(mark)
        run.font.bold = True
        run.font.color.rgb = RGBColor.from_string(ALARM)
        run._r.get_or_add_rPr().append(element("w:spacing", val=30))


def _clear_tabs(paragraph: Para) -> None:
    """Take away the tab stops of a reference's style, so that the mark stands at the edge of the page."""
    stops = (
        [stop.position for stop in paragraph.style.paragraph_format.tab_stops] if paragraph.style is not None else []
    )
    for position in stops:
        paragraph.paragraph_format.tab_stops.add_tab_stop(position, WD_TAB_ALIGNMENT.CLEAR)


def _footer(footer: _Footer, label: tuple[str, str]) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(f"{label[0]} ")
    add_field(paragraph, "PAGE")
    paragraph.add_run(f" {label[1]} ")
    add_field(paragraph, "NUMPAGES")


def _properties(document: Document, agreement: Agreement) -> None:
    """Write what a reader may know; whoever typed, printed or saved it stays unnamed."""
    properties = document.core_properties
    for node in list(properties._element):
        properties._element.remove(node)
    properties.title = (agreement.title or agreement.kind)[:255]  # python-docx refuses longer ones
    properties.subject = agreement.kind[:255]
    properties.language = ", ".join(language_tag(part) for part in agreement.parts)
    properties.created = properties.modified = last_change_day(agreement)
