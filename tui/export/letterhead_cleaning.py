"""The header or footer of a Word file of one's own, with nothing left but words, their look, tables and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement

_W = f"{{{nsmap['w']}}}"
_KEPT = frozenset(qn(f"w:{name}") for name in ("p", "r", "tbl", "tr", "tc", "tblGrid", "gridCol"))
_WORDS = frozenset(qn(f"w:{name}") for name in ("t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "ptab"))
_LOOKS = frozenset(qn(f"w:{name}") for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "tblPrEx"))
# What stands around words without being words: its content is taken, itself is not.
_AROUND = frozenset(
    qn(f"w:{name}")
    for name in ("hyperlink", "smartTag", "ins", "moveTo", "sdt", "sdtContent", "fldSimple", "customXml")
)
_NO_LOOK = frozenset(
    qn(f"w:{name}")
    for name in (
        *("numPr", "sectPr", "framePr", "ins"),
        *("pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange"),
    )
)
_DRAWN = frozenset(nsmap[name] for name in ("wp", "a", "pic"))
_NOT_DRAWN = frozenset(qn(f"a:{name}") for name in ("hlinkClick", "hlinkHover", "extLst"))
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_COUNT = "\ue000"  # stands where a page was counted, until the words around it are gone too
_BETWEEN = r"[\s·•|–—,-]*"
_COUNTED = rf"(?:\b(?:page|p\.)\s*)?{_COUNT}(?:\s*(?:sur|of|de|/)\s*{_COUNT})?"
_PAGE_WORDS = re.compile(rf"(?i)^\s*{_COUNTED}{_BETWEEN}|{_BETWEEN}{_COUNTED}")


def clean_banner(banner: BaseOxmlElement, pictures: frozenset[str]) -> BaseOxmlElement:
    """Return a header or footer with what may be taken of `banner`; `pictures` are the ids of those that it may show.

    A field leaves the words that it showed last; a page number leaves none, nor « page … sur … » around it, for the
    document says its own.
    """
    made = OxmlElement(f"w:{banner.tag.rpartition('}')[2]}")
    made.extend(_content(banner, pictures))
    for paragraph in list(made.iter(qn("w:p"))):
        _drop_page_words(paragraph)
    return made


def _drop_page_words(paragraph: BaseOxmlElement) -> None:
    """Take the page count out of a paragraph, and the paragraph away where nothing else stands in it."""
    texts = list(paragraph.iter(qn("w:t")))
    whole = "".join(text.text or "" for text in texts)
    gone = {at for found in _PAGE_WORDS.finditer(whole) for at in range(*found.span())}
    if not gone:
        return
    at = 0
    for text in texts:
        letters = text.text or ""
        text.text = "".join(letter for place, letter in enumerate(letters, at) if place not in gone)
        at += len(letters)
    if not any((text.text or "").strip() for text in texts) and next(paragraph.iter(qn("w:drawing")), None) is None:
        paragraph.getparent().remove(paragraph)


def _content(parent: BaseOxmlElement, pictures: frozenset[str]) -> Iterator[BaseOxmlElement]:
    """Yield what may be taken of the children of an element."""
    skipping = _PageField()
    for child in parent:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        if skipping.counts(child):
            yield _counted()
        if skipping.over(child):
            continue
        if tag in _KEPT:
            made = _bare(child)
            made.extend(_content(child, pictures))
            yield made
        elif tag in _LOOKS or tag in _WORDS:
            yield _look(child)
        elif tag in _AROUND and _PAGE_FIELD.match(str(child.get(qn("w:instr"), ""))):
            yield _counted()
        elif tag in _AROUND:
            yield from _content(child, pictures)
        elif tag == qn("w:drawing") and _shows(child, pictures):
            yield _drawn(child)


def _counted() -> BaseOxmlElement:
    """Return a run that stands for a count of pages."""
    made, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = _COUNT
    made.append(text)
    return made


class _PageField:
    """Whether one stands inside a field that counts pages, from its beginning to its end."""

    def __init__(self) -> None:
        self._instruction, self._inside = "", False

    @staticmethod
    def counts(run: BaseOxmlElement) -> bool:
        """Return whether a run says that such a field follows."""
        return run.tag == qn("w:r") and any(_PAGE_FIELD.match(said.text or "") for said in run.iter(qn("w:instrText")))

    def over(self, run: BaseOxmlElement) -> bool:
        """Take the next child of a paragraph; return whether it is part of such a field."""
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


def _bare(element: BaseOxmlElement) -> BaseOxmlElement:
    """Return an empty element of the same name, with what it says of itself in Word's own namespace."""
    made = OxmlElement(f"w:{element.tag.removeprefix(_W)}")
    for name, value in element.attrib.items():
        if str(name).startswith(_W) and not str(name).startswith(f"{_W}rsid"):
            made.set(name, value)
    return made


def _look(element: BaseOxmlElement) -> BaseOxmlElement:
    """Return an element of looks or words with what stands in it, numbers of lists and marks of changes left out."""
    made = _bare(element)
    made.text = element.text
    if element.get("{http://www.w3.org/XML/1998/namespace}space"):
        made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for child in element:
        if isinstance(child.tag, str) and child.tag.startswith(_W) and child.tag not in _NO_LOOK:
            made.append(_look(child))
    return made


def _shows(drawing: BaseOxmlElement, pictures: frozenset[str]) -> bool:
    """Return whether a drawing is pictures that may be shown, and nothing else."""
    shown = [str(blip.get(qn("r:embed"))) for blip in drawing.iter(qn("a:blip"))]
    return (
        bool(shown)
        and set(shown) <= pictures
        and all(_is_drawn(iterdescendant) for iterdescendant in drawing.iterdescendants())
    )


def _is_drawn(element: BaseOxmlElement) -> bool:
    return not isinstance(element.tag, str) or element.tag[1:].partition("}")[0] in _DRAWN or _optional(element)


def _optional(element: BaseOxmlElement) -> bool:
    """Whether an element stands in a list of extensions, or is a size that Word 2010 repeats: left out in any case."""
    return (
        any(iterancestor.tag in _NOT_DRAWN for iterancestor in element.iterancestors()) or "/word/2010/" in element.tag
    )


def _drawn(element: BaseOxmlElement) -> BaseOxmlElement:
    """A drawing without links and extensions, and without attributes of other namespaces but the picture's own id."""
    spaces = {name: nsmap[name] for name in ("w", "wp", "a", "pic", "r")}
    made: BaseOxmlElement = element.makeelement(element.tag, nsmap=spaces)
    for name, value in element.attrib.items():
        if not str(name).startswith("{") or (name == qn("r:embed") and element.tag == qn("a:blip")):
            made.set(name, value)
    made.text = element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _NOT_DRAWN and child.tag[1:].partition("}")[0] in _DRAWN:
            made.append(_drawn(child))
    return made
