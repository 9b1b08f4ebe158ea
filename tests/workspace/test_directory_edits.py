"""A partnership brings the directory names and people, never reasons; newer facts win, and a trial brings nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.organisations import (
    LINK,
    PARTNER_FIELDS,
    PERSON_FIELDS,
    Organisation,
    cells_to_merge,
    changes_to_join,
    own_organisation,
    profiles,
    read_organisations,
    sorted_organisations,
    suggested_organisations,
)
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.privacy import public_view
from tui.partnership.values import TRIAL, Change
from tui.workspace.directory_edits import (
    Documents,
    absent_people,
    add_organisations,
    fill_from_directory,
    link_by_name,
    make_own,
    update_from_partnership,
)
from tui.workspace.place import Place
from tui.workspace.workspace import Workspace

CANARY = "zqcanari"


class Shelf:
    """A directory in memory."""

    def __init__(self) -> None:
        self.cells: dict[str, dict[str, Any]] = {}

    def directory(self) -> Sequence[Mapping[str, Any]]:
        """Its entries."""
        return [{**cells, "id": name} for name, cells in self.cells.items()]

    @property
    def known(self) -> tuple[Organisation, ...]:
        """Its organisations."""
        return read_organisations(self.directory())

    def change_directory(
        self, work: Callable[[Documents], Mapping[str, Mapping[str, Any]]], /
    ) -> Mapping[str, Mapping[str, Any]]:
        """Set cells, as the store does."""
        before: dict[str, dict[str, Any]] = {}
        for name, cells in work(self.directory()).items():
            there = self.cells.setdefault(name, {})
            before[name] = {key: there.get(key) for key in cells}
            there.update(cells)
        return before


@pytest.fixture
def told() -> Told:
    return Told("La Maison", "Le Collège")


def test_an_address_that_is_kept_confidential_is_kept_so_in_the_next_partnership(told: Told) -> None:
    told.say("open.who", {"address": "1, chemin Caché", "address_withheld": True}, "La Maison")
    shelf = Shelf()
    update_from_partnership(shelf, {}, told.partnership)
    (known,) = [one for one in shelf.known if one.name("fr") == "La Maison"]
    other = Told("La Maison")
    other.take(*changes_to_join(known, other.partnership.entries[other.ids["La Maison"]], other.partnership))
    assert other.partnership.entries[other.ids["La Maison"]].get("address@fr") == "1, chemin Caché"
    assert "Caché" not in str(public_view(GUIDE, other.partnership))


def test_no_private_word_reaches_the_directory_but_how_to_reach_people(told: Told) -> None:
    one = told.ids["La Maison"]
    question = GUIDE.question(WHO)
    told.take(*(Change(one, WHO, _cell(field), CANARY, "", (one,)) for field in question.parts[0].fields
                if field.id not in PARTNER_FIELDS and field.id not in ("status", LINK)))  # fmt: skip
    for name in GUIDE.by_id:
        if name != WHO:
            told.take(Change(f"{name}:{one}", name, "text@fr", CANARY, "", (one,)))
            told.take(Change(f"{name}:{one}", name, "note@fr", CANARY, "", (one,)))
    shelf = Shelf()
    update_from_partnership(shelf, {}, told.partnership)
    assert len(shelf.known) == 2
    assert CANARY not in json.dumps(shelf.cells)
    part = question.part(PEOPLE)
    assert part is not None
    assert {field.id for field in part.fields} >= PERSON_FIELDS, "people are known by the guide's own fields"


def _cell(field: Any) -> str:
    return f"{field.id}@fr" if field.translatable else str(field.id)


def test_a_partnership_teaches_once_and_links_its_partners(told: Told) -> None:
    shelf = Shelf()
    told.take(*update_from_partnership(shelf, {}, told.partnership))
    assert all(row.get("organisation") for row in told.partnership.rows(WHO))
    assert update_from_partnership(shelf, profiles(told.partnership), told.partnership) == []
    other = Told("la maison", "Une autre")  # the same name, typed otherwise
    update_from_partnership(shelf, {}, other.partnership)
    assert len(shelf.known) == 3


def test_what_did_not_change_takes_nothing_newer_back(told: Told) -> None:
    shelf = Shelf()
    told.say(WHO, {"part": "people", "name": "Marie", "email": "old@x.example"}, "La Maison", op="add")
    told.take(*update_from_partnership(shelf, {}, told.partnership))
    opened = profiles(told.partnership)
    house = next(one for one in shelf.known if one.name("fr") == "La Maison")
    cell = next(key for key in house.cells if key.endswith("/email"))
    shelf.change_directory(lambda _rows: {house.id: {cell: "new@x.example"}})
    told.say(WHO, {"address": "12, rue du Quai"}, "La Maison")
    update_from_partnership(shelf, opened, told.partnership)
    assert shelf.cells[house.id][cell] == "new@x.example"
    assert shelf.cells[house.id]["address@fr"] == "12, rue du Quai"


def test_a_person_whose_name_was_corrected_stays_one_person(told: Told) -> None:
    shelf = Shelf()
    row = told.say(WHO, {"part": "people", "name": "Mary Roi"}, "La Maison", op="add")[0]
    told.take(*update_from_partnership(shelf, {}, told.partnership))
    opened = profiles(told.partnership)
    told.take(Change(row, WHO, "name", "Marie Roy", PEOPLE, (told.ids["La Maison"],)))
    update_from_partnership(shelf, opened, told.partnership)
    house = next(one for one in shelf.known if one.name("fr") == "La Maison")
    assert [one.name for one in house.people] == ["Marie Roy"]


def test_a_trial_teaches_nothing(told: Told) -> None:
    shelf = Shelf()
    told.setting(TRIAL, True)
    assert update_from_partnership(shelf, {}, told.partnership) == [] and shelf.cells == {}


def test_there_is_one_own_organisation_and_it_is_offered_first(told: Told) -> None:
    shelf = Shelf()
    update_from_partnership(shelf, {}, told.partnership)
    assert len(shelf.known) == 2
    for one in shelf.known:
        before = make_own(shelf, one.id)
        assert (found := own_organisation(shelf.known)) is not None and found.id == one.id
        assert sorted_organisations(shelf.known, "fr")[0].id == one.id
        assert suggested_organisations(shelf.known, "l", "fr")[0].id == one.id
        _put(shelf, before)
        assert own_organisation(shelf.known) is None


def _put(shelf: Shelf, cells: Mapping[str, Mapping[str, Any]]) -> None:
    shelf.change_directory(lambda _rows: cells)


def test_merging_loses_nobody_and_leads_on(told: Told) -> None:
    shelf = Shelf()
    told.say(WHO, {"part": "people", "name": "Marie", "email": "m@x.example"}, "La Maison", op="add")
    told.say(WHO, {"part": "people", "name": "marie", "title": "directrice"}, "Le Collège", op="add")
    told.say(WHO, {"part": "people", "name": "Paul"}, "Le Collège", op="add")
    told.take(*update_from_partnership(shelf, {}, told.partnership))
    kept, other = (next(one for one in shelf.known if one.name("fr") == name) for name in ("La Maison", "Le Collège"))
    shelf.change_directory(lambda _rows: cells_to_merge(kept, other))
    assert [one.name("fr") for one in sorted_organisations(shelf.known, "fr")] == ["La Maison"]
    house = sorted_organisations(shelf.known, "fr")[0]
    assert [(one.name, one.cells.get("email"), one.cells.get("title@fr")) for one in house.people] == [
        ("Marie", "m@x.example", "directrice"), ("Paul", None, None)]  # fmt: skip
    opened = profiles(told.partnership)
    told.say(WHO, {"address": "12, rue du Quai"}, "Le Collège")
    update_from_partnership(shelf, opened, told.partnership)
    assert shelf.cells[kept.id]["address@fr"] == "12, rue du Quai", "its partner leads to the entry that was kept"


@pytest.fixture
def taught(told: Told) -> tuple[Workspace, Shelf]:
    """A directory of two organisations, one of them with two people; a partnership without partners, open."""
    shelf = Shelf()
    for name, title in (("Marie", "directrice"), ("Paul", "commis")):
        told.say(WHO, {"part": "people", "name": name, "title": title}, "La Maison", op="add")
    update_from_partnership(shelf, {}, told.partnership)
    store = Memory()
    return Workspace(GUIDE, store.partnership, store), shelf


@pytest.mark.parametrize(
    ("lines", "known"),
    [("La Maison", 1), ("LA MAISON\nNeuve", 1), ("La Maison\nLe Collège", 2), ("Neuve", 0)],
)
def test_each_organisation_known_is_one_partner_with_its_people(
    taught: tuple[Workspace, Shelf], lines: str, known: int
) -> None:
    workspace, shelf = taught
    assert add_organisations(workspace, lines, shelf.known) == (lines.count("\n") + 1, known)
    links = [row.get(LINK) for row in workspace.partnership.rows(WHO)]
    assert len(links) == lines.count("\n") + 1 and len(set(links) - {None}) == known
    names = [row.get("name") for row in workspace.partnership.rows(WHO, PEOPLE)]
    assert names == (["Marie", "Paul"] if "maison" in lines.casefold() else [])
    for row in workspace.partnership.rows(WHO):
        assert link_by_name(workspace, row.id, shelf.known) is None, "what is linked stays what it is"
    workspace.edit([Change("again00000", WHO, "name@fr", "La Maison", "", ("again00000",))])
    assert (link_by_name(workspace, "again00000", shelf.known) is None) == ("maison" in lines.casefold())
    workspace.undo()
    workspace.undo()
    if not known:
        workspace.undo()
    assert not workspace.partnership.rows(WHO), "one step takes all of it back"


@pytest.mark.parametrize(("typed", "absent"), [("Marie", ["Paul"]), ("PAUL", ["Marie"]), ("M. Roy", ["Marie", "Paul"])])
def test_a_person_of_the_directory_fills_a_row_and_keeps_its_name(
    taught: tuple[Workspace, Shelf], typed: str, absent: list[str]
) -> None:
    workspace, shelf = taught
    add_organisations(workspace, "La Maison", shelf.known)
    (partner,) = workspace.partnership.rows(WHO)
    workspace.go(Place(WHO, partner.id))
    for row in workspace.partnership.rows(WHO, PEOPLE):
        workspace.edit([Change(row.id, WHO, "#removed", True, PEOPLE, row.subject)])
    found = absent_people(workspace, shelf.known)
    assert [person.name for person in found] == ["Marie", "Paul"]
    workspace.edit([Change("aaaaaaaaa1", WHO, "name", typed, PEOPLE, (partner.id,))])
    assert [person.name for person in absent_people(workspace, shelf.known)] == absent
    assert fill_from_directory(workspace, "aaaaaaaaa1", found[0])
    row = workspace.partnership.entries["aaaaaaaaa1"]
    assert (row.get("name"), row.text("title", "fr")) == (typed, "directrice")


def test_a_partner_that_is_linked_is_linked_no_more_and_only_new_links_are_written(told: Told) -> None:
    shelf, store = Shelf(), Memory()
    first = update_from_partnership(shelf, {}, told.partnership)
    assert [change.entry for change in first] == list(told.ids.values())
    told.take(*first)
    before = profiles(told.partnership)
    assert update_from_partnership(shelf, before, told.partnership) == []
    told.say(WHO, {"name": "La Maison du Pont"}, "La Maison")
    assert update_from_partnership(shelf, before, told.partnership) == [], "known by its link"
    store.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, store)
    workspace.edit([Change(told.ids["La Maison"], WHO, "name@fr", "Le Gîte", "", (told.ids["La Maison"],))])
    _put(shelf, {"gite000000": {"name@fr": "Le Gîte"}})
    assert link_by_name(workspace, told.ids["La Maison"], shelf.known) is None, "it is another organisation already"
