"""Differences by word, in which nothing of either text is lost; then changed words carried to the text they came from.

Typography says nothing, markup stays, nothing is guessed.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.word_diff import (
    DiffPiece,
    Edit,
    apply_edit,
    carry_edit,
    diff_words,
    end_of_last_line,
    find_words,
    holds_new_words,
    likeness,
    word_edits,
    word_keys,
)

WORDS = st.lists(st.sampled_from(["des", "locaux", "l'été,", "200 $", "\n", "  ", "é", "!"]), max_size=12).map(" ".join)
LETTERS = st.text("abcdé", min_size=1, max_size=4)
TEXTS = st.lists(LETTERS, min_size=1, max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_off(before: str, after: str) -> None:
    pieces = diff_words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert all(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("un local", "un local", [DiffPiece("same", "un local")]),
        ("", "un local", [DiffPiece("added", "un local")]),
        (
            "un local le mardi",
            "un grand local le jeudi",
            [
                DiffPiece("same", "un"),
                DiffPiece("added", " grand"),
                DiffPiece("same", " local le "),
                DiffPiece("removed", "mardi"),
                DiffPiece("added", "jeudi"),
            ],
        ),
        (
            "la salle bleue reste",
            "le local vert reste",
            [DiffPiece("removed", "la salle bleue"), DiffPiece("added", "le local vert"), DiffPiece("same", " reste")],
        ),
    ],
)
def test_differences_by_word(before: str, after: str, expected: list[DiffPiece]) -> None:
    assert diff_words(before, after) == expected


def test_a_line_break_between_two_changes_is_in_both_texts() -> None:
    pieces = diff_words("a\nb", "c\nd")
    assert [piece.kind for piece in pieces] == ["removed", "added", "same", "removed", "added"] and pieces[
        2
    ].text == "\n"


def test_very_long_texts_are_told_apart_at_once() -> None:
    before, after = "mot " * 20_000, "autre " * 20_000
    assert diff_words(before, after) == [DiffPiece("removed", before), DiffPiece("added", after)]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("dire « oui »\u00a0: l’accord", 'dire "oui" : l\'accord'),
        ("24\u202f000\u00a0$ – un an…", "24 000 $ - un an..."),
        ("avant-hier", "avant\u2011hier"),
        ("un - deux – trois", "un — deux — trois"),
        ("coo\u00adpération", "coopération"),
        ("e\u0301té", "été"),
    ],
)
def test_typography_says_nothing(text: str, other: str) -> None:
    assert word_keys(text) == word_keys(other) and word_edits(text, other) == []


@pytest.mark.parametrize(
    ("source", "before", "after", "made"),
    [
        ("prêter une salle", "A : prêter une salle (1 h)", "A : prêter deux salles (1 h)", "prêter deux salles"),
        ("un texte **gras** ici", "un texte gras ici", "un texte maigre ici", "un texte **maigre** ici"),
        ("un texte **gras** ici", "un texte gras ici", "un texte ici", "un texte ici"),
        ("a b.\n\nc d.", "a b.", "a b e.", "a b e.\n\nc d."),
        ("a b.\n\nc d.", "c d.", "e c d.", "a b.\n\ne c d."),
        ('On dit "oui" à tous.', "On dit « oui » à tous.", "On dit « non » à tous.", 'On dit "non" à tous.'),
        ("mot x mot", "mot x mot", "mot, mot", "mot, mot"),
        ("un, deux", "un, deux", "deux", "deux"),
        ("rôle", "Nom, rôle, ville", "Nom, grand rôle, ville", "grand rôle"),
    ],
)  # fmt: skip
def test_a_change_goes_into_the_source(source: str, before: str, after: str, made: str) -> None:
    for edit in word_edits(before, after):
        assert not holds_new_words(source, after, edit)
        carried_over = carry_edit(source, before, after, edit)
        assert carried_over is not None
        source = carried_over
    assert " ".join(source.split(" ")).replace("  ", " ") == made


def test_what_is_not_there_is_not_guessed() -> None:
    edit = word_edits("le lundi soir", "le mardi soir")[0]
    assert carry_edit("le samedi", "le lundi soir", "le mardi soir", edit) is None
    two_words = word_edits("le lundi soir ici", "le mardi ici")[0]
    assert carry_edit("le lundi", "le lundi soir ici", "le mardi ici", two_words) is None
    half_bold = Edit(2, 4, 2, 3)  # « et long », of which « et » alone is bold
    assert carry_edit("un **gras et** long", "un gras et long", "un gras fini", half_bold) is None


@given(TEXTS, TEXTS)
def test_all_changes_make_the_other_text(before: str, after: str) -> None:
    text = before
    for edit in reversed(word_edits(before, after)):
        text = apply_edit(text, after, edit) if text == before else (carry_edit(text, before, after, edit) or "")
    assert word_keys(text) == word_keys(after)


@given(TEXTS, TEXTS, st.sampled_from(["", "Nom : ", "x, "]), st.sampled_from(["", " (fin)"]))
def test_a_part_of_a_line_takes_the_changes_of_the_line(before: str, after: str, head: str, tail: str) -> None:
    edits = word_edits(head + before + tail, head + after + tail)
    text: str | None = before
    for edit in edits:
        text = None if text is None else carry_edit(text, head + before + tail, head + after + tail, edit)
    if text is not None and len(edits) == 1:
        assert word_keys(text) == word_keys(after)
        assert holds_new_words(text, head + after + tail, edits[0])


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("a b c", "x b z", [Edit(0, 1, 0, 1), Edit(2, 3, 2, 3)]),
        ("a, c", "x, z", [Edit(0, 3, 0, 3)]),  # a single sign between two changes
        ("a; , c", "x; , z", [Edit(0, 1, 0, 1), Edit(3, 4, 3, 4)]),
        ("a b", "a x b", [Edit(1, 1, 1, 2)]),
        ("a b", "b", [Edit(0, 1, 0, 0)]),
    ],
)
def test_changes_stand_in_reading_order(before: str, after: str, edits: list[Edit]) -> None:
    assert word_edits(before, after) == edits


@pytest.mark.parametrize(
    ("source", "left"),
    [("un\ndeux trois", "un\ntrois"), ("un deux\ntrois", "un\ntrois"), ("un deux trois", "un trois")],
)
def test_a_line_break_beside_words_that_go_stays(source: str, left: str) -> None:
    (edit,) = word_edits("un deux trois", "un trois")
    assert carry_edit(source, "un deux trois", "un trois", edit) == left


@pytest.mark.parametrize(
    ("part", "whole", "at"),
    [
        ("b c", "a b c", 1),
        ("a b", "a a b", 1),
        ("a c", "a b c", -1),
        ("c d", "a b c", -1),
        ("", "a b", -1),
        ("a", "", -1),
    ],
)
def test_words_are_found_where_they_stand_in_a_row(part: str, whole: str, at: int) -> None:
    assert find_words(part.split(), whole.split()) == at


@pytest.mark.parametrize(
    ("text", "end"),
    [("un trois", "un deux\ntrois quatre"), ("un", "un deux"), ("cinq", "un deux\ntrois quatre\ncinq"), ("six", None)],
)
def test_the_line_of_the_last_word_ends_where_it_does(text: str, end: str | None) -> None:
    assert end_of_last_line("un deux\ntrois quatre\ncinq", text) == (-1 if end is None else len(end))


@pytest.mark.parametrize(
    ("text", "other", "share"), [("", "a", 0), ("a", "", 0), ("", "", 0), ("a b", "a b", 1), ("a b", "a c", 0.5)]
)
def test_likeness_is_the_share_of_the_words(text: str, other: str, share: float) -> None:
    assert likeness(text, other) == share


def test_an_edit_of_nothing_changes_nothing() -> None:
    assert apply_edit("a b", "a b", Edit(1, 1, 1, 1)).split() == ["a", "b"]
