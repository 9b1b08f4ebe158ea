"""What lies in both files after a move that was cut short: which one stands, what is history, what is private."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.partnership.private_places import ALWAYS, Places, everywhere
from tests.partnership.told import GUIDE
from tests.store.upper.acts import Clock, store, told
from tests.store.upper.test_private_files import closing, reworded
from tui.partnership.privacy import is_public
from tui.partnership.value_types import value_types
from tui.partnership.values import Cell, Change, Conflict, HistoryEntry, Partnership
from tui.store import Store
from tui.store.closed_history import HISTORY
from tui.store.partnership_folder import Folder
from tui.store.public_private import CONFLICTS, ENTRIES, entries_losing_cells, read_half
from tui.store.records import cells_of, document_of, document_with_cells
from tui.store.sealed_bytes import Document, Tables
from tui.store.tinydb_tables import SealedDB

PUBLIC_LATER, SAME_SAVE, PRIVATE_LATER = 1, 0, -1
WAYS = tuple(product((PUBLIC_LATER, SAME_SAVE, PRIVATE_LATER), (True, False)))  # and whether both say the same
TYPES = value_types(GUIDE)
HIGHEST = 10**6  # a revision that no cell has


@dataclass(frozen=True)
class Twice:
    """A cell in both files: what each says."""

    public: Cell
    private: Cell

    @property
    def stands(self) -> Cell:
        """The later one; of two of one save the public one, for there it was moved."""
        return self.private if self.private.rev > self.public.rev else self.public

    @property
    def goes(self) -> Cell | None:
        """What is kept in the history: the other one, if it says something else."""
        other = self.public if self.stands is self.private else self.private
        return other if other.value != self.stands.value else None


def laid_twice(partnership: Partnership, other: Places, shift: int) -> dict[tuple[str, str], Twice]:
    """Every cell in both files, each in one of all the ways; what would decide who sees an entry says the same."""
    news = {(one.change.entry, one.change.cell): one.change.value for one in other.private}
    found, number = {}, shift
    for entry in partnership.entries.values():
        for key, cell in entry.cells.items():
            later, same = WAYS[number % len(WAYS)]
            number += 1
            public = Cell(cell.value, 2 * HIGHEST + later)
            private = Cell(cell.value if same else news.get((entry.id, key), cell.value), 2 * HIGHEST)
            found[entry.id, key] = Twice(public, private)
    return found


def folder_of(ann: Store, name: str) -> Folder:
    return Folder(ann.root / name, GUIDE)


def table(documents: Iterable[Document]) -> dict[str, Document]:
    return {str(number): document for number, document in enumerate(documents, 1)}


def lay(ann: Store, name: str, tables: dict[str, Tables]) -> None:
    """Write tables into the files of a partnership as they are, beside what stands there."""
    folder = folder_of(ann, name)
    for file, more in tables.items():
        database = getattr(folder, file)
        database.save({**(database.documents() or {}), **more})


def held(ann: Store, name: str, file: str) -> Tables:
    found: Tables = getattr(folder_of(ann, name), file).documents() or {}
    return found


@pytest.mark.parametrize("shift", [0, *(pytest.param(more, marks=pytest.mark.slow) for more in range(1, len(WAYS)))])
def test_of_a_cell_in_both_files_the_later_stands_and_the_other_is_history(tmp_path: Path, shift: int) -> None:
    ann = store(tmp_path)
    made, other = everywhere(), everywhere(10_000)
    partnership = ann.create(made.changes)
    name, twice = partnership.id, laid_twice(partnership, other, shift)

    def documents(which: Callable[[Twice], Cell]) -> Iterable[Document]:
        for entry in partnership.entries.values():
            yield document_with_cells({}, entry, {key: which(twice[entry.id, key]) for key in entry.cells}, TYPES)

    lay(ann, name, {
        "public": {ENTRIES: table(documents(lambda one: one.public))},
        "private": {ENTRIES: table(documents(lambda one: one.private)), HISTORY: {}},
        "past": {HISTORY: {}},
    })  # fmt: skip
    bob = store(tmp_path, "Bob")
    read = bob.load(name)
    assert {(one.id, key): cell for one in read.entries.values() for key, cell in one.cells.items()} == {
        key: one.stands for key, one in twice.items()
    }
    for file in ("public", "private"):
        for document in held(bob, name, file)[ENTRIES].values():
            entry = read.entries[document["id"]]
            assert {is_public(GUIDE, read, entry, key) for key in cells_of(document, TYPES)[0]} <= {file == "public"}
    gone = {key: one.goes for key, one in twice.items() if one.goes is not None}
    past = {(one.entry, one.cell): (one.value, one.new, one.private) for one in bob.history(name)}
    assert past == {key: (one.value, twice[key].stands.value, True) for key, one in gone.items()} and len(past) > 50
    assert bob.history(name, private=False) == [] and {one.reason for one in bob.history(name)} == {"two files"}
    assert made.told_by(told(tmp_path)) == other.told_by(told(tmp_path)) == []
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    assert store(tmp_path).load(name).entries == read.entries
    assert {path: path.read_bytes() for path in before} == before, "put right once and for all"


def conflict(**cells: Any) -> Conflict:
    made = Conflict("conflict01", "gather.vision", "gather.vision", "vision@fr", "à moi", "à elle", "Bob", "Ann",
                    "2026-11-22T10:00:00-05:00", 3, 1)  # fmt: skip
    return replace(made, **cells)


@pytest.mark.parametrize("settled", list(product(("", "mine"), ("", "mine"))))
@pytest.mark.parametrize("where", ["public", "private", "both"])
def test_a_conflict_in_both_files_is_one_stays_private_and_is_settled_if_either_is(
    tmp_path: Path, where: str, settled: tuple[str, str]
) -> None:
    ann = store(tmp_path)
    name = ann.create([Change("gather.vision", "gather.vision", "vision@fr", "à elle")]).id
    copies = {
        "public": conflict(mine="à moi, en public", settled=settled[0]),
        "private": conflict(mine="à moi, en privé", settled=settled[1]),
    }
    there = {file: one for file, one in copies.items() if where in (file, "both")}
    lay(ann, name, {file: {CONFLICTS: table([document_of(one)])} for file, one in there.items()})
    for bob in (store(tmp_path, "Bob"), store(tmp_path, "Bob")):
        (found,) = bob.load(name).conflicts
        assert found.private is ("private" in there)
        assert bool(found.settled) is any(one.settled for one in there.values())
        first = there.get("private", copies["public"])
        other = copies["public"] if where == "both" and settled == ("mine", "") else first
        assert found.mine == other.mine
        bob.save(name, [Change("gather.vision", "gather.vision", "goal@fr", "une porte")])
        assert len(held(bob, name, "public").get(CONFLICTS, {})) == (where == "public")
        assert len(held(bob, name, "private").get(CONFLICTS, {})) == (where != "public")


def past(entry: str, question: str, cell: str, number: int) -> Document:
    one = HistoryEntry(entry, question, cell, f"avant {number}", f"après {number}", number, "Ann",
                       "2026-11-22T10:00:00-05:00")  # fmt: skip
    return {**document_of(one), "author": "id-Ann"}


def test_a_past_in_both_files_is_told_once_and_as_private(tmp_path: Path) -> None:
    ann = store(tmp_path)
    cells = (("gather.vision", "gather.vision", "vision@fr"), ("open.how_many", "open.how_many", "reason@fr"))
    name = ann.create([Change(entry, question, cell, "là") for entry, question, cell in cells]).id
    documents = [past(*cell, number) for number, cell in enumerate(cells * 2, 30)]
    lay(ann, name, {
        "past": {HISTORY: table(documents[:3])}, "private": {HISTORY: table(documents[1:])},
    })  # fmt: skip
    bob = store(tmp_path, "Bob")
    told_once = [(30, False), (31, True), (32, True), (33, True)]
    assert [(one.rev, one.private) for one in bob.history(name)] == told_once
    bob.save(name, [Change("gather.vision", "gather.vision", "goal@fr", "une porte")])
    assert [(one.rev, one.private) for one in bob.history(name) if one.rev >= 30] == told_once
    public = {document["rev"] for document in held(bob, name, "past")[HISTORY].values()}
    assert not public & {31, 33}, "no public file tells why so many"


def test_of_an_entry_in_two_documents_of_one_file_the_later_cells_stand(tmp_path: Path) -> None:
    """Whichever document comes first; what a newer program wrote in either stays, and one document is left."""
    ann = store(tmp_path)
    name = ann.create([Change("gather.vision", "gather.vision", "vision@fr", "une porte")]).id
    entry = ann.load(name).entries["gather.vision"]
    older = {
        **document_with_cells({}, entry, {"vision@fr": Cell("un mur", 3), "goal@fr": Cell("ouvrir", 5)}, TYPES),
        "older": 1,
    }
    newer = {
        **document_with_cells({}, entry, {"vision@fr": Cell("un toit", 4), "goal@fr": Cell("fermer", 2)}, TYPES),
        "newer": 2,
    }
    for documents in ([older, newer], [newer, older]):
        lay(ann, name, {"public": {ENTRIES: table(documents)}})
        bob = store(tmp_path, "Bob")
        read = bob.load(name).entries["gather.vision"]
        assert (read.get("vision@fr"), read.get("goal@fr")) == ("un toit", "ouvrir")
        bob.save(name, [Change("gather.level", "gather.level", "level", "networking")])
        kept = held(bob, name, "public")[ENTRIES]
        cells = [cells_of(one, TYPES)[0] for one in kept.values()]
        assert [one["goal@fr"].value for one in cells if "goal@fr" in one] == ["ouvrir"]
        assert {key for one in kept.values() for key in ("older", "newer") if key in one} == {"older", "newer"}


def test_of_a_file_read_before_only_what_was_written_anew_is_read_again() -> None:
    documents = table(
        document_with_cells({}, entry, dict(entry.cells), TYPES)
        for entry in everywhere().partnership().entries.values()
    )
    before = read_half({ENTRIES: documents}, TYPES)
    last, name = list(before.numbers.items())[-1]
    tables = {ENTRIES: {**documents, last: document_with_cells({}, before.entries[name], {}, TYPES)}}
    again = read_half(tables, TYPES, before)
    assert again == read_half(tables, TYPES) != before
    assert [one for one in again.entries if again.entries[one] is not before.entries[one]] == [name]


class Cut(Exception):
    """The program ends here."""


def cut_short(ann: Store, name: str, changes: list[Change], writes: int) -> bool:
    """A save that ends before one more file is written; whether there was one more."""
    put, left = Folder._write_file, [writes]

    def cut(folder: Folder, database: SealedDB, after: Tables) -> None:
        if not left[0]:
            raise Cut
        left[0] -= 1
        put(folder, database, after)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Folder, "_write_file", cut)
        try:
            ann.save(name, changes)
        except Cut:
            return True
    return False


def cells(partnership: Partnership) -> dict[tuple[str, str], Any]:
    return {(one.id, key): cell.value for one in partnership.entries.values() for key, cell in one.cells.items()}


def history(ann: Store, name: str) -> set[str]:
    """Each step of the history, wherever it lies."""
    return {repr((past.entry, past.cell, past.value, past.new)) for past in ann.history(name)}


@pytest.mark.slow
@pytest.mark.parametrize("step", ["let out", "taken back", "reworded"])
def test_a_save_cut_short_between_two_files_loses_nothing_and_tells_nothing(tmp_path: Path, step: str) -> None:
    made, second = everywhere(), everywhere(10_000)
    first = [*made.changes, *(made.opens if step == "taken back" else ())]
    changes = {
        "let out": [*made.opens, *reworded(second)], "taken back": closing(made, rows=True),
        "reworded": reworded(second),
    }[step]  # fmt: skip
    base = store(tmp_path / "base", clock=Clock())
    name = base.create(first).id
    steps = history(base, name)
    writes, more = 0, True
    while more:
        root, clock = tmp_path / str(writes), Clock()
        shutil.copytree(base.root, root)
        clock.minutes = 5
        more = cut_short(store(root, clock=clock), name, changes, writes)
        bob = store(root, "Bob", clock)
        known, public = repr((bob.load(name), bob.history(name))), told(root)
        assert len(made.told_by(known)) == len(made.private) and steps <= history(bob, name), "nothing is lost"
        if step == "taken back":
            assert more or made.told_by(public) == []
        else:
            assert made.told_by(public) == second.told_by(public, ALWAYS) == [], "what was said while it was private"
        bob.save(name, changes)
        standing = cells(store(root).load(name))
        wanted = {(one.entry, one.cell): one.value for one in (*first, *changes)}
        assert {key: standing.get(key) for key in wanted} == wanted
        assert made.told_by(told(root)) == [] and second.told_by(told(root), ALWAYS) == []
        writes += 1
    assert writes == {"let out": 5, "taken back": 4, "reworded": 3}[step], "each file was the last one once"


def test_an_entry_loses_cells_that_it_had_alone() -> None:
    cell = Cell("une porte", 1)
    before = {"kept": {"a": cell}, "fewer": {"a": cell, "b": cell}, "gone": {"a": cell}, "empty": {}}
    after = {"kept": {"a": Cell("un mur", 2), "b": cell}, "fewer": {"b": cell}, "new": {"a": cell}}
    assert entries_losing_cells(before, after) == ["fewer", "gone"]
