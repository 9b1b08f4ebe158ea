"""Rows of texts as a CSV file that spreadsheets open: with a byte order mark, and no cell that acts as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.text.clean import clean

DELIMITERS = {"fr": ";", "en": ","}  # what a spreadsheet of each language takes for the end of a cell
_OTHERS = (b"PK", b"\xd0\xcf", b"%PDF", b"{\\rtf")  # a spreadsheet's own formats, PDF, rich text
_ACTS = ("=", "+", "-", "@", "\t")  # a spreadsheet takes what begins so for a formula


def csv_file(rows: Iterable[Sequence[str]], lang: str) -> bytes:
    """Return the rows as CSV (RFC 4180) in UTF-8, cells parted as a spreadsheet of `lang` ("fr" or "en") does."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=DELIMITERS[lang], lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(clean(cell, multiline=False)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def read_csv(data: bytes, name: str) -> list[list[str]]:
    """Return the rows of a CSV file, in UTF-8 or as older spreadsheets write it, however its cells are parted.

    Raises BadValue that says what to do, where the bytes are no text or no table; `name` is that of the file.
    """
    if data.startswith(_OTHERS) or b"\0" in data[:4096]:
        said = _("“{name}” is no CSV file, nor a vCard. In the spreadsheet, save it as CSV (UTF-8), then take that in.")
        raise BadValue(said.format(name=name))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [row for row in reader if any(row)]
    except csv.Error as error:
        said = _("“{name}” cannot be read as CSV: line {n} is no line of a table.")
        raise BadValue(said.format(name=name, n=reader.line_num)) from error


def _harmless(cell: str) -> str:
    """Return a text that a spreadsheet shows as it is: an apostrophe stands before what it would reckon."""
    number = cell.replace(".", "", 1).removeprefix("-").isdigit()
    return f"'{cell}" if cell.startswith(_ACTS) and not number else cell
