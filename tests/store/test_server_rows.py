"""The documents of a partnership as rows: only changed rows are written, and a change is based on our own save."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.upper.acts import vision
from tui.partnership.changes import apply
from tui.partnership.values import Partnership
from tui.store.public_private import Half, State
from tui.store.sealed_bytes import Tables
from tui.store.server_rows import WrittenCells, differences, rebase_on_own, with_rows

pytestmark = pytest.mark.sampled

NUMBERS = st.integers(1, 9).map(str)
VALUES = st.one_of(st.none(), st.booleans(), st.text(max_size=4))
DOCUMENTS = st.dictionaries(st.sampled_from("abc"), VALUES, max_size=2)
TABLES = st.dictionaries(st.sampled_from(["entries", "meta"]), st.dictionaries(NUMBERS, DOCUMENTS, max_size=4))
HALVES = st.dictionaries(st.sampled_from(["public", "past"]), TABLES)


def full(halves: dict[str, Tables]) -> dict[tuple[str, str, str], object]:
    """Every document by its place, empty tables left out."""
    return {
        (half, kind, number): document
        for half, tables in halves.items()
        for kind, table in tables.items()
        for number, document in table.items()
    }


@pytest.mark.slow
@given(HALVES, HALVES)
def test_what_is_put_and_what_goes_make_one_of_the_other(before: dict[str, Tables], after: dict[str, Tables]) -> None:
    put, gone, kept = differences(before, {half: after.get(half, {}) for half in ("public", "past")})
    there = {place: document for place, document in full(before).items() if place not in gone}
    rows: list[tuple[object, ...]] = [(*place, document) for place, document in there.items()]
    rows += [(half, kind, int(number), _read(body)) for half, kind, number, body in put]
    made = full(with_rows({}, rows, {}))
    assert made == full(after) == full(kept)
    assert all(full(before).get(row[:3]) != full(after)[row[:3]] for row in put)


def _read(body: str) -> object:
    import json

    return json.loads(body)


@pytest.mark.slow
@given(HALVES)
def test_what_did_not_change_stays_the_same_object(halves: dict[str, Tables]) -> None:
    rows = [(*place, dict(document)) for place, document in full(halves).items()]  # type: ignore[call-overload]
    again = full(with_rows({}, rows, halves))
    assert all(document is full(halves)[place] for place, document in again.items())


def test_a_change_on_what_stood_before_our_own_save_is_on_it_now() -> None:
    own: WrittenCells = {("gather.vision", "vision@fr"): (3, 5)}
    assert rebase_on_own(vision("a", base=3), own).base == 5
    assert rebase_on_own(vision("a", base=2), own).base == 2, "made before somebody else's text: that stays a conflict"
    assert rebase_on_own(vision("a", base=7), own).base == 7
    assert rebase_on_own(vision("a"), own).base is None
    assert rebase_on_own(vision("a", base=3), {}).base == 3


def test_the_cells_of_a_save_are_those_whose_revision_it_gave() -> None:
    from tests.store.upper.acts import reason
    from tui.guide.guide_loading import load_guide
    from tui.partnership.value_types import value_types
    from tui.store.public_private import PrivacySplit, plan
    from tui.store.server_rows import written_cells

    first = apply(Partnership("aaaaaaaaaa"), [vision("a"), reason("b")], by="Ann", at="2026-11-22").partnership
    done = apply(first, [vision("aa")], by="Ann", at="2026-11-22")
    state = State(first, Half(value_types(load_guide())))
    planned = plan(PrivacySplit(load_guide()), state, done.partnership, done.past, "ann")
    assert written_cells(state, planned) == {("gather.vision", "vision@fr"): (1, 3)}


def test_what_was_read_before_is_not_changed_by_what_is_read_now() -> None:
    before: dict[str, Tables] = {"public": {"entries": {"1": {"a": "un"}}, "meta": {"1": {"id": "x"}}}}
    merged = with_rows(before, [("public", "entries", 2, {"a": "deux"}), ("past", "history", 1, {})], before)
    assert before == {"public": {"entries": {"1": {"a": "un"}}, "meta": {"1": {"id": "x"}}}}
    assert merged["public"]["entries"] == {"1": {"a": "un"}, "2": {"a": "deux"}}
    assert merged["past"] == {"history": {"1": {}}}
