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
    Remark,
    ReturnedLine,
    TrackedChange,
    changed_line,
    edge_differences,
    in_excerpt,
    match_lines,
    page_edge_words,
)
from tui.comparison.returned_lines import ANSWER


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


TEXTS = ("Le comité se réunit chaque mois", "La clinique oriente les jeunes", "Le Collège prête un salon")
OURS = [replace(line, text=text, item=True) for line, text in zip(text_of(3), TEXTS, strict=True)]


def added(*lines: ReturnedLine) -> list[tuple[str, bool]]:
    """The lines added behind the first of ours, then one behind the second: (text, whether it is uncertain)."""
    first, second, third = (ReturnedLine(text, item=True) for text in TEXTS)
    found = match_lines(OURS, [first, *lines, second, ReturnedLine("Enfin une ligne", item=True), third])
    return [(one.after, one.uncertain) for one in found if one.kind == ADDED]


@pytest.mark.parametrize(
    ("line", "uncertain"),
    [
        (ReturnedLine("Un thé le soir", item=True), False), (ReturnedLine("Un thé le soir"), False),
        (ReturnedLine("Un thé le soir", item=False), True),  # it left the list
        (ReturnedLine("Un thé le soir", item=True, place=ANSWER), True),
        (ReturnedLine("Un thé le soir", heading=True), True),
    ],
)  # fmt: skip
def test_an_added_line_that_belongs_to_nothing_is_only_shown(line: ReturnedLine, uncertain: bool) -> None:
    assert added(line) == [("Un thé le soir", uncertain), ("Enfin une ligne", False)]


def test_lines_below_an_added_heading_belong_to_it() -> None:
    heading = ReturnedLine("Une annexe neuve", heading=True)
    assert added(heading, ReturnedLine("Du pain", item=True)) == [
        ("Une annexe neuve", True), ("Du pain", True), ("Enfin une ligne", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ours", "theirs", "changes"),
    [
        ("Les personnes-clés viennent", "Les personnesclés viennent", []),  # a page broke the word
        ("Les personnes-clés viennent", "Les gens-clés viennent", [("personnes", "gens")]),
        ("Les rendez-vous", "Les rendezvous", []),
        ("Le soir", "LE SOIR", []), ("Le soir", "LE MATIN", [("Le soir", "LE MATIN")]),
        ("Signé à ____, le ____", "Signé à __________, le __", []),
        ("Signé à ____, le ____", "Signé à Amos, le ____", [("____", "Amos")]),
    ],
)  # fmt: skip
def test_what_a_program_changes_by_itself_is_no_difference(
    ours: str, theirs: str, changes: list[tuple[str, str]]
) -> None:
    found = changed_line(OriginalLine(ours), ReturnedLine(theirs))
    assert [(one.was, one.now) for one in found] == changes


def test_each_change_of_a_line_is_of_who_made_it() -> None:
    marks = (TrackedChange(7, 19, "Ann", "2026-11-20"), TrackedChange(23, 28, "Bob", "2026-11-21"))
    line = ReturnedLine(
        "prêter deux salles le jeudi", marks, (Remark("trop tard", "Luc", "2026-11-22"), Remark("bien", "Luc"))
    )
    found = list(changed_line(OriginalLine("prêter une salle le mardi"), line))
    assert [(one.kind, one.now or one.remark, one.author, one.date) for one in found[:2]] == [
        (CHANGED, "deux salles", "Ann", "2026-11-20"), (CHANGED, "jeudi", "Bob", "2026-11-21"),
    ]  # fmt: skip
    assert [(one.kind, one.remark, one.author) for one in found[2:]] == [
        (REMARK, "trop tard", "Luc"), (REMARK, "bien", "Luc"),
    ]  # fmt: skip
    assert len({one.mark for one in found}) == 4
    half_marked = changed_line(OriginalLine("prêter une salle le mardi"), replace(line, marks=marks[1:], remarks=()))
    assert [one.author for one in half_marked] == ["", "Bob"]


@pytest.mark.parametrize(("gone", "uncertain"), [(3, False), (2, True), (1, False)])
def test_a_row_is_removed_whole_and_some_cells_only_shown(gone: int, uncertain: bool) -> None:
    row = [
        OriginalLine(text, Origin("row", f"f{at}"), "vision", row=7)
        for at, text in enumerate(("ouvrir le soir", "mai", "Ruche"))
    ]
    others = [replace(line, text=text) for line, text in zip(text_of(2), TEXTS, strict=False)]
    theirs = [ReturnedLine(line.text) for line in (others[0], *row[gone:], others[1])]
    found = [one for one in match_lines([others[0], *row, others[1]], theirs) if one.kind == REMOVED]
    assert [(one.before, one.uncertain) for one in found] == [(" | ".join(line.text for line in row[:gone]), uncertain)]


@pytest.mark.parametrize(
    ("first", "below", "uncertain"),
    [
        ("Le comité se réunit", ReturnedLine("Du café le mardi"), True),  # its end may stand below
        ("Le comité se réunit", ReturnedLine("Du café le mardi", item=True), False),
        ("Le comité se réunit chaque semaine", ReturnedLine("Du café le mardi"), False),
        ("Le conseil se réunit chaque mois", ReturnedLine("Du café le mardi"), False),
    ],
)
def test_a_missing_end_above_an_added_line_is_only_shown(first: str, below: ReturnedLine, uncertain: bool) -> None:
    lines = [ReturnedLine(first, item=True), below, *(ReturnedLine(text, item=True) for text in TEXTS[1:])]
    (changed,) = (one for one in match_lines(OURS, lines) if one.kind == CHANGED)
    assert changed.uncertain is uncertain
