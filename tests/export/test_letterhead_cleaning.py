"""What comes with a letterhead: words, their look, tables and pictures; no numbering, moved words or page numbers."""

from __future__ import annotations

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from tui.export.letterhead_cleaning import clean_banner

SPACES = nsdecls("w", "r", "a", "wp", "pic")


def cleaned(inner: str, *pictures: str) -> BaseOxmlElement:
    """A header that holds this, cleaned; `pictures` are ids of pictures that it may show."""
    return clean_banner(parse_xml(f"<w:hdr {SPACES}>{inner}</w:hdr>"), frozenset(pictures))


def words(banner: BaseOxmlElement) -> list[str]:
    """The texts of its paragraphs."""
    return ["".join(node.text or "" for node in line.iter(qn("w:t"))) for line in banner.iter(qn("w:p"))]


def line(*runs: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{''.join(runs)}</w:p>"


def said(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, shown: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    told = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return mark.format("begin") + told + mark.format("separate") + said(shown) + mark.format("end")


def drawing(*ids: str, shape: str = "") -> str:
    blips = "".join(f'<pic:blipFill><a:blip r:embed="{found}"/></pic:blipFill>' for found in ids)
    graphic = f"<a:graphic><a:graphicData><pic:pic>{blips}</pic:pic></a:graphicData></a:graphic>{shape}"
    return f'<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/>{graphic}</wp:inline></w:drawing></w:r>'


@pytest.mark.parametrize(
    ("look", "stays"),
    [
        ('<w:jc w:val="center"/>', True), ('<w:spacing w:after="0"/>', True), ("<w:numPr/>", False),
        ("<w:framePr/>", False), ("<w:sectPr/>", False), ("<w:pPrChange/>", False),
    ],
)  # fmt: skip
def test_the_look_stays_without_numbering_frames_and_changes(look: str, stays: bool) -> None:
    (properties,) = cleaned(line(said("Ruche"), look=look)).iter(qn("w:pPr"))
    assert (len(properties) == 1) is stays


@pytest.mark.parametrize(
    ("wrapper", "stays"),
    [("w:ins", True), ("w:moveTo", True), ("w:hyperlink", True), ("w:moveFrom", False), ("w:del", False)],
)
def test_words_that_were_taken_out_or_moved_away_do_not_come_back(wrapper: str, stays: bool) -> None:
    assert words(cleaned(line(f"<{wrapper}>{said('Ruche')}</{wrapper}>"))) == ["Ruche" if stays else ""]


@pytest.mark.parametrize(
    ("runs", "left"),
    [
        ((said("Page "), field("PAGE", "2"), said(" de "), field("NUMPAGES", "5")), []),
        ((said("info@a.example · page "), field("PAGE", "2")), ["info@a.example"]),
        ((field("PAGE", "2"), said(" · info@a.example")), ["info@a.example"]),
        ((said("Fait le "), field("DATE", "3 mai")), ["Fait le 3 mai"]),
        ((said("Page d'accueil"),), ["Page d'accueil"]),
    ],
)
def test_page_numbers_go_with_their_words_and_nothing_else_does(runs: tuple[str, ...], left: list[str]) -> None:
    assert words(cleaned(line(*runs))) == left


def test_a_picture_beside_a_page_number_stays() -> None:
    banner = cleaned(line(drawing("rId1"), said("page "), field("PAGE", "2")), "rId1")
    assert [blip.get(qn("r:embed")) for blip in banner.iter(qn("a:blip"))] == ["rId1"]


@pytest.mark.parametrize(
    ("drawn", "stays"),
    [
        (drawing("rId1"), True), (drawing("rId1", "rId2"), True), (drawing("rId1", "rId9"), False), (drawing(), False),
        (drawing("rId1", shape='<wps:wsp xmlns:wps="urn:shape"/>'), False),
    ],
)  # fmt: skip
def test_a_drawing_stays_only_where_all_its_pictures_may_be_shown(drawn: str, stays: bool) -> None:
    assert bool(list(cleaned(line(drawn), "rId1", "rId2").iter(qn("w:drawing")))) is stays
