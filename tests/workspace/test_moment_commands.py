"""The ten suggested commands are valid and fit the place; two partners alone get none that only a meeting needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.commands import DOCUMENT, LIST, PLACES, WORK, commands_at
from tui.guide.guide_loading import load_guide
from tui.store import Author, Store
from tui.workspace import meeting_edits
from tui.workspace.moment_commands import _AT_TABLE, SHOWN_COMMANDS, commands_of_moment
from tui.workspace.place import NOTE, Place
from tui.workspace.workspace import Workspace
from tui.workspace.writing import add_partners


def workspace(folder: Path, names: str) -> Workspace:
    """A partnership of these partners, open."""
    store = Store(folder / "store", author=Author("x" * 10, "Marie"))
    store.create([])
    found = Workspace(load_guide(), store.load(store.list()[0].id), store)
    add_partners(found, names)
    return found


@pytest.mark.parametrize("where", [place for place in PLACES if place != "page"])
def test_ten_commands_each_valid_where_one_is_and_none_twice(tmp_path: Path, where: str) -> None:
    here = workspace(tmp_path, "A\nB\nC") if where != LIST else None
    found = commands_of_moment(where, here)
    assert len(found) == SHOWN_COMMANDS and len(set(found)) == SHOWN_COMMANDS
    assert set(found) <= {one.id for one in commands_at(where)} - {"palette"}


def test_other_moments_have_other_commands(tmp_path: Path) -> None:
    here = workspace(tmp_path, "A\nB\nC")
    moments = {"new": commands_of_moment(WORK, here)}
    here.go(Place(NOTE, here.place.partner))
    moments["call"] = commands_of_moment(WORK, here)
    assert moments["call"][:2] == ("sort_line", "sort_note")
    here.go(Place("gather.vision", here.place.partner))
    meeting_edits.open_meeting(here)
    moments["held"] = commands_of_moment(WORK, here)
    assert moments["held"][:3] == ("meeting", "decision", "task")
    moments["document"] = commands_of_moment(DOCUMENT, here)
    assert "agree_as_it_stands" in moments["document"]
    assert len(set(moments.values())) == len(moments)


def test_a_page_puts_its_own_first(tmp_path: Path) -> None:
    found = commands_of_moment("meeting", workspace(tmp_path, "A\nB"), ("register", "nothing", "copy"))
    assert found[:2] == ("register", "copy") and len(found) == SHOWN_COMMANDS


@pytest.mark.parametrize("where", [WORK, DOCUMENT])
def test_two_partners_meet_nothing_of_a_table_until_there_is_one(tmp_path: Path, where: str) -> None:
    here = workspace(tmp_path, "A\nB")
    for question in here.guide.by_id.values():
        if not question.private and question.scope == "project":
            here.go(Place(question.id, here.place.partner))
            assert not _AT_TABLE & set(commands_of_moment(where, here)), question.id
    meeting_edits.open_meeting(here)
    assert _AT_TABLE & set(commands_of_moment(where, here))
