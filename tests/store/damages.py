"""Ways in which a store file gets damaged: by a bad disk, a power cut, a wrong tool, an attacker."""

from __future__ import annotations

import random
from collections.abc import Iterator


def damages(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield (name, damaged bytes) made from the sealed file `raw`; all differ from it."""
    for name, bad in (*_cuts(raw), *_encodings(raw), *_wrong_tools(raw), *_other_json(), *_flips(raw)):
        if bad != raw:
            yield name, bad


def _cuts(raw: bytes) -> Iterator[tuple[str, bytes]]:
    size = len(raw)
    yield "empty", b""
    for at in (1, size // 4, size // 2, size - 2, size - 1):
        yield f"cut at {at}", raw[:at]
    yield "all NUL", b"\0" * size
    yield "NUL tail", raw[: size // 2] + b"\0" * (size - size // 2)
    yield "random bytes", random.Random(5).randbytes(size)


def _encodings(raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield "byte order mark", b"\xef\xbb\xbf" + raw
    yield "UTF-16", raw.decode().encode("utf-16")
    yield "Latin-1", raw.decode().encode("latin-1", "replace")
    yield "bad UTF-8", raw.replace("é".encode(), b"\xff\xfe", 1)
    yield "CR LF", raw.replace(b"\n", b"\r\n")


def _wrong_tools(raw: bytes) -> Iterator[tuple[str, bytes]]:
    yield "garbage behind", raw + b"}]garbage"
    yield "a blank line behind", raw + b"\n"
    yield "twice", raw + raw
    yield "merge marks", b"<<<<<<< HEAD\n" + raw + b"=======\n" + raw + b">>>>>>> theirs\n"
    yield "search and replace", raw.replace(b"note 1", b"note one")


def _other_json() -> Iterator[tuple[str, bytes]]:
    yield "null", b"null"
    yield "a list", b"[]"
    yield "a number", b"42"
    yield "no table", b"{}"
    yield "table is a list", b'{"answers": [1, 2]}'
    yield "table is null", b'{"_default": null, "answers": null}'
    yield "document is text", b'{"answers": {"1": "x"}}'
    yield "id is a word", b'{"answers": {"one": {"key": "k0"}}}'
    yield "id with a sign", b'{"answers": {"+1": {"key": "k0"}}}'
    yield "id in other digits", '{"answers": {"٣": {"key": "k0"}}}'.encode()
    yield "deep list", b"[" * 200_000 + b"]" * 200_000
    yield "deep object", b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    yield "open brackets", b"[" * 300_000
    yield "open quotes", b'"\\"' * 100_000
    yield "huge integer", b'{"answers": {"1": {"text": ' + b"9" * 10_000 + b"}}}"
    yield "huge float", b'{"answers": {"1": {"text": 1e999}}}'
    yield "NaN", b'{"answers": {"1": {"text": NaN, "was": Infinity}}}'
    yield "lone surrogate", b'{"answers": {"1": {"text": "\\ud800"}}}'
    yield "lone surrogate in a key", b'{"answers": {"1": {"\\udfff": 1}}}'
    yield "escape codes", b'{"answers": {"1": {"text": "\\u001b]0;owned\\u0007\\u001b[2J"}}}'
    yield "an id twice", b'{"answers": {"1": {"text": "A"}, "1": {"text": "B"}}}'
    yield "a field twice", b'{"answers": {"1": {"text": "A", "text": "B"}}}'


def _flips(raw: bytes) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(1)
    for _ in range(12):
        bad = bytearray(raw)
        at = chance.randrange(len(raw))
        bad[at] ^= 1 << chance.randrange(8)
        yield f"bit flipped at {at}", bytes(bad)
    for _ in range(6):
        bad = bytearray(raw)
        at = chance.randrange(len(raw) - 32)
        bad[at : at + 32] = b"\0" * 32
        yield f"hole at {at}", bytes(bad)
