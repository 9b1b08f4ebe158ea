"""Organisations taken from the directory into a partnership, and the directory brought up to date from it.

The directory has the organisations and people of all partnerships of a store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from tui.partnership.organisations import (
    LINK,
    OWN,
    KnownOrganisations,
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
from tui.text.name_matching import fold, matches
from tui.workspace.pasted_rows import paste_partners
from tui.workspace.workspace import Workspace

SuggestedName = tuple[str, Organisation | Person | None]  # (the name, what the directory knows of it)
Documents = Sequence[Mapping[str, Any]]  # the organisations as the store keeps them


class OrganisationStore(Protocol):
    """What the directory needs of a store."""

    def directory(self) -> Documents: ...
    def change_directory(
        self, work: Callable[[Documents], Mapping[str, Mapping[str, Value]]], /
    ) -> Mapping[str, Mapping[str, Value]]: ...


def known_organisations(store: OrganisationStore) -> KnownOrganisations:
    """Return the organisations of the directory; () where it cannot be read: names can be typed without it."""
    try:
        return read_organisations(store.directory())
    except StoreError:
        return ()


def link_by_name(workspace: Workspace, partner: str, organisations: KnownOrganisations) -> Organisation | None:
    """Link a partner to the organisation of exactly its name, and add that organisation's people.

    Return the organisation; None where there is none, or where the partner or it is linked already.
    """
    entry = workspace.partnership.entry(partner)
    if entry is None or entry.question != WHO or entry.part or entry.get(LINK):
        return None
    names = (entry.text("name", "fr"), entry.text("name", "en"))
    match = next((organisation for name in names if (organisation := find_by_name(organisations, name))), None)
    if match is None or match.id in linked_organisation_ids(workspace.partnership):
        return None
    link_organisation(workspace, entry, match)
    return match


def link_organisation(workspace: Workspace, partner: Entry, organisation: Organisation) -> bool:
    """Make a partner this organisation."""
    return workspace.edit(changes_to_join(organisation, partner, workspace.partnership))


def add_organisations(workspace: Workspace, text: str, directory: KnownOrganisations) -> tuple[int, int]:
    """Add partners from a list, one a line, or from a table; those that the directory knows get their people.

    Return (how many were added, how many of them the directory knows). It is one step of undo.
    """
    with workspace.edits.as_one():
        rows, _people = paste_partners(workspace, text)
        organisations = [link_by_name(workspace, row.id, directory) for row in rows]
    return len(rows), sum(organisation is not None for organisation in organisations)


def absent_people(workspace: Workspace, organisations: KnownOrganisations) -> tuple[Person, ...]:
    """Return the people that the directory has of the present partner's organisation, and the partnership has not."""
    entry = workspace.partnership.entry(workspace.place.partner)
    organisation = find_by_id(organisations, str(entry.get(LINK) or "")) if entry is not None else None
    if organisation is None:
        return ()
    names = {fold(str(row.get("name", ""))) for row in people(workspace.partnership, workspace.place.partner)}
    return tuple(person for person in organisation.people if fold(person.name) not in names)


def suggested_names(
    workspace: Workspace, part: str, text: str, organisations: KnownOrganisations
) -> Sequence[SuggestedName]:
    """Return what letters typed in the line that adds a row may mean, of what the partnership does not have yet.

    For `part` "" they are organisations, else up to five people of the present partner's organisation.
    """
    if not part:
        suggested = suggested_organisations(
            organisations, text, workspace.lang, linked_organisation_ids(workspace.partnership)
        )
        return [(organisation.name(workspace.lang), organisation) for organisation in suggested]
    persons = absent_people(workspace, organisations) if text else ()
    return [(person.name, person) for person in persons if matches(text, person.name)][:5]


def fill_from_directory(workspace: Workspace, row: str, what: Organisation | Person) -> bool:
    """Fill a new row (its id) with what the directory knows. Return whether anything changed."""
    entry = workspace.partnership.entry(row)
    if entry is None:
        return False
    if isinstance(what, Organisation):
        return link_organisation(workspace, entry, what)
    cells = {key: value for key, value in what.cells.items() if key != "name"}
    return workspace.edit([Change(row, WHO, key, value, entry.part, entry.subject) for key, value in cells.items()])


def update_from_partnership(
    store: OrganisationStore, before: Mapping[str, Profile], partnership: Partnership
) -> list[Change]:
    """Bring the directory up to date with what a partnership says of its organisations since `before`.

    `before` are their earlier profiles, by partner id. Return the changes that link partners to organisations of the
    directory. A trial changes nothing. Raises StoreError.
    """
    profiles_now = profiles(partnership)
    nothing_new = all(
        before.get(partner_id) == profile and profile.link for partner_id, profile in profiles_now.items()
    )
    if partnership.setting(TRIAL) or nothing_new:
        return []
    links: dict[str, str] = {}

    def work(documents: Documents) -> Mapping[str, Mapping[str, Value]]:
        organisations = list(read_organisations(documents))
        cells_by_organisation: dict[str, dict[str, Value]] = {}
        for partner_id, profile in profiles_now.items():
            organisation_id, cells = directory_update(organisations, before.get(partner_id), profile)
            if organisation_id:
                links[partner_id] = organisation_id
            if cells:
                cells_by_organisation.setdefault(organisation_id, {}).update(cells)
                updated = _with(organisations, organisation_id, cells)
                organisations = [
                    *(organisation for organisation in organisations if organisation.id != organisation_id),
                    updated,
                ]
        return cells_by_organisation

    store.change_directory(work)
    return [
        Change(partner_id, WHO, LINK, organisation_id, "", (partner_id,))
        for partner_id, organisation_id in links.items()
        if profiles_now[partner_id].link != organisation_id
    ]


def _with(organisations: KnownOrganisations, organisation_id: str, cells: Mapping[str, Value]) -> Organisation:
    """Return an organisation, known or new, with `cells` set."""
    organisation = find_by_id(organisations, organisation_id)
    return Organisation(organisation_id, {**(organisation.cells if organisation is not None else {}), **cells})


def make_own(store: OrganisationStore, organisation_id: str, *, on: bool = True) -> Mapping[str, Mapping[str, Value]]:
    """Mark an organisation as the person's own, or (`on` false) no longer; there is one such at most.

    Return the cells as they were before, by organisation id and cell. Raises StoreError.
    """

    def work(documents: Documents) -> Mapping[str, Mapping[str, Value]]:
        cells: dict[str, dict[str, Value]] = {
            organisation.id: {OWN: None} for organisation in read_organisations(documents) if organisation.own
        }
        return {**cells, organisation_id: {OWN: True if on else None}}

    return store.change_directory(work)
