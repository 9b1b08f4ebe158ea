"""The changes that no test can notice: each is told of code that stands, with the reason why it makes no difference."""

from __future__ import annotations

import tomllib

import pytest

from tests.house.tree import ROOT
from tools.mutants import ROOMS

LINES = tomllib.loads((ROOT / "tools" / "unnoticed_mutants.toml").read_text(encoding="utf-8"))["unnoticed"]


def source(function: str) -> str:
    """Return the file that holds a function, its lines joined by single spaces."""
    parts = function.split(".")
    (path,) = (path for at in range(len(parts)) if (path := ROOT.joinpath(*parts[:at]).with_suffix(".py")).is_file())
    return " ".join(line.strip() for line in path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["function"].rpartition(".")[2])
def test_each_line_is_about_code_that_stands_and_says_why(line: dict[str, str]) -> None:
    assert line.keys() == {"function", "before", "after", "reason"}
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
