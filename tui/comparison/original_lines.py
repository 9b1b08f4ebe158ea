"""The lines of our agreement, each with the field it comes from, as one of our export formats divides them.

`returned_match` compares them with the lines of a text that a partner sent back. The keys of a text (`word_diff.keys`)
are its words as they are compared, whatever its spaces, quotes and dashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import count
from typing import Literal

from tui.agreement.blocks import (
    NOWHERE,
    Agreement,
    Block,
    Item,
    ListBlock,
    Origin,
    Paragraph,
    Row,
    Signature,
    Subheading,
    Table,
    as_list,
)
from tui.comparison.returned_lines import OriginalLine, ReturnedLine
from tui.export.page_layout import facts_line, numbered_heading, run_text, runs_text, wording
from tui.guide.guide_types import Guide
from tui.partnership.partners import WHO
from tui.text.word_diff import word_keys

_TITLE, _NAME = ("extra.title", "own"), ("extra.name", "name")  # (question, field) of the first two lines
# The number of a heading: « 3. ». Reading a plain text drops it, as it drops the number of an item.
_NUMBER = re.compile(r"\d+\. ")
_TEXT_KINDS = ("line", "prose", "effort")  # the kinds of field whose words can be changed one by one
# What of a table is one line: a cell, a row, or a cell as « label : value ».
Tables = Literal["cells", "rows", "records"]


def agreement_lines(
    guide: Guide, agreement: Agreement, *, by_row: bool = False, records: bool = False
) -> list[OriginalLine]:
    """Return the lines of an agreement in reading order.

    Each cell of a table is a line; with `by_row` each row is one, with `records` each cell that is not empty, as
    « label : value ».
    """
    tables: Tables = "rows" if by_row else "cells"
    if records:
        tables = "records"
    row_numbers = count(1)
    return [line for part in agreement.parts for line in _LineMaker(guide, part, tables, row_numbers).lines()]


def with_origins(
    sources: Sequence[OriginalLine], lines: Sequence[ReturnedLine], *, without_numbers: bool = False
) -> list[OriginalLine]:
    """Return `lines`, read from an export of ours, as original lines, each with the origin of its equal in `sources`.

    `sources` are the lines of `agreement_lines`. A line without an equal, which only the format has, has no origin.
    `without_numbers` says that the reader of `lines` dropped the numbers of headings.
    """
    texts = [line.whole or line.text for line in lines]
    line_keys = list(map(word_keys, texts))
    # A text file has the version and date in another place, where the order below does not find them.
    drawn = {_without_signs(word_keys(line.text)) for line in sources if line.drawn}
    knows_rows = any(line.row for line in lines)
    original_lines = [
        OriginalLine(
            text,
            row=line.row,
            item=line.item,
            anchor=next(iter(line.anchors), ""),
            struck=bool(line.whole),
            drawn=_without_signs(key) in drawn,
        )
        for text, key, line in zip(texts, line_keys, lines, strict=True)
    ]
    source_texts = [_NUMBER.sub("", line.text, count=1) if without_numbers else line.text for line in sources]
    matcher = SequenceMatcher(None, list(map(word_keys, source_texts)), line_keys, autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            source, line = sources[block.a + step], original_lines[block.b + step]
            original_lines[block.b + step] = replace(
                source, text=line.text, row=line.row if knows_rows else source.row, item=line.item, anchor=line.anchor,
                struck=line.struck,
            )  # fmt: skip
    # A line without an equal is of the section and the partner of the line above it.
    before = OriginalLine("")
    for at, original_line in enumerate(original_lines):
        if not original_line.heading:
            original_lines[at] = replace(
                original_line, section=before.section, heading=before.heading, lang=before.lang, owner=before.owner
            )
        before = original_lines[at]
    return original_lines


def _without_signs(key: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a line without the signs that only some formats have."""
    return tuple(word for word in key if word not in ("·", "*"))


class _LineMaker:
    """Makes the lines of one agreement in one language; `row_numbers` gives each row of a table the next number."""

    def __init__(self, guide: Guide, agreement: Agreement, tables: Tables, row_numbers: Iterator[int]) -> None:
        self._guide, self._agreement, self._tables, self._row_numbers = guide, agreement, tables, row_numbers
        self._section, self._heading = "", agreement.kind  # of the lines being made
        self._owner = ""  # the id of the partner in whose item or below whose heading they stand

    def lines(self) -> Iterator[OriginalLine]:
        """Yield the lines of the front, the preamble and the sections."""
        agreement = self._agreement
        origins = {
            runs_text(block.runs): block.origin
            for section in agreement.sections for block in _name_paragraphs(section.blocks)
        }  # fmt: skip
        yield self._line(agreement.kind, Origin(_TITLE[0], _TITLE[1], _TITLE[0]))
        yield self._line(agreement.title, Origin(_NAME[0], _NAME[1], _NAME[0]))
        words = wording(agreement)
        yield self._line(words.between + words.colon)
        for name in () if agreement.parties else agreement.partners:
            origin = next((origin for text, origin in origins.items() if text.startswith(name)), NOWHERE)
            yield self._line(name, origin)
        yield replace(self._line(facts_line(agreement)), drawn=True)
        yield from self._blocks(agreement.preamble)
        first_sections: dict[str, str] = {}  # by entry id, the section that prints the entry first
        for section in agreement.sections:
            self._section, self._heading, self._owner = section.id, numbered_heading(section), ""
            yield self._line(self._heading)
            for line in self._blocks(section.blocks):
                first_section = first_sections.setdefault(line.origin.entry, section.id)
                yield replace(line, again=bool(line.origin.entry) and first_section != section.id)

    def _line(self, text: str, origin: Origin = NOWHERE, *, whole: bool = False) -> OriginalLine:
        """Return a line in the present section and of the present owner."""
        return OriginalLine(text, origin, self._section, self._heading, self._agreement.lang, whole, owner=self._owner)

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[OriginalLine]:
        """Yield the lines of blocks; a subheading that names a partner makes it the owner of the lines below."""
        for block in blocks:
            match block:
                case Paragraph() | Subheading():
                    if isinstance(block, Subheading):
                        self._owner = block.origin.partner or _owner_of(block.origin)
                    # A hole is the words for a missing answer: « [à préciser] ».
                    hole = next((run_text(run) for run in block.runs if run.hole), "")
                    line = self._line(runs_text(block.runs), block.origin, whole=bool(hole) and len(block.runs) == 1)
                    yield replace(line, hole=hole)
                case ListBlock():
                    for item in block.items:
                        yield from self._item(item)
                case Table():
                    yield from self._table(block)
                case Signature():
                    yield from self._signature(block)

    def _item(self, item: Item) -> Iterator[OriginalLine]:
        """Yield the lines of an item; the owner of the item, if it has one, owns them."""
        outer = self._owner
        self._owner = _owner_of(item.origin) or next(
            (_owner_of(block.origin) for block in item.blocks if isinstance(block, Paragraph)), ""
        ) or outer  # fmt: skip
        for original_line in self._blocks(item.blocks):
            yield replace(original_line, origin=item.origin) if original_line.origin == NOWHERE else original_line
        self._owner = outer

    def _table(self, table: Table) -> Iterator[OriginalLine]:
        """Yield the lines of a table, one for each cell, row or record, as `tables` says."""
        if table.listed:
            for item in as_list(table, self._agreement.lang).items:
                yield from self._listed_row(item)
            return
        if self._tables == "rows":
            yield self._line(" ".join(map(runs_text, table.head)))
            for row in table.rows:
                yield self._line(" ".join(map(runs_text, row.cells)), row.origin)
            return
        colon = wording(self._agreement).colon
        if self._tables == "cells":
            number = next(self._row_numbers)
            for cell in table.head:
                yield replace(self._line(runs_text(cell)), cell=True, row=number)
        for row in table.rows:
            number = next(self._row_numbers)
            for at, cell in enumerate(row.cells):
                origin = replace(row.origin, field=_cell_field(row, at))
                line = self._line(runs_text(cell), origin, whole=not self._is_text(origin))
                if self._tables == "cells":
                    yield replace(line, cell=True, row=number)
                elif runs_text(cell).strip():
                    label = f"{runs_text(table.head[at]).strip()}{colon} " if runs_text(table.head[at]).strip() else ""
                    yield replace(line, text=label + runs_text(cell).strip(), label=label, row=number)

    def _listed_row(self, item: Item) -> Iterator[OriginalLine]:
        """Yield the cells of a row that is printed as an item; each but the first has its column header as label."""
        for block in item.blocks:
            if isinstance(block, Paragraph):
                line = self._line(runs_text(block.runs), block.origin, whole=not self._is_text(block.origin))
                yield replace(line, label=runs_text(block.runs[:1])) if len(block.runs) > 1 else line

    def _is_text(self, origin: Origin) -> bool:
        """Return whether the field is a text, whose words can be changed one by one; True if it is unknown."""
        question = self._guide.by_id.get(origin.question)
        fields = [field for part in question.parts for field in part.fields] if question is not None else []
        kinds = {field.kind for field in fields if field.id == origin.field}
        return not kinds or bool(kinds & set(_TEXT_KINDS))

    def _signature(self, block: Signature) -> Iterator[OriginalLine]:
        """Yield the lines of the signature block of a partner, in the order in which the exports print them."""
        partner = block.origin.entry
        yield self._line(block.partner, Origin(partner, "name", WHO, partner))
        for text, origin in ((block.authorisation, block.origin), (block.note, NOWHERE)):
            if text:
                yield self._line(text, origin)
        for signatory in block.signatories:
            place = f"{block.place_label} {'_' * 20}, {block.date_label} {'_' * 20}" if block.place_label else ""
            for text in (
                place,
                block.signature_label,
                block.date_label,
                ", ".join(filter(None, (signatory.name, signatory.title))),
                block.name_label,
            ):
                if text:
                    yield self._line(text)


def _cell_field(row: Row, at: int) -> str:
    """Return the id of the field that the cell number `at` of a row shows, "" for none.

    A row that names no fields shows in its first cell the field of its origin. Version 0.1 kept rows of time without
    field names; their first cell shows the partners.
    """
    fields = row.fields or (("partners" if row.origin.question == "commit.time" else row.origin.field),)
    return fields[at] if at < len(fields) else ""


def _owner_of(origin: Origin) -> str:
    """Return the id of the partner that an origin belongs to, or whose name it is; "" for none."""
    return origin.partner or (origin.entry if origin.question == WHO and origin.field == "name" else "")


def _name_paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs of lists that begin with a partner's name."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from (
                    block for block in item.blocks if isinstance(block, Paragraph) and block.origin.question == WHO
                )
