"""The page of a person who leaves: each role given to another by keyboard, one who is new, and the past kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.caged import press
from tests.screens.opened import ORG, filled_store, opened, workspace_of
from tui.partnership.partners import PEOPLE, WHO, people
from tui.partnership.values import Change, Partnership, Value
from tui.screens.person_departure import PersonDepartureScreen

OLD, OTHER = "personaaaa", "personbbbb"


def rows_of(partnership: Partnership) -> list[tuple[str, bool, bool]]:
    """The people of the first partner: name, whether accountable, whether they sign."""
    found = people(partnership, ORG)
    return [(str(row.get("name")), bool(row.get("accountable")), bool(row.get("signs"))) for row in found]


@pytest.mark.slow
async def test_roles_of_a_person_are_given_one_by_one(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    cells: dict[str, dict[str, Value]] = {OLD: {"#order": "5", "name": "Ida Roy", "accountable": True, "signs": True},
             OTHER: {"#order": "6", "name": "Luc Viau"}}  # fmt: skip
    changes = [Change(one, WHO, cell, value, PEOPLE, (ORG,)) for one in cells for cell, value in cells[one].items()]
    lead = {"#order": "5", "partner": ORG, "person": {"person": OLD}, "mandate@fr": "coordonner"}
    changes += [Change("leadleadle", "gather.lead", cell, value, "rows") for cell, value in lead.items()]
    store.save(store.list()[0].id, changes)
    async with opened(store) as (app, pilot):
        workspace = workspace_of(app)
        await press(pilot, "escape")
        app.run_command("person_leaves")
        await pilot.pause()
        await press(pilot, *"ida", "enter")
        assert isinstance(app.screen, PersonDepartureScreen)
        told = [row.text.replace("\u00a0", " ") for row in app.screen.rows()]
        assert told[1].endswith("coordonner") and told[2:4] == ["Personne responsable", "Signe l'entente"]
        await press(pilot, "enter", *"luc", "enter")
        lead_row = workspace.partnership.entry("leadleadle")
        assert lead_row is not None and lead_row.get("person") == {"person": OTHER}
        await press(pilot, "enter", *"quelqu", "enter", *"Ana Côté", "enter")
        assert rows_of(workspace.partnership) == [
            ("Ida Roy", False, True), ("Luc Viau", False, False), ("Ana Côté", True, False),
        ]  # fmt: skip
        await press(pilot, "enter", *"ana", "enter")
        assert "Il ne reste rien à régler." in [row.text for row in app.screen.rows()]
        await press(pilot, "enter")
        assert rows_of(workspace.partnership) == [("Luc Viau", False, False), ("Ana Côté", True, True)]
        await press(pilot, "escape", *["u"] * 4)
        assert rows_of(workspace.partnership) == [("Ida Roy", True, True), ("Luc Viau", False, False)]


async def test_where_nobody_is_noted_it_says_so(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await press(pilot, "escape")
        app.run_command("person_leaves")
        await pilot.pause()
        assert "Personne n'est encore noté" in app.page.message
