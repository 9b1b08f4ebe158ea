"""Large print: nothing on the page is small, no table is narrower than its words, and a room reads its page."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from tests.export.agreements import english, french
from tests.export.pdf_reading import pages_of
from tests.export.reading import agreement_texts
from tui.agreement.blocks import Agreement, Table
from tui.agreement.large_print import FOR_A_ROOM, LARGE_PRINT, SMALLEST, large_print
from tui.export.formats import file_stem, render

_TEXTS = {"fr": french, "en": english}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_in_the_word_file_is_small(lang: str) -> None:
    file = docx.Document(io.BytesIO(render(large_print(_TEXTS[lang]()), "docx").data))
    around = [part._element for one in file.sections for part in (one.header, one.footer, one.first_page_footer)]
    found = [
        int(size.get(qn("w:val")))
        for root in (file.element, file.styles.element, *around)
        for size in root.iter(qn("w:sz"))
    ]
    assert found and min(found) >= 2 * SMALLEST
    assert file.styles["Normal"].font.size.pt >= 18


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_word_is_there_and_no_table_has_more_than_two_columns(lang: str) -> None:
    text = _TEXTS[lang]()
    large = large_print(text)
    assert large.text_size == LARGE_PRINT
    tables = [block for section in large.sections for block in section.blocks if isinstance(block, Table)]
    assert all(len(table.head) <= 2 for table in tables)
    assert any(len(block.head) > 2 for one in text.sections for block in one.blocks if isinstance(block, Table))
    said = "".join("".join(pages_of(render(large, "pdf").data)).split())
    assert [one for one in agreement_texts(large) if "".join(one.split()) not in said] == []
    cells = ["".join(run.text for run in cell) for table in _wide(text) for row in table.rows for cell in row.cells]
    assert [cell for cell in cells if "".join(cell.split()) not in said and cell.strip(" —")] == []


def _wide(text: Agreement) -> list[Table]:
    blocks = (block for section in text.sections for block in section.blocks)
    return [block for block in blocks if isinstance(block, Table) and len(block.head) > 2]


def test_a_page_for_a_room_is_set_by_the_height_of_the_picture() -> None:
    page = render(large_print(french(), FOR_A_ROOM), "html").data.decode()
    found = re.search(r"html \{ font-size: max\((\d+)pt, ([\d.]+)vh\)", page)
    assert found is not None and int(found[1]) >= 20 and float(found[2]) >= 4
    assert "vh)" not in render(french(), "html").data.decode()


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", ["gros", "salle", "enonce"]), ("en", ["large", "room", "statement"])]
)
def test_the_name_of_a_file_says_its_size_in_the_language_of_the_text(lang: str, words: list[str]) -> None:
    text = replace(french(), lang=lang, title="Le soir", version="v")
    sizes = (LARGE_PRINT, FOR_A_ROOM, 14)
    assert [file_stem(replace(text, text_size=size)) for size in sizes] == [
        f"le-soir-{word}-v-{lang}" for word in words
    ]
    assert file_stem(text) == f"le-soir-v-{lang}" and file_stem(text, languages=False) == "le-soir-v"


def test_each_size_has_a_file_of_its_own() -> None:
    text = french()
    names = {file_stem(text), file_stem(large_print(text)), file_stem(large_print(text, FOR_A_ROOM))}
    assert len(names) == 3
