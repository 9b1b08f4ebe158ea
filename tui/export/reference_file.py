"""A Word file of one's own, read for its look: styles, theme, paper, and the letterhead in its headers and footers.

All is taken by a list of what may be taken. Nothing of the file is followed or run: no macro, no template behind it, no
link, no embedded object, no field; of its text only what stands in the headers and footers of its first section.
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

_LARGEST_PART = 8 * 1024 * 1024  # bytes, unpacked
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # an old .doc, or a file behind a password ([MS-CFB] § 2.2)
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_VML_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"  # of Word 2003 (ECMA-376 part 4, § 19.1.2.11)
_HEADING, _BLACK = "heading 1", "1D2430"  # the black that our text is set in


class BrokenReference(ValueError):
    """The file is no Word file that can be read; the message says why, without a full stop."""


@dataclass(frozen=True, slots=True)
class Banner:
    """A header or footer of the reference: its cleaned XML, its pictures by the ids it names them with, its lines."""

    xml: bytes
    pictures: dict[str, bytes]
    lines: tuple[str, ...]
    picture: Picture | None = None  # the first, as large as it stands there
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
    """What is taken of a reference file."""

    styles: bytes
    theme: bytes  # b"" where it has none
    sheet: PageSetup | None
    first_header: Banner | None
    header: Banner | None
    first_footer: Banner | None
    footer: Banner | None
    font: str  # of the text; "" where the file does not say
    accent: str  # the colour of its headings, six hexadecimal digits; "" where it has no style for them
    size: float  # of the text, in points; 0 where the file does not say
    title_align: str  # "left", "center" or "right"
    lost_picture: bool  # whether a picture of the letterhead is none that can be taken (EMF, WMF, linked …)


def read_reference(data: bytes) -> Reference:
    """Return the look of a .docx or .dotx file. BrokenReference when it is none, or damaged."""
    if data.startswith(_OLE):
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
    """The parts of a Word file by their names, and what each refers to."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._lost_picture = False
        self._main = self._targets("")["officeDocument"][0][1]

    def reference(self) -> Reference:
        """Return what is taken."""
        document = self._xml(self._main)
        related = self._targets(self._main)
        if "styles" not in related:
            raise BrokenReference(_("it has no styles; save it again from Word as .docx"))
        styles = _clean_styles(self._xml(related["styles"][0][1]))
        theme = self._xml(related["theme"][0][1]) if "theme" in related else None
        section = next(document.iter(qn("w:sectPr")), None)
        names = dict(related.get("header", []) + related.get("footer", []))
        banners = self._banners(section, names)
        first = section is not None and section.find(qn("w:titlePg")) is not None
        return Reference(
            styles=tostring(styles),
            theme=b"" if theme is None else tostring(_clean_theme(theme)),
            sheet=_sheet(section),
            first_header=banners.get(("header", "first" if first else "default")),
            header=banners.get(("header", "default")),
            first_footer=banners.get(("footer", "first" if first else "default")),
            footer=banners.get(("footer", "default")),
            font=_font(styles, theme),
            accent=_accent(styles, theme),
            size=_size(styles),
            title_align=_align(_looks(styles, "title", "w:jc")),
            lost_picture=self._lost_picture,
        )

    def _read(self, name: str) -> bytes:
        if self._archive.getinfo(name).file_size > _LARGEST_PART:
            raise BrokenReference(_("one of its parts is too large"))
        return self._archive.read(name)

    def _xml(self, name: str) -> BaseOxmlElement:
        return parse_xml(self._read(name))

    def _targets(self, part: str) -> dict[str, list[tuple[str, str]]]:
        """What a part refers to inside the file: the last word of each kind → (id, name of the part) in a row."""
        folder, name = posixpath.split(part)
        try:
            relations = self._xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        except KeyError:
            return {}
        found: dict[str, list[tuple[str, str]]] = {}
        for relation in relations.iter(_RELATIONS):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, str(relation.get("Target"))))
                kind = str(relation.get("Type")).rpartition("/")[2]
                found.setdefault(kind, []).append((str(relation.get("Id")), target.lstrip("/")))
        return found

    def _banners(self, section: BaseOxmlElement | None, names: dict[str, str]) -> dict[tuple[str, str], Banner]:
        """Return the headers and footers of a section, by kind (header, footer) and page (first, default, even)."""
        found = {}
        for kind in ("header", "footer") if section is not None else ():
            assert section is not None
            for reference in section.findall(qn(f"w:{kind}Reference")):
                part = names.get(str(reference.get(qn("r:id"))))
                banner = self._banner(part) if part else None
                if banner is not None:
                    found[kind, str(reference.get(qn("w:type"), "default"))] = banner
        return found

    def _banner(self, part: str) -> Banner | None:
        """Return a header or footer, cleaned; None where nothing that may be taken stands in it."""
        pictures = {}
        for key, name in self._targets(part).get("image", []):
            found = read_picture(self._read(name), 1)
            if found is not None:
                pictures[key] = found
        whole = self._xml(part)
        shown = _pictures_in(whole)
        clean = clean_banner(whole, frozenset(pictures))
        used = {str(blip.get(qn("r:embed"))) for blip in clean.iter(qn("a:blip"))}
        self._lost_picture |= not shown <= used
        lines = tuple(filter(None, (" ".join(_text(paragraph).split()) for paragraph in clean.iter(qn("w:p")))))
        if not lines and not used:
            return None
        kept = {key: found for key, found in pictures.items() if key in used}
        picture, align = _first_picture(clean, kept)
        return Banner(tostring(clean), {key: found.data for key, found in kept.items()}, lines, picture, align)


def _pictures_in(banner: BaseOxmlElement) -> set[str]:
    """Return the ids by which a header or footer names the pictures it shows, in the file or linked."""
    blips = {str(blip.get(qn("r:embed")) or blip.get(qn("r:link")) or "") for blip in banner.iter(qn("a:blip"))}
    return (blips | {str(shape.get(qn("r:id")) or "") for shape in banner.iter(_VML_PICTURE)}) - {""}


def _text(paragraph: BaseOxmlElement) -> str:
    tabs = {qn("w:tab"): "\t", qn("w:br"): " "}
    runs = (text for text in paragraph.iter(qn("w:t"), *tabs) if text.getparent().tag == qn("w:r"))
    return "".join(tabs.get(run.tag, run.text or "") for run in runs)


def _first_picture(clean: BaseOxmlElement, pictures: dict[str, Picture]) -> tuple[Picture | None, str]:
    """Return the first picture, as large as it stands there, and where its paragraph sets it."""
    for paragraph in clean.iter(qn("w:p")):
        for drawing in paragraph.iter(qn("w:drawing")):
            blip, extent = next(drawing.iter(qn("a:blip")), None), next(drawing.iter(qn("wp:extent")), None)
            if blip is None or extent is None:
                continue
            found = pictures[str(blip.get(qn("r:embed")))]
            width, height = int(str(extent.get("cx"))), int(str(extent.get("cy")))
            align = _align(paragraph.iter(qn("w:jc")))
            if width > 0 and height > 0:
                return Picture(found.data, found.kind, width, height), align
    return None, "left"


# Word knows its styles by an English name in every language; other programs write it in capitals, or in French.
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
    """Return the styles by the names that Word knows, without numbering, which belongs to lists of the reference."""
    names = {_name(style) for style in styles.iter(qn("w:style"))}
    for named in styles.iter(qn("w:name")):
        name = str(named.get(qn("w:val"))).casefold()
        known = _WORD_NAMES.get(name, "")
        if known and (known.casefold() == name or known.casefold() not in names):
            named.set(qn("w:val"), known)
    for numbered in list(styles.iter(qn("w:numPr"))):
        numbered.getparent().remove(numbered)
    for style in list(styles):
        if (
            style.tag not in (qn("w:docDefaults"), qn("w:latentStyles"), qn("w:style"))
            or style.get(qn("w:type")) == "numbering"
        ):
            styles.remove(style)
    return styles


def _clean_theme(theme: BaseOxmlElement) -> BaseOxmlElement:
    """Return the theme with plain colours in the place of its pictures, whose files are not taken."""
    for filled in list(theme.iter(qn("a:blipFill"))):
        plain = parse_xml(f'<a:solidFill xmlns:a="{nsmap["a"]}"><a:schemeClr val="phClr"/></a:solidFill>')
        filled.getparent().replace(filled, plain)
    return theme


def _sheet(section: BaseOxmlElement | None) -> PageSetup | None:
    """Return the paper and margins of a section; None where they are not said, or leave no room for a text."""
    size = section.find(qn("w:pgSz")) if section is not None else None
    margins = section.find(qn("w:pgMar")) if section is not None else None
    if size is None or margins is None:
        return None
    names = ("top", "right", "bottom", "left", "header", "footer")
    width, height = (int(size.get(qn(f"w:{name}"), 0)) for name in ("w", "h"))
    sides = [abs(int(margins.get(qn(f"w:{name}"), 720))) for name in names]
    room = width - sides[1] - sides[3] >= 4320 and height - sides[0] - sides[2] >= 4320  # three inches each way
    return PageSetup(width, height, *sides) if room else None


def _name(style: BaseOxmlElement) -> str:
    named = style.find(qn("w:name"))
    return str(named.get(qn("w:val"))).casefold() if named is not None else ""


def _style(styles: BaseOxmlElement, name: str) -> Iterator[BaseOxmlElement]:
    """Yield the style of that name, then those it is based on, each once."""
    by_id = {str(style.get(qn("w:styleId"))): style for style in styles.iter(qn("w:style"))}
    named = (item for item in by_id.values() if _name(item) == name)
    style = next(named, None)
    while style is not None:
        yield style
        based = style.find(qn("w:basedOn"))
        by_id.pop(str(style.get(qn("w:styleId"))), None)
        style = by_id.get(str(based.get(qn("w:val")))) if based is not None else None


def _font(styles: BaseOxmlElement, theme: BaseOxmlElement | None) -> str:
    """Return the family of the text: of the style Normal, else of the file's defaults, themed names resolved."""
    places = [*_style(styles, "normal"), *styles.iter(qn("w:docDefaults"))]
    for place in places:
        for fonts in place.iter(qn("w:rFonts")):
            if found := fonts.get(qn("w:ascii")):
                return str(found)
            if (themed := fonts.get(qn("w:asciiTheme"))) and theme is not None:
                kind = "a:minorFont" if str(themed).startswith("minor") else "a:majorFont"
                latin = next((font.find(qn("a:latin")) for font in theme.iter(qn(kind))), None)
                if latin is not None and latin.get("typeface"):
                    return str(latin.get("typeface"))
    return ""


def _looks(styles: BaseOxmlElement, name: str, look: str) -> Iterator[BaseOxmlElement]:
    """Yield what a style says of a look (« w:sz »), itself before those it is based on, then the file's defaults."""
    for place in (*_style(styles, name), *styles.iter(qn("w:docDefaults"))):
        yield from place.iter(qn(look))


def _align(justified: Iterator[BaseOxmlElement]) -> str:
    """« center » or « right » where the first says so, else « left »."""
    said = next((str(jc.get(qn("w:val"))) for jc in justified), "")
    return {"center": "center", "right": "right", "end": "right"}.get(said, "left")


def _size(styles: BaseOxmlElement) -> float:
    """Return the points of the text, no smaller than 8 and no larger than 16; 0 where the file does not say."""
    said = next((str(size.get(qn("w:val"))) for size in _looks(styles, "normal", "w:sz")), "")
    return min(max(int(said) / 2, 8), 16) if said.isdecimal() else 0


_THEME_COLOURS = {"text1": "dk1", "text2": "dk2", "background1": "lt1", "background2": "lt2", "dark1": "dk1"}


def _accent(styles: BaseOxmlElement, theme: BaseOxmlElement | None) -> str:
    """The colour of the first heading, or what it stands on where that is light; "" where there is no such style."""
    if next(_style(styles, _HEADING), None) is None:
        return ""
    said = next((_colour(color, "val", "themeColor", theme) for color in _looks(styles, _HEADING, "w:color")), "")
    if _is_light(said):
        said = next((_colour(shade, "fill", "themeFill", theme) for shade in _looks(styles, _HEADING, "w:shd")), "")
        said = "" if _is_light(said) else said
    return said if said not in ("", "000000") else _BLACK


def _colour(place: BaseOxmlElement, plain: str, themed: str, theme: BaseOxmlElement | None) -> str:
    """Return the colour that an element names by itself, else by the theme; "" where it names none."""
    value = str(place.get(qn(f"w:{plain}"), ""))
    if re.fullmatch(r"[0-9A-Fa-f]{6}", value):
        return value.upper()
    named = str(place.get(qn(f"w:{themed}"), ""))
    if named and theme is not None:
        for colour in theme.iter(qn(f"a:{_THEME_COLOURS.get(named, named)}")):
            inner = colour.find(qn("a:srgbClr"))
            if inner is not None:
                return str(inner.get("val")).upper()
    return ""


def _is_light(colour: str) -> bool:
    """Return whether a colour, six hexadecimal digits, is too light for words on white paper."""
    if not colour:
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return 0.3 * red + 0.59 * green + 0.11 * blue > 190  # a grey of 255 is white
