"""Changed words carried to the text they came from: typography says nothing, markup stays, nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.word_diff import Edit, apply_edit, carry_edit, holds_new_words, word_edits, word_keys

LETTERS = st.text("abcdé", min_size=1, max_size=4)
TEXTS = st.lists(LETTERS, min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dire « oui »\u00a0: l’accord", 'dire "oui" : l\'accord'),
        ("24\u202f000\u00a0$ – un an…", "24 000 $ - un an..."),
        ("avant-hier", "avant\u2011hier"),
        ("coo\u00adpération", "coopération"),
        ("e\u0301té", "été"),
    ],
)
def test_typography_says_nothing(one: str, other: str) -> None:
    assert word_keys(one) == word_keys(other) and word_edits(one, other) == []


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
    found = word_edits(head + before + tail, head + after + tail)
    text: str | None = before
    for edit in found:
        text = None if text is None else carry_edit(text, head + before + tail, head + after + tail, edit)
    if text is not None and len(found) == 1:
        assert word_keys(text) == word_keys(after)
        assert holds_new_words(text, head + after + tail, found[0])


def test_an_edit_of_nothing_changes_nothing() -> None:
    assert apply_edit("a b", "a b", Edit(1, 1, 1, 1)).split() == ["a", "b"]
