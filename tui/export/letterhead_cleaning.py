"""Clean the header or footer of an organisation's Word file: only words, their look, tables and pictures are copied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement

_W = f"{{{nsmap['w']}}}"
# Elements that are copied with their children, those that hold words, and those that hold properties of the look.
_KEPT = frozenset(qn(f"w:{name}") for name in ("p", "r", "tbl", "tr", "tc", "tblGrid", "gridCol"))
_WORDS = frozenset(qn(f"w:{name}") for name in ("t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "ptab"))
_LOOKS = frozenset(qn(f"w:{name}") for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "tblPrEx"))
# Wrappers of words: their content is copied, the wrapper is not.
_WRAPPERS = frozenset(
    qn(f"w:{name}")
    for name in ("hyperlink", "smartTag", "ins", "moveTo", "sdt", "sdtContent", "fldSimple", "customXml")
)
# Properties that are left out: numbering, sections, frames, tracked changes.
_NO_LOOK = frozenset(
    qn(f"w:{name}")
    for name in (
        *("numPr", "sectPr", "framePr", "ins"),
        *("pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange"),
    )
)
_DRAWING_SPACES = frozenset(nsmap[name] for name in ("wp", "a", "pic"))  # XML namespaces of a plain picture
_NOT_DRAWN = frozenset(qn(f"a:{name}") for name in ("hlinkClick", "hlinkHover", "extLst"))
# The instruction of a field: « PAGE \* MERGEFORMAT ».
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
# Words around page numbers: « Page 2 sur 5 », « p. 2/5 », with the separator between them and other words. `_COUNT`
# (a private character) replaces each number until these words are taken out with it.
_COUNT = "\ue000"
_BETWEEN = r"[\s·•|–—,-]*"
_COUNTED = rf"(?:\b(?:page|p\.)\s*)?{_COUNT}(?:\s*(?:sur|of|de|/)\s*{_COUNT})?"
_PAGE_WORDS = re.compile(rf"(?i)^\s*{_COUNTED}{_BETWEEN}|{_BETWEEN}{_COUNTED}")


def clean_banner(banner: BaseOxmlElement, pictures: frozenset[str]) -> BaseOxmlElement:
    """Return a new header or footer with what may be copied of `banner`.

    `pictures` are the relationship ids of the pictures that it may show. A field leaves the words that it showed last.
    Page numbers are taken out with the words around them (« page … sur … »), since our own line has them.
    """
    made = OxmlElement(f"w:{banner.tag.rpartition('}')[2]}")
    made.extend(_content(banner, pictures))
    for paragraph in list(made.iter(qn("w:p"))):
        _drop_page_words(paragraph)
    return made


def _drop_page_words(paragraph: BaseOxmlElement) -> None:
    """Take page numbers and their words out of a paragraph; remove the paragraph where nothing else is in it."""
    texts = list(paragraph.iter(qn("w:t")))
    whole = "".join(text.text or "" for text in texts)
    removed = {at for found in _PAGE_WORDS.finditer(whole) for at in range(*found.span())}
    if not removed:
        return
    start = 0  # where the letters of `text` begin in `whole`
    for text in texts:
        letters = text.text or ""
        text.text = "".join(letter for at, letter in enumerate(letters, start) if at not in removed)
        start += len(letters)
    if not any((text.text or "").strip() for text in texts) and next(paragraph.iter(qn("w:drawing")), None) is None:
        paragraph.getparent().remove(paragraph)


def _content(parent: BaseOxmlElement, pictures: frozenset[str]) -> Iterator[BaseOxmlElement]:
    """Yield copies of the children of an element that may be copied, a `_page_number` for each page number."""
    page_field = _PageField()
    for child in parent:
        tag = child.tag
        if not isinstance(tag, str):  # a comment or an instruction of XML
            continue
        if page_field.begins_in(child):
            yield _page_number()
        if page_field.covers(child):
            continue
        if tag in _KEPT:
            made = _without_children(child)
            made.extend(_content(child, pictures))
            yield made
        elif tag in _LOOKS or tag in _WORDS:
            yield _look(child)
        elif tag in _WRAPPERS and _PAGE_FIELD.match(str(child.get(qn("w:instr"), ""))):
            yield _page_number()
        elif tag in _WRAPPERS:
            yield from _content(child, pictures)
        elif tag == qn("w:drawing") and _shows(child, pictures):
            yield _drawn(child)


def _page_number() -> BaseOxmlElement:
    """Return a run with `_COUNT`, in the place of a page number."""
    made, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = _COUNT
    made.append(text)
    return made


class _PageField:
    """Follows the children of a paragraph, and tells which of them are part of a field of page numbers.

    Such a field is runs in a row: a begin mark, the instruction (« PAGE »), a separator, the number, an end mark.
    """

    def __init__(self) -> None:
        self._instruction, self._inside = "", False

    @staticmethod
    def begins_in(run: BaseOxmlElement) -> bool:
        """Return whether a run holds the instruction of such a field."""
        return run.tag == qn("w:r") and any(_PAGE_FIELD.match(text.text or "") for text in run.iter(qn("w:instrText")))

    def covers(self, run: BaseOxmlElement) -> bool:
        """Note the next child of the paragraph, and return whether it is part of such a field."""
        inside = self._inside
        for element in run.iter(qn("w:fldChar"), qn("w:instrText")):
            if element.tag == qn("w:instrText"):
                self._instruction += element.text or ""
            elif element.get(qn("w:fldCharType")) == "begin":
                self._instruction = ""
            elif element.get(qn("w:fldCharType")) == "separate":
                self._inside = bool(_PAGE_FIELD.match(self._instruction))
            else:
                self._inside = False
        return inside or self._inside


def _without_children(element: BaseOxmlElement) -> BaseOxmlElement:
    """Return a copy of an element with its attributes in Word's namespace, but those that number editing sessions."""
    made = OxmlElement(f"w:{element.tag.removeprefix(_W)}")
    for name, value in element.attrib.items():
        if str(name).startswith(_W) and not str(name).startswith(f"{_W}rsid"):
            made.set(name, value)
    return made


def _look(element: BaseOxmlElement) -> BaseOxmlElement:
    """Return a copy of an element of words or properties with its children, those of `_NO_LOOK` left out."""
    made = _without_children(element)
    made.text = element.text
    if element.get("{http://www.w3.org/XML/1998/namespace}space"):
        made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for child in element:
        if isinstance(child.tag, str) and child.tag.startswith(_W) and child.tag not in _NO_LOOK:
            made.append(_look(child))
    return made


def _shows(drawing: BaseOxmlElement, pictures: frozenset[str]) -> bool:
    """Return whether a drawing holds allowed pictures and nothing else (no shape, chart or text box)."""
    shown_ids = {str(blip.get(qn("r:embed"))) for blip in drawing.iter(qn("a:blip"))}
    if not shown_ids or not shown_ids <= pictures:
        return False
    return all(_is_of_picture(inner) or _is_left_out(inner) for inner in drawing.iterdescendants())


def _is_of_picture(element: BaseOxmlElement) -> bool:
    """Return whether an element is in a namespace of plain pictures, or is a comment."""
    return not isinstance(element.tag, str) or _namespace(element) in _DRAWING_SPACES


def _namespace(element: BaseOxmlElement) -> str:
    """Return « http://… » of the tag « {http://…}name »."""
    return str(element.tag[1:].partition("}")[0])


def _is_left_out(element: BaseOxmlElement) -> bool:
    """Return whether an element is a link or an extension, or a size that Word 2010 repeats: `_drawn` drops these."""
    return any(outer.tag in _NOT_DRAWN for outer in element.iterancestors()) or "/word/2010/" in element.tag


def _drawn(element: BaseOxmlElement) -> BaseOxmlElement:
    """Return a copy of a drawing without links and extensions; of other attributes only the picture's id is kept."""
    spaces = {name: nsmap[name] for name in ("w", "wp", "a", "pic", "r")}
    made: BaseOxmlElement = element.makeelement(element.tag, nsmap=spaces)
    for name, value in element.attrib.items():
        if not str(name).startswith("{") or (name == qn("r:embed") and element.tag == qn("a:blip")):
            made.set(name, value)
    made.text = element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _NOT_DRAWN and _namespace(child) in _DRAWING_SPACES:
            made.append(_drawn(child))
    return made
