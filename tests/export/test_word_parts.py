"""Lists in Word: each item has the number that Word itself counts for it, as the agreement says."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.document import DocumentPart
from docx.text.paragraph import Paragraph as WordParagraph

from tests.export.agreements import bullets, french, paragraph
from tui.agreement.blocks import Block, ListBlock, Paragraph, Section
from tui.export.formats import render
from tui.export.word_parts import StyledParagraphs

SHAPES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "lowerLetter": lambda number: chr(96 + number),
    "lowerRoman": lambda number: ["i", "ii", "iii", "iv", "v"][number - 1],
}
LISTS: tuple[Block, ...] = (
    bullets("un", "deux", "trois", ordered=True),
    paragraph("entre deux listes"),
    bullets("encore un", "encore deux", ordered=True),
    bullets("septième", "huitième", ordered=True, start=7),
    bullets(
        (paragraph("avec une suite"), paragraph("la suite, sans numéro")),
        (
            paragraph("avec une liste"),
            bullets("a", "b", (paragraph("c"), bullets("i", "ii", ordered=True)), ordered=True),
        ),
        (paragraph("et une autre liste"), bullets("a de nouveau", ordered=True)),
        (
            paragraph("deux listes"),
            bullets("a ici", "b ici", ordered=True),
            paragraph("puis"),
            bullets("a là", ordered=True),
        ),
        "le dernier",
        ordered=True,
    ),
    bullets("une puce", (paragraph("et dessous"), bullets("un tiret", "un autre"))),
    bullets((paragraph("une puce encore"), bullets("numéroté", "dessous", ordered=True)), "une puce enfin"),
)


def expected(blocks: tuple[Block, ...], level: int = 0) -> Iterator[tuple[str, str]]:
    """The label and the text of each paragraph of some lists; "" where there is no label."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for number, item in enumerate(block.items, block.start):
                (_label, first), *more = expected(item.blocks, level + 1)
                shape = SHAPES[("decimal", "lowerLetter", "lowerRoman")[level]]
                yield f"{shape(number)}." if block.ordered else "•–▪"[level], first
                yield from more
        elif isinstance(block, Paragraph):
            yield "", "".join(run.text for run in block.runs)


class Counter:
    """Counts as Word does: a number starts where its list says the first time, and each level within the one above."""

    def __init__(self, numbering: Any) -> None:
        self._numbering = numbering
        self._counts: dict[tuple[str, int], int] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, word_paragraph: WordParagraph) -> str:
        """What Word prints before a paragraph; "" for no label."""
        numbering_of_paragraph = word_paragraph._p.xpath("./w:pPr/w:numPr")
        if not numbering_of_paragraph:
            return ""
        list_id, level = str(numbering_of_paragraph[0].numId.val), int(numbering_of_paragraph[0].ilvl.val)
        (num,) = self._numbering.xpath(f'./w:num[@w:numId="{list_id}"]')
        (pattern,) = num.xpath("./w:abstractNumId/@w:val")
        (shape,) = self._numbering.xpath(f'./w:abstractNum[@w:abstractNumId="{pattern}"]/w:lvl[@w:ilvl="{level}"]')
        text = shape.find(qn("w:lvlText")).get(qn("w:val"))
        start = num.xpath(f'./w:lvlOverride[@w:ilvl="{level}"]/w:startOverride/@w:val')
        first = (list_id, level) not in self._begun
        self._begun.add((list_id, level))
        here = self._counts.get((pattern, level))
        number = int(start[0]) if first and start else 1 if here is None else here + 1
        self._counts = {
            key: word_paragraph for key, word_paragraph in self._counts.items() if key[0] != pattern or key[1] < level
        }
        self._counts[pattern, level] = number
        said = SHAPES.get(shape.find(qn("w:numFmt")).get(qn("w:val")), str)(number)
        return str(text.replace(f"%{level + 1}", said))


def test_each_item_has_the_number_that_the_agreement_says() -> None:
    agreement = replace(french(), sections=(Section("vision", 3, "Listes", LISTS),), preamble=())
    document = docx.Document(io.BytesIO(render(agreement, "docx").data))
    counter = Counter(document.part.numbering_part.element)
    labelled = [(counter.label(item), item.text) for item in document.paragraphs]
    wanted = list(expected(LISTS))
    texts = {text for _label, text in wanted}
    assert [(label, text) for label, text in labelled if text in texts] == wanted


def test_what_follows_in_an_item_stands_under_its_words() -> None:
    agreement = replace(french(), sections=(Section("vision", 3, "Listes", LISTS),), preamble=())
    document = docx.Document(io.BytesIO(render(agreement, "docx").data))
    (more,) = [item for item in document.paragraphs if item.text == "la suite, sans numéro"]
    (first,) = [item for item in document.paragraphs if item.text == "avec une suite"]
    (level,) = document.part.numbering_part.element.xpath('./w:abstractNum[@w:abstractNumId="1"]/w:lvl[@w:ilvl="0"]')
    assert level.find(qn("w:pPr")).find(qn("w:ind")).get(qn("w:left")) == more._p.xpath("./w:pPr/w:ind/@w:left")[0]
    assert first._p.xpath("./w:pPr/w:numPr") and not more._p.xpath("./w:pPr/w:numPr")


def test_a_style_is_looked_up_once_and_written_as_word_s_library_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    styles = ("Heading 1", "List Paragraph", "Normal")
    by_library, by_us = docx.Document(), docx.Document()
    for style in styles * 3:
        by_library.add_paragraph("texte", style=style)
    looked_up: list[str] = []
    get_style_id = DocumentPart.get_style_id

    def counted(part: DocumentPart, name: str, kind: Any) -> str | None:
        looked_up.append(name)
        return get_style_id(part, name, kind)

    monkeypatch.setattr(DocumentPart, "get_style_id", counted)
    styled = StyledParagraphs(by_us)
    for style in styles * 3:
        styled.add(style, "texte")
    assert by_us.element.xml == by_library.element.xml
    assert sorted(looked_up) == sorted(styles)


@pytest.mark.slow
def test_a_long_document_looks_nothing_up_for_each_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    get_style_id, xpath = DocumentPart.get_style_id, BaseOxmlElement.xpath

    def searched(root: BaseOxmlElement, path: str) -> Any:
        paths.append(path)
        return xpath(root, path)

    def counted(part: DocumentPart, name: str, kind: Any) -> str | None:
        calls.append(name)
        return get_style_id(part, name, kind)

    paths: list[str] = []
    monkeypatch.setattr(DocumentPart, "get_style_id", counted)
    monkeypatch.setattr(BaseOxmlElement, "xpath", searched)
    items = bullets(*map(str, range(60)))
    render(replace(french(), sections=tuple(Section(f"s{at}", at, "Titre", (items,)) for at in range(20))), "docx")
    assert len(calls) < 20, "1,200 items and 20 headings"
    assert len(paths) < 100, "none for an item"
