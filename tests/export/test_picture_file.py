"""A picture of the letterhead: its size on the page, what is left out of it, and the colours that stay."""

from __future__ import annotations

import zlib

import pytest

from tests.export.house import png
from tests.export.test_house_style import jpeg
from tui.export.picture_file import read_picture

END = b"\x00\x00\x00\x00IEND\xaeB\x60\x82"


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG picture (PNG specification § 5.3)."""
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def segment(marker: int, data: bytes) -> bytes:
    """A segment of a JPEG picture (ITU-T T.81, § B.1.1.4)."""
    return bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2) + data


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP", b"gAMA"])
def test_notes_of_a_png_are_left_out_and_its_colours_stay(kind: bytes) -> None:
    picture = read_picture(png().removesuffix(END) + chunk(kind, b"48.4N 68.5W") + END, 100)
    assert picture is not None and (b"48.4N" in picture.data) is (kind in (b"iCCP", b"gAMA"))


@pytest.mark.parametrize(
    ("marker", "stays"), [(0xE1, False), (0xED, False), (0xFE, False), (0xE2, True), (0xEE, True), (0xDB, True)]
)
def test_notes_of_a_jpeg_are_left_out_and_its_colours_stay(marker: int, stays: bool) -> None:
    picture = read_picture(jpeg(segment(marker, b"48.4N 68.5W")), 100)
    assert picture is not None and (b"48.4N" in picture.data) is stays


@pytest.mark.parametrize(
    ("pixels", "limits", "size"),
    [
        ((60, 20), (100, 0), (300, 100)), ((60, 20), (100, 150), (150, 50)), ((20, 60), (90, 600), (30, 90)),
        ((900, 1), (100, 300), (300, 1)),
    ],
)  # fmt: skip
def test_a_picture_is_as_large_as_fits_both_ways(
    pixels: tuple[int, int], limits: tuple[int, int], size: tuple[int, int]
) -> None:
    picture = read_picture(png(*pixels), *limits)
    assert picture is not None and (picture.width, picture.height) == size
