"""The form as a Word file: one row an item, its box white, open and named by its mark."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from tests.agreement.forms import SAMPLES, sample_forms
from tui.export.partner_form_word import form_word_file
from tui.partnership.form_codes import find_codes, find_mark, mark_of_anchor

pytestmark = pytest.mark.sampled


@pytest.mark.parametrize("number", SAMPLES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_item_is_a_row_with_its_mark_its_boxes_and_a_place_for_words(number: int, lang: str) -> None:
    form = sample_forms(number, lang)[0]
    document = docx.Document(io.BytesIO(form_word_file(form).data))
    rows = [row for table in document.tables for row in table.rows]
    assert len(rows) == len(form.items)
    for row, item in zip(rows, form.items, strict=True):
        asked, box = row.cells
        found = find_mark(asked.text)
        assert found is not None and found[0] == item.mark
        names = [one.get(qn("w:name")) for one in box._tc.iter(qn("w:bookmarkStart"))]
        assert [mark_of_anchor(name) for name in names] == [item.mark]
        lines = [line.text for line in box.paragraphs]
        assert sum(line.count("[ ] ") for line in lines) == len(item.choices)
        assert (lines[-1].strip() == form.phrase("answer")) is item.words
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert find_codes(said) == (form.code,)


def test_it_is_typed_in_without_a_control_or_protection_and_is_the_same_each_time() -> None:
    form = sample_forms(4, "fr")[0]
    data = form_word_file(form).data
    assert form_word_file(form).data == data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = parts.read("word/document.xml").decode()
        assert not any(control in body for control in ("<w:sdt", "w:fldChar", "w:formProt", "w:ffData"))
        assert "documentProtection" not in parts.read("word/settings.xml").decode()
    ids = [part.split('"')[0] for part in body.split('<w:bookmarkStart w:id="')[1:]]
    assert len(ids) == len(set(ids)) == len(form.items)
