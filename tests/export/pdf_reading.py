"""A PDF as another program reads it: the words of its pages, and the tags that a screen reader follows."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

ZERO_WIDTH_SPACE = "\u200b"  # where a long word may break


def pages_of(data: bytes) -> list[str]:
    """Return the words of each page, line by line from the top."""
    return [page.extract_text().replace(ZERO_WIDTH_SPACE, "") for page in PdfReader(io.BytesIO(data)).pages]


def text_of(data: bytes) -> str:
    """Return the words of all pages."""
    return "\n".join(pages_of(data))


def tags_of(data: bytes) -> list[str]:
    """Return the tags in the order in which they are read ("H1", "Table", "TR", …); [] for a file without any."""
    root = PdfReader(io.BytesIO(data)).root_object.get("/StructTreeRoot")
    return list(_tags(root)) if root is not None else []


def _tags(element: PdfObject | None) -> Iterator[str]:
    element = element.get_object() if element is not None else None
    if isinstance(element, ArrayObject):
        for child in element:
            yield from _tags(child)
    elif isinstance(element, DictionaryObject):
        if "/S" in element:
            yield str(element["/S"]).removeprefix("/")
        yield from _tags(element.get("/K"))
