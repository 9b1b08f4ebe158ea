"""Lines matched: by anchor where there is one, then by likeness in order; rows whole, splits and joins known."""

from __future__ import annotations

import pytest

from tui.agreement.blocks import Origin
from tui.comparison.line_matching import Step, align, line_key
from tui.comparison.returned_lines import OriginalLine, ReturnedLine

A, B, C = "le comité se réunit chaque mois", "la clinique oriente les jeunes", "le Collège prête un salon"


def ours(*texts: str, anchors: bool = False) -> list[OriginalLine]:
    return [OriginalLine(text, anchor=f"ent_{at}" if anchors else "") for at, text in enumerate(texts)]


def theirs(*texts: str) -> list[ReturnedLine]:
    return [ReturnedLine(text) for text in texts]


def anchored(text: str, *places: int) -> ReturnedLine:
    return ReturnedLine(text, anchors=tuple(f"ent_{at}" for at in places))


def test_equal_texts_are_paired_in_order() -> None:
    same = "Réponse : accord"
    assert align(ours(A, same, B, same), theirs(A, B, same)) == [
        Step((0,), (0,)), Step((1,), ()), Step((2,), (1,)), Step((3,), (2,)),
    ]  # fmt: skip


def test_a_rewritten_line_is_known_by_its_anchor() -> None:
    lines = [anchored("tout est neuf ici", 1), anchored(A, 0), ReturnedLine("encore autre chose")]
    found = align(ours(A, B, anchors=True), lines)
    assert Step((1,), (0,), moved=True) in found or Step((0,), (1,), moved=True) in found
    assert Step((), (2,)) in found


def test_a_paragraph_cut_in_two_is_one_line_that_became_two() -> None:
    first, second = A.split(" se ")
    assert align(ours(C, f"{A} et {B}", C), theirs(C, f"{A} et", B, C))[1] == Step((1,), (1, 2))
    lines = [anchored(first, 0), anchored(f"se {second}", 0), anchored(B, 1)]
    assert align(ours(A, B, anchors=True), lines) == [Step((0,), (0, 1)), Step((1,), (2,))]


def test_a_line_put_in_behind_a_whole_one_is_no_half_of_it() -> None:
    lines = [anchored(A, 0), anchored("un ajout", 0), anchored(B, 1)]
    assert align(ours(A, B, anchors=True), lines) == [Step((0,), (0,)), Step((), (1,)), Step((1,), (2,))]


def test_two_lines_that_became_one_are_joined() -> None:
    assert align(ours(A, B, C), theirs(f"{A} {B}", C)) == [Step((0, 1), (0,)), Step((2,), (1,))]
    assert align(ours(A, B, anchors=True), [anchored(f"{A} {B}", 0, 1)]) == [Step((0, 1), (0,))]


def test_lines_are_joined_whatever_the_order_their_anchors_are_read_in() -> None:
    # The anchors of a line are a set, whose order differs from one start of Python to the next: many pairs show it.
    pairs = range(0, 24, 2)
    lines = [f"{text} {at}" for at in pairs for text in (A, B)]
    joined = [anchored(f"{lines[at]} {lines[at + 1]}", at, at + 1) for at in pairs]
    assert align(ours(*lines, anchors=True), joined) == [Step((at, at + 1), (at // 2,)) for at in pairs]


def test_a_row_is_matched_whole_and_a_row_that_moved_moves_whole() -> None:
    def row(number: int, *texts: str) -> list[ReturnedLine]:
        return [ReturnedLine(text, row=number) for text in texts]

    mine = [OriginalLine(text, row=at) for at, texts in ((1, (A, "mars")), (2, (B, "avril")), (3, (C, "mai")))
            for text in texts]  # fmt: skip
    assert align(mine, [*row(1, A, "mars"), *row(2, C, "mai")]) == [
        Step((0, 1), (0, 1)), Step((2, 3), ()), Step((4, 5), (2, 3)),
    ]  # fmt: skip
    moved = align(mine, [*row(1, C, "mai"), *row(2, A, "mars"), *row(3, B, "avril")])
    assert [step for step in moved if step.moved] == [Step((4, 5), (0, 1), moved=True)]


def test_numbers_of_headings_say_nothing() -> None:
    assert align(ours("13. Points à préciser"), theirs("14. Points à préciser")) == [Step((0,), (0,))]


def test_a_line_moves_only_where_it_is_much_alike() -> None:
    def moved(mine: list[OriginalLine], *yours: str) -> list[Step]:
        return [step for step in align(mine, theirs(*yours)) if step.moved]

    kept = [OriginalLine(text, Origin("e", "text")) for text in (A, B, C)]
    assert moved(kept, C, A, B) == [Step((2,), (0,), moved=True)]
    assert moved(kept, f"{C} du soir", A, B) == [Step((2,), (0,), moved=True)], "moved and changed a little"
    assert moved(kept, "le Collège ferme un an de plus", A, B) == []
    drawn = [*kept[:2], OriginalLine(C)]  # words of the program
    assert moved(drawn, f"{C} du soir", A, B) == [] and moved(drawn, C, A, B)


@pytest.mark.parametrize("row", [0, 1])
def test_an_anchor_of_a_row_is_none_of_a_paragraph(row: int) -> None:
    mine = [OriginalLine(A, anchor="ent_0", row=1), OriginalLine("mars", row=1)]
    cells = [ReturnedLine("tout autre chose", anchors=("ent_0",), row=row), ReturnedLine("avril", row=row)]
    other = [ReturnedLine("un", row=9), ReturnedLine("deux", row=9)]
    found = align(mine, [*cells, *other])
    assert (Step((0, 1), (0, 1)) in found) is bool(row)


def test_capitals_and_numbers_of_headings_are_no_words() -> None:
    assert line_key("3.2. VISION commune") == line_key("4. Vision commune") == ("vision", "commune")
    assert line_key("3 h") == ("3", "h")


def test_a_hole_becomes_the_first_line_that_stands_in_its_place() -> None:
    found = align(ours(A, "[à préciser]", B), theirs(A, "un comité de six", "et du café", B))
    assert found == [Step((0,), (0,)), Step((1,), (1,)), Step((), (2,)), Step((2,), (3,))]
