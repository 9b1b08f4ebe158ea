"""The lines of a store file, each proved to read back: a line whose document did not change is not made again."""

from __future__ import annotations

import marshal
import sys
from hashlib import blake2b
from typing import Final

from tui.store.files import SIZE_LIMIT
from tui.store.sealed_json import (
    ENCODER,
    NESTING_LIMIT,
    OUR_OWN,
    SEAL_TABLE,
    Document,
    Malformed,
    Tables,
    check_tables,
    depth,
)

_AROUND: Final = 2  # levels of brackets around a document: the file and its table
_SHORT: Final = 40  # letters of a text that may well stand in other lines too
_FLAT: Final = 2  # the version of marshal's format that gives equal bytes for equal values, and never for others


def body_of(tables: Tables) -> bytes:
    """The canonical bytes of `tables` behind the seal, once; see `Lines.body`."""
    return Lines().body(tables)[0]


class Lines:
    """Makes the canonical bytes of one file from save to save."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[bytes, Document]] = {}  # a document's fingerprint → its line, and as it reads

    def body(self, tables: Tables) -> tuple[bytes, Tables]:
        """The bytes behind the seal, equal ones for equal tables, and the tables that they read back as.

        Raises `Malformed` for what `load` would refuse, so that nothing is saved that cannot be read again. Documents
        in those tables stay the same objects while they do not change: nobody may change them.
        """
        check_tables(tables)
        parts: list[bytes] = []  # joined once: a history is long, and is not copied more often than it must
        back: Tables = {}
        known: dict[bytes, tuple[bytes, Document]] = {}
        try:
            for name in sorted(tables):
                if name == SEAL_TABLE:
                    continue
                held = back[name] = {}
                parts += (b",\n" if parts else b"", ENCODER.encode(name).encode("utf-8"), b": {")
                for key in sorted(tables[name], key=int):
                    line, held[key] = self._line(tables[name][key], known)
                    parts += (b',\n"' if len(held) > 1 else b'\n"', key.encode("utf-8"), b'": ', line)
                parts.append(b"\n}" if held else b"}")
            body = b"".join((*parts, b"\n}\n") if parts else ())
        except (ValueError, TypeError, RecursionError) as err:
            raise Malformed(str(err)) from err
        if len(body) > SIZE_LIMIT - 256:
            raise Malformed("too large")
        self._known = known
        return body, back

    def _line(self, document: Document, known: dict[bytes, tuple[bytes, Document]]) -> tuple[bytes, Document]:
        try:
            value = blake2b(marshal.dumps(document, _FLAT), digest_size=16).digest()
        except ValueError:  # a subclass of dict or str, as TinyDB's own Document
            return _proved(document)
        found = known[value] = known.get(value) or self._known.get(value) or _proved(document)
        return found


def _proved(document: Document) -> tuple[bytes, Document]:
    """The line of a document, and what it reads back as. `Malformed` for what would not."""
    text = ENCODER.encode(document)
    line = text.encode("utf-8")
    if depth(line) > NESTING_LIMIT - _AROUND:
        raise Malformed("nests too deep")
    return line, _shared(OUR_OWN.decode(text))


def _shared(document: Document) -> Document:
    """The document with its keys and short texts held once for all lines: a history repeats them by the thousand."""
    intern = sys.intern
    return {
        intern(key): intern(value) if type(value) is str and len(value) <= _SHORT else value
        for key, value in document.items()
    }
