"""A PNG or JPEG picture for the head of a document: whole, and without what a camera or a program noted in it."""

from __future__ import annotations

import zlib

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image

from tui.fast_dataclass import dataclass

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_PNG_NOTES = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"))  # PNG specification § 11.3
_JFIF = bytes.fromhex("ffe000104a46494600010100000100010000")  # JFIF 1.02: no density of its own
_SCAN, _COLOURS, _PROFILE, _COMMENT = 0xDA, 0xEE, 0xE2, 0xFE  # markers of a JPEG (ITU-T T.81, table B.1)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG picture and how large it stands on the page, in English Metric Units (914,400 an inch)."""

    data: bytes
    kind: str  # "png" or "jpeg"
    width: int
    height: int


def read_picture(data: bytes, height: int, width: int = 0) -> Picture | None:
    """Return a whole PNG or JPEG picture as large as fits in `height` and `width` (English Metric Units, 0 for any).

    None for anything else. Its notes are left out: they may say where it was taken, and turn it in the PDF alone.
    """
    kind = "png" if data.startswith(_PNG) else "jpeg" if data.startswith(_JPEG) else ""
    plain = _plain_png(data) if kind == "png" else _plain_jpeg(data) if kind else b""
    try:
        found = Image.from_blob(plain) if plain else None
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ValueError, KeyError):
        return None
    if found is None or not found.px_height or not found.px_width:
        return None
    scale = height / found.px_height
    if width:
        scale = min(scale, width / found.px_width)
    return Picture(plain, kind, max(round(found.px_width * scale), 1), max(round(found.px_height * scale), 1))


def _plain_png(data: bytes) -> bytes:
    """Return a PNG up to its end without its notes; b"" where a part is cut off, or does not add up."""
    kept, at = [_PNG], len(_PNG)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4])
        part = data[at:end]
        if end > len(data) or zlib.crc32(part[4:-4]) != int.from_bytes(part[-4:]):
            return b""
        if part[4:8] not in _PNG_NOTES:
            kept.append(part)
        if part[4:8] == b"IEND":
            return b"".join(kept)
        at = end
    return b""


def _plain_jpeg(data: bytes) -> bytes:
    """Return a JPEG without its notes, its profile of colours kept; b"" where its parts do not follow each other."""
    kept, at = [_JPEG, _JFIF], len(_JPEG)
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        kind, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if end > len(data):
            return b""
        if kind == _SCAN:
            last = data.rfind(b"\xff\xd9", end)
            return b"".join(kept) + data[at : last + 2] if last > 0 else b""
        noted = 0xE0 <= kind <= 0xEF and kind not in (_PROFILE, _COLOURS)
        if not noted and kind != _COMMENT:
            kept.append(data[at:end])
        at = end
    return b""
