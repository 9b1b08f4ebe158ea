"""Reads the lines of an HTML page that came back: our own export, a mail in HTML, a chunk embedded in a Word file."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from tui.agreement.anchors import is_anchor
from tui.comparison.returned_lines import ReturnedLine, TrackedChange
from tui.text.clean import clean

_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *(
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "html",
            "legend",
        ),
        *("li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("title", "tr", "ul"),
    )
)
_HIDDEN = frozenset(["script", "style", "head", "title", "template", "noscript"])  # their text is not shown
_CELLS = frozenset(("td", "th"))
_STRUCK = frozenset(("s", "strike", "del"))
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


def page_lines(text: str) -> tuple[ReturnedLine, ...]:
    """Return the paragraphs, items and cells of a page, as far as they are shown, without rows that are empty."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end()
    filled_rows = {line.row for line in reader.lines if line.text.strip()}
    return tuple(line for line in reader.lines if not line.row or line.row in filled_rows)


class _Element(NamedTuple):
    """An open element of the page."""

    tag: str
    anchor: str  # its id if our export gave it, else ""
    struck: bool  # whether it strikes its words
    hidden: bool  # whether its words are not shown


def _element(tag: str, attrs: Mapping[str, str | None]) -> _Element:
    """Return an element by its tag and attributes; mail programs may strike and hide words by `style` alone."""
    name, style = attrs.get("id") or "", "".join((attrs.get("style") or "").lower().split())
    struck = tag in _STRUCK or "line-through" in style
    hidden = tag in _HIDDEN or "hidden" in attrs or "display:none" in style or "mso-hide:all" in style
    return _Element(tag, name if is_anchor(name) else "", struck, hidden)


class _Reader(HTMLParser):
    """Gathers the lines of a page: a line ends where a tag of a block begins or ends. Any HTML is accepted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[ReturnedLine] = []
        self._text, self._whole = "", ""  # the line read so far, without and with struck words
        self._marks: list[TrackedChange] = []
        self._named: list[str] = []  # our anchors that Word and LibreOffice wrote as <a name="…"> within the line
        self._stack: list[_Element] = []  # open elements
        self._row = 0  # the number of the row of a table being read, counted over the page
        self._cell_lines: list[str] = []  # of the open cell

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an open element; that of a block ends the line before it."""
        if tag == "br":
            self._add("\n")
        if tag in _BLOCKS:
            self.end()
        if (tag in _CELLS or tag == "tr") and self._stack and self._stack[-1].tag in _CELLS:
            self.handle_endtag(self._stack[-1].tag)  # HTML lets a cell end where the next begins
        if tag == "tr":
            self._row += 1
        attributes = dict(attrs)
        if tag == "a" and is_anchor(name := attributes.get("name") or ""):
            self._named.append(name)
        if tag not in _VOID:
            self._stack.append(_element(tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        """End the last open element with this tag, and those within it that were left open."""
        if tag in _BLOCKS:
            self.end()
        if not any(element.tag == tag for element in self._stack):
            return
        if tag in _CELLS:
            self._end_cell()
        while self._stack.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Add words to the line; spaces and line ends of the source become one space, but in a text set as it is."""
        if any(element.hidden for element in self._stack):
            return
        if any(element.tag == "pre" for element in self._stack):
            self._add(data)
        else:
            joined = " ".join(data.split())
            lead, tail = (" " if joined and data[:1].isspace() else ""), (" " if data[-1:].isspace() else "")
            self._add(lead + joined + tail)

    def _add(self, text: str) -> None:
        """Add words to the line, struck ones as a removal."""
        if any(element.struck for element in self._stack):
            self._marks.append(TrackedChange(len(self._text), len(self._text), removed=text))
        else:
            self._text += text
        self._whole += text

    def end(self) -> None:
        """Keep the line read so far, if it has words; in a cell it becomes one line of the cell."""
        text, whole, marks = clean(self._text).strip(), clean(self._whole).strip(), self._marks
        self._text, self._whole, self._marks = "", "", []
        if any(element.tag in _CELLS for element in self._stack):
            self._cell_lines += [text] if text else []
            return
        anchors = (*(element.anchor for element in self._stack[-1:] if element.anchor), *self._named)
        self._named = []
        item = any(element.tag == "li" for element in self._stack)
        heading = any(element.tag[:1] == "h" and element.tag[1:].isdigit() for element in self._stack)
        struck = whole if whole != text else ""
        if text:
            self.lines.append(
                ReturnedLine(text, tuple(marks), anchors=anchors, item=item, heading=heading, whole=struck)
            )
        elif struck:
            self.lines.append(ReturnedLine(struck, tuple(marks), gone=True, anchors=anchors, whole=struck))

    def _end_cell(self) -> None:
        """Keep the open cell as one line of the page, even if it is empty."""
        cells = [element.anchor for element in self._stack if element.tag in _CELLS and element.anchor]
        anchors = (*cells, *self._named)
        self._named = []
        self.lines.append(ReturnedLine("\n".join(self._cell_lines), anchors=anchors, row=self._row))
        self._cell_lines = []
