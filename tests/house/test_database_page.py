"""docs/postgresql.md, for whoever looks after a database, names only what there is, and says both languages alike."""

from __future__ import annotations

import re

from tests.house.tree import ROOT
from tui.cli.store_command import WORD_COUNTS
from tui.cli.subcommands import BY_NAME

PAGE = (ROOT / "docs" / "postgresql.md").read_text(encoding="utf-8")
FRENCH, ENGLISH = PAGE.split("\n# Entente on a PostgreSQL database\n")
BLOCKS = r"```(?:sh|sql)\n(.*?)```"


def test_each_command_of_the_page_is_one() -> None:
    named = set(re.findall(r"(?:^|`)entente (\w+)", PAGE, re.MULTILINE))
    assert named >= {"store", "backup", "doctor", "list"} and named <= set(BY_NAME)
    assert set(re.findall(r"entente store (\w+)", PAGE)) == set(WORD_COUNTS)


def test_both_languages_take_the_same_steps() -> None:
    def shape(text: str) -> tuple[int, ...]:
        return tuple(len(re.findall(sign, text, re.MULTILINE)) for sign in ("^## ", "^```", r"^\| ", "^- "))

    assert shape(FRENCH) == shape(ENGLISH)
    for ours, theirs in zip(re.findall(BLOCKS, FRENCH, re.DOTALL), re.findall(BLOCKS, ENGLISH, re.DOTALL), strict=True):
        assert [line.split()[:1] for line in ours.splitlines()] == [line.split()[:1] for line in theirs.splitlines()]


def test_the_levels_of_the_page_are_those_of_the_tables() -> None:
    tables = (ROOT / "tui" / "store" / "sql" / "0001_tables.sql").read_text(encoding="utf-8")
    assert "CHECK (level BETWEEN 0 AND 3)" in tables
    for column in re.findall(r"INSERT INTO entente.access \((.*?)\)", PAGE):
        assert set(column.split(", ")) == {"partnership", "grantee", "level"}
