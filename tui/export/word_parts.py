"""The pieces of WordprocessingML that python-docx has no call for: elements, runs, links, fields, numbering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph as Para

from tui.agreement.blocks import Run, Runs
from tui.export.page_layout import page_text, run_text

ACCENT = "1F4E79"
SOFT = "5A6472"
WASH = "EEF3F8"
LINE = "C9D1D9"
ALARM = "A3341F"
HOLE = "FFF1C2"

_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_DEEPEST = 8  # w:ilvl counts nine levels from 0 (ISO/IEC 29500-1 § 17.9.3)


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """Return `<w:tag>` with its attributes (in the w: namespace) and children."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


class StyledParagraphs:
    """Adds paragraphs at the end of a document, each written once as it stands, and looks each style up once.

    python-docx looks through all styles for each paragraph, and for each property through what may stand behind it,
    which takes half of the time of a long document.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._ids: dict[str, str | None] = {}

    def add(self, style: str = "", text: str = "", *properties: BaseOxmlElement) -> Para:
        """Add a paragraph in the style of that name, which is the document's or one of Word's own; "" for none.

        Its other `properties` come in the order of the schema (ISO/IEC 29500-1 § 17.3.1.26).
        """
        named = [element("w:pStyle", val=name)] if (name := self._id(style)) else []
        words = [element("w:r", _words(text))] if text else []
        made = element("w:p", element("w:pPr", *named, *properties), *words)
        self._document.element.body[-1].addprevious(made)  # the last child is the page (§ 17.6.17)
        return Para(made, self._document._body)

    def _id(self, style: str) -> str | None:
        if style and style not in self._ids:
            part = self._document.part
            self._ids[style] = part.get_style_id(style, WD_STYLE_TYPE.PARAGRAPH)  # type: ignore[no-untyped-call]
        return self._ids.get(style)


def add_runs(paragraph: Para, runs: Runs, bold: bool = False) -> None:
    """Write runs at the end of a paragraph; a hole is washed in yellow, a link is live."""
    for run in runs:
        if run.text == "\n":
            paragraph._p.append(element("w:r", element("w:br")))
        elif run.text:
            written = element("w:r", element("w:rPr", *_marks(run, bold)), _words(page_text(run_text(run))))
            paragraph._p.append(_link(paragraph, written, run.href) if run.href else written)


def add_anchor(paragraph: Para, name: str, number: int) -> None:
    """Put a bookmark around the words of a paragraph: its name stays with them wherever they are moved or changed.

    `number` tells bookmarks of one document apart (ISO/IEC 29500-1 § 17.13.6).
    """
    start = element("w:bookmarkStart", id=number, name=name)
    first = next((child for child in paragraph._p if child.tag != qn("w:pPr")), None)
    if first is None:
        paragraph._p.append(start)
    else:
        first.addprevious(start)
    paragraph._p.append(element("w:bookmarkEnd", id=number))


def _marks(run: Run, bold: bool) -> Iterator[BaseOxmlElement]:
    """Give what a run looks like, in the order of the schema (ISO/IEC 29500-1 § 17.3.2.28)."""
    if run.code:
        yield element("w:rFonts", ascii="Consolas", hAnsi="Consolas")
    if run.strong or bold:
        yield element("w:b")
    if run.emphasis:
        yield element("w:i")
    if run.strike:
        yield element("w:strike")
    if run.href:
        yield element("w:color", val=ACCENT)
    if run.code:
        yield element("w:sz", val=20)  # half points
    if run.href:
        yield element("w:u", val="single")
    if run.hole:
        yield element("w:shd", val="clear", color="auto", fill=HOLE)


def _words(text: str) -> BaseOxmlElement:
    """Return the words of a run, the spaces around them kept."""
    made = element("w:t")
    if text != text.strip():
        made.set(qn("xml:space"), "preserve")
    made.text = text
    return made


def _link(paragraph: Para, written: BaseOxmlElement, href: str) -> BaseOxmlElement:
    link = element("w:hyperlink", written)
    link.set(qn("r:id"), paragraph.part.relate_to(href, _HYPERLINK, is_external=True))
    return link


def mark_language(elements: Iterable[BaseOxmlElement], lang: str) -> None:
    """Say of every run in some elements that it is in `lang`, for proofing and for readers that speak."""
    for base_oxml_element in elements:
        for run in base_oxml_element.iter(qn("w:r")):
            run.get_or_add_rPr().append(element("w:lang", val=lang, eastAsia=lang))


def add_field(paragraph: Para, code: str) -> None:
    """Write a field that Word computes itself: « PAGE », « NUMPAGES »."""
    instruction = element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    value = element("w:t")
    value.text = "1"
    for part in (
        element("w:fldChar", fldCharType="begin"),
        instruction,
        element("w:fldChar", fldCharType="separate"),
        value,
        element("w:fldChar", fldCharType="end"),
    ):
        paragraph.add_run()._r.append(part)


class Numbering:
    """The lists of one document: one pattern of bullets, one of numbers, and a fresh count for each list."""

    def __init__(self, document: Document) -> None:
        """Replace the template's patterns by ours."""
        self._part = document.part.numbering_part.element
        for old in list(self._part):
            self._part.remove(old)
        self._part.append(_pattern(0, ordered=False))
        self._part.append(_pattern(1, ordered=True))
        self._last = 0

    def begin(self, ordered: bool, start: int = 1) -> int:
        """Return the id of a new list that counts from `start` on each of its levels."""
        self._last += 1
        made = element("w:num", element("w:abstractNumId", val=int(ordered)), numId=self._last)
        if ordered:
            for level in range(_DEEPEST + 1):
                made.append(element("w:lvlOverride", element("w:startOverride", val=start), ilvl=level))
        self._part.append(made)
        return self._last


def list_item_property(list_id: int, level: int) -> BaseOxmlElement:
    """Return the property that makes a paragraph the next item of a list."""
    return element("w:numPr", element("w:ilvl", val=min(level, _DEEPEST)), element("w:numId", val=list_id))


def item_indent(level: int) -> int:
    """Return where the words of an item begin at `level`, in twentieths of a point (the unit of w:ind)."""
    return 340 * (min(level, _DEEPEST) + 1) + 60


def _pattern(pattern_id: int, ordered: bool) -> BaseOxmlElement:
    made = element("w:abstractNum", element("w:multiLevelType", val="hybridMultilevel"), abstractNumId=pattern_id)
    for level in range(_DEEPEST + 1):
        shape = ("decimal", "lowerLetter", "lowerRoman")[level % 3] if ordered else "bullet"
        text = f"%{level + 1}." if ordered else "•–▪"[level % 3]
        made.append(
            element(
                "w:lvl",
                element("w:start", val=1),
                element("w:numFmt", val=shape),
                element("w:lvlText", val=text),
                element("w:lvlJc", val="left"),
                element("w:pPr", element("w:ind", left=item_indent(level), hanging=340)),
                element("w:rPr", element("w:rFonts", ascii="Calibri", hAnsi="Calibri", cs="Calibri"),
                        element("w:color", val=ACCENT)),
                ilvl=level,
            )
        )  # fmt: skip
    return made
