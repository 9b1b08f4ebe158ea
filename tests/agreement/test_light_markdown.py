"""Tests of light Markdown: typed markup becomes blocks, and plain text stays plain."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tui.agreement import light_markdown
from tui.agreement.blocks import NOWHERE, Block, Item, ListBlock, Origin, Paragraph, Row, Run, Runs, Subheading, Table
from tui.agreement.light_markdown import blocks, escape, inline, plain, prose
from tui.text.clean import clean, one_line

WHERE = Origin("abcdefghij", "text", "gather.vision")
SIGNS = "*_`~[]()<>\\#|!&;:+-.=>1 \n\t/"
HOSTILE = st.one_of(st.text(st.sampled_from(SIGNS + "aé«漢")), st.text())
# Paragraphs with words, in which only words may not be lost.
MARKUP = [
    *("\n", "\n\n", "- ", "1. ", "2) ", "  ", "    ", "# ", "> ", "|", "\n|-|-|\n", "**", "_", "`", "~~", "---", "```"),
    *("[", "](", ")", "](https://a.b)", "](javascript:x)", "](https://a.b 'titre')", "<b>", "&eacute;", "[/x]", "\\"),
]
TYPED = st.lists(
    st.one_of(st.sampled_from(MARKUP), st.integers(0, 99).map(lambda n: f"mot{n:02} ")),
    max_size=40,
).map("".join)


def text_of(runs: Runs) -> str:
    """Return the text of runs, with the addresses of links."""
    return "".join(run.text + (f" {run.href}" if run.href else "") for run in runs)


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Give the text of each paragraph, heading, item and cell."""
    for block in blocks:
        match block:
            case Paragraph() | Subheading():
                yield text_of(block.runs)
            case ListBlock():
                for item in block.items:
                    yield from texts(item.blocks)
            case Table():
                for cell in (*block.head, *(cell for row in block.rows for cell in row.cells)):
                    yield text_of(cell)


def words(text: str) -> list[str]:
    """Return the words « mot00 » in the order they stand."""
    return re.findall(r"mot\d\d", text)


def only(text: str) -> Runs:
    """Return the runs of a text that is one paragraph."""
    (block,) = prose(text)
    assert isinstance(block, Paragraph)
    return block.runs


def test_styles_and_links():
    assert only("a **b *c*** ~~d~~ `e*` [f](https://a.b) [g](mailto:a@b.ca)") == (
        Run("a "),
        Run("b ", strong=True),
        Run("c", strong=True, emphasis=True),
        Run(" "),
        Run("d", strike=True),
        Run(" "),
        Run("e*", code=True),
        Run(" "),
        Run("f", href="https://a.b"),
        Run(" "),
        Run("g", href="mailto:a@b.ca"),
    )


def test_bold_inside_bold_does_not_end_it():
    assert only("**a **b** c**") == (Run("a b c", strong=True),)


@pytest.mark.parametrize(
    "text",
    ["[a](javascript:alert(1))", "[a](data:x)", "[a](ftp://x)", "[a](page)", "<b>x</b>",
     "&eacute; &amp;", "[a]: https://b", "______", "***", "> cité", "```", "[/x] see [1] and [/]", "<https://a.b>"],
)  # fmt: skip
def test_what_is_left_out_shows_as_typed(text):
    assert only(text) == (Run(text),)


def test_an_empty_link_shows_its_address_and_a_title_is_kept():
    assert only("[](https://a.b)") == (Run("https://a.b", href="https://a.b"),)
    assert only("[a](https://b 'c')") == (Run("a", href="https://b"), Run(" (c)"))


# What people type with signs that are no marks; each is one line, and may stand anywhere.
NO_MARKS = [
    "20*2*12 places", "a_b_c", "les _16-25 ans_b", "__init__", "5 * 3 * 2", "C:\\Temp\\*\\_notes", "# 3 au classement",
    "- 5 °C la nuit", "* à confirmer", "+ une voix", "1) ouvrir", "2027. Une année", "~~ sans attendre ~~", "1~~3~~4",
    "> 18 ans", "< 12 ans", "<b> possible </b>", "[1](annexe)", "[x] fait", "| 3 | 4 |", "12.*.b, note ** et ***",
    "*Note : rien", "une intention*", "*ouvrables.", "____ et ****", "&amp; © &", "===", "#une_porte", "a*b@c.example",
    "[loyer]: 1 200 $", "~ 40 km", "former \\ accueillir",
]  # fmt: skip


def no_pair(pieces: list[str]) -> bool:
    """Whether no piece that opens stands before one that closes: together they are a pair, and meant."""
    opening = [at for at, piece in enumerate(pieces) if piece in ("*Note : rien", "*ouvrables.")]
    return not any(piece == "une intention*" and at > min(opening, default=at) for at, piece in enumerate(pieces))


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(NO_MARKS), min_size=1, max_size=4, unique=True).filter(no_pair),
    st.sampled_from([" ", "\n\n"]),
)
def test_signs_that_are_no_marks_stand_as_typed(pieces, between):
    # Words stand between the pieces, since two signs side by side may be the pair that each alone is not.
    typed = between.join(f"{piece} ainsi" for piece in pieces)
    shown = between.join("".join(run.text for run in runs_of((block,))) for block in prose(typed))
    assert shown == typed


def test_a_list_has_two_items_and_a_heading_letters():
    assert [type(block).__name__ for block in prose("- 5 °C\n- 6 °C\n\n# Titre")] == ["ListBlock", "Subheading"]
    assert only("*mot* **mot**, l'*urgence* (*x*) ~~faux~~.")[0] == Run("mot", emphasis=True)


def test_a_line_break_typed_in_a_paragraph_is_kept():
    assert only("a\nb  \n**c**") == (Run("a"), Run("\n"), Run("b"), Run("\n"), Run("c", strong=True))
    assert only("    a\n        b") == (Run("a"), Run("\n"), Run("b"))
    assert only("a\n---") == (Run("a"), Run("\n"), Run("---"))


def test_lists_nest_and_go_on_after_a_blank_line():
    (found,) = prose("- a\n  - b\n\n    suite\n\n- c", WHERE)
    inner = ListBlock((Item((Paragraph((Run("b"),), WHERE), Paragraph((Run("suite"),), WHERE)), WHERE),))
    a = Item((Paragraph((Run("a"),), WHERE), inner), WHERE)
    assert found == ListBlock((a, Item((Paragraph((Run("c"),), WHERE),), WHERE)))


def test_an_item_opens_with_a_paragraph():
    (found,) = prose("3. \n4. # t\n5. - x")
    assert isinstance(found, ListBlock)
    assert (found.ordered, found.start) == (True, 3)
    assert [item.blocks[0] for item in found.items] == [Paragraph(()), Paragraph((Run("t"),)), Paragraph(())]


def test_headings_stay_under_those_of_the_document():
    assert [block.level for block in prose("# a\n\n## b\n\n###### c") if isinstance(block, Subheading)] == [4, 5, 6]


def test_tables():
    (found,) = prose("|a|**b**|\n|-|-:|\n|1||", WHERE)
    assert found == Table(((Run("a"),), (Run("b", strong=True),)), (Row(((Run("1"),), ()), WHERE),))


@pytest.mark.parametrize("row", ["|1|2|3|", "1|2|3", "- |1|2|mot"])
def test_a_row_with_more_cells_than_the_head_stays_as_typed(row):
    assert "".join(texts(prose(f"|a|b|\n|-|-|\n{row}"))).endswith(row.removeprefix("- "))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a\nb", ["Paragraph"]),
        ("a **b**\nc", ["Paragraph"]),
        ("a _b_", ["Paragraph"]),
        ("# b", ["Subheading"]),
        ("- a\n- **b**", ["Item", "Paragraph", "Item", "Paragraph"]),
        ("- a\n- c\n\n  1. b", ["Item", "Paragraph", "Item", "Paragraph", "Item", "Paragraph"]),
        ("|a|\n|-|\n|b|", ["Row"]),
        ("- " * 200 + "a", ["Paragraph"]),
    ],
)
def test_every_line_knows_where_it_comes_from(text, kinds):
    def origins(blocks):
        for block in blocks:
            if isinstance(block, ListBlock):
                for item in block.items:
                    yield "Item", item.origin
                    yield from origins(item.blocks)
            elif isinstance(block, Table):
                yield from (("Row", row.origin) for row in block.rows)
            else:
                yield type(block).__name__, block.origin

    assert list(origins(prose(text, WHERE))) == [(kind, WHERE) for kind in kinds]
    assert {origin for _kind, origin in origins(prose(text))} == {NOWHERE}


def test_inline_and_plain():
    assert inline("# a **b**") == (Run("# a "), Run("b", strong=True))
    assert plain(" a **b**\n[/x] ") == (Run("a **b** [/x]"),)
    assert inline("") == plain(" ") == ()
    assert prose("\n \n") == ()


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(TYPED)
def test_every_word_typed_is_found_in_order(text):
    assert words(" ".join(texts(prose(text)))) == words(text)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(TYPED)
def test_parsed_by_chunks_or_whole_is_the_same(text):
    whole = light_markdown._parsed.uncached(text, WHERE)
    assert prose(text, WHERE) == whole


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_no_text_makes_it_fail_and_breaks_stand_alone(text):
    found = prose(text)
    letters = "".join(filter(str.isalnum, clean(text)))
    if set(letters) - set("0123456789"):  # the number of an item goes with its mark
        assert found
    for run in runs_of(found):
        assert run.text == "\n" or (run.text and "\n" not in run.text)


def runs_of(blocks: tuple[Block, ...]) -> Iterator[Run]:
    """Give the runs of each paragraph, heading, item and cell."""
    for block in blocks:
        match block:
            case Paragraph() | Subheading():
                yield from block.runs
            case ListBlock():
                for item in block.items:
                    yield from runs_of(item.blocks)
            case Table():
                for cell in (*block.head, *(cell for row in block.rows for cell in row.cells)):
                    yield from cell


def test_a_break_stands_alone_in_each_place():
    found = prose("a  \nb\n**c\nd**\n\n- e\n  f\n- j\n\n|g<br>h|\n|-|\n|i|")
    assert [run.text for run in runs_of(found)] == [*"a\nb\nc\nde\nfj", "g<br>h", "i"]


@pytest.mark.parametrize(
    "text",
    [
        "- " * 100 + "mot00",
        "\n".join("  " * depth + f"- mot{depth:02}" for depth in range(100)),
        "> " * 500 + "mot00",
        "m" * 10_000 + " mot00",
        "*_" * 1000 + "mot00",
        "\\" * 9_999 + " mot00",
        "[a](" * 500 + "mot00",
    ],
    ids=["markers", "nested", "quotes", "long", "stars", "backslashes", "brackets"],
)
def test_extremes_keep_their_words(text):
    assert words(" ".join(texts(prose(text)))) == words(text)


def test_changing_one_paragraph_parses_that_one_only():
    paragraphs = [f"Paragraphe {number}, **gras**." for number in range(300)]
    prose("\n\n".join(paragraphs), WHERE)
    before = light_markdown._parsed.misses
    paragraphs[150] += " Changé."
    found = prose("\n\n".join(paragraphs), WHERE)
    assert light_markdown._parsed.misses == before + 1
    assert len(found) == 300


READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def read_back(source: str, kind: str) -> list[Token]:
    """Return the inline tokens that a reader of Markdown finds in the blocks of one kind."""
    tokens = READER.parse(source)
    return [tokens[at + 1] for at, token in enumerate(tokens) if token.type == kind]


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(HOSTILE)
def test_escaped_text_is_read_back_in_each_place(text):
    line = one_line(text)
    places = [
        (escape(text), "paragraph_open"),
        (f"- {escape(text)}", "paragraph_open"),
        (f"## {escape(text)}", "heading_open"),
        (f"| {escape(text, cell=True)} |\n| --- |", "th_open"),
        (f"avant\\\n{escape(text)}\\\naprès", "paragraph_open"),
    ]
    if line:
        for source, kind in places:
            (found,) = read_back(source, kind)
            assert {child.type for child in found.children or []} <= {"text", "softbreak", "hardbreak"}, source
            read = "".join(child.content for child in found.children or [])
            assert read == ("avant" * source.startswith("avant") + line + "après" * source.startswith("avant")), source


@pytest.mark.parametrize(
    "text",
    ["5 * 3 > 14 & 1 < 2", "nom_de_fichier", "a|b", "100 % - 3 $", "(voir [1])", "R&D", "Quoi! ~10", "a # b", "a ___ b",
     "C:\\dossier", "2026 est loin", "«-»"],
)  # fmt: skip
def test_no_backslash_where_none_is_needed(text):
    assert escape(text) == text


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab*_`[](<1. "), max_size=12))
def test_text_without_markup_beside_it_is_escaped_only_where_it_has_signs(text):
    assert escape(text).replace("\\", "") == one_line(text)


@given(st.text(alphabet="abé AZ1.-:=#!?»«'’ \n,;()xyz@/", max_size=60))
def test_text_without_marks_is_read_without_the_parser_and_gives_the_same(text: str) -> None:
    for chunk in light_markdown._chunks(clean(text)):
        if light_markdown._PLAIN.fullmatch(chunk):
            assert (light_markdown._unmarked(chunk, NOWHERE),) == blocks(light_markdown._parser().parse(chunk), NOWHERE)
