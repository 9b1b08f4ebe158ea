"""A returned Word file read line by line: its text, its tracked changes and its comments."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import field
from io import BytesIO
from xml.etree import ElementTree

from tui.comparison.returned_diff import Remark, ReturnedLine, TrackedChange
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.text.clean import clean

LARGEST = 30_000_000  # bytes of a file, and of each part of it once unpacked
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # ISO/IEC 29500 Strict says the same by other names
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DEEPEST = 150  # elements in elements; a real file has some 30
_BREAKS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "ptab": " "}
_ADDED, _REMOVED = (_W + "ins", _W + "moveTo"), (_W + "del", _W + "moveFrom")
_WITHIN = frozenset(
    _W + name for name in ("hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
) | {_CHOICE}


class CannotRead(ValueError):
    """What came back cannot be read; the message says why and what to ask for."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: its lines, who saved it last ("" when it does not say), and whether it is a Word file."""

    lines: tuple[ReturnedLine, ...]
    author: str = ""
    word: bool = False


@dataclass(frozen=True, slots=True)
class _By:
    """How a stretch stands in the text: as it is, added or removed, by whom and when."""

    kind: str = ""
    author: str = ""
    date: str = ""


_BY_NOBODY = _By()


@dataclass
class _Said:
    """A paragraph being read."""

    text: str = ""
    marks: list[TrackedChange] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # ids
    began: dict[str, int] = field(default_factory=dict)  # where the words of each remark begin
    about: dict[str, str] = field(default_factory=dict)

    def put(self, text: str, by: _By) -> None:
        """Add a stretch."""
        if by.kind == "del":
            self.marks.append(TrackedChange(len(self.text), len(self.text), by.author, by.date, text))
        elif by.kind != "neither":
            start = len(self.text)
            self.text += text
            if by.kind == "ins" and text.strip():
                self.marks.append(TrackedChange(start, len(self.text), by.author, by.date))


def read_word(data: bytes) -> Returned:
    """The lines of a .docx file, its tracked changes accepted and told by their marks. CannotRead if it is none."""
    if len(data) > LARGEST:
        raise CannotRead(_("This file is too large to be an agreement ({size} MB).").format(size=len(data) // 10**6))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            name = _main_part(archive)
            body = _parsed(archive, name).find(_W + "body")
            if body is None:
                raise CannotRead(_not_word())
            notes = _notes(archive, posixpath.join(posixpath.dirname(name), "comments.xml"))
            return Returned(tuple(_Reader(notes).lines(body)), _saved_by(archive), True)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise CannotRead(_not_word()) from error


def _not_word() -> str:
    return _("This is no Word file that can be read. Ask for a .docx file without a password, or paste its text.")


def _main_part(archive: zipfile.ZipFile) -> str:
    """The name of the part that holds the text: the package says it, usually word/document.xml."""
    for relation in _parsed(archive, "_rels/.rels").iter(_RELATION):
        if relation.get("Type", "").endswith("/officeDocument"):
            return posixpath.normpath(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _parsed(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """One part as XML. What declares a document type could name entities without end: it is refused."""
    with archive.open(name) as part:
        data = part.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise CannotRead(_("This file is too large to be an agreement ({size} MB).").format(size=len(data) // 10**6))
    if any("<!DOCTYPE".encode(code) in data for code in ("utf-8", "utf-16-le", "utf-16-be")):
        raise CannotRead(_not_word())
    try:
        return ElementTree.fromstring(data.replace(_STRICT, _TRANSITIONAL))
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise CannotRead(_not_word()) from error


def _notes(archive: zipfile.ZipFile, name: str) -> dict[str, Remark]:
    """The comments by id; none when the file has no such part."""
    if name not in archive.namelist():
        return {}
    found = {}
    for one in _parsed(archive, name).iter(_W + "comment"):
        texts = ["".join(text.text or "" for text in said.iter(_W + "t")) for said in one.iter(_W + "p")]
        text = clean("\n".join(filter(None, texts))).strip()
        found[one.get(_W + "id", "")] = Remark(text, *_who(one))
    return found


def _saved_by(archive: zipfile.ZipFile) -> str:
    if "docProps/core.xml" not in archive.namelist():
        return ""
    for one in _parsed(archive, "docProps/core.xml"):
        if one.tag.endswith("}lastModifiedBy"):
            return clean(one.text or "", multiline=False).strip()
    return ""


def _who(element: ElementTree.Element) -> tuple[str, str]:
    author = clean(element.get(_W + "author", ""), multiline=False).strip()
    return author, element.get(_W + "date", "")[:10]


def _on(properties: ElementTree.Element | None, name: str) -> bool:
    """Whether a property that is on or off is on."""
    found = properties.find(_W + name) if properties is not None else None
    return found is not None and found.get(_W + "val", "true") not in ("false", "0", "off")


class _Reader:
    """Goes through the body of a document."""

    def __init__(self, notes: dict[str, Remark]) -> None:
        self._notes = notes
        self._said = _Said()

    def lines(self, element: ElementTree.Element, by: _By = _BY_NOBODY, depth: int = 0) -> Iterator[ReturnedLine]:
        """The lines of the body, of a cell or of what may stand around paragraphs."""
        if depth > _DEEPEST:
            raise CannotRead(_not_word())
        for child in element:
            if child.tag == _W + "p":
                self._inline(child, by, depth)
                mark = child.find(f"{_W}pPr/{_W}rPr")
                if mark is not None and mark.find(_W + "del") is not None and self._said.text.strip():
                    self._said.put(" ", _By())  # the end of this paragraph was taken out: the next goes on with it
                    continue
                yield from self._end()
            elif child.tag == _W + "tr":
                yield from self.lines(child, self._of_row(child) or by, depth + 1)
            elif child.tag in _ADDED or child.tag in _REMOVED:
                yield from self.lines(child, _of(child, by), depth + 1)
            elif child.tag in (_W + "tbl", _W + "tc", _ALTERNATE) or child.tag in _WITHIN:
                yield from self.lines(child, by, depth + 1)
        if element.tag in (_W + "body", _W + "tc"):
            yield from self._end()

    def _of_row(self, row: ElementTree.Element) -> _By | None:
        properties = row.find(_W + "trPr")
        for tag in (_W + "ins", _W + "del"):
            found = properties.find(tag) if properties is not None else None
            if found is not None:
                return _of(found, _By())
        return None

    def _end(self) -> Iterator[ReturnedLine]:
        """The paragraph read so far, where it holds anything."""
        said, self._said = self._said, _Said()
        remarks = tuple(
            Remark(note.text, note.author, note.date, said.about.get(name, "").strip())
            for name in dict.fromkeys(said.remarks)
            if (note := self._notes.get(name)) is not None and note.text
        )
        text = clean(said.text)
        if text.strip():
            yield ReturnedLine(text, tuple(said.marks), remarks)
            return
        removed = "".join(one.removed for one in said.marks)
        if removed.strip():
            yield ReturnedLine(clean(removed), tuple(said.marks), remarks, gone=True)

    def _inline(self, element: ElementTree.Element, by: _By, depth: int) -> None:
        """The runs of a paragraph, or of what may stand around them."""
        if depth > _DEEPEST:
            raise CannotRead(_not_word())
        for child in element:
            if child.tag == _W + "r":
                self._run(child, by)
            elif child.tag in _ADDED or child.tag in _REMOVED:
                self._inline(child, _of(child, by), depth + 1)
            elif child.tag == _W + "commentRangeStart":
                self._said.began[child.get(_W + "id", "")] = len(self._said.text)
            elif child.tag == _W + "commentRangeEnd":
                name = child.get(_W + "id", "")
                self._said.about[name] = self._said.text[self._said.began.get(name, 0) :]
            elif child.tag == _ALTERNATE or child.tag in _WITHIN:
                self._inline(child, by, depth + 1)

    def _run(self, run: ElementTree.Element, by: _By) -> None:
        """The words of a run; what a field computes is text, its code is none, and hidden text is not read."""
        if _on(run.find(_W + "rPr"), "vanish"):
            return
        for child in run:
            if child.tag in (_W + "t", _W + "delText"):
                self._said.put(child.text or "", by)
            elif child.tag in _BREAKS and child.get(_W + "type", "") not in ("page", "column"):
                self._said.put(_BREAKS[child.tag], by)
            elif child.tag == _W + "commentReference":
                self._said.remarks.append(child.get(_W + "id", ""))


def _of(element: ElementTree.Element, outer: _By) -> _By:
    """What an element says of the words in it; what one added and another took out stands nowhere."""
    kind = "ins" if element.tag in _ADDED else "del"
    if outer.kind and outer.kind != kind:
        kind = "neither"
    return _By(kind, *_who(element))
