"""Set up the Word file around its text: paper, styles, language, headers, footers and properties.

A *look* is fonts, sizes, colours and spaces: ours, or that of an organisation's reference file and settings (WordLook).
"""

from __future__ import annotations

from typing import NamedTuple

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.section import Section, _Footer, _Header
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Para

from tui.agreement.blocks import Agreement
from tui.export.house_word import WordLook, fit_style, set_banner, set_logo, set_paper, take_styles
from tui.export.page_layout import is_us_letter, language_tag, last_change_day, running_title
from tui.export.word_parts import ACCENT, ALARM, SOFT, add_field, element, mark_language

FONT = "Calibri"  # LibreOffice shows Carlito instead, whose letters have the same widths
_INK = "1D2430"  # nearly black: the colour of the text
_WORD_SCALE = 0.93  # text sizes are measured with the PDF; Calibri and Word's lines take a little more room


class _StyleLook(NamedTuple):
    """How one style looks: sizes and spaces in points, the colour as six hexadecimal digits."""

    size: float
    color: str
    bold: bool
    before: float  # space above a paragraph
    after: float  # space below it
    line: float  # distance of its lines, in lines
    with_next: bool = False  # whether it stays on the page of the paragraph below


_STYLES = {
    "Normal": _StyleLook(11, _INK, False, 0, 6, 1.1),
    "Title": _StyleLook(28, ACCENT, True, 2, 12, 1.05, True),
    "Subtitle": _StyleLook(11, SOFT, True, 0, 0, 1.0, True),
    "Heading 1": _StyleLook(15, ACCENT, True, 18, 5, 1.05, True),
    "Heading 2": _StyleLook(12, _INK, True, 11, 2, 1.05, True),
    "Heading 3": _StyleLook(11, SOFT, True, 10, 2, 1.05, True),
    "List Paragraph": _StyleLook(11, _INK, False, 0, 2, 1.1),
    "Header": _StyleLook(9, SOFT, False, 0, 0, 1.0),
    "Footer": _StyleLook(9, SOFT, False, 0, 0, 1.0),
}


def prepare_document(document: Document, agreement: Agreement, look: WordLook) -> None:
    """Give an empty document its paper, styles, language, headers, footers and properties.

    The look of the organisation, `look`, comes first; our own look is used for the rest.
    """
    reference = look.reference
    if reference is not None:
        take_styles(document, reference)
    font = look.font or (reference.font if reference is not None else "") or FONT
    scale = _WORD_SCALE * agreement.text_size / _STYLES["Normal"].size if agreement.text_size else 1.0
    for name, shape in _STYLES.items():
        if reference is None or not fit_style(document, name):
            _restyle(document, name, shape if scale == 1.0 else _scaled(name, shape, scale), font)
        elif agreement.text_size:
            document.styles[name].font.size = Pt(_scaled(name, shape, scale).size)
    _language(document, language_tag(agreement))
    section = document.sections[0]
    if reference is None or not set_paper(section, reference):
        _paper(section, agreement)
    _header_and_footer(section, agreement, look)
    _properties(document, agreement)


def _paper(section: Section, agreement: Agreement) -> None:
    """Give a section our own paper and margins."""
    section.page_width, section.page_height = (Mm(215.9), Mm(279.4)) if is_us_letter(agreement) else (Mm(210), Mm(297))
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    if agreement.text_size:  # the text is meant to fit one page
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.9)
    section.header_distance = section.footer_distance = Cm(1.2)


# A text of one page is set at most so much larger than usual; what is larger still is large print.
_LARGEST_ONE_PAGE_SCALE = 1.6


def _scaled(name: str, look: _StyleLook, scale: float) -> _StyleLook:
    """Return the look of a style in a text that is set larger; header, footer and subtitle keep their size."""
    if name in ("Header", "Footer", "Subtitle"):
        return look
    if scale > _LARGEST_ONE_PAGE_SCALE:  # large print keeps the usual distance of its lines
        return look._replace(size=round(min(look.size * scale, 34), 1))
    size = 22 if name == "Title" else round(look.size * scale, 1)
    return look._replace(size=size, before=round(look.before * 0.5, 1), after=round(look.after * 0.5, 1), line=1.0)


def begin_next_text(document: Document, agreement: Agreement, look: WordLook) -> None:
    """Begin the next text of a document (the other language) on a new page, with headers and footers of its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    banners = (section.first_page_header, section.header, section.first_page_footer, section.footer)
    for banner in banners:
        banner.is_linked_to_previous = False
    _header_and_footer(section, agreement, look)
    for banner in banners:
        mark_language((banner._element,), language_tag(agreement))


def text_width(document: Document) -> int:
    """Return the width between the margins, in English Metric Units (914,400 an inch)."""
    section = document.sections[0]
    return int((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))


def _restyle(document: Document, name: str, look: _StyleLook, face: str) -> None:
    """Replace all properties of the style `name` by a look, with the font family `face`."""
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
    """Write the language of the text (« fr-CA ») into the styles and the settings."""
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


def _header_and_footer(section: Section, agreement: Agreement, look: WordLook) -> None:
    """Write the headers and footers of a section: the organisation's letterhead, then our own line.

    Our line in the header holds the mark of a draft, and from page 2 on the title; in the footer the page number.
    """
    section.different_first_page_header_footer = True
    mark = agreement.mark.upper() if agreement.draft else ""
    right_edge = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    _header(section.first_page_header, "", mark, right_edge)
    _header(section.header, running_title(agreement), mark, right_edge)
    _footer(section.first_page_footer, agreement.page_label)
    _footer(section.footer, agreement.page_label)
    set_banner(section.first_page_header, look.banner("first_header"))
    set_banner(section.header, look.banner("header"))
    set_banner(section.first_page_footer, look.banner("first_footer"))
    set_banner(section.footer, look.banner("footer"))
    if not look.has_letterhead:
        set_logo(section.first_page_header, look.logo)
    for header in (section.first_page_header, section.header):
        if len(header.paragraphs) > 1 or header.tables:  # a letterhead may reach down to the text
            header.paragraphs[-1].paragraph_format.space_after = Pt(12)


def _header(header: _Header, title: str, mark: str, right_edge: int) -> None:
    """Write the title at the left of a header and the mark at `right_edge`, in English Metric Units from the left."""
    paragraph = header.paragraphs[0]
    _clear_tabs(paragraph)
    paragraph.paragraph_format.tab_stops.add_tab_stop(right_edge, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(title)
    if mark:
        paragraph.add_run("\t")
        run = paragraph.add_run(mark)
        run.font.bold = True
        run.font.color.rgb = RGBColor.from_string(ALARM)
        run._r.get_or_add_rPr().append(element("w:spacing", val=30))  # between letters, twentieths of a point


def _clear_tabs(paragraph: Para) -> None:
    """Cancel the tab stops of a reference file's header style, so that the mark is at the right edge."""
    style = paragraph.style
    positions = [stop.position for stop in style.paragraph_format.tab_stops] if style is not None else []
    for position in positions:
        paragraph.paragraph_format.tab_stops.add_tab_stop(position, WD_TAB_ALIGNMENT.CLEAR)


def _footer(footer: _Footer, label: tuple[str, str]) -> None:
    """Write « Page 2 de 5 » in a footer; `label` is (« Page », « de »), Word counts the pages."""
    paragraph = footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(f"{label[0]} ")
    add_field(paragraph, "PAGE")
    paragraph.add_run(f" {label[1]} ")
    add_field(paragraph, "NUMPAGES")


def _properties(document: Document, agreement: Agreement) -> None:
    """Write title, subject, language and date of the file; the template's, and any name of a person, are removed."""
    properties = document.core_properties
    for node in list(properties._element):
        properties._element.remove(node)
    properties.title = (agreement.title or agreement.kind)[:255]  # python-docx refuses longer ones
    properties.subject = agreement.kind[:255]
    properties.language = ", ".join(language_tag(part) for part in agreement.parts)
    properties.created = properties.modified = last_change_day(agreement)
