"""What others changed meanwhile: whose changes are told, whose are one's own, and what a key makes forget."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.partnership.told import AT, Told
from tui.partnership.changes import apply
from tui.partnership.values import ORDER, Cell, Change, Conflict, Entry, HistoryEntry, Partnership, Value
from tui.workspace.other_editors import OtherEditors, current_value, entries_changed_by_others, open_conflicts


def told_of(entry: str, by: str, rev: int) -> HistoryEntry:
    """A line of the history."""
    return HistoryEntry(entry, "open.who", "name@fr", None, "x", rev, by, AT)


@pytest.mark.parametrize(
    ("own", "kept", "cell", "is_others"),
    [
        ("deux", "deux", "role@fr", False), ("a\r\nb", "a\nb", "role@fr", False),
        ("deux", "trois", "role@fr", True),
        (None, "trois", "role@fr", True), (None, "zz", ORDER, False),
    ],
)  # fmt: skip
def test_cell_is_of_others_unless_it_was_saved_from_here(own: Value, kept: Value, cell: str, is_others: bool) -> None:
    told = Told("Ruche", "Pré")
    before, ruche = told.partnership, told.ids["Ruche"]
    after = apply(before, [Change(ruche, "open.who", cell, kept, "", (ruche,))], by="Zoé", at=AT).partnership
    saved = [Change(ruche, "open.who", cell, own, "", (ruche,))] if own is not None else []
    assert entries_changed_by_others(before, after, saved) == ({ruche} if is_others else set())


def test_those_who_changed_something_are_named_once_until_a_key() -> None:
    others = OtherEditors()
    past = [told_of("a", "Avant", 4), told_of("a", "Zoé", 5), told_of("b", "Ali", 6), told_of("a", "Zoé", 7),
            told_of("a", "", 8)]  # fmt: skip
    others.add_changes({"a"}, past, 4)
    assert (others.changes, others.changed_by) == ({"a"}, ("Zoé",))
    others.add_changes({"b"}, past, 5)
    assert (others.changes, others.changed_by) == ({"a", "b"}, ("Zoé", "Ali"))
    assert others.forget_changes() and not others.forget_changes()
    others.add_changes({"b"}, past, 5)
    assert others.changed_by == ("Ali",), "nobody stays named for what was seen"


@pytest.mark.parametrize(("settled", "is_open"), [("", True), ("mine", False), ("theirs", False), ("both", False)])
def test_conflict_is_open_until_it_is_settled(settled: str, is_open: bool) -> None:
    conflict = Conflict("c", "e", "open.who", "role@fr", "un", "deux", "Ali", "Zoé", AT, 3, 1, settled=settled)
    partnership = Partnership("aaaaaaaaaa", conflicts=(conflict,))
    assert open_conflicts(partnership) == ((conflict,) if is_open else ())
    assert current_value(partnership, conflict) == "deux", "of an entry that is not there, what was kept"
    entry = Entry("e", "open.who", cells={"role@fr": Cell("trois", 4)})
    assert current_value(replace(partnership, entries={"e": entry}), conflict) == "trois"
