"""Settled conflicts of many years: no save is refused for them, and no text that somebody wrote goes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.store.test_erasure import CANARY, SOUGHT, holding
from tests.store.upper.acts import reason, store, told, vision
from tui.partnership.values import Change, Conflict
from tui.store import Store, history_lines, sealed_bytes, settled_conflicts
from tui.store.settled_conflicts import conflict_as_history_entry, is_in_history, near_and_far_conflicts

pytestmark = pytest.mark.sampled


@pytest.fixture(autouse=True)
def little_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A file is refused beyond 200,000 bytes, as one is beyond 64 MB; all that may go far goes a good while before."""
    monkeypatch.setattr(sealed_bytes, "SIZE_LIMIT", 200_000)
    monkeypatch.setattr(settled_conflicts, "SETTLED_LIMIT", 20_000)
    monkeypatch.setattr(history_lines, "OPEN_FILE_CHARACTERS", 60_000)
    monkeypatch.setattr(history_lines, "NEAR_CHARACTERS", 20_000)
    yield


def settle_one(ann: Store, name: str, mine: Change, theirs: Change, choice: str) -> None:
    """Two write one cell at once; somebody chooses."""
    before = ann.load(name).rev
    ann.save(name, [theirs])
    late = Change(mine.entry, mine.question, mine.cell, mine.value, mine.part, mine.subject, before)
    (conflict,) = ann.save(name, [late]).conflicts
    ann.settle(name, conflict.id, choice)


def quarrel(ann: Store, name: str, count: int) -> set[str]:
    """As many settled conflicts in a public and a private place; the texts that were written."""
    said = set()
    for number in range(count):
        for place in (vision, reason):
            mine, theirs = (f"{who} {place.__name__} {number} " + "mot " * 500 for who in ("mine", "theirs"))
            settle_one(ann, name, place(mine), place(theirs), ("mine", "theirs", "both")[number % 3])
            said |= {mine, theirs}
    return said


def written(ann: Store, name: str) -> set[object]:
    """Every text that stands, stood or was refused."""
    found: set[object] = set()
    for past in ann.history(name):
        found |= {past.value, past.new}
    return found | {text for one in ann.load(name).conflicts for text in (one.mine, one.theirs)}


@pytest.mark.slow
def test_many_settled_conflicts_refuse_no_save_and_lose_no_text(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create([vision("a"), reason("b")]).id
    said = quarrel(ann, name, 40)  # some 320,000 letters
    assert said <= written(store(tmp_path), name)
    assert 3 <= len(ann.load(name).conflicts) < 20
    assert max(path.stat().st_size for path in (tmp_path / name).glob("project.json")) < 60_000
    assert not [text for text in said if "reason" in text and text in told(tmp_path)], "private ones stay private"
    assert ann.save(name, [vision("c")]).partnership.rev


@pytest.mark.slow
def test_the_refused_text_is_told_of_who_wrote_it(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create([vision("a")]).id
    settle_one(ann, name, vision("mine"), vision("theirs"), "theirs")
    (conflict,) = ann.load(name).conflicts
    quarrel(ann, name, 10)
    assert conflict.id not in {one.id for one in ann.load(name).conflicts}
    (line,) = [past for past in ann.history(name, entry="gather.vision", cell="vision@fr") if past.new == "mine"]
    assert (line.value, line.by, line.at, line.reason) == ("theirs", "Ann", conflict.at, "conflict")


def test_few_settled_conflicts_stay_where_they_were(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create([vision("a"), reason("b")]).id
    quarrel(ann, name, 2)
    assert len(ann.load(name).conflicts) == 4
    assert not [past for past in ann.history(name) if past.new == past.value]


def test_a_copy_that_still_has_them_brings_none_back(tmp_path: Path) -> None:
    ann, bob = store(tmp_path / "ann"), store(tmp_path / "bob")
    name = ann.create([vision("a"), reason("b")]).id
    quarrel(ann, name, 2)
    bob.import_document(tmp_path / "ann" / name)
    theirs = {one.id for one in bob.load(name).conflicts}
    quarrel(ann, name, 20)
    copy = json.dumps(bob.public_document(name)).encode()
    assert theirs and not theirs & {one.id for one in ann.load(name).conflicts}
    before = ann.load(name).rev, ann.history(name)
    ann.import_document(copy, merge=True)
    assert (ann.load(name).rev, ann.history(name)) == before


def test_words_taken_out_leave_them_too(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create([vision("a"), reason("b")]).id
    for place in (vision, reason):
        settle_one(ann, name, place(f"Dit. {CANARY}."), place("autre"), "theirs")
    quarrel(ann, name, 10)
    assert holding(tmp_path)
    ann.erase(name, SOUGHT, write=True)
    assert holding(tmp_path) == []


def conflict(number: int, **cells: Any) -> Conflict:
    """A conflict of Ann, whose text came second, with Bob; settled unless told otherwise."""
    known = {"private": False, "settled": "mine", **cells}
    return Conflict(f"c{number}", "e", "q", "text@fr", f"mine {number}", f"theirs {number}", "Ann", "Bob",
                    f"2026-01-{number:02}", number, 0, **known)  # fmt: skip


@pytest.mark.parametrize("private", [False, True])
def test_the_line_of_a_conflict_tells_what_was_refused_and_who_wrote_it(private: bool) -> None:
    line = conflict_as_history_entry(conflict(1, private=private))
    assert (line.value, line.new, line.by, line.private) == ("theirs 1", "mine 1", "Ann", private)
    assert is_in_history(conflict(1), [line]) and not is_in_history(conflict(2), [line])
    assert not is_in_history(conflict(1, settled=""), [line]), "an open one has no line yet"
    assert not is_in_history(replace(conflict(1), mine="another"), [line])


@pytest.mark.parametrize(("count", "gone"), [(2, 0), (3, 0), (4, 1), (6, 3)])
def test_the_newest_stay_however_long_and_the_older_go_oldest_first(
    count: int, gone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settled_conflicts, "SETTLED_LIMIT", 10)
    known = [conflict(number) for number in range(1, count + 1)]
    opened = conflict(9, settled="")
    near, far = near_and_far_conflicts([*known, opened])
    assert (near, far) == ((*known[gone:], opened), known[:gone])
