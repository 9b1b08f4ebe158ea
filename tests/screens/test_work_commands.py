"""The commands of the working screen, given to nobody: what moves in a list, and where the next gap is."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.partners import PEOPLE, WHO, partners, people
from tui.screens import work_commands
from tui.workspace.workspace import Workspace


def at_question(question: str, partner: str = "") -> tuple[Any, Told]:
    """A working screen of three partners at a question, about one of them; it notes where it goes and what it says."""
    told = Told("Collège", "Clinique", "Gîte")
    for name in ("Ida", "Luc"):
        told.say(WHO, {"people": [{"name": name}]}, "Clinique")
    store = Memory()
    store.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, store)
    workspace.place = replace(workspace.place, question=question, partner=told.ids.get(partner, ""))
    said: list[str] = []
    gone: list[Any] = []
    screen: Any = SimpleNamespace(
        workspace=workspace, form=SimpleNamespace(current_field=None), paint=lambda: None, say=said.append, said=said,
        go=lambda place, writing=False: gone.append(place), gone=gone,
    )  # fmt: skip
    return screen, told


@pytest.mark.parametrize("on_person", [True, False])
@pytest.mark.parametrize(("move", "places"), [("up", -1), ("down", 1)])
def test_a_person_moves_before_its_partner_does(move: str, places: int, on_person: bool) -> None:
    screen, told = at_question(WHO, "Clinique")
    workspace, clinic = screen.workspace, told.ids["Clinique"]
    row = people(workspace.partnership, clinic)[1 if places < 0 else 0]
    if on_person:
        screen.form.current_field = SimpleNamespace(part=SimpleNamespace(list=True), entry=row)
    else:
        screen.form.current_field = SimpleNamespace(part=SimpleNamespace(list=False), entry=row)
    {"up": work_commands.row_up, "down": work_commands.row_down}[move](screen)
    names = [person.text("name", "fr") for person in people(workspace.partnership, clinic)]
    order = [partner.name("fr") for partner in partners(workspace.partnership)]
    assert names == (["Luc", "Ida"] if on_person else ["Ida", "Luc"])
    clinic_moved = ["Clinique", "Collège", "Gîte"] if places < 0 else ["Collège", "Gîte", "Clinique"]
    assert order == (["Collège", "Clinique", "Gîte"] if on_person else clinic_moved)
    assert len(screen.said) == 1


def test_what_stands_in_no_list_does_not_move() -> None:
    screen, told = at_question("gather.vision")
    work_commands.row_up(screen)
    assert [partner.id for partner in partners(screen.workspace.partnership)] == list(told.ids.values())
    assert len(screen.said) == 1 and not screen.workspace.partnership.rows(WHO, PEOPLE)[0].removed


@pytest.mark.parametrize(
    ("question", "partner", "waits"),
    [
        ("open.involvement", "Collège", "Clinique"),
        ("open.involvement", "Clinique", "Gîte"),
        ("open.history", "Collège", ""),
    ],
)  # fmt: skip
def test_the_next_gap_is_of_the_next_partner_unless_it_is_private(question: str, partner: str, waits: str) -> None:
    screen, told = at_question(question, partner)
    work_commands.go_to_unanswered(screen)
    (place,) = screen.gone
    if waits:
        assert (place.question, place.partner) == (question, told.ids[waits])
    else:
        assert place.question != question, "one is not led from partner to partner where nothing has to be said"


@pytest.mark.parametrize("answered", [(), ("Collège",), ("Collège", "Clinique")])
def test_the_next_question_begins_with_the_first_it_waits_for(
    monkeypatch: pytest.MonkeyPatch, answered: tuple[str, ...]
) -> None:
    screen, told = at_question("open.history", "Gîte")
    for name in answered:
        told.say("open.contributions", {"text": "prêter une salle"}, name, op="add")
    monkeypatch.setattr(work_commands, "next_unanswered", lambda guide, partnership, after: "open.contributions")
    screen.workspace = Workspace(GUIDE, told.partnership, Memory())
    screen.workspace.place = replace(screen.workspace.place, question="open.history", partner=told.ids["Gîte"])
    work_commands.go_to_unanswered(screen)
    (place,) = screen.gone
    assert (place.question, place.partner) == ("open.contributions", list(told.ids.values())[len(answered)])
