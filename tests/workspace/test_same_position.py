"""« Même réponse pour … » on a position copies the level, and never what each partner saw or ratified itself."""

from __future__ import annotations

import pytest

from tests.partnership.private_places import canary, cells_of
from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.partnership.completion import single_entry
from tui.partnership.positions import POSITIONS
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


@pytest.mark.parametrize("question", POSITIONS)
def test_of_a_position_its_level_alone_is_given(question: str) -> None:
    made = workspace()
    part = GUIDE.question(question).single
    assert part is not None
    for field in part.fields:
        for cell in cells_of(field):
            held = {"level": "agree", "leave": "yes"}.get(field.id, canary(field.kind, 1)[0])
            made.set(single_entry(made.partnership, question, ("p1",)), cell, held)
    made.go(Place(question, "p1"))
    assert shared_answers.same_answer(made, ["p2"]) == 1
    given = single_entry(made.partnership, question, ("p2",))
    assert {cell: one.value for cell, one in given.cells.items() if one.value is not None} == {
        "level": "agree", "seen": dict(made.public.points),
    }, "it is an answer on today's words, with nothing that is the other's own"  # fmt: skip
    assert shared_answers.given_words(made).replace("\u00a0", " ").count(" : ") == 1
