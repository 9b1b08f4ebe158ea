"""Our own text as it left: the very lines that a format writes, each with the field it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from tui.agreement.blocks import NOWHERE, Agreement, Block, ListBlock, Origin, Paragraph, Signature, Subheading, Table
from tui.agreement.returned import Line, Ours
from tui.export.wording import facts, flat, heading, wording
from tui.guide.types import Guide
from tui.project.partners import WHO
from tui.text.words import keys

_TITLE, _NAME = ("extra.title", "own"), ("extra.name", "name")
_NUMBER = re.compile(r"\d+\. ")  # of a heading, which plain text cannot tell from that of an item
_TEXTS = ("line", "prose", "effort")


def ours_of(guide: Guide, agreement: Agreement, *, by_row: bool = False) -> list[Ours]:
    """The lines of an agreement in reading order; with `by_row` a row of a table is one line, else each cell is."""
    return [one for part in agreement.parts for one in _Told(guide, part, by_row).all()]


def dressed(told: Sequence[Ours], lines: Sequence[Line], *, bare: bool = False) -> list[Ours]:
    """The lines of our text in some format, each with what is known of it; one that only the format has comes from
    nowhere."""
    found = [Ours(line.text) for line in lines]
    said = [_NUMBER.sub("", one.text, count=1) if bare else one.text for one in told]
    matcher = SequenceMatcher(None, list(map(keys, said)), [keys(one.text) for one in lines], autojunk=False)
    for block in matcher.get_matching_blocks():
        for at in range(block.size):
            found[block.b + at] = replace(told[block.a + at], text=lines[block.b + at].text)
    before = Ours("")
    for at, one in enumerate(found):
        if not one.heading:
            found[at] = replace(one, section=before.section, heading=before.heading, lang=before.lang)
        before = found[at]
    return found


class _Told:
    """Tells the lines of one agreement."""

    def __init__(self, guide: Guide, agreement: Agreement, by_row: bool) -> None:
        self._guide, self._agreement, self._by_row = guide, agreement, by_row
        self._section, self._heading = "", agreement.kind

    def all(self) -> Iterator[Ours]:
        """Front, preamble and sections."""
        agreement = self._agreement
        names = {flat(block.runs): block.origin for one in agreement.sections for block in _named(one.blocks)}
        yield self._line(agreement.kind, Origin(_TITLE[0], _TITLE[1], _TITLE[0]))
        yield self._line(agreement.title, Origin(_NAME[0], _NAME[1], _NAME[0]))
        words = wording(agreement)
        yield self._line(words.between + words.colon)
        for name in agreement.partners:
            where = next((origin for text, origin in names.items() if text.startswith(name)), NOWHERE)
            yield self._line(name, where)
        yield replace(self._line(facts(agreement)), drawn=True)
        yield from self._blocks(agreement.preamble)
        for section in agreement.sections:
            self._section, self._heading = section.id, heading(section)
            yield self._line(self._heading)
            yield from self._blocks(section.blocks)

    def _line(self, text: str, origin: Origin = NOWHERE, *, whole: bool = False) -> Ours:
        return Ours(text, origin, self._section, self._heading, self._agreement.lang, whole)

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[Ours]:
        for block in blocks:
            match block:
                case Paragraph() | Subheading():
                    hole = len(block.runs) == 1 and block.runs[0].hole
                    yield self._line(flat(block.runs), block.origin, whole=hole)
                case ListBlock():
                    for item in block.items:
                        for one in self._blocks(item.blocks):
                            yield replace(one, origin=item.origin) if one.origin == NOWHERE else one
                case Table():
                    yield from self._table(block)
                case Signature():
                    yield from self._signature(block)

    def _table(self, table: Table) -> Iterator[Ours]:
        if self._by_row:
            yield self._line(" ".join(map(flat, table.head)))
            for row in table.rows:
                yield self._line(" ".join(map(flat, row.cells)), row.origin)
            return
        for cell in table.head:
            yield replace(self._line(flat(cell)), cell=True)
        for row in table.rows:
            for at, cell in enumerate(row.cells):
                field = row.fields[at] if at < len(row.fields) else row.origin.field if at == 0 else ""
                origin = replace(row.origin, field=field)
                yield replace(self._line(flat(cell), origin, whole=not self._typed(origin)), cell=True)

    def _typed(self, origin: Origin) -> bool:
        """Whether the field is one of text, whose words can be changed one by one."""
        question = self._guide.by_id.get(origin.question)
        fields = [field for part in question.parts for field in part.fields] if question is not None else []
        kinds = {field.kind for field in fields if field.id == origin.field}
        return not kinds or bool(kinds & set(_TEXTS))

    def _signature(self, block: Signature) -> Iterator[Ours]:
        partner = block.origin.entry
        yield self._line(block.partner, Origin(partner, "name", WHO, partner))
        for text, origin in ((block.authorisation, block.origin), (block.note, NOWHERE)):
            if text:
                yield self._line(text, origin)
        for one in block.signatories:
            for text in (block.signature_label, block.date_label, ", ".join(filter(None, (one.name, one.title))),
                         block.name_label):  # fmt: skip
                if text:
                    yield self._line(text)


def _named(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The paragraphs that begin with a partner's name."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from (one for one in item.blocks if isinstance(one, Paragraph) and one.origin.question == WHO)
