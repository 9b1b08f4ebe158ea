"""Read a PNG or JPEG picture for the header of a document, without the notes (metadata) of a camera or program."""

from __future__ import annotations

import zlib

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image

from tui.fast_dataclass import dataclass

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_PNG_NOTES = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"))  # PNG specification § 11.3
_JFIF = bytes.fromhex("ffe000104a46494600010100000100010000")  # the segment of JFIF 1.02 that says no density
_SCAN, _COLOURS, _PROFILE, _COMMENT = 0xDA, 0xEE, 0xE2, 0xFE  # markers of a JPEG (ITU-T T.81, table B.1)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG picture, and its width and height on the page in English Metric Units (914,400 in an inch)."""

    data: bytes
    kind: str  # "png" or "jpeg"
    width: int
    height: int


def read_picture(data: bytes, height: int, width: int = 0) -> Picture | None:
    """Return a PNG or JPEG picture as large as fits `height` and `width`; None where `data` is neither, or cut off.

    Both are in English Metric Units; `width` 0 sets no limit. Notes are left out: they may say where a photograph was
    taken, and may rotate it, which only the PDF would do.
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
    """Return a PNG without its notes; b"" where a chunk is cut off, or its checksum is wrong."""
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
    """Return a JPEG without its notes, but with its colour profile; b"" where its segments are damaged."""
    kept, at = [_JPEG, _JFIF], len(_JPEG)
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        kind, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if end > len(data):
            return b""
        if kind == _SCAN:
            last = data.rfind(b"\xff\xd9", end)
            return b"".join(kept) + data[at : last + 2] if last > 0 else b""
        is_note = 0xE0 <= kind <= 0xEF and kind not in (_PROFILE, _COLOURS)  # segments APP0 to APP15
        if not is_note and kind != _COMMENT:
            kept.append(data[at:end])
        at = end
    return b""
