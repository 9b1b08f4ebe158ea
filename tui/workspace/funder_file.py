"""The table that funders ask for, as a CSV file."""

from __future__ import annotations

from tui.agreement.funder_table import HEADS, funder_rows
from tui.export.csv_file import csv_file
from tui.export.formats import Rendered, stem_from_title
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.partnership.privacy import public_view
from tui.partnership.values import Partnership
from tui.workspace.output_files import OutputFile
from tui.workspace.workspace import Workspace

_NAMES = {"fr": "bailleurs", "en": "funders"}  # ends the file's name, by language


def funder_csv(guide: Guide, partnership: Partnership, lang: str) -> bytes:
    """Return objectives, results, contributions, money, partners and dates as CSV in `lang` ("fr" or "en").

    It is made from the public view alone: nothing private is in it.
    """
    rows = [row.cells for row in funder_rows(guide, public_view(guide, partnership), lang)]
    heads = [guide.word(f"funder_{name}", lang) for name in HEADS]
    rows_with_kind = [(guide.word(f"funder_is_{kind}", lang), *cells) for kind, *cells in rows]
    return csv_file([heads, *rows_with_kind], lang)


def funder_file(workspace: Workspace) -> OutputFile:
    """Return the table of the open partnership as a file to be written, in the document's language."""
    lang = workspace.doc_lang
    name = stem_from_title(workspace.agreement.title, _NAMES[lang]) + ".csv"
    return OutputFile(
        name, _("Table for funders"), lambda: Rendered(funder_csv(workspace.guide, workspace.partnership, lang))
    )
