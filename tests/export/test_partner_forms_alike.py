"""The mail, the page and the Word file of a form: the same headings, what was noted said once, the code at its end."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import groupby

import docx
import pytest
from docx.oxml.ns import qn

from tests.agreement.forms import form_of
from tests.partnership.told import Told
from tui.agreement.partner_form import FormChoice, FormQuestion, PartnerForm
from tui.export.partner_form_page import form_page
from tui.export.partner_form_text import form_text, plain_line
from tui.export.partner_form_word import form_word_file

ABOVE = "Le Centre s'engage à"


def form() -> PartnerForm:
    """A form with a fact that is noted, sentences under one heading with one of no heading between, and one box."""
    told = Told("La Boussole", "Le Phare", status="committed")
    told.say("gather.vision", {"vision": "Un lieu ouvert.", "goal": "Ouvrir le soir."})
    told.say("extra.context", {"background": "Un hiver sans lieu.", "population": "Les jeunes."})
    made = form_of(told.partnership, told.ids["La Boussole"])
    above = (ABOVE, ABOVE, "", ABOVE)
    under = tuple(replace(item, above=head) for item, head in zip(made.sentences[:4], above, strict=True))
    return replace(
        made, questions=(*made.questions[:1], FormQuestion(2, "Le texte", under), made.questions[-1]), sentences=()
    )


FORM = form()


def text_lines() -> Iterator[str]:
    yield from form_text(FORM).splitlines()


def page_lines() -> Iterator[str]:
    page = form_page(FORM).data.decode().partition("<main>")[2].partition('<button type="button"')[0]
    yield from (unescape(words).strip() for words in re.split(r"<[^>]+>", page))


def word_lines() -> Iterator[str]:
    body = docx.Document(io.BytesIO(form_word_file(FORM).data)).element.body
    for paragraph in body.iter(qn("w:p")):
        yield "".join(node.text or "" for node in paragraph.iter(qn("w:t"))).strip()


@pytest.mark.parametrize("lines", [text_lines, page_lines, word_lines])
def test_each_run_of_items_has_its_heading_once(lines: type[Iterator[str]]) -> None:
    found = [plain_line(line).strip("= ") for line in lines()]
    runs = [above for question in FORM.questions for above, _items in groupby(item.above for item in question.items)]
    assert [line for line in found if line == ABOVE] == [above for above in runs if above] == [ABOVE] * 2


@pytest.mark.parametrize("lines", [text_lines, page_lines, word_lines])
def test_what_is_noted_is_said_of_a_fact_and_not_of_a_sentence_a_second_time(lines: type[Iterator[str]]) -> None:
    noted = {item.id: plain_line(FORM.phrase("noted", known=item.known)) for item in FORM.items if item.known}
    said = {item.id for item in FORM.items if item.known and item.label}
    found = {plain_line(line) for line in lines()}
    assert said and {item_id for item_id, words in noted.items() if words in found} == said


@pytest.mark.parametrize(
    ("lines", "how"), [(text_lines, "how_mail"), (page_lines, "how_page"), (word_lines, "how_word")]
)
def test_each_says_how_it_is_answered(lines: type[Iterator[str]], how: str) -> None:
    found = [plain_line(line) for line in lines()]
    ways = {way for way in ("how_mail", "how_page", "how_word") if plain_line(FORM.phrase(way)) in found}
    assert ways == {how}


def test_the_mail_has_its_code_at_both_ends() -> None:
    lines = form_text(FORM).splitlines()
    code = plain_line(FORM.phrase("code", code=FORM.code.text))
    assert lines[-1] == code and lines.count(code) == 2


@pytest.mark.parametrize(("boxes", "kinds"), [(0, []), (1, ["checkbox"]), (2, ["radio"] * 3), (3, ["radio"] * 4)])
def test_of_several_boxes_on_the_page_one_is_marked_and_taken_back(boxes: int, kinds: list[str]) -> None:
    item = replace(FORM.items[0], choices=tuple(FormChoice(f"c{at}", f"choix {at}") for at in range(boxes)))
    page = form_page(replace(FORM, questions=(FormQuestion(1, "Une", (item,)),))).data.decode()
    assert re.findall(r'type="(radio|checkbox)"', page) == kinds


def test_what_comes_back_names_each_item_by_its_words() -> None:
    labels = re.findall(r'data-label="([^"]*)"', form_page(FORM).data.decode())
    assert [unescape(label) for label in labels] == [plain_line(item.label or item.known) for item in FORM.items]


def test_the_bookmark_of_a_box_in_word_holds_all_its_lines() -> None:
    body = docx.Document(io.BytesIO(form_word_file(FORM).data)).element.body
    for cell in body.iter(qn("w:tc")):
        starts = list(cell.iter(qn("w:bookmarkStart")))
        ends = list(cell.iter(qn("w:bookmarkEnd")))
        if starts:
            paragraphs = list(cell.iter(qn("w:p")))
            assert starts[0].getparent() is paragraphs[0] and ends[0].getparent() is paragraphs[-1]
