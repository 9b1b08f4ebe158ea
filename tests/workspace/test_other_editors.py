"""What others changed meanwhile: whose changes are told, whose are one's own, and what a key makes forget."""

from __future__ import annotations

import pytest

from tests.partnership.told import AT, Told
from tui.partnership.changes import apply
from tui.partnership.values import ORDER, Change, HistoryEntry, Value
from tui.workspace.other_editors import OtherEditors, entries_changed_by_others


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
