"""Every command stands once: the screens, line mode and the shell do what the one table says, under its words."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tui.app import actions
from tui.app.actions import ACTIONS
from tui.cli.subcommands import BY_NAME
from tui.commands import BY_ID, COMMANDS, PLACES, TABLE
from tui.i18n import _, use
from tui.keymap import TAKEN
from tui.line_mode import line_actions, typed_commands
from tui.text.name_matching import fold


def test_every_command_has_its_function_and_every_function_its_command() -> None:
    assert set(ACTIONS) == {command.id for command in COMMANDS}


def test_every_function_of_a_command_is_where_the_table_says() -> None:
    places = set(re.findall(r'"(\w+:[\w.]+)"', Path(actions.__file__).read_text(encoding="utf-8")))
    assert len(places) > 50 and all(callable(actions.imported(place)) for place in places)


@pytest.mark.slow
def test_the_first_screen_and_command_wait_for_no_other_page() -> None:
    """All pages together take some 80 ms to import; the key that goes to the next question needs none of them."""
    asked = "import sys, tui.app.app; print(*sys.modules); import tui.app.actions; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    first, pages = map(set, map(str.split, done.stdout.splitlines()))
    not_shown = ("ui.dialog", "ui.page", "agreement.statement_page", "workspace.note_sorting", "store.server_errors")
    assert "tui.screens.work_screen" in first and not first & {f"tui.{name}" for name in not_shown}
    assert {name for name in pages if name.startswith("tui.") and name.endswith("_screen")} == {
        "tui.screens.work_screen"
    }
    assert not pages & {f"tui.{name}" for name in ("partnership.step_table", "partnership.form_codes")}


def test_line_mode_does_every_command_it_lists_and_lists_what_it_does() -> None:
    assert set(line_actions.ACTIONS) == {command.id for command in TABLE if command.line.names}


def test_every_subcommand_is_a_row_of_the_table_and_says_what_it_does() -> None:
    """A row of which another table knew more, or less, would be a second description."""
    assert sorted(BY_NAME) == sorted(command.subcommand for command in TABLE if command.subcommand)
    for command in TABLE:
        assert bool(command.subcommand) == bool(command.summary), command.id
        if command.subcommand:
            assert BY_NAME[command.subcommand].summary == _(command.summary)


def test_every_row_is_one_command_that_can_be_given_somewhere() -> None:
    assert len({command.id for command in TABLE}) == len(TABLE)
    for command in TABLE:
        assert command.where or command.line.names or command.subcommand, command.id
        assert bool(command.where) == bool(command.label) == bool(command.help), command.id
        assert bool(command.line.names) == bool(command.line.help) == bool(command.line.place), command.id


def test_line_mode_lists_each_command_once_and_no_name_means_two() -> None:
    said = [command.line for command in TABLE if command.line.names]
    assert min(line.place for line in said) == 1
    names = [name for line in said for name in line.names]
    assert len(names) == len(set(names))
    assert [fold(name) for name in names] == names


def test_a_help_names_a_command_as_line_mode_gives_it() -> None:
    """One id a command: what the guide calls « confirm » is « /to confirm » in line mode."""
    use("en")
    assert typed_commands.typed_name("confirm") == "/to confirm"
    assert typed_commands.typed_name("row_up") == "/up 2"
    assert typed_commands.typed_name("fetch") == BY_ID["fetch"].name


def test_no_key_means_two_things_in_one_place() -> None:
    for place in PLACES:
        there = [one for one in COMMANDS if place in one.where]
        keys = [key for one in there for key in one.keys]
        letters = [letter for one in there for letter in one.letter]
        assert len(keys) == len(set(keys))
        assert len(letters) == len(set(letters)), (place, sorted(letters))


def test_a_key_that_may_be_taken_elsewhere_is_never_the_only_way() -> None:
    """Every command of a place stands in the palette, whose own key is free everywhere; most have a letter too."""
    assert "f2" in BY_ID["palette"].keys
    alone = [one.id for one in COMMANDS if one.keys and not one.letter and not set(one.keys) - set(TAKEN)]
    assert alone == []
    for one in COMMANDS:
        assert one.where <= BY_ID["palette"].where | {"projection"}, one.id
