"""The pages of a Word file, reckoned: by its words, by its styles and by what stands around the text."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.shared import Cm, Pt

from tests.export.house import png
from tui.export.word_height import estimate_word_pages

Change = Callable[[Document], object]


def pages(lines: int, change: Change = lambda document: None) -> float:
    """The pages of some lines, each a paragraph, in a file that was changed."""
    document = docx.Document()
    document.styles["Normal"].font.size, document.styles["Normal"].paragraph_format.space_after = Pt(11), Pt(6)
    for at in range(lines):
        document.add_paragraph(f"Ligne {at}")
    change(document)
    held = io.BytesIO()
    document.save(held)
    return estimate_word_pages(held.getvalue())


def test_a_page_of_lines_takes_about_what_libreoffice_takes() -> None:
    """33 such lines fill a page of US Letter with margins of an inch there: 648 points by 19.2."""
    assert 0.9 < pages(33) < 1.1
    assert pages(66) == pytest.approx(2 * pages(33), rel=0.02)


def looser(document: Document) -> None:
    document.styles["Normal"].paragraph_format.line_spacing = 2.0


def larger(document: Document) -> None:
    document.styles["Normal"].font.size = Pt(16)


def with_a_letterhead(document: Document) -> None:
    document.sections[0].different_first_page_header_footer = True
    header = document.sections[0].first_page_header
    header.paragraphs[0].add_run().add_picture(io.BytesIO(png()), Cm(3), Cm(6))


def narrower(document: Document) -> None:
    for paragraph in document.paragraphs:
        paragraph.text *= 8
    document.sections[0].left_margin = Cm(10)


def with_a_table(document: Document) -> None:
    document.add_table(10, 2)


def with_a_deep_foot(document: Document) -> None:
    document.sections[0].bottom_margin = Cm(9)


def with_a_deep_head(document: Document) -> None:
    document.sections[0].top_margin = Cm(9)


def in_short_lines(document: Document) -> None:
    for paragraph in document.paragraphs:
        paragraph.text = "a\nb\nc"


def spaced_above(document: Document) -> None:
    document.styles["Normal"].paragraph_format.space_before = Pt(18)


@pytest.mark.parametrize(
    "change",
    [
        looser, larger, with_a_letterhead, narrower, with_a_table, with_a_deep_foot, with_a_deep_head, in_short_lines,
        spaced_above,
    ],
)  # fmt: skip
def test_what_takes_more_room_is_counted(change: Change) -> None:
    assert pages(20, change) > 1.15 * pages(20)


def test_of_the_spaces_between_two_paragraphs_the_larger_one_counts() -> None:
    def alike(document: Document) -> None:
        document.styles["Normal"].paragraph_format.space_before = Pt(6)

    def all_below(document: Document) -> None:
        document.styles["Normal"].paragraph_format.space_after = Pt(12)

    assert pages(20, alike) == pytest.approx(pages(20), rel=0.02) and pages(20, all_below) > 1.1 * pages(20)
