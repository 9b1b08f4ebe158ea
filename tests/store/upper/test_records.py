"""A partnership goes into tables and comes back the same, whatever its cells hold and whoever wrote beside them."""

from __future__ import annotations

import copy
from dataclasses import replace
from itertools import islice, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.guide.guide_loading import load_guide
from tui.partnership.privacy import is_public
from tui.partnership.value_types import value_types
from tui.partnership.values import Cell, Conflict, Entry, HistoryEntry, Partnership
from tui.store import settled_conflicts
from tui.store.closed_history import HISTORY
from tui.store.public_private import (
    CONFLICTS,
    ENTRIES,
    Half,
    PrivacySplit,
    State,
    conflicts_table,
    join_halves,
    plan,
    read_half,
)
from tui.store.records import (
    append_documents,
    cells_of,
    document_of,
    document_without_cells,
    earlier_ids,
    free_numbers,
    is_revision,
    meta_of,
    record_of,
    sorted_documents,
)
from tui.store.sealed_bytes import Tables, add_seal, body_of, load
from tui.text.clean import clean

GUIDE = load_guide()
TYPES = value_types(GUIDE)
CLEAN = st.text(max_size=12).map(clean)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 10**12) | CLEAN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CLEAN, inner, max_size=3),
    max_leaves=5,
)
FIELD_NAMES = st.sampled_from(
    [
        "text",
        "text@fr",
        "text@en",
        "text@de",
        "name@fr",
        "state",
        "vision@fr",
        "goal@en",
        "leave",
        "level",
        "reservation",
    ]
) | CLEAN.filter(lambda name: not name.startswith("#"))
CELLS = st.dictionaries(
    FIELD_NAMES | st.sampled_from(["#order", "#state", "#removed"]),
    st.builds(Cell, VALUES, st.integers(1, 99)),
    min_size=1,
    max_size=6,
)
QUESTIONS = st.sampled_from([*GUIDE.by_id, "settings", "future.question"])


def fitting(question: str, part: str, cells: dict[str, Cell]) -> dict[str, Cell]:
    """Those of the cells that are of the type of their field; an empty one where none is."""
    found = {key: cell for key, cell in cells.items() if TYPES.fits(question, part, key, cell.value)}
    return found or {"#state": Cell(None, 1)}


@st.composite
def partnerships(draw: st.DrawFn) -> Partnership:
    """Arbitrary partnerships: questions of the guide and of no guide, any cells that their fields can hold."""
    names = draw(st.lists(CLEAN.filter(bool), min_size=1, max_size=5, unique=True))
    entries = {}
    for name in names:
        question = draw(QUESTIONS)
        parts = [part.id for part in GUIDE.by_id[question].parts] if question in GUIDE.by_id else [""]
        subject = tuple(draw(st.lists(CLEAN, max_size=2)))
        part = draw(st.sampled_from(parts))
        entries[name] = Entry(name, question, part, subject, fitting(question, part, draw(CELLS)))
    rev = max((cell.rev for entry in entries.values() for cell in entry.cells.values()), default=1)
    return Partnership("aaaaaaaaaa", rev, entries, "2026-11-22T10:00:00-05:00", "2026-11-01T10:00:00-05:00")


def on_disk(tables: Any) -> Any:
    return load(add_seal(body_of(tables), 1)).tables


@given(partnerships())
def test_a_partnership_comes_back_from_its_two_files_as_it_was(partnership: Partnership) -> None:
    made = plan(PrivacySplit(GUIDE), State(Partnership(partnership.id), Half(TYPES)), partnership, (), "me")
    private = read_half(on_disk(made.private), TYPES) if made.private else None
    back = join_halves(partnership.id, read_half(on_disk(made.public), TYPES), private)
    assert dict(back.partnership.entries) == dict(partnership.entries)
    assert (back.partnership.rev, back.partnership.changed, back.partnership.created) == (
        partnership.rev,
        partnership.changed,
        partnership.created,
    )
    assert not back.move_interrupted and not back.overridden


@given(partnerships())
def test_each_cell_lies_in_exactly_the_file_that_its_privacy_asks_for(partnership: Partnership) -> None:
    made = plan(PrivacySplit(GUIDE), State(Partnership(partnership.id), Half(TYPES)), partnership, (), "me")
    public, private = read_half(made.public, TYPES), read_half(made.private, TYPES)
    for entry in partnership.entries.values():
        for key in entry.cells:
            may = is_public(GUIDE, partnership, entry, key)
            assert (key in public.cells.get(entry.id, {})) is may
            assert (key in private.cells.get(entry.id, {})) is not may


UNKNOWN = st.dictionaries(st.sampled_from(["later", "colour", "x"]), VALUES, max_size=2)


@given(partnerships(), UNKNOWN, UNKNOWN, st.data())
def test_what_a_newer_program_wrote_survives_our_saves(
    partnership: Partnership, table: dict[str, Any], extra: dict[str, Any], data: st.DataObject
) -> None:
    made = plan(PrivacySplit(GUIDE), State(Partnership(partnership.id), Half(TYPES)), partnership, (), "me")
    tables = copy.deepcopy(made.public)
    tables["later"] = {"1": table}
    tables["meta"]["1"] |= {f"new_{key}": value for key, value in extra.items()}
    for document in tables.get("entries", {}).values():
        document.update({f"new_{key}": value for key, value in extra.items()})
        for found in document.get("fields", {}).values():
            if "rev" in found:
                found["newer"] = table
    public, private = read_half(tables, TYPES), read_half(made.private, TYPES) if made.private else None
    known = join_halves(partnership.id, public, private).partnership
    entry = known.entries[data.draw(st.sampled_from(sorted(known.entries)))]
    changed = {key: Cell("another", known.rev + 1) for key in entry.cells}
    after = replace(known, entries={**known.entries, entry.id: replace(entry, cells=changed)})
    again = plan(PrivacySplit(GUIDE), State(known, public, private, {}), after, (), "me").public
    assert again["later"] == tables["later"]
    assert {key: value for key, value in again["meta"]["1"].items() if key.startswith("new_")} == {
        f"new_{key}": value for key, value in extra.items()
    }
    kept = {document["id"]: document_without_cells(document, TYPES) for document in again.get("entries", {}).values()}
    for document in tables.get("entries", {}).values():
        wanted = document_without_cells(document, TYPES)
        assert kept.get(document["id"], {}) | wanted == kept.get(document["id"], wanted if not wanted else {})


@given(CELLS)
def test_a_document_without_its_cells_holds_nothing_of_them(cells: dict[str, Cell]) -> None:
    entry = Entry("e", "gather.vision", "", (), fitting("gather.vision", "", cells))
    public, private = PrivacySplit(GUIDE).split_cells(Partnership("aaaaaaaaaa", 99, {"e": entry}))
    made = plan(
        PrivacySplit(GUIDE),
        State(Partnership("aaaaaaaaaa"), Half(TYPES)),
        Partnership("aaaaaaaaaa", 99, {"e": entry}),
        (),
        "me",
    )
    for tables, wanted in ((made.public, public), (made.private, private)):
        for document in tables.get("entries", {}).values():
            assert cells_of(document, TYPES) == (wanted["e"], 0)
            assert document_without_cells(document, TYPES) == {}


@given(st.builds(HistoryEntry, CLEAN, CLEAN, CLEAN, VALUES, VALUES, st.integers(1, 9), CLEAN, CLEAN))
def test_a_past_comes_back_from_its_document(past: HistoryEntry) -> None:
    assert record_of(HistoryEntry, document_of(past)) == past


def test_what_is_no_conflict_is_none() -> None:
    assert record_of(Conflict, {"id": "x", "rev": "three"}) is None


def test_counts_that_came_without_their_positions_outlive_a_first_private_file() -> None:
    counts = {"commit.consensus": {"agree": 3}}
    made = Partnership("p" * 10, 1, {}, tallies=counts)
    split, state = PrivacySplit(GUIDE), State(made, Half(TYPES))
    handed = plan(split, state, made, (), "id")
    assert handed.public["meta"]["1"]["tallies"].items() >= counts.items()
    public = read_half({**handed.public, "meta": _with_counts(handed.public["meta"], counts)}, TYPES)
    assert join_halves(made.id, public, None).partnership.tallies == counts
    note = Entry("n", "open.trust", "", ("a", "b"), cells={"note@fr": Cell("se voir", 2)})
    noted = replace(join_halves(made.id, public, None).partnership, rev=2, entries={"n": note})
    after = plan(split, State(noted, public), noted, (), "id")
    private = read_half(after.private, TYPES, other=public)
    assert join_halves(made.id, public, private).partnership.tallies == counts, (
        "whose positions they count nobody knows"
    )
    whole = {name: table for name, table in after.private.items() if name != "meta"}
    assert not join_halves(made.id, public, read_half(whole, TYPES, other=public)).partnership.tallies
    again = plan(split, State(replace(noted, rev=3), public, private), replace(noted, rev=3), (), "id")
    assert join_halves(made.id, public, read_half(again.private, TYPES, other=public)).partnership.tallies == counts


def _with_counts(meta: dict[str, Any], counts: dict[str, dict[str, int]]) -> dict[str, Any]:
    return {number: {**document, "tallies": counts} for number, document in meta.items()}


ANN, ROW = ("ann",), "open.contributions"


def _saved(before: Partnership, after: Partnership, *news: HistoryEntry) -> tuple[list[Any], list[Any], dict[str, Any]]:
    """Save a later value; the new values that the public history tells, those of the private one, the public file."""
    made = plan(PrivacySplit(GUIDE), State(before, Half(TYPES)), after, news, "me")
    tables = [made.past.get(HISTORY, {}).values(), made.private.get(HISTORY, {}).values()]
    assert {document["author"] for table in tables for document in table} <= {"me"}
    public, private = ([document["new"] for document in table] for table in tables)
    return public, private, made.public


def test_the_public_history_tells_of_a_row_that_came_to_be_public_what_is_public_and_nothing_from_before() -> None:
    before, at = Partnership("p" * 10, 1), "2026-11-22T10:00:00-05:00"
    cells = {"text@fr": Cell("une salle", 3), "state": Cell("accepted", 3)}
    after = Partnership("p" * 10, 3, {"r": Entry("r", ROW, "rows", ANN, cells=cells)})
    said = HistoryEntry("r", ROW, "text@fr", None, "un secret", 2, "Ann", at, "rows", ANN)
    mended = HistoryEntry("r", ROW, "text@fr", "un secret", "une salle", 3, "Ann", at, "rows", ANN)
    first = HistoryEntry("r", ROW, "text@fr", None, "une salle", 3, "Ann", at, "rows", ANN)
    told, kept, public = _saved(before, after, said, mended)
    assert (told, kept) == ([], ["un secret", "une salle"])
    assert (public["meta"]["1"]["id"], public["meta"]["1"]["rev"]) == (before.id, 3)
    assert _saved(before, after, first)[:2] == (["une salle"], [])
    later = replace(mended, value="une salle", new="deux salles", rev=4)
    assert _saved(after, replace(after, rev=4), later)[:2] == (["deux salles"], []), "it was public before and after"


def test_the_public_history_tells_both_steps_of_a_new_row_whose_partner_was_named_before() -> None:
    named = Entry("ann", "open.who", "", ANN, cells={"status": Cell("interested", 1)})
    before, at, who = Partnership("p" * 10, 1, {"ann": named}), "2026-11-22T10:00:00-05:00", "open.who"
    row = Entry("r", who, "people", ANN, cells={"name": Cell("Bo", 3)})
    first = HistoryEntry("r", who, "name", None, "B", 2, "Ann", at, "people", ANN)
    second = HistoryEntry("r", who, "name", "B", "Bo", 3, "Ann", at, "people", ANN)
    assert _saved(before, replace(before, rev=3, entries={"ann": named, "r": row}), first, second)[:2] == (
        ["B", "Bo"],
        [],
    )


def test_typing_prolongs_the_last_stretch_and_what_is_saved_at_once_does_not() -> None:
    public = Entry("gather.vision", "gather.vision", cells={"vision@fr": Cell("une porte", 2)})
    private = Entry("n", "open.trust", "", ("a", "b"), cells={"note@fr": Cell("une porte", 2)})
    known, at = Partnership("p" * 10, 3, {public.id: public, "n": private}), "2026-11-22T10:00:00-05:00"
    for entry, typing in product((public, private), (True, False)):
        (cell,) = entry.cells
        first = HistoryEntry(entry.id, entry.question, cell, None, "une", 2, "Ann", at, "", entry.subject)
        second = replace(first, value="une", new="une porte", rev=3)
        state = State(known, Half(TYPES), past={})
        for past in (first, second):
            made = plan(PrivacySplit(GUIDE), state, known, [past], "me", typing=typing)
            state = replace(state, past=made.past, private=read_half(made.private, TYPES))
        steps = [document["new"] for file in (made.past, made.private) for document in file.get(HISTORY, {}).values()]
        assert steps == (["une porte"] if typing else ["une", "une porte"])


def test_a_conflict_goes_to_the_file_of_its_cell_and_a_settled_one_of_many_to_its_history(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settled_conflicts, "SETTLED_LIMIT", 0)
    public = Entry("gather.vision", "gather.vision", cells={"vision@fr": Cell("a", 1)})
    private = Entry("n", "open.trust", "", ("a", "b"), cells={"note@fr": Cell("a", 1)})
    conflicts = tuple(
        Conflict(f"{entry.id}{number}{settled}", entry.id, entry.question, cell, f"{entry.id}{number}", "toi", "Bo",
                 "Ann", "2026", number + 1, 1, "", entry.subject, settled=settled)
        for entry, settled in product((public, private), ("", "mine")) for cell in entry.cells for number in range(4)
    )  # fmt: skip
    known = Partnership("p" * 10, 9, {public.id: public, "n": private}, conflicts=conflicts)
    split = PrivacySplit(GUIDE)
    assert split.split_cells(known)[0]["gather.vision"] is split.split_cells(known)[0]["gather.vision"], "parted once"
    made = plan(split, State(known, Half(TYPES)), known, (), "me")
    files = {"gather.vision": (made.public, made.past), "n": (made.private, made.private)}
    for name, (file, history) in files.items():
        ids = {document["id"] for document in file[CONFLICTS].values()}
        gone = [document["new"] for document in history[HISTORY].values()]
        assert {one.partition(name)[0] for one in (*ids, *gone)} == {""}, "none of the other file"
        assert len(ids) + len(gone) == 8 and gone and {f"{name}{number}" for number in range(4)} <= ids
    left = {one.id: one.private for one in made.partnership.conflicts}
    assert left == {document["id"]: name == "n" for name, (file, _) in files.items()
                    for document in file[CONFLICTS].values()}  # fmt: skip


def test_documents_that_stand_are_the_same_entries_and_each_one_that_does_not_fit_counts() -> None:
    document = {"id": "e", "question": "gather.vision", "part": "", "subject": [],
                "fields": {"vision": {"fr": {"rev": 1, "text": "a"}}}}  # fmt: skip
    public = read_half({ENTRIES: {"1": document, "2": {"id": 2}, "3": {"id": 3}}}, TYPES)
    assert public.misfits == 2
    first = read_half({ENTRIES: {"1": document}}, TYPES)
    assert read_half({ENTRIES: {"1": document}}, TYPES, first).entries["e"] is first.entries["e"]
    other = {**document, "question": "gather.level"}
    private = read_half({ENTRIES: {"1": other}}, TYPES, other=first)
    assert (private.misfits, dict(private.entries)) == (1, {}), "the public file says what question it answers"
    both = read_half({ENTRIES: {"1": document, "2": other}, CONFLICTS: {"1": {"id": "x", "rev": "three"}}}, TYPES)
    assert (both.misfits, both.entries["e"].question) == (2, "gather.vision")
    assert join_halves("p" * 10, first, private).partnership.id == "p" * 10


def _vision(text: str, rev: int) -> dict[str, Any]:
    fields = {"vision": {"fr": {"rev": rev, "text": text}}}
    return {"id": "e", "question": "gather.vision", "part": "", "subject": [], "fields": fields}


OLDER, LATER, LAST = _vision("a", 1), _vision("b", 2), _vision("c", 3)


@pytest.mark.parametrize(("before", "after"), [
    ((OLDER, LATER), (OLDER, LATER)), ((OLDER, LATER), (OLDER,)), ((OLDER,), (OLDER, LAST)), ((LATER,), (OLDER, LATER)),
    ((LATER, OLDER), (LAST, OLDER)),
])  # fmt: skip
def test_an_entry_of_two_documents_is_read_again_as_if_it_had_never_been(
    before: tuple[dict[str, Any], ...], after: tuple[dict[str, Any], ...]
) -> None:
    earlier, now = ({ENTRIES: {document["fields"]["vision"]["fr"]["text"]: document for document in documents}}
                    for documents in (before, after))  # fmt: skip
    assert read_half(now, TYPES, read_half(earlier, TYPES)) == read_half(now, TYPES)


def test_a_copy_knows_each_id_that_the_partnership_had_before() -> None:
    tables, known = Tables(), []
    for name in ("a" * 10, "b" * 10, "b" * 10, "c" * 10, "a" * 10, "d" * 10):
        made = Partnership(name, 1)
        tables = plan(PrivacySplit(GUIDE), State(made, read_half(tables, TYPES)), made, (), "id").public
        known.append([earlier_id[:1] for earlier_id in earlier_ids(meta_of(tables))])
    assert known == [[], ["a"], ["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c"]]


def test_a_conflict_that_could_not_be_read_stays_in_its_file() -> None:
    unread = {"id": "later", "rev": "three", "new_field": 1}
    assert conflicts_table(Half(TYPES, {CONFLICTS: {"7": unread}}), (), ()) == {"7": unread}


def test_conflicts_stand_in_the_order_they_arose_and_one_that_fits_no_cell_does_not_stand() -> None:
    fields = {"vision": {"fr": {"rev": 1, "text": "a"}}}
    entries = [{"id": name, "question": question, "part": "", "subject": [], "fields": fields}
               for name, question in (("v", "gather.vision"), ("w", "gather.level"))]  # fmt: skip
    made = [Conflict(f"conflict{number}", "v", "gather.vision", "vision@fr", "moi", "toi", "Bo", "Ann", "2026", rev, 1)
            for number, rev in ((1, 9), (2, 4), (3, 4))]  # fmt: skip
    gone = Conflict("conflict4", "gone", "gather.vision", "goal@fr", "moi", "toi", "Bo", "Ann", "2026", 2, 1)
    misfit = Conflict("conflict5", "w", "gather.vision", "level", 30, "network", "Bo", "Ann", "2026", 2, 1)
    tables = {
        ENTRIES: {str(at): entry for at, entry in enumerate(entries, 1)},
        CONFLICTS: {str(at): document_of(conflict) for at, conflict in enumerate([*made, gone, misfit], 1)},
    }
    found = join_halves("p" * 10, read_half(tables, TYPES), None).partnership.conflicts
    assert [conflict.id for conflict in found] == ["conflict4", "conflict2", "conflict3", "conflict1"]


@pytest.mark.parametrize(
    ("value", "is_one"),
    [(0, True), (7, True), (2**53 - 1, True), (2**53, False), (-1, False), (True, False), ("7", False)],
)
def test_a_revision_is_a_whole_number_that_every_reader_knows(value: object, is_one: bool) -> None:
    assert is_revision(value) is is_one


def test_documents_come_in_the_order_of_their_numbers_and_new_ones_behind_them() -> None:
    table: dict[str, dict[str, Any]] = {number: {"n": number} for number in ("10", "9", "2")}
    assert [document["n"] for document in sorted_documents(table)] == ["2", "9", "10"]
    longer = append_documents(table, [{"n": "a"}, {"n": "b"}])
    assert [document["n"] for document in sorted_documents(longer)] == ["2", "9", "10", "a", "b"]
    assert list(islice(free_numbers({"1": {}, str(10**17): {}}), 2)) == ["2", "3"], "none that nobody could read"


@pytest.mark.parametrize("private", [False, True])
def test_a_record_keeps_its_reason_and_not_the_file_it_lies_in(private: bool) -> None:
    past = HistoryEntry("e", "q", "c", None, "x", 1, "Ann", "2026", reason="undo", private=private)
    stored = document_of(past)
    assert stored["reason"] == "undo" and "private" not in stored and "source" not in stored
    assert record_of(HistoryEntry, stored, private=private) == past
