"""The changes that no test can notice: each is told of code that stands, with the reason why it makes no difference."""

from __future__ import annotations

import tomllib

import pytest

from tests.house.tree import ROOT
from tools.mutants import ROOMS, Change, faults_of, outcome_of

LINES = tomllib.loads((ROOT / "tools" / "unnoticed_mutants.toml").read_text(encoding="utf-8"))["unnoticed"]
CHANGED = tuple(file.removesuffix("py").replace("/", ".") for room in ROOMS.values() for file in room.files)


def source(function: str) -> str:
    """Return the file that holds a function, its lines joined by single spaces."""
    parts = function.split(".")
    (path,) = (path for at in range(len(parts)) if (path := ROOT.joinpath(*parts[:at]).with_suffix(".py")).is_file())
    return " ".join(line.strip() for line in path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["function"].rpartition(".")[2])
def test_each_line_is_about_code_that_stands_and_says_why(line: dict[str, str]) -> None:
    assert line.keys() == {"function", "before", "after", "reason"}
    assert line["function"].startswith(CHANGED), "no room makes changes there"
    text = source(line["function"])
    assert f"def {line['function'].rpartition('.')[2]}(" in text
    assert line["before"] in text and line["before"] != line["after"]
    assert line["reason"].endswith(".") and len(line["reason"].split()) > 5


def test_no_change_is_listed_twice() -> None:
    changes = [(line["function"], line["before"], line["after"]) for line in LINES]
    assert len(changes) == len(set(changes))


@pytest.mark.parametrize("name", ROOMS)
def test_each_room_names_files_and_tests_that_are_there(name: str) -> None:
    room = ROOMS[name]
    assert [file for file in (*room.files, *room.tests) if not (ROOT / file).exists()] == []


FUNCTION, ANOTHER = "tui.store.history.split_history", "tui.workspace.pending_edits.PendingEdits.note"
# Nine changes that tests notice, and one of which the tests would never end.
NOTICED = {Change(f"{FUNCTION}_{number}", FUNCTION, f"take({number})", "take(None)"): "killed" for number in range(9)}
NOTICED[Change("endless", FUNCTION, "at += 1", "at -= 1")] = "timeout"
MISSED = Change("missed", FUNCTION, "a < b", "a <= b")


def faults(states: dict[Change, str], *reasons: tuple[str, str, str], untried: tuple[Change, ...] = ()) -> list[str]:
    """Return the first lines of what the tool says is wrong with the history, given what came of its changes."""
    outcome = outcome_of("history", (*states, *untried), {change.name: state for change, state in states.items()})
    return [fault.partition("\n")[0] for fault in faults_of(outcome, dict.fromkeys(reasons, "It is the same."))]


@pytest.mark.parametrize("state", ["survived", "no tests"])
def test_a_change_that_no_test_notices_needs_a_reason(state: str) -> None:
    states = {**NOTICED, MISSED: state}
    assert faults(states) == [f"history: no reason is given for: {FUNCTION}"]
    assert faults(states, MISSED[1:]) == faults(NOTICED) == []


def test_a_reason_needs_a_change_that_is_made_and_that_no_test_notices() -> None:
    gone, noticed = (FUNCTION, "a > b", "a >= b"), next(iter(NOTICED))
    assert faults(NOTICED, gone) == [f"history: a reason is given for what is no longer changed: {FUNCTION}"]
    assert faults(NOTICED, noticed[1:]) == [f"history: a reason is given for what a test notices: {FUNCTION}"]
    same_words = {**NOTICED, noticed._replace(name="elsewhere"): "survived"}
    assert faults(same_words, noticed[1:]) == []
    assert faults(NOTICED, MISSED[1:], untried=(MISSED,)) == faults(NOTICED, (ANOTHER, "a", "b")) == []


def test_nine_changes_in_ten_must_be_noticed_whatever_the_reasons() -> None:
    missed = [MISSED._replace(name=f"missed {number}") for number in range(2)]
    assert outcome_of("history", (), {}).share == 0
    assert faults({**NOTICED, **dict.fromkeys(missed, "survived")}, MISSED[1:]) == ["history: only 83.3% are noticed"]
