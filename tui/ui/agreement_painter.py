"""The document as a reader sees it, painted line by line; sections that did not change are not painted again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from functools import partial

from tui.agreement.blocks import (
    NOWHERE,
    Agreement,
    Block,
    Item,
    ListBlock,
    Origin,
    Paragraph,
    Row,
    Run,
    Runs,
    Section,
    Signature,
    Subheading,
    Table,
)
from tui.fast_dataclass import dataclass
from tui.terminal.line_pane import Line, Piece
from tui.text.separators import colon
from tui.text.widths import width as cells
from tui.text.widths import wrap
from tui.ui import glyphs

_Painted = tuple[tuple[Line, Origin], ...]
_Part = Block | Item | Row
_BLANK: tuple[Line, Origin] = (), NOWHERE


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a section was painted of: by its id each part, how it was painted and its lines; each row's measure."""

    painted: dict[int, tuple[_Part, tuple[int, str], _Painted]] = field(default_factory=dict)
    measures: dict[int, _Measure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaintedAgreement:
    """A painted document: its lines, where each comes from, and the first row of each section."""

    lines: tuple[Line, ...]
    origins: tuple[Origin, ...]
    starts: dict[str, int]


class AgreementPainter:
    """Paints agreements; keeps what it painted, so that one keystroke paints one paragraph."""

    def __init__(self) -> None:
        self._colon = colon("fr")  # between a label and what follows, as the document's language sets it
        self._sections: dict[str, tuple[Section, int, tuple[tuple[Line, ...], tuple[Origin, ...]]]] = {}
        self._parts: dict[str, _Parts] = {}  # what each section, and the preamble, was painted of the last time

    def paint(self, agreement: Agreement, width: int) -> PaintedAgreement:
        """Return the whole document in `width` cells."""
        width = max(width - 2, 10)
        self._colon = colon(agreement.lang)
        front = (*_front(agreement, width), *self._all("", agreement.preamble, width))
        lines = [line for line, _origin in front]
        origins = [origin for _line, origin in front]
        starts: dict[str, int] = {}
        for section in agreement.sections:
            starts[section.id] = len(lines)
            painted = self._section(section, width)
            lines += painted[0]
            origins += painted[1]
        return PaintedAgreement(tuple(lines), tuple(origins), starts)

    def _section(self, section: Section, width: int) -> tuple[tuple[Line, ...], tuple[Origin, ...]]:
        kept = self._sections.get(section.id)
        if kept is None or kept[0] is not section or kept[1] != width:
            head = f"{section.label}  {section.heading}"
            painted = [
                *(((Piece(f" {line}", "heading"),), section.origin) for line in wrap(head, width)),
                ((Piece(f" {glyphs.rule(min(cells(head), width))}", "rule"),), section.origin),
                *self._all(section.id, section.blocks, width),
            ]
            halves = tuple(line for line, _origin in painted), tuple(origin for _line, origin in painted)
            kept = self._sections[section.id] = section, width, halves
        return kept[2]

    def _all(self, name: str, blocks: tuple[Block, ...], width: int) -> list[tuple[Line, Origin]]:
        parts = _PartPainter(self._parts.get(name, _Parts()), width, self._colon)
        self._parts[name] = parts.now
        found: list[tuple[Line, Origin]] = []
        for at, block in enumerate(blocks):
            if isinstance(block, Subheading) and at:
                found.append(_BLANK)
            found += parts.block(block)
            follows = blocks[at + 1] if at + 1 < len(blocks) else None
            tight = isinstance(block, Subheading) or (isinstance(block, Paragraph) and block.lead)
            if not tight and not isinstance(follows, Subheading):
                found.append(_BLANK)
        if blocks and isinstance(blocks[-1], Subheading):
            found.append(_BLANK)
        return found


class _PartPainter:
    """Paints blocks and the items of lists one by one: a long list changes by an item.

    What was in `before` is not painted again; what is in use ends in `now`.
    """

    def __init__(self, before: _Parts, width: int, colon: str) -> None:
        self._colon = colon
        self._before = before
        self._width = width
        self.now = _Parts()

    def block(self, block: Block) -> _Painted:
        if isinstance(block, ListBlock):
            return tuple(self._list(block))
        if isinstance(block, Table):
            return tuple(self._table(block))
        return self._part(block, "", partial(_painted, block, self._width, 1, self._colon))

    def _list(self, block: ListBlock) -> Iterator[tuple[Line, Origin]]:
        for number, item in enumerate(block.items, block.start):
            mark = f"{number}. " if block.ordered else f"{_dash()} "
            yield from self._part(item, mark, partial(_item, item, mark, self._width, 1, self._colon))

    def _table(self, block: Table) -> Iterator[tuple[Line, Origin]]:
        """Yield the rows one by one, each anew only where it changed, or a column got another width."""
        measures = [self._measure(row) for row in block.rows]
        heads = [_text(cell) for cell in block.head]
        columns = [] if block.listed else _columns(heads, measures, self._width - 1)
        if columns:
            yield _heads(heads, columns, 1)
        for measure in measures:
            paint = partial(_row, measure, heads, columns, self._width, 1, self._colon)
            yield from self._part(measure.row, f"{heads} {columns}", paint)

    def _measure(self, row: Row) -> _Measure:
        kept = self._before.measures.get(id(row))
        if kept is None or kept.row is not row:
            kept = _measured(row)
        self.now.measures[id(row)] = kept
        return kept

    def _part(
        self, what: Block | Item | Row, mark: str, paint: Callable[[], Iterable[tuple[Line, Origin]]]
    ) -> _Painted:
        kept = self._before.painted.get(id(what))
        if kept is None or kept[0] is not what or kept[1] != (self._width, mark + self._colon):
            kept = what, (self._width, mark + self._colon), tuple(paint())
        self.now.painted[id(what)] = kept
        return kept[2]


def _front(agreement: Agreement, width: int) -> Iterator[tuple[Line, Origin]]:
    name = Origin("extra.name", "name", "extra.name")
    for line in wrap(agreement.kind, width):
        yield (Piece(f" {line}", "muted"),), Origin("extra.title", "kind", "extra.title")
    for line in wrap(agreement.title, width):
        yield (Piece(f" {line}", "title"),), name
    facts = " · ".join(filter(None, (agreement.standing, agreement.date)))
    for line in wrap(facts, width):
        yield (Piece(f" {line}", "muted"),), NOWHERE
    yield (), NOWHERE


def _painted(block: Block, width: int, indent: int, colon: str) -> Iterator[tuple[Line, Origin]]:
    if isinstance(block, Subheading):
        yield from _runs(block.runs, width, " " * indent, " " * indent, block.origin, "strong")
    elif isinstance(block, Paragraph):
        yield from _runs(block.runs, width, " " * indent, " " * indent, block.origin)
    elif isinstance(block, ListBlock):
        for number, item in enumerate(block.items, block.start):
            yield from _item(item, f"{number}. " if block.ordered else f"{_dash()} ", width, indent, colon)
    elif isinstance(block, Table):
        yield from _table(block, width, indent, colon)
    elif isinstance(block, Signature):
        yield from _signature(block, width, indent, colon)


def _dash() -> str:
    return "-" if glyphs.plain_marks() else "–"


def _item(item: Item, mark: str, width: int, indent: int, colon: str) -> Iterator[tuple[Line, Origin]]:
    first = " " * indent + mark
    rest = " " * (indent + cells(mark))
    for block in item.blocks:
        if isinstance(block, Paragraph):
            yield from _runs(block.runs, width, first, rest, block.origin if block.origin != NOWHERE else item.origin)
        else:
            yield from _painted(block, width, indent + cells(mark), colon)
        first = rest


def _style(run: Run, extra: str) -> str:
    names = [extra] if extra else []
    for name, on in (("strong", run.strong), ("emphasis", run.emphasis), ("strike", run.strike), ("code", run.code)):
        if on:
            names.append(name)
    if run.hole:
        names.append("hole")
    if run.href:
        names.append("mark")
    return " ".join(names)


def _runs(
    runs: Runs, width: int, first: str, rest: str, origin: Origin, extra: str = ""
) -> Iterator[tuple[Line, Origin]]:
    """Styled text wrapped: the plain text is wrapped, then the styles are laid over the lines."""
    text = "".join(run.text for run in runs)
    lines = wrap(text, width + 1, first, rest) if text else [first]
    if len(runs) == 1:
        style = _style(runs[0], extra)
        for at, line in enumerate(lines):
            lead = first if at == 0 else rest
            yield (Piece(lead), Piece(line[len(lead) :], style)), origin
        return
    yield from ((line, origin) for line in _laid(runs, lines, first, rest, extra))


def _laid(runs: Runs, lines: list[str], first: str, rest: str, extra: str) -> Iterator[Line]:
    """Lay the styles of `runs` over the lines that their text was wrapped to."""
    text = "".join(run.text for run in runs).replace("\t", " ")
    ends, styles, end = [], [], 0
    for run in runs:
        end += len(run.text)
        ends.append(end)
        styles.append(_style(run, extra))
    at = of = 0  # the letter of the text, and the run it is in
    for number, line in enumerate(lines):
        lead = first if number == 0 else rest
        rest_of_line = line[len(lead) :]
        while at < end and not text.startswith(rest_of_line, at):
            at += 1  # a space or a line break that the wrapping took
        pieces = [Piece(lead)]
        stop = at + len(rest_of_line)
        while at < stop:
            while of < len(ends) - 1 and ends[of] <= at:
                of += 1
            to = min(stop, ends[of]) if of < len(ends) - 1 else stop
            if len(pieces) > 1 and pieces[-1].style == styles[of]:
                pieces[-1] = Piece(pieces[-1].text + text[at:to], styles[of])
            else:
                pieces.append(Piece(text[at:to], styles[of]))
            at = to
        yield tuple(pieces)


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs).replace("\n", " ")


@dataclass(frozen=True, slots=True)
class _Measure:
    """A row of a table, its texts, and for each how many cells it takes, and its longest word."""

    row: Row
    texts: tuple[str, ...]
    wanted: tuple[int, ...]
    least: tuple[int, ...]


def _measured(row: Row) -> _Measure:
    texts = tuple(_text(cell) for cell in row.cells)
    least = tuple(max(map(cells, text.split()), default=0) for text in texts)
    return _Measure(row, texts, tuple(map(cells, texts)), least)


def _table(table: Table, width: int, indent: int, colon: str) -> Iterator[tuple[Line, Origin]]:
    """Aligned columns where they fit; else each row as label and value."""
    measures = [_measured(row) for row in table.rows]
    heads = [_text(cell) for cell in table.head]
    columns = [] if table.listed else _columns(heads, measures, width - indent)
    if columns:
        yield _heads(heads, columns, indent)
    for measure in measures:
        yield from _row(measure, heads, columns, width, indent, colon)


def _heads(heads: list[str], columns: list[int], indent: int) -> tuple[Line, Origin]:
    pieces = (Piece(_cell(head, room), "muted") for head, room in zip(heads, columns, strict=True))
    return (Piece(" " * indent), *pieces), NOWHERE


def _row(
    measure: _Measure, heads: list[str], columns: list[int], width: int, indent: int, colon: str
) -> Iterator[tuple[Line, Origin]]:
    """Yield a row of a table in its columns; as label and value where there are none."""
    pad, where = " " * indent, measure.row.origin
    if not columns:
        for head, text in zip(heads, measure.texts, strict=True):
            if not text:
                continue
            lead = f"{pad}{head}{colon}"
            for at, line in enumerate(wrap(text, width + 1, lead, pad + "  ")):
                yield ((Piece(lead, "muted"), Piece(line[len(lead) :])) if at == 0 else (Piece(line),)), where
        yield (), NOWHERE
        return
    wrapped = [wrap(text, room - 2) or [""] for text, room in zip(measure.texts, columns, strict=True)]
    for at in range(max(map(len, wrapped))):
        parts = (_cell(item[at] if at < len(item) else "", room) for item, room in zip(wrapped, columns, strict=True))
        yield (Piece(pad + "".join(parts).rstrip()),), where


def _cell(text: str, room: int) -> str:
    return text + " " * max(room - cells(text), 0)


def _columns(heads: list[str], measures: list[_Measure], width: int) -> list[int]:
    """Return the width of each column with two cells between; [] when they cannot stand beside each other."""
    columns = range(len(heads))
    wanted = [max([cells(heads[at]), *(measure.wanted[at] for measure in measures)]) + 2 for at in columns]
    if sum(wanted) <= width:
        return wanted
    least = [max([cells(heads[at]), *(measure.least[at] for measure in measures), 8]) + 2 for at in columns]
    if sum(least) > width:
        return []
    spare = width - sum(least)
    grow = [max(want - low, 0) for want, low in zip(wanted, least, strict=True)]
    return [low + spare * more // max(sum(grow), 1) for low, more in zip(least, grow, strict=True)]


def _signature(block: Signature, width: int, indent: int, colon: str) -> Iterator[tuple[Line, Origin]]:
    pad = " " * indent
    yield (), NOWHERE
    for line in wrap(block.partner, width + 1, pad, pad):
        yield (Piece(line, "strong"),), block.origin
    for text in filter(None, (block.authorisation, block.note)):
        for line in wrap(text, width + 1, pad, pad):
            yield (Piece(line, "muted"),), block.origin
    for signatory in block.signatories:
        signed, dated = f"{pad}{block.signature_label}{colon}{'_' * 24}", f"{block.date_label}{colon}{'_' * 10}"
        if block.place_label:
            place = f"{pad}{block.place_label} {'_' * 12}, "
            dated, signed = f"{block.date_label} {'_' * 12}", signed.strip()
            first, second = (place + dated, pad + signed) if cells(place + dated) <= width + 1 else (place, pad + dated)
            for text in (first, second, *([] if second == pad + signed else [pad + signed])):
                yield (Piece(text),), block.origin
        else:
            beside = cells(signed) + cells(dated) + 2 <= width + 1
            for text in (f"{signed}  {dated}",) if beside else (signed, pad + dated):
                yield (Piece(text),), block.origin
        name = ", ".join(filter(None, (signatory.name, signatory.title))) or "_" * 24
        for line in wrap(f"{block.name_label}{colon}{name}", width + 1, pad, pad):
            yield (Piece(line),), block.origin
