"""A Word document given the look of one's own house: styles, theme, paper, letterhead, colour and font."""

from __future__ import annotations

import io

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section as Sheet
from docx.section import _BaseHeaderFooter
from docx.shared import Emu, Twips

from tui.export.house_files import lost_picture_words, read_house_logo, read_house_reference
from tui.export.house_style import HouseStyle
from tui.export.picture_file import Picture
from tui.export.reference_file import Banner, Reference
from tui.export.word_parts import ACCENT, WASH, element
from tui.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class WordLook:
    """What a document takes of the house: reference and logo, either of them None; `warnings` say what stays out."""

    reference: Reference | None = None
    logo: Picture | None = None
    font: str = ""
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, style: HouseStyle) -> WordLook:
        """Read what the settings name. CannotExport says what is wrong with it."""
        reference = read_house_reference(style)
        return cls(reference, read_house_logo(style, reference), style.font, lost_picture_words(style, reference))

    def banner(self, kind: str) -> Banner | None:
        """Return the header or footer of the reference: "first_header", "header", "first_footer" or "footer"."""
        found: Banner | None = getattr(self.reference, kind) if self.reference is not None else None
        return found

    @property
    def has_letterhead(self) -> bool:
        """Whether the reference shows a picture on its first page, so that no logo is set there a second time."""
        banner = self.banner("first_header")
        return banner is not None and banner.picture is not None


def take_styles(document: Document, reference: Reference) -> None:
    """Give an empty document the styles and the theme of a reference file, with the languages of its own."""
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
    """Return the properties that all runs begin with, made where they are missing."""
    place = defaults
    for name in ("w:rPrDefault", "w:rPr"):
        inner = place.find(qn(name))
        if inner is None:
            inner = element(name)
            place.insert(0, inner)
        place = inner
    return place


def fit_style(document: Document, name: str) -> bool:
    """Make a style of the reference hold together as ours do; False where it has none of that name."""
    if name not in document.styles:
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        if name == "Normal":  # that of all paragraphs that name none
            made.element.set(qn("w:default"), "1")
        return False
    style = document.styles[name]
    if name == "Title" or name.startswith("Heading "):
        style.paragraph_format.keep_with_next = style.paragraph_format.keep_together = True
    return True


def set_paper(sheet: Sheet, reference: Reference) -> bool:
    """Give a section the paper and margins of the reference; False where it says none."""
    paper = reference.sheet
    if paper is None:
        return False
    sheet.page_width, sheet.page_height = Twips(paper.width), Twips(paper.height)
    sheet.orientation = WD_ORIENT.LANDSCAPE if paper.width > paper.height else WD_ORIENT.PORTRAIT  # printers ask it
    sheet.top_margin, sheet.right_margin = Twips(paper.top), Twips(paper.right)
    sheet.bottom_margin, sheet.left_margin = Twips(paper.bottom), Twips(paper.left)
    sheet.header_distance, sheet.footer_distance = Twips(paper.header), Twips(paper.footer)
    return True


def set_banner(place: _BaseHeaderFooter, banner: Banner | None) -> None:
    """Set a header or footer of the reference above our own line in `place`."""
    if banner is None:
        return
    made = parse_xml(banner.xml)
    for blip in made.iter(qn("a:blip")):
        data = banner.pictures[str(blip.get(qn("r:embed")))]
        blip.set(qn("r:embed"), place.part.get_or_add_image(io.BytesIO(data))[0])
    own = place._element[0]
    for child in list(made):
        own.addprevious(child)


def set_logo(place: _BaseHeaderFooter, logo: Picture | None) -> None:
    """Set the logo on a line of its own above our line in `place`."""
    if logo is None:
        return
    paragraph = place.paragraphs[0].insert_paragraph_before()
    shape = paragraph.add_run().add_picture(io.BytesIO(logo.data), Emu(logo.width), Emu(logo.height))
    shape._inline.docPr.set("descr", "Logo")


def recolour(document: Document, look: WordLook) -> None:
    """Put the colour and the font of the house where the writer set ours by hand: rules, heads of tables, bullets."""
    accent = look.reference.accent if look.reference is not None else ""
    colours = {ACCENT: accent, WASH: tint(accent)} if accent else {}
    font = look.font or (look.reference.font if look.reference is not None else "")
    for root in (document.element.body, document.part.numbering_part.element):
        for node in root.iter():
            for name, value in node.attrib.items():
                if value in colours:
                    node.set(name, colours[value])
                elif font and value == "Calibri":
                    node.set(name, font)


def tint(colour: str) -> str:
    """Return a colour, six hexadecimal digits, as it looks at a thirteenth of its strength on white."""
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{255 - round((255 - part) * 0.08):02X}" for part in parts)
