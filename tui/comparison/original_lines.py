"""The lines of our own agreement, each with the field it comes from, in the forms that its exports have."""

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
from tui.text.word_diff import keys

_TITLE, _NAME = ("extra.title", "own"), ("extra.name", "name")
_NUMBER = re.compile(r"\d+\. ")  # of a heading, which plain text cannot tell from that of an item
_TEXTS = ("line", "prose", "effort")
Tables = Literal["cells", "rows", "records"]  # a cell, a row or « label : value » a line


def agreement_lines(
    guide: Guide, agreement: Agreement, *, by_row: bool = False, records: bool = False
) -> list[OriginalLine]:
    """The lines of an agreement in reading order; each cell of a table is one, or each row, or each cell that holds
    anything, with its label."""
    tables: Tables = "records" if records else "rows" if by_row else "cells"
    rows = count(1)
    return [line for part in agreement.parts for line in _Told(guide, part, tables, rows).all()]


def with_origins(
    told: Sequence[OriginalLine], lines: Sequence[ReturnedLine], *, bare: bool = False
) -> list[OriginalLine]:
    """The lines of our text in some format, each with what is known of it; one that only the format has comes from
    nowhere."""
    texts = [line.whole or line.text for line in lines]
    keyed = list(map(keys, texts))
    drawn = {_bare(keys(line.text)) for line in told if line.drawn}  # in a text file it stands behind the title
    knows_rows = any(line.row for line in lines)
    found = [
        OriginalLine(
            text,
            row=line.row,
            item=line.item,
            anchor=next(iter(line.anchors), ""),
            struck=bool(line.whole),
            drawn=_bare(key) in drawn,
        )
        for text, key, line in zip(texts, keyed, lines, strict=True)
    ]
    said = [_NUMBER.sub("", original_line.text, count=1) if bare else original_line.text for original_line in told]
    matcher = SequenceMatcher(None, list(map(keys, said)), keyed, autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            ours, line = told[block.a + step], found[block.b + step]
            found[block.b + step] = replace(
                ours, text=line.text, row=line.row if knows_rows else ours.row, item=line.item, anchor=line.anchor,
                struck=line.struck,
            )  # fmt: skip
    before = OriginalLine("")
    for at, original_line in enumerate(found):
        if not original_line.heading:
            found[at] = replace(
                original_line, section=before.section, heading=before.heading, lang=before.lang, owner=before.owner
            )
        before = found[at]
    return found


def _bare(key: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a line without the signs that reading a text file or Markdown drops or leaves."""
    return tuple(word for word in key if word not in ("·", "*"))


class _Told:
    """Tells the lines of one agreement."""

    def __init__(self, guide: Guide, agreement: Agreement, tables: Tables, rows: Iterator[int]) -> None:
        self._guide, self._agreement, self._tables, self._rows = guide, agreement, tables, rows
        self._section, self._heading = "", agreement.kind
        self._owner = ""

    def all(self) -> Iterator[OriginalLine]:
        """Front, preamble and sections."""
        agreement = self._agreement
        names = {
            runs_text(block.runs): block.origin for section in agreement.sections for block in _named(section.blocks)
        }
        yield self._line(agreement.kind, Origin(_TITLE[0], _TITLE[1], _TITLE[0]))
        yield self._line(agreement.title, Origin(_NAME[0], _NAME[1], _NAME[0]))
        words = wording(agreement)
        yield self._line(words.between + words.colon)
        for name in () if agreement.parties else agreement.partners:
            where = next((origin for text, origin in names.items() if text.startswith(name)), NOWHERE)
            yield self._line(name, where)
        yield replace(self._line(facts_line(agreement)), drawn=True)
        yield from self._blocks(agreement.preamble)
        homes: dict[str, str] = {}  # the section that tells of an entry first: others only repeat it
        for section in agreement.sections:
            self._section, self._heading, self._owner = section.id, numbered_heading(section), ""
            yield self._line(self._heading)
            for line in self._blocks(section.blocks):
                home = homes.setdefault(line.origin.entry, section.id)
                yield replace(line, again=bool(line.origin.entry) and home != section.id)

    def _line(self, text: str, origin: Origin = NOWHERE, *, whole: bool = False) -> OriginalLine:
        return OriginalLine(text, origin, self._section, self._heading, self._agreement.lang, whole, owner=self._owner)

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[OriginalLine]:
        for block in blocks:
            match block:
                case Paragraph() | Subheading():
                    if isinstance(block, Subheading):
                        self._owner = block.origin.partner or _partner(block.origin)
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
        """Yield the lines of an item; those in the item of a partner are that partner's."""
        outer = self._owner
        self._owner = _partner(item.origin) or next(
            (_partner(block.origin) for block in item.blocks if isinstance(block, Paragraph)), ""
        ) or outer  # fmt: skip
        for original_line in self._blocks(item.blocks):
            yield replace(original_line, origin=item.origin) if original_line.origin == NOWHERE else original_line
        self._owner = outer

    def _table(self, table: Table) -> Iterator[OriginalLine]:
        """Yield the lines of a table, in the form that is asked for."""
        if table.listed:
            for item in as_list(table, self._agreement.lang).items:
                yield from self._cells(item)
            return
        if self._tables == "rows":
            yield self._line(" ".join(map(runs_text, table.head)))
            for row in table.rows:
                yield self._line(" ".join(map(runs_text, row.cells)), row.origin)
            return
        colon = wording(self._agreement).colon
        if self._tables == "cells":
            number = next(self._rows)
            for cell in table.head:
                yield replace(self._line(runs_text(cell)), cell=True, row=number)
        for row in table.rows:
            number = next(self._rows)
            for at, cell in enumerate(row.cells):
                origin = replace(row.origin, field=_cell_field(row, at))
                line = self._line(runs_text(cell), origin, whole=not self._typed(origin))
                if self._tables == "cells":
                    yield replace(line, cell=True, row=number)
                elif runs_text(cell).strip():
                    label = f"{runs_text(table.head[at]).strip()}{colon} " if runs_text(table.head[at]).strip() else ""
                    yield replace(line, text=label + runs_text(cell).strip(), label=label, row=number)

    def _cells(self, item: Item) -> Iterator[OriginalLine]:
        """The lines of an item that holds a row of a table, each cell behind the head of its column but the first."""
        for block in item.blocks:
            if isinstance(block, Paragraph):
                line = self._line(runs_text(block.runs), block.origin, whole=not self._typed(block.origin))
                yield replace(line, label=runs_text(block.runs[:1])) if len(block.runs) > 1 else line

    def _typed(self, origin: Origin) -> bool:
        """Return whether the field is one of text, whose words can be changed one by one."""
        question = self._guide.by_id.get(origin.question)
        fields = [field for part in question.parts for field in part.fields] if question is not None else []
        kinds = {field.kind for field in fields if field.id == origin.field}
        return not kinds or bool(kinds & set(_TEXTS))

    def _signature(self, block: Signature) -> Iterator[OriginalLine]:
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
    """Return the field that a cell shows; a row that names none has that of its origin in front.

    Rows of time that 0.1 kept name none, and their partners stand in front.
    """
    fields = row.fields or (("partners" if row.origin.question == "commit.time" else row.origin.field),)
    return fields[at] if at < len(fields) else ""


def _partner(origin: Origin) -> str:
    return origin.partner or (origin.entry if origin.question == WHO and origin.field == "name" else "")


def _named(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs that begin with a partner's name."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from (
                    block for block in item.blocks if isinstance(block, Paragraph) and block.origin.question == WHO
                )
