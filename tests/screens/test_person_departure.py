"""The page of a person who leaves: each role given to another by keyboard, one who is new, and the past kept."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.caged import press
from tests.screens.opened import ORG, filled_store, opened, workspace_of
from tests.workspace.in_memory import Memory
from tui.partnership.partners import PEOPLE, WHO, people
from tui.partnership.roles import Role
from tui.partnership.values import REMOVED, Change, Partnership, Value
from tui.screens import person_departure
from tui.screens.person_departure import PersonDepartureScreen
from tui.workspace.place import Place
from tui.workspace.workspace import Workspace

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


PEOPLE_TOLD = [{"name": "Zoé", "accountable": True}, {"name": "Ali"}, {"name": "Léa"}]


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize(
    ("chosen", "typed", "given"),
    [
        ("Ali", None, "Ali"), ("Léa", None, "Léa"), ("-", None, ""), ("#other", " Nadia ", "Nadia"),
        ("#other", " ", None), ("#other", None, None), ("#field", None, None), (None, None, None),
    ],
)  # fmt: skip
def test_a_role_goes_to_whom_it_is_given(
    monkeypatch: pytest.MonkeyPatch, own: bool, chosen: str | None, typed: str | None, given: str | None
) -> None:
    told = Told("Ruche", "Pré")
    told.say("open.who", {"people": PEOPLE_TOLD}, "Ruche")
    told.say("open.who", {"people": [{"name": "Luc"}]}, "Pré")
    ids = {str(row.get("name")): row.id for row in people(told.partnership, told.ids["Ruche"])}
    role = Role(ids["Zoé"] if own else "leadleadle", "gather.lead", "rows", "person")
    workspace = Workspace(GUIDE, told.partnership, Memory())
    done: list[Any] = []
    offered: list[str] = []
    monkeypatch.setattr(person_departure, "person_roles", lambda workspace, person: (role,))
    monkeypatch.setattr(person_departure, "role_words", lambda workspace, role: "")
    monkeypatch.setattr(person_departure, "give_role", lambda workspace, role, person, name: done.append(name))
    monkeypatch.setattr(person_departure, "Picker", lambda title, choices: [choice.id for choice in choices])
    monkeypatch.setattr(person_departure, "ask_text", lambda app, window, title, take: take(typed))

    def push(choices: list[str], take: Any) -> None:
        offered.extend(choices)
        take(ids.get(chosen or "", chosen))

    monkeypatch.setattr(PersonDepartureScreen, "app", SimpleNamespace(push_screen=push))
    monkeypatch.setattr(PersonDepartureScreen, "paint", lambda page: None)
    monkeypatch.setattr(PersonDepartureScreen, "say", lambda page, text: None)
    monkeypatch.setattr(PersonDepartureScreen, "to_field", lambda page, *place: done.append(place))
    next(row for row in PersonDepartureScreen(workspace, ids["Zoé"]).rows() if row.act).act()  # type: ignore[misc]
    assert offered == [ids["Ali"], ids["Léa"], "#other", "-", *([] if own else ["#field"])]
    place = (role.question, "", role.entry, role.field)
    assert done == ([place] if chosen == "#field" else [] if given is None else [given])


@pytest.mark.parametrize(("question", "names"), [("open.who", ["Luc"]), ("gather.lead", ["Zoé", "Ali", "Léa", "Luc"])])
def test_in_a_question_to_one_partner_its_people_alone_may_leave(
    monkeypatch: pytest.MonkeyPatch, question: str, names: list[str]
) -> None:
    told = Told("Ruche", "Pré")
    told.say("open.who", {"people": PEOPLE_TOLD}, "Ruche")
    told.say("open.who", {"people": [{"name": "Luc"}]}, "Pré")
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.place = Place(question, told.ids["Pré"])
    monkeypatch.setattr(person_departure, "Picker", lambda title, choices: [choice.label for choice in choices])
    offered: list[str] = []
    app: Any = SimpleNamespace(workspace=workspace, push_screen=lambda choices, take: offered.extend(choices))
    person_departure.show_person_departure(app)
    assert offered == names


@pytest.mark.parametrize("has_left", [False, True])
def test_a_departure_is_noted_once(monkeypatch: pytest.MonkeyPatch, has_left: bool) -> None:
    told = Told("Ruche")
    told.say("open.who", {"people": PEOPLE_TOLD}, "Ruche")
    zoe = people(told.partnership, told.ids["Ruche"])[0]
    if has_left:
        told.take(Change(zoe.id, WHO, REMOVED, True, PEOPLE, zoe.subject))
    noted: list[str] = []
    monkeypatch.setattr(person_departure, "note_person_left", lambda workspace, person: noted.append(person.id))
    monkeypatch.setattr(PersonDepartureScreen, "paint", lambda page: None)
    monkeypatch.setattr(PersonDepartureScreen, "say", lambda page, text: None)
    page = PersonDepartureScreen(Workspace(GUIDE, told.partnership, Memory()), zoe.id)
    page.rows()[-1].act()  # type: ignore[misc]
    assert noted == ([] if has_left else [zoe.id]) and "Zoé" in page.heading()
