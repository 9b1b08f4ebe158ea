"""Make the pieces of WordprocessingML that python-docx has no call for: runs, links, bookmarks, fields, numbering.

All modules that write Word files use these functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph as Para

from tui.agreement.blocks import Run, Runs
from tui.export.page_layout import run_text
from tui.text.right_to_left import with_direction_marks

# Colours, six hexadecimal digits.
ACCENT = "1F4E79"  # titles, headings, rules
SOFT = "5A6472"  # words of less weight
WASH = "EEF3F8"  # behind the heads of tables
LINE = "C9D1D9"  # between the rows of tables
ALARM = "A3341F"  # the mark of a draft
HOLE = "FFF1C2"  # behind an answer that is missing (« à préciser »)

_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_LAST_LEVEL = 8  # w:ilvl counts nine levels from 0 (ISO/IEC 29500-1 § 17.9.3)
_LEVEL_INDENT = 340  # of each level of a list, and of its bullet or number; twentieths of a point


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """Return `<w:tag>` with its attributes (in the w: namespace) and children."""
    created = OxmlElement(tag)
    for name, value in attributes.items():
        created.set(qn(f"w:{name}"), str(value))
    created.extend(children)
    return created


class StyledParagraphs:
    """Adds paragraphs at the end of a document; looks each style up once, and writes each paragraph at once.

    python-docx would search all styles for each paragraph, and the place of each property among the others, which takes
    half of the time of a long document.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._ids: dict[str, str | None] = {}

    def add(self, style: str = "", text: str = "", *properties: BaseOxmlElement) -> Para:
        """Add a paragraph and return it; `style` is the name of a style of the document or of Word, "" for none.

        The caller gives further `properties` in the order of the schema (ISO/IEC 29500-1 § 17.3.1.26).
        """
        style_elements = [element("w:pStyle", val=name)] if (name := self._id(style)) else []
        words = [element("w:r", _words(text))] if text else []
        created = element("w:p", element("w:pPr", *style_elements, *properties), *words)
        self._document.element.body[-1].addprevious(created)  # the last child describes the page (§ 17.6.17)
        return Para(created, self._document._body)

    def _id(self, style: str) -> str | None:
        """Return the id of the style of that name; None for "", and for the default style."""
        if style and style not in self._ids:
            part = self._document.part
            self._ids[style] = part.get_style_id(style, WD_STYLE_TYPE.PARAGRAPH)  # type: ignore[no-untyped-call]
        return self._ids.get(style)


def add_runs(paragraph: Para, runs: Runs, bold: bool = False) -> None:
    """Write runs at the end of a paragraph; a missing answer has a yellow background, a link can be followed."""
    for run in runs:
        if run.text == "\n":
            paragraph._p.append(element("w:r", element("w:br")))
        elif run.text:
            written = element("w:r", element("w:rPr", *_marks(run, bold)), _words(with_direction_marks(run_text(run))))
            paragraph._p.append(_link(paragraph, written, run.href) if run.href else written)


def add_anchor(paragraph: Para, name: str, number: int) -> None:
    """Put a bookmark around the words of a paragraph, by which the line is found in a file that comes back.

    Word keeps a bookmark when the words are moved or changed. `number` must be unique in the document (ISO/IEC 29500-1
    § 17.13.6).
    """
    start = element("w:bookmarkStart", id=number, name=name)
    first = next((child for child in paragraph._p if child.tag != qn("w:pPr")), None)
    if first is None:
        paragraph._p.append(start)
    else:
        first.addprevious(start)
    paragraph._p.append(element("w:bookmarkEnd", id=number))


def _marks(run: Run, bold: bool) -> Iterator[BaseOxmlElement]:
    """Yield the properties of a run, in the order of the schema (ISO/IEC 29500-1 § 17.3.2.28)."""
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
    """Return the w:t element of a text; Word would drop spaces at its ends unless told to keep them."""
    created = element("w:t")
    if text != text.strip():
        created.set(qn("xml:space"), "preserve")
    created.text = text
    return created


def _link(paragraph: Para, written: BaseOxmlElement, href: str) -> BaseOxmlElement:
    """Return a run as a link to `href`."""
    link = element("w:hyperlink", written)
    link.set(qn("r:id"), paragraph.part.relate_to(href, _HYPERLINK, is_external=True))
    return link


def mark_language(elements: Iterable[BaseOxmlElement], lang: str) -> None:
    """Mark every run in the elements as written in `lang` (« fr-CA »), for spelling checkers and screen readers."""
    for root in elements:
        for run in root.iter(qn("w:r")):
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
    """The lists of one document: a pattern for bullets, a pattern for numbers, and a new count for each list."""

    def __init__(self, document: Document) -> None:
        """Replace the patterns of python-docx's template by ours."""
        self._part = document.part.numbering_part.element
        for old in list(self._part):
            self._part.remove(old)
        self._part.append(_pattern(0, ordered=False))
        self._part.append(_pattern(1, ordered=True))
        self._last = 0  # id of the newest list

    def begin(self, ordered: bool, start: int = 1) -> int:
        """Return the id of a new list that counts from `start` on each of its levels."""
        self._last += 1
        created = element("w:num", element("w:abstractNumId", val=int(ordered)), numId=self._last)
        if ordered:
            for level in range(_LAST_LEVEL + 1):
                created.append(element("w:lvlOverride", element("w:startOverride", val=start), ilvl=level))
        self._part.append(created)
        return self._last


def list_item_property(list_id: int, level: int) -> BaseOxmlElement:
    """Return the property that makes a paragraph the next item of a list."""
    return element("w:numPr", element("w:ilvl", val=min(level, _LAST_LEVEL)), element("w:numId", val=list_id))


def item_indent(level: int) -> int:
    """Return the indent of the words of a list item at `level` (from 0), in twentieths of a point (as w:ind counts)."""
    return _LEVEL_INDENT * (min(level, _LAST_LEVEL) + 1) + 60


def _pattern(pattern_id: int, ordered: bool) -> BaseOxmlElement:
    """Return the look of all levels of a list: « 1. a. i. » in turn where `ordered`, else « • – ▪ »."""
    created = element("w:abstractNum", element("w:multiLevelType", val="hybridMultilevel"), abstractNumId=pattern_id)
    for level in range(_LAST_LEVEL + 1):
        shape = ("decimal", "lowerLetter", "lowerRoman")[level % 3] if ordered else "bullet"
        text = f"%{level + 1}." if ordered else "•–▪"[level % 3]
        created.append(
            element(
                "w:lvl",
                element("w:start", val=1),
                element("w:numFmt", val=shape),
                element("w:lvlText", val=text),
                element("w:lvlJc", val="left"),
                element("w:pPr", element("w:ind", left=item_indent(level), hanging=_LEVEL_INDENT)),
                element("w:rPr", element("w:rFonts", ascii="Calibri", hAnsi="Calibri", cs="Calibri"),
                        element("w:color", val=ACCENT)),
                ilvl=level,
            )
        )  # fmt: skip
    return created
