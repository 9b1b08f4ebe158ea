"""A partnership goes into tables and comes back the same, whatever its cells hold and whoever wrote beside them."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tui.guide.guide_loading import load_guide
from tui.partnership.privacy import is_public
from tui.partnership.value_types import value_types
from tui.partnership.values import Cell, Conflict, Entry, HistoryEntry, Partnership
from tui.store.public_private import Half, PrivacySplit, State, join, plan, read_half
from tui.store.records import cells_of, document_of, record_of, stripped
from tui.store.sealed_bytes import body_of, load, sealed
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
    return load(sealed(body_of(tables), 1)).tables


@given(partnerships())
def test_a_partnership_comes_back_from_its_two_files_as_it_was(partnership: Partnership) -> None:
    made = plan(PrivacySplit(GUIDE), State(Partnership(partnership.id), Half(TYPES)), partnership, (), "me")
    private = read_half(on_disk(made.private), TYPES) if made.private else None
    back = join(partnership.id, read_half(on_disk(made.public), TYPES), private)
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
    known = join(partnership.id, public, private).partnership
    entry = known.entries[data.draw(st.sampled_from(sorted(known.entries)))]
    changed = {key: Cell("another", known.rev + 1) for key in entry.cells}
    after = replace(known, entries={**known.entries, entry.id: replace(entry, cells=changed)})
    again = plan(PrivacySplit(GUIDE), State(known, public, private, {}), after, (), "me").public
    assert again["later"] == tables["later"]
    assert {key: value for key, value in again["meta"]["1"].items() if key.startswith("new_")} == {
        f"new_{key}": value for key, value in extra.items()
    }
    kept = {document["id"]: stripped(document, TYPES) for document in again.get("entries", {}).values()}
    for document in tables.get("entries", {}).values():
        wanted = stripped(document, TYPES)
        assert kept.get(document["id"], {}) | wanted == kept.get(document["id"], wanted if not wanted else {})


@given(CELLS)
def test_a_document_without_its_cells_holds_nothing_of_them(cells: dict[str, Cell]) -> None:
    entry = Entry("e", "gather.vision", "", (), fitting("gather.vision", "", cells))
    public, private = PrivacySplit(GUIDE).places(Partnership("aaaaaaaaaa", 99, {"e": entry}))
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
            assert stripped(document, TYPES) == {}


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
    public = read_half({**handed.public, "meta": _with_counts(handed.public["meta"], counts)}, TYPES)
    assert join(made.id, public, None).partnership.tallies == counts
    note = Entry("n", "open.trust", "", ("a", "b"), cells={"note@fr": Cell("se voir", 2)})
    noted = replace(join(made.id, public, None).partnership, rev=2, entries={"n": note})
    after = plan(split, State(noted, public), noted, (), "id")
    private = read_half(after.private, TYPES, beside=public)
    assert join(made.id, public, private).partnership.tallies == counts, "whose positions they count nobody knows"
    whole = {name: table for name, table in after.private.items() if name != "meta"}
    assert not join(made.id, public, read_half(whole, TYPES, beside=public)).partnership.tallies
    again = plan(split, State(replace(noted, rev=3), public, private), replace(noted, rev=3), (), "id")
    assert join(made.id, public, read_half(again.private, TYPES, beside=public)).partnership.tallies == counts


def _with_counts(meta: dict[str, Any], counts: dict[str, dict[str, int]]) -> dict[str, Any]:
    return {number: {**document, "tallies": counts} for number, document in meta.items()}
