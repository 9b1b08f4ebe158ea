"""Read a PNG or JPEG picture for the header of a document, without the notes (metadata) of a camera or program."""

from __future__ import annotations

import zlib

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image

from tui.fast_dataclass import dataclass

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"  # the first bytes of each kind
_JPEG_END = b"\xff\xd9"
_CHUNK_FRAME = 12  # bytes of a PNG chunk besides its content
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
    """Return a PNG or JPEG picture as large as fits `height` and `width`; None if `data` is neither, or is cut off.

    Both are in English Metric Units; `width` 0 sets no limit. Notes are left out: they may say where a photograph was
    taken, and may rotate it, which only the PDF would do.
    """
    kind, plain = "", b""
    if data.startswith(_PNG):
        kind, plain = "png", _plain_png(data)
    elif data.startswith(_JPEG):
        kind, plain = "jpeg", _plain_jpeg(data)
    try:
        image = Image.from_blob(plain) if plain else None
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ValueError, KeyError):
        return None
    if image is None or not image.px_height or not image.px_width:
        return None
    scale = height / image.px_height  # English Metric Units for one pixel
    if width:
        scale = min(scale, width / image.px_width)
    return Picture(plain, kind, max(round(image.px_width * scale), 1), max(round(image.px_height * scale), 1))


def _plain_png(data: bytes) -> bytes:
    """Return a PNG without its notes; b"" if a chunk is cut off, or if its checksum is wrong.

    A chunk is its length (4 bytes), its type (4), as many bytes as the length says, and its checksum (4).
    """
    parts, at = [_PNG], len(_PNG)
    while at + _CHUNK_FRAME <= len(data):
        end = at + _CHUNK_FRAME + int.from_bytes(data[at : at + 4])
        chunk = data[at:end]
        if end > len(data) or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
            return b""
        if chunk[4:8] not in _PNG_NOTES:
            parts.append(chunk)
        if chunk[4:8] == b"IEND":
            return b"".join(parts)
        at = end
    return b""


def _plain_jpeg(data: bytes) -> bytes:
    """Return a JPEG without its notes, but with its colour profile; b"" if its segments are damaged.

    A segment is the byte FF, its marker (1 byte), and its length (2 bytes, which count themselves) with its content.
    """
    parts, at = [_JPEG, _JFIF], len(_JPEG)
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        marker, end = data[at + 1], at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if end > len(data):
            return b""
        if marker == _SCAN:
            last = data.rfind(_JPEG_END, end)
            return b"".join(parts) + data[at : last + 2] if last > 0 else b""
        is_note = 0xE0 <= marker <= 0xEF and marker not in (_PROFILE, _COLOURS)  # segments APP0 to APP15
        if not is_note and marker != _COMMENT:
            parts.append(data[at:end])
        at = end
    return b""
