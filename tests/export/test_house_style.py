"""The look of one's own house: Word and PDF take it, alike; nothing else of the reference comes with it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from tests.export import pdf_reading
from tests.export.agreements import french
from tests.export.house import ACCENT, FONT, LINE, SECRET, png, reference
from tui.export import house_pdf
from tui.export.formats import CannotExport, render
from tui.export.house_style import HouseStyle, house_style_from, set_house_style
from tui.export.picture_file import read_picture
from tui.export.reference_file import read_reference
from tui.export.word_parts import add_field, element
from tui.text.outside_paths import WrongPath

pytestmark = pytest.mark.sampled


@pytest.fixture(autouse=True)
def _no_house() -> Iterator[None]:
    """Every test leaves the program with its own look."""
    yield
    set_house_style(HouseStyle())


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with a reference file and a logo; the reference is in use."""
    (tmp_path / "modele.docx").write_bytes(reference())
    (tmp_path / "logo.png").write_bytes(png())
    set_house_style(HouseStyle(reference=tmp_path / "modele.docx"))
    return tmp_path


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_word_file_takes_styles_paper_and_letterhead(house: Path) -> None:
    data = render(french(), "docx").data
    document = docx.Document(io.BytesIO(data))
    assert document.styles["Normal"].font.name == FONT
    heading = next(one for one in document.paragraphs if one.style is not None and one.style.name == "Heading 1")
    assert heading.style is not None and str(heading.style.font.color.rgb) == ACCENT
    sheet = document.sections[0]
    assert (round((sheet.page_width or 0) / 360000), round((sheet.left_margin or 0) / 360000)) == (20, 3)
    header = sheet.first_page_header
    assert LINE in [one.text for one in header.paragraphs]
    assert header._element.xpath(".//a:blip") and png() in parts(data).values()
    assert "Fondé en 1969" in [one.text for one in sheet.first_page_footer.paragraphs]
    assert b"1F4E79" not in parts(data)["word/document.xml"] and ACCENT.encode() in parts(data)["word/document.xml"]


def test_what_every_page_says_stays_beside_the_letterhead(house: Path) -> None:
    """Draft, title, date and « page 2 sur 5 » are the document's, whatever the house prints around it."""
    document = docx.Document(io.BytesIO(render(french(), "docx").data))
    sheet = document.sections[0]
    assert "ÉBAUCHE" in sheet.first_page_header.paragraphs[-1].text
    assert french().title[:20] in sheet.header.paragraphs[-1].text and "ÉBAUCHE" in sheet.header.paragraphs[-1].text
    for footer in (sheet.first_page_footer, sheet.footer):
        fields = [one.text or "" for one in footer._element.iter() if str(one.tag).endswith("}instrText")]
        assert [field.strip() for field in fields] == ["PAGE", "NUMPAGES"]


def test_the_pdf_takes_the_same_colour_paper_font_and_letterhead(house: Path) -> None:
    data = render(french(), "pdf").data
    first = pdf_reading.pages_of(data)[0]
    assert LINE in first and "Fondé en 1969" in first
    page = PdfReader(io.BytesIO(data)).pages[0]
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (567, 794)  # 20 by 28 cm
    assert len(page.images) == 1
    fonts = {str(font["/BaseFont"]) for one in PdfReader(io.BytesIO(data)).pages for font in fonts_of(one)}
    assert any("DejaVuSansMono" in name for name in fonts)
    assert "Figure" in pdf_reading.tags_of(data)  # a letterhead's picture is told to who cannot see it


def fonts_of(page: PageObject) -> list[DictionaryObject]:
    """The fonts that a page names."""
    held = cast("DictionaryObject", page["/Resources"])["/Font"].get_object()
    return [one.get_object() for one in cast("DictionaryObject", held).values()]


def test_without_a_house_word_and_pdf_are_set_in_letters_of_one_width() -> None:
    """Our letters are as wide as Word's Calibri: both files break their lines at the same words."""
    document = docx.Document(io.BytesIO(render(french(), "docx").data))
    assert document.styles["Normal"].font.name == "Calibri"
    data = render(french(), "pdf").data
    fonts = {str(font["/BaseFont"]) for one in PdfReader(io.BytesIO(data)).pages for font in fonts_of(one)}
    assert any("EntenteSans" in name for name in fonts) and not any("Libertinus" in name for name in fonts)


@pytest.mark.slow
def test_nothing_that_runs_or_leads_away_comes_with_a_reference(tmp_path: Path) -> None:
    (tmp_path / "arme.docx").write_bytes(reference(hostile=True))
    set_house_style(HouseStyle(reference=tmp_path / "arme.docx"))
    held = parts(render(french(), "docx").data)
    whole = b"\0".join((*held.values(), *(name.encode() for name in held)))
    for word in (SECRET, SECRET.lower(), "DDEAUTO", "vbaProject", "attachedTemplate", "w:object", "w:control", "w:sdt"):
        assert word.encode() not in whole, word
    header = next(data.decode() for name, data in held.items() if "header" in name and "Notre site" in data.decode())
    assert "résultat" in header and "et plus" in header  # the words stay
    assert not re.search(r'TargetMode="External"', "".join(d.decode() for n, d in held.items() if "header" in n))
    assert SECRET not in pdf_reading.text_of(render(french(), "pdf").data)


@pytest.mark.slow
def test_a_reference_with_french_names_or_no_styles_and_wide_paper_is_taken(tmp_path: Path) -> None:
    source = docx.Document(io.BytesIO(reference()))
    source.sections[0].page_width, source.sections[0].page_height = Cm(28), Cm(20)
    source.styles["Heading 1"].element.find(qn("w:name")).set(qn("w:val"), "Titre 1")
    for at, emptied in enumerate((False, True)):
        if emptied:
            for style in source.styles.element.findall(qn("w:style")):
                source.styles.element.remove(style)
        source.save(str(tmp_path / f"modele-{at}.docx"))
        set_house_style(HouseStyle(reference=tmp_path / f"modele-{at}.docx"))
        made = docx.Document(io.BytesIO(render(french(), "docx").data))
        assert made.sections[0].orientation == WD_ORIENT.LANDSCAPE
        heads = [one for one in made.paragraphs if one.style is not None and one.style.name == "Heading 1"]
        assert len(heads) == len(french().sections) and all(one.style is not None for one in made.paragraphs)
        if not emptied:
            assert heads[0].style is not None and str(heads[0].style.font.color.rgb) == ACCENT


@pytest.mark.slow
@pytest.mark.parametrize("swapped", [b"\x01\x00\x00\x00 EMF", b"\xd7\xcd\xc6\x9a WMF", b"RIFF\x00\x00\x00\x00WEBP"])
def test_a_picture_of_the_letterhead_that_cannot_be_taken_is_told_in_one_sentence(house: Path, swapped: bytes) -> None:
    assert not render(french(), "docx").warnings
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts(reference()).items():
            archive.writestr(name, swapped if name.startswith("word/media/") else data)
    (house / "modele.docx").write_bytes(made.getvalue())
    for form in ("docx", "pdf"):
        told = [said for said in render(french(), form).warnings if "modele.docx" in said]
        assert len(told) == 1 and "PNG" in told[0]


def test_equal_houses_give_equal_bytes(house: Path) -> None:
    for kind in ("docx", "pdf"):
        assert render(french(), kind).data == render(french(), kind).data


def test_a_logo_alone_stands_at_the_head_of_both(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    set_house_style(HouseStyle(logo=tmp_path / "logo.png"))
    document = docx.Document(io.BytesIO(render(french(), "docx").data))
    assert document.sections[0].first_page_header._element.xpath(".//a:blip")
    assert not document.sections[0].header._element.xpath(".//a:blip")
    pages = PdfReader(io.BytesIO(render(french(), "pdf").data)).pages
    assert [len(page.images) for page in pages] == [1] + [0] * (len(pages) - 1)


def test_the_logo_is_not_set_a_second_time_beside_a_letterhead(house: Path) -> None:
    set_house_style(HouseStyle(reference=house / "modele.docx", logo=house / "logo.png"))
    document = docx.Document(io.BytesIO(render(french(), "docx").data))
    assert len(document.sections[0].first_page_header._element.xpath(".//a:blip")) == 1
    assert len(PdfReader(io.BytesIO(render(french(), "pdf").data)).pages[0].images) == 1


def test_styles_named_as_other_programs_do_are_the_same_styles_in_both_files(tmp_path: Path) -> None:
    """LibreOffice writes « Heading 1 », Google Docs « normal », each with the page number inside a line of its own."""
    source = docx.Document(io.BytesIO(reference(picture=False)))
    for name, other in (("Heading 1", "Heading 1"), ("Normal", "normal"), ("Title", "TITLE")):
        source.styles[name].element.find(qn("w:name")).set(qn("w:val"), other)
    source.styles.element.xpath("w:style[w:name/@w:val='TITLE']/w:pPr")[0].append(element("w:jc", val="center"))
    source.styles.element.xpath("w:style[w:name/@w:val='normal']/w:rPr")[0].append(element("w:sz", val=28))
    foot = source.sections[0].first_page_footer.paragraphs[0]
    foot.text = "Page "
    add_field(foot, "PAGE")
    foot.add_run(" sur ")
    add_field(foot, "NUMPAGES")
    foot.add_run(" · info@exemple.ca")
    source.save(str(tmp_path / "modele.docx"))
    set_house_style(HouseStyle(reference=tmp_path / "modele.docx"))
    made = docx.Document(io.BytesIO(render(french(), "docx").data))
    names = [str(one.get(qn("w:val"))).casefold() for one in made.styles.element.iter(qn("w:name"))]
    assert len(names) == len(set(names)), "each style once"
    assert str(made.styles["Heading 1"].font.color.rgb) == ACCENT and made.styles["Normal"].font.name == FONT
    assert made.sections[0].first_page_footer.paragraphs[0].text == "info@exemple.ca"
    look = house_pdf.PdfLook.of(HouseStyle(reference=tmp_path / "modele.docx")).template_data()
    assert (look["points"], look["title_align"], look["foot"]) == (14, "center", ("info@exemple.ca",))


def jpeg(*parts: bytes) -> bytes:
    """The head of a JPEG, 300 by 10, with `parts` in it; no decoder asks for more to read its size (ITU-T T.81)."""
    frame = bytes.fromhex("ffc0000b08000a012c01011100")
    return b"\xff\xd8" + b"".join(parts) + frame + bytes.fromhex("ffda0008010100003f00") + b"\x00\xff\xd9"


def test_a_logo_is_no_wider_than_the_text_and_tells_nothing_of_where_it_was_taken() -> None:
    where = b"Exif\0\0" + b"48.4N 68.5W"
    for data in (
        jpeg(b"\xff\xe1" + (len(where) + 2).to_bytes(2) + where),
        jpeg(bytes.fromhex("ffee000e") + b"Adobe\0\x64\0\0\0\0\x02"),  # as Photoshop writes CMYK
        png(300, 10),
    ):
        found = read_picture(data, 648_000, 5_832_000)
        assert found is not None and found.width == 5_832_000 and found.height == 194_400
        assert b"48.4N" not in found.data
    broken = bytearray(png(300, 10))
    broken[60] ^= 0xFF
    assert read_picture(bytes(broken), 648_000) is None, "no file holds a picture that nothing can draw"
    assert read_picture(jpeg()[:12], 648_000) is None


@pytest.mark.parametrize(
    ("colour", "shade", "accent"),
    [("FFFFFF", "004488", "004488"), ("FFFFFF", "", "1D2430"), ("000000", "", "1D2430"), ("7A1F3D", "", "7A1F3D")],
)
def test_what_follows_the_colour_of_headings_can_be_read(colour: str, shade: str, accent: str) -> None:
    source = docx.Document(io.BytesIO(reference()))
    style = source.styles["Heading 1"]
    style.font.color.rgb = RGBColor.from_string(colour)
    if shade:
        style.element.pPr.append(element("w:shd", val="clear", fill=shade))
    held = io.BytesIO()
    source.save(held)
    assert read_reference(held.getvalue()).accent == accent


def halved(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("modele.docx", b""),
        ("modele.docx", b"Ceci n'est pas un fichier Word."),
        ("modele.docx", halved(reference())),
        ("modele.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600),
        ("modele.docx", None),
        ("logo.png", halved(png())),
        ("logo.png", b"<svg/>"),
        ("logo.png", png()[:30] + b"IEND\xaeB\x60\x82"),
    ],
    ids=["empty", "text", "half", "locked", "gone", "half_logo", "drawing", "hollow_logo"],
)
def test_what_is_damaged_is_refused_in_one_sentence(tmp_path: Path, name: str, data: bytes | None, kind: str) -> None:
    file = tmp_path / name
    if data is not None:
        file.write_bytes(data)
    setting = "logo" if name == "logo.png" else "reference"
    set_house_style(HouseStyle(logo=file) if setting == "logo" else HouseStyle(reference=file))
    with pytest.raises(CannotExport) as refused:
        render(french(), kind)
    said = str(refused.value).replace("\u00a0", " ")
    assert str(file) in said and re.search(f"[«“] ?{setting} ?[»”]", said) and "\n" not in said


@pytest.mark.slow
def test_a_font_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    set_house_style(HouseStyle(font="Garamond Imaginaire"))
    told = render(french(), "pdf").warnings
    assert any("Garamond Imaginaire" in one and "fonts" in one for one in told)
    document = docx.Document(io.BytesIO(render(french(), "docx").data))
    assert document.styles["Normal"].font.name == "Garamond Imaginaire"  # a reader's machine may have it


def test_fonts_of_a_folder_are_taken(tmp_path: Path) -> None:
    own = Path(house_pdf.__file__).parent / "fonts" / "NotoSansCanadianAboriginal-Regular.ttf"
    (tmp_path / "autre.ttf").write_bytes(own.read_bytes())
    set_house_style(HouseStyle(fonts=tmp_path, font="Noto Sans CanAborig"))
    assert not render(french(), "pdf").warnings
    set_house_style(HouseStyle(fonts=tmp_path / "vide", font="Noto Sans CanAborig"))
    with pytest.raises(CannotExport, match="fonts"):
        render(french(), "pdf")


@pytest.mark.parametrize("setting", ["reference", "logo", "fonts"])
def test_a_setting_that_is_no_whole_path_is_refused(setting: str) -> None:
    given = {"reference": "", "logo": "", "fonts": "", "font": ""} | {setting: "modele.docx"}
    with pytest.raises(WrongPath, match=setting):
        house_style_from(**given)
