"""Write and read CSV files as spreadsheets do: with a byte order mark, and no cell that is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.text.clean import clean

_DELIMITERS = {"fr": ";", "en": ","}  # what spreadsheets of each language write between cells
_OTHER_FORMATS = (b"PK", b"\xd0\xcf", b"%PDF", b"{\\rtf")  # first bytes of .xlsx and .ods, .xls, PDF, rich text
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")  # a spreadsheet takes a cell that begins so for a formula


def csv_file(rows: Iterable[Sequence[str]], lang: str) -> bytes:
    """Return the rows as CSV (RFC 4180) in UTF-8, delimited as spreadsheets in `lang` ("fr", "en") do."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=_DELIMITERS[lang], lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(clean(cell, multiline=False)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def read_csv(data: bytes, name: str) -> list[list[str]]:
    """Return the rows of a CSV file without empty ones, in UTF-8 or Windows-1252, with any usual delimiter.

    `name` is the name of the file. Raises BadValue, which says what to do, if the bytes are no text or no table.
    """
    if data.startswith(_OTHER_FORMATS) or b"\0" in data[:4096]:
        sentence = _(
            "“{name}” is no CSV file, nor a vCard. In the spreadsheet, save it as CSV (UTF-8), then take that in."
        )
        raise BadValue(sentence.format(name=name))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    first_line = text.partition("\n")[0]
    delimiter = max(";,\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [row for row in reader if any(row)]
    except csv.Error as error:
        sentence = _("“{name}” cannot be read as CSV: line {n} is no line of a table.")
        raise BadValue(sentence.format(name=name, n=reader.line_num)) from error


def _harmless(cell: str) -> str:
    """Return `cell` with an apostrophe before it if a spreadsheet would take it for a formula; « -1.5 » stays."""
    is_number = cell.replace(".", "", 1).removeprefix("-").isdigit()
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) and not is_number else cell
