"""Tests of annexes: those with words in either language, in their order, and the copies that an adoption keeps."""

from __future__ import annotations

from tests.partnership.told import Told
from tui.partnership.attachments import ATTACHED, ATTACHMENTS, adopted_attachments, attachments
from tui.partnership.signatures import ANNEXES
from tui.partnership.values import Change

CELLS = {
    "budget": {"what@fr": "Budget", "on": "2027-01-05", "file": "budget.xlsx", "file_hash": "abc:12"},
    "map": {"what@en": "Map", "file": "map.pdf", "file_hash": "def:3"},
    "empty": {"file": "x.pdf"},
    "list": {"what@fr": "Liste", "what@en": "List", "on": "2027-02"},
}


def with_annexes() -> Told:
    """A partnership with three annexes, and a row that names none."""
    told = Told("Collège")
    for at, (row, cells) in enumerate(CELLS.items()):
        told.take(*(Change(row, ATTACHMENTS, key, cells[key], "rows") for key in cells))
        told.take(Change(row, ATTACHMENTS, "#order", f"a{9 - at}", "rows"))
    return told


def test_annexes_are_those_with_words_in_their_order() -> None:
    assert [row.id for row in attachments(with_annexes().partnership)] == ["list", "map", "budget"]


def test_an_adoption_copies_each_annex_whole_and_later_changes_leave_it() -> None:
    told = with_annexes()
    told.take(*adopted_attachments(told.partnership, "version1"))
    told.take(
        Change("map", ATTACHMENTS, "file_hash", "new:4", "rows"), Change("list", ATTACHMENTS, "#removed", True, "rows")
    )
    copies = told.partnership.rows(ANNEXES, "rows")
    assert [copy.get(ATTACHED) for copy in copies] == ["list", "map", "budget"]
    for copy in copies:
        kept = {key: cell.value for key, cell in copy.cells.items() if key not in ("#order", ATTACHED)}
        assert kept == {**CELLS[str(copy.get(ATTACHED))], "version": "version1", "kind": "annex"}


def test_a_second_adoption_adds_its_copies_behind_those_of_the_first() -> None:
    told = with_annexes()
    for version in ("version1", "version2"):
        told.take(*adopted_attachments(told.partnership, version))
    copies = told.partnership.rows(ANNEXES, "rows")
    assert [copy.get("version") for copy in copies] == ["version1"] * 3 + ["version2"] * 3
    assert [copy.get(ATTACHED) for copy in copies] == ["list", "map", "budget"] * 2
