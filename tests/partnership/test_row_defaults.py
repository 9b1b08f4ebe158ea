"""Tests of the values that a new contribution starts with, however it is added."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.row_defaults import row_defaults
from tui.partnership.values import Entry
from tui.workspace.place import Place
from tui.workspace.workspace import Workspace
from tui.workspace.writing import drop_if_blank, new_row

STARTS = [("prospective", "wished"), ("contacted", "wished"), ("interested", "wished")]
STARTS += [("committed", "confirmed"), ("signatory", "confirmed")]
PART = GUIDE.question("open.contributions").parts[0]


@pytest.mark.parametrize(("status", "state"), STARTS)
def test_it_follows_where_the_partner_stands(status: str, state: str) -> None:
    told = Told("A", status=status)
    row = told.say("open.contributions", "prêter une salle", "A", op="add")[0]
    assert told.partnership.entries[row].get("state") == state
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.place = Place("open.contributions", told.ids["A"])
    made = new_row(workspace, Entry("", "open.contributions", "rows", (told.ids["A"],)), PART, "former")
    assert made.get("state") == state


def test_what_is_said_comes_before_the_default() -> None:
    told = Told("A", status="committed")
    row = told.say("open.contributions", {"text": "prêter", "state": "wished"}, "A", op="add")[0]
    assert told.partnership.entries[row].get("state") == "wished"


def test_what_is_there_already_keeps_its_state() -> None:
    told = Told("A")
    row = told.say("open.contributions", "prêter une salle", "A", op="add")[0]
    told.say("open.who", {"status": "committed"}, "A")
    assert told.partnership.entries[row].get("state") == "wished"


def test_a_commitment_added_in_its_own_list_is_one() -> None:
    told = Told("A", status="committed")
    row = told.say("commit.consensus", {"part": "commitments", "text": "prêter"}, "A", op="add")[0]
    assert told.partnership.entries[row].get("state") == "accepted"


def test_of_several_each_must_have_said_yes() -> None:
    told = Told("A", status="committed")
    told.join("B", status="interested")
    both = tuple(told.ids.values())
    assert row_defaults(told.partnership, PART, both)["state"] == "wished"
    assert row_defaults(told.partnership, PART, ())["state"] == "wished"
    told.say("open.who", {"status": "signatory"}, "B")
    assert row_defaults(told.partnership, PART, both)["state"] == "confirmed"


@pytest.mark.parametrize("status", ["interested", "committed"])
def test_a_row_left_blank_goes_whatever_it_began_with(status: str) -> None:
    told = Told("A", status=status)
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.place = Place("open.contributions", told.ids["A"])
    made = new_row(workspace, Entry("", "open.contributions", "rows", (told.ids["A"],)), PART, "")
    assert drop_if_blank(workspace, made.id)
