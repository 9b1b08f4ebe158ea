"""Reads the running text of a Word file: paragraphs and cells, with tracked changes, struck words, remarks and anchors.

The names of elements and attributes are those of ISO/IEC 29500.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from xml.etree import ElementTree

from tui.agreement.anchors import is_anchor
from tui.comparison.returned_lines import CannotRead, Remark, ReturnedLine, TrackedChange
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.text.clean import clean

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIDE_TEXT = (W + "headerReference", W + "footerReference")
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHOICE, _FALLBACK = _COMPATIBLE + "Choice", _COMPATIBLE + "Fallback"
_ALTERNATE = _COMPATIBLE + "AlternateContent"
_BOX = W + "txbxContent"  # a text box
_DEEPEST = 150  # elements within elements; a real file has some 30
_BREAKS = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": " "}
_ADDED, _REMOVED = (W + "ins", W + "moveTo"), (W + "del", W + "moveFrom")
# Elements around paragraphs or runs that change nothing of their text.
_WITHIN = frozenset(
    W + name for name in ("hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
) | {_CHOICE}
_STRUCK = ("strike", "dstrike")  # the run properties that strike words, once or twice
_HEADING_STYLE = re.compile(r"(?i)heading|titre|title")
_LIST_STYLE = re.compile(r"(?i)list|liste")


@dataclass(frozen=True, slots=True)
class Notes:
    """The comments, footnotes and endnotes of a file, by id."""

    comments: Mapping[str, Remark]
    footnotes: Mapping[str, Remark]
    endnotes: Mapping[str, Remark]


@dataclass(frozen=True, slots=True)
class _Revision:
    """Whether words were added, removed or struck, and by whom.

    `kind` is "" for unchanged words, "ins" or "del" for tracked changes, "struck" for words struck by formatting,
    "neither" for words that one person added and another removed.
    """

    kind: str = ""
    author: str = ""  # of the tracked change
    date: str = ""  # ISO


_UNCHANGED = _Revision()
_STRUCK_OUT = _Revision("struck")


@dataclass
class _OpenText:
    """A paragraph or cell being read."""

    text: str = ""
    whole: str = ""  # `text` with the words struck by formatting
    marks: list[TrackedChange] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # ids of comments
    notes: list[Remark] = field(default_factory=list)  # notes and text boxes
    began: dict[str, int] = field(default_factory=dict)  # by comment id, the offset of the words it is about
    about: dict[str, str] = field(default_factory=dict)  # by comment id, the words it is about
    anchors: list[str] = field(default_factory=list)
    item: bool | None = None
    heading: bool = False

    def put(self, text: str, by: _Revision) -> None:
        """Add words: removed and struck ones only as marks, those that are neither not at all."""
        if by.kind in ("del", "struck"):
            self.marks.append(TrackedChange(len(self.text), len(self.text), by.author, by.date, text))
            if by.kind == "struck":
                self.whole += text
        elif by.kind != "neither":
            start = len(self.text)
            self.text += text
            self.whole += text
            if by.kind == "ins" and text.strip():
                self.marks.append(TrackedChange(start, len(self.text), by.author, by.date))

    def join(self) -> None:
        """Make a space between this paragraph and the next, which goes on with it: its paragraph mark was removed."""
        for name in ("text", "whole"):
            text = getattr(self, name)
            setattr(self, name, text if not text or text[-1].isspace() else f"{text} ")


def struck_styles(styles: ElementTree.Element) -> dict[str, bool]:
    """Return by style id whether a style strikes its words; a style that does not say follows the one it is based on.

    Styles of which none says it are left out.
    """
    own: dict[str, bool | None] = {}  # by style id, what the style itself says
    based_on: dict[str, str] = {}  # by style id, the id of the style it is based on, "" for none
    for style in styles.iter(W + "style"):
        style_id = style.get(W + "styleId", "")
        own[style_id] = _struck(style.find(W + "rPr"))
        base = style.find(W + "basedOn")
        based_on[style_id] = base.get(W + "val", "") if base is not None else ""
    strikes_by_style: dict[str, bool] = {}
    for style_id in own:
        visited, current_id = set(), style_id  # `seen`: a damaged file may have a circle of styles
        while own.get(current_id) is None and based_on.get(current_id) and current_id not in visited:
            visited.add(current_id)
            current_id = based_on[current_id]
        strikes = own.get(current_id)
        if strikes is not None:
            strikes_by_style[style_id] = strikes
    return strikes_by_style


def paragraph_texts(element: ElementTree.Element, struck: Mapping[str, bool] | None = None) -> str:
    """Return the words of the paragraphs of a comment, note or text box, one a line, without hidden and struck ones.

    `struck` says by style id whether a style strikes its words.
    """
    texts = ["".join(_shown_words(item, struck or {})) for item in element.iter(W + "p")]
    return clean("\n".join(filter(None, texts))).strip()


def _shown_words(paragraph: ElementTree.Element, struck: Mapping[str, bool]) -> Iterator[str]:
    """Yield the words of the runs of a paragraph that are neither hidden nor struck."""
    style = _style(paragraph.find(W + "pPr"), "pStyle")
    for run in paragraph.iter(W + "r"):
        properties = run.find(W + "rPr")
        if not _on(properties, "vanish") and not _strikes(properties, style, struck):
            yield from (text.text or "" for text in run.findall(W + "t"))


def _strikes(properties: ElementTree.Element | None, paragraph_style: str, struck: Mapping[str, bool]) -> bool:
    """Return whether a run is struck: by its properties, else by its own style, else by that of its paragraph."""
    strikes = _struck(properties)
    if strikes is None:
        strikes = struck.get(_style(properties, "rStyle"))
    return struck.get(paragraph_style, False) if strikes is None else strikes


def who(element: ElementTree.Element) -> tuple[str, str]:
    """Return the author of a change or comment, and its ISO date."""
    author = clean(element.get(W + "author", ""), multiline=False).strip()
    return author, element.get(W + "date", "")[:10]


def _is_on(element: ElementTree.Element) -> bool:
    """Return whether the element of an on-off property says on, as it does without a value."""
    return element.get(W + "val", "true") not in ("false", "0", "off")


def _on(properties: ElementTree.Element | None, name: str) -> bool:
    """Return whether an on-off property is there and on."""
    element = properties.find(W + name) if properties is not None else None
    return element is not None and _is_on(element)


def _struck(properties: ElementTree.Element | None) -> bool | None:
    """Return whether run properties strike words; None if they do not say."""
    elements = [properties.find(W + name) for name in _STRUCK] if properties is not None else []
    states = [_is_on(element) for element in elements if element is not None]
    return any(states) if states else None


def _style(properties: ElementTree.Element | None, tag: str) -> str:
    """Return the id of the style that properties name in `tag`, "" for none."""
    element = properties.find(W + tag) if properties is not None else None
    return element.get(W + "val", "") if element is not None else ""


class WordText:
    """Reads the body of a document, a header or a footer."""

    def __init__(self, notes: Notes, struck: Mapping[str, bool]) -> None:
        self._notes = notes
        self._struck = struck  # by style id, whether it strikes its words
        self._current = _OpenText()  # the paragraph being read
        self._row = 0  # the number of the last row of a table
        self._open: dict[str, str] = {}  # our bookmarks that are open: their names by id
        self._paragraph_style = ""  # the id of the style of the paragraph being read

    def lines(self, element: ElementTree.Element, by: _Revision = _UNCHANGED, depth: int = 0) -> Iterator[ReturnedLine]:
        """Yield the lines of an element that holds paragraphs: the body, a cell. `by` is how its words changed."""
        if depth > _DEEPEST:
            raise _too_deep()
        for child in element:
            if child.tag == W + "p":
                yield from self._paragraph(child, by, depth)
            elif child.tag == W + "tr":
                yield from self._table_row(child, by, depth)
            elif child.tag in _ADDED or child.tag in _REMOVED:
                yield from self.lines(child, _revision(child, by), depth + 1)
            elif child.tag == W + "bookmarkStart" or child.tag == W + "bookmarkEnd":
                self._bookmark(child)
            elif child.tag in (W + "tbl", _ALTERNATE) or child.tag in _WITHIN:
                yield from self.lines(child, by, depth + 1)
        if depth == 0:
            yield from self._end()

    def _paragraph(self, element: ElementTree.Element, by: _Revision, depth: int) -> Iterator[ReturnedLine]:
        """Yield one paragraph, unless its paragraph mark was removed: then the next goes on with it."""
        current, properties = self._current, element.find(W + "pPr")
        self._paragraph_style = _style(properties, "pStyle")
        if not current.text:
            numbered = properties is not None and properties.find(W + "numPr") is not None
            current.item = numbered or bool(_LIST_STYLE.search(self._paragraph_style))
            current.heading = bool(_HEADING_STYLE.search(self._paragraph_style))
        self._inline(element, by, depth)
        mark = properties.find(W + "rPr") if properties is not None else None
        if mark is not None and mark.find(W + "del") is not None and self._current.text.strip():
            self._current.join()
        else:
            yield from self._end()

    def _table_row(self, row: ElementTree.Element, by: _Revision, depth: int) -> Iterator[ReturnedLine]:
        """Yield the cells of a row, the empty ones too, unless all of them are empty."""
        self._row += 1
        number, by = self._row, self._row_revision(row) or by
        cells = [self._cell(cell, by, depth) for cell in _cells(row)]
        if all(line.gone or not line.text.strip() for line in cells):
            cells = [line for line in cells if line.gone]  # the cells of a removed row
        for line in cells:
            yield replace(line, row=number)

    def _cell(self, cell: ElementTree.Element, by: _Revision, depth: int) -> ReturnedLine:
        """Return a cell as one line, with line ends between its paragraphs; removed paragraphs are left out."""
        outer, self._current = self._current, _OpenText()
        lines = list(self.lines(cell, by, depth + 3))
        self._current = outer
        lasting = [line for line in lines if not line.gone] or lines
        if not lasting:
            return ReturnedLine("")
        first, shift, marks = lasting[0], 0, []
        for line in lasting:
            marks += [replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in line.marks]
            shift += len(line.text) + 1
        return replace(
            first,
            text="\n".join(line.text for line in lasting),
            whole="\n".join(line.whole or line.text for line in lasting) if any(line.whole for line in lasting) else "",
            marks=tuple(marks),
            remarks=tuple(remark for line in lines for remark in line.remarks),
            anchors=tuple(dict.fromkeys(name for line in lasting for name in line.anchors)),
        )

    def _row_revision(self, row: ElementTree.Element) -> _Revision | None:
        """Return the tracked change that added or removed a whole row, None for none."""
        properties = row.find(W + "trPr")
        for tag in (W + "ins", W + "del"):
            revision = properties.find(tag) if properties is not None else None
            if revision is not None:
                return _revision(revision, _Revision())
        return None

    def _end(self) -> Iterator[ReturnedLine]:
        """Yield the paragraph read so far, if it has text, removed text or remarks."""
        ended, self._current = self._current, _OpenText()
        comments = (
            Remark(comment.text, comment.author, comment.date, ended.about.get(comment_id, "").strip())
            for comment_id in dict.fromkeys(ended.remarks)
            if (comment := self._notes.comments.get(comment_id)) is not None and comment.text
        )
        text = clean(ended.text)
        remarks = (*comments, *(replace(remark, about=text) for remark in ended.notes if remark.text))
        if text.strip():
            whole = clean(ended.whole)
            yield ReturnedLine(
                text, tuple(ended.marks), remarks, anchors=tuple(dict.fromkeys(ended.anchors)), item=ended.item,
                heading=ended.heading, whole=whole if whole != text else "",
            )  # fmt: skip
            return
        removed = clean("".join(mark.removed for mark in ended.marks))
        if removed.strip():
            whole = removed if ended.whole.strip() else ""
            yield ReturnedLine(
                removed, tuple(ended.marks), remarks, True, tuple(dict.fromkeys(ended.anchors)), whole=whole
            )
        elif remarks:
            yield ReturnedLine("", (), remarks)

    def _bookmark(self, element: ElementTree.Element) -> None:
        """Note the beginning or end of a bookmark of ours."""
        name, bookmark_id = element.get(W + "name", ""), element.get(W + "id", "")
        if element.tag == W + "bookmarkEnd":
            self._open.pop(bookmark_id, None)
        elif is_anchor(name):
            self._open[bookmark_id] = name

    def _inline(self, element: ElementTree.Element, by: _Revision, depth: int) -> None:
        """Read the runs of a paragraph, or of an element around runs."""
        if depth > _DEEPEST:
            raise _too_deep()
        for child in element:
            if child.tag == W + "r":
                self._run(child, by, depth)
            elif child.tag in _ADDED or child.tag in _REMOVED:
                self._inline(child, _revision(child, by), depth + 1)
            elif child.tag in (W + "bookmarkStart", W + "bookmarkEnd"):
                self._bookmark(child)
            elif child.tag == W + "commentRangeStart":
                self._current.began[child.get(W + "id", "")] = len(self._current.text)
            elif child.tag == W + "commentRangeEnd":
                comment_id = child.get(W + "id", "")
                self._current.about[comment_id] = self._current.text[self._current.began.get(comment_id, 0) :]
            elif child.tag == _ALTERNATE or child.tag in _WITHIN:
                self._inline(child, by, depth + 1)

    def _run(self, run: ElementTree.Element, by: _Revision, depth: int) -> None:
        """Read the words of a run, unless it is hidden; of a field the result is read, and the code is not."""
        properties = run.find(W + "rPr")
        if _on(properties, "vanish"):
            return
        if by.kind in ("", "ins") and _strikes(properties, self._paragraph_style, self._struck):
            # Words that were added and then struck are none: they never were ours.
            by = replace(by, kind="neither") if by.kind else _STRUCK_OUT
        for child in run:
            if child.tag in (W + "t", W + "delText"):
                self._put(child.text or "", by)
            elif child.tag in _BREAKS and child.get(W + "type", "") not in ("page", "column"):
                self._put(_BREAKS[child.tag], by)
            elif child.tag == W + "commentReference":
                self._current.remarks.append(child.get(W + "id", ""))
            elif child.tag == W + "footnoteReference":
                self._note(self._notes.footnotes, child, by)
            elif child.tag == W + "endnoteReference":
                self._note(self._notes.endnotes, child, by)
            elif by.kind not in ("del", "neither"):
                self._boxes(child, depth)

    def _put(self, text: str, by: _Revision) -> None:
        """Add words to the paragraph, with the anchors that stand on them."""
        self._current.put(text, by)
        if text.strip():
            self._current.anchors += self._open.values()

    def _note(self, notes: Mapping[str, Remark], reference: ElementTree.Element, by: _Revision) -> None:
        """Add the footnote or endnote that a reference names, unless the reference was removed."""
        note = notes.get(reference.get(W + "id", ""))
        if note is not None and by.kind not in ("del", "neither"):
            self._current.notes.append(Remark(note.text, by.author, by.date))

    def _boxes(self, element: ElementTree.Element, depth: int) -> None:
        """Add the words of text boxes; an AlternateContent holds them twice, so its fallback is skipped."""
        if depth > _DEEPEST:
            raise _too_deep()
        if element.tag == _BOX:
            self._current.notes.append(Remark(paragraph_texts(element, self._struck)))
            return
        choice = element.tag == _ALTERNATE and element.find(_CHOICE) is not None
        for child in element:
            if not (choice and child.tag == _FALLBACK):
                self._boxes(child, depth + 1)


def _too_deep() -> CannotRead:
    """Return the error for elements within elements deeper than `_DEEPEST`."""
    return CannotRead(
        _("This is no Word file that can be read. Ask for a .docx file without a password, or paste its text.")
    )


def _cells(row: ElementTree.Element, depth: int = 0) -> Iterator[ElementTree.Element]:
    """Yield the cells of a row, also those that a content control was put around."""
    if depth > _DEEPEST:
        raise _too_deep()
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in _WITHIN or child.tag in _ADDED:
            yield from _cells(child, depth + 1)


def _revision(element: ElementTree.Element, outer: _Revision) -> _Revision:
    """Return how a tracked change makes the words in it; `outer` is the change around it."""
    kind = "ins" if element.tag in _ADDED else "del"
    if outer.kind and outer.kind != kind:
        kind = "neither"
    return _Revision(kind, *who(element))
