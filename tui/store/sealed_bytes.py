"""The bytes of a store file: JSON tables, a document a line, a sha256 seal, unchanged lines reused, schema steps."""

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

_AROUND: Final = 2  # levels of brackets around a document: the file and its table
_SHORT: Final = 40  # letters of a text that may well stand in other lines too
_FLAT: Final = 2  # the version of marshal's format that gives equal bytes for equal values, and never for others


def body_of(tables: Tables) -> bytes:
    """Return the canonical bytes of `tables` behind the seal, once; see `LineEncoder.body`."""
    return LineEncoder().body(tables)[0]


class LineEncoder:
    """Makes the canonical bytes of one file from save to save."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[bytes, Document]] = {}  # a document's fingerprint → its line, and as it reads

    def body(self, tables: Tables) -> tuple[bytes, Tables]:
        """Return the bytes behind the seal, equal ones for equal tables, and the tables that they read back as.

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
            raise Malformed(reason_words(err)) from err
        if len(body) > SIZE_LIMIT - 256:
            raise Malformed(_("too large"))
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
    """Return the line of a document, and what it reads back as. `Malformed` for what would not."""
    text = ENCODER.encode(document)
    line = text.encode("utf-8")
    if depth(line) > NESTING_LIMIT - _AROUND:
        raise Malformed(_("it nests too deep"))
    back = OUR_OWN.decode(text)
    return line, _shared(document if _reads_same(document, back) else back)


def _reads_same(document: Document, back: Document) -> bool:
    """Return whether what was read back is `document` in every type and order: then its texts are held once."""
    try:
        return marshal.dumps(back, _FLAT) == marshal.dumps(document, _FLAT)
    except ValueError:  # a subclass of dict or str, as TinyDB's own Document
        return False


def _shared(document: Document) -> Document:
    """The document with its keys and short texts held once for all lines: a history repeats them by the thousand."""
    intern = sys.intern
    return {
        intern(key): intern(value) if type(value) is str and len(value) <= _SHORT else value
        for key, value in document.items()
    }


Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]

NESTING_LIMIT: Final = 64
SEAL_TABLE: Final = "_seal"
META: Final = "meta"  # the table whose document "1" carries the schema number

_ID = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_SEAL_LINE = re.compile(rb'\{"_seal": \{"1": \{"generation": ([0-9]{1,18}), "sha256": "([0-9a-f]{64})"\}\}(,|\})\n')
_ONE_BRACKET = bytes.maketrans(b"{}", b"[]")
_NO_MARK = bytes(set(range(256)) - set(b'[]{}"'))
ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True)


class Malformed(ValueError):
    """The bytes are no store file; the text says why."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What the first line promises about the rest: its sha256, and how many saves came before."""

    generation: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read strictly; `seal` is None when there is none or when the bytes do not match it."""

    tables: Tables
    seal: Seal | None


def read_seal(raw: bytes) -> Seal | None:
    """Return the seal that stands on the first line of `raw`, believed without a look at the rest."""
    found = _SEAL_LINE.match(raw)
    return Seal(int(found[1]), found[2].decode("ascii")) if found else None


def verified_seal(raw: bytes) -> Seal | None:
    """Return the seal of `raw` when every byte behind it is as it was sealed, else None."""
    found = _SEAL_LINE.match(raw)
    seal = read_seal(raw)
    if found is None or seal is None:
        return None
    return seal if hashlib.sha256(memoryview(raw)[found.end() :]).hexdigest() == seal.sha256 else None


def depth(raw: bytes) -> int:
    """Return how deep the JSON in `raw` nests, as far as one past `NESTING_LIMIT`.

    Needs no stack, and no loop over bytes.
    """
    unescaped = raw.replace(b"\\\\", b"").replace(b'\\"', b"")  # what quotes are left open and close strings
    marks = unescaped.translate(_ONE_BRACKET, _NO_MARK).replace(b'""', b"")  # two quotes less: in or out as before
    marks = b"".join(marks.split(b'"')[::2])
    level = 0
    while marks and level <= NESTING_LIMIT:
        inner = marks.replace(b"[]", b"")  # one pass takes away exactly the innermost level
        if len(inner) == len(marks):
            break
        marks, level = inner, level + 1
    return level if not marks else NESTING_LIMIT + 1


def _no_constant(name: str) -> NoReturn:
    raise Malformed(_("{name} is not JSON").format(name=name))


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Malformed(_("a number in it is too large"))
    return number


def _no_duplicates(pairs: list[tuple[str, Any]]) -> Document:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Malformed(_("a key stands twice"))
    return made


_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_duplicates, parse_constant=_no_constant, parse_float=_finite, strict=True
)
OUR_OWN = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite, strict=True)  # three times as fast


def load(raw: bytes) -> Loaded:
    """Read a store file strictly; raises `Malformed`.

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
        # What we sealed was written from dictionaries: no key stands twice in it.
        found = (OUR_OWN if seal else _DECODER).decode(text)
        if "\\u" in text:  # only an escape can bring a lone surrogate in
            ENCODER.encode(found).encode("utf-8")
    except Malformed:
        raise
    except (ValueError, RecursionError) as err:
        raise Malformed(reason_words(err)) from err
    tables = check_tables(found)
    tables.pop(SEAL_TABLE, None)
    return Loaded(tables, seal)


def check_tables(found: object) -> Tables:
    """`found` itself when it is tables of documents under whole-number ids, else `Malformed`.

    The number of its schema, where it names one, is one that a program may have written: 1 or more.
    """
    if not isinstance(found, dict):
        raise Malformed(_("not an object of tables"))
    for name, table in found.items():
        if not isinstance(name, str) or not isinstance(table, dict):
            raise Malformed(_("table “{name}” is not an object").format(name=name))
        for key, document in table.items():
            if not isinstance(key, str) or not _ID.fullmatch(key):
                raise Malformed(_("table “{name}” has an id that is not a whole number").format(name=name))
            if not isinstance(document, dict):
                raise Malformed(_("document {key} of table “{name}” is not an object").format(key=key, name=name))
    schema = found.get(META, {}).get("1", {}).get("schema", 1)
    if isinstance(schema, int) and schema < 1 and not isinstance(schema, bool):
        raise Malformed(_("no program writes schema {schema}").format(schema=schema))
    return found


def sealed(body: bytes, generation: int) -> bytes:
    """Return the whole file: the seal on its line, then `body` as `LineEncoder` made it."""
    sha = hashlib.sha256(body).hexdigest()
    end = "," if body else "}"
    line = f'{{"{SEAL_TABLE}": {{"1": {{"generation": {generation}, "sha256": "{sha}"}}}}{end}\n'
    return line.encode("ascii") + body


SCHEMA: Final = 1

Step = Callable[[Tables], Tables]
STEPS: Final[Mapping[int, Step]] = {}  # STEPS[n] turns tables of schema n into tables of schema n + 1


def schema_of(tables: Tables) -> int:
    """Return the schema number `tables` name; a file that names none is of the first."""
    found = tables.get(META, {}).get("1", {}).get("schema", 1)
    return found if isinstance(found, int) and not isinstance(found, bool) else 1


def stamped(tables: Tables, schema: int = SCHEMA) -> Tables:
    """`tables` with the schema number in its place; every other table and field is kept as it is."""
    meta = tables.get(META, {})
    return {**tables, META: {**meta, "1": {**meta.get("1", {}), "schema": schema}}}


def is_older(tables: Tables, schema: int = SCHEMA) -> bool:
    """Return whether `tables` hold something, written under a schema before `schema`."""
    return bool(tables) and schema_of(tables) < schema


def refuse_newer(tables: Tables, path: Path, schema: int = SCHEMA) -> None:
    """Raise `Newer` when `tables`, read from `path`, are of a schema beyond `schema`."""
    if schema_of(tables) > schema:
        raise Newer(path, schema_of(tables), schema)


def migrated(tables: Tables, path: Path, steps: Mapping[int, Step] = STEPS, schema: int = SCHEMA) -> Tables:
    """`tables` brought up to `schema`, one step after the other; raises `Newer` when they are beyond it."""
    refuse_newer(tables, path, schema)
    found = schema_of(tables)
    while found < schema:
        tables = stamped(steps[found](tables), found + 1)
        found += 1
    return tables
