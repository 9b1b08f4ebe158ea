"""The directory: organisations and their people, kept across partnerships.

They are suggested while a partner's name is typed, copied into a partnership, updated from one, and merged. An
organisation has flat cells: « name@fr », « kind », and for each person « person/ID/email ». What concerns only one
partnership, such as reasons and roles, is never kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tui.partnership.ids import new_id, order_between
from tui.partnership.partners import PEOPLE, WHO, people
from tui.partnership.values import ORDER, Change, Entry, Partnership, Value
from tui.text.name_matching import fold, matches
from tui.text.name_order import name_key

# Cells of an organisation: whether it is the user's own, the id of the one it was merged into, whether it is forgotten.
OWN, INTO, FORGOTTEN = "own", "into", "forgotten"
LINK = "organisation"  # the cell of a partner with the id of its organisation
# The fields of a partner, and of a person, that the directory keeps.
PARTNER_FIELDS = frozenset({"name", "short_name", "kind", "address", "address_withheld", "auth_body"})
PERSON_FIELDS = frozenset({"name", "title", "accountable", "signs", "email", "phone", "language"})
_FLAGS = frozenset({OWN, FORGOTTEN, "accountable", "signs", "address_withheld"})
_PERSON = "person/"  # begins the keys of a person's cells

Cells = Mapping[str, Value]  # by key, « name@fr »
KnownOrganisations = Sequence["Organisation"]  # all organisations of the directory, forgotten and merged ones too


@dataclass(frozen=True)
class Person:
    """Somebody of an organisation."""

    id: str
    cells: Cells

    @property
    def name(self) -> str:
        """Their name."""
        return str(self.cells.get("name") or "")


@dataclass(frozen=True)
class Organisation:
    """One entry of the directory."""

    id: str
    cells: Cells

    def text(self, field: str, lang: str) -> str:
        """Return a text field in `lang`, else in the other language, else ""."""
        other = "en" if lang == "fr" else "fr"
        texts = (self.cells.get(key) for key in (f"{field}@{lang}", f"{field}@{other}", field))
        return next((text for text in texts if isinstance(text, str) and text.strip()), "")

    def name(self, lang: str) -> str:
        """Return its name in `lang`, else in the other language, else ""."""
        return self.text("name", lang)

    @property
    def is_in_use(self) -> bool:
        """Whether it is neither forgotten nor merged into another."""
        return not self.cells.get(FORGOTTEN) and not self.cells.get(INTO)

    @property
    def own(self) -> bool:
        """Whether it is the user's own organisation."""
        return bool(self.cells.get(OWN))

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Its people that have a name, sorted by name."""
        cells_by_person: dict[str, dict[str, Value]] = {}
        for key, value in self.cells.items():
            if key.startswith(_PERSON) and value is not None:
                person, _slash, cell = key.removeprefix(_PERSON).partition("/")
                cells_by_person.setdefault(person, {})[cell] = value
        named_people = (Person(text, cells) for text, cells in cells_by_person.items() if cells.get("name"))
        # Sorted as in French whatever the language, so that people keep their order.
        return tuple(sorted(named_people, key=lambda item: (name_key(item.name, "fr"), item.id)))

    @cached_property
    def names(self) -> frozenset[str]:
        """All its names and short names, folded (lower case, without accents)."""
        texts = (value for key, value in self.cells.items() if key.partition("@")[0] in ("name", "short_name"))
        return frozenset(fold(text) for text in texts if isinstance(text, str)) - {""}


def read_organisations(documents: Iterable[Mapping[str, Value]]) -> tuple[Organisation, ...]:
    """Return the organisations in the directory's documents, also forgotten and merged ones.

    Documents without an id and cells of a wrong type are left out.
    """
    return tuple(
        Organisation(
            document["id"], {key: value for key, value in document.items() if key != "id" and _fits(key, value)}
        )
        for document in documents
        if isinstance(document.get("id"), str) and document["id"]
    )


def _fits(key: str, value: Value) -> bool:
    """Return whether a cell may hold a value: a flag or a text; an unknown cell may hold anything."""
    if value is None:
        return True
    name = key.rpartition("/")[2].partition("@")[0] if key.startswith(_PERSON) else key.partition("@")[0]
    if name in _FLAGS:
        return isinstance(value, (bool, int))
    return isinstance(value, str) or name not in PARTNER_FIELDS | PERSON_FIELDS | {INTO}


def sorted_organisations(organisations: KnownOrganisations, lang: str) -> tuple[Organisation, ...]:
    """Return those with a name that are neither forgotten nor merged: the user's own first, then by name."""
    in_use = (organisation for organisation in organisations if organisation.is_in_use and organisation.name(lang))
    return tuple(sorted(in_use, key=lambda item: (not item.own, name_key(item.name(lang), lang), item.id)))


def own_organisation(organisations: KnownOrganisations) -> Organisation | None:
    """Return the user's own organisation; None if it is not known."""
    return next((organisation for organisation in organisations if organisation.own and organisation.is_in_use), None)


def find_by_id(organisations: KnownOrganisations, organisation_id: str) -> Organisation | None:
    """Return the organisation of that id, or the one it was merged into; None if that is unknown or forgotten."""
    # No more hops than organisations, in case two are merged into each other.
    for _hop in range(len(organisations) + 1):
        match = next((organisation for organisation in organisations if organisation.id == organisation_id), None)
        if match is None or not match.cells.get(INTO):
            return match if match is not None and match.is_in_use else None
        organisation_id = str(match.cells[INTO])
    return None


def find_by_name(organisations: KnownOrganisations, text: str) -> Organisation | None:
    """Return the organisation of this name or short name, the user's own before others; None if there is none."""
    matching = (
        organisation
        for organisation in sorted(organisations, key=lambda item: not item.own)
        if organisation.is_in_use and fold(text) in organisation.names
    )
    return next(matching, None) if text.strip() else None


def suggested_organisations(
    organisations: KnownOrganisations, text: str, lang: str, excluded: Iterable[str] = ()
) -> tuple[Organisation, ...]:
    """Return at most five organisations that match a few typed letters, the user's own first.

    Those with an id in `excluded` are left out.
    """
    if not text.strip():
        return ()
    excluded_ids = set(excluded)
    candidates = (
        organisation
        for organisation in sorted_organisations(organisations, lang)
        if organisation.id not in excluded_ids
    )
    return tuple(
        organisation
        for organisation in candidates
        if matches(text, f"{organisation.name(lang)} {organisation.text('short_name', lang)}")
    )[:5]


def linked_organisation_ids(partnership: Partnership) -> set[str]:
    """Return the ids of the organisations that are partners already."""
    return {str(row.get(LINK)) for row in partnership.rows(WHO) if row.get(LINK)}


# -- from the directory to a partnership -------------------------------------------------------------------------------


def changes_to_join(organisation: Organisation, partner: Entry, partnership: Partnership) -> list[Change]:
    """Return the changes that make `partner` this organisation: cells and people that it lacks, and the link."""
    cells = {
        key: value
        for key, value in organisation.cells.items()
        if key.partition("@")[0] in PARTNER_FIELDS and value is not None
    }
    missing = {key: value for key, value in cells.items() if partner.get(key) in (None, "")}
    missing[LINK] = organisation.id
    changes = [Change(partner.id, WHO, key, value, "", (partner.id,)) for key, value in missing.items()]
    known_names = {fold(str(row.get("name", ""))) for row in people(partnership, partner.id)}
    rows = partnership.rows(WHO, PEOPLE)
    order = max((row.order for row in rows), default="")
    for person in organisation.people:
        if fold(person.name) not in known_names:
            order = order_between(order, "")  # behind all others
            cells = {ORDER: order, **person.cells}
            row = new_id()
            changes += [Change(row, WHO, key, value, PEOPLE, (partner.id,)) for key, value in cells.items()]
    return changes


# -- from a partnership to the directory -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Profile:
    """The cells of a partner that the directory may keep."""

    cells: Cells
    people: Mapping[str, Cells]  # by the id of the person's row
    link: str = ""  # the id of its organisation, "" for none


def profile(partnership: Partnership, partner: Entry) -> Profile:
    """Return the profile of a partner, without what concerns only this partnership."""
    rows = people(partnership, partner.id)
    return Profile(
        _filled_cells(partner, PARTNER_FIELDS),
        {row.id: _filled_cells(row, PERSON_FIELDS) for row in rows},
        str(partner.get(LINK) or ""),
    )


def profiles(partnership: Partnership) -> dict[str, Profile]:
    """Return the profiles of all partners that have a name, by partner id."""
    return {row.id: profile(partnership, row) for row in partnership.rows(WHO) if row.text("name", "fr").strip()}


def _filled_cells(entry: Entry, fields: frozenset[str]) -> dict[str, Value]:
    """Return the filled cells of an entry that belong to `fields`."""
    cells = {key: cell.value for key, cell in entry.cells.items() if key.partition("@")[0] in fields}
    return {key: value for key, value in cells.items() if value not in (None, "", False)}


def directory_update(
    organisations: KnownOrganisations, before: Profile | None, now: Profile
) -> tuple[str, dict[str, Value]]:
    """Return (id of an organisation, cells to set) to update the directory from a partner; ("", {}) for no update.

    `before` is the partner's profile at the last update, None if there was none. Cells that changed since replace those
    of the directory; others only fill empty cells, so that an old partnership never overwrites newer facts. A new
    organisation gets a new id.
    """
    organisation = find_by_id(organisations, now.link) if now.link else None
    # An organisation that is stored but not found was forgotten, or merged into one that was.
    was_forgotten = organisation is None and any(other.id == now.link for other in organisations)
    if was_forgotten:
        return "", {}
    if organisation is None:
        organisation = next((other for name in _names(now) if (other := find_by_name(organisations, name))), None)
    if organisation is None:
        organisation = Organisation(now.link or new_id(), {})
    before = before or Profile({}, {})
    cells = _cells_to_set(organisation.cells, before.cells, now.cells)
    for row, person in now.people.items():
        old = before.people.get(row, {})
        # The person may have been renamed since: its earlier name is looked for as well.
        names = [fold(str(record["name"])) for record in (old, person) if record.get("name")]
        same = next((other for other in organisation.people if fold(other.name) in names), None)
        person_cells = _cells_to_set(same.cells if same is not None else {}, old, person)
        key = same.id if same is not None else row
        cells |= {f"{_PERSON}{key}/{cell}": value for cell, value in person_cells.items()}
    return organisation.id, cells


def _names(profile: Profile) -> list[str]:
    return [str(profile.cells[key]) for key in ("name@fr", "name@en") if profile.cells.get(key)]


def _cells_to_set(stored: Cells, before: Cells, now: Cells) -> dict[str, Value]:
    """Return those of `now` that changed since `before`, or that fill an empty cell of `stored`."""
    return {
        key: value
        for key, value in now.items()
        if stored.get(key) != value and (stored.get(key) in (None, "") or before.get(key) != value)
    }


def cells_to_merge(kept: Organisation, other: Organisation) -> dict[str, dict[str, Value]]:
    """Return by organisation id the cells to set to merge two: `kept` gets what it lacks from `other`."""
    added: dict[str, Value] = {
        key: value
        for key, value in other.cells.items()
        if not key.startswith(_PERSON) and key not in (INTO, FORGOTTEN) and kept.cells.get(key) in (None, "")
    }
    for person in other.people:
        same = next((kept_person for kept_person in kept.people if fold(kept_person.name) == fold(person.name)), None)
        kept_cells = same.cells if same is not None else {}
        key = same.id if same is not None else person.id
        added |= {f"{_PERSON}{key}/{cell}": value for cell, value in person.cells.items() if not kept_cells.get(cell)}
    return {kept.id: {key: value for key, value in added.items() if value is not None}, other.id: {INTO: kept.id}}


def cells_to_remove(person: Person) -> dict[str, Value]:
    """Return the cells to set, all None, to remove a person from an organisation."""
    return {f"{_PERSON}{person.id}/{cell}": None for cell in person.cells}


def person_cell(person: Person, cell: str) -> str:
    """Return the key of the organisation's cell that holds a cell of a person: « person/ID/email »."""
    return f"{_PERSON}{person.id}/{cell}"
