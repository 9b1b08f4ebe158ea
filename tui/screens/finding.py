"""Finding a word anywhere in the partnership: answers, notes and rows; Enter goes to its field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.desk.desk import Desk
from tui.project.partners import partner
from tui.project.values import Entry
from tui.screens.picker import Choice, Picker
from tui.text.clean import one_line
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp


def find(app: EntenteApp) -> None:
    """Every text of the partnership, narrowed by the letters typed."""
    desk = app.desk
    if desk is None:
        return

    def chosen(found: str | None) -> None:
        if found:
            entry_id, _slash, field = found.partition("/")
            _go(app, desk, desk.project.entries[entry_id], field)

    app.push_screen(Picker(_("Find a word"), list(_texts(desk))), chosen)


def _texts(desk: Desk) -> Iterator[Choice]:
    for entry in desk.project.entries.values():
        question = desk.guide.by_id.get(entry.question)
        if question is None or not entry.stands:
            continue
        for key, cell in entry.cells.items():
            if isinstance(cell.value, str) and cell.value.strip() and ("@" in key or key in ("name", "email", "phone")):
                owner = partner(desk.project, entry.subject[0]) if entry.subject else None
                whose = f" · {owner.short(desk.lang)}" if owner is not None else ""
                behind = question.short.get(desk.lang) + whose
                yield Choice(f"{entry.id}/{key.partition('@')[0]}", one_line(cell.value), behind)


def _go(app: EntenteApp, desk: Desk, entry: Entry, field: str) -> None:
    """Stand at a field, whatever screen one came from."""
    owner = entry.subject[0] if entry.subject else desk.place.partner
    other = entry.subject[1] if len(entry.subject) > 1 else ""
    place = replace(desk.place, question=entry.question, partner=owner, other=other, slot=f"{entry.id}/{field}")
    desk.go(replace(place, cursor=None))
    while len(app.screen_stack) > 2:
        app.pop_screen()
    app.write_here()
