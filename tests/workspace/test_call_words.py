"""Calls in words: how long ago each partner was reached, the longest first, and the sheet before a call."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.calls import BY_ANSWER, BY_CALL, BY_MEETING, CALLS, ROWS, SPOKE, Call, Contact
from tui.partnership.partners import WHO
from tui.partnership.values import Change
from tui.workspace.call_words import (
    ContactLine,
    call_words,
    contact_line_words,
    contact_list,
    contact_words,
    longest_first,
    sheet_lines,
    sheet_of,
)
from tui.workspace.workspace import Workspace

DAY = "2027-02-10"


def plain(text: str) -> str:
    """Text with plain spaces and apostrophes."""
    return text.replace("\u00a0", " ").replace("’", "'")


def called(told: Told, partner: str, row: str, **cells: str) -> None:
    """Note a call with a partner."""
    changes = (Change(row, CALLS, cell, value, ROWS, (told.ids[partner],)) for cell, value in cells.items())
    told.take(*changes)


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        (None, "jamais joint"),
        (Contact("2027-02-10", BY_CALL), "aujourd'hui (un appel, 10 février 2027)"),
        (Contact("2027-02-09", BY_ANSWER), "il y a 1 jour (une réponse, 9 février 2027)"),
        (Contact("2027-01-29", BY_MEETING), "il y a 12 jours (une rencontre, 29 janvier 2027)"),
        (Contact("2027-01", BY_CALL), "il y a 10 jours (un appel, janvier 2027)"),
    ],
)
def test_the_last_contact_is_told_as_seen_today(contact: Contact | None, said: str) -> None:
    assert plain(contact_words(contact, DAY, "fr")) == said


def test_who_was_never_reached_stands_first_then_the_longest_ago() -> None:
    days = {"Ruche": "2027-02-09", "Nid": None, "Collège": "2026-12-01", "Aube": None, "Clinique": "2027-02-09"}
    lines = [
        ContactLine("p", "Le soir", name, name, Contact(on, BY_CALL) if on else None, ("rappeler",))
        for name, on in days.items()
    ]
    assert [line.name for line in longest_first(lines, DAY)] == ["Aube", "Nid", "Collège", "Clinique", "Ruche"]
    assert contact_line_words(lines[0], DAY, "fr", titled=True) == "Ruche (Le soir) · rappeler"
    assert contact_line_words(lines[0], DAY, "fr", titled=False) == "Ruche · rappeler"


@pytest.mark.parametrize("status", GUIDE.choices["status"])
@pytest.mark.parametrize(
    ("cells", "listed"),
    [
        ({"on": "2027-01-05", "outcome": SPOKE}, True),
        ({"on": "2027-01-05", "outcome": "message"}, False),
        ({"on": "2027-03-05", "outcome": SPOKE}, False),
        ({"on": "2027-01-05", "outcome": "message", "next@fr": "rappeler"}, True),
        ({"on": "2027-01-05", "outcome": "message", "next@fr": "rappeler", "came": "done"}, False),
    ],
)
def test_partners_are_listed_once_one_was_reached_or_is_to_be(cells: dict[str, str], listed: bool, status: str) -> None:
    told = Told("Ruche")
    told.join("Nid", status=status)
    called(told, "Ruche", "call000001", **cells)
    gone = status in ("declined", "withdrawn")
    names = [line.name for line in contact_list(told.partnership, "Le soir", DAY, "fr")]
    assert names == ((["Ruche"] if gone else ["Ruche", "Nid"]) if listed else [])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (Call("a", "2027-01-05", SPOKE, "Ida", "Luc", "offre\nune salle"),
         "5 janvier 2027 · on s'est parlé · Ida → Luc · offre une salle"),
        (Call("a", "", SPOKE, "", "Luc"), "sans date · on s'est parlé · Luc"),
        (Call("", "2027-01-05", "", "Ida", "", "offre une salle"), "5 janvier 2027 · Ida · offre une salle"),
    ],
)  # fmt: skip
def test_a_call_is_told_in_one_line_of_what_is_known(call: Call, said: str) -> None:
    assert plain(call_words(GUIDE, call, "fr")) == said


def test_the_sheet_before_a_call_is_of_that_partner_alone() -> None:
    told = Told("Ruche", "Nid")
    for at, (name, text, on) in enumerate(
        (("Ruche", "offre une salle", "2027-01-05"), ("Nid", "hésite", "2027-01-06"))
    ):
        called(told, name, f"call00000{at}", **{
            "on": on, "outcome": SPOKE, "text@fr": text, "next@fr": f"rappeler {name}", "next_on": "2027-03-03",
        })  # fmt: skip
        told.say(WHO, {"part": "people", "name": f"Ida {name}", "email": f"{at}@exemple.ca"}, name, op="add")
        told.say("commit.consensus", {"level": "agree" if at else "discuss"}, name)
    store = Memory()
    store.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, store)
    sheets = {
        name: plain("\n".join(sheet_lines(workspace, sheet_of(workspace, told.ids[name], DAY), DAY)))
        for name in ("Ruche", "Nid")
    }
    for at, (name, other) in enumerate((("Ruche", "Nid"), ("Nid", "Ruche"))):
        said = sheets[name]
        assert f"Ida {name} · {at}@exemple.ca" in said and other not in said
        assert f"rappeler {name}, d'ici le 3 mars 2027" in said
        assert said.startswith(f"{name} : il y a {36 - at} jours (un appel")
        assert ("offre une salle" in said, "hésite" in said) == (not at, bool(at))
