"""Rows copied from a spreadsheet: their cells, and what each says of an organisation or a person."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from tui.fast_dataclass import dataclass
from tui.text.clean import clean, one_line
from tui.text.name_matching import fold

# What people call a column about organisations or people in French or English, as `fold` writes it.
_HEADINGS = {
    "name": ("nom", "organisme", "organisation", "organization", "partenaire", "partner", "name", "agency",
             "nom complet", "nom de l'organisme", "raison sociale", "organization name", "organisation name"),
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
_PHONE = r"\+?\(?\d(?:[\s().-]{0,2}\d){6,14}(?:\s?(?:poste|ext\.?|x)\s?\d{1,6})?"
_MARK = r"^\W{0,2}(?:\w{1,3}[.)]?)?\t"  # a mark of a list, which Word sets apart by a tab too


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row: its cells by what they are (« name », « email » …); `others` is what no column explains."""

    cells: dict[str, str]
    others: tuple[str, ...] = ()


def is_table(text: str) -> bool:
    """Return whether a pasted text has cells set apart by tabs; a tab behind the mark of a list is none."""
    return any("\t" in re.sub(_MARK, "", line.strip(" "), count=1).strip("\t") for line in clean(text).split("\n"))


def read_table(text: str, *, people: bool) -> list[PastedRow]:
    """Return the rows of a pasted table of organisations, or of `people`; a row of headings names the others' cells.

    A mail address or a telephone is known by its form, wherever it stands: it is private, and in no other cell.
    """
    rows = _cells(text)
    headings = [_BY_HEADING.get(fold(cell).strip(" :*")) for cell in rows[0]] if rows else []
    if sum(heading is not None for heading in headings) >= min(2, len(headings)) and any(headings):
        kinds = headings
        return [_row(row, kinds, [f"{head}{' ' if head else ''}" for head in rows[0]], people) for row in rows[1:]]
    return [_row(row, ["name", *(["title"] if people else [])], (), people) for row in rows]


def _cells(text: str) -> list[list[str]]:
    """Return the cells of each row that has a word, line breaks within quotes joined."""
    lines = clean(text).strip("\n").split("\n")
    whole = text.count('"') % 2 == 0  # else it is an inch sign, which opens no quotation
    source = (line + "\n" for line in lines)
    found = csv.reader(source, delimiter="\t", quoting=csv.QUOTE_MINIMAL if whole else csv.QUOTE_NONE)
    rows = ([one_line(cell) for cell in row] for row in found)
    return [row for row in rows if any(row)]


def _row(row: Sequence[str], kinds: Sequence[str | None], heads: Sequence[str], people: bool) -> PastedRow:
    cells: dict[str, str] = {}
    others: list[str] = []
    for at, text in enumerate(row):
        kind = kinds[at] if at < len(kinds) else None
        if "@" in text and " " not in text:
            kind = "email"
        elif re.fullmatch(_PHONE, text):
            kind = "phone"
        if people and kind == "person":
            kind = "name"
        if not text:
            continue
        if kind is None or kind in cells:
            others.append(f"{heads[at].strip()}: {text}" if at < len(heads) and heads[at].strip() else text)
        else:
            cells[kind] = text
    first, last = cells.pop("first", ""), cells.pop("last", "")
    whole = " ".join(filter(None, (first, cells.get("name", "") if first and people and not last else last)))
    if whole:
        cells["name" if people else "person"] = whole
    return PastedRow(cells, tuple(others))
