"""No heading of a Word file is left at the foot of a page by the break that LibreOffice guesses."""

from __future__ import annotations

import io

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st

from tests.export.agreements import french
from tui.export.formats import render
from tui.export.word_guess import shift_guessed_breaks

GUESS = 25


def made(plan: list[str]) -> Document:
    """Return a document of paragraphs: "p" is one of text, "h" a heading, "k" one that stays with the next."""
    document = docx.Document()
    for kind in plan:
        paragraph = document.add_paragraph(kind, style="Heading 1" if kind == "h" else None)
        paragraph.paragraph_format.keep_with_next = True if kind == "k" else None
    return document


def told(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.slow
@given(st.lists(st.sampled_from("pphk"), max_size=90))
def test_a_guessed_break_falls_behind_no_heading(plan: list[str]) -> None:
    document = made(plan)
    shift_guessed_breaks(document)
    texts = told(document)
    assert [text for text in texts if text] == plan, "nothing is lost or moved"
    at = 0
    while at + GUESS < len(texts):
        at += GUESS
        assert texts[at - 1] not in ("h", "k"), (at, texts)


@pytest.mark.parametrize("above", [["h"], ["h", "h"], ["k"], ["h", "k"]])
def test_the_first_of_the_headings_begins_the_guessed_page(above: list[str]) -> None:
    document = made(["p"] * (GUESS - len(above)) + above + ["p"])
    shift_guessed_breaks(document)
    assert told(document)[GUESS:] == [*above, "p"]


@pytest.mark.parametrize("rows", [2, 3, 6])
def test_a_table_counts_for_one_paragraph_less_than_it_has_rows(rows: int) -> None:
    document = docx.Document()
    document.add_table(rows, 2)
    for kind in ["p"] * (GUESS - rows) + ["h", "p"]:
        document.add_paragraph(kind, style="Heading 1" if kind == "h" else None)
    shift_guessed_breaks(document)
    assert told(document)[GUESS - rows :] == ["", "h", "p"]


def test_what_is_put_in_has_no_height_and_nothing_is_put_in_where_none_is_needed() -> None:
    document = made(["p"] * (GUESS - 1) + ["h", "p"])
    shift_guessed_breaks(document)
    (empty,) = [paragraph for paragraph in document.paragraphs if not paragraph.text]
    form = empty.paragraph_format
    assert form.line_spacing == Pt(1) and form.space_before == form.space_after == 0
    plain = made(["h", "p"] * 12 + ["p"])
    shift_guessed_breaks(plain)
    assert all(told(plain))


def test_the_document_is_shifted_once() -> None:
    document = docx.Document(io.BytesIO(render(french(), "docx").data))
    before = len(document.element.body.findall(qn("w:p")))
    shift_guessed_breaks(document)
    assert len(document.element.body.findall(qn("w:p"))) == before


@pytest.mark.parametrize("before", [15, 19, 21])
def test_nothing_comes_between_two_who_sign_for_a_partner(before: int) -> None:
    """A table whose words stay with what follows is one of the blocks that a guessed break is moved above."""
    document = made(["p"] * before + ["h", "k"])
    for _who in range(2):
        table = document.add_table(2, 1)
        for row in table.rows:
            row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        document.add_paragraph("k").paragraph_format.keep_with_next = True
    document.add_paragraph("p")
    shift_guessed_breaks(document)
    texts = told(document)
    assert "" not in texts[texts.index("h") :]
