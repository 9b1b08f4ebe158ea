"""What is read of the files that the settings name: how wide the logo gets, which font and which picture win."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm

from tests.export.house import FONT, png, reference
from tui.export.formats import CannotExport
from tui.export.house_files import font_folders, read_house_logo
from tui.export.house_pdf import PdfLook
from tui.export.house_style import HouseStyle, house_style_from
from tui.export.house_word import WordLook, recolour, take_styles
from tui.export.reference_file import read_reference
from tui.export.word_parts import Numbering

OTHER_FONT = "Libertinus Serif"  # one that typst has


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a Word file."""
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.mark.parametrize("margins", [(2, 5), (5, 2)])
def test_a_wide_logo_is_as_wide_as_the_text_between_its_margins(tmp_path: Path, margins: tuple[int, int]) -> None:
    source = docx.Document(io.BytesIO(reference()))
    sheet = source.sections[0]
    sheet.left_margin, sheet.right_margin = (Cm(margin) for margin in margins)
    (tmp_path / "logo.png").write_bytes(png(900, 10))
    found = read_house_logo(HouseStyle(logo=tmp_path / "logo.png"), read_reference(saved(source)))
    assert found is not None and found.width == pytest.approx(Cm(20 - sum(margins)), rel=0.01)


def house(folder: Path, data: bytes) -> HouseStyle:
    """A style with this reference, a logo twice as high as it is wide, and a font that the reference does not name."""
    (folder / "modele.docx").write_bytes(data)
    (folder / "logo.png").write_bytes(png(20, 40))
    return HouseStyle(folder / "modele.docx", folder / "logo.png", font=OTHER_FONT)


def test_the_picture_of_the_letterhead_goes_before_the_logo(tmp_path: Path) -> None:
    for data, wide in ((reference(), True), (reference(picture=False), False)):
        style = house(tmp_path, data)
        shown = PdfLook.of(style).logo
        assert shown is not None and (shown.width > shown.height) is wide
        assert WordLook.of(style).has_letterhead is wide


def test_the_font_of_the_settings_goes_before_that_of_the_reference(tmp_path: Path) -> None:
    style = house(tmp_path, reference())
    assert PdfLook.of(style).template_data()["fonts"][0] == WordLook.of(style).font == OTHER_FONT
    alone = HouseStyle(reference=style.reference)
    assert PdfLook.of(alone).template_data()["fonts"][0] == FONT
    assert house_style_from("", "", "", f" {FONT} ") == HouseStyle(font=FONT)


def test_the_first_page_has_its_own_head_and_foot(tmp_path: Path) -> None:
    source = docx.Document(io.BytesIO(reference()))
    source.sections[0].header.paragraphs[0].text = "suite"
    source.sections[0].footer.paragraphs[0].text = "suite"
    look = PdfLook.of(house(tmp_path, saved(source))).template_data()
    assert look["foot"] == ("Fondé en 1969",) and "suite" not in look["head"]


@pytest.mark.parametrize("name", ["Police.ttf", "POLICE.TTF", "Police.Otf"])
def test_a_font_file_is_one_in_any_letters(tmp_path: Path, name: str) -> None:
    (tmp_path / "lisez-moi.txt").touch()
    with pytest.raises(CannotExport):
        font_folders(HouseStyle(fonts=tmp_path))
    (tmp_path / name).touch()
    assert font_folders(HouseStyle(fonts=tmp_path)) == (tmp_path,)


def test_each_setting_is_kept_for_itself(tmp_path: Path) -> None:
    model, logo, fonts = (tmp_path / name for name in ("modele.docx", "logo.png", "fonts"))
    found = house_style_from(str(model), str(logo), str(fonts), "Garamond")
    assert found == HouseStyle(reference=model, logo=logo, fonts=fonts, font="Garamond")


def test_bullets_and_numbers_are_in_the_font_of_the_settings(tmp_path: Path) -> None:
    document = docx.Document()
    Numbering(document)
    recolour(document, WordLook.of(house(tmp_path, reference())))
    fonts = document.part.numbering_part.element.iter(qn("w:rFonts"))
    assert {font.get(qn("w:ascii")) for font in fonts} == {OTHER_FONT}


@pytest.mark.parametrize("without", ["w:lang", "w:rPrDefault", "w:docDefaults"])
def test_a_reference_without_a_language_gets_a_place_for_one(without: str) -> None:
    source, made = docx.Document(io.BytesIO(reference())), docx.Document()
    for node in list(source.styles.element.iter(qn(without))):
        node.getparent().remove(node)
    take_styles(made, read_reference(saved(source)))
    assert len(list(made.styles.element.find(qn("w:docDefaults")).iter(qn("w:lang")))) == 1


def test_each_warning_of_the_look_is_told(tmp_path: Path) -> None:
    style = house(tmp_path, reference(hostile=True))
    look = PdfLook.of(HouseStyle(reference=style.reference, font="Garamond Imaginaire"))
    assert [name in said for name, said in zip(("modele.docx", "Garamond"), look.warnings, strict=True)] == [True] * 2
    assert PdfLook.of(house(tmp_path, reference())).warnings == ()
