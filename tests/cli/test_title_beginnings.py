"""A partnership by the beginning of its title: enough for what reads, never for what writes."""

from __future__ import annotations

import pytest

from tests.cli.shell import Shell

READING = ["show", "check", "versions", "levels"]


@pytest.mark.parametrize("command", READING)
def test_the_beginning_of_a_title_is_enough_to_read(shell: Shell, command: str) -> None:
    name = shell.new("Une porte ouverte le soir")
    shell.new("Autre chose")
    by_id, by_title = shell(command, name), shell(command, "une PORTE")
    assert by_title.code == by_id.code and by_title.err == by_id.err
    assert by_title.out == by_id.out


@pytest.mark.parametrize("command", [["answer", "Une porte"], ["erase", "Une porte", "mot"], ["plain", "Une porte"]])
def test_what_writes_wants_the_whole_title(shell: Shell, command: list[str]) -> None:
    shell.new("Une porte ouverte le soir")
    assert shell(*command).code == 2


def test_a_whole_title_comes_before_those_it_begins(shell: Shell) -> None:
    short = shell.new("Une porte")
    shell.new("Une porte ouverte")
    assert shell("show", "Une porte").out == shell("show", short).out


def test_two_that_begin_so_are_listed(shell: Shell) -> None:
    names = [shell.new("Une porte ouverte"), shell.new("Une porte fermée")]
    done = shell("show", "Une p")
    assert done.code == 2 and all(name in done.err for name in names)
    assert shell("show", "porte").code == 2, "the middle of a title is no beginning"
