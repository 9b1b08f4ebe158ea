"""No command tells what is private; `check`, which speaks to those who prepare, names a line to be found by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership.private_places import ALWAYS, Places, everywhere
from tui.cli.command_line import main
from tui.partnership.meetings import HELD, MEETINGS
from tui.partnership.values import Change
from tui.store import Author, Store

MEETING = {"#order": "5", "on": "2026-11-25", "opened": "2026-11-25T18:02:00-05:00"}
TERM = Change("term", "extra.dates", "period", {"start": "2026-01", "end": "2027-01"}, "rows")
COMMANDS = (
    ("list",), ("list", "--json"), ("show", "ID"), ("show", "ID", "--doc-lang", "en", "--format", "md"),
    ("show", "ID", "--format", "json"), ("export", "ID", "-", "--format", "json"), ("minutes", "ID"),
    ("round", "ID"), ("round", "ID", "--json"),
    ("health", "ID"), ("health", "ID", "--results"), ("answers", "ID"), ("answers", "ID", "--json"),
    ("standing", "ID"), ("standing", "ID", "--list"), ("funders", "ID", "-"),
    ("funders", "ID", "-", "--doc-lang", "en"),
    ("due",), ("due", "ID", "--json"), ("due", "ID", "--ics", "-"), ("due", "ID", "--ics", "-", "--lang", "en"),
)  # fmt: skip
# What `check` names an offer, money, an organisation, a person or what nobody brings by, and the date it finds wrong.
NAMED = {
    "open.who/.name", "open.who/.short_name", "open.who/.article", "open.who/people.name",
    "open.contributions/rows.text", "open.contributions/rows.due", "commit.funding/rows.source",
    "commit.funding/rows.due", "extra.needed/rows.text", "extra.needed/rows.absent",
}  # fmt: skip


def kept(root: Path, made: Places) -> str:
    """A store in `root` with one partnership, which has met and has a term; its id."""
    store = Store(root, author=Author("x" * 10, "Marie"))
    meeting = [Change("meeting00a", HELD, cell, value, MEETINGS) for cell, value in MEETING.items()]
    return store.create([*made.changes, *meeting, TERM]).id


def said(capsys: pytest.CaptureFixture[str], root: Path, name: str, *words: str) -> str:
    """All that a command prints."""
    code = main([*(name if word == "ID" else word for word in words), "--store", str(root)])
    out, err = capsys.readouterr()
    assert code in (0, 1) and out, err
    return str(out + err)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_tells_a_private_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    made = everywhere()
    assert made.told_in_words(said(capsys, tmp_path, kept(tmp_path, made), *words)) == []


@pytest.mark.parametrize("words", [("check", "ID"), ("check", "ID", "--json"), ("check", "ID", "--lang", "en")])
def test_check_names_a_line_by_what_it_is_and_tells_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    made = everywhere()
    text = said(capsys, tmp_path, kept(tmp_path, made), *words)
    assert made.told_by(text, ALWAYS) == []
    told = {one.partition(" of ")[0].partition("@")[0] for one in made.told_in_words(text)}
    assert "open.who/.name" in told and told <= NAMED


def test_the_document_as_data_tells_what_a_state_lets_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened = everywhere(opened=True)
    text = said(capsys, tmp_path, kept(tmp_path, opened), "show", "ID", "--format", "json")
    assert opened.told_by(text) == opened.stated()
