"""Reads a returned Word file: its body, comments, footnotes, embedded files, headers and footers.

`word_text` reads the body itself.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree

from tui.comparison.returned_lines import (
    CHUNK,
    LARGEST,
    CannotRead,
    Remark,
    Returned,
    ReturnedLine,
)
from tui.comparison.returned_page import page_lines
from tui.comparison.word_text import (
    SIDE_TEXT,
    Notes,
    W,
    WordText,
    paragraph_texts,
    struck_styles,
    who,
)
from tui.i18n import _
from tui.text.clean import clean

__all__ = ["LARGEST", "CannotRead", "Returned", "read_word"]

# ISO/IEC 29500 Strict has other names for the same elements: they are replaced before the XML is read.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_EXTENDED = "{http://schemas.microsoft.com/office/word/2012/wordml}"


def read_word(data: bytes) -> Returned:
    """Return the lines of a .docx file, tracked changes accepted and noted as marks. Raises CannotRead for others."""
    if len(data) > LARGEST:
        raise CannotRead(too_large(len(data)))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _Package(archive).read()
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise CannotRead(_not_word()) from error


def too_large(size: int) -> str:
    """Return the sentence that refuses a file of `size` bytes."""
    return _("This file is too large to be an agreement ({size} MB).").format(size=size // 10**6)


def _not_word() -> str:
    """Return the sentence that refuses a file which is no Word file."""
    return _("This is no Word file that can be read. Ask for a .docx file without a password, or paste its text.")


class _Package:
    """The parts of one Word file, which is a ZIP archive of XML files."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._main = self._main_part()
        self._folder = posixpath.dirname(self._main)

    def read(self) -> Returned:
        """Return its lines, who saved it, and its headers and footers."""
        body = self._parsed(self._main).find(W + "body")
        if body is None:
            raise CannotRead(_not_word())
        styles = struck_styles(self._parsed(name)) if (name := self._related("styles")) else {}
        side_notes = (self._side_notes(kind, styles) for kind in ("footnotes", "endnotes"))
        notes = Notes(self._comments(), *side_notes)
        reader = WordText(notes, styles)
        lines = list(reader.lines(body))
        chunks = [self._chunk(child) for child in body.iter(W + "altChunk")]
        place = CHUNK if any(line.text.strip() for line in lines) else ""  # chunks alone are the text itself
        for text in filter(None, chunks):
            lines += (ReturnedLine(line.text, item=line.item, place=place) for line in page_lines(text))
        edges = tuple(self._page_edges(body, WordText(notes, styles)))
        return Returned(tuple(lines), self._saved_by(), True, page=any(chunks) and not place, edges=edges)

    def _main_part(self) -> str:
        """Return the name of the part that holds the text, as the archive tells it: usually word/document.xml."""
        for relation in self._parsed("_rels/.rels").iter(_RELATION):
            if relation.get("Type", "").endswith("/officeDocument"):
                return posixpath.normpath(relation.get("Target", "")).lstrip("/")
        return "word/document.xml"

    def _parsed(self, name: str) -> ElementTree.Element:
        """Return one part as XML. Raises CannotRead if it is damaged, or declares a document type (XML bombs do)."""
        data = self._bytes(name)
        if any("<!DOCTYPE".encode(code) in data for code in ("utf-8", "utf-16-le", "utf-16-be")):
            raise CannotRead(_not_word())
        try:
            return ElementTree.fromstring(data.replace(_STRICT, _TRANSITIONAL))
        except (ElementTree.ParseError, LookupError, ValueError) as error:
            raise CannotRead(_not_word()) from error

    def _bytes(self, name: str) -> bytes:
        """Return one part unpacked. Raises CannotRead if it is larger than LARGEST."""
        with self._archive.open(name) as part:
            data = part.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise CannotRead(too_large(len(data)))
        return data

    def _part(self, name: str) -> str:
        """Return the full name of a part in the folder of the text; "" if the file has no such part."""
        full = posixpath.normpath(posixpath.join("/", self._folder, name)).lstrip("/")
        return full if full in self._archive.namelist() else ""

    def _related(self, kind: str) -> str:
        """Return the full name of the part that the text names as its « styles », « comments »…; "" for none.

        Word calls them styles.xml or styles2.xml. A file that does not say has them under the usual name.
        """
        targets = (target for of_kind, target in self._relations().values() if of_kind == kind)
        named = next((name for target in targets if (name := self._part(target))), "")
        return named or self._part(f"{kind}.xml")

    def _comments(self) -> dict[str, Remark]:
        """Return the open comments by id, each with the answers to it; resolved threads are left out."""
        name = self._related("comments")
        if not name:
            return {}
        comments: dict[str, Remark] = {}
        ids: dict[str, str] = {}
        for comment in self._parsed(name).iter(W + "comment"):
            comment_id = comment.get(W + "id", "")
            comments[comment_id] = Remark(paragraph_texts(comment), *who(comment))
            for paragraph in comment.iter(W + "p"):
                ids[paragraph.get(_PARAGRAPH_ID, "")] = comment_id
        return self._threads(comments, ids)

    def _threads(self, comments: dict[str, Remark], ids: dict[str, str]) -> dict[str, Remark]:
        """Return the comments `comments` with answers joined to what they answer and resolved threads left out.

        `ids` gives the comment of a paragraph id: commentsExtended.xml, which tells threads, names paragraphs.
        """
        name = self._related("commentsExtended")
        extended = list(self._parsed(name).iter(_EXTENDED + "commentEx")) if name else []
        parents = {
            element.get(_EXTENDED + "paraId", ""): element.get(_EXTENDED + "paraIdParent", "") for element in extended
        }
        done = {
            element.get(_EXTENDED + "paraId", "")
            for element in extended
            if element.get(_EXTENDED + "done") in ("1", "true")
        }
        for paragraph, parent in parents.items():
            comment, above = ids.get(paragraph), ids.get(parent)
            if comment is None or (parent and above is None):
                continue
            if paragraph in done or parent in done:
                comments.pop(comment, None)
            elif above in comments and comment in comments:
                answer, first = comments.pop(comment), comments[above]
                answer_text = _("{author}: {text}").format(author=answer.author, text=answer.text)
                comments[above] = Remark(
                    f"{first.text}\n— {answer_text}" if answer.text else first.text, first.author, first.date
                )
        return comments

    def _side_notes(self, kind: str, struck: Mapping[str, bool]) -> dict[str, Remark]:
        """Return the footnotes or endnotes by id, without the lines that only separate them from the text.

        `struck` says by style id whether a style strikes its words.
        """
        full = self._related(kind)
        notes = self._parsed(full) if full else ()
        return {
            note.get(W + "id", ""): Remark(paragraph_texts(note, struck)) for note in notes if not note.get(W + "type")
        }

    def _chunk(self, element: ElementTree.Element) -> str:
        """Return the HTML or text of an embedded file (altChunk); "" for one of another kind."""
        _kind, target = self._relations().get(element.get(_REFERENCE, ""), ("", ""))
        name = posixpath.normpath(posixpath.join(self._folder, target)).lstrip("/")
        if not target.lower().endswith((".htm", ".html", ".xhtml", ".txt")) or name not in self._archive.namelist():
            return ""
        return self._bytes(name).decode("utf-8", "replace")

    def _relations(self) -> dict[str, tuple[str, str]]:
        """Return by relation id of the text the kind of the relation, such as « comments », and the file it names."""
        name = posixpath.join(self._folder, "_rels", posixpath.basename(self._main) + ".rels")
        if name not in self._archive.namelist():
            return {}
        return {
            element.get("Id", ""): (posixpath.basename(element.get("Type", "")), element.get("Target", ""))
            for element in self._parsed(name).iter(_RELATION)
        }

    def _page_edges(self, body: ElementTree.Element, reader: WordText) -> Iterator[ReturnedLine]:
        """Yield the lines of headers and footers, equal ones once."""
        relations, texts = self._relations(), set()
        for tag in SIDE_TEXT:
            for reference in body.iter(tag):
                _kind, target = relations.get(reference.get(_REFERENCE, ""), ("", ""))
                name = self._part(target) if target else ""
                for line in reader.lines(self._parsed(name)) if name else ():
                    if line.text.strip() and not line.gone and line.text not in texts:
                        texts.add(line.text)
                        yield line

    def _saved_by(self) -> str:
        """Return who saved the file last, "" if it does not say."""
        if "docProps/core.xml" not in self._archive.namelist():
            return ""
        for element in self._parsed("docProps/core.xml"):
            if element.tag.endswith("}lastModifiedBy"):
                return clean(element.text or "", multiline=False).strip()
        return ""
