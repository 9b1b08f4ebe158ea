"""Tests of differences: what of a copied part is uncertain, which headers are ours, and the id that each one keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.agreement.blocks import Origin
from tui.comparison.returned_diff import (
    ADDED,
    CHANGED,
    REMARK,
    REMOVED,
    Difference,
    OriginalLine,
    ReturnedLine,
    edge_differences,
    in_excerpt,
    page_edge_words,
)


def text_of(lines: int) -> list[OriginalLine]:
    """A text of so many lines, each of a field of its own."""
    return [OriginalLine(f"ligne {at}", Origin(f"e{at}", "text"), "vision") for at in range(lines)]


@pytest.mark.parametrize(
    ("lines", "missing", "uncertain"),
    [(10, 8, False), (10, 9, True), (20, 8, False), (20, 9, True), (40, 12, False), (40, 13, True), (40, 0, False)],
)
def test_where_too_much_is_missing_only_a_part_was_copied(lines: int, missing: int, uncertain: bool) -> None:
    ours = text_of(lines)
    found = [Difference(REMOVED, line, line.text) for line in ours[:missing]]
    other = Difference(CHANGED, ours[-1], "ligne", "lignes")
    drawn = Difference(REMOVED, OriginalLine("Vision"), "Vision")
    result = in_excerpt([*found, other, drawn], ours)
    assert [difference.uncertain for difference in result] == [uncertain] * missing + [False, False]


def test_what_was_taken_out_as_a_tracked_change_is_certain() -> None:
    ours = text_of(10)
    tracked = [Difference(REMOVED, line, line.text, author="Ann Roy") for line in ours]
    assert in_excerpt(tracked, ours) == tuple(tracked)
    missing = [replace(difference, author="") for difference in tracked[:9]]
    result = in_excerpt([*missing, tracked[9]], ours)
    assert [difference.uncertain for difference in result] == [True] * 9 + [False]


def test_a_missing_row_counts_all_its_cells() -> None:
    ours = text_of(10)
    row = Difference(REMOVED, ours[0], " | ".join(f"cellule {at}" for at in range(9)))
    assert [difference.uncertain for difference in in_excerpt([row], ours)] == [True]


@pytest.mark.parametrize(
    ("text", "theirs"),
    [
        ("Le soir · Ébauche 3", False),
        ("LE SOIR", False),
        ("Page 2 de 7", False),
        ("Page 12 of 70", False),
        ("Le grand soir · Ébauche 3 de Port-Clair", True),
        ("Confidentiel", True),
        ("12 34 56", False),
        ("", False),
    ],
)
def test_a_header_of_other_words_is_shown(text: str, theirs: bool) -> None:
    known = page_edge_words(
        [OriginalLine("Le soir"), OriginalLine("secret", section="vision")], [ReturnedLine("Ébauche 3")]
    )
    found = edge_differences([ReturnedLine(text)], known)
    assert [(difference.kind, difference.remark) for difference in found] == ([(REMARK, text)] if theirs else [])
    assert edge_differences([ReturnedLine("secret")], known), "the words of the text are not those of its headers"


def test_each_difference_has_its_own_id_whenever_it_is_found() -> None:
    ours = replace(text_of(2)[0], heading="3. Vision")
    first, second = text_of(2)
    added = Difference(ADDED, OriginalLine("", heading="3. Vision"), after="neuf", previous=first)
    others = [
        replace(added, previous=second),
        replace(added, after="vieux"),
        replace(added, author="Ann Roy"),
        replace(added, kind=REMARK, remark="neuf"),
        Difference(CHANGED, ours, "ligne 0", "neuf"),
        Difference(REMOVED, ours, "ligne 0"),
    ]
    assert len({difference.mark for difference in (added, *others)}) == len(others) + 1
    assert replace(added, date="2027-01-01", uncertain=True).mark == added.mark
