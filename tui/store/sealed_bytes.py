"""The bytes of a store file: how tables become sealed JSON, how that is read back, and how older schemas are upgraded.

A file is one JSON object. Its first line is the seal (the SHA-256 of all that follows, and a generation, the number of
the save); then come the tables, one document a line. Files (`sealed_storage`) and backups are read and written by this.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import math
import re
import sys
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NoReturn

from tui.atomic_files import SIZE_LIMIT
from tui.error_words import reason_words
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.store.store_errors import Newer

_LEVELS_AROUND_DOCUMENT: Final = 2  # levels of brackets: that of the file and that of its table
_ROOM_FOR_SEAL_BYTES: Final = 256  # more than the line of the seal takes
_SHARED_TEXT_CHARACTERS: Final = 40  # texts up to this length are likely to recur, and are held in memory once
_MARSHAL_VERSION: Final = 2  # later ones write references, so that equal values could give different bytes


def body_of(tables: Tables) -> bytes:
    """Return the bytes of `tables` that follow the seal, as `LineEncoder.body` does."""
    return LineEncoder().body(tables)[0]


class LineEncoder:
    """Makes the bytes of one file at each save, and keeps the lines: unchanged documents are not encoded again."""

    def __init__(self) -> None:
        # Of the last save: fingerprint of a document → its line, and the document that the line reads back as.
        self._lines_before: dict[bytes, tuple[bytes, Document]] = {}

    def body(self, tables: Tables) -> tuple[bytes, Tables]:
        """Return the bytes that follow the seal, and the tables that these bytes read back as.

        Equal tables give equal bytes. Raises `Malformed` for tables that `load` would refuse, so that everything saved
        can be read again. A document that did not change is the same object as after the last save: the caller must
        not change it.
        """
        check_tables(tables)
        parts: list[bytes] = []  # joined once at the end, because a history is long
        read_back: Tables = {}
        lines_of_save: dict[bytes, tuple[bytes, Document]] = {}  # as `_lines_before`, of this save
        try:
            for name in sorted(tables):
                if name == SEAL_TABLE:
                    continue
                table = read_back[name] = {}
                parts += (b",\n" if parts else b"", ENCODER.encode(name).encode("utf-8"), b": {")
                for number in sorted(tables[name], key=int):
                    line, table[number] = self._line(tables[name][number], lines_of_save)
                    parts += (b',\n"' if len(table) > 1 else b'\n"', number.encode("utf-8"), b'": ', line)
                parts.append(b"\n}" if table else b"}")
            body = b"".join((*parts, b"\n}\n") if parts else ())
        except (ValueError, TypeError, RecursionError) as err:
            raise Malformed(reason_words(err)) from err
        if len(body) > SIZE_LIMIT - _ROOM_FOR_SEAL_BYTES:
            raise Malformed(_("too large"))
        self._lines_before = lines_of_save
        return body, read_back

    def _line(self, document: Document, lines_of_save: dict[bytes, tuple[bytes, Document]]) -> tuple[bytes, Document]:
        """Return what `_encode_document` returns; a document known from this save or the last is not encoded again.

        The result is added to `lines_of_save`.
        """
        try:
            fingerprint = blake2b(marshal.dumps(document, _MARSHAL_VERSION), digest_size=16).digest()
        except ValueError:  # marshal refuses subclasses of dict and str, such as TinyDB's Document
            return _encode_document(document)
        encoded = lines_of_save.get(fingerprint) or self._lines_before.get(fingerprint) or _encode_document(document)
        lines_of_save[fingerprint] = encoded
        return encoded


def _encode_document(document: Document) -> tuple[bytes, Document]:
    """Return the line of a document, and the document that the line reads back as. Raises Malformed if it would not."""
    text = ENCODER.encode(document)
    line = text.encode("utf-8")
    if depth(line) > NESTING_LIMIT - _LEVELS_AROUND_DOCUMENT:
        raise Malformed(_("it nests too deep"))
    read_back = TRUSTING_DECODER.decode(text)
    # If both are the same, the given one is kept, because other parts of the program hold its texts already.
    return line, _with_interned_texts(document if _is_identical(document, read_back) else read_back)


def _is_identical(document: Document, read_back: Document) -> bool:
    """Return whether two documents are equal in values, types and the order of keys."""
    try:
        return marshal.dumps(read_back, _MARSHAL_VERSION) == marshal.dumps(document, _MARSHAL_VERSION)
    except ValueError:  # marshal refuses subclasses of dict and str, such as TinyDB's Document
        return False


def _with_interned_texts(document: Document) -> Document:
    """Return an equal document whose keys and short texts are interned: a history repeats them by the thousand."""
    intern = sys.intern
    return {
        intern(key): intern(value) if type(value) is str and len(value) <= _SHARED_TEXT_CHARACTERS else value
        for key, value in document.items()
    }


Document = dict[str, Any]  # the JSON object of one record
Tables = dict[str, dict[str, Document]]  # name of a table → number of a document, as text → document

NESTING_LIMIT: Final = 64  # levels of brackets in a file
SEAL_TABLE: Final = "_seal"
META: Final = "meta"  # the table whose document "1" carries the schema number

_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)  # of a document: "0", "17"
# {"_seal": {"1": {"generation": 12, "sha256": "9f86…"}}, and a line end; "}" for the last comma if no table follows
_SEAL_LINE = re.compile(rb'\{"_seal": \{"1": \{"generation": ([0-9]{1,18}), "sha256": "([0-9a-f]{64})"\}\}(,|\})\n')
_CURLY_TO_SQUARE = bytes.maketrans(b"{}", b"[]")
_ALL_BUT_BRACKETS_AND_QUOTES = bytes(set(range(256)) - set(b'[]{}"'))
ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True)


class Malformed(ValueError):
    """The bytes are no store file; `str()` says why, in words for the user."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The first line of a file."""

    generation: int  # the number of the save that wrote the file
    sha256: str  # of all bytes after the first line, in hexadecimal


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read strictly; `seal` is None if there is none or if the bytes do not match it."""

    tables: Tables
    seal: Seal | None


def read_seal(raw: bytes) -> Seal | None:
    """Return the seal on the first line of `raw`, None if there is none. The bytes after it are not checked."""
    match = _SEAL_LINE.match(raw)
    return Seal(int(match[1]), match[2].decode("ascii")) if match else None


def verified_seal(raw: bytes) -> Seal | None:
    """Return the seal of `raw`, None if there is none or if the bytes after it do not match it."""
    seal_line = _SEAL_LINE.match(raw)
    seal = read_seal(raw)
    if seal_line is None or seal is None:
        return None
    return seal if hashlib.sha256(memoryview(raw)[seal_line.end() :]).hexdigest() == seal.sha256 else None


def depth(raw: bytes) -> int:
    """Return how many levels of brackets the JSON in `raw` has, at most `NESTING_LIMIT` + 1.

    Also `NESTING_LIMIT` + 1 if the brackets do not match. It loops over levels, not over bytes, which is fast.
    """
    unescaped = raw.replace(b"\\\\", b"").replace(b'\\"', b"")  # each quote that is left opens or closes a string
    marks = unescaped.translate(_CURLY_TO_SQUARE, _ALL_BUT_BRACKETS_AND_QUOTES)
    marks = marks.replace(b'""', b"")  # strings without brackets: most of them
    marks = b"".join(marks.split(b'"')[::2])  # every second piece lies outside of strings
    level = 0
    while marks and level <= NESTING_LIMIT:
        inner = marks.replace(b"[]", b"")  # one pass removes exactly the innermost level
        if len(inner) == len(marks):
            break
        marks, level = inner, level + 1
    return level if not marks else NESTING_LIMIT + 1


def _refuse_constant(name: str) -> NoReturn:
    raise Malformed(_("{name} is not JSON").format(name=name))


def _parse_finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Malformed(_("a number in it is too large"))
    return number


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> Document:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise Malformed(_("a key stands twice"))
    return document


_STRICT_DECODER = json.JSONDecoder(
    object_pairs_hook=_refuse_duplicates, parse_constant=_refuse_constant, parse_float=_parse_finite, strict=True
)
# For text that this program wrote: it does not look for a key that stands twice, and is three times as fast.
TRUSTING_DECODER = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_parse_finite, strict=True)


def load(raw: bytes) -> Loaded:
    """Return what a store file holds. Raises `Malformed`, for the whole file, if anything in it is refused.

    Refused: more than `SIZE_LIMIT` bytes, what is not UTF-8, NaN and infinities, a key twice, nesting beyond
    `NESTING_LIMIT`, lone surrogates, and anything but tables of documents under whole-number ids.
    """
    if len(raw) > SIZE_LIMIT:
        raise Malformed(_("too large"))
    if depth(raw) > NESTING_LIMIT:
        raise Malformed(_("brackets do not match, or nest too deep"))
    seal = verified_seal(raw)
    try:
        text = raw.decode("utf-8")
        # A sealed file was written from dictionaries, so no key stands twice in it.
        value = (TRUSTING_DECODER if seal else _STRICT_DECODER).decode(text)
        if "\\u" in text:  # only an escape can bring a lone surrogate in
            ENCODER.encode(value).encode("utf-8")
    except Malformed:
        raise
    except (ValueError, RecursionError) as err:
        raise Malformed(reason_words(err)) from err
    tables = check_tables(value)
    tables.pop(SEAL_TABLE, None)
    return Loaded(tables, seal)


def check_tables(value: object) -> Tables:
    """Return `value` itself if it has the form of `Tables`, with whole numbers as the keys of documents.

    Raises Malformed if it has another form, or if it names a schema below 1, which no program writes.
    """
    if not isinstance(value, dict):
        raise Malformed(_("not an object of tables"))
    for name, table in value.items():
        if not isinstance(name, str) or not isinstance(table, dict):
            raise Malformed(_("table “{name}” is not an object").format(name=name))
        for key, document in table.items():
            if not isinstance(key, str) or not _NUMBER.fullmatch(key):
                raise Malformed(_("table “{name}” has an id that is not a whole number").format(name=name))
            if not isinstance(document, dict):
                raise Malformed(_("document {key} of table “{name}” is not an object").format(key=key, name=name))
    schema = value.get(META, {}).get("1", {}).get("schema", 1)
    if isinstance(schema, int) and schema < 1 and not isinstance(schema, bool):
        raise Malformed(_("no program writes schema {schema}").format(schema=schema))
    return value


def add_seal(body: bytes, generation: int) -> bytes:
    """Return the bytes of a whole file: the line of the seal, then `body` as `LineEncoder` made it."""
    digest = hashlib.sha256(body).hexdigest()
    end = "," if body else "}"
    line = f'{{"{SEAL_TABLE}": {{"1": {{"generation": {generation}, "sha256": "{digest}"}}}}{end}\n'
    return line.encode("ascii") + body


SCHEMA: Final = 1  # the number of the present layout of tables; a changed layout gets the next number and a step

Step = Callable[[Tables], Tables]
STEPS: Final[Mapping[int, Step]] = {}  # STEPS[n] turns tables of schema n into tables of schema n + 1


def schema_of(tables: Tables) -> int:
    """Return the schema number that `tables` name; 1 if they name none."""
    number = tables.get(META, {}).get("1", {}).get("schema", 1)
    return number if isinstance(number, int) and not isinstance(number, bool) else 1


def with_schema(tables: Tables, schema: int = SCHEMA) -> Tables:
    """Return `tables` with this schema number in them; all else stays as it is."""
    meta = tables.get(META, {})
    return {**tables, META: {**meta, "1": {**meta.get("1", {}), "schema": schema}}}


def is_older(tables: Tables, schema: int = SCHEMA) -> bool:
    """Return whether `tables` hold anything and are of a schema before `schema`."""
    return bool(tables) and schema_of(tables) < schema


def refuse_newer(tables: Tables, path: Path, schema: int = SCHEMA) -> None:
    """Raise `Newer` if `tables`, read from `path`, are of a schema after `schema`."""
    if schema_of(tables) > schema:
        raise Newer(path, schema_of(tables), schema)


def upgrade_tables(tables: Tables, path: Path, steps: Mapping[int, Step] = STEPS, schema: int = SCHEMA) -> Tables:
    """Return `tables` upgraded to `schema` step by step. Raises `Newer` if they are of a later one."""
    refuse_newer(tables, path, schema)
    for present_schema in range(schema_of(tables), schema):
        tables = with_schema(steps[present_schema](tables), present_schema + 1)
    return tables
