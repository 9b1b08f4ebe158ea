"""The contacts of a partnership: who stands in the annex, and what becomes of rows that are taken in."""

from __future__ import annotations

from itertools import product

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.contacts_table import contact_changes, contact_rows, listed_contacts
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import PEOPLE, WHO, active
from tui.partnership.privacy import public_view

NAMED = {"interested", "committed", "signatory"}
GONE = {"declined", "withdrawn"}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_in_the_annex_are_those_with_leave_of_partners_that_may_be_named(lang: str) -> None:
    told = Told()
    expected = []
    for status, named, listed, name in product(GUIDE.choices["status"], (None, True), (None, True), ("Ann Roy", "")):
        organisation = f"{status} {named} {listed} {name}".strip()
        email = f"p{len(told.ids)}@x.example"
        person = {"name": name, "email": email, "phone": "514 555-0101", **({"listed": True} if listed else {})}
        told.join(organisation, status=status, **({"named": True} if named else {}), people=[person])
        if listed and name and (status in NAMED or (named and status not in GONE)):
            expected.append((organisation, name, "", email, "514 555-0101"))
    found = list(listed_contacts(told.partnership, public_view(GUIDE, told.partnership), lang))
    assert found == expected and len(expected) > 5


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_written_is_taken_in_as_it_stands_and_changes_nothing(lang: str) -> None:
    told = Told("Ruche", "Nid")
    whom = {"name": "Ann Roy", "email": "a@x.example", "phone": "514 555-0101", "signs": True, "listed": True}
    told.say(WHO, {"people": [whom, {"name": "Zoé Lis", "language": "en", "accountable": True}]}, "Nid")
    rows = list(contact_rows(GUIDE, told.partnership, lang))
    for owner in ("", told.ids["Ruche"]):
        before = told.partnership
        told.take(*contact_changes(told.partnership, rows, lang, owner, cards=False))
        assert told.partnership.entries.keys() == before.entries.keys(), "nobody twice"
    assert list(contact_rows(GUIDE, told.partnership, lang)) == rows
    empty = Told()
    empty.take(*contact_changes(empty.partnership, rows, lang, "", cards=False))
    assert list(contact_rows(GUIDE, empty.partnership, lang)) == rows, "a new partnership gets all of it"
    (nid,) = active(empty.partnership)
    assert [row.subject for row in empty.partnership.rows(WHO, PEOPLE)] == [(nid.id,)] * 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((word, True) for word in ("oui", "Yes", "X", "1", "Vrai")),
        *((word, False) for word in ("non", "no", "0", "faux", "peut-être", " ")),
    ],
)
@pytest.mark.parametrize("flag", ["accountable", "signs", "listed"])
def test_a_box_is_ticked_by_a_yes_alone(flag: str, typed: str, meant: bool) -> None:
    told = Told("Nid")
    told.take(
        *contact_changes(told.partnership, [("name", flag), ("Ann Roy", typed)], "fr", told.ids["Nid"], cards=False)
    )
    (row,) = told.partnership.rows(WHO, PEOPLE)
    assert bool(row.get(flag)) is meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [("français", "fr"), ("FR", "fr"), ("French", "fr"), ("anglais", "en"), ("English", "en"), ("innu", None)],
)
def test_a_language_is_read_in_either_language(typed: str, code: str | None) -> None:
    told = Told("Nid")
    rows = [("organisme", "nom", "langue"), ("Nid", "Ann Roy", typed)]
    told.take(*contact_changes(told.partnership, rows, "fr", "", cards=False))
    (person,) = told.partnership.rows(WHO, PEOPLE)
    assert person.get("language") == code


def test_people_of_one_name_in_two_organisations_are_two() -> None:
    told = Told()
    rows = [("organisme", "nom"), ("Nid", "Ann Roy"), ("Ruche", "Ann Roy"), ("nid", "ANN ROY")]
    told.take(*contact_changes(told.partnership, rows, "fr", "", cards=False))
    assert [partner.name("fr") for partner in active(told.partnership)] == ["Nid", "Ruche"]
    people = told.partnership.rows(WHO, PEOPLE)
    assert [row.subject for row in people] == [(partner.id,) for partner in active(told.partnership)]


@pytest.mark.parametrize(("cards", "place"), [(False, "Ligne 3 (Zoé)"), (True, "Carte 2 (Zoé)")])
def test_what_cannot_be_read_is_told_with_its_place(cards: bool, place: str) -> None:
    rows = [("organisme", "nom", "courriel"), ("Nid", "Ann", "a@x.example"), ("Nid", "Zoé", "nulle part")]
    with pytest.raises(BadValue) as refused:
        contact_changes(Told("Nid").partnership, rows, "fr", "", cards=cards)
    assert str(refused.value).startswith(place)
