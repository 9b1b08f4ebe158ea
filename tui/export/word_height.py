"""Estimate from its styles how many pages a Word file takes; only Word or LibreOffice could tell exactly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

# Factors of the size of the letters.
_LETTER_WIDTH = 0.58  # a letter of the wider families (DejaVu Sans, Verdana); Calibri has 0.49
_LINE_HEIGHT = 1.2  # a line, single-spaced
_BOLD = 1.1  # bold letters are wider by this factor
# Units of Word in one point: twentieths of a point for distances, English Metric Units for pictures, half points for
# the size of letters.
_TWENTIETHS, _EMU_A_POINT, _HALF_POINTS = 20, 12_700, 2
_DEFAULT_SIZE = 22  # half points: the size of letters that no style names
_SINGLE_SPACING = 240  # in the unit of w:spacing/@w:line
_CELL_PADDING, _TABLE_SIZE = 4, 10  # points: above and below the words of a cell, size of its letters

Elements = list[BaseOxmlElement]


def estimate_word_pages(data: bytes) -> float:
    """Return about how many pages the text of a .docx file takes, 1.0 for one full page, in a wide font.

    Page breaks are not counted: every section is taken to begin right below the one before.
    """
    document = docx.Document(BytesIO(data))
    first_section = document.sections[0]
    lengths = (first_section.page_width, first_section.left_margin, first_section.right_margin)
    page_width, left, right = (length.pt if length is not None else 0.0 for length in lengths)
    measure = _Measure(document, page_width - left - right)
    banners = []  # heights of header and footer in points, at least as high as their margins
    for part, margin, distance in (
        (first_section.first_page_header, first_section.top_margin, first_section.header_distance),
        (first_section.first_page_footer, first_section.bottom_margin, first_section.footer_distance),
    ):
        height = measure.height(part._element) + (distance.pt if distance is not None else 0)
        banners.append(max(height, margin.pt if margin is not None else 0))
    page_height = first_section.page_height.pt if first_section.page_height is not None else 0
    return measure.height(document.element.body) / max(page_height - sum(banners), 1)


class _Measure:
    """Estimates heights in points, on paper with `width` points between its margins."""

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
        """Return the height of the paragraphs and tables that are children of `parent`."""
        total, below = 0.0, 0.0  # `below` is the space that the last paragraph asks for below it
        for block in parent:
            if block.tag == qn("w:p"):
                before, lines, after = self._paragraph(block)
                total += max(before, below) - below + lines + after  # the larger of the two spaces counts
                below = after
            elif block.tag == qn("w:tbl"):
                total, below = total + sum(self._row(row) for row in block.iter(qn("w:tr"))), 0.0
        return total

    def _row(self, row: BaseOxmlElement) -> float:
        """Return the height of a row by its longest cell, as if all its cells were equally wide."""
        cells = row.findall(qn("w:tc"))
        letters = max((len(_text(cell)) for cell in cells), default=0)
        lines = math.ceil(letters * _TABLE_SIZE * _LETTER_WIDTH * len(cells) / self._width)
        return max(lines, 1) * _TABLE_SIZE * _LINE_HEIGHT + 2 * _CELL_PADDING

    def _paragraph(self, paragraph: BaseOxmlElement) -> tuple[float, float, float]:
        """Return (space above, height of its lines, space below) of a paragraph, in points."""
        places = self._places(paragraph)
        size = _number(places, "w:sz", "val", _DEFAULT_SIZE) / _HALF_POINTS
        before, after = (_number(places, "w:spacing", side, 0) / _TWENTIETHS for side in ("before", "after"))
        indent = _number(places, "w:ind", "left", 0) / _TWENTIETHS
        letter_width = size * _LETTER_WIDTH * (_BOLD if any(_has(place, "w:b") for place in places) else 1)
        room = max(self._width - indent, size)
        lines = sum(max(math.ceil(len(part) * letter_width / room), 1) for part in _text(paragraph).split("\n"))
        spacing = _number(places, "w:spacing", "line", _SINGLE_SPACING)  # or twentieths of a point, by its lineRule
        rules = (_attribute(place, "w:spacing", "lineRule") for place in places)
        in_points = next(filter(None, rules), "auto") != "auto"
        height = spacing / _TWENTIETHS if in_points else size * _LINE_HEIGHT * spacing / _SINGLE_SPACING
        picture_heights = [int(extent.get("cy", 0)) / _EMU_A_POINT for extent in paragraph.iter(qn("wp:extent"))]
        return before, max(lines * height, *picture_heights, 0), after

    def _places(self, paragraph: BaseOxmlElement) -> Elements:
        """Return the elements that hold properties of a paragraph, the strongest first.

        These are its first run, the paragraph itself, its style, the styles on which that style is based, and the
        file's defaults.
        """
        own = paragraph.find(qn("w:pPr"))
        runs = [run for run in paragraph.iter(qn("w:rPr")) if run.getparent().tag == qn("w:r")][:1]
        places: Elements = [*runs, *([own] if own is not None else [])]
        name, visited = (_attribute(own, "w:pStyle", "val") if own is not None else "") or self._normal, set[str]()
        while name in self._styles and name not in visited:
            visited.add(name)
            places.append(self._styles[name])
            based = self._styles[name].find(qn("w:basedOn"))
            name = str(based.get(qn("w:val"))) if based is not None else ""
        return [*places, *self._defaults]


def _text(element: BaseOxmlElement) -> str:
    """Return the text of an element, a line break as a newline; paragraphs follow each other directly."""
    return "".join("\n" if part.tag == qn("w:br") else part.text or "" for part in element.iter(qn("w:t"), qn("w:br")))


def _has(place: BaseOxmlElement, tag: str) -> bool:
    """Return whether a place has the property `tag`."""
    return next(iter(_children(place, tag)), None) is not None


def _children(place: BaseOxmlElement, tag: str) -> Iterator[BaseOxmlElement]:
    """Yield the properties of that name in a place: an element of properties, or one that holds such elements."""
    for child in place.iter(qn(tag)):
        if child.getparent().tag in (qn("w:pPr"), qn("w:rPr")):
            yield child


def _attribute(place: BaseOxmlElement, tag: str, name: str) -> str:
    """Return the first value of the attribute `name` of the properties `tag` in a place; "" if there is none."""
    return next((str(value) for element in _children(place, tag) if (value := element.get(qn(f"w:{name}")))), "")


def _number(places: Elements, tag: str, name: str, otherwise: float) -> float:
    """Return the first number in the attribute `name` of the properties `tag` of the places, else `otherwise`."""
    for place in places:
        try:
            return float(_attribute(place, tag, name))
        except ValueError:
            continue
    return otherwise
