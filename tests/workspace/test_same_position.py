"""« Même réponse pour … » on a position: the level is given, never what each partner saw or ratified by itself."""

from __future__ import annotations

from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.partnership.completion import single_entry
from tui.partnership.values import Change
from tui.workspace import shared_answers
from tui.workspace.place import Place
from tui.workspace.workspace import Workspace

QUESTION = "commit.consensus"


def workspace() -> Workspace:
    store = Memory()
    changes = [Change(one, "open.who", "name@fr", one.upper(), "", (one,)) for one in ("p1", "p2")]
    changes += [Change(one, "open.who", "status", "signatory", "", (one,)) for one in ("p1", "p2")]
    made = Workspace(GUIDE, store.save("", changes).partnership, store)
    for cell, value in {"level": "agree", "seen": {}, "resolution@fr": "CA-7"}.items():
        made.set(single_entry(made.partnership, QUESTION, ("p1",)), cell, value)
    made.edit([Change("gather.vision", "gather.vision", "vision@fr", "Une porte")])
    return made


def test_who_has_no_position_gives_none_and_refreshes_nothing() -> None:
    made = workspace()
    made.go(Place(QUESTION, "p2"))
    assert shared_answers.same_answer(made, ["p1"]) == 0
    assert single_entry(made.partnership, QUESTION, ("p1",)).get("seen") == {}


def test_a_position_is_given_without_what_is_ones_own() -> None:
    made = workspace()
    made.go(Place(QUESTION, "p1"))
    assert shared_answers.same_answer(made, ["p2"]) == 1
    given = single_entry(made.partnership, QUESTION, ("p2",))
    assert given.get("level") == "agree" and not given.text("resolution", "fr")
    assert given.get("seen") != {}, "it is an answer on today's words, not on those the other saw"
