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

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import XMLSyntaxError, tostring

from tui.export.letterhead_cleaning import cleaned
from tui.fast_dataclass import dataclass
from tui.i18n import _

_LARGEST_PART = 8 * 1024 * 1024  # bytes, unpacked
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # an old .doc, or a file behind a password ([MS-CFB] § 2.2)
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PICTURES = ("png", "jpeg")
_HEADING = "heading 1"
_PAGE_WORDS = re.compile(r"(?i)\W*(?:page|p\.)?\W*(?:sur|of|de|/)?\W*")


class BrokenReference(ValueError):
    """The file is no Word file that can be read; the message says why, without a full stop."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG picture and how large it stands on the page, in English Metric Units (914,400 an inch)."""

    data: bytes
    kind: str  # "png" or "jpeg"
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Banner:
    """A header or footer of the reference: its cleaned XML, its pictures by the ids it names them with, its lines."""

    xml: bytes
    pictures: dict[str, bytes]
    lines: tuple[str, ...]
    picture: Picture | None = None  # the first, as large as it stands there
    align: str = "left"  # "left", "center" or "right": of the paragraph that holds the picture


@dataclass(frozen=True, slots=True)
class Sheet:
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
    sheet: Sheet | None
    first_header: Banner | None
    header: Banner | None
    first_footer: Banner | None
    footer: Banner | None
    font: str  # of the text; "" where the file does not say
    accent: str  # the colour of its headings, six hexadecimal digits; "" where they have none


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


def picture_of(data: bytes, height: int) -> Picture | None:
    """Return a whole PNG or JPEG picture set `height` high (English Metric Units); None for anything else."""
    kind = _kind(data)
    try:
        found = Image.from_blob(data) if kind else None
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ValueError, KeyError):
        return None
    if found is None or not found.px_height or not found.px_width:
        return None
    return Picture(data, kind, round(height * found.px_width / found.px_height), height)


def _kind(data: bytes) -> str:
    """The kind of a picture by its first and its last bytes, so that half a file is none; "" for any other."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in data[-16:]:
        return "png"
    return "jpeg" if data.startswith(b"\xff\xd8") and b"\xff\xd9" in data[-64:] else ""


class _Package:
    """The parts of a Word file by their names, and what each refers to."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
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
        """The headers and footers of a section, by kind (header, footer) and page (first, default, even)."""
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
        """A header or footer, cleaned; None where nothing that may be taken stands in it."""
        pictures = {}
        for key, name in self._targets(part).get("image", []):
            data = self._read(name)
            if picture_of(data, 1) is not None:
                pictures[key] = data
        clean = cleaned(self._xml(part), frozenset(pictures))
        for paragraph in list(clean.iter(qn("w:p"))):
            if _text(paragraph) and _PAGE_WORDS.fullmatch(_text(paragraph)):
                paragraph.getparent().remove(paragraph)  # the page number's: ours says it
        used = {str(blip.get(qn("r:embed"))) for blip in clean.iter(qn("a:blip"))}
        lines = tuple(filter(None, (" ".join(_text(paragraph).split()) for paragraph in clean.iter(qn("w:p")))))
        if not lines and not used:
            return None
        kept = {key: data for key, data in pictures.items() if key in used}
        picture, align = _first_picture(clean, kept)
        return Banner(tostring(clean), kept, lines, picture, align)


def _text(paragraph: BaseOxmlElement) -> str:
    tabs = {qn("w:tab"): "\t", qn("w:br"): " "}
    runs = (text for text in paragraph.iter(qn("w:t"), *tabs) if text.getparent().tag == qn("w:r"))
    return "".join(tabs.get(run.tag, run.text or "") for run in runs)


def _first_picture(clean: BaseOxmlElement, pictures: dict[str, bytes]) -> tuple[Picture | None, str]:
    """The first picture, as large as it stands there, and where its paragraph sets it."""
    for paragraph in clean.iter(qn("w:p")):
        for drawing in paragraph.iter(qn("w:drawing")):
            blip, extent = next(drawing.iter(qn("a:blip")), None), next(drawing.iter(qn("wp:extent")), None)
            if blip is None or extent is None:
                continue
            data = pictures[str(blip.get(qn("r:embed")))]
            width, height = int(str(extent.get("cx"))), int(str(extent.get("cy")))
            justified = next((str(jc.get(qn("w:val"))) for jc in paragraph.iter(qn("w:jc"))), "left")
            align = {"center": "center", "right": "right", "end": "right"}.get(justified, "left")
            if width > 0 and height > 0:
                return Picture(data, _kind(data), width, height), align
    return None, "left"


# Names that programs other than Word give in French to the styles that Word knows by an English name in every language.
_FRENCH_NAMES = {
    **{f"titre {level}": f"heading {level}" for level in range(1, 10)},
    "titre": "Title",
    "titre principal": "Title",
    "sous-titre": "Subtitle",
    "paragraphe de liste": "List Paragraph",
    "en-tête": "header",
    "pied de page": "footer",
}


def _clean_styles(styles: BaseOxmlElement) -> BaseOxmlElement:
    """The styles by the names that Word knows, without numbering, which belongs to lists of the reference."""
    names = {_name(style) for style in styles.iter(qn("w:style"))}
    for named in styles.iter(qn("w:name")):
        known = _FRENCH_NAMES.get(str(named.get(qn("w:val"))).casefold(), "")
        if known and known.casefold() not in names:
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
    """The theme with plain colours in the place of its pictures, whose files are not taken."""
    for filled in list(theme.iter(qn("a:blipFill"))):
        plain = parse_xml(f'<a:solidFill xmlns:a="{nsmap["a"]}"><a:schemeClr val="phClr"/></a:solidFill>')
        filled.getparent().replace(filled, plain)
    return theme


def _sheet(section: BaseOxmlElement | None) -> Sheet | None:
    """The paper and margins of a section; None where they are not said, or leave no room for a text."""
    size = section.find(qn("w:pgSz")) if section is not None else None
    margins = section.find(qn("w:pgMar")) if section is not None else None
    if size is None or margins is None:
        return None
    names = ("top", "right", "bottom", "left", "header", "footer")
    width, height = (int(size.get(qn(f"w:{name}"), 0)) for name in ("w", "h"))
    sides = [abs(int(margins.get(qn(f"w:{name}"), 720))) for name in names]
    room = width - sides[1] - sides[3] >= 4320 and height - sides[0] - sides[2] >= 4320  # three inches each way
    return Sheet(width, height, *sides) if room else None


def _name(style: BaseOxmlElement) -> str:
    named = style.find(qn("w:name"))
    return str(named.get(qn("w:val"))).casefold() if named is not None else ""


def _style(styles: BaseOxmlElement, name: str) -> Iterator[BaseOxmlElement]:
    """The style of that name, then those it is based on, each once."""
    by_id = {str(style.get(qn("w:styleId"))): style for style in styles.iter(qn("w:style"))}
    named = (item for item in by_id.values() if _name(item) == name)
    style = next(named, None)
    while style is not None:
        yield style
        based = style.find(qn("w:basedOn"))
        by_id.pop(str(style.get(qn("w:styleId"))), None)
        style = by_id.get(str(based.get(qn("w:val")))) if based is not None else None


def _font(styles: BaseOxmlElement, theme: BaseOxmlElement | None) -> str:
    """The family of the text: of the style Normal, else of the file's defaults, themed names resolved."""
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


_THEME_COLOURS = {"text1": "dk1", "text2": "dk2", "background1": "lt1", "background2": "lt2", "dark1": "dk1"}


def _accent(styles: BaseOxmlElement, theme: BaseOxmlElement | None) -> str:
    """The colour of the first heading; "" where it has none of its own, or black."""
    for style in _style(styles, _HEADING):
        for color in style.iter(qn("w:color")):
            value = str(color.get(qn("w:val"), ""))
            if re.fullmatch(r"[0-9A-Fa-f]{6}", value):
                return value.upper() if value.upper() != "000000" else ""
            if (themed := color.get(qn("w:themeColor"))) and theme is not None:
                name = _THEME_COLOURS.get(str(themed), str(themed))
                for colour in theme.iter(qn(f"a:{name}")):
                    inner = colour.find(qn("a:srgbClr"))
                    if inner is not None:
                        return str(inner.get("val")).upper()
    return ""
