"""Read the look of an organisation's own Word file (the reference): styles, theme, paper, and letterhead.

The letterhead is the headers and footers (*banners*) of its first section; no other text is taken. Only elements that
a list allows are copied. Nothing in the file is followed or run: no macro, template, link, embedded object or field.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import XMLSyntaxError, tostring

from tui.export.letterhead_cleaning import clean_banner
from tui.export.picture_file import Picture, read_picture
from tui.fast_dataclass import dataclass
from tui.i18n import _

_MAX_PART_BYTES = 8 * 1024 * 1024  # bytes, unpacked
_MIN_TEXT_ROOM = 4320  # twentieths of a point, three inches: the least width and height between the margins
_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")  # begins an old .doc, or a file behind a password ([MS-CFB] § 2.2)
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_VML_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"  # of Word 2003 (ECMA-376 part 4, § 19.1.2.11)
_FIRST_HEADING = "heading 1"
_TEXT_COLOUR = "1D2430"  # nearly black: the colour of our own text
_LIGHT_FROM = 190  # a brighter colour, of 255, is hard to read on white


class BrokenReference(ValueError):
    """The file is not a Word file that can be read; the message says why, without a full stop."""


@dataclass(frozen=True, slots=True)
class Banner:
    """A header or footer of the reference file, cleaned."""

    xml: bytes
    pictures: dict[str, bytes]  # by relationship id (« rId1 ») the bytes of each picture in `xml`
    lines: tuple[str, ...]  # its paragraphs as plain text, without empty ones
    picture: Picture | None = None  # the first picture, with the size it has in the header or footer
    align: str = "left"  # "left", "center" or "right": of the paragraph that holds the picture


@dataclass(frozen=True, slots=True)
class PageSetup:
    """Paper and margins, in twentieths of a point."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int


@dataclass(frozen=True, slots=True)
class Reference:
    """The look of a reference file."""

    styles: bytes  # cleaned XML of its styles part
    theme: bytes  # cleaned XML of its theme part; b"" without a theme
    page_setup: PageSetup | None  # None if the file lacks it, or if it leaves no room for a text
    first_header: Banner | None
    header: Banner | None
    first_footer: Banner | None
    footer: Banner | None
    font: str  # family of the text; "" if the file names none
    accent: str  # colour of the headings, six hexadecimal digits; "" if the file has no style for them
    size: float  # of the text, in points, from 8 to 16; 0 if the file gives none
    title_align: str  # "left", "center" or "right"
    lost_picture: bool  # whether a picture of the letterhead had to be left out (EMF, WMF, linked …)


def read_reference(data: bytes) -> Reference:
    """Return the look of a .docx or .dotx file. Raises BrokenReference when `data` is something else, or damaged."""
    if data.startswith(_OLE_MAGIC):
        raise BrokenReference(_("it is an old .doc file, or has a password; save it from Word as .docx without one"))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _Package(archive).reference()
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, XMLSyntaxError,
            ValueError) as error:  # fmt: skip
        if isinstance(error, BrokenReference):
            raise
        raise BrokenReference(_("it is no whole Word file; save it again from Word as .docx")) from error


class _Package:
    """Reads the parts of an opened Word file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._lost_picture = False  # whether a picture had to be left out
        self._main = self._targets("")["officeDocument"][0][1]  # name of the main part: « word/document.xml »

    def reference(self) -> Reference:
        """Return the look of the whole file. Raises BrokenReference if it has no styles."""
        document = self._xml(self._main)
        related = self._targets(self._main)
        if "styles" not in related:
            raise BrokenReference(_("it has no styles; save it again from Word as .docx"))
        styles = _clean_styles(self._xml(related["styles"][0][1]))
        theme = self._xml(related["theme"][0][1]) if "theme" in related else None
        section = next(document.iter(qn("w:sectPr")), None)
        part_names = dict(related.get("header", []) + related.get("footer", []))
        banners = self._banners(section, part_names)
        has_own_first_page = section is not None and section.find(qn("w:titlePg")) is not None
        first_page = "first" if has_own_first_page else "default"
        return Reference(
            styles=tostring(styles),
            theme=b"" if theme is None else tostring(_clean_theme(theme)),
            page_setup=_page_setup(section),
            first_header=banners.get(("header", first_page)),
            header=banners.get(("header", "default")),
            first_footer=banners.get(("footer", first_page)),
            footer=banners.get(("footer", "default")),
            font=_font(styles, theme),
            accent=_accent(styles, theme),
            size=_size(styles),
            title_align=_align(_properties(styles, "title", "w:jc")),
            lost_picture=self._lost_picture,
        )

    def _read(self, name: str) -> bytes:
        """Return a part. Raises BrokenReference if it is too large, KeyError if it is missing."""
        if self._archive.getinfo(name).file_size > _MAX_PART_BYTES:
            raise BrokenReference(_("one of its parts is too large"))
        return self._archive.read(name)

    def _xml(self, name: str) -> BaseOxmlElement:
        """Return a part as XML."""
        return parse_xml(self._read(name))

    def _targets(self, part: str) -> dict[str, list[tuple[str, str]]]:
        """Return the parts that `part` refers to, as lists of (relationship id, name of the part) by kind.

        `part` "" is the whole file. A kind is the last word of the relationship's type: « styles », « header »,
        « image ». Links to outside the file are left out.
        """
        folder, name = posixpath.split(part)
        try:
            relations = self._xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        except KeyError:
            return {}
        references: dict[str, list[tuple[str, str]]] = {}
        for relation in relations.iter(_RELATIONS):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target"))))
                kind = str(relation.get("Type")).rpartition("/")[2]
                references.setdefault(kind, []).append((str(relation.get("Id")), target.lstrip("/")))
        return references

    def _banners(self, section: BaseOxmlElement | None, names: dict[str, str]) -> dict[tuple[str, str], Banner]:
        """Return the headers and footers of a section, by kind (header, footer) and page (first, default, even).

        `names` are the names of the parts by relationship id.
        """
        banners: dict[tuple[str, str], Banner] = {}
        if section is None:
            return banners
        for kind in ("header", "footer"):
            for reference in section.findall(qn(f"w:{kind}Reference")):
                part = names.get(str(reference.get(qn("r:id"))))
                banner = self._banner(part) if part else None
                if banner is not None:
                    banners[kind, str(reference.get(qn("w:type"), "default"))] = banner
        return banners

    def _banner(self, part: str) -> Banner | None:
        """Return a header or footer, cleaned; None if nothing is left of it."""
        pictures = {}
        for picture_id, name in self._targets(part).get("image", []):
            picture_file = read_picture(self._read(name), 1)  # a height of 1: the size is read from the page below
            if picture_file is not None:
                pictures[picture_id] = picture_file
        original = self._xml(part)
        clean = clean_banner(original, frozenset(pictures))
        used_ids = {str(blip.get(qn("r:embed"))) for blip in clean.iter(qn("a:blip"))}
        self._lost_picture |= not _picture_ids(original) <= used_ids
        lines = tuple(filter(None, (" ".join(_text(paragraph).split()) for paragraph in clean.iter(qn("w:p")))))
        if not lines and not used_ids:
            return None
        used = {picture_id: picture for picture_id, picture in pictures.items() if picture_id in used_ids}
        picture, align = _first_picture(clean, used)
        data = {picture_id: picture.data for picture_id, picture in used.items()}
        return Banner(tostring(clean), data, lines, picture, align)


def _picture_ids(banner: BaseOxmlElement) -> set[str]:
    """Return the relationship ids of the pictures that a header or footer shows, in the file or linked."""
    blip_ids = {str(blip.get(qn("r:embed")) or blip.get(qn("r:link")) or "") for blip in banner.iter(qn("a:blip"))}
    vml_ids = {str(shape.get(qn("r:id")) or "") for shape in banner.iter(_VML_PICTURE)}
    return (blip_ids | vml_ids) - {""}


def _text(paragraph: BaseOxmlElement) -> str:
    """Return the words of a paragraph; tabs that define a tab stop, outside of any run, are left out."""
    tabs = {qn("w:tab"): "\t", qn("w:br"): " "}
    runs = (text for text in paragraph.iter(qn("w:t"), *tabs) if text.getparent().tag == qn("w:r"))
    return "".join(tabs.get(run.tag, run.text or "") for run in runs)


def _first_picture(clean: BaseOxmlElement, pictures: dict[str, Picture]) -> tuple[Picture | None, str]:
    """Return the first picture with the size it has in the header or footer, and the alignment of its paragraph.

    `pictures` are by relationship id. The picture is None if there is none.
    """
    for paragraph in clean.iter(qn("w:p")):
        for drawing in paragraph.iter(qn("w:drawing")):
            blip, extent = next(drawing.iter(qn("a:blip")), None), next(drawing.iter(qn("wp:extent")), None)
            if blip is None or extent is None:
                continue
            picture = pictures[str(blip.get(qn("r:embed")))]
            width, height = int(str(extent.get("cx"))), int(str(extent.get("cy")))
            align = _align(paragraph.iter(qn("w:jc")))
            if width > 0 and height > 0:
                return Picture(picture.data, picture.kind, width, height), align
    return None, "left"


# Word names its built-in styles in English in every language; other programs write other capitals, or French names.
# The keys are casefolded names, the values Word's own: « titre 1 » is "heading 1".
_WORD_NAMES = {
    **{f"{name} {level}": f"heading {level}" for name in ("heading", "titre") for level in range(1, 10)},
    **{name.casefold(): name for name in ("Normal", "Title", "Subtitle", "List Paragraph", "header", "footer")},
    "titre": "Title",
    "titre principal": "Title",
    "sous-titre": "Subtitle",
    "paragraphe de liste": "List Paragraph",
    "en-tête": "header",
    "pied de page": "footer",
}


def _clean_styles(styles: BaseOxmlElement) -> BaseOxmlElement:
    """Rename the styles in place to Word's own names, take out their numbering, and return them.

    The numbering would refer to lists of the reference file, which are not copied.
    """
    names = {_name(style) for style in styles.iter(qn("w:style"))}
    for name_element in styles.iter(qn("w:name")):
        name = str(name_element.get(qn("w:val"))).casefold()
        word_name = _WORD_NAMES.get(name, "")
        # « titre 1 » is not renamed if the file has a "heading 1" as well.
        if word_name and (word_name.casefold() == name or word_name.casefold() not in names):
            name_element.set(qn("w:val"), word_name)
    for numbered in list(styles.iter(qn("w:numPr"))):
        numbered.getparent().remove(numbered)
    for style in list(styles):
        is_style = style.tag in (qn("w:docDefaults"), qn("w:latentStyles"), qn("w:style"))
        if not is_style or style.get(qn("w:type")) == "numbering":
            styles.remove(style)
    return styles


def _clean_theme(theme: BaseOxmlElement) -> BaseOxmlElement:
    """Replace in place the pictures of a theme by plain colours, since their files are not copied; return it."""
    for filled in list(theme.iter(qn("a:blipFill"))):
        plain = parse_xml(f'<a:solidFill xmlns:a="{nsmap["a"]}"><a:schemeClr val="phClr"/></a:solidFill>')
        filled.getparent().replace(filled, plain)
    return theme


def _page_setup(section: BaseOxmlElement | None) -> PageSetup | None:
    """Return the paper and margins of a section; None if it lacks them, or if they leave no room for a text."""
    size = section.find(qn("w:pgSz")) if section is not None else None
    margins = section.find(qn("w:pgMar")) if section is not None else None
    if size is None or margins is None:
        return None
    names = ("top", "right", "bottom", "left", "header", "footer")
    width, height = (int(size.get(qn(f"w:{name}"), 0)) for name in ("w", "h"))
    top, right, bottom, left, header, footer = (abs(int(margins.get(qn(f"w:{name}"), 720))) for name in names)
    if width - left - right < _MIN_TEXT_ROOM or height - top - bottom < _MIN_TEXT_ROOM:
        return None
    return PageSetup(width, height, top, right, bottom, left, header, footer)


def _name(style: BaseOxmlElement) -> str:
    """Return the casefolded name of a style, "" if it has none."""
    name_element = style.find(qn("w:name"))
    return str(name_element.get(qn("w:val"))).casefold() if name_element is not None else ""


def _style_chain(styles: BaseOxmlElement, name: str) -> Iterator[BaseOxmlElement]:
    """Yield the style of that casefolded name, then the styles it is based on, each once."""
    by_id = {str(style.get(qn("w:styleId"))): style for style in styles.iter(qn("w:style"))}
    styles_of_name = (item for item in by_id.values() if _name(item) == name)
    style = next(styles_of_name, None)
    while style is not None:
        yield style
        based = style.find(qn("w:basedOn"))
        by_id.pop(str(style.get(qn("w:styleId"))), None)
        style = by_id.get(str(based.get(qn("w:val")))) if based is not None else None


def _font(styles: BaseOxmlElement, theme: BaseOxmlElement | None) -> str:
    """Return the font family of the style Normal, else of the file's defaults; "" if neither names one.

    A font named by its role in the theme (« minorHAnsi ») is looked up there.
    """
    for place in (*_style_chain(styles, "normal"), *styles.iter(qn("w:docDefaults"))):
        for fonts in place.iter(qn("w:rFonts")):
            if font_name := fonts.get(qn("w:ascii")):
                return str(font_name)
            if (themed := fonts.get(qn("w:asciiTheme"))) and theme is not None:
                kind = "a:minorFont" if str(themed).startswith("minor") else "a:majorFont"
                latin = next((font.find(qn("a:latin")) for font in theme.iter(qn(kind))), None)
                if latin is not None and latin.get("typeface"):
                    return str(latin.get("typeface"))
    return ""


def _properties(styles: BaseOxmlElement, name: str, tag: str) -> Iterator[BaseOxmlElement]:
    """Yield the elements `tag` (« w:sz ») of a style, of the styles it is based on, then of the file's defaults."""
    for place in (*_style_chain(styles, name), *styles.iter(qn("w:docDefaults"))):
        yield from place.iter(qn(tag))


def _align(alignments: Iterator[BaseOxmlElement]) -> str:
    """Return "center" or "right" if the first of these w:jc elements has that value, else "left"."""
    value = next((str(jc.get(qn("w:val"))) for jc in alignments), "")
    return {"center": "center", "right": "right", "end": "right"}.get(value, "left")


def _size(styles: BaseOxmlElement) -> float:
    """Return the size of the text in points, at least 8 and at most 16; 0 if the file gives none."""
    half_points = next((str(size.get(qn("w:val"))) for size in _properties(styles, "normal", "w:sz")), "")
    return min(max(int(half_points) / 2, 8), 16) if half_points.isdecimal() else 0


# Names of colours in styles, by the names that the theme gives them.
_THEME_COLOURS = {"text1": "dk1", "text2": "dk2", "background1": "lt1", "background2": "lt2", "dark1": "dk1"}


def _accent(styles: BaseOxmlElement, theme: BaseOxmlElement | None) -> str:
    """Return the colour of the first level of headings; "" if the file has no such style.

    If their letters are light, return the colour of their background; if that is light too, or if the letters are
    black, the colour of our own text.
    """
    if next(_style_chain(styles, _FIRST_HEADING), None) is None:
        return ""
    letters = _properties(styles, _FIRST_HEADING, "w:color")
    colour = next((_colour(color, "val", "themeColor", theme) for color in letters), "")
    if _is_light(colour):
        backgrounds = _properties(styles, _FIRST_HEADING, "w:shd")
        colour = next((_colour(shade, "fill", "themeFill", theme) for shade in backgrounds), "")
        colour = "" if _is_light(colour) else colour
    return colour if colour not in ("", "000000") else _TEXT_COLOUR


def _colour(place: BaseOxmlElement, plain: str, themed: str, theme: BaseOxmlElement | None) -> str:
    """Return the colour in the attribute `plain` of an element, else the theme's colour that `themed` names; or ""."""
    value = str(place.get(qn(f"w:{plain}"), ""))
    if re.fullmatch(r"[0-9A-Fa-f]{6}", value):
        return value.upper()
    theme_colour = str(place.get(qn(f"w:{themed}"), ""))
    if theme_colour and theme is not None:
        for colour in theme.iter(qn(f"a:{_THEME_COLOURS.get(theme_colour, theme_colour)}")):
            inner = colour.find(qn("a:srgbClr"))
            if inner is not None:
                return str(inner.get("val")).upper()
    return ""


def _is_light(colour: str) -> bool:
    """Return whether a colour, six hexadecimal digits, is too light for words on white paper."""
    if not colour:
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    brightness = 0.3 * red + 0.59 * green + 0.11 * blue  # as the eye sees it, from 0 (black) to 255 (white)
    return brightness > _LIGHT_FROM
