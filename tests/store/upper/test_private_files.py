"""Save after save, no file that may be handed over tells what is private: what stands, the past, the conflicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.partnership.private_places import ALWAYS, STATED, Places, everywhere
from tests.store.upper.acts import Clock, store, told
from tui.partnership.values import Change
from tui.store import Store

pytestmark = pytest.mark.sampled


class Telling:
    """A partnership saved again and again; `say` gives all that leaves the store without its private files."""

    def __init__(self, root: Path, made: Places, *, kept: bool) -> None:
        """With `kept` one program goes on for long; else each save is made by a new one, within the same minute."""
        self.root, self.kept, self.clock = root, kept, Clock()
        self.store: Store = store(root, clock=self.clock)
        self.name = self.store.create(made.changes).id

    def say(self, changes: Iterable[Change] = ()) -> str:
        """Save, and hand over: the files and the list, the document, what can be loaded of it."""
        if self.kept:
            self.clock.minutes += 5
        else:
            self.store = store(self.root, clock=self.clock)
        self.store.save(self.name, list(changes))
        ann, name = self.store, self.name
        read = (ann.public_document(name), ann.history(name, private=False), ann.load(name, private=False), ann.list())
        return told(self.root) + repr(read)

    def holds(self) -> str:
        """All that the store still knows."""
        return repr((self.store.load(self.name), self.store.history(self.name)))

    def steps(self) -> set[str]:
        """Each step of the history, wherever it lies."""
        return {repr((past.entry, past.cell, past.value, past.new)) for past in self.store.history(self.name)}


def reworded(made: Places) -> list[Change]:
    """New words in every private place, on whatever stands there."""
    return [one.change for one in made.private]


def closing(made: Places, *, rows: bool) -> list[Change]:
    """What takes back all that lets private places out; without `rows` only answers say less, and no row is touched."""
    return [one for one in made.closing() if rows or not one.part]


@pytest.mark.slow
@pytest.mark.parametrize("kept", [True, False], ids=["one program, slowly", "a new program each time, at once"])
def test_no_file_tells_what_was_private_when_it_was_said(tmp_path: Path, kept: bool) -> None:
    first, second, third, last = made = [everywhere(number * 10_000) for number in range(4)]
    telling = Telling(tmp_path, first, kept=kept)
    assert first.told_by(telling.say()) == []
    assert second.told_by(telling.say(reworded(second))) == []
    opening = (*first.opens, *reworded(third)) if kept else (*reworded(third), *first.opens)
    for changes in (opening, [Change("gather.vision", "gather.vision", "goal@fr", "Une porte")], reworded(last)):
        text = telling.say(changes)
        assert first.told_by(text) == second.told_by(text) == [], "what was said before is not told"
        assert third.told_by(text, ALWAYS) == last.told_by(text, ALWAYS) == []
    assert last.told_by(text, STATED) == last.stated() and (not kept or third.told_by(text, STATED) == third.stated())
    steps = telling.steps()
    text = telling.say(closing(first, rows=False))
    assert last.told_by(text, STATED) and not [one for one in last.told_by(text) if one.startswith("open.who/people")]
    text = telling.say(closing(first, rows=True))
    assert [one for places in made for one in places.told_by(text)] == []
    if kept:
        assert steps < telling.steps() and len(first.told_by(telling.holds())) == len(first.private), "nothing is lost"


def test_no_file_tells_what_was_private_for_a_moment_within_one_save(tmp_path: Path) -> None:
    first, second = everywhere(), everywhere(10_000)
    made = replace(first, changes=[*first.changes, *reworded(second), *first.opens])
    text = Telling(tmp_path, made, kept=True).say()
    assert first.told_by(text) == second.told_by(text, ALWAYS) == [] and second.told_by(text, STATED) == second.stated()


@pytest.mark.slow
def test_no_file_tells_a_conflict_about_a_private_place(tmp_path: Path) -> None:
    first, refused = everywhere(), everywhere(10_000)
    telling = Telling(tmp_path, first, kept=True)
    assert refused.told_by(telling.say(replace(one, base=0) for one in reworded(refused))) == []
    conflicts = telling.store.load(telling.name).conflicts
    assert len(conflicts) == len(refused.private) and all(one.private for one in conflicts)
    text = telling.say(first.opens)
    assert first.told_by(text, STATED) == first.stated() and refused.told_by(text) == []
    one = next(one for one in conflicts if one.question == "open.history")
    telling.store.settle(telling.name, one.id, "both")
    assert refused.told_by(telling.say()) == [] and len(refused.told_by(telling.holds())) == len(refused.private)
