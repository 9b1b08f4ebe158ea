"""What people type stands in every format, letter for letter: signs that nobody meant as markup are kept."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
from docx import Document

from tests.export.pdf_reading import text_of as pdf_text
from tests.export.reading import markdown_texts
from tests.export.test_html_text import to_html
from tests.partnership.told import Told
from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.comparison.returned_word_file import read_word
from tui.export.formats import FORMATS, render
from tui.export.page_layout import break_long_words

# Values of prose and plain fields whose signs are figures, paths, names and footnotes.
SAID: list[tuple[str, dict[str, Any]]] = [
    ("extra.context", {"background": "Le terrain fait 30*4*15 mètres."}),
    ("extra.context", {"population": "Les _12-17 ans_c, a_b_c, 5 * 3 * 2."}),
    ("gather.vision", {"vision": "# 7 de la région, et ~~ sans hâte ~~ plus."}),
    ("gather.vision", {"goal": "> 21 ans, puis < 30 ans, <i> oui </i>."}),
    ("gather.level", {"function": "2) Un seul lieu.\n\nLe dossier D:\\Notes\\*\\_fin reste ici, voir [1]."}),
    ("extra.disputes", {"disputes": "2028. Une année.\n3*4*5 jours *pleins.", "joining": "- 15 jours (moins quinze)"}),
    ("extra.legal", {"text": "Une intention*.\n\n* Rien de plus."}),
]  # fmt: skip


def agreement() -> Agreement:
    told = Told("Collège A*B", "Centre [2]")
    for question, value in SAID:
        told.say(question, value)
    return Composer(told.guide).agreement(told.partnership, "fr")


def bare(text: str) -> str:
    """Return the text without spaces, and with the apostrophes of a keyboard: typography may change these alone."""
    return re.sub(r"[\s\u200b\u00a0\u202f]+", "", text).replace("’", "'")


def shown(name: str) -> str:
    """Return the words a reader of that format finds."""
    data = render(agreement(), name).data
    if name == "docx":
        document = Document(io.BytesIO(data))
        return "\n".join(paragraph.text for paragraph in document.paragraphs)
    if name == "pdf":
        return pdf_text(data)
    if name == "md":
        return "\n".join(markdown_texts(data.decode()))
    if name == "html":
        return unescape(re.sub(r"<[^>]+>", "", to_html(agreement())))
    return data.decode()


@pytest.mark.parametrize("name", [one.id for one in FORMATS if one.id != "eml"])  # a mail draft holds the text format
def test_each_sign_stands_in_each_format(name: str) -> None:
    text = bare(shown(name))
    lines = "\n".join(said for _question, value in SAID for said in value.values()).split("\n")
    assert [line for line in filter(None, lines) if bare(line) not in text] == []


def test_a_hebrew_name_stays_in_front_of_its_number_on_each_page() -> None:
    told = Told("Collège A")
    told.say("gather.vision", {"goal": "Réunir מרכז חיפה, 12 rue Claire, et בית (2026)."})
    made = Composer(told.guide).agreement(told.partnership, "fr")
    word = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(render(made, "docx").data)).paragraphs)
    pages = (word, to_html(made), break_long_words("Réunir מרכז חיפה, 12 rue Claire, et בית (2026)."))  # the last: PDF
    goal = "Réunir ⟨מרכז חיפה⟩, 12 rue Claire, et ⟨בית⟩ (2026)."
    assert all(goal.replace("⟨", "\u200e").replace("⟩", "\u200e") in page for page in pages)
    assert "\u200e" not in render(made, "txt").data.decode()
    assert "\u200e" not in "".join(line.text for line in read_word(render(made, "docx").data).lines)
