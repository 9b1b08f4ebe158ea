"""Organisations taken from the directory into a partnership, and the directory updated from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from tui.partnership.organisations import (
    LINK,
    OWN,
    Known,
    Organisation,
    Person,
    Profile,
    changes_to_join,
    directory_update,
    find_by_id,
    find_by_name,
    linked_organisation_ids,
    profiles,
    read_organisations,
    suggested_organisations,
)
from tui.partnership.partners import WHO, people
from tui.partnership.values import TRIAL, Change, Entry, Partnership, Value
from tui.store.store_errors import StoreError
from tui.text.clean import pasted_lines as listed
from tui.text.name_matching import fold, matches
from tui.text.pasted_tables import is_table
from tui.workspace.pasted_rows import paste_partners
from tui.workspace.workspace import Workspace
from tui.workspace.writing import new_rows

Found = tuple[str, Organisation | Person | None]
Documents = Sequence[Mapping[str, Any]]


class OrganisationStore(Protocol):
    """What the directory needs of a store."""

    def directory(self) -> Documents: ...
    def mend_directory(
        self, work: Callable[[Documents], Mapping[str, Mapping[str, Value]]], /
    ) -> Mapping[str, Mapping[str, Value]]: ...


def known_in(store: OrganisationStore) -> Known:
    """Return the organisations of the directory; none where it cannot be read: typing names works without it."""
    try:
        return read_organisations(store.directory())
    except StoreError:
        return ()


def adopt(workspace: Workspace, partner: str, known: Known) -> Organisation | None:
    """Make a partner the organisation that is called exactly so; its people come along. None when none is."""
    entry = workspace.partnership.entry(partner)
    if entry is None or entry.question != WHO or entry.part or entry.get(LINK):
        return None
    names = (entry.text("name", "fr"), entry.text("name", "en"))
    found = next((organisation for name in names if (organisation := find_by_name(known, name))), None)
    if found is None or found.id in linked_organisation_ids(workspace.partnership):
        return None
    take(workspace, entry, found)
    return found


def take(workspace: Workspace, partner: Entry, organisation: Organisation) -> bool:
    """Make a partner this organisation."""
    return workspace.edit(changes_to_join(organisation, partner, workspace.partnership))


def add_organisations(workspace: Workspace, text: str, known: Known) -> tuple[int, int]:
    """Partners from a list, one a line; those the directory knows come with their people. How many, and how many known.

    One step of undo.
    """
    part = workspace.guide.question(WHO).parts[0]
    with workspace.edits.as_one():
        if is_table(text):
            made = paste_partners(workspace, text)
        else:
            made = new_rows(workspace, Entry("", WHO), part, listed(text))
        found = [adopt(workspace, row.id, known) for row in made]
    return len(made), sum(organisation is not None for organisation in found)


def absent_people(workspace: Workspace, known: Known) -> tuple[Person, ...]:
    """Return the people whom the directory knows of the present partner and who are not among its people here."""
    entry = workspace.partnership.entry(workspace.place.partner)
    organisation = find_by_id(known, str(entry.get(LINK) or "")) if entry is not None else None
    here = {fold(str(row.get("name", ""))) for row in people(workspace.partnership, workspace.place.partner)}
    return (
        tuple(person for person in organisation.people if fold(person.name) not in here)
        if organisation is not None
        else ()
    )


def found_before(workspace: Workspace, part: str, text: str, known: Known) -> Sequence[Found]:
    """What the letters of a line that adds may mean: organisations, or people of the present one, not here yet."""
    if not part:
        found = suggested_organisations(known, text, workspace.lang, linked_organisation_ids(workspace.partnership))
        return [(organisation.name(workspace.lang), organisation) for organisation in found]
    persons = absent_people(workspace, known) if text else ()
    return [(person.name, person) for person in persons if matches(text, person.name)][:5]


def taken_over(workspace: Workspace, row: str, what: Organisation | Person) -> bool:
    """Fill a row just begun with what the directory knows."""
    entry = workspace.partnership.entry(row)
    if entry is None:
        return False
    if isinstance(what, Organisation):
        return take(workspace, entry, what)
    cells = {key: value for key, value in what.cells.items() if key != "name"}
    return workspace.edit([Change(row, WHO, key, value, entry.part, entry.subject) for key, value in cells.items()])


def teach_directory(store: OrganisationStore, before: Mapping[str, Profile], partnership: Partnership) -> list[Change]:
    """Let the directory learn what a partnership says of its organisations since `before`.

    Returns the changes that link its partners to their entries. A partnership that is a trial teaches nothing.
    """
    now = profiles(partnership)
    if (
        partnership.setting(TRIAL)
        or not now
        or all(before.get(name) == profile and profile.link for name, profile in now.items())
    ):
        return []
    links: dict[str, str] = {}

    def work(documents: Documents) -> Mapping[str, Mapping[str, Value]]:
        known = list(read_organisations(documents))
        found: dict[str, dict[str, Value]] = {}
        for name, profile in now.items():
            organisation, cells = directory_update(known, before.get(name), profile)
            if organisation:
                links[name] = organisation
            if cells:
                found.setdefault(organisation, {}).update(cells)
                known = [*(each for each in known if each.id != organisation), _with(known, organisation, cells)]
        return found

    store.mend_directory(work)
    return [
        Change(name, WHO, LINK, organisation, "", (name,))
        for name, organisation in links.items()
        if now[name].link != organisation
    ]


def _with(known: Known, name: str, cells: Mapping[str, Value]) -> Organisation:
    there = find_by_id(known, name)
    return Organisation(name, {**(there.cells if there is not None else {}), **cells})


def make_own(store: OrganisationStore, name: str, *, on: bool = True) -> Mapping[str, Mapping[str, Value]]:
    """Say that the organisation of id `name` is one's own, or no longer; there is one at most.

    Return the cells as they were before, by organisation id and cell. Raises StoreError.
    """

    def work(documents: Documents) -> Mapping[str, Mapping[str, Value]]:
        cells: dict[str, dict[str, Value]] = {
            organisation.id: {OWN: None} for organisation in read_organisations(documents) if organisation.own
        }
        return {**cells, name: {OWN: True if on else None}}

    return store.mend_directory(work)
