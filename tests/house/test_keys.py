"""docs/keys.md is what the one table of commands says, and every command of the table can be done."""

from __future__ import annotations

import pytest

from tests.house.tree import ROOT
from tui.commands import COMMANDS, keys_page
from tui.screens.actions import ACTIONS, action
from tui.words import use

HEAD = {
    "fr": "# Les touches\n\nLes touches agissent toujours ; les lettres, après Échap (ou avec Alt).\n\n",
    "en": "\n# Keys\n\nKeys always act; letters after Escape (or with Alt).\n\n",
}


def written() -> str:
    """The whole page, French first. To write it anew: make keys."""
    page = ""
    for lang in ("fr", "en"):
        use(lang)
        page += HEAD[lang] + keys_page()
    return page


def test_the_page_of_keys_is_what_the_table_says() -> None:
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == written()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.id)
def test_every_command_has_its_function(command) -> None:
    assert callable(action(command.id))


def test_no_function_waits_for_a_command_that_is_not_there() -> None:
    assert set(ACTIONS) == {command.id for command in COMMANDS}


def test_no_key_means_two_things_in_one_place() -> None:
    for place in ("list", "work", "document", "projection"):
        there = [one for one in COMMANDS if place in one.where]
        keys = [key for one in there for key in one.keys]
        letters = [one.letter for one in there if one.letter]
        assert len(keys) == len(set(keys))
        assert len(letters) == len(set(letters)), (place, sorted(letters))
