"""What is read of an organisation's Word file: which header each page has, its paper, sizes and alignments."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tests.export.house import png, reference
from tui.export.reference_file import Reference, read_reference
from tui.export.word_parts import element


def read(change: Callable[[Document], object]) -> Reference:
    """The look of the reference file after a change of it."""
    source = docx.Document(io.BytesIO(reference()))
    change(source)
    held = io.BytesIO()
    source.save(held)
    return read_reference(held.getvalue())


@pytest.mark.parametrize("own_first_page", [True, False])
def test_the_first_page_has_the_letterhead_of_the_others_unless_it_has_its_own(own_first_page: bool) -> None:
    def change(source: Document) -> None:
        sheet = source.sections[0]
        sheet.header.paragraphs[0].text, sheet.footer.paragraphs[0].text = "chaque page", "chaque pied"
        sheet.different_first_page_header_footer = own_first_page

    found = read(change)
    assert found.header is not None and found.header.lines == ("chaque page",)
    assert found.footer is not None and found.footer.lines == ("chaque pied",)
    assert found.first_header is not None and ("chaque page" in found.first_header.lines) is not own_first_page
    assert found.first_footer is not None and ("chaque pied" in found.first_footer.lines) is not own_first_page


@pytest.mark.parametrize(
    ("margin", "size"),
    [("left_margin", 15), ("right_margin", 15), ("top_margin", 23), ("bottom_margin", 23), ("left_margin", 4)],
)
def test_paper_without_room_for_a_text_is_not_taken(margin: str, size: int) -> None:
    found = read(lambda source: setattr(source.sections[0], margin, Cm(size)))
    assert (found.page_setup is not None) is (size == 4)


@pytest.mark.parametrize(
    ("value", "align"),
    [("center", "center"), ("right", "right"), ("end", "right"), ("both", "left"), ("start", "left")],
)
def test_the_title_stands_where_the_reference_has_it(value: str, align: str) -> None:
    def change(source: Document) -> None:
        source.styles["Title"].element.get_or_add_pPr().append(element("w:jc", val=value))

    assert read(change).title_align == align


@pytest.mark.parametrize(("points", "size"), [(11, 11), (4, 8), (40, 16), (10.5, 10.5)])
def test_the_size_of_the_text_can_be_read(points: float, size: float) -> None:
    assert read(lambda source: setattr(source.styles["Normal"].font, "size", Pt(points))).size == size


@pytest.mark.parametrize(("align", "name"), [(WD_ALIGN_PARAGRAPH.RIGHT, "right"), (None, "left")])
def test_the_picture_has_the_size_and_place_of_the_letterhead(align: WD_ALIGN_PARAGRAPH | None, name: str) -> None:
    def change(source: Document) -> None:
        source.sections[0].first_page_header.paragraphs[0].alignment = align

    found = read(change).first_header
    assert found is not None and found.picture is not None and found.align == name
    assert (found.picture.width, found.picture.height) == (Cm(3), Cm(1)) and list(found.pictures.values()) == [png()]


def test_a_name_of_a_style_in_french_is_kept_where_the_file_has_word_s_own_too() -> None:
    def change(source: Document) -> None:
        source.styles.add_style("titre 1", 1)
        source.styles.add_style("sous-titre", 1)
        source.styles.element.remove(source.styles["Subtitle"].element)

    names = [node.get(qn("w:val")) for node in docx.oxml.parse_xml(read(change).styles).iter(qn("w:name"))]
    assert names.count("heading 1") == 1 and "titre 1" in names
    assert names.count("Subtitle") == 1 and "sous-titre" not in names
