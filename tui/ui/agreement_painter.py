"""Paints the document as a reader sees it, line by line; sections that did not change are not painted again.

Each line has its origin, the place of the partnership that its words come from: there the user can change them. Widths
are counted in cells of the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from functools import partial
from itertools import zip_longest
from operator import itemgetter

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

_Painted = tuple[tuple[Line, Origin], ...]  # lines, each with the place of the partnership that it comes from
_Part = Block | Item | Row  # what is painted at once, and kept as long as it stays the same object
_BLANK: tuple[Line, Origin] = (), NOWHERE
_LEAST_WIDTH = 10  # cells of the page
_LEAST_COLUMN = 8  # cells of a column of a table
_NAME_RULE, _DATE_RULE, _PLACE_RULE = "_" * 24, "_" * 10, "_" * 12  # to be filled in by hand on paper


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of one section, as painted last, by the `id()` of the part.

    The part itself is kept as well, so that no other object gets its id.
    """

    painted: dict[int, tuple[_Part, tuple[int, str], _Painted]] = field(default_factory=dict)
    """The part, (the width in cells, its list mark or its columns, then the colon), and its lines."""
    measures: dict[int, _Measure] = field(default_factory=dict)  # of the rows of tables


@dataclass(frozen=True, slots=True)
class PaintedAgreement:
    """A painted document."""

    lines: tuple[Line, ...]
    origins: tuple[Origin, ...]  # for each line, the place of the partnership that it comes from
    starts: dict[str, int]  # by section id, the number of its first line


@dataclass(frozen=True, slots=True)
class _PaintedSection:
    """A section as it was painted in `width` cells."""

    section: Section
    width: int
    lines: tuple[Line, ...]
    origins: tuple[Origin, ...]  # for each line

    def shows(self, section: Section, width: int) -> bool:
        """Return whether `section` is this one: the same blocks under the same heading, in the same width."""
        own = self.section
        return (
            own.blocks is section.blocks
            and (own.label, own.heading, own.origin) == (section.label, section.heading, section.origin)
            and self.width == width
        )


class AgreementPainter:
    """Paints agreements. It keeps what it painted, so that a key typed in one paragraph paints that one alone."""

    def __init__(self) -> None:
        self._colon = colon("fr")  # between a label and what follows, in the typography of the document's language
        # By section id ("" for the preamble) the two painted last: after an adoption one key may show the draft, the
        # next the adopted text.
        self._sections: dict[str, list[_PaintedSection]] = {}
        self._parts: dict[str, _Parts] = {}  # by section id, "" for the preamble

    def paint(self, agreement: Agreement, width: int) -> PaintedAgreement:
        """Return the whole document in `width` cells."""
        width = max(width - 2, _LEAST_WIDTH)
        self._colon = colon(agreement.lang)
        front = tuple(_front(agreement, width))
        blocks = agreement.preamble
        preamble = self._as_before(Section("", 0, "", blocks), width, lambda: self._blocks("", blocks, width))
        lines = [*(line for line, _origin in front), *preamble.lines]
        origins = [*(origin for _line, origin in front), *preamble.origins]
        starts: dict[str, int] = {}
        for section in agreement.sections:
            starts[section.id] = len(lines)
            painted = self._section(section, width)
            lines += painted.lines
            origins += painted.origins
        return PaintedAgreement(tuple(lines), tuple(origins), starts)

    def _section(self, section: Section, width: int) -> _PaintedSection:
        """Return a section painted, as before where nothing changed."""

        def paint() -> Iterator[tuple[Line, Origin]]:
            head = f"{section.label}  {section.heading}"
            yield from (((Piece(f" {line}", "heading"),), section.origin) for line in wrap(head, width))
            yield (Piece(f" {glyphs.rule(min(cells(head), width))}", "rule"),), section.origin
            yield from self._blocks(section.id, section.blocks, width)

        return self._as_before(section, width, paint)

    def _as_before(
        self, section: Section, width: int, paint: Callable[[], Iterable[tuple[Line, Origin]]]
    ) -> _PaintedSection:
        """Return a section as it was painted before, as `paint` paints it where something changed."""
        painted_before = self._sections.get(section.id, [])
        earlier = next((candidate for candidate in painted_before if candidate.shows(section, width)), None)
        if earlier is None:
            painted = tuple(paint())
            lines, origins = tuple(map(itemgetter(0), painted)), tuple(map(itemgetter(1), painted))
            earlier = _PaintedSection(section, width, lines, origins)
            self._sections[section.id] = [earlier, *painted_before[:1]]
        return earlier

    def _blocks(self, section_id: str, blocks: tuple[Block, ...], width: int) -> list[tuple[Line, Origin]]:
        """Return the painted blocks of a section, with a blank line between them where the document has a space."""
        painter = _PartPainter(self._parts.get(section_id, _Parts()), width, self._colon)
        self._parts[section_id] = painter.now
        painted: list[tuple[Line, Origin]] = []
        for number, block in enumerate(blocks):
            if isinstance(block, Subheading) and number:
                painted.append(_BLANK)
            painted += painter.block(block)
            next_block = blocks[number + 1] if number + 1 < len(blocks) else None
            keeps_with_next = isinstance(block, Subheading) or (isinstance(block, Paragraph) and block.lead)
            if not keeps_with_next and not isinstance(next_block, Subheading):
                painted.append(_BLANK)
        if blocks and isinstance(blocks[-1], Subheading):
            painted.append(_BLANK)
        return painted


class _PartPainter:
    """Paints blocks, items of lists and rows of tables one by one: a key typed in a long list changes a single item.

    Parts that are in `before` are not painted again; `now` gets all parts of the present document.
    """

    def __init__(self, before: _Parts, width: int, colon: str) -> None:
        self._colon = colon
        self._before = before
        self._width = width
        self.now = _Parts()

    def block(self, block: Block) -> _Painted:
        """Return a painted block."""
        if isinstance(block, ListBlock):
            return self._part(block, _dash(), partial(self._list, block))
        if isinstance(block, Table):
            return tuple(self._table(block))
        return self._part(block, "", partial(_painted, block, self._width, 1, self._colon))

    def _list(self, block: ListBlock) -> Iterator[tuple[Line, Origin]]:
        """Yield a list item by item."""
        for number, item in enumerate(block.items, block.start):
            mark = f"{number}. " if block.ordered else f"{_dash()} "
            yield from self._part(item, mark, partial(_item, item, mark, self._width, 1, self._colon))

    def _table(self, block: Table) -> Iterator[tuple[Line, Origin]]:
        """Yield a table row by row; a row is painted again only if it changed or a column got another width."""
        measures = [self._measure(row) for row in block.rows]
        heads = [_text(cell) for cell in block.head]
        columns = [] if block.listed else _columns(heads, measures, self._width - 1)
        if columns:
            yield _heads(heads, columns, 1)
        for measure in measures:
            paint = partial(_row, measure, heads, columns, self._width, 1, self._colon)
            yield from self._part(measure.row, f"{heads} {columns}", paint)

    def _measure(self, row: Row) -> _Measure:
        """Return the measure of a row, as kept from the last painting if the row is the same."""
        measure = self._before.measures.get(id(row))
        if measure is None or measure.row is not row:
            measure = _measure_of(row)
        self.now.measures[id(row)] = measure
        return measure

    def _part(self, part: _Part, layout: str, paint: Callable[[], Iterable[tuple[Line, Origin]]]) -> _Painted:
        """Return a part painted by `paint`, or as painted before if it, its width and its `layout` are the same."""
        settings = self._width, layout + self._colon
        earlier = self._before.painted.get(id(part))
        if earlier is None or earlier[0] is not part or earlier[1] != settings:
            earlier = part, settings, tuple(paint())
        self.now.painted[id(part)] = earlier
        return earlier[2]


def _front(agreement: Agreement, width: int) -> Iterator[tuple[Line, Origin]]:
    """Yield the lines above the preamble: kind, title, then draft number and date."""
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
    """Yield the lines of a block behind `indent` blanks."""
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
    """Return what begins an item of a list without numbers."""
    return "-" if glyphs.plain_marks() else "–"


def _item(item: Item, mark: str, width: int, indent: int, colon: str) -> Iterator[tuple[Line, Origin]]:
    """Yield the lines of an item of a list, behind `indent` blanks: `mark` (its number or dash) begins the first."""
    first = " " * indent + mark
    rest = " " * (indent + cells(mark))
    for block in item.blocks:
        if isinstance(block, Paragraph):
            yield from _runs(block.runs, width, first, rest, block.origin if block.origin != NOWHERE else item.origin)
        else:
            yield from _painted(block, width, indent + cells(mark), colon)
        first = rest


def _style(run: Run, extra: str) -> str:
    """Return the style names of a run, separated by spaces, after `extra`."""
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
    """Yield styled text wrapped to `width` cells, behind `first` in its first line and `rest` in the others.

    The plain text is wrapped, then the styles are laid over its lines. `extra` is a style that all of it has.
    """
    text = "".join(run.text for run in runs)
    lines = wrap(text, width + 1, first, rest) if text else [first]
    if len(runs) == 1:
        style = _style(runs[0], extra)
        for number, line in enumerate(lines):
            lead = first if number == 0 else rest
            yield (Piece(lead), Piece(line[len(lead) :], style)), origin
        return
    yield from ((line, origin) for line in _with_styles(runs, lines, first, rest, extra))


def _with_styles(runs: Runs, lines: list[str], first: str, rest: str, extra: str) -> Iterator[Line]:
    """Yield the lines that the text of `runs` was wrapped to, in the styles of these runs."""
    text = "".join(run.text for run in runs).replace("\t", " ")
    ends, styles, end = [], [], 0
    for run in runs:
        end += len(run.text)
        ends.append(end)
        styles.append(_style(run, extra))
    at = run_number = 0  # the number of the character reached, and of the run that it is in
    for number, line in enumerate(lines):
        lead = first if number == 0 else rest
        line_text = line[len(lead) :]
        while at < end and not text.startswith(line_text, at):
            at += 1  # a space or a line break that the wrapping took out
        pieces = [Piece(lead)]
        line_end = at + len(line_text)
        while at < line_end:
            while run_number < len(ends) - 1 and ends[run_number] <= at:
                run_number += 1
            piece_end = min(line_end, ends[run_number]) if run_number < len(ends) - 1 else line_end
            if len(pieces) > 1 and pieces[-1].style == styles[run_number]:
                pieces[-1] = Piece(pieces[-1].text + text[at:piece_end], styles[run_number])
            else:
                pieces.append(Piece(text[at:piece_end], styles[run_number]))
            at = piece_end
        yield tuple(pieces)


def _text(runs: Runs) -> str:
    """Return the plain text of a cell of a table, in one line."""
    return "".join(run.text for run in runs).replace("\n", " ")


@dataclass(frozen=True, slots=True)
class _Measure:
    """A row of a table with how much room its texts take."""

    row: Row
    texts: tuple[str, ...]  # one for each column
    wanted: tuple[int, ...]  # the width of each text on one line, in screen cells
    least: tuple[int, ...]  # the width of its longest word, in screen cells


def _measure_of(row: Row) -> _Measure:
    """Return the measure of a row."""
    texts = tuple(_text(cell) for cell in row.cells)
    least = tuple(max(map(cells, text.split()), default=0) for text in texts)
    return _Measure(row, texts, tuple(map(cells, texts)), least)


def _table(table: Table, width: int, indent: int, colon: str) -> Iterator[tuple[Line, Origin]]:
    """Yield the lines of a table: aligned columns if they fit, else each row as labels with values."""
    measures = [_measure_of(row) for row in table.rows]
    heads = [_text(cell) for cell in table.head]
    columns = [] if table.listed else _columns(heads, measures, width - indent)
    if columns:
        yield _heads(heads, columns, indent)
    for measure in measures:
        yield from _row(measure, heads, columns, width, indent, colon)


def _heads(heads: list[str], columns: list[int], indent: int) -> tuple[Line, Origin]:
    """Return the line of a table's column heads; `columns` are the widths."""
    pieces = (Piece(_cell(head, room), "muted") for head, room in zip(heads, columns, strict=True))
    return (Piece(" " * indent), *pieces), NOWHERE


def _row(
    measure: _Measure, heads: list[str], columns: list[int], width: int, indent: int, colon: str
) -> Iterator[tuple[Line, Origin]]:
    """Yield the lines of a row of a table: in `columns` (their widths), or as labels with values if it is []."""
    pad, origin = " " * indent, measure.row.origin
    if not columns:
        for head, text in zip(heads, measure.texts, strict=True):
            if not text:
                continue
            lead = f"{pad}{head}{colon}"
            first, *more = wrap(text, width + 1, lead, pad + "  ")
            yield (Piece(lead, "muted"), Piece(first[len(lead) :])), origin
            yield from (((Piece(line),), origin) for line in more)
        yield (), NOWHERE
        return
    wrapped = [wrap(text, room - 2) or [""] for text, room in zip(measure.texts, columns, strict=True)]
    for texts in zip_longest(*wrapped, fillvalue=""):
        parts = (_cell(text, room) for text, room in zip(texts, columns, strict=True))
        yield (Piece(pad + "".join(parts).rstrip()),), origin


def _cell(text: str, room: int) -> str:
    """Return `text` filled up with blanks to `room` cells."""
    return text + " " * max(room - cells(text), 0)


def _columns(heads: list[str], measures: list[_Measure], width: int) -> list[int]:
    """Return the width of each column, two cells between them included; [] when they do not fit beside each other.

    If not all texts fit on one line, each column gets its longest word, and a share of the room that is left.
    """
    columns = range(len(heads))
    wanted = [max([cells(heads[at]), *(measure.wanted[at] for measure in measures)]) + 2 for at in columns]
    if sum(wanted) <= width:
        return wanted
    least = [max([cells(heads[at]), *(measure.least[at] for measure in measures), _LEAST_COLUMN]) + 2 for at in columns]
    if sum(least) > width:
        return []
    spare = width - sum(least)
    lacking = [max(most - fewest, 0) for most, fewest in zip(wanted, least, strict=True)]
    return [fewest + spare * lack // max(sum(lacking), 1) for fewest, lack in zip(least, lacking, strict=True)]


def _signature(block: Signature, width: int, indent: int, colon: str) -> Iterator[tuple[Line, Origin]]:
    """Yield the lines on which a partner signs: its name, then for each signatory a rule, a date and a name."""
    pad = " " * indent
    yield (), NOWHERE
    for line in wrap(block.partner, width + 1, pad, pad):
        yield (Piece(line, "strong"),), block.origin
    for text in filter(None, (block.authorisation, block.note)):
        for line in wrap(text, width + 1, pad, pad):
            yield (Piece(line, "muted"),), block.origin
    for signatory in block.signatories:
        signature = f"{pad}{block.signature_label}{colon}{_NAME_RULE}"
        if block.place_label:
            place, date = f"{pad}{block.place_label} {_PLACE_RULE}, ", f"{block.date_label} {_PLACE_RULE}"
            fits = cells(place + date) <= width + 1
            lines = (*((place + date,) if fits else (place, pad + date)), signature)
        else:
            date = f"{block.date_label}{colon}{_DATE_RULE}"
            fits = cells(signature) + cells(date) + 2 <= width + 1
            lines = (f"{signature}  {date}",) if fits else (signature, pad + date)
        yield from (((Piece(text),), block.origin) for text in lines)
        name = ", ".join(filter(None, (signatory.name, signatory.title))) or _NAME_RULE
        for line in wrap(f"{block.name_label}{colon}{name}", width + 1, pad, pad):
            yield (Piece(line),), block.origin
