"""What positions are worth: counts that were handed over stand on their own words; levels in short form and in long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.positions import LONG, levels
from tui.partnership.privacy import PublicView, public_view, stored_tallies
from tui.partnership.values import Change as CellChange
from tui.partnership.values import Partnership
from tui.ui.form_painter import FormPainter
from tui.workspace.place import Place
from tui.workspace.workspace import Workspace

Change = Callable[[Told], object]
ANSWERS = {"A": "agree", "B": "agree", "C": "reservation", "D": "absent"}
# Changes of the words that partners have answered on; and of what they have not: a partner keeps its id.
REWORDED: dict[str, Change] = {
    "a sentence": lambda told: told.say("gather.vision", {"vision": "Une autre"}),
    "a choice": lambda told: told.say("gather.level", {"level": "services"}),
    "a line more": lambda told: told.say("gather.objectives", ["offrir", "former"]),
    "a partner more": lambda told: told.join("E", status="interested"),
}
SAME_WORDS: dict[str, Change] = {
    "what no document says": lambda told: told.say("open.how_many", {"min": 3}),
    "a name": lambda told: told.say("open.who", {"name": "A et fils"}, "A"),
    "a role": lambda told: told.say("open.who", {"role": "hôte"}, "A"),
}


def handed_over() -> Told:
    """What one gets who is handed a partnership over: the counts of four answers, and no position."""
    told = Told(*ANSWERS)
    told.say("gather.vision", {"vision": "Une oreille"})
    told.say("gather.level", {"level": "networking"})
    told.say("gather.objectives", ["offrir"])
    for name, level in ANSWERS.items():
        told.say("commit.consensus", level, name)
    stored = stored_tallies(PublicView(GUIDE), told.partnership)
    told.partnership = replace(public_view(GUIDE, told.partnership), tallies=stored)
    return told


def counts(partnership: Partnership) -> dict[str, int]:
    """The answers on the whole text as the document counts them."""
    return dict(public_view(GUIDE, partnership).tallies["commit.consensus"])


@pytest.mark.parametrize("change", SAME_WORDS)
def test_counts_handed_over_stand_on_the_words_they_were_made_on(change: str) -> None:
    told = handed_over()
    assert counts(told.partnership) == {"agree": 2, "reservation": 1, "absent": 1}
    SAME_WORDS[change](told)
    assert counts(told.partnership) == {"agree": 2, "reservation": 1, "absent": 1}


@pytest.mark.parametrize("change", REWORDED)
def test_counts_handed_over_are_to_be_confirmed_on_other_words(change: str) -> None:
    told = handed_over()
    before = told.partnership
    REWORDED[change](told)
    assert counts(told.partnership) == {"reopened": 3, "absent": 1}, "who was absent is none the less so"
    told.partnership = before
    assert counts(told.partnership) == {"agree": 2, "reservation": 1, "absent": 1}, "the former words again"


def test_counts_of_an_older_file_that_names_no_words_stand() -> None:
    told = handed_over()
    stored = {name: found for name, found in told.partnership.tallies.items() if name != "text"}
    assert stored != told.partnership.tallies
    told.partnership = replace(told.partnership, tallies=stored)
    REWORDED["a sentence"](told)
    assert counts(told.partnership) == {"agree": 2, "reservation": 1, "absent": 1}


@pytest.mark.parametrize("stands", ["", *GUIDE.choices["position"]])
@pytest.mark.parametrize("long", [False, True])
def test_a_level_that_stands_is_offered_whatever_the_form(stands: str, long: bool) -> None:
    told = Told("A")
    told.setting("positions", "long" if long else None)
    wanted = [one for one in GUIDE.choices["position"] if long or one not in LONG or one == stands]
    assert list(levels(GUIDE, told.partnership, stands)) == wanted
    name = f"commit.consensus:{told.ids['A']}"
    told.take(CellChange(name, "commit.consensus", "level", stands or None, "", (told.ids["A"],)))
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.place = Place("commit.consensus", told.ids["A"])
    (slot,) = [one for one in FormPainter(workspace, 80).paint().slots if one.field.key == f"{name}/level"]
    assert ([code for code, _words in slot.field.options], slot.field.chosen) == (wanted, stands)
