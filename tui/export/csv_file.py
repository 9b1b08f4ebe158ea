"""Rows of texts as a CSV file that spreadsheets open: with a byte order mark, and no cell that acts as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from tui.text.clean import clean

DELIMITERS = {"fr": ";", "en": ","}  # what a spreadsheet of each language takes for the end of a cell
_ACTS = ("=", "+", "-", "@", "\t")  # a spreadsheet takes what begins so for a formula


def csv_file(rows: Iterable[Sequence[str]], lang: str) -> bytes:
    """Return the rows as CSV (RFC 4180) in UTF-8, cells parted as a spreadsheet of `lang` ("fr" or "en") does."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=DELIMITERS[lang], lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(clean(cell, multiline=False)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """A text that a spreadsheet shows as it is: an apostrophe stands before what it would reckon."""
    number = cell.replace(".", "", 1).removeprefix("-").isdigit()
    return f"'{cell}" if cell.startswith(_ACTS) and not number else cell
