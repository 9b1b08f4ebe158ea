"""Rows copied from a spreadsheet, with quotes, line breaks and headings, in both languages."""

from __future__ import annotations

import pytest

from tui.text.clean import pasted_lines, with_own_list_marks
from tui.text.pasted_tables import PastedRow, is_table, read_organisations, read_table


def test_cells_are_known_by_their_headings() -> None:
    text = (
        "Organisme\tContact\tCourriel\tTéléphone\tRemarque\nMaison A\tZoé Roy\tzoe@a.ca\t514 555-0100\tfermée lundi\n"
    )
    assert is_table(text)
    assert read_table(text, people=False) == [
        PastedRow(
            {"name": "Maison A", "person": "Zoé Roy", "email": "zoe@a.ca", "phone": "514 555-0100"},
            ("Remarque: fermée lundi",),
        )
    ]


def test_a_mail_address_is_known_by_its_form_without_headings() -> None:
    text = "Northside Pantry\tcoordinator@north.ca\t(416) 555-0142\nEast Hub\t\thub@east.ca"
    assert [row.cells for row in read_table(text, people=False)] == [
        {"name": "Northside Pantry", "email": "coordinator@north.ca", "phone": "(416) 555-0142"},
        {"name": "East Hub", "email": "hub@east.ca"},
    ]


def test_quotes_and_line_breaks_stay_within_their_cell() -> None:
    text = '"Centre ""Le Phare""\nde Hull"\tanimateur\nMaison 5"\tintervenante'
    assert [row.cells for row in read_table('Nom\tRôle\n"Centre ""Le Phare""\nde Hull"\thôte', people=False)] == [
        {"name": 'Centre "Le Phare" de Hull', "role": "hôte"}
    ]
    assert read_table(text, people=True)[-1].cells["title"] == "intervenante"


def test_people_are_put_together_from_first_and_last_name() -> None:
    text = "First name\tLast name\tTitle\tE-mail\nGrace\tLee\tchair\tg@x.ca"
    assert [row.cells for row in read_table(text, people=True)] == [
        {"name": "Grace Lee", "title": "chair", "email": "g@x.ca"}
    ]


@pytest.mark.parametrize(
    ("text", "people", "rows"),
    [
        ("Marie Roy\tResponsable\nZoé Côté\tadjointe", True,
         [{"name": "Marie Roy", "title": "Responsable"}, {"name": "Zoé Côté", "title": "adjointe"}]),
        ("Organisme :\tContact :\nMaison A\tZoé Roy", False, [{"name": "Maison A", "person": "Zoé Roy"}]),
        ("Nom\tPrénom\tTél.\nMaison A\tZoé\t514 555-0100", False,
         [{"name": "Maison A", "person": "Zoé", "phone": "514 555-0100"}]),
        ("Nom\tPrénom\nRoy\tZoé", True, [{"name": "Zoé Roy"}]),
        ("Contact\tTitre\nZoé Roy\tadjointe", True, [{"name": "Zoé Roy", "title": "adjointe"}]),
        ("Organisme\tPrénom\tNom de famille\nMaison A\tZoé\tRoy", False, [{"name": "Maison A", "person": "Zoé Roy"}]),
        ("Organisme\tPersonne\tCourriel\nLa Ruche\tZoé Roy\tz@a.ca", True, [{"name": "Zoé Roy", "email": "z@a.ca"}]),
        ("Partenaire\tNom\tPrénom\nLa Ruche\tRoy\tZoé", True, [{"name": "Zoé Roy"}]),
        ("Partenaire\tNom\tPrénom\nLa Ruche\tRoy\tZoé", False, [{"name": "La Ruche", "person": "Zoé Roy"}]),
        ("Nom\tOrganisme\tTél.\nZoé Roy\tLa Ruche\t514 555-0100", False,
         [{"person": "Zoé Roy", "name": "La Ruche", "phone": "514 555-0100"}]),
        ("Name\tAgency\nGrace Lee\tHive", True, [{"name": "Grace Lee"}]),
        ("Organisme\tRôle\nLa Ruche\thôte", True, [{"name": "La Ruche", "role": "hôte"}]),
        ('Salle A\t"grande\nSalle B\tpetite', True,
         [{"name": "Salle A", "title": '"grande'}, {"name": "Salle B", "title": "petite"}]),
    ],
)  # fmt: skip
def test_a_column_is_what_its_heading_and_its_table_make_it(
    text: str, people: bool, rows: list[dict[str, str]]
) -> None:
    assert [row.cells for row in read_table(text, people=people)] == rows


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Maison A\ta@a.ca\tb@a.ca", PastedRow({"name": "Maison A", "email": "a@a.ca"}, ("b@a.ca",))),
        ("Maison A\técrire à a@a.ca", PastedRow({"name": "Maison A"}, ("écrire à a@a.ca",))),
        ("Maison A\tanimation", PastedRow({"name": "Maison A"}, ("animation",))),
        (
            "Organisme\tContact\t\nMaison A\tZoé\tle soir",
            PastedRow({"name": "Maison A", "person": "Zoé"}, ("le soir",)),
        ),
    ],
)
def test_what_has_no_column_of_its_own_stands_apart(text: str, row: PastedRow) -> None:
    assert read_table(text, people=False) == [row]


@pytest.mark.parametrize("text", ["•\tUn lieu\n•\tUne salle", "1.\tUn\n2.\tDeux", "un\ndeux", "o\tUn", "", "a)\tUn"])
def test_a_list_with_marks_is_no_table(text: str) -> None:
    assert not is_table(text)


def test_lists_of_word_web_and_mail_lose_their_marks() -> None:
    pasted = (
        "\uf0b7\tUn\n§\tDeux\n➢ Trois\n> - Quatre\n>> Cinq\na)\tSix\n1.2. Sept\n☐ Huit\niv.\tNeuf\nA. Tremblay\nc. 514"
    )
    assert pasted_lines(pasted) == [
        "Un",
        "Deux",
        "Trois",
        "Quatre",
        "Cinq",
        "Six",
        "Sept",
        "Huit",
        "Neuf",
        "A. Tremblay",
        "c. 514",
    ]


def test_marks_from_elsewhere_become_ours_in_prose() -> None:
    assert with_own_list_marks("Nous offrons :\n•\tun lieu\n\uf0b7 une salle\n- du temps") == (
        "Nous offrons :\n- un lieu\n- une salle\n- du temps"
    )


def test_names_may_be_typed_above_a_table() -> None:
    text = 'Nous\nOrganisme\tPersonne\tCourriel\n"Carrefour\njeunesse"\tZoé Roy\tz@a.ca\nNom\tRôle'
    assert read_organisations(text) == [
        PastedRow({"name": "Nous"}),
        PastedRow({"name": "Carrefour jeunesse", "person": "Zoé Roy", "email": "z@a.ca"}),
        PastedRow({"name": "Nom", "person": "Rôle"}),
    ]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("La Ruche, de Laval ; zoe@a.ca", {"name": "La Ruche, de Laval", "email": "zoe@a.ca"}),
        ("La Ruche (courriel : zoe@a.ca, tél. 514 555-0100)",
         {"name": "La Ruche", "email": "zoe@a.ca", "phone": "514 555-0100"}),
        ("Maison (de) Laval, 2; nord", {"name": "Maison (de) Laval, 2; nord"}),
        ("1. Tel-Aide", {"name": "Tel-Aide"}),
    ],
)  # fmt: skip
def test_a_line_of_a_list_is_a_name_without_its_addresses(line: str, cells: dict[str, str]) -> None:
    assert read_organisations(line) == [PastedRow(cells)]
