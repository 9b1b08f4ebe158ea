"""Makes partners, or people of a partner, of rows pasted from a spreadsheet; contacts and remarks stay private."""

from __future__ import annotations

from collections.abc import Sequence

from tui.partnership.partners import PEOPLE, WHO, partners
from tui.partnership.values import Entry, Value
from tui.text.name_matching import fold
from tui.text.pasted_tables import PastedRow, read_table
from tui.workspace.workspace import Workspace
from tui.workspace.writing import new_row

_ORGANISATION_COLUMNS = (
    "role",
    "short_name",
    "address",
)  # columns about an organisation itself, not about a person of it


def paste_partners(workspace: Workspace, text: str) -> list[Entry]:
    """Make a partner of each row of a pasted table, as one step of undo, and return the new ones.

    Partners that are there already are skipped. Contact, address and telephone make a person of the partner; columns
    that are not recognised go to its private field "reason".
    """
    part = workspace.guide.question(WHO).parts[0]
    known_names = {fold(partner.name(workspace.lang)) for partner in partners(workspace.partnership)}
    new_entries: list[Entry] = []
    with workspace.edits.as_one():
        for row in read_table(text, people=False):
            name = row.cells.get("name", "")
            if not name or fold(name) in known_names:
                continue
            known_names.add(fold(name))
            cells: dict[str, Value] = {
                _cell(workspace, "", cell): row.cells[cell] for cell in _ORGANISATION_COLUMNS if cell in row.cells
            }
            if row.others:
                cells[_cell(workspace, "", "reason")] = "\n".join(row.others)
            entry = new_row(workspace, Entry("", WHO), part, name, cells)
            new_entries.append(entry)
            if any(kind in row.cells for kind in ("person", "email", "phone")):
                contact = {kind: text for kind, text in row.cells.items() if kind in ("title", "email", "phone")}
                _person(workspace, entry.id, row.cells.get("person", ""), contact)
    return new_entries


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
