"""Rows pasted from a spreadsheet: whose partner, person and remark each becomes, and one key that takes all back."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.partners import PEOPLE, WHO, partners, rows_of
from tui.workspace.pasted_rows import paste_partners, paste_people
from tui.workspace.place import Place
from tui.workspace.workspace import Workspace


def workspace_of(told: Told) -> Workspace:
    """The told partnership, open."""
    memory = Memory()
    memory.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, memory)


def table(**columns: str) -> str:
    """A table of one row, its headings above."""
    return "\t".join(columns) + "\n" + "\t".join(columns.values())


@pytest.mark.parametrize("column", ["contact", "courriel", "cell"])
def test_each_contact_column_makes_a_person(column: str) -> None:
    said = {"contact": "Zoé Roy", "courriel": "zoe@ruche.example", "cell": "519 555-0100"}[column]
    workspace = workspace_of(Told())
    (ruche,), _people = paste_partners(workspace, table(nom="Ruche", **{column: said}))
    (person,) = rows_of(workspace.partnership, WHO, PEOPLE, ruche.id)
    field = {"contact": "name", "courriel": "email", "cell": "phone"}[column]
    assert {name: person.get(name) or "" for name in ("name", "email", "phone")} == {
        "name": "", "email": "", "phone": "", field: said,
    }  # fmt: skip


@pytest.mark.parametrize("column", ["role", "sigle", "adresse"])
def test_column_about_an_organisation_makes_no_person(column: str) -> None:
    workspace = workspace_of(Told())
    (ruche,), _people = paste_partners(workspace, table(nom="Ruche", **{column: "LR"}))
    field = {"role": "role", "sigle": "short_name", "adresse": "address"}[column]
    assert ruche.text(field, "fr") == "LR"
    assert not rows_of(workspace.partnership, WHO, PEOPLE, ruche.id)


def test_every_other_column_is_kept_in_private() -> None:
    workspace = workspace_of(Told())
    (ruche,), _people = paste_partners(
        workspace, table(nom="Ruche", contact="Zoé", titre="coordonnatrice", humeur="fâchée", chats="2")
    )
    (person,) = rows_of(workspace.partnership, WHO, PEOPLE, ruche.id)
    assert person.text("title", "fr") == "coordonnatrice"
    assert ruche.text("reason", "fr").split("\n") == ["humeur: fâchée", "chats: 2"]
    assert workspace.view.entry(ruche.id) is None, "only thought of: nothing is public"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_partner_that_is_there_is_not_made_twice(lang: str) -> None:
    told = Told()
    told.say(WHO, {"name": {"fr": "Ruche", "en": "Hive"}}, op="add")
    workspace = workspace_of(told)
    workspace.lang = lang
    known = {"fr": "RUCHE", "en": "hive"}[lang]
    made, _people = paste_partners(workspace, f"nom\trole\n{known}\ta\nLe Pré\tb\nle pre\tc\n\td")
    assert [entry.text("name", lang) for entry in made] == ["Le Pré"]
    assert len(partners(workspace.partnership)) == 2


@pytest.mark.parametrize("people", [False, True])
def test_all_that_was_pasted_is_taken_back_by_one_key(people: bool) -> None:
    told = Told("Ruche")
    workspace = workspace_of(told)
    rows = "nom\tcourriel\thumeur\nZoé\tz@x.example\tgaie\nAli\ta@x.example\ttriste"
    made = paste_people(workspace, told.ids["Ruche"], rows) if people else paste_partners(workspace, rows)[0]
    assert len(made) == 2
    workspace.undo()
    assert [partner.id for partner in partners(workspace.partnership)] == [told.ids["Ruche"]]
    assert not workspace.partnership.rows(WHO, PEOPLE)
    assert not workspace.partnership.entries[told.ids["Ruche"]].text("reason", "fr")


def test_people_are_of_the_partner_they_are_pasted_at() -> None:
    told = Told("Ruche", "Pré")
    told.say(WHO, {"reason": "déjà dit"}, "Pré")
    workspace = workspace_of(told)
    workspace.place = Place(WHO, told.ids["Ruche"])
    paste_people(workspace, told.ids["Pré"], "nom\ttitre\thumeur\nZoé\tdirectrice\tgaie\nAli\t\ttriste")
    assert [row.text("name", "fr") for row in rows_of(workspace.partnership, WHO, PEOPLE, told.ids["Pré"])] == [
        "Zoé",
        "Ali",
    ]
    assert not rows_of(workspace.partnership, WHO, PEOPLE, told.ids["Ruche"])
    kept = workspace.partnership.entries[told.ids["Pré"]].text("reason", "fr")
    assert kept.split("\n") == ["déjà dit", "Zoé ; humeur: gaie", "Ali ; humeur: triste"]


PEOPLE_OF_TWO = """Organisme\tPersonne\tCourriel\tRôle\tNote
La Ruche\tZoé Roy\tzoe@ruche.example\thôte\tle soir
la ruche\tAli Kaya\tali@ruche.example\tpilote
\tAna Roy\tana@ruche.example\t\tle matin
Le Pré\tLuc\t
La Ruche\tZoé Roy\tzoe@ruche.example"""


def test_rows_of_the_same_organisation_are_its_people() -> None:
    told = Told("Le Pré")
    workspace = workspace_of(told)
    (ruche,), people_added = paste_partners(workspace, PEOPLE_OF_TWO)
    assert people_added == 4, "who stands there twice is one person"
    rows = rows_of(workspace.partnership, WHO, PEOPLE, ruche.id)
    assert [row.get("email") for row in rows] == ["zoe@ruche.example", "ali@ruche.example", "ana@ruche.example"]
    assert [row.get("name") for row in rows_of(workspace.partnership, WHO, PEOPLE, told.ids["Le Pré"])] == ["Luc"]
    ruche = workspace.partnership.entries[ruche.id]
    assert ruche.text("role", "fr") == "hôte"
    assert ruche.text("reason", "fr").split("\n") == ["Note: le soir", "pilote", "Note: le matin"]


def test_addresses_in_a_list_are_of_people_and_not_of_names() -> None:
    workspace = workspace_of(Told())
    made, people_added = paste_partners(
        workspace, "- La Ruche <zoe@ruche.example>\n- Le Pré, Laval (514 555-0100)\npre@pre.example\n- Neuve"
    )
    assert [entry.text("name", "fr") for entry in made] == ["La Ruche", "Le Pré, Laval", "Neuve"]
    assert people_added == 3
    assert [(row.get("email"), row.get("phone")) for row in workspace.partnership.rows(WHO, PEOPLE)] == [
        ("zoe@ruche.example", None),
        (None, "514 555-0100"),
        ("pre@pre.example", None),
    ]


def test_an_address_with_no_organisation_above_it_is_kept_and_names_nobody() -> None:
    workspace = workspace_of(Told())
    (nameless,), _people = paste_partners(workspace, "zoe@ruche.example")
    assert not nameless.text("name", "fr")
    assert [row.get("email") for row in workspace.partnership.rows(WHO, PEOPLE)] == ["zoe@ruche.example"]
