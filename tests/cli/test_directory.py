"""`entente directory`: the organisations kept across partnerships, from the command line."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell
from tui.store import Store


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """A home whose directory holds two entries of one organisation, with a person each."""
    Store(shell.home / ".local/share/entente").change_directory(
        lambda _rows: {
            "aaaaaaaaaa": {
                "name@fr": "La Maison", "person/p/name": "Marie", "person/p/email": "marie@x.example",
                "person/p/phone": "418 555-0199", "person/p/language": "en",
            },
            "bbbbbbbbbb": {"name@fr": "Maison des jeunes", "person/q/name": "Paul", "own": True},
        }
    )  # fmt: skip
    return shell


def test_it_lists_names_and_people_one_s_own_first_and_no_address(filled: Shell) -> None:
    done = filled("directory")
    head, own, other = done.out.splitlines()
    assert own.startswith("bbbbbbbbbb  Maison des jeunes (le vôtre)") and own.endswith("Paul")
    assert other.startswith("aaaaaaaaaa  La Maison") and head
    public = filled("directory", "--json")
    assert "marie@" not in done.out and {"name": "Marie"} in [person for row in public.data for person in row["people"]]
    private = filled("directory", "--json", "--with-private")
    assert "marie@x.example" in private.out and "418 555-0199" in private.out and "privés" in private.err
    assert filled("directory", "--with-private").code == 2


def test_two_entries_become_one(filled: Shell) -> None:
    done = filled("directory", "--merge", "La Maison", "bbbbbbbbbb")
    assert (done.code, done.out.strip()) == (0, "bbbbbbbbbb")
    found = filled("directory", "--json").data
    assert [[person["name"] for person in one["people"]] for one in found] == [["Marie", "Paul"]]
    assert (found[0]["id"], found[0]["name@fr"]) == ("bbbbbbbbbb", "Maison des jeunes"), "the second one stays"
    assert filled("directory", "--merge", "Nulle part", "bbbbbbbbbb").code == 2
    assert filled("directory", "--merge", "aaaaaaaaaa", "bbbbbbbbbb").code == 2, "they are one already"


def test_an_empty_directory_says_how_it_fills(shell: Shell) -> None:
    done = shell("directory")
    assert (done.code, done.out) == (0, "") and "d'eux-mêmes" in done.err


def test_what_is_answered_of_an_organisation_is_learnt(shell: Shell) -> None:
    partnership = shell.new("Le soir")
    told = {"name": "Maison des jeunes", "people": [{"name": "Marie Roy", "email": "marie@x.example"}], "reason": "zq"}
    assert shell.answer(partnership, {"question": "open.who", "op": "add", "value": told}).code == 0
    found = shell("directory", "--json", "--with-private").data
    assert [(one["name@fr"], one["people"][0]["email"]) for one in found] == [("Maison des jeunes", "marie@x.example")]
    assert "zq" not in str(found)
