"""Markdown: whatever people typed, a reader of the file finds the same texts in the same structure."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.export.agreements import HOSTILE, bullets, empty, english, french, hostile, paragraph, runs, table
from tests.export.reading import agreement_texts, inline_text, markdown_texts, parse_markdown, squeeze, words
from tui.agreement.blocks import Agreement, Block, Run, Section, Subheading, Table
from tui.export.legible_text import make_legible
from tui.export.markdown_text import to_markdown

# Characters that Markdown gives a meaning, letters, spaces, and others it must leave alone.
_TEXT = st.text(st.sampled_from("aé1 .)#*_-+=>|`~[](){}!<>&;:\\\"'$@/?\u00a0«»🙂ᓀ"), min_size=1, max_size=14)
_PLAIN = st.builds(Run, _TEXT)
_STYLED = st.builds(Run, _TEXT, strong=st.booleans(), emphasis=st.booleans(), strike=st.booleans())
_OTHER = st.one_of(
    st.builds(Run, _TEXT, code=st.just(True), strike=st.booleans(), strong=st.booleans()),
    st.builds(Run, _TEXT, href=st.sampled_from(["https://exemple.test/a_(b)?c=<d>|e", "mailto:a@exemple.test"])),
    st.just(Run("\n")),
)


def one(*blocks: Block) -> str:
    """Return the Markdown of a section that holds these blocks."""
    whole = to_markdown(replace(english(), preamble=(), sections=(Section("x", 1, "T", blocks),)))
    return whole[whole.index("## 1") :]


@pytest.mark.parametrize("agreement", [french(), english(), hostile(), empty()], ids=["fr", "en", "hostile", "empty"])
def test_all_texts_come_back_in_order(agreement: Agreement) -> None:
    clean, _ = make_legible(agreement)
    found = iter(markdown_texts(to_markdown(clean)))
    assert [text for text in agreement_texts(clean) if not any(text == one for one in found)] == []


def test_the_structure_comes_back() -> None:
    tokens = parse_markdown(to_markdown(french()))
    kinds = [token.type for token in tokens]
    assert kinds.count("table_open") == 2 and kinds.count("ordered_list_open") == 4
    assert [t.tag for t in tokens if t.type == "heading_open"].count("h2") == len(french().sections)
    depth = max(t.level for t in tokens if t.type == "ordered_list_open")
    assert depth == 4  # numbered, inside bulleted, inside numbered


def test_no_markup_is_made_of_words() -> None:
    kinds = {token.type for token in parse_markdown(to_markdown(hostile()))}
    assert kinds.isdisjoint({"html_block", "fence", "code_block", "hr", "blockquote_open"})


def test_each_list_starts_at_its_own_number() -> None:
    source = one(bullets("a", "b", ordered=True), bullets("c", ordered=True), bullets("d", ordered=True, start=7))
    starts = [token.attrGet("start") for token in parse_markdown(source) if token.type == "ordered_list_open"]
    assert starts == [None, None, 7]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_each_place(text: str) -> None:
    source = one(
        paragraph(text), Subheading(runs(text)), bullets(text), bullets(text, ordered=True), table("", (text,), (text,))
    )
    assert markdown_texts(source)[1:] == [squeeze(text)] * 6


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(_PLAIN, _STYLED, _OTHER), min_size=1, max_size=5))
def test_any_runs_read_back_the_same(parts: list[Run]) -> None:
    source = one(paragraph(*parts), bullets((paragraph(*parts),)), Table((tuple(parts),), ()), Subheading(tuple(parts)))
    expected = squeeze(words(tuple(parts)))
    found = [text for text in markdown_texts(source)[1:] if text]
    assert found == ([expected] * 4 if expected else [])


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(_TEXT, min_size=2, max_size=2), min_size=1, max_size=3))
def test_any_cells_read_back_the_same(rows: list[list[str]]) -> None:
    source = one(table("", ("a", "b"), *((row[0], row[1]) for row in rows)))
    tokens = parse_markdown(source)
    cells = [squeeze(inline_text(tokens[at + 1])) for at, token in enumerate(tokens) if token.type == "td_open"]
    assert cells == [squeeze(cell) for row in rows for cell in row]


def test_bold_reads_bold_beside_letters_and_punctuation() -> None:
    source = one(
        paragraph("a", Run("«b»", strong=True), "c ", Run(" d ", emphasis=True), "e", Run("f.", strike=True), "g")
    )
    inline = parse_markdown(source)[4]
    kinds = [child.type for child in inline.children or [] if child.type.endswith("_open")]
    assert kinds == ["strong_open", "em_open", "s_open"]
    assert inline_text(inline) == "a«b»c  d ef.g"


def test_lines_carry_no_trailing_space() -> None:
    for agreement in (french(), hostile()):
        text = to_markdown(agreement)
        assert not re.search(r"[ \t]$", text, re.MULTILINE) and text.endswith("\n") and not text.endswith("\n\n")
