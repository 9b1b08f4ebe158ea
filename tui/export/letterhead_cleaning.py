"""Clean the header or footer of an organisation's Word file: only words, their look, tables and pictures are copied.

*Looks* are the elements of properties such as font and spacing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement

_W = f"{{{nsmap['w']}}}"
# Elements that are copied with their children, those that hold words, and those that hold properties of the look.
_COPIED_ELEMENTS = frozenset(qn(f"w:{name}") for name in ("p", "r", "tbl", "tr", "tc", "tblGrid", "gridCol"))
_WORD_ELEMENTS = frozenset(qn(f"w:{name}") for name in ("t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "ptab"))
_LOOK_ELEMENTS = frozenset(qn(f"w:{name}") for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "tblPrEx"))
# Wrappers of words: their content is copied, the wrapper is not.
_WRAPPERS = frozenset(
    qn(f"w:{name}")
    for name in ("hyperlink", "smartTag", "ins", "moveTo", "sdt", "sdtContent", "fldSimple", "customXml")
)
# Properties that are left out: numbering, sections, frames, tracked changes.
_DROPPED_LOOKS = frozenset(
    qn(f"w:{name}")
    for name in (
        *("numPr", "sectPr", "framePr", "ins"),
        *("pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange"),
    )
)
_DRAWING_SPACES = frozenset(nsmap[name] for name in ("wp", "a", "pic"))  # XML namespaces of a plain picture
_DROPPED_DRAWING_PARTS = frozenset(qn(f"a:{name}") for name in ("hlinkClick", "hlinkHover", "extLst"))
# The instruction of a field: « PAGE \* MERGEFORMAT ».
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
# Words around page numbers: « Page 2 sur 5 », « p. 2/5 », with the separator between them and other words.
# `_NUMBER_MARK` (a private character) replaces each number until these words are taken out with it.
_NUMBER_MARK = "\ue000"
_SEPARATOR = r"[\s·•|–—,-]*"
_PAGE_PHRASE = rf"(?:\b(?:page|p\.)\s*)?{_NUMBER_MARK}(?:\s*(?:sur|of|de|/)\s*{_NUMBER_MARK})?"
_PAGE_WORDS = re.compile(rf"(?i)^\s*{_PAGE_PHRASE}{_SEPARATOR}|{_SEPARATOR}{_PAGE_PHRASE}")


def clean_banner(banner: BaseOxmlElement, pictures: frozenset[str]) -> BaseOxmlElement:
    """Return a new header or footer with the parts of `banner` that may be copied.

    `pictures` are the relationship ids of the pictures that may be shown. A field is replaced by the words that it
    showed last. Page numbers are taken out with the words around them (« page … sur … »), since our own line has them.
    """
    copy = OxmlElement(f"w:{banner.tag.rpartition('}')[2]}")
    copy.extend(_content(banner, pictures))
    for paragraph in list(copy.iter(qn("w:p"))):
        _drop_page_words(paragraph)
    return copy


def _drop_page_words(paragraph: BaseOxmlElement) -> None:
    """Take page numbers and their words out of a paragraph; remove the paragraph if nothing else is in it."""
    texts = list(paragraph.iter(qn("w:t")))
    whole = "".join(text.text or "" for text in texts)
    removed: set[int] = set()  # positions in `whole`
    for match in _PAGE_WORDS.finditer(whole):
        removed.update(range(*match.span()))
    if not removed:
        return
    start = 0  # where the letters of `text` begin in `whole`
    for text in texts:
        letters = text.text or ""
        text.text = "".join(letter for at, letter in enumerate(letters, start) if at not in removed)
        start += len(letters)
    has_words = any((text.text or "").strip() for text in texts)
    has_picture = next(paragraph.iter(qn("w:drawing")), None) is not None
    if not has_words and not has_picture:
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
        if tag in _COPIED_ELEMENTS:
            clean_child = _without_children(child)
            clean_child.extend(_content(child, pictures))
            yield clean_child
        elif tag in _LOOK_ELEMENTS or tag in _WORD_ELEMENTS:
            yield _copied_with_children(child)
        elif tag in _WRAPPERS and _PAGE_FIELD.match(str(child.get(qn("w:instr"), ""))):
            yield _page_number()
        elif tag in _WRAPPERS:
            yield from _content(child, pictures)
        elif tag == qn("w:drawing") and _shows_only_pictures(child, pictures):
            yield _copied_drawing(child)


def _page_number() -> BaseOxmlElement:
    """Return a run with `_NUMBER_MARK`, in the place of a page number."""
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = _NUMBER_MARK
    run.append(text)
    return run


class _PageField:
    """Follows the children of a paragraph, and tells which of them are part of a field of page numbers.

    Such a field is runs in a row: a begin mark, the instruction (« PAGE »), a separator, the number, an end mark.
    """

    def __init__(self) -> None:
        self._instruction = ""  # of the field that was begun last
        self._inside = False  # whether the last child is between a separator and an end mark

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
    """Return a copy of an element with its attributes in Word's namespace, except the ids of editing sessions."""
    clean_element = OxmlElement(f"w:{element.tag.removeprefix(_W)}")
    for name, value in element.attrib.items():
        if str(name).startswith(_W) and not str(name).startswith(f"{_W}rsid"):
            clean_element.set(name, value)
    return clean_element


def _copied_with_children(element: BaseOxmlElement) -> BaseOxmlElement:
    """Return a copy of an element of words or properties with its children, those of `_DROPPED_LOOKS` left out."""
    clean_element = _without_children(element)
    clean_element.text = element.text
    if element.get("{http://www.w3.org/XML/1998/namespace}space"):
        clean_element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for child in element:
        if isinstance(child.tag, str) and child.tag.startswith(_W) and child.tag not in _DROPPED_LOOKS:
            clean_element.append(_copied_with_children(child))
    return clean_element


def _shows_only_pictures(drawing: BaseOxmlElement, pictures: frozenset[str]) -> bool:
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
    """Return whether `_copied_drawing` drops an element: a link, an extension, or a size that Word 2010 repeats."""
    return any(outer.tag in _DROPPED_DRAWING_PARTS for outer in element.iterancestors()) or "/word/2010/" in element.tag


def _copied_drawing(element: BaseOxmlElement) -> BaseOxmlElement:
    """Return a copy of a drawing without links and extensions; of other attributes only the picture's id is kept."""
    spaces = {name: nsmap[name] for name in ("w", "wp", "a", "pic", "r")}
    copy: BaseOxmlElement = element.makeelement(element.tag, nsmap=spaces)
    for name, value in element.attrib.items():
        if not str(name).startswith("{") or (name == qn("r:embed") and element.tag == qn("a:blip")):
            copy.set(name, value)
    copy.text = element.text
    for child in element:
        if (
            isinstance(child.tag, str)
            and child.tag not in _DROPPED_DRAWING_PARTS
            and _namespace(child) in _DRAWING_SPACES
        ):
            copy.append(_copied_drawing(child))
    return copy
