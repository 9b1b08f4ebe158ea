"""What every format says alike of one small document: its mark, its partners, whose copy it is, who signs and how."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from html import unescape

import docx
import pytest
from docx.oxml.ns import qn

from tests.export.agreements import french, paragraph
from tui.agreement.blocks import Agreement, Run, Section, Signatory, Signature
from tui.export.formats import FORMATS, render
from tui.export.pdf_document import content

FORMS = tuple(format.id for format in FORMATS if format.id != "eml")  # a mail draft holds the text format
PARTNERS = ("Ruche du Nord", "Nid du Sud")
SIGNATURE = Signature(PARTNERS[0], (Signatory("", "directrice"),), "par le conseil", "accord", place_label="Signé à")
SMALL = replace(
    french(), title="Le soir", partners=PARTNERS, sections=(Section("vision", 1, "Vision", (paragraph("Un lieu."),)),)
)


def shown(form: str, text: Agreement) -> str:
    """The words that a file of that format shows; for the PDF those that its template gets."""
    if form == "pdf":
        return json.dumps(content(text), ensure_ascii=False)
    data = render(text, form).data
    if form == "docx":
        document = docx.Document(io.BytesIO(data))
        roots = (document.element.body, document.sections[0].first_page_header._element)
        return "\n".join(node.text or "" for root in roots for node in root.iter(qn("w:t")))
    if form == "html":
        return unescape(
            re.sub(r"<[^>]+>", "\n", re.sub(r"(?s)<style>.*?</style>|<title>.*?</title>", "", data.decode()))
        )
    return data.decode()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("draft", [True, False])
def test_only_a_draft_bears_its_mark(form: str, draft: bool) -> None:
    text = replace(SMALL, draft=draft, version="v", mark="à relire")
    assert ("à relire" in shown(form, text).casefold()) is draft


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("parties", [True, False])
def test_partners_are_listed_unless_the_clauses_name_them(form: str, parties: bool) -> None:
    said = shown(form, replace(SMALL, parties=parties))
    assert [name in said for name in PARTNERS] == [not parties] * 2
    assert form == "pdf" or ("Entre" in said) is not parties  # in a PDF the template leaves the line out


@pytest.mark.parametrize("form", FORMS)
def test_the_copy_of_one_partner_says_whose_it_is_beside_the_version(form: str) -> None:
    said = shown(form, replace(SMALL, copy="Exemplaire pour le Nid"))
    assert "Exemplaire pour le Nid" in said and "Ébauche 3" in said
    assert "Exemplaire" not in shown(form, SMALL)


@pytest.mark.parametrize("form", FORMS)
def test_a_signature_says_by_whose_authority_and_with_which_answer(form: str) -> None:
    said = shown(form, replace(SMALL, sections=(Section("signatures", 1, "Accord", (SIGNATURE,)),)))
    assert all(words in said for words in ("Ruche du Nord", "par le conseil", "accord", "directrice", "Signé à"))


@pytest.mark.parametrize("form", ["text", "md"])
def test_a_name_that_is_not_known_is_left_to_be_written_before_the_title(form: str) -> None:
    said = shown(form, replace(SMALL, sections=(Section("signatures", 1, "Accord", (SIGNATURE,)),)))
    assert re.search(r"_{20,}, directrice", said)


@pytest.mark.parametrize("form", ["docx", "html"])
@pytest.mark.parametrize("strong", [True, False])
def test_a_missing_answer_is_seen_among_bold_words_too(form: str, strong: bool) -> None:
    block = paragraph(Run("à préciser", hole=True, strong=strong))
    data = render(replace(SMALL, sections=(Section("lead", 1, "Pilotage", (block,)),)), form).data
    if form == "html":
        assert re.search(r'class="hole">(<strong>)?\[à.préciser\]', data.decode())
        return
    runs = docx.Document(io.BytesIO(data)).element.body.iter(qn("w:r"))
    (hole,) = [run for run in runs if "préciser" in "".join(node.text or "" for node in run.iter(qn("w:t")))]
    assert len(list(hole.iter(qn("w:shd")))) == 1


@pytest.mark.parametrize(
    ("href", "followed"),
    [
        ("https://a.example", True),
        ("mailto:ida@a.example", True),
        ("javascript:alert(1)", False),
        ("file:///etc", False),
    ],
)
def test_a_page_leads_only_to_pages_and_addresses(href: str, followed: bool) -> None:
    block = paragraph(Run("voir", href=href))
    page = render(replace(SMALL, sections=(Section("lead", 1, "Pilotage", (block,)),)), "html").data.decode()
    assert (f'<a href="{href}"' in page) is followed and ">voir<" in page
    assert href in page if followed else href not in page


def test_two_texts_on_a_page_have_ids_of_their_own_and_links_only_between_languages() -> None:
    english = replace(SMALL, lang="en", region="en-CA")
    for other, ids in ((english, ["fr", "en"]), (SMALL, ["fr1", "fr2"])):
        page = render(replace(SMALL, also=other), "html").data.decode()
        assert re.findall(r'<article id="(\w+)"', page) == ids
        assert ('href="#en"' in page) is (other is english)
        assert len(found := re.findall(r' id="([\w-]+)"', page)) == len(set(found))


def test_the_printed_pages_of_the_second_text_are_numbered_in_its_own_words() -> None:
    english = replace(SMALL, lang="en", region="en-CA", title="The evening", page_label=("Sheet", "out of"))
    style = render(replace(SMALL, also=english), "html").data.decode().partition("@page other")[2].splitlines()[0]
    assert '"Sheet "' in style and '" out of "' in style and "The evening" in style
