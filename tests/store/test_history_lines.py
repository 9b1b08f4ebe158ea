"""Lines of the history folded to differences: each text comes back, or its line stays folded; which lines go far."""

from __future__ import annotations

from typing import Any

import pytest

from tui.store import history_lines
from tui.store.history_lines import fold_line, is_folded, near_and_far, unfold_lines, unfolded_length

LONG = "".join(f"phrase {number} sur le gardien du soir. " for number in range(90))
Document = dict[str, Any]


def line(rev: int, value: str | None, new: str | None, entry: str = "e", cell: str = "text@fr") -> Document:
    """A line of the history as it is stored."""
    return {"entry": entry, "cell": cell, "rev": rev, "value": value, "new": new}


def typed() -> list[Document]:
    """A long text of two cells that was changed, shortened and written again."""
    second, third = LONG.replace("gardien", "concierge", 1), LONG + "Et la clé."
    return [
        line(1, None, LONG), line(2, LONG, second), line(3, None, third, "other"), line(4, second, third),
        line(5, third, "court"), line(6, "court", LONG), line(7, LONG, second),
    ]  # fmt: skip


def folded(lines: list[Document]) -> list[Document]:
    """The same lines as a closed file holds them."""
    known: dict[tuple[object, object], tuple[object, str]] = {}
    return [fold_line(document, known) for document in lines]


def test_folded_lines_are_shorter_and_come_back_as_they_were() -> None:
    stored = folded(typed())
    assert [is_folded(document) for document in stored] == [False, True, False, True, True, False, True]
    assert len(str(stored)) < len(str(typed())) * 0.7
    assert list(unfold_lines(stored)) == typed()
    assert unfolded_length(stored) == unfolded_length(typed())


@pytest.mark.parametrize("lost", [0, 1, 3])
def test_a_line_whose_earlier_line_is_lost_stays_folded_and_tells_no_wrong_text(lost: int) -> None:
    stored = folded(typed())
    found = list(unfold_lines([*stored[:lost], *stored[lost + 1 :]]))
    wanted = [*typed()[:lost], *typed()[lost + 1 :]]
    for document, whole in zip(found, wanted, strict=True):
        assert document == whole or is_folded(document), "never another text"
    assert any(is_folded(document) for document in found)


def test_a_line_of_another_revision_than_it_was_folded_from_stays_folded() -> None:
    first, second = folded(typed()[:2])
    (_first, found) = unfold_lines([{**first, "rev": 9}, second])
    assert is_folded(found)


@pytest.mark.parametrize(("pieces", "length"), [([[0, 5]], 5), ([[5, 0]], 0), (["ab", [2, 4]], 4), ([[1, 2, 3], 7], 0)])
def test_the_length_of_a_difference_is_that_of_its_parts_and_never_below_none(pieces: list[Any], length: int) -> None:
    assert unfolded_length([{"new_from": pieces}]) == length


@pytest.mark.parametrize("at", [0, 2])
def test_a_folded_line_in_the_open_file_goes_with_all_before_it(at: int) -> None:
    table = {str(number): line(number, None, "court") for number in range(9, 13)}
    assert near_and_far(table) == (table, []), "few short lines stay"
    number = str(9 + at)
    table[number] = {**table[number], "new_from": [[0, 3]]}
    near, far = near_and_far(table)
    assert [document["rev"] for document in far] == list(range(9, 10 + at))
    assert sorted(map(int, near)) == list(range(10 + at, 13))


def test_the_newest_lines_stay_and_the_older_go_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_lines, "OPEN_FILE_CHARACTERS", 2000)
    monkeypatch.setattr(history_lines, "NEAR_CHARACTERS", 700)
    table = {str(number): line(number, None, "mot " * 25) for number in (8, 9, 10, 11, 12, 13, 14)}
    near, far = near_and_far(table)
    assert (list(near), [document["rev"] for document in far]) == (["13", "14"], [8, 9, 10, 11, 12])
