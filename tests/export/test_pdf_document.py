"""The PDF: its words read back, its tags and properties, and nothing that people type can break it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.agreements import CREE, INUKTITUT, bullets, empty, english, french, hostile, paragraph, runs, table
from tests.export.pdf_reading import pages_of, tags_of, text_of
from tests.export.reading import agreement_texts, squeeze
from tui.agreement.blocks import Agreement, ListBlock, Section, Signatory, Signature, Subheading, Table
from tui.export.formats import render
from tui.export.legible_text import replace_missing, undrawable_characters
from tui.export.page_layout import break_long_words

pytestmark = pytest.mark.sampled

_MAKERS: dict[str, Callable[[], Agreement]] = {"fr": french, "en": english, "hostile": hostile, "empty": empty}


@cache
def written(name: str) -> bytes:
    """Return the bytes of one of the agreements."""
    return render(_MAKERS[name](), "pdf").data


@pytest.mark.parametrize("name", ["fr", "en"])
def test_every_word_reads_back(name: str) -> None:
    text = "".join(text_of(written(name)).split())
    agreement = _MAKERS[name]()
    assert [one for one in agreement_texts(agreement) if "".join(one.split()) not in text] == []
    assert all("".join(partner.split()) in text for partner in agreement.partners)


def test_pages_are_numbered_and_a_draft_is_marked() -> None:
    first, second, *_ = pages_of(written("fr"))
    assert re.search(r"Page 1 de \d", first) and re.search(r"Page 2 de \d", second)
    assert all("ÉBAUCHE" in page.replace(" ", "") for page in (first, second))
    assert "Mieux-être et relève dans la Vallée" in second
    adopted = text_of(written("en"))
    assert "Page 1 of 2" in adopted and "DRAFT" not in adopted.replace(" ", "")


def test_hostile_words_stay_words() -> None:
    text = squeeze(text_of(written("hostile")))
    assert '#import "x" #set page(fill: red) @ref <label> $x^2$' in text
    assert "<script>alert('xss')</script>" in text and "&amp; &lt; &#60;" in text
    assert f"Langue crie {CREE}, inuktitut {INUKTITUT}" in text
    assert "Émojis [slightly smiling face] [woman][ear of rice] [CA] ✓" in text
    assert "[U+65E5 U+672C U+8A9E U+3068" in text


def test_what_cannot_be_drawn_is_told() -> None:
    stripped, undrawn = render(hostile(), "pdf").warnings
    assert "5" in stripped and "🇦" in undrawn
    assert render(french(), "pdf").warnings == () == render(empty(), "pdf").warnings


@pytest.mark.parametrize("name", _MAKERS)
def test_it_is_tagged_and_names_no_author(name: str) -> None:
    data = written(name)
    assert data.startswith(b"%PDF-") and b"/MarkInfo" in data and b"/StructTreeRoot" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"/Author" not in data and b"dc:creator" not in data
    lang = b"en-CA" if name == "en" else b"fr-CA"
    assert re.search(rb"/Lang ?\(" + lang + rb"\)", data, re.IGNORECASE)


@pytest.mark.parametrize("name", _MAKERS)
def test_headings_tables_and_lists_are_tagged_as_such(name: str) -> None:
    tags, agreement = Counter(tags_of(written(name))), _MAKERS[name]()
    blocks = [block for section in agreement.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert (tags["H1"], tags["H2"]) == (1, len(agreement.sections))
    assert tags["H3"] == sum(isinstance(block, Subheading | Signature) for block in blocks)
    assert (tags["Table"], tags["TH"]) == (len(tables), sum(len(one.head) for one in tables))
    assert tags["TR"] == sum(len(one.rows) + 1 for one in tables)
    assert tags["L"] >= sum(isinstance(block, ListBlock) for block in blocks) and tags["LI"] == tags["LBody"]


def test_the_date_is_that_of_the_text() -> None:
    assert b"D:20261122" in written("fr") and b"D:19800101" in written("empty")


def test_a_heading_below_nothing_still_makes_a_file() -> None:
    deep = (Subheading(runs("profond"), level=6), Subheading(runs("moins"), level=3))
    agreement = replace(french(), preamble=deep, sections=(Section("x", 1, "T", deep),))
    assert render(agreement, "pdf").warnings == ()


def test_without_typst_the_way_to_install_it_is_said() -> None:
    code = (
        "import sys; sys.modules['typst'] = None\n"
        "from tests.export.agreements import french; from tui.export.formats import render, CannotExport\n"
        "try: render(french(), 'pdf')\n"
        "except CannotExport as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 'pip install "entente[pdf]"' in done.stdout


@pytest.mark.parametrize(
    ("text", "missing", "expected"),
    [
        ("oui ✅", "✅", "oui ✓"),
        ("🙂", "🙂", "[slightly smiling face]"),
        ("🇨🇦!", "🇨🇦", "[CA]!"),
        ("👩🏽\u200d🌾", "👩🏽🌾", "[woman][ear of rice]"),
        ("日本 a", "日本", "[U+65E5 U+672C] a"),
        ("é 🙂", "", "é 🙂"),
    ],
)
def test_what_stands_for_a_missing_letter(text: str, missing: str, expected: str) -> None:
    assert replace_missing(text, set(missing)) == expected


def test_typst_names_what_it_misses() -> None:
    message = 'the text `"日"` could not be displayed with font `"X"` …'
    message += ' the text `"a\\u{200d}\\"🙂"` could not be displayed'
    assert undrawable_characters(message) == {"日", "\u200d"}  # the sign itself may be there: it is asked again
    assert undrawable_characters("expected string, found integer") == set()


def test_only_long_words_may_break() -> None:
    assert break_long_words("anticonstitutionnellement " * 3) == "anticonstitutionnellement " * 3
    assert [len(one) for one in break_long_words("m" * 60).split("\u200b")] == [24, 24, 12]
    assert "\u200b\u0301" not in break_long_words("e\u0301" * 40)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=4, max_size=4))
def test_no_words_can_fail_the_file(words: list[str]) -> None:
    title, kind, mark, other = words
    blocks = (paragraph(other, title), Subheading(runs(kind)), table(mark, (other, kind), (title, mark)))
    section = Section("x", 1, other, blocks)
    agreement = replace(french(), title=title, kind=kind, mark=mark, partners=(other,), sections=(section,))
    rendered = render(agreement, "pdf")
    assert rendered.data.startswith(b"%PDF-") and b"<pdfuaid:part>1</pdfuaid:part>" in rendered.data


def test_one_odd_mark_spares_the_letters_below_it() -> None:
    section = Section("x", 1, "T", (paragraph("é\u0347\u033f\u20e3 et été 🙂"),))
    rendered = render(replace(french(), sections=(section,)), "pdf")
    text = text_of(rendered.data)
    assert "été" in text and "U+00E9" not in text and "[slightly smiling face]" in text


def test_lists_in_lists_keep_every_item() -> None:
    nested = bullets("fond")
    for level in range(60):
        nested = bullets((paragraph(f"niveau-{level}"), nested), ordered=level % 2 == 0)
    rendered = render(replace(french(), sections=(Section("x", 1, "T", (nested,)),)), "pdf")
    text = text_of(rendered.data)
    assert rendered.warnings == () and "fond" in text
    assert [level for level in range(60) if f"niveau-{level}" not in text.split()] == []


def test_the_words_above_the_title_come_out_as_words() -> None:
    """Letters set apart would come out as « EN TEN TE »: nothing in the page sets any apart."""
    first = pages_of(render(french(), "pdf").data)[0]
    assert french().kind.upper().replace("'", "’").split()[-1] in first.replace("'", "’")
    page = (files("tui") / "export/templates/agreement.typ").read_text(encoding="utf-8")
    assert "tracking" not in page


def test_no_signature_stands_alone_on_a_page() -> None:
    """The first stand below the clauses; the last of each of these texts had a page that said nothing else."""
    signing = [Signature(f"Groupe {at}", (Signatory(f"Ana {at}", "chef"),), place_label="Signé à") for at in range(7)]
    for lines in (18, 20, 22):
        text = Section("background", 1, "Contexte", tuple(paragraph(f"Ligne {at}.") for at in range(lines)))
        last = Section("signatures", 2, "Signatures", (paragraph("EN FOI DE QUOI."), *signing))
        counts = [page.count("Nom et titre") for page in pages_of(of_sections(text, last))]
        assert counts[-1] > 1, (lines, counts)


def test_what_a_list_says_of_one_thing_stands_on_one_page() -> None:
    rows = tuple((f"chose {at}", f"premier {at}", f"dernier {at}") for at in range(60))
    listed = replace(table("", ("Quoi", "Qui", "Quand"), *rows), listed=True)
    for page in pages_of(of_sections(Section("resources", 1, "Ressources", (listed,)))):
        assert re.findall(r"chose (\d+)", page) == re.findall(r"dernier (\d+)", page)


def test_no_table_leaves_its_last_row_alone_on_a_page() -> None:
    tables = [
        table("", ("Quoi", "Qui"), *((f"rang {at}.{row} ici", "mot " * (at % 9)) for row in range(2 + at % 7)))
        for at in range(30)
    ]
    pages = pages_of(of_sections(Section("resources", 1, "Ressources", tuple(tables))))
    assert len(pages) > 2
    for at, made in enumerate(tables):
        last = len(made.rows) - 1
        for page in pages:
            assert (f"rang {at}.{last} " in page) == (f"rang {at}.{last - 1} " in page), (at, page)


def of_sections(*sections: Section) -> bytes:
    """Return the PDF of the French agreement with these sections instead of its own."""
    return render(replace(french(), sections=sections, preamble=()), "pdf").data
