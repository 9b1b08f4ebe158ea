"""Paints one sub-step as a page: its title, the current question, the partners' answers, the statement it leads to.

A sub-step is a group of questions of the guide. The statement is the sentence of the guide that the sub-step ends in;
its items lead to the questions that fill them. Widths are counted in cells of the terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide, Question
from tui.i18n import _
from tui.partnership.completion import ANSWERED, CONFIRM, DISCUSS, EMPTY, STARTED, VOID
from tui.terminal.line_pane import Line, Piece
from tui.text.widths import first_lines, pad, wrap
from tui.text.widths import width as cells
from tui.ui import glyphs

if TYPE_CHECKING:
    from tui.partnership.step_table import Fact, OnceAnswer, PartnerRow, StepTable
    from tui.workspace.later_steps import LaterStep

# How many cells a partner's name takes in the table, at least and at most; on a wide page it may take half of it.
MIN_NAME_CELLS, NAME_CELLS_AT_MOST = 18, 48
NAME_MARGIN_CELLS = 3  # around the name: the mark of the current row and a blank before, a blank after
NARROW_PAGE = 48  # cells: on a narrower page the second line of the title begins at the left, not below the first word
GAP_CELLS = 2  # between columns
LEAST_BESIDE = 16  # cells: with less room beside a label its words are under it
BELOW_INDENT = 6  # cells before words that are under their label
LEAST_WORDS = 8  # cells: words are never wrapped to fewer
MOST_LINES = 3  # lines shown of an answer; Enter opens the whole of it
MOST_WORDS = 26  # cells: if an answer is longer, all columns show short codes (« 2+1 ») instead of words
PAGE_ROWS = 10  # rows that page up and page down move by


@dataclass(frozen=True, slots=True)
class Target:
    """A place on the page that the cursor can be at, and that Enter opens; each attribute is an id, "" for none."""

    question: str = ""
    partner: str = ""  # whose answer it is, if the question is asked of each partner
    item: str = ""  # the section of the statement's item that leads to the question
    later: str = ""  # the id of the command that opens a step after the questions


@dataclass(frozen=True, slots=True)
class PaintedStep:
    """A painted sub-step, with the targets that the arrows walk through."""

    lines: tuple[Line, ...]
    grid: tuple[tuple[Target, ...], ...]  # the targets, row by row, each row from left to right
    rows: tuple[int, ...]  # for each row of `grid`, the number of the line that it begins at


class StepPainter:
    """Paints the table of one sub-step in `width` cells.

    `at` is where the cursor is. If it is None, the page is to be projected at a meeting: it has no cursor, and does
    not say how far the answers are. `partner` is the id of the partner whose answers a page too narrow for the table
    shows; `few_rows` is whether the screen is low, `later` are the steps after the questions.
    """

    def __init__(
        self, guide: Guide, table: StepTable, lang: str, width: int, at: Target | None, *, partner: str = "",
        few_rows: bool = False, later: Sequence[LaterStep] = (),
    ) -> None:  # fmt: skip
        self._guide, self._table, self._lang, self._at = guide, table, lang, at
        self._width = width
        self._partner = partner
        self._later = later
        self._few_rows = few_rows
        self._lines: list[Line] = []
        self._grid: list[tuple[Target, ...]] = []
        self._rows: list[int] = []

    def paint(self) -> PaintedStep:
        """Return the whole page."""
        table = self._table
        self._add_title()
        self._add_question()
        order = [question.id for question in table.step.questions]
        # Questions asked once for all partners are before or after the table, in the order of the guide.
        first_column = min((order.index(column.id) for column in table.columns), default=0)
        before = [answer for answer in table.once if order.index(answer.question.id) < first_column]
        after = [answer for answer in table.once if order.index(answer.question.id) >= first_column]
        self._add_once_answers(before)
        if len(table.columns) == 1:
            self._add_answers_of_each(table.columns[0])
        elif table.columns and self._at is not None and not self._fits(table.columns):
            self._add_current_partner()  # a projected page has no current partner: it shows the table all the same
        elif table.columns:
            self._add_table()
        self._add_once_answers(after)
        self._add_statement()
        return PaintedStep(tuple(self._lines), tuple(self._grid), tuple(self._rows))

    # -- above ---------------------------------------------------------------------------------------------------------

    def _add_text(self, text: str, style: str = "", indent: int = 1) -> None:
        """Add a wrapped text."""
        blank = " " * indent
        self._lines += [(Piece(line, style),) for line in wrap(text, self._width, blank, blank)]

    def _add_blank_line(self) -> None:
        """Add an empty line, unless the last line is empty already."""
        if self._lines and self._lines[-1]:
            self._lines.append(())

    def _add_title(self) -> None:
        """Add the title of the sub-step and, unless it is projected, its number."""
        table = self._table
        title = table.step.title.get(self._lang)
        if self._at is None:
            self._add_text(title, "title")
            self._add_blank_line()
            return
        number = _("{done} of {total}").format(done=table.number, total=table.count)
        lead = f" ‹ {number} ›  " if not glyphs.plain_marks() else f" < {number} >  "
        hang = " " * (cells(lead) if self._width >= NARROW_PAGE else 1)
        first, *more = wrap(title, self._width, " " * cells(lead), hang)
        self._lines.append((Piece(lead, "accent"), Piece(first.lstrip(), "title")))
        self._lines += [(Piece(line, "title"),) for line in more]
        self._add_blank_line()

    def _add_question(self) -> None:
        """Add the line with which the guide asks, and the current question; nothing on a projected page.

        Unless the screen has few rows, the question takes as many lines as the longest one of the step, so that nothing
        below moves with the cursor.
        """
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
        room = 0 if self._few_rows else max(map(len, texts.values()))
        self._lines += [(Piece(line),) for line in lines]
        self._lines += [()] * (room - len(lines))
        self._lines.append(())

    # -- the partners --------------------------------------------------------------------------------------------------

    def _widths(self, *, in_words: bool) -> list[int]:
        """Return how many cells each column takes, with answers `in_words` or as short codes."""
        widths = []
        for number, question in enumerate(self._table.columns):
            texts = [_column_text(row.facts[number], in_words=in_words) for row in self._table.rows]
            widths.append(max(map(cells, (question.column_head.get(self._lang), *texts))) + GAP_CELLS)
        return widths

    def _fits(self, columns: tuple[Question, ...]) -> bool:
        """Return whether the table fits with short codes and the shortest names."""
        return sum(self._widths(in_words=False)) + MIN_NAME_CELLS + NAME_MARGIN_CELLS <= self._width

    def _add_table(self) -> None:
        """Add the table: a row for each partner, a column for each question; answers in words if they fit."""
        table = self._table
        longest_name = max((cells(row.name) for row in table.rows), default=MIN_NAME_CELLS)
        wanted_cells = longest_name + NAME_MARGIN_CELLS + 1
        widths = self._widths(in_words=True)
        in_words = max(widths) <= MOST_WORDS + GAP_CELLS and sum(widths) + wanted_cells <= self._width
        if not in_words:
            widths = self._widths(in_words=False)
        most_cells = min(max(NAME_CELLS_AT_MOST, self._width // 2), self._width - sum(widths))
        room = min(max(wanted_cells, MIN_NAME_CELLS + NAME_MARGIN_CELLS), most_cells)
        heads = [
            pad(column.column_head.get(self._lang), size) for column, size in zip(table.columns, widths, strict=True)
        ]
        self._lines.append((Piece(" " * room), Piece("".join(heads).rstrip(), "heading")))
        if not table.rows:
            self._add_text(_("No partner yet: {key} adds the organizations.").format(key="a"), "hint")
        for row in table.rows:
            self._add_row(row, room, widths, in_words=in_words)
        self._add_blank_line()

    def _add_row(self, row: PartnerRow, room: int, widths: list[int], *, in_words: bool) -> None:
        """Add the row of one partner: its name in `room` cells, and an answer in each column."""
        questions = self._table.columns
        at = self._at if self._at is not None else Target()
        is_current = at.partner == row.partner and any(at.question == question.id for question in questions)
        name_room = room - NAME_MARGIN_CELLS
        name = row.name if cells(row.name) <= name_room else row.short
        first, *more = wrap(name, name_room)
        # The mark shows the current row; making its name bold would send 100 bytes more to the terminal at each key.
        style = "muted" if row.gone else ""
        pieces = [Piece(f"{_mark(is_current)} ", "accent"), Piece(pad(first, room - 2), style)]
        for question, fact, size in zip(questions, row.facts, widths, strict=True):
            text = _column_text(fact, in_words=in_words)
            cell_style = "muted" if row.gone else _style(fact)
            if is_current and at.question == question.id:
                cell_style = "cursor"
            pieces += [Piece(text, cell_style), Piece(" " * (size - cells(text)))]
        self._begin_grid_line(tuple(Target(question.id, row.partner) for question in questions))
        self._lines.append(tuple(pieces))
        self._lines += [(Piece(f"   {line}", style),) for line in more]

    def _add_current_partner(self) -> None:
        """Add the current partner alone, each of its answers on a line of its own."""
        table = self._table
        first_row = next(iter(table.rows), None)
        current_row = next((row for row in table.rows if row.partner == self._partner), first_row)
        if current_row is None:
            self._add_text(_("No partner yet: {key} adds the organizations.").format(key="a"), "hint")
            return
        count = _("{done} of {total}").format(done=table.rows.index(current_row) + 1, total=len(table.rows))
        lead = f" ‹ {count} ›  " if not glyphs.plain_marks() else f" < {count} >  "
        first, *more = wrap(current_row.name, self._width - cells(lead))
        self._lines.append((Piece(lead, "accent"), Piece(first, "muted" if current_row.gone else "strong")))
        self._lines += [(Piece(" " * cells(lead) + line, "strong"),) for line in more]
        column = max(cells(question.column_head.get(self._lang)) for question in table.columns) + GAP_CELLS
        for question, fact in zip(table.columns, current_row.facts, strict=True):
            target = Target(question.id, current_row.partner)
            self._add_entry(target, question.column_head.get(self._lang), column, _words_and_mark(fact), _style(fact))
        self._add_blank_line()

    def _add_answers_of_each(self, question: Question) -> None:
        """Add each partner's answer to `question`, the only one that is asked of each."""
        self._add_text(question.text.get(self._lang), "heading")
        longest_name = max((cells(row.short) for row in self._table.rows), default=0)
        column = min(longest_name, self._width // 2 - 4) + GAP_CELLS  # names take less than half of the width
        for row in self._table.rows:
            fact = row.facts[0]
            style = "muted" if row.gone else _style(fact)
            self._add_entry(Target(question.id, row.partner), row.short, column, _words_and_mark(fact), style)
        self._add_blank_line()

    def _add_entry(self, target: Target, label: str, column: int, words: str, style: str, *, glyph: str = "") -> None:
        """Add a label and the words of an answer, beside it or, if there is too little room, below it.

        `target` is the place that the line is for, `column` how many cells labels take, `glyph` the mark of the
        answer's state, "" for none.
        """
        is_current = self._at == target
        self._begin_grid_line((target,))
        lead = f"{_mark(is_current)} {glyph}"
        beside = self._width - cells(lead) - column
        below = cells(label) + GAP_CELLS > column or beside < LEAST_BESIDE
        room = max(self._width - BELOW_INDENT if below else beside, LEAST_WORDS)
        first, *more = first_lines(words, room, MOST_LINES) if words else [""]
        label_style = "cursor" if is_current else ""
        if below:
            top, *rest = wrap(label, self._width - cells(lead))
            self._lines.append((Piece(lead, "accent"), Piece(top, label_style)))
            self._lines += [(Piece(" " * cells(lead) + line),) for line in rest]
            self._lines += [(Piece(" " * BELOW_INDENT + line, style),) for line in (first, *more) if line]
            return
        gap = " " * (column - cells(label))
        self._lines.append((Piece(lead, "accent"), Piece(label, label_style), Piece(gap), Piece(first, style)))
        self._lines += [(Piece(" " * (cells(lead) + column) + line, style),) for line in more]

    # -- what is asked once --------------------------------------------------------------------------------------------

    def _add_once_answers(self, answers: Sequence[OnceAnswer]) -> None:
        """Add the answers to questions asked once for all; on a projected page only those that have an answer."""
        answers_shown = [answer for answer in answers if self._at is not None or answer.words]
        labels = [answer.question.short.get(self._lang) for answer in answers_shown]
        column = max(map(cells, labels), default=0) + GAP_CELLS
        for once_answer in answers_shown:
            self._add_once_line(once_answer, column)
        if answers_shown:
            self._add_blank_line()

    def _add_once_line(self, once_answer: OnceAnswer, column: int) -> None:
        """Add one answer that is asked once for all; the words of its state if it is empty."""
        state = once_answer.progress.state
        mark = f"{glyphs.glyph(state)} " if self._at is not None else ""
        words = once_answer.words
        if not words and self._at is not None:
            words = glyphs.word(once_answer.progress) or "–"
        style = "muted" if state in (EMPTY, VOID) else ""
        self._add_entry(
            Target(once_answer.question.id),
            once_answer.question.short.get(self._lang),
            column,
            words,
            style,
            glyph=mark,
        )

    # -- the statement -------------------------------------------------------------------------------------------------

    def _add_statement(self) -> None:
        """Add the statement and its items; what is not settled has the style "hole", as what an agreement lacks."""
        table = self._table
        text = table.step.statement.get(self._lang)
        if not text:
            return
        self._add_text(text)
        self._add_blank_line()
        column = max((cells(item.heading) for item in table.items), default=0) + GAP_CELLS
        for item in table.items:
            state = ANSWERED if item.settled else STARTED
            words = "" if item.settled else _("to be specified")
            mark = f"{glyphs.glyph(state)} " if self._at is not None else ""
            target = Target(item.question, item=item.section)
            self._add_entry(target, item.heading, column, words, "hole", glyph=mark)
        if self._at is not None:
            self._add_blank_line()
            self._add_later_steps()

    def _add_later_steps(self) -> None:
        """Add the steps that come after the questions, each with its state."""
        column = max((cells(step.label) for step in self._later), default=0) + GAP_CELLS
        for step in self._later:
            mark = f"{glyphs.glyph(step.state)} "
            target = Target(later=step.command)
            self._add_entry(target, step.label, column, step.words, glyphs.style(step.state), glyph=mark)

    def _begin_grid_line(self, targets: tuple[Target, ...]) -> None:
        """Note that the next line holds these targets, from left to right."""
        self._grid.append(targets)
        self._rows.append(len(self._lines))


def _mark(is_current: bool) -> str:
    """Return the sign before the current row, a blank before any other."""
    if not is_current:
        return " "
    return ">" if glyphs.plain_marks() else "›"


def _hand_mark(fact: Fact) -> str:
    """Return the sign of a state that was set by hand, "" for none."""
    return {CONFIRM: "?", DISCUSS: "!"}.get(fact.state, "")


def _column_text(fact: Fact, *, in_words: bool) -> str:
    """Return an answer for its column, in words or as its short code, then the sign of a state set by hand."""
    if fact.state == EMPTY:
        return fact.text
    return f"{fact.words if in_words else fact.text}{_hand_mark(fact)}"


def _words_and_mark(fact: Fact) -> str:
    """Return an answer in words, then in parentheses the state that was set by hand, if any."""
    state_words = {CONFIRM: _("to confirm"), DISCUSS: _("to discuss")}.get(fact.state, "")
    return f"{fact.words} ({state_words})" if state_words else fact.words


def _style(fact: Fact) -> str:
    """Return the name of the style of an answer, "" for the usual one."""
    if _hand_mark(fact):
        return "warn"
    return "muted" if fact.state in (EMPTY, VOID) else ""


def target_reached(painted: PaintedStep, at: Target, key: str) -> Target:
    """Return the target that a key moves the cursor to from `at`; the first one if the page does not have `at`.

    `key` is "left", "right", "up", "down", "home", "end", "pageup" or "pagedown". A page without targets returns `at`.
    """
    grid = painted.grid
    if not grid:
        return at
    row = next((number for number, line in enumerate(grid) if at in line), -1)
    if row < 0:
        return grid[0][0]
    column = grid[row].index(at)
    if key in ("left", "right"):
        neighbour = column + (1 if key == "right" else -1)
        return grid[row][min(max(neighbour, 0), len(grid[row]) - 1)]
    steps = {"up": -1, "down": 1, "home": -len(grid), "end": len(grid), "pageup": -PAGE_ROWS, "pagedown": PAGE_ROWS}
    new_row = grid[min(max(row + steps[key], 0), len(grid) - 1)]
    return new_row[min(column, len(new_row) - 1)]
