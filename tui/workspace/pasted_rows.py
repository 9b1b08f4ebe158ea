"""Makes partners, or people of a partner, of rows pasted from a spreadsheet; contacts and remarks stay private."""

from __future__ import annotations

from collections.abc import Sequence

from tui.i18n import _, ngettext
from tui.partnership.partners import PEOPLE, WHO, partners, people
from tui.partnership.values import Entry, Value
from tui.text.name_matching import fold
from tui.text.pasted_tables import PastedRow, read_organisations, read_table
from tui.workspace.workspace import Workspace
from tui.workspace.writing import new_row

_ORGANISATION_COLUMNS = (
    "role",
    "short_name",
    "address",
)  # columns about an organisation itself, not about a person of it


def paste_partners(workspace: Workspace, text: str) -> tuple[list[Entry], int]:
    """Make a partner of each organisation of a list or table. See `add_organisation_rows`."""
    return add_organisation_rows(workspace, read_organisations(text))


def add_organisation_rows(workspace: Workspace, rows: Sequence[PastedRow]) -> tuple[list[Entry], int]:
    """Make a partner of each organisation, as one step of undo. Return (the new ones, how many people were added).

    Contact, address and telephone make a person of the partner; columns that are not recognised go to its private field
    "reason". A row of a partner that is there already, or without a name below one, adds to that partner.
    """
    part = workspace.guide.question(WHO).parts[0]
    by_name = {fold(partner.name(workspace.lang)): partner.id for partner in partners(workspace.partnership)}
    new_ids: list[str] = []
    people_added = 0
    partner_id = ""
    with workspace.edits.as_one():
        for row in rows:
            name = row.cells.get("name", "")
            if name or not partner_id:
                partner_id = by_name.get(fold(name), "") if name else ""
            if not partner_id:
                partner_id = by_name[fold(name)] = new_row(workspace, Entry("", WHO), part, name).id
                new_ids.append(partner_id)
            _tell_of_organisation(workspace, partner_id, row)
            people_added += _add_person(workspace, partner_id, row.cells)
    return [workspace.partnership.entries[new_id] for new_id in new_ids], people_added


def _tell_of_organisation(workspace: Workspace, partner_id: str, row: PastedRow) -> None:
    """Fill the cells that a partner lacks; what differs from its own, and other columns, go to its field "reason"."""
    entry = workspace.partnership.entries[partner_id]
    remarks = list(row.others)
    for column in _ORGANISATION_COLUMNS:
        text, cell = row.cells.get(column, ""), _cell(workspace, "", column)
        if text and not entry.get(cell):
            workspace.set(entry, cell, text)
        elif text and fold(text) != fold(str(entry.get(cell))):
            remarks.append(text)
    _add_remarks(workspace, partner_id, remarks)


def _add_person(workspace: Workspace, partner_id: str, cells: dict[str, str]) -> bool:
    """Make a person of a row's contact columns. Return False if it has none, or the partner has that person already."""
    if not any(kind in cells for kind in ("person", "email", "phone")):
        return False
    name, email = cells.get("person", ""), cells.get("email", "")
    for person in people(workspace.partnership, partner_id):
        if (fold(str(person.get("name") or "")), person.get("email") or "") == (fold(name), email):
            return False
    _person(workspace, partner_id, name, {kind: cells[kind] for kind in ("title", "email", "phone") if kind in cells})
    return True


def pasted_words(rows: int, people: int) -> str:
    """Return how many rows a pasted table made or, if none, how many people it added to partners."""
    if rows:
        return ngettext("{n} line added, with its cells.", "{n} lines added, with their cells.", rows).format(n=rows)
    if people:
        return ngettext(
            "{n} person added to organizations that are already there.",
            "{n} people added to organizations that are already there.",
            people,
        ).format(n=people)
    return _("These organizations are already there.")


def paste_people(workspace: Workspace, partner: str, text: str) -> list[Entry]:
    """Make a person of `partner` (an id) of each row of a pasted table, as one step of undo, and return them."""
    with workspace.edits.as_one():
        rows = read_table(text, people=True)
        new_entries = [_person(workspace, partner, row.cells.get("name", ""), row.cells) for row in rows if row.cells]
        _keep_others(workspace, partner, rows)
        return new_entries


def _person(workspace: Workspace, partner: str, name: str, columns: dict[str, str]) -> Entry:
    """Make a person of a partner and return it; of `columns`, texts by column, title, email and phone are used."""
    part = workspace.guide.question(WHO).part(PEOPLE)
    assert part is not None
    cells: dict[str, Value] = {
        _cell(workspace, PEOPLE, kind): columns[kind] for kind in ("title", "email", "phone") if kind in columns
    }
    return new_row(workspace, Entry("", WHO, PEOPLE, (partner,)), part, name, cells)


def _keep_others(workspace: Workspace, partner: str, rows: Sequence[PastedRow]) -> None:
    """Add the columns of a table of people that are not recognised to the private field "reason" of their partner."""
    remarks = [" ; ".join((row.cells.get("name", ""), *row.others)) for row in rows if row.others]
    _add_remarks(workspace, partner, remarks)


def _add_remarks(workspace: Workspace, partner: str, remarks: Sequence[str]) -> None:
    """Add lines to the private field "reason" of a partner."""
    entry = workspace.partnership.entry(partner)
    if remarks and entry is not None:
        before = entry.text("reason", workspace.typed_lang)
        workspace.set(entry, _cell(workspace, "", "reason"), "\n".join(filter(None, (before, *remarks))))


def _cell(workspace: Workspace, part_id: str, field_id: str) -> str:
    """Return the cell of a field of a partner (part "") or of a person (PEOPLE)."""
    part = workspace.guide.question(WHO).part(part_id)
    field = part.field(field_id) if part is not None else None
    assert field is not None
    return field.cell(workspace.typed_lang)
