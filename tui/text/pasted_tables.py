"""Read rows copied from a spreadsheet, as tables of organisations or of people."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from tui.fast_dataclass import dataclass
from tui.text.clean import clean, one_line, pasted_lines
from tui.text.name_matching import fold
from tui.text.person_lines import read_contact

# Kind of a column → the headings that people give it in French or English, folded.
_HEADINGS = {
    "organisation": ("organisme", "organisation", "organization", "partenaire", "partner", "agency", "raison sociale",
                     "nom de l'organisme", "organization name", "organisation name"),
    "name": ("nom", "name", "nom complet", "full name"),  # of an organisation or of a person, as the others tell
    "person": ("contact", "personne contact", "personne-ressource", "personne ressource", "contact person", "person",
               "contact name", "responsable", "representant", "representante", "nom du contact", "personne"),
    "first": ("prenom", "first name", "given name"),
    "last": ("nom de famille", "last name", "surname", "family name"),
    "title": ("titre", "fonction", "poste", "title", "position", "job title"),
    "email": ("courriel", "adresse courriel", "e-mail", "email", "mail", "email address", "adresse electronique"),
    "phone": ("telephone", "tel", "tel.", "phone", "phone number", "telephone number", "cellulaire", "cell", "mobile",
              "numero de telephone"),
    "role": ("role",),
    "short_name": ("nom court", "sigle", "acronyme", "short name", "acronym"),
    "address": ("adresse", "adresse postale", "address", "mailing address"),
}  # fmt: skip
_BY_HEADING = {heading: kind for kind, headings in _HEADINGS.items() for heading in headings}
# « 519 555-0100 poste 12 »
_PHONE = r"\+?\(?\d(?:[\s().-]{0,2}\d){6,14}(?:\s?(?:poste|ext\.?|x)\s?\d{1,6})?"
_MARK = r"^\W{0,2}(?:\w{1,3}[.)]?)?\t"  # a bullet or number of a list, which Word also follows by a tab


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row of a pasted table."""

    cells: dict[str, str]  # by kind, a key of `_HEADINGS`, without empty cells
    others: tuple[str, ...] = ()  # texts of all other cells, after their heading if there is one: « Notes : … »


def is_table(text: str) -> bool:
    """Return whether a pasted text has cells separated by tabs; the tab after a bullet does not count."""
    return any("\t" in re.sub(_MARK, "", line.strip(" "), count=1).strip("\t") for line in clean(text).split("\n"))


def read_table(text: str, *, people: bool) -> list[PastedRow]:
    """Return the rows of a pasted table of organisations, or of `people`; a first row of headings names the columns.

    A mail address or telephone, which is private, is recognised by its form in any column.
    """
    kinds: Sequence[str | None] = ["name", *(["title"] if people else [])]
    heads: Sequence[str] = ()
    rows_read = []
    for at, row in enumerate(_cells(text)):
        headings = [_BY_HEADING.get(fold(cell).strip(" :*")) for cell in row]
        # Names may be typed above a pasted table, so that its headings come later; there, one cell is a name.
        fewest = 2 if at else min(2, len(headings))
        if not heads and sum(heading is not None for heading in headings) >= fewest and any(headings):
            kinds, heads = _kinds(headings, people=people), row
        else:
            rows_read.append(_row(row, kinds, heads, people))
    return rows_read


def _kinds(headings: Sequence[str | None], *, people: bool) -> list[str | None]:
    """Return the kinds of the columns of a table with these headings; None for one without a cell of its own.

    Beside a column of organisations, a column called « Nom » has people; in a list of people it is the other way round.
    """
    kinds = {"organisation": "name"}
    if people:
        if any(heading in ("name", "person", "first", "last") for heading in headings):
            kinds = {"organisation": ""}
        kinds["person"] = "name"
    elif "organisation" in headings:
        kinds["name"] = "last" if "first" in headings and "last" not in headings else "person"
    return [kinds.get(heading, heading) or None if heading else None for heading in headings]


def read_organisations(text: str) -> list[PastedRow]:
    """Return the organisations of a list: the rows of a table, or a row of each line.

    A line's mail address and telephone, which are private, are cells of their own. A row without a name tells more of
    the organisation above it; the first row has a name.
    """
    rows = read_table(text, people=False) if is_table(text) else [_line(line) for line in pasted_lines(text)]
    return [row for row in rows if row.cells or row.others]


def _line(line: str) -> PastedRow:
    name, email, phone = read_contact(line)
    return PastedRow({kind: text for kind, text in (("name", name), ("email", email), ("phone", phone)) if text})


def _cells(text: str) -> list[list[str]]:
    """Return the cells of each row that is not empty; line breaks inside quotes become spaces."""
    lines = clean(text).strip("\n").split("\n")
    is_quoted = text.count('"') % 2 == 0  # an odd one is an inch sign
    source = (line + "\n" for line in lines)
    raw_rows = csv.reader(source, delimiter="\t", quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE)
    rows = ([one_line(cell) for cell in row] for row in raw_rows)
    return [row for row in rows if any(row)]


def _row(row: Sequence[str], kinds: Sequence[str | None], heads: Sequence[str], people: bool) -> PastedRow:
    """Return a row by the kinds and headings of its columns; first and last names are joined to one cell."""
    cells: dict[str, str] = {}
    others: list[str] = []
    for at, text in enumerate(row):
        kind = kinds[at] if at < len(kinds) else None
        if "@" in text and " " not in text:
            kind = "email"
        elif re.fullmatch(_PHONE, text):
            kind = "phone"
        if not text:
            continue
        if kind is None or kind in cells:
            others.append(f"{heads[at].strip()}: {text}" if at < len(heads) and heads[at].strip() else text)
        else:
            cells[kind] = text
    first, last = cells.pop("first", ""), cells.pop("last", "")
    surname = cells.get("name", "") if first and people and not last else last  # « Prénom » beside « Nom »
    if full_name := " ".join(filter(None, (first, surname))):
        cells["name" if people else "person"] = full_name
    return PastedRow(cells, tuple(others))
