"""Typing in a sheet: what is there is shown, each answer is a step of undo, and each goes where it belongs."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.form.question_sheet import OWN
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import PEOPLE, WHO, rows_of
from tui.workspace import agenda_edits
from tui.workspace.question_sheets import AGENDA
from tui.workspace.sheet_entry import SheetEntry, SheetPrompt
from tui.workspace.workspace import Workspace


def opened(told: Told) -> Workspace:
    """The told partnership, open."""
    memory = Memory()
    memory.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, memory)


def asked(entry: SheetEntry) -> SheetPrompt:
    """What is asked now."""
    prompt = entry.prompt
    assert prompt is not None
    return prompt


def at(entry: SheetEntry, heading: str, label: str) -> SheetEntry:
    """The sheet once all before this prompt was skipped."""
    while not (heading in asked(entry).heading and label in asked(entry).label):
        entry.skip()
    return entry


def test_facilitator_s_own_sheet_says_of_whom_it_asks_and_a_partner_s_does_not() -> None:
    told = Told("Ruche", "Pré")
    workspace = opened(told)
    for whose in (OWN, *told.ids.values()):
        entry, headings = SheetEntry(workspace, whose), []
        while entry.prompt is not None:
            headings.append(entry.prompt.heading)
            entry.skip()
        for name in told.ids:
            assert any(name in heading for heading in headings) == (whose == OWN)


@pytest.mark.parametrize(
    ("typed", "ticked"), [("1", True), ("oui", True), ("Oui.", True), ("y", True), ("2", False), ("NON", False)]
)
def test_box_is_ticked_by_its_number_or_by_yes_and_no(typed: str, ticked: bool) -> None:
    told = Told("Ruche", "Pré")
    told.say(WHO, {"named": not ticked}, "Ruche")
    workspace = opened(told)
    at(SheetEntry(workspace, OWN), "Qui", "nommer").take(typed)
    assert bool(workspace.partnership.entries[told.ids["Ruche"]].get("named")) == ticked


def test_what_is_neither_yes_nor_no_changes_nothing() -> None:
    workspace = opened(Told("Ruche"))
    before, entry = workspace.partnership, at(SheetEntry(workspace, OWN), "Qui", "nommer")
    for typed in ("3", "peut-être"):
        with pytest.raises(BadValue):
            entry.take(typed)
    assert workspace.partnership is before and "nommer" in asked(entry).label, "it is asked again"


@pytest.mark.parametrize(("names", "pair"), [("Ruche, Pré", "ab"), ("Pré et Ruche", "ab"), ("Nid, Ruche", "ac")])
def test_two_partners_in_any_order_are_one_pair(names: str, pair: str) -> None:
    told = Told("Ruche", "Pré", "Nid")
    ids = dict(zip("abc", told.ids.values(), strict=True))
    workspace = opened(told)
    entry = at(SheetEntry(workspace, OWN), "Confiance", "deux")
    entry.take(names)
    entry.take("fragile")
    (row,) = workspace.partnership.rows("open.trust")
    assert row.subject == tuple(sorted(ids[name] for name in pair))


@pytest.mark.parametrize("names", ["Ruche", "Ruche, Pré, Nid", "tous", "Ruche, Ruche"])
def test_pair_is_of_two(names: str) -> None:
    workspace = opened(Told("Ruche", "Pré", "Nid"))
    entry = at(SheetEntry(workspace, OWN), "Confiance", "deux")
    with pytest.raises(BadValue):
        entry.take(names)
    assert asked(entry).repeats and not workspace.partnership.rows("open.trust")


def test_person_typed_in_a_line_keeps_its_address_private() -> None:
    told = Told("Ruche")
    workspace = opened(told)
    at(SheetEntry(workspace, told.ids["Ruche"]), "Qui", "Personnes").take("Zoé Roy, z@x.example")
    (person,) = rows_of(workspace.partnership, WHO, PEOPLE, told.ids["Ruche"])
    assert (person.get("name"), person.get("email")) == ("Zoé Roy", "z@x.example")


@pytest.mark.parametrize("name", ["Ruche", "ruche", "ruch"])
def test_who_leads_is_the_partner_meant(name: str) -> None:
    told = Told("Ruche", "Pré")
    workspace = opened(told)
    at(SheetEntry(workspace, OWN), "Pilotage", "").take(name)
    (row,) = workspace.partnership.rows("gather.lead", "rows")
    assert row.get("partner") == told.ids["Ruche"]


def test_answer_that_is_there_is_shown_and_each_new_one_is_a_step_of_undo() -> None:
    told = Told("Ruche", "Pré")
    told.say("open.how_many", {"min": 3})
    workspace = opened(told)
    entry = at(SheetEntry(workspace, OWN), "Combien", "au moins")
    assert "3" in repr(asked(entry))
    entry.take("4")
    entry.take("9")
    entry.take("assez")
    answer = workspace.partnership.rows("open.how_many")[0].id
    kept = [("min", 4), ("max", 9), ("reason@fr", "assez")]
    for steps in (3, 2, 1):
        found = workspace.partnership.entries[answer]
        assert [(cell, found.get(cell)) for cell, value in kept if found.get(cell) == value] == kept[:steps]
        workspace.undo()
    assert workspace.partnership.entries[answer].get("min") == 3


def test_lines_of_an_agenda_are_shown_below_the_thing_they_were_typed_at() -> None:
    workspace = opened(Told("Ruche"))
    agenda_edits.add_item(workspace, agenda_edits.meeting_ahead(workspace), "le budget")
    entry = SheetEntry(workspace, AGENDA)
    entry.take("  on dépose en mars  ")
    assert "'on dépose en mars'" in repr(asked(entry))
    entry.skip()
    assert "on dépose" not in repr(asked(entry))
    entry.skip()
    entry.skip()
    assert entry.prompt is None
