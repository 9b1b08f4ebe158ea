"""How many pages a Word file takes, reckoned from its styles: what Word and LibreOffice know once they have set it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_LETTER = 0.58  # of the size: the width of a letter of the wider families (DejaVu Sans, Verdana); Calibri has 0.49
_NATURAL = 1.2  # of the size: the height of a line set single
_BOLD = 1.1
_TWENTIETHS, _EMU_A_POINT = 20, 12_700
_CELL_PADDING, _TABLE_SIZE = 4, 10  # points

Elements = list[BaseOxmlElement]


def estimate_word_pages(data: bytes) -> float:
    """Return about how many pages the text of a .docx file takes, 1.0 for one that is full, in wide letters.

    All sections but the first are taken to begin where the one before ends.
    """
    document = docx.Document(BytesIO(data))
    sheet = document.sections[0]
    points = [
        side.pt if side is not None else 0.0 for side in (sheet.page_width, sheet.left_margin, sheet.right_margin)
    ]
    measure = _Measure(document, points[0] - points[1] - points[2])
    around = []
    for part, margin, distance in (
        (sheet.first_page_header, sheet.top_margin, sheet.header_distance),
        (sheet.first_page_footer, sheet.bottom_margin, sheet.footer_distance),
    ):
        taken = measure.height(part._element) + (distance.pt if distance is not None else 0)
        around.append(max(taken, margin.pt if margin is not None else 0))
    room = (sheet.page_height.pt if sheet.page_height is not None else 0) - sum(around)
    return measure.height(document.element.body) / max(room, 1)


class _Measure:
    """Reckons heights in points, on paper with `width` points between its margins."""

    def __init__(self, document: Document, width: float) -> None:
        styles = document.styles.element
        self._styles = {str(style.get(qn("w:styleId"))): style for style in styles.iter(qn("w:style"))}
        self._normal = next(
            (name for name, style in self._styles.items()
             if style.get(qn("w:default")) in ("1", "true") and style.get(qn("w:type")) == "paragraph"), "",
        )  # fmt: skip
        self._defaults = list(styles.iter(qn("w:docDefaults")))
        self._width = width

    def height(self, parent: BaseOxmlElement) -> float:
        """Return the height of the paragraphs and tables that stand right in an element."""
        total, below = 0.0, 0.0
        for block in parent:
            if block.tag == qn("w:p"):
                before, lines, after = self._paragraph(block)
                total += max(before, below) - below + lines + after  # the larger room between two paragraphs holds
                below = after
            elif block.tag == qn("w:tbl"):
                total, below = total + sum(self._row(row) for row in block.iter(qn("w:tr"))), 0.0
        return total

    def _row(self, row: BaseOxmlElement) -> float:
        """Return the height of the tallest cell, all as wide as each other."""
        cells = row.findall(qn("w:tc"))
        letters = max((len(_text(cell)) for cell in cells), default=0)
        lines = math.ceil(letters * _TABLE_SIZE * _LETTER * len(cells) / self._width)
        return max(lines, 1) * _TABLE_SIZE * _NATURAL + 2 * _CELL_PADDING

    def _paragraph(self, paragraph: BaseOxmlElement) -> tuple[float, float, float]:
        """Return the room above a paragraph, its lines and the room below, in points."""
        places = self._places(paragraph)
        size = _number(places, "w:sz", "val", 22) / 2
        before, after = (_number(places, "w:spacing", side, 0) / _TWENTIETHS for side in ("before", "after"))
        indent = _number(places, "w:ind", "left", 0) / _TWENTIETHS
        bold = _BOLD if any(_said(place, "w:b") is not None for place in places) else 1
        room = max(self._width - indent, size)
        lines = sum(
            max(math.ceil(len(part) * size * _LETTER * bold / room), 1) for part in _text(paragraph).split("\n")
        )
        spacing = _number(places, "w:spacing", "line", 240)
        exact = (
            next((rule for place in places if (rule := _attribute(place, "w:spacing", "lineRule"))), "auto") != "auto"
        )
        height = spacing / _TWENTIETHS if exact else size * _NATURAL * spacing / 240
        drawn = [int(extent.get("cy", 0)) / _EMU_A_POINT for extent in paragraph.iter(qn("wp:extent"))]
        return before, max(lines * height, *drawn, 0), after

    def _places(self, paragraph: BaseOxmlElement) -> Elements:
        """Where a look of a paragraph may be said: its own properties, its style and those it is based on."""
        own = paragraph.find(qn("w:pPr"))
        runs = [run for run in paragraph.iter(qn("w:rPr")) if run.getparent().tag == qn("w:r")][:1]
        places: Elements = [*runs, *([own] if own is not None else [])]
        name, seen = (_attribute(own, "w:pStyle", "val") if own is not None else "") or self._normal, set[str]()
        while name in self._styles and name not in seen:
            seen.add(name)
            places.append(self._styles[name])
            based = self._styles[name].find(qn("w:basedOn"))
            name = str(based.get(qn("w:val"))) if based is not None else ""
        return [*places, *self._defaults]


def _text(element: BaseOxmlElement) -> str:
    """Return the words of an element, a break of a line or a paragraph of a cell as one."""
    return "".join("\n" if part.tag == qn("w:br") else part.text or "" for part in element.iter(qn("w:t"), qn("w:br")))


def _said(place: BaseOxmlElement, tag: str) -> BaseOxmlElement | None:
    return next(iter(_children(place, tag)), None)


def _children(place: BaseOxmlElement, tag: str) -> Iterator[BaseOxmlElement]:
    """Yield the elements of that name right in a place, or in the properties that it holds."""
    for found in place.iter(qn(tag)):
        if found.getparent().tag in (qn("w:pPr"), qn("w:rPr")):
            yield found


def _attribute(place: BaseOxmlElement, tag: str, name: str) -> str:
    return next((str(value) for found in _children(place, tag) if (value := found.get(qn(f"w:{name}")))), "")


def _number(places: Elements, tag: str, name: str, otherwise: float) -> float:
    """Return the first number that the places say."""
    for place in places:
        said = _attribute(place, tag, name)
        try:
            return float(said)
        except ValueError:
            continue
    return otherwise
