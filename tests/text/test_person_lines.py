"""Lines about people as they are noted: name, title, mail and telephone apart, and no remark printed as a title."""

from __future__ import annotations

import pytest

from tui.text.person_lines import PersonLine, read_person, without_contacts


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Marie Roy", PersonLine("Marie Roy")),
        ("Marie Roy, directrice, marie@x.ca, 519 555-0100, signe",
         PersonLine("Marie Roy", "directrice", "marie@x.ca", "519 555-0100", True, ("signe",))),
        ("Marie Roy, directrice, tél. 519 555-0100, c'est elle qui signe",
         PersonLine("Marie Roy", "directrice", "", "519 555-0100", True, ("c'est elle qui signe",))),
        ("Marie Roy directrice 519 555-0100 c'est elle qui signe",
         PersonLine("Marie Roy", "directrice", "", "519 555-0100", True, ("c'est elle qui signe",))),
        ("Anne de la Tour, adjointe à la direction, ce n'est pas elle qui signe",
         PersonLine("Anne de la Tour", "adjointe à la direction", "", "", False, ("ce n'est pas elle qui signe",))),
        ("John Okafor – food bank manager – she will call back",
         PersonLine("John Okafor", "food bank manager", "", "", False, ("she will call back",))),
        ("Grace Lee, board chair, cell: 416-555-0199 ext. 4, he signs",
         PersonLine("Grace Lee", "board chair", "", "416-555-0199 ext. 4", True, ("he signs",))),
        ("Luc Morin signe", PersonLine("Luc Morin", "", "", "", True, ("signe",))),
        ("Luc Morin et Paul Roy", PersonLine("Luc Morin et Paul Roy")),
        ("Zoé Caron, préfère le matin si possible", PersonLine("Zoé Caron", "", "", "", False,
                                                               ("préfère le matin si possible",))),
        ("Ana Silva, IT manager, part-time, women's shelter",
         PersonLine("Ana Silva", "IT manager, part-time, women's shelter")),
        ("Léa Côté, s'occupe de la salle", PersonLine("Léa Côté", "", "", "", False, ("s'occupe de la salle",))),
        ("courriel : zoe@x.ca", PersonLine("", "", "zoe@x.ca")),
        ("Zoé Été, mairesse, zoe@pôle-été.ca; z2@pole ou z3@pole.ca",
         PersonLine("Zoé Été", "mairesse", "zoe@pôle-été.ca, z2@pole, z3@pole.ca")),
        ("Mai Juin; \"mai juin\"@quinze.ca <mailto:mj@b.ca>",
         PersonLine("Mai Juin", "", '"mai juin"@quinze.ca, mj@b.ca')),
        ("Bob Roy; adjoint; Bob (le grand) <bob@b.ca>", PersonLine("Bob Roy", "adjoint", "bob@b.ca")),
        ("\"Tremblay, Jean\" <jean@b.ca>", PersonLine("Tremblay, Jean", "", "jean@b.ca")),
        ("Luc, directeur, 514 555-0101 / 418 555-0102",
         PersonLine("Luc", "directeur", "", "514 555-0101, 418 555-0102")),
        ("parler à Marie Roy", PersonLine("parler à Marie Roy")),
        ("Tremblay, Jean", PersonLine("Tremblay, Jean")),
        ("Tremblay; Jean", PersonLine("Tremblay", "Jean")),
        ("Luc signe l'entente", PersonLine("Luc", "", "", "", True, ("signe l'entente",))),
        ("Zoé Roy (514 555-0101), (418) 555-0102", PersonLine("Zoé Roy", "", "", "514 555-0101, (418) 555-0102")),
        ("Called Marie-Anne O'Brien, coordinator", PersonLine("Marie-Anne O'Brien", "coordinator")),
        ("J'ai parlé à Éva Roy, directrice, elle signe",
         PersonLine("Éva Roy", "directrice", "", "", True, ("elle signe",))),
        ("spoke with the board chair", PersonLine("spoke with the board chair")),
        ("Jeanne d'Arc directrice", PersonLine("Jeanne d'Arc", "directrice")),
    ],
)  # fmt: skip
def test_a_line_is_taken_apart(line: str, parts: PersonLine) -> None:
    assert read_person(line) == parts


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Marie Roy, directrice, tél. 519 555-0100, rappeler lundi", "Marie Roy, directrice"),
        ("Marie Roy <marie@x.ca>", "Marie Roy"),
        ("Marie Roy,directrice", "Marie Roy,directrice"),
        ("Marie Roy, rappeler lundi", "Marie Roy, rappeler lundi"),
    ],
)
def test_a_line_with_an_address_or_a_number_keeps_name_and_title(line: str, left: str) -> None:
    assert without_contacts(line) == left
