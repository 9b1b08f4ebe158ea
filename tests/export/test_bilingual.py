"""One document in two languages: both texts whole, each in its own language for whoever reads or speaks it."""

from __future__ import annotations

import io
from html.parser import HTMLParser

import docx
import pytest
from docx.oxml.ns import qn

from tests.export.agreements import english, french, hostile
from tests.export.pdf_reading import pages_of
from tui.agreement.bilingual import joined_texts
from tui.agreement.blocks import Agreement, from_json, to_json
from tui.export.formats import FORMATS, render
from tui.guide.guide_loading import load_guide


def bilingual() -> Agreement:
    """Return the French agreement followed by the English one."""
    return joined_texts(load_guide(), french(), english(draft=True))


def text_of(name: str) -> str:
    """Return the words of the document in a format that is text."""
    return render(bilingual(), name).data.decode()


@pytest.mark.parametrize("name", ["text", "html"])
def test_both_texts_are_whole_and_in_their_order(name: str) -> None:
    found = text_of(name)
    heads = [f"{one.number}. {one.heading}" for part in (french(), english()) for one in part.sections]
    places = [found.replace("&#x27;", "'").find(head) for head in heads]
    assert min(places) > 0 and places == sorted(places)
    assert found.index("le texte anglais suit") < found.index("the French text comes first")


@pytest.mark.slow
def test_the_heading_of_the_signatures_of_the_first_half_never_stands_alone_on_a_page() -> None:
    listed = docx.Document(io.BytesIO(render(bilingual(), "docx").data)).element.body.xpath("w:p | w:tbl")
    name = french().sections[-1].heading
    at = next(at for at, block in enumerate(listed) if "".join(block.itertext()).endswith(f". {name}"))
    assert all(block.xpath("self::w:p[w:pPr/w:keepNext] | w:tr[last()]//w:keepNext") for block in listed[at - 3 : at])


def test_markdown_parts_are_apart() -> None:
    first, second = text_of("md").split("\n---\n\n")
    assert "# " + french().title in first and "# " + english().title in second


class Ids(HTMLParser):
    """Gathers ids, languages and links within the page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.langs: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.ids += [str(held["id"])] if "id" in held else []
        self.langs += [str(held["lang"])] if tag == "article" else []
        self.links += [str(held["href"])] if str(held.get("href", "")).startswith("#") else []


def test_html_says_each_language_and_no_id_twice() -> None:
    page = Ids()
    page.feed(text_of("html"))
    assert page.langs == ["fr-CA", "en-CA"]
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= set(page.ids) and len(page.links) == 2


@pytest.mark.slow
def test_word_file_begins_the_second_language_on_a_page_of_its_own() -> None:
    document = docx.Document(io.BytesIO(render(bilingual(), "docx").data))
    first, second = document.sections
    assert first.header.paragraphs[0].text.startswith(french().title)
    assert second.header.paragraphs[0].text.startswith(english().title)
    assert "DRAFT" in second.first_page_header.paragraphs[0].text
    body = document.element.body
    cut = next(at for at, one in enumerate(body) if one.find(f".//{qn('w:sectPr')}") is not None)
    said = [{lang.get(qn("w:val")) for lang in one.iter(qn("w:lang"))} for one in body]
    assert set().union(*said[: cut + 1]) == set() and set().union(*said[cut + 1 :]) == {"en-CA"}
    runs = [run for one in list(body)[cut + 1 :] for run in one.iter(qn("w:r"))]
    assert runs and all(run.find(f"{qn('w:rPr')}/{qn('w:lang')}") is not None for run in runs)


@pytest.mark.slow
def test_pdf_pages_carry_the_words_of_their_language() -> None:
    pages = pages_of(render(bilingual(), "pdf").data)
    turn = next(at for at, page in enumerate(pages) if "Page" in page and " of " in page.splitlines()[-1])
    assert 0 < turn < len(pages)
    assert all("ÉBAUCHE" in page for page in pages[:turn]) and all("DRAFT" in page for page in pages[turn:])
    assert f"Page {turn + 1} of {len(pages)}" in pages[turn]


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS, ids=lambda one: one.id)
def test_hostile_texts_do_not_break_the_second_part(format: object) -> None:
    agreement = joined_texts(load_guide(), hostile("en"), hostile("fr"))
    assert render(agreement, format) == render(agreement, format)  # type: ignore[arg-type]


def test_it_is_kept_as_it_is() -> None:
    assert from_json(to_json(bilingual())) == bilingual()
