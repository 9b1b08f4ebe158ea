"""The lines of an HTML page that came back: our own page, a mail in HTML, a chunk in a Word file."""

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
_SILENT = frozenset(["script", "style", "head", "title", "template", "noscript"])
_CELLS = frozenset(("td", "th"))
_STRUCK = frozenset(("s", "strike", "del"))
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


def page_lines(text: str) -> tuple[ReturnedLine, ...]:
    """Return the paragraphs, items and cells of a page; tags, styles and what is not shown say nothing."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end()
    return tuple(reader.lines)


class _Element(NamedTuple):
    """An open element: its tag and anchor, and whether its words are struck, or not shown."""

    tag: str
    anchor: str
    struck: bool
    silent: bool


def _element(tag: str, attrs: Mapping[str, str | None]) -> _Element:
    """Return an element by its tag and attributes: mail programs strike and hide words by a style alone."""
    name, style = attrs.get("id") or "", "".join((attrs.get("style") or "").lower().split())
    struck = tag in _STRUCK or "line-through" in style
    silent = tag in _SILENT or "hidden" in attrs or "display:none" in style or "mso-hide:all" in style
    return _Element(tag, name if is_anchor(name) else "", struck, silent)


class _Reader(HTMLParser):
    """Gathers the words between the tags that begin or end a block; HTML has no error that it stops at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[ReturnedLine] = []
        self._text, self._whole = "", ""
        self._marks: list[TrackedChange] = []
        self._stack: list[_Element] = []  # open elements
        self._row = 0
        self._pieces: list[str] = []  # lines of the open cell

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag == "br":
            self._add("\n")
        if tag in _BLOCKS:
            self.end()
        if (tag in _CELLS or tag == "tr") and self._stack and self._stack[-1].tag in _CELLS:
            self.handle_endtag(self._stack[-1].tag)  # HTML lets a cell end where the next begins
        if tag == "tr":
            self._row += 1
        if tag not in _VOID:
            self._stack.append(_element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """End the element, and those within it that were left open."""
        if tag in _BLOCKS:
            self.end()
        if not any(element.tag == tag for element in self._stack):
            return
        if tag in _CELLS:
            self._end_cell()
        while self._stack.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Take in words; spaces and line ends of the source are one space."""
        if not any(element.silent for element in self._stack):
            joined = " ".join(data.split())
            lead, tail = (" " if joined and data[:1].isspace() else ""), (" " if data[-1:].isspace() else "")
            self._add(lead + joined + tail)

    def _add(self, text: str) -> None:
        if any(element.struck for element in self._stack):
            self._marks.append(TrackedChange(len(self._text), len(self._text), removed=text))
        else:
            self._text += text
        self._whole += text

    def end(self) -> None:
        """End the paragraph, item or piece of a cell read so far."""
        text, whole, marks = clean(self._text).strip(), clean(self._whole).strip(), self._marks
        self._text, self._whole, self._marks = "", "", []
        if any(element.tag in _CELLS for element in self._stack):
            self._pieces += [text] if text else []
            return
        anchors = tuple(element.anchor for element in self._stack[-1:] if element.anchor)
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
        anchors = tuple(element.anchor for element in self._stack if element.tag in _CELLS and element.anchor)
        self.lines.append(ReturnedLine("\n".join(self._pieces), anchors=anchors, row=self._row))
        self._pieces = []
