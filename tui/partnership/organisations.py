"""Organisations kept across partnerships: known by a few letters, taken over with their people, learnt from, merged.

An organisation is its id and flat cells: « name@fr », « kind », and for each person « person/ID/email ». Reasons, roles
and whatever else is said of it within one partnership are never among them.
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

OWN, INTO, FORGOTTEN = "own", "into", "forgotten"
LINK = "organisation"  # the partner's cell that says which organisation it is
KEPT = frozenset({"name", "short_name", "kind", "address", "address_withheld", "auth_body"})
OF_PERSON = frozenset({"name", "title", "accountable", "signs", "email", "phone", "language"})
_FLAGS = frozenset({OWN, FORGOTTEN, "accountable", "signs", "address_withheld"})
_PERSON = "person/"

Cells = Mapping[str, Value]
Known = Sequence["Organisation"]


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
        """Return a text of it in `lang`, else in the other language."""
        other = "en" if lang == "fr" else "fr"
        found = (self.cells.get(key) for key in (f"{field}@{lang}", f"{field}@{other}", field))
        return next((text for text in found if isinstance(text, str) and text.strip()), "")

    def name(self, lang: str) -> str:
        """Return its name."""
        return self.text("name", lang)

    @property
    def stands(self) -> bool:
        """Whether it is neither forgotten nor merged into another."""
        return not self.cells.get(FORGOTTEN) and not self.cells.get(INTO)

    @property
    def own(self) -> bool:
        """Whether it is one's own."""
        return bool(self.cells.get(OWN))

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Its people, by name."""
        found: dict[str, dict[str, Value]] = {}
        for key, value in self.cells.items():
            if key.startswith(_PERSON) and value is not None:
                person, _slash, cell = key.removeprefix(_PERSON).partition("/")
                found.setdefault(person, {})[cell] = value
        named = (Person(text, cells) for text, cells in found.items() if cells.get("name"))
        return tuple(sorted(named, key=lambda item: (name_key(item.name, "fr"), item.id)))  # a person has one order

    @cached_property
    def names(self) -> frozenset[str]:
        """All it is called, folded."""
        texts = (value for key, value in self.cells.items() if key.partition("@")[0] in ("name", "short_name"))
        return frozenset(fold(text) for text in texts if isinstance(text, str)) - {""}


def read(documents: Iterable[Mapping[str, Value]]) -> tuple[Organisation, ...]:
    """Return the organisations of the directory's documents, forgotten and merged ones too.

    A cell that is not of the type it should be is left out, and a document without an id.
    """
    return tuple(
        Organisation(
            document["id"], {key: value for key, value in document.items() if key != "id" and _fits(key, value)}
        )
        for document in documents
        if isinstance(document.get("id"), str) and document["id"]
    )


def _fits(key: str, value: Value) -> bool:
    """Return whether a cell may hold a value: a text, or yes and no.

    One that we do not know holds whatever it likes.
    """
    if value is None:
        return True
    name = key.rpartition("/")[2].partition("@")[0] if key.startswith(_PERSON) else key.partition("@")[0]
    if name in _FLAGS:
        return isinstance(value, (bool, int))
    return isinstance(value, str) or name not in KEPT | OF_PERSON | {INTO}


def listed(known: Known, lang: str) -> tuple[Organisation, ...]:
    """Return those that stand and have a name: one's own first, then by name."""
    standing = (organisation for organisation in known if organisation.stands and organisation.name(lang))
    return tuple(sorted(standing, key=lambda item: (not item.own, name_key(item.name(lang), lang), item.id)))


def own(known: Known) -> Organisation | None:
    """Return one's own organisation, where it was asked once."""
    return next((organisation for organisation in known if organisation.own and organisation.stands), None)


def find_by_id(known: Known, name: str) -> Organisation | None:
    """Return the organisation of that id, or the one it was merged into; None when it is gone."""
    for _hop in range(len(known) + 1):
        found = next((organisation for organisation in known if organisation.id == name), None)
        if found is None or not found.cells.get(INTO):
            return found if found is not None and found.stands else None
        name = str(found.cells[INTO])
    return None


def find_by_name(known: Known, text: str) -> Organisation | None:
    """Return the organisation of exactly this name or short name, one's own before others; None when there is none."""
    found = (
        organisation
        for organisation in sorted(known, key=lambda item: not item.own)
        if organisation.stands and fold(text) in organisation.names
    )
    return next(found, None) if text.strip() else None


def suggested(known: Known, text: str, lang: str, besides: Iterable[str] = ()) -> tuple[Organisation, ...]:
    """Return those that a few letters may mean, at most five, one's own first; never those of the ids `besides`."""
    if not text.strip():
        return ()
    out = set(besides)
    found = (organisation for organisation in listed(known, lang) if organisation.id not in out)
    return tuple(
        organisation
        for organisation in found
        if matches(text, f"{organisation.name(lang)} {organisation.text('short_name', lang)}")
    )[:5]


def linked(partnership: Partnership) -> set[str]:
    """Return the organisations that are partners already."""
    return {str(row.get(LINK)) for row in partnership.rows(WHO) if row.get(LINK)}


# -- from the directory to a partnership -------------------------------------------------------------------------------


def joining(organisation: Organisation, partner: Entry, partnership: Partnership) -> list[Change]:
    """Return what makes `partner` this organisation: the cells it lacks, its people, and the link."""
    cells = {
        key: value for key, value in organisation.cells.items() if key.partition("@")[0] in KEPT and value is not None
    }
    missing = {key: value for key, value in cells.items() if partner.get(key) in (None, "")}
    missing[LINK] = organisation.id
    changes = [Change(partner.id, WHO, key, value, "", (partner.id,)) for key, value in missing.items()]
    here = {fold(str(row.get("name", ""))) for row in people(partnership, partner.id)}
    rows = partnership.rows(WHO, PEOPLE)
    order = max((row.order for row in rows), default="")
    for person in organisation.people:
        if fold(person.name) not in here:
            order = order_between(order, "")
            cells = {ORDER: order, **person.cells}
            row = new_id()
            changes += [Change(row, WHO, key, value, PEOPLE, (partner.id,)) for key, value in cells.items()]
    return changes


# -- from a partnership to the directory -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Profile:
    """What a partnership says of one organisation that may be kept: its cells, and its people by their row."""

    cells: Cells
    people: Mapping[str, Cells]
    link: str = ""


def profile(partnership: Partnership, partner: Entry) -> Profile:
    """Return the profile of a partner, without anything that is of this partnership alone."""
    rows = people(partnership, partner.id)
    return Profile(_some(partner, KEPT), {row.id: _some(row, OF_PERSON) for row in rows}, str(partner.get(LINK) or ""))


def profiles(partnership: Partnership) -> dict[str, Profile]:
    """Return the profiles of all partners that have a name, by partner id."""
    return {row.id: profile(partnership, row) for row in partnership.rows(WHO) if row.text("name", "fr").strip()}


def _some(entry: Entry, fields: frozenset[str]) -> dict[str, Value]:
    cells = {key: cell.value for key, cell in entry.cells.items() if key.partition("@")[0] in fields}
    return {key: value for key, value in cells.items() if value not in (None, "", False)}


def learnt(known: Known, before: Profile | None, now: Profile) -> tuple[str, dict[str, Value]]:
    """(id, cells to set) that the directory learns from a partner; ("", {}) when it is to learn nothing.

    What changed since `before` replaces what stood; the rest only fills what is missing, so that an old partnership
    never takes newer facts back. A new organisation has a new id.
    """
    there = find_by_id(known, now.link) if now.link else None
    if there is None and any(organisation.id == now.link for organisation in known):
        return "", {}  # it was forgotten, and stays so
    if there is None:
        there = next((organisation for name in _called(now) if (organisation := find_by_name(known, name))), None)
    if there is None:
        there = Organisation(now.link or new_id(), {})
    was = before or Profile({}, {})
    cells = _fresh(there.cells, was.cells, now.cells)
    for row, person in now.people.items():
        old = was.people.get(row, {})
        names = [fold(str(record.get("name", ""))) for record in (old, person) if record.get("name")]
        same = next((known for known in there.people if fold(known.name) in names), None)
        fresh = _fresh(same.cells if same is not None else {}, old, person)
        key = same.id if same is not None else row
        cells |= {f"{_PERSON}{key}/{cell}": value for cell, value in fresh.items()}
    return there.id, cells


def _called(now: Profile) -> list[str]:
    return [str(now.cells[key]) for key in ("name@fr", "name@en") if now.cells.get(key)]


def _fresh(there: Cells, before: Cells, now: Cells) -> dict[str, Value]:
    return {
        key: value
        for key, value in now.items()
        if there.get(key) != value and (there.get(key) in (None, "") or before.get(key) != value)
    }


def merging(kept: Organisation, other: Organisation) -> dict[str, dict[str, Value]]:
    """Return the cells to set, by organisation, to make two entries one: `kept` stays, and takes what it lacks."""
    taken: dict[str, Value] = {
        key: value
        for key, value in other.cells.items()
        if not key.startswith(_PERSON) and key not in (INTO, FORGOTTEN) and kept.cells.get(key) in (None, "")
    }
    for person in other.people:
        same = next((known for known in kept.people if fold(known.name) == fold(person.name)), None)
        there = same.cells if same is not None else {}
        key = same.id if same is not None else person.id
        taken |= {f"{_PERSON}{key}/{cell}": value for cell, value in person.cells.items() if not there.get(cell)}
    return {kept.id: {key: value for key, value in taken.items() if value is not None}, other.id: {INTO: kept.id}}


def without(person: Person) -> dict[str, Value]:
    """Return the cells that take a person out of an organisation once they are set, by their keys."""
    return {f"{_PERSON}{person.id}/{cell}": None for cell in person.cells}


def person_cell(person: Person, cell: str) -> str:
    """Return the organisation's cell that holds one of a person's."""
    return f"{_PERSON}{person.id}/{cell}"
