"""Give a Word document the look of the organisation that uses the program (« the house »).

That is styles, theme, paper, letterhead, colour and font, of the reference file and the logo that the settings name.
"""

from __future__ import annotations

import io

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _BaseHeaderFooter
from docx.shared import Emu, Twips

from tui.export.house_files import lost_picture_words, read_house_logo, read_house_reference
from tui.export.house_style import HouseStyle
from tui.export.picture_file import Picture
from tui.export.reference_file import Banner, Reference
from tui.export.word_parts import ACCENT, WASH, element
from tui.fast_dataclass import dataclass

_TINT_STRENGTH = 0.08  # of the accent colour, behind the heads of tables


@dataclass(frozen=True, slots=True)
class WordLook:
    """The look of one Word document; `reference` is what was read of the file that the settings name as the model."""

    reference: Reference | None = None
    logo: Picture | None = None
    font: str = ""  # the family that the settings name; "" leaves it to the reference, or to us
    warnings: tuple[str, ...] = ()  # sentences on what is left out

    @classmethod
    def of(cls, style: HouseStyle) -> WordLook:
        """Return the look that `style` names, its files read. Raises CannotExport if a file cannot be used."""
        reference = read_house_reference(style)
        return cls(reference, read_house_logo(style, reference), style.font, lost_picture_words(style, reference))

    def banner(self, kind: str) -> Banner | None:
        """Return the header or footer of the reference: "first_header", "header", "first_footer" or "footer"."""
        reference_banner: Banner | None = getattr(self.reference, kind) if self.reference is not None else None
        return reference_banner

    @property
    def has_letterhead(self) -> bool:
        """Whether the reference has a picture in its first header, so that the logo is not set there as well."""
        banner = self.banner("first_header")
        return banner is not None and banner.picture is not None


def take_styles(document: Document, reference: Reference) -> None:
    """Replace the styles and the theme of an empty document by those of a reference file.

    The styles get an element for the language where they have none: `word_page` sets its value.
    """
    part = document.part._styles_part
    part._element = parse_xml(reference.styles)
    defaults = part._element.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = element("w:docDefaults")
        part._element.insert(0, defaults)
    if next(defaults.iter(qn("w:lang")), None) is None:
        _run_defaults(defaults).append(element("w:lang"))
    for relation in document.part.rels.values():
        if reference.theme and relation.reltype.endswith("/theme"):
            relation.target_part._blob = reference.theme


def _run_defaults(defaults: BaseOxmlElement) -> BaseOxmlElement:
    """Return the element of the default properties of runs (w:rPr), added if it is missing."""
    place = defaults
    for name in ("w:rPrDefault", "w:rPr"):
        inner = place.find(qn(name))
        if inner is None:
            inner = element(name)
            place.insert(0, inner)
        place = inner
    return place


def fit_style(document: Document, name: str) -> bool:
    """Make sure that the document, which has the styles of a reference, has the style `name`; return whether it had it.

    A style of headings or of the title that it had is changed to stay on the page of the text below. A style that it
    had not is added without properties.
    """
    if name not in document.styles:
        new_style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        if name == "Normal":  # the style of every paragraph that names none
            new_style.element.set(qn("w:default"), "1")
        return False
    style = document.styles[name]
    if name == "Title" or name.startswith("Heading "):
        style.paragraph_format.keep_with_next = style.paragraph_format.keep_together = True
    return True


def set_paper(section: Section, reference: Reference) -> bool:
    """Give a section the paper and margins of the reference; return False if the reference names none."""
    paper = reference.page_setup
    if paper is None:
        return False
    section.page_width, section.page_height = Twips(paper.width), Twips(paper.height)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.width > paper.height else WD_ORIENT.PORTRAIT  # printers read it
    section.top_margin, section.right_margin = Twips(paper.top), Twips(paper.right)
    section.bottom_margin, section.left_margin = Twips(paper.bottom), Twips(paper.left)
    section.header_distance, section.footer_distance = Twips(paper.header), Twips(paper.footer)
    return True


def set_banner(place: _BaseHeaderFooter, banner: Banner | None) -> None:
    """Insert a header or footer of the reference above our own line in `place`, a header or footer of our document.

    The pictures of `banner` are added to the file.
    """
    if banner is None:
        return
    copied = parse_xml(banner.xml)
    for blip in copied.iter(qn("a:blip")):  # a « blip » is Word's reference to a picture
        data = banner.pictures[str(blip.get(qn("r:embed")))]
        blip.set(qn("r:embed"), place.part.get_or_add_image(io.BytesIO(data))[0])
    own_line = place._element[0]
    for child in list(copied):
        own_line.addprevious(child)


def set_logo(place: _BaseHeaderFooter, logo: Picture | None) -> None:
    """Insert the logo as a line of its own above our line in `place`."""
    if logo is None:
        return
    paragraph = place.paragraphs[0].insert_paragraph_before()
    shape = paragraph.add_run().add_picture(io.BytesIO(logo.data), Emu(logo.width), Emu(logo.height))
    shape._inline.docPr.set("descr", "Logo")


def recolour(document: Document, look: WordLook) -> None:
    """Replace our accent colour, its tint and our font by those of the organisation that uses the program.

    They were set directly, not by a style, on rules, heads of tables and bullets.
    """
    accent = look.reference.accent if look.reference is not None else ""
    colours = {ACCENT: accent, WASH: tint(accent)} if accent else {}
    font = look.font or (look.reference.font if look.reference is not None else "")
    for root in (document.element.body, document.part.numbering_part.element):
        for node in root.iter():
            for name, value in node.attrib.items():
                if value in colours:
                    node.set(name, colours[value])
                elif font and value == "Calibri":  # our font
                    node.set(name, font)


def tint(colour: str) -> str:
    """Return a colour, six hexadecimal digits, at `_TINT_STRENGTH` on white."""
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{255 - round((255 - part) * _TINT_STRENGTH):02X}" for part in parts)
