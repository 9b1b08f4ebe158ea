"""Word files that come back, made by python-docx and by hand: edited, redlined, commented, hostile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def opened(data: bytes) -> Document:
    """Return the file as python-docx knows it."""
    return docx.Document(io.BytesIO(data))


def saved(document: Document, author: str = "") -> bytes:
    """Return the bytes of a document, last saved by `author`."""
    document.core_properties.last_modified_by = author
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraphs(document: Document) -> list[Paragraph]:
    """Return all paragraphs, those of cells too, in reading order."""
    body = document.element.body
    return [Paragraph(one, document) for one in body.iter(f"{{{W}}}p")]


def edited(data: bytes, change: Callable[[str], str], author: str = "") -> bytes:
    """Return the file with `change` made to the text of each run."""
    document = opened(data)
    for one in paragraphs(document):
        for run in one.runs:
            if change(run.text) != run.text:
                run.text = change(run.text)
    return saved(document, author)


def word_file(body: str, comments: str = "", **parts: bytes) -> bytes:
    """Return a .docx whose body is this XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        if comments:
            archive.writestr("word/comments.xml", f'<w:comments xmlns:w="{W}">{comments}</w:comments>')
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return out.getvalue()


def said(text: str) -> str:
    """Return a run."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def added(text: str, author: str = "Alice", date: str = "2026-11-20T10:00:00Z") -> str:
    """Return an insertion that was tracked."""
    return f'<w:ins w:id="1" w:author="{author}" w:date="{date}">{said(text)}</w:ins>'


def removed(text: str, author: str = "Bob", date: str = "2026-11-21T10:00:00Z") -> str:
    """Return a deletion that was tracked."""
    run = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="2" w:author="{author}" w:date="{date}">{run}</w:del>'


def line(*parts: str, properties: str = "") -> str:
    """Return a paragraph."""
    return f"<w:p>{properties}{''.join(parts)}</w:p>"
