"""A sub-step painted: its title, the question one stands at, the partners, what is asked once, the statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide, Question
from tui.i18n import _
from tui.partnership.completion import CONFIRM, DISCUSS, EMPTY, VOID
from tui.terminal.line_pane import Line, Piece
from tui.text.widths import first_lines, pad, wrap
from tui.text.widths import width as cells
from tui.ui import glyphs

if TYPE_CHECKING:
    from tui.partnership.step_table import Fact, OnceAnswer, PartnerRow, StepTable

NAME = 18  # cells of a partner's name, at least, where partners are rows
NAME_AT_MOST = 48
GAP = 2  # cells between columns
BESIDE = 16  # cells beside a label, below which its words stand under it
MOST_ROWS = 3  # of what a question that is asked once holds: all of it is one key away
IN_WORDS = 26  # cells of the longest fact that stands in a column in full


@dataclass(frozen=True, slots=True)
class Target:
    """Where Enter goes: a question, of a partner where it is asked of each.

    `later` is the command of a step behind the statement, "" for a question.
    """

    question: str = ""
    partner: str = ""
    item: str = ""  # the section of the statement's item that leads to the question
    later: str = ""


Later = tuple[str, str, str, str]  # a step behind the questions: its command, its label, its state, its words


@dataclass(frozen=True, slots=True)
class PaintedStep:
    """The lines; `grid` holds the targets by line and column, `rows` the line of `lines` each line of it begins at."""

    lines: tuple[Line, ...]
    grid: tuple[tuple[Target, ...], ...]
    rows: tuple[int, ...]


class StepPainter:
    """Paints the table of one sub-step in `width` cells; `at` is where one stands, None before a room.

    `later` are the steps that follow the statement.
    """

    def __init__(
        self, guide: Guide, table: StepTable, lang: str, width: int, at: Target | None, *, low: bool = False,
        later: Sequence[Later] = (),
    ) -> None:  # fmt: skip
        self._guide, self._table, self._lang, self._at = guide, table, lang, at
        self._width = width
        self._later = later
        self._low = low  # there are few rows: none is kept free for a longer question
        self._lines: list[Line] = []
        self._grid: list[tuple[Target, ...]] = []
        self._rows: list[int] = []

    def paint(self) -> PaintedStep:
        """Return the whole page."""
        table = self._table
        self._title()
        self._asked()
        order = [question.id for question in table.step.questions]
        first = min((order.index(column.id) for column in table.columns), default=0)
        self._once([once_answer for once_answer in table.once if order.index(once_answer.question.id) < first])
        if len(table.columns) == 1:
            self._list(table.columns[0])
        elif self._at is not None and not self._fits(table.columns):
            self._partner()
        elif table.columns:
            self._table_of_partners()
        self._once([once_answer for once_answer in table.once if order.index(once_answer.question.id) >= first])
        self._statement()
        return PaintedStep(tuple(self._lines), tuple(self._grid), tuple(self._rows))

    # -- above ---------------------------------------------------------------------------------------------------------

    def _say(self, text: str, style: str = "", indent: int = 1) -> None:
        blank = " " * indent
        self._lines += [(Piece(line, style),) for line in wrap(text, self._width, blank, blank)]

    def _blank(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append(())

    def _title(self) -> None:
        table = self._table
        title = table.step.title.get(self._lang)
        if self._at is None:
            self._say(title, "title")
            self._blank()
            return
        number = _("{done} of {total}").format(done=table.number, total=table.count)
        lead = f" ‹ {number} ›  " if not glyphs.plain_marks() else f" < {number} >  "
        hang = " " * (cells(lead) if self._width >= NAME_AT_MOST else 1)
        first, *more = wrap(title, self._width, " " * cells(lead), hang)
        self._lines.append((Piece(lead, "accent"), Piece(first.lstrip(), "title")))
        self._lines += [(Piece(line, "title"),) for line in more]
        self._blank()

    def _asked(self) -> None:
        """The page's own line above its questions, and the one that one stands at; the place of the longest is kept."""
        if self._at is None:
            return
        asking = self._guide.asking.get(self._lang)
        count = _("{done} of {total}").format(done=self._table.done, total=self._table.asked)
        gap = " " * max(self._width - cells(asking) - cells(count) - 2, 1)
        self._lines.append((Piece(f" {asking}", "heading"), Piece(f"{gap}{count}", "muted")))
        texts = {
            question.id: wrap(question.text.get(self._lang), self._width, " ", " ")
            for question in self._table.step.questions
        }
        lines = texts.get(self._at.question, [])
        room = 0 if self._low else max(map(len, texts.values()))
        self._lines += [(Piece(line),) for line in lines]
        self._lines += [()] * (room - len(lines))
        self._lines.append(())

    # -- the partners --------------------------------------------------------------------------------------------------

    def _widths(self, *, in_words: bool) -> list[int]:
        """Return the cells of each column."""
        found = []
        for at, question in enumerate(self._table.columns):
            texts = [_fact(row.facts[at], in_words=in_words) for row in self._table.rows]
            found.append(max(map(cells, (question.column_head.get(self._lang), *texts))) + GAP)
        return found

    def _fits(self, columns: tuple[Question, ...]) -> bool:
        return bool(columns) and sum(self._widths(in_words=False)) + NAME + 3 <= self._width

    def _table_of_partners(self) -> None:
        table = self._table
        wanted = max((cells(row.name) for row in table.rows), default=NAME) + 4
        in_words = max(widths := self._widths(in_words=True)) <= IN_WORDS + GAP and sum(widths) + wanted <= self._width
        if not in_words:
            widths = self._widths(in_words=False)
        room = min(max(wanted, NAME + 3), NAME_AT_MOST, self._width - sum(widths))
        heads = [
            pad(column.column_head.get(self._lang), size) for column, size in zip(table.columns, widths, strict=True)
        ]
        self._lines.append((Piece(" " * room), Piece("".join(heads).rstrip(), "heading")))
        if not table.rows and self._at is not None:
            self._say(_("No partner yet: {key} adds the organizations.").format(key="a"), "hint")
        for row in table.rows:
            self._row(row, room, widths, in_words=in_words)
        self._blank()

    def _row(self, row: PartnerRow, room: int, widths: list[int], *, in_words: bool) -> None:
        asked = self._table.columns
        here = (
            self._at is not None and self._at.partner == row.partner and any(o.id == self._at.question for o in asked)
        )
        here = here and not (self._at is not None and self._at.item)
        name = row.name if cells(row.name) <= room - 3 else row.short
        first, *more = wrap(name, room - 3)
        # The mark and the bar tell the row: two names made bold and plain again cost 100 bytes a key.
        style = "muted" if row.gone else ""
        pieces = [Piece(f"{_mark(here)} ", "accent"), Piece(pad(first, room - 2), style)]
        for question, fact, size in zip(asked, row.facts, widths, strict=True):
            text = _fact(fact, in_words=in_words)
            current = here and self._at is not None and self._at.question == question.id
            pieces += [
                Piece(text, "cursor" if current else "muted" if row.gone else _style(fact)),
                Piece(" " * (size - cells(text))),
            ]
        self._place(tuple(Target(target.id, row.partner) for target in asked))
        self._lines.append(tuple(pieces))
        self._lines += [(Piece(f"   {line}", style),) for line in more]

    def _partner(self) -> None:
        """One partner at a time, each question on a line of its own."""
        table, at = self._table, self._at
        if not table.columns or at is None:
            return
        found = next((row for row in table.rows if row.partner == at.partner), None)
        if found is None:
            self._say(_("No partner yet: {key} adds the organizations.").format(key="a"), "hint")
            return
        count = _("{done} of {total}").format(done=table.rows.index(found) + 1, total=len(table.rows))
        first, *more = wrap(found.name, self._width - cells(count) - 7)
        lead = f" ‹ {count} ›  " if not glyphs.plain_marks() else f" < {count} >  "
        self._lines.append((Piece(lead, "accent"), Piece(first, "muted" if found.gone else "strong")))
        self._lines += [(Piece(" " * cells(lead) + line, "strong"),) for line in more]
        column = max(cells(column.column_head.get(self._lang)) for column in table.columns) + GAP
        for question, fact in zip(table.columns, found.facts, strict=True):
            target = Target(question.id, found.partner)
            self._entry(target, question.column_head.get(self._lang), column, _words(fact), _style(fact))
        self._blank()

    def _list(self, question: Question) -> None:
        """The answers to the one question that is asked of each."""
        self._say(question.text.get(self._lang), "heading")
        column = min(max((cells(row.short) for row in self._table.rows), default=0), self._width // 2 - 4) + GAP
        for row in self._table.rows:
            fact = row.facts[0]
            style = "muted" if row.gone else _style(fact)
            self._entry(Target(question.id, row.partner), row.short, column, _words(fact), style)
        self._blank()

    def _entry(self, target: Target, label: str, column: int, words: str, style: str, *, glyph: str = "") -> None:
        """A label and, beside it, the words that are known; on a narrow page below it."""
        here = self._at == target
        self._place((target,))
        lead = f"{_mark(here)} {glyph}"
        beside = self._width - cells(lead) - column
        below = cells(label) + GAP > column or beside < BESIDE
        first, *more = (
            first_lines(words, max(beside if not below else self._width - 6, 8), MOST_ROWS) if words else [""]
        )
        shown = Piece(label, "cursor" if here else "")  # the bar covers the words, not the space behind them
        if below:
            top, *rest = wrap(label, self._width - cells(lead))
            self._lines.append((Piece(lead, "accent"), Piece(top, shown.style)))
            self._lines += [(Piece(" " * cells(lead) + line),) for line in rest]
            self._lines += [(Piece(f"      {line}", style),) for line in (first, *more) if line]
            return
        gap = " " * (column - cells(label))
        self._lines.append((Piece(lead, "accent"), shown, Piece(gap), Piece(first, style)))
        self._lines += [(Piece(" " * (cells(lead) + column) + line, style),) for line in more]

    # -- what is asked once --------------------------------------------------------------------------------------------

    def _once(self, answers: Sequence[OnceAnswer]) -> None:
        shown = [answer for answer in answers if self._at is not None or answer.words]
        column = max((cells(once_answer.question.short.get(self._lang)) for once_answer in shown), default=0) + GAP
        for once_answer in shown:
            self._once_line(once_answer, column)
        if shown:
            self._blank()

    def _once_line(self, once_answer: OnceAnswer, column: int) -> None:
        state = once_answer.progress.state
        mark = f"{glyphs.glyph(state)} " if self._at is not None else ""
        words = once_answer.words or ("" if self._at is None else glyphs.word(once_answer.progress) or "–")
        style = "muted" if state in (EMPTY, VOID) else ""
        self._entry(
            Target(once_answer.question.id),
            once_answer.question.short.get(self._lang),
            column,
            words,
            style,
            glyph=mark,
        )

    # -- the statement -------------------------------------------------------------------------------------------------

    def _statement(self) -> None:
        table = self._table
        text = table.step.statement.get(self._lang)
        if not text:
            return
        self._say(text)
        self._blank()
        column = max((cells(item.heading) for item in table.items), default=0) + GAP
        for item in table.items:
            state = "answered" if item.settled else "started"
            words = "" if item.settled else _("to be specified")
            mark = f"{glyphs.glyph(state)} " if self._at is not None else ""
            target = Target(item.question, item=item.section)
            self._entry(target, item.heading, column, words, "hole", glyph=mark)
        if self._at is not None:
            self._blank()
            self._later_steps()

    def _later_steps(self) -> None:
        """What comes behind the statement, each with its state."""
        column = max((cells(label) for _name, label, _state, _words in self._later), default=0) + GAP
        for name, label, state, words in self._later:
            mark = f"{glyphs.glyph(state)} "
            self._entry(Target(later=name), label, column, words, glyphs.style(state), glyph=mark)

    def _place(self, targets: tuple[Target, ...]) -> None:
        self._grid.append(targets)
        self._rows.append(len(self._lines))


def _mark(here: bool) -> str:
    return " " if not here else ">" if glyphs.plain_marks() else "›"


def _sign(fact: Fact) -> str:
    return {CONFIRM: "?", DISCUSS: "!"}.get(fact.state, "")


def _fact(fact: Fact, *, in_words: bool) -> str:
    """Return what stands in a column: the letters, or the words where all of them have room; a mark by hand behind."""
    if fact.state == EMPTY:
        return fact.text
    return f"{fact.words if in_words else fact.text}{_sign(fact)}"


def _words(fact: Fact) -> str:
    marked = {CONFIRM: _("to confirm"), DISCUSS: _("to discuss")}.get(fact.state, "")
    return f"{fact.words} ({marked})" if marked else fact.words


def _style(fact: Fact) -> str:
    return "warn" if _sign(fact) else "muted" if fact.state in (EMPTY, VOID) else ""


def moved(painted: PaintedStep, at: Target, key: str) -> Target:
    """Return where an arrow, Home or End leads from `at`; the first place where `at` is none of the page's."""
    grid = painted.grid
    if not grid:
        return at
    row, column = next(
        ((y, x) for y, line in enumerate(grid) for x, target in enumerate(line) if target == at), (-1, 0)
    )
    if row < 0:
        return grid[0][0]
    if key in ("left", "right"):
        return grid[row][min(max(column + (1 if key == "right" else -1), 0), len(grid[row]) - 1)]
    steps = {"up": -1, "down": 1, "home": -len(grid), "end": len(grid), "pageup": -10, "pagedown": 10}
    there = grid[min(max(row + steps[key], 0), len(grid) - 1)]
    return there[min(column, len(there) - 1)]
