"""The Word file: opened again with python-docx and as XML, it holds what a reader of Word needs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section as Sheet
from docx.text.paragraph import Paragraph

from tests.export.agreements import CREE, LONG, empty, english, french, hostile
from tests.export.reading import agreement_texts, squeeze
from tui.agreement.blocks import Agreement, Signatory, Signature, Subheading
from tui.export.formats import render
from tui.export.legible_text import make_legible
from tui.export.page_layout import with_keep_flags

_MAKERS: dict[str, Callable[[], Agreement]] = {"fr": french, "en": english, "hostile": hostile, "empty": empty}
ALL = pytest.mark.parametrize("name", _MAKERS)


@cache
def written(name: str) -> bytes:
    """Return the bytes of one of the agreements."""
    return render(_MAKERS[name](), "docx").data


def opened(name: str) -> Document:
    """Return the document as python-docx opens it."""
    return docx.Document(io.BytesIO(written(name)))


def part(name: str, path: str) -> str:
    """Return the XML of a part of the file."""
    with zipfile.ZipFile(io.BytesIO(written(name))) as package:
        return package.read(path).decode()


def size(sheet: Sheet, name: str) -> int:
    """Return a measure of the page in English Metric Units (36,000 a millimetre)."""
    return int(getattr(sheet, name))


def style_name(paragraph: Paragraph) -> str:
    """Return the name of a paragraph's style."""
    return str(paragraph.style.name) if paragraph.style is not None else ""


def body_text(document: Document) -> str:
    """Return all words of the body; a hard break reads as a space."""
    nodes = document.element.body.iter(qn("w:t"), qn("w:br"))
    return squeeze("".join(" " if node.tag == qn("w:br") else node.text or "" for node in nodes))


@pytest.mark.slow
@ALL
def test_every_word_is_in_the_body(name: str) -> None:
    clean: Agreement = make_legible(_MAKERS[name]())[0]
    text = body_text(opened(name)).replace(" ", "")
    assert [one for one in agreement_texts(clean) if one.replace(" ", "") not in text] == []
    assert (clean.title or clean.kind).replace(" ", "") in text


def test_headings_have_real_styles_and_numbers() -> None:
    document = opened("fr")
    found = [(style_name(p), p.text) for p in document.paragraphs if style_name(p).startswith(("Title", "Heading"))]
    assert found[0] == ("Title", "Mieux-être et relève dans la Vallée")
    assert ("Heading 1", "3. Vision et buts communs") in found
    assert ("Heading 2", "Coopérative de l’Étoile du Nord") in found
    assert len([one for one in found if one[0] == "Heading 1"]) == len(french().sections)


def test_list_numbering_is_native_and_restarts() -> None:
    document = opened("fr")
    kept: dict[str, tuple[int, int]] = {}
    for paragraph in document.paragraphs:
        for numbering in paragraph._p.xpath("./w:pPr/w:numPr"):
            kept[paragraph.text] = (numbering.numId.val, numbering.ilvl.val)
    assert kept["première étape"][0] == kept["deuxième étape"][0] != kept["bilan"][0]
    assert kept["mensuel la première année"][1] == 2
    starts = document.part.numbering_part.element.xpath(
        f'./w:num[@w:numId="{kept["bilan"][0]}"]/w:lvlOverride/w:startOverride/@w:val'
    )
    assert starts == ["1"] * 9


def test_tables_repeat_their_heads_and_fit_the_page() -> None:
    document = opened("fr")
    sheet = document.sections[0]
    room = (size(sheet, "page_width") - size(sheet, "left_margin") - size(sheet, "right_margin")) // 635
    for table in document.tables:
        columns = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid.gridCol_lst]
        assert abs(room - sum(columns)) < 10  # half a point
    heads = [table for table in document.tables if table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")]
    assert [table.rows[0].cells[0].text for table in heads] == ["Organisme", "Période"]
    assert heads[0]._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Les partenaires et leur rôle"


def test_lines_to_sign_on_stay_together() -> None:
    signatures = [table for table in opened("fr").tables if not table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader")]
    assert len(signatures) == 6
    for at, table in enumerate(signatures):
        *rows, last = table.rows
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
        assert all(p.paragraph_format.keep_with_next for row in rows for cell in row.cells for p in cell.paragraphs)
        held = [bool(p.paragraph_format.keep_with_next) for cell in last.cells for p in cell.paragraphs]
        # The co-operative's second signatory stays with its first, and the last partner does not sign alone on a page.
        assert held == [at in (1, 4)] * 5


def test_few_sign_on_one_page() -> None:
    kept = dict(with_keep_flags([Subheading(()), *(Signature(name, (Signatory(), Signatory())) for name in "AB")]))
    assert list(kept.values()) == [False, True, False]
    many = [Signature(name, (Signatory(),)) for name in "ABCDEF"]
    assert [keep for _block, keep in with_keep_flags(many)] == [False, False, False, False, True, False]
    apart = [replace(signature, page=True) for signature in many[:3]]
    assert not any(keep for _block, keep in with_keep_flags(apart))


def test_a_lead_stays_with_its_list() -> None:
    leads = [p for p in opened("fr").paragraphs if p.text.startswith("s’engage à")]
    assert len(leads) == 3 and all(p.paragraph_format.keep_with_next for p in leads)


def test_header_and_footer() -> None:
    sheet = opened("fr").sections[0]
    assert (
        sheet.header.paragraphs[0].text
        == "Mieux-être et relève dans la Vallée · Ébauche 3 · 22\u00a0novembre\u00a02026\tÉBAUCHE"
    )
    assert sheet.first_page_header.paragraphs[0].text.strip() == "ÉBAUCHE"
    for footer in (sheet.footer, sheet.first_page_footer):
        assert footer.paragraphs[0].text == "Page 1 de 1"
        assert [node.text.strip() for node in footer._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    adopted = opened("en").sections[0]
    assert (
        adopted.header.paragraphs[0].text
        == "Well-being and Renewal in the Valley · Adopted · November\u00a022,\u00a02026"
    )
    assert adopted.footer.paragraphs[0].text == "Page 1 of 1"


@pytest.mark.parametrize(("name", "lang"), [("fr", "fr-CA"), ("en", "en-CA")])
def test_the_language_is_said(name: str, lang: str) -> None:
    styles = part(name, "word/styles.xml")
    assert re.findall(r'<w:lang w:val="([^"]*)"', styles) == [lang]
    assert opened(name).core_properties.language == lang


@ALL
def test_properties_name_the_document_and_nobody(name: str) -> None:
    core = part(name, "docProps/core.xml")
    tags = set(re.findall(r"<(?:\w+:)?(\w+)[ >/]", core)) - {"coreProperties"}
    assert tags == {"title", "subject", "language", "created", "modified"}
    properties = opened(name).core_properties
    expected = datetime(2026, 11, 22) if _MAKERS[name]().iso_date else datetime(1980, 1, 1)
    assert properties.created.replace(tzinfo=None) == properties.modified.replace(tzinfo=None) == expected
    app = part(name, "docProps/app.xml")
    assert re.search(r"<(Company|Manager)>", app) is None


@ALL
def test_the_zip_has_no_clock_and_no_leftovers(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(written(name))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = package.namelist()
        assert package.testzip() is None
    assert names[0] == "[Content_Types].xml"
    assert not [one for one in names if "thumbnail" in one or "customXml" in one or "comments" in one]


def test_hostile_words_stay_words() -> None:
    document = opened("hostile")
    text = body_text(document)
    assert "<script>alert('xss')</script>" in text and CREE in text and LONG in text
    links = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert links == ['https://exemple.test/?a="<>&b=\\']
    rendered = render(hostile(), "docx")
    assert len(rendered.warnings) == 1


def test_holes_are_marked() -> None:
    xml = part("fr", "word/document.xml")
    assert xml.count('w:fill="FFF1C2"') == 2 and "[à préciser]" in xml


def test_the_page_follows_the_region() -> None:
    european = docx.Document(io.BytesIO(render(replace(english(), region="fr-FR"), "docx").data)).sections[0]
    assert (size(european, "page_width") // 36000, size(european, "page_height") // 36000) == (210, 297)
    assert size(opened("fr").sections[0], "page_height") // 36000 == 279
