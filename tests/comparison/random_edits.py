"""Edits that a partner may make to our Word file, each with the entries whose fields it touches."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.partnership.told import GUIDE
from tests.workspace.returns import opened, saved
from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.comparison.original_lines import agreement_lines, with_origins
from tui.comparison.returned_lines import OriginalLine
from tui.comparison.returned_word_file import read_word
from tui.export.formats import render
from tui.partnership.values import Partnership
from tui.text.word_diff import find_words, word_keys

Draw = Callable[[int], int]  # a number below the given one
NEW = "zoulou"


@dataclass
class EditedFile:
    """Our Word file being edited. `touched` holds the ids of the entries that edits concern, `said` what was done."""

    document: Document
    partnership: Partnership
    lines: dict[str, OriginalLine]  # by anchor
    draw: Draw
    touched: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    used: list[Any] = field(default_factory=list)  # paragraphs and rows that an edit has had

    @classmethod
    def of(cls, partnership: Partnership, lang: str, draw: Draw) -> EditedFile:
        """Begin with the export of a partnership."""
        agreement: Agreement = Composer(GUIDE).agreement(partnership, lang)
        data = render(agreement, "docx").data
        lines = with_origins(agreement_lines(GUIDE, agreement), read_word(data).lines)
        return cls(opened(data), partnership, {line.anchor: line for line in lines if line.anchor}, draw)

    def bytes(self) -> bytes:
        """The file as it goes back."""
        return saved(self.document, "Marie Tremblay")

    def targets(self, wanted: Callable[[OriginalLine], bool]) -> list[tuple[Any, OriginalLine]]:
        """The paragraphs that bear the anchor of such a line, and that no edit has had."""
        found = []
        for mark in self.document.element.body.iter(qn("w:bookmarkStart")):
            line = self.lines.get(mark.get(qn("w:name")))
            if line is not None and line.origin.entry and wanted(line) and not self._is_used(mark.getparent()):
                found.append((mark.getparent(), line))
        return found

    def _is_used(self, paragraph: Any) -> bool:
        row = row_of(paragraph)
        return any(one is paragraph or (row is not None and one is row) for one in self.used)

    def choose(self, wanted: Callable[[OriginalLine], bool]) -> tuple[Any, OriginalLine] | None:
        """One of the targets, noted as touched."""
        found = self.targets(wanted)
        if not found:
            return None
        paragraph, line = found[self.draw(len(found))]
        row = row_of(paragraph)
        self.used.append(row if row is not None else paragraph)
        self.touched.add(line.origin.entry)
        return paragraph, line


def row_of(paragraph: Any) -> Any:
    """The row of a table that a paragraph stands in; None outside of tables."""
    parent = paragraph.getparent()
    return parent.getparent() if parent is not None and parent.tag == qn("w:tc") else None


def is_text(line: OriginalLine) -> bool:
    """Whether the line is one of several words, not drawn and not a value."""
    return not line.whole and not line.again and len(line.text.split()) > 3 and "[" not in line.text


def is_own(file: EditedFile, line: OriginalLine) -> bool:
    """Whether all words of a line are those of its field."""
    entry = file.partnership.entry(line.origin.entry)
    text = entry.text(line.origin.field, line.lang) if entry is not None else ""
    return is_text(line) and line.origin.field != "name" and find_words(word_keys(line.text), word_keys(text)) >= 0


def texts_of(paragraph: Any) -> list[Any]:
    """The elements of a paragraph that hold words."""
    return [one for one in paragraph.iter(qn("w:t")) if one.text and len(one.text.split()) > 3]


def change_word(file: EditedFile, tracked: bool = False) -> bool:
    """A word in the middle of a text replaced by another."""
    chosen = file.choose(lambda line: is_own(file, line))
    texts = texts_of(chosen[0]) if chosen else []
    if not texts:
        return False
    text = texts[0]
    words = text.text.split(" ")
    at = 1 + file.draw(len(words) - 2)
    file.said.append(f"word {words[at]!r} of {text.text!r}{' tracked' * tracked}")
    if not tracked:
        text.text = " ".join([*words[:at], NEW, *words[at + 1 :]])
        return True
    run = text.getparent()
    pieces = (" ".join(words[:at]) + " ", words[at], " " + " ".join(words[at + 1 :]))
    before, old, after = (_run_like(run, piece) for piece in pieces)
    new = _run_like(run, NEW)
    for one in old.iter(qn("w:t")):
        one.tag = qn("w:delText")
    for element in (before, _mark("w:del", old), _mark("w:ins", new), after):
        run.addprevious(element)
    run.getparent().remove(run)
    return True


def _run_like(run: Any, text: str) -> Any:
    made = copy.deepcopy(run)
    (held,) = made.iter(qn("w:t"))
    held.text = text
    held.set(qn("xml:space"), "preserve")
    return made


def _mark(tag: str, run: Any) -> Any:
    made = OxmlElement(tag)
    made.set(qn("w:id"), "900")
    made.set(qn("w:author"), "Marie Tremblay")
    made.set(qn("w:date"), "2026-12-01T09:00:00Z")
    made.append(run)
    return made


def remove_item(file: EditedFile) -> bool:
    """An item taken out, with its paragraph."""
    chosen = file.choose(lambda line: is_text(line) and bool(line.item) and not line.cell)
    if chosen is None:
        return False
    file.said.append(f"item {chosen[1].text!r} taken out")
    chosen[0].getparent().remove(chosen[0])
    return True


def remove_row(file: EditedFile) -> bool:
    """A row of a table taken out."""
    chosen = file.choose(lambda line: line.cell and not line.again)
    if chosen is None:
        return False
    row = row_of(chosen[0])
    file.said.append(f"row of {chosen[1].text!r} taken out")
    row.getparent().remove(row)
    return True


def empty_cell(file: EditedFile) -> bool:
    """A cell emptied."""
    chosen = file.choose(lambda line: line.cell and not line.again and line.text.strip() not in ("", "—"))
    if chosen is None:
        return False
    file.said.append(f"cell {chosen[1].text!r} emptied")
    for text in list(chosen[0].iter(qn("w:t"))):
        text.text = ""
    return True


def split_paragraph(file: EditedFile) -> bool:
    """Enter pressed in the middle of a paragraph."""
    chosen = file.choose(lambda line: is_text(line) and not line.cell and not line.item and len(line.text) > 60)
    texts = texts_of(chosen[0]) if chosen else []
    if chosen is None or len(texts) != 1 or len(list(chosen[0].iter(qn("w:t")))) != 1:
        return False
    paragraph = chosen[0]
    words = texts[0].text.split(" ")
    at = 2 + file.draw(len(words) - 3)
    second = copy.deepcopy(paragraph)
    for mark in [one for one in second if one.tag == qn("w:bookmarkStart")]:
        second.remove(mark)  # the bookmark begins in the first half and ends in the second
    for mark in [one for one in paragraph if one.tag == qn("w:bookmarkEnd")]:
        paragraph.remove(mark)
    texts[0].text = " ".join(words[:at])
    next(second.iter(qn("w:t"))).text = " ".join(words[at:])
    paragraph.addnext(second)
    file.said.append(f"{chosen[1].text!r} split")
    return True


def move_item(file: EditedFile) -> bool:
    """An item put behind the one that follows it in the same list."""
    chosen = file.choose(lambda line: is_text(line) and bool(line.item) and not line.cell)
    if chosen is None:
        return False
    paragraph, line = chosen
    behind = paragraph.getnext()
    mark = behind.find(qn("w:bookmarkStart")) if behind is not None and behind.tag == qn("w:p") else None
    other = file.lines.get(mark.get(qn("w:name"))) if mark is not None else None
    same = other is not None and other.item and other.origin.partner == line.origin.partner
    if (
        behind is None
        or other is None
        or not same
        or file._is_used(behind)
        or other.origin.question != line.origin.question
    ):
        return False
    file.used.append(behind)
    file.touched.add(other.origin.entry)
    behind.addnext(paragraph)
    file.said.append(f"{line.text!r} moved behind {other.text!r}")
    return True


def add_item(file: EditedFile) -> bool:
    """An item typed below another one."""
    chosen = file.choose(lambda line: is_text(line) and bool(line.item) and not line.cell)
    texts = list(chosen[0].iter(qn("w:t"))) if chosen else []
    if chosen is None or not texts:
        return False
    added = copy.deepcopy(chosen[0])
    for mark in [one for one in added if one.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        added.remove(mark)
    held = list(added.iter(qn("w:t")))
    # Each item says something else: a list takes in the same words once.
    held[0].text = f"offrir un café à {len(file.said) + 2} personnes"
    for other in held[1:]:
        other.text = ""
    chosen[0].addnext(added)
    file.said.append(f"an item below {chosen[1].text!r}")
    return True


def change_word_tracked(file: EditedFile) -> bool:
    """A word replaced with its change tracked."""
    return change_word(file, tracked=True)


EDITS: tuple[Callable[[EditedFile], bool], ...] = (
    change_word, change_word_tracked, remove_item, remove_row, empty_cell, split_paragraph, move_item, add_item,
)  # fmt: skip
