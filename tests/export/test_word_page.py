"""Around the text of a Word file: headers and footers of each text, its properties; heads in bold, who is kept."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as Para

from tests.export.agreements import bullets, french, paragraph, table
from tui.agreement.blocks import Agreement, Block, Item, ListBlock, Origin, Run, Section, Signatory, Signature
from tui.export.formats import render


def small(*blocks: Block) -> Agreement:
    """A text of one section."""
    return replace(french(), title="Le soir", sections=(Section("vision", 1, "Vision", blocks),))


def opened(text: Agreement) -> Document:
    """The Word file of a text, read again."""
    return docx.Document(io.BytesIO(render(text, "docx").data))


def test_each_text_of_a_file_has_its_own_words_around_it() -> None:
    second = replace(small(), lang="en", region="en-CA", title="The evening", page_label=("Sheet", "out of"))
    first_section, second_section = opened(replace(small(), also=second)).sections
    for section, title, foot in (
        (first_section, "Le soir", "Page 1 de 1"),
        (second_section, "The", "Sheet 1 out of 1"),
    ):
        assert section.header.paragraphs[0].text.startswith(title)
        assert [part.paragraphs[0].text for part in (section.footer, section.first_page_footer)] == [foot] * 2


@pytest.mark.parametrize(("title", "kind"), [("Le soir", "Entente"), ("", "Entente"), ("t" * 300, "k" * 300)])
def test_the_properties_say_the_title_or_else_the_kind(title: str, kind: str) -> None:
    properties = opened(replace(small(), title=title, kind=kind)).core_properties
    assert (properties.title, properties.subject) == ((title or kind)[:255], kind[:255])


def bold(line: Para) -> list[bool]:
    return [bool(run.bold) for run in line.runs]


def test_the_head_of_a_table_is_bold_and_its_cells_as_they_were_typed() -> None:
    made = table("", ("Quoi", "Qui"), ("salle", "Ruche"))
    strong = replace(made, rows=(replace(made.rows[0], cells=((Run("salle", strong=True),), (Run("Ruche"),))),))
    (found,) = opened(small(strong)).tables
    assert [[bold(cell.paragraphs[0]) for cell in row.cells] for row in found.rows] == [[[True]] * 2, [[True], [False]]]


@pytest.mark.parametrize("depth", [1, 9, 12])
def test_lists_in_lists_stay_within_the_levels_of_word(depth: int) -> None:
    inner: ListBlock = bullets("fin")
    for _level in range(depth - 1):
        inner = bullets((paragraph("niveau"), inner))
    levels = [int(found.get(qn("w:val"))) for found in opened(small(inner)).element.body.iter(qn("w:ilvl"))]
    assert levels == [min(level, 8) for level in range(depth)]


@pytest.mark.parametrize(("count", "held"), [(1, []), (2, [True, False]), (3, [True, True, False]), (5, [True, True])])
def test_of_those_who_sign_for_one_partner_three_at_most_stay_on_a_page(count: int, held: list[bool]) -> None:
    block = Signature("Ruche", tuple(Signatory(f"Ida {at}") for at in range(count)))
    tables = opened(small(block)).tables
    last_lines = [found.rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next for found in tables]
    assert [bool(keep) for keep in last_lines] == (held + [False] * count)[:count]


@pytest.mark.parametrize(("place", "labels"), [("Signé à", ["Nom", "Signature"]), ("", ["Nom", "Signature", "Le"])])
def test_the_words_under_the_lines_to_sign_on(place: str, labels: list[str]) -> None:
    block = Signature("Ruche", (Signatory("Ida"),), name_label="Nom", date_label="Le", place_label=place)
    document = opened(small(block))
    assert [cell.text for cell in document.tables[0].rows[1].cells if cell.text] == labels
    lines = [found.text for found in document.paragraphs if place and found.text.startswith(place)]
    assert [line.count("_") for line in lines] == ([40] if place else [])


def test_a_line_of_a_list_is_named_by_its_item_where_it_names_no_field_itself() -> None:
    where = Origin("a" * 10, "text", "gather.objectives")

    def name(item: Item) -> str:
        (found,) = (line for line in opened(small(ListBlock((item,)))).paragraphs if line.text == "Ouvrir")
        return str(next(found._p.iter(qn("w:bookmarkStart"))).get(qn("w:name")))

    of_item = name(Item((paragraph("Ouvrir"),), where))
    of_line = name(Item((replace(paragraph("Ouvrir"), origin=where),)))
    assert of_item == of_line != name(Item((paragraph("Ouvrir"),)))
