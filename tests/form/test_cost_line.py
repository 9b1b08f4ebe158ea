"""Tests of a line of the budget typed as one text: each piece in its cell, and nothing that was typed is lost."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.form.cost_line import read_cost_line
from tui.form.form import FormContext
from tui.partnership.values import Value

NAMES = ("Collège du Nord", "Ruche")
CAD = {"amount": "4000", "currency": "CAD"}


def read(text: str, lang: str = "fr") -> tuple[str, dict[str, Value]]:
    """What a typed line means; a partner is named by its name instead of its id."""
    told = Told(*NAMES)
    part = GUIDE.question("commit.funding").part("costs")
    assert part is not None
    description, cells = read_cost_line(FormContext(GUIDE, told.partnership, lang), part, text)
    names = {partner_id: name for name, partner_id in told.ids.items()}
    return description, {key: names.get(str(value), value) for key, value in cells.items()}


@pytest.mark.parametrize(
    ("text", "description", "cells"),
    [
        ("Coordination", "Coordination", {}),
        ("Coordination, 4 000 $", "Coordination", {"amount": CAD}),
        ("Coordination, 4 000,00 $", "Coordination", {"amount": CAD}),
        ("4 000 $, Coordination", "Coordination", {"amount": CAD}),
        ("Coordination ; Ruche;4 000 $", "Coordination", {"partner": "Ruche", "amount": CAD}),
        ("Coordination, en nature", "Coordination", {"in_kind": True}),
        ("Coordination, in kind", "Coordination", {"in_kind": True}),
        ("Coordination, en argent", "Coordination", {"in_kind": False}),
        ("Coordination, comptant", "Coordination", {"in_kind": False}),
        ("Coordination, cash", "Coordination", {"in_kind": False}),
        ("Coordination, 2027", "Coordination", {"year": "2027"}),
        ("Coordination, 2027-28", "Coordination", {"year": "2027-28"}),
        ("Coordination 2027", "Coordination", {"year": "2027"}),
        ("Coordination (2027-2028)", "Coordination", {"year": "2027-2028"}),
        ("Coordination 2027, 2028", "Coordination 2027", {"year": "2028"}),  # the first stays in the description
        ("Budget de 2027 à revoir", "Budget de 2027 à revoir", {}),
        ("Salle, cour et jardin", "Salle, cour et jardin", {}),
        ("Salle, en nature, en argent", "Salle, en argent", {"in_kind": True}),
        ("Salle, Ruche, Collège du Nord", "Salle, Collège du Nord", {"partner": "Ruche"}),
        ("Salle, quelques $", "Salle, quelques $", {}),  # no amount
        ("(2027), 4 000 $", "(2027)", {"amount": CAD}),  # a year in brackets alone is the description
        ("2027", "2027", {}),  # a line needs a description
        ("4 000 $", "4 000 $", {}),
        ("Ruche, en nature", "Ruche, en nature", {}),
        (
            "Coordination 2027, Ruche, 4 000 $, en nature",
            "Coordination",
            {"year": "2027", "partner": "Ruche", "amount": CAD, "in_kind": True},
        ),
    ],
)
def test_each_piece_is_read_once_and_the_rest_describes_it(
    text: str, description: str, cells: dict[str, Value]
) -> None:
    assert read(text) == (description, cells)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("piece", ["in kind", "en nature", "cash", "comptant", "2027", "$4000", "Ruche"])
def test_a_piece_is_read_in_either_language(lang: str, piece: str) -> None:
    description, cells = read(f"Coordination, {piece}", lang)
    assert description == "Coordination" and len(cells) == 1
