"""Rows pasted from a spreadsheet made partners with their people, or people; nothing private becomes public."""

from __future__ import annotations

from collections.abc import Sequence

from tui.partnership.partners import PEOPLE, WHO, partners
from tui.partnership.values import Entry, Value
from tui.text.name_matching import fold
from tui.text.pasted_tables import PastedRow, read_table
from tui.workspace.workspace import Workspace
from tui.workspace.writing import new_row

_OWN = ("role", "short_name", "address")  # what a column may say of an organisation itself


def paste_partners(workspace: Workspace, text: str) -> list[Entry]:
    """Make a partner of each row of a pasted table, as one step of undo; those that are there are not made twice.

    Its contact, addresses and telephones are of a person of it; what no column explains goes to the private reason.
    """
    part = workspace.guide.question(WHO).parts[0]
    known = {fold(partner.name(workspace.lang)) for partner in partners(workspace.partnership)}
    made: list[Entry] = []
    with workspace.edits.as_one():
        for row in read_table(text, people=False):
            name = row.cells.get("name", "")
            if not name or fold(name) in known:
                continue
            known.add(fold(name))
            cells: dict[str, Value] = {
                _cell(workspace, "", cell): row.cells[cell] for cell in _OWN if cell in row.cells
            }
            if row.others:
                cells[_cell(workspace, "", "reason")] = "\n".join(row.others)
            entry = new_row(workspace, Entry("", WHO), part, name, cells)
            made.append(entry)
            if any(kind in row.cells for kind in ("person", "email", "phone")):
                contact = {kind: text for kind, text in row.cells.items() if kind in ("title", "email", "phone")}
                _person(workspace, entry.id, row.cells.get("person", ""), contact)
    return made


def paste_people(workspace: Workspace, partner: str, text: str) -> list[Entry]:
    """Make a person of a partner of each row of a pasted table, as one step of undo."""
    with workspace.edits.as_one():
        rows = read_table(text, people=True)
        made = [_person(workspace, partner, row.cells.get("name", ""), row.cells) for row in rows if row.cells]
        _keep_others(workspace, partner, rows)
        return made


def _person(workspace: Workspace, partner: str, name: str, said: dict[str, str]) -> Entry:
    part = workspace.guide.question(WHO).part(PEOPLE)
    assert part is not None
    cells: dict[str, Value] = {
        _cell(workspace, PEOPLE, kind): said[kind] for kind in ("title", "email", "phone") if kind in said
    }
    return new_row(workspace, Entry("", WHO, PEOPLE, (partner,)), part, name, cells)


def _keep_others(workspace: Workspace, partner: str, rows: Sequence[PastedRow]) -> None:
    """What no column of a table of people explains goes to the private reason of their organisation."""
    left = [" ; ".join((row.cells.get("name", ""), *row.others)) for row in rows if row.others]
    entry = workspace.partnership.entry(partner)
    if left and entry is not None:
        before = entry.text("reason", workspace.typed_lang)
        workspace.set(entry, _cell(workspace, "", "reason"), "\n".join(filter(None, (before, *left))))


def _cell(workspace: Workspace, part: str, name: str) -> str:
    field = workspace.guide.question(WHO).part(part)
    known = field.field(name) if field is not None else None
    assert known is not None
    return known.cell(workspace.typed_lang)
