"""Handing over at the line prompts: lines by number, the page read out, a private line only where it is named."""

from __future__ import annotations

import re

import pytest

from tests.line_mode.person import Person
from tests.line_mode.talk import Talk
from tests.partnership.told import Told
from tui.line_mode import line_handover


def test_private_line_is_read_only_once_it_was_put_on_the_page(pair: Person) -> None:
    pair.types("/aller 1", "2", "/note Solange part en juin")
    assert "Solange" not in pair.types("/relais animation lire")
    listed = pair.types("/relais animation")
    found = re.search(r"(\d+)\. – [^\n]*Solange part en juin", listed)
    assert found is not None
    assert "Solange part en juin" in pair.types(f"/relais animation : {found[1]}")


def test_line_is_said_in_other_words_on_the_page_alone(pair: Person) -> None:
    pair.types("/aller 1", "2", "/note Solange part en juin")
    found = re.search(r"(\d+)\. – [^\n]*Solange part en juin", pair.types("/relais animation"))
    assert found is not None
    told = pair.types(f"/relais animation : {found[1]}, {found[1]} = Une personne part en juin")
    assert "Une personne part en juin" in told and "Solange" not in told
    assert "Solange part en juin" in pair.types("/relais animation")
    assert "aucune ligne" in pair.types("/relais animation : = rien")
    told = pair.types(f"/relais animation : {found[1]}, 1 = Autrement dit")
    assert "Autrement dit" in told and "Solange part en juin" in told, "only the last number is said otherwise"


def test_seat_is_read_and_what_is_no_seat_is_refused(pair: Person) -> None:
    assert "Prendre place" in pair.types("/relais 2 lire")
    assert pair.types("/relais 2 écrire").count("Écrit") == 2
    assert "aucune ligne" in pair.types("/relais animation : 99")
    assert "à qui" in pair.types("/relais")


@pytest.mark.parametrize("name", ["Animation", "Lire et Écrire"])
def test_a_seat_called_by_words_of_the_command_is_that_seat(person: Person, name: str) -> None:
    person.types("Alpha", name, "")
    assert person.types(f"/relais {name}") == person.types("/relais 2")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_seat_is_handed_over_by_its_number_in_the_list_of_all(number: int) -> None:
    told = Told("Collège", "Clinique", "Gîte", status="committed")
    told.say("open.who", {"status": "withdrawn"}, "Collège")
    talk = Talk(told)
    said = talk.gives(line_handover.handover, f"{number} lire")
    assert [name for name in told.ids if name.upper() in said.splitlines()[0].upper()] == [list(told.ids)[number - 1]]
