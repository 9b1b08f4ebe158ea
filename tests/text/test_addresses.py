"""Addresses in a sentence: the preposition that French asks for, and none where one was typed or none is said."""

import pytest

from tui.text.addresses import place_in_sentence


@pytest.mark.parametrize(
    ("address", "french", "english"),
    [
        ("48, avenue des Érables, Amos", "au 48, avenue des Érables, Amos", "at 48, avenue des Érables, Amos"),
        ("2e étage, 88, rue Roy", "au 2e étage, 88, rue Roy", "at 2e étage, 88, rue Roy"),
        ("Avenue du Parc 5, Amos", "avenue du Parc 5, Amos", "at Avenue du Parc 5, Amos"),
        ("3e Avenue, 88, Amos", "3e Avenue, 88, Amos", "at 3e Avenue, 88, Amos"),
        ("au 5, rue du Quai", "au 5, rue du Quai", "at 5, rue du Quai"),
        ("À la mairie d'Amos", "à la mairie d'Amos", "at la mairie d'Amos"),
        ("Rouyn-Noranda", "à Rouyn-Noranda", "at Rouyn-Noranda"),
        ("Rouyn-Noranda, J9X 5E4", "à Rouyn-Noranda, J9X 5E4", "at Rouyn-Noranda, J9X 5E4"),
        ("Le Bic (Québec)", "au Bic (Québec)", "at Le Bic (Québec)"),
        ("Centre communautaire, Amos", "au Centre communautaire, Amos", "at Centre communautaire, Amos"),
        ("Centre 24, Amos", "au Centre 24, Amos", "at Centre 24, Amos"),
        ("Édifice Price, Québec", "à l'Édifice Price, Québec", "at Édifice Price, Québec"),
        ("Case postale 14, Ville-Marie", "à l'adresse suivante : Case postale 14, Ville-Marie",
         "at Case postale 14, Ville-Marie"),
        ("283, boul. Taché, Gatineau (Québec)", "au 283, boul. Taché, Gatineau (Québec)",
         "at 283, boul. Taché, Gatineau (Québec)"),
        ("chez Mme Roy, 3, rang 2", "chez Mme Roy, 3, rang 2", "in care of Mme Roy, 3, rang 2"),
        ("a/s de l'Office, Amos", "aux soins de l'Office, Amos", "in care of l'Office, Amos"),
        ("at 7 King Street, Ottawa", "au 7 King Street, Ottawa", "at 7 King Street, Ottawa"),
    ],
)  # fmt: skip
def test_an_address_has_the_preposition_that_its_sentence_asks_for(address: str, french: str, english: str) -> None:
    assert place_in_sentence(address, "fr") == french
    assert place_in_sentence(address, "en") == english


@pytest.mark.parametrize(
    "street",
    ["allée", "autoroute", "av.", "boulevard", "ch.", "côte", "cours", "croissant", "impasse", "montée", "promenade",
     "quai", "rang", "route", "rue", "ruelle", "sentier", "square", "terrasse"],
)  # fmt: skip
def test_a_street_of_any_kind_takes_no_preposition(street: str) -> None:
    assert place_in_sentence(f"{street.capitalize()} Roy 5, Amos", "fr") == f"{street} Roy 5, Amos"
