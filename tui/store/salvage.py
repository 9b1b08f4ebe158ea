"""What can still be read of a damaged store file: whole documents, and the lines that broke, as text."""

from __future__ import annotations

import dataclasses
import json
import re

from tui.store.sealed_json import SEAL_TABLE, Document, Tables

_TABLE_LINE = re.compile(r'("(?:[^"\\]|\\.)*+"): \{\}?')
_DOCUMENT_LINE = re.compile(r'"([0-9]{1,18})": (\{.*\}),?')
_OPENING = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*:\s*\{', re.DOTALL)


def _named_once(pairs: list[tuple[str, object]]) -> Document:
    """Return the object of these pairs. Raises ValueError if a key stands twice: the decoder would keep the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


_DECODER = json.JSONDecoder(strict=False, object_pairs_hook=_named_once)


@dataclasses.dataclass(slots=True)
class Salvaged:
    """`tables` hold only documents that were read whole; `unread` are the pieces of text left over."""

    tables: Tables = dataclasses.field(default_factory=dict)
    unread: list[str] = dataclasses.field(default_factory=list)


def salvage(raw: bytes) -> Salvaged:
    """Read what can be read of `raw`; never raises. The result proves nothing and must be looked at by a person."""
    text = raw.decode("utf-8", "replace").replace("\0", "")
    by_line = _by_line(text)
    return by_line if by_line.tables else _by_opening(text, by_line.unread)


def _document(text: str, start: int = 0) -> tuple[Document, int] | None:
    """The JSON object at `start` of `text` and where it ends, or None."""
    try:
        found, end = _DECODER.raw_decode(text, start)
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (ValueError, RecursionError):
        return None
    return (found, end) if isinstance(found, dict) else None


def _by_line(text: str) -> Salvaged:
    """Our own layout: a document a line, so that damage to one line costs one document."""
    found = Salvaged()
    table: dict[str, Document] | None = None
    for line in text.split("\n"):
        stripped = line.strip().removesuffix(",")
        if stripped.startswith(f'{{"{SEAL_TABLE}"') or stripped in ("", "}", "{}", "}}"):
            continue
        row = _DOCUMENT_LINE.fullmatch(stripped)
        whole = _document(row[2]) if row is not None else None
        if row is not None and whole is not None and table is not None and table.get(row[1], whole[0]) == whole[0]:
            table[row[1]] = whole[0]
        elif header := _TABLE_LINE.fullmatch(stripped):
            name = _document(f'{{"name": {header[1]}}}')
            table = found.tables.setdefault(str(name[0]["name"]), {}) if name else None
        else:
            found.unread.append(stripped)
    found.tables = {name: rows for name, rows in found.tables.items() if rows}
    return found


def _by_opening(text: str, unread: list[str]) -> Salvaged:
    """Any other layout: at each `"name": {` try to read a document under the table last opened."""
    found = Salvaged(unread=unread)
    table, place = "", 0
    while opening := _OPENING.search(text, place):
        key, place = opening[1], opening.end()
        if not (key.isascii() and key.isdigit() and len(key) <= 18):
            table = key
        elif table and table != SEAL_TABLE and (whole := _document(text, opening.end() - 1)):
            found.tables.setdefault(table, {}).setdefault(key, whole[0])
            place = whole[1]
    return found
