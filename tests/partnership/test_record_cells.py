"""Tests of records stored with one cell for each value, and of older ones stored as one value."""

from __future__ import annotations

from dataclasses import replace

from tests.partnership.told import AT
from tui.partnership.changes import apply
from tui.partnership.record_cells import record_cells, record_of
from tui.partnership.values import Cell, Change, Conflict, Entry, Partnership


def row(**cells: object) -> Entry:
    return Entry(
        "a", "note.answers", "rows", (), {name.replace("__", "@"): Cell(value, 1) for name, value in cells.items()}
    )


def test_cells_stand_over_what_was_kept_as_one_value() -> None:
    assert record_of(None, "settled") == {} == record_of(row(settled="?"), "settled")
    assert record_of(row(settled={"k": "taken", "l": "refused"}), "settled") == {"k": "taken", "l": "refused"}
    both = row(settled={"k": "taken"}, settled__k="refused", settled__l="aside", entries__m="x")
    assert record_of(both, "settled") == {"k": "refused", "l": "aside"}
    assert record_of(row(settled__k=None, settled__l="taken"), "settled") == {"l": "taken"}


def test_two_who_add_to_a_record_at_once_have_both_added() -> None:
    known = Partnership("p", entries={"a": row(settled={})})
    for key, what in (("k", "taken"), ("l", "refused")):
        changes = [
            Change("a", "note.answers", cell, value, "rows", base=0)
            for cell, value in record_cells("settled", {key: what}).items()
        ]
        known = apply(known, changes, by="Marie", at=AT).partnership
    assert record_of(known.entries["a"], "settled") == {"k": "taken", "l": "refused"} and not known.conflicts


def test_only_words_of_a_language_can_stand_one_under_the_other() -> None:
    conflict = Conflict("c", "a", "note.answers", "settled@k", "taken", "refused", "Marie", "Bob", AT, 2, 1)
    assert not conflict.joinable and replace(conflict, cell="text@fr").joinable
