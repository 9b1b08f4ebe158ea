"""The pages of the check of health: the counts of all answers, one partner's answers, and a round in a meeting.

The check of health asks each partner how far it agrees to statements about the partnership. Answers to a statement
about persons count only if the partner *shares* them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.guide.health_statements import Statement, health_lists
from tui.i18n import N_, _
from tui.partnership.field_kinds import BadValue
from tui.partnership.health import ANSWERS, health_answers, health_counts, shares_answers
from tui.partnership.partners import active
from tui.screens.written_files import write_files
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.health_check import (
    asked_statements,
    count_line,
    discuss_statement,
    form_files,
    note_health,
    read_taker,
    result_lines,
    share_health,
    text_place,
)
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

_DISCUSS, _CHANGE_TEXT = "point", "text"  # what to do about a statement: discuss it, or change the text


class HealthScreen(RowsScreen):
    """How the partners see their partnership: counts without names for each statement with three answers or more."""

    about = N_("How the partners see their work together. Below three answers nothing is shown, above it no name.")

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Check of health")

    def rows(self) -> Sequence[PageRow]:
        """Return the counts that may be shown, a row for each partner to note its answers, then the ways to ask."""
        workspace = self.workspace
        counts = health_counts(workspace.partnership)
        if counts:
            result_rows = [
                PageRow(count_line(workspace, health_count), "", self._outcome_picker(health_count.statement))
                for health_count in counts
            ]
            title = _("Where the answers differ most comes first; Enter makes a point of it, or goes to the text")
            result_rows.insert(0, PageRow(title, "heading"))
        else:
            result_rows = [PageRow(line, "muted") for line in result_lines(workspace)]
        people = [
            PageRow(partner.name(workspace.lang) or _("unnamed organization"), "", self._answers_opener(partner.id))
            for partner in active(workspace.partnership)
        ]
        ways = [
            PageRow(_("Write the pages to be filled in, one a partner"), "", self._write_forms),
            PageRow(_("In a meeting: one statement after the other, everybody answers"), "", self._open_round),
        ]
        return [*result_rows, PageRow(), PageRow(_("The answers of one partner"), "heading"), *people, PageRow(), *ways]

    def _answers_opener(self, partner_id: str) -> Callable[[], None]:
        """Return what Enter does on a partner: open the page of its answers."""

        def act() -> None:
            self.app.push_screen(HealthAnswersScreen(self.workspace, partner_id))

        return act

    def _outcome_picker(self, statement: Statement) -> Callable[[], None]:
        """Return what Enter does on a statement: ask whether to make it a point to discuss or to change the text."""

        def act() -> None:
            question_id, name = text_place(self.workspace, statement)
            choices = [Choice(_DISCUSS, _("Make a point to discuss of it"))]
            if question_id:
                choices.append(Choice(_CHANGE_TEXT, _("Change what the text says: {name}").format(name=name)))

            def act_on(choice: str | None) -> None:
                if choice == _CHANGE_TEXT:
                    self.to_field(question_id)
                elif choice == _DISCUSS:
                    self._ask_taker(statement)

            self.app.push_screen(Picker(statement.words.get(self.workspace.lang), choices), act_on)

        return act

    def _ask_taker(self, statement: Statement) -> None:
        """Ask who takes the point, and by when, then make it; text that cannot be read is kept to be corrected."""

        def take(text: str | None) -> bool:
            if text is None:
                return True
            try:
                taker_id, due = read_taker(self.workspace, text)
            except BadValue as error:
                self.app.say(str(error))
                return False
            discuss_statement(self.workspace, statement, taker_id, due)
            self.say(_("It stands among the points still open; undo takes it back."))
            return True

        ask_text(self.app, "health.point", _("Who takes it; by when (both may stay empty)"), take)

    def _write_forms(self) -> None:
        write_files(self.app, form_files(self.workspace))

    def _open_round(self) -> None:
        self.app.push_screen(HealthRoundScreen(self.workspace))


class _HealthAnswerScreen(RowsScreen):
    """A page of statements or partners whose answers are chosen from the same four words."""

    shared = False  # whether answers noted on this page count even for statements about persons

    def _answer_words(self, partner_id: str, statement: Statement) -> str:
        """Return a partner's answer to a statement in words, a dash without an answer."""
        row = health_answers(self.workspace.partnership, partner_id).get(statement.id)
        code = row.get("answer") if row is not None else ""
        return self.workspace.guide.choice("health_answer", code, self.workspace.lang) if code else "—"

    def _answer_picker(self, title: str, partner_id: str, statement: Statement) -> Callable[[], None]:
        """Return what Enter does on a statement or partner: ask for the answer, and note it."""

        def act() -> None:
            guide, lang = self.workspace.guide, self.workspace.lang
            choices = [Choice(code, guide.choice("health_answer", code, lang)) for code in ANSWERS]

            def note(code: str | None) -> None:
                if code:
                    shared = self._shares(partner_id)
                    note_health(self.workspace, partner_id, [(statement.id, code)], shared=shared)
                    self.paint()

            self.app.push_screen(Picker(title, choices), note)

        return act

    def _shares(self, partner_id: str) -> bool:
        """Return whether an answer that a partner gives now counts even for a statement about persons."""
        return self.shared or shares_answers(self.workspace.partnership, partner_id)


class HealthAnswersScreen(_HealthAnswerScreen):
    """The statements with one partner's answers, which stay private, and whether answers about persons count."""

    about = N_("One partner's answers. They stay private; Enter answers a statement.")

    def __init__(self, workspace: Workspace, partner_id: str) -> None:
        super().__init__(workspace)
        self.partner_id = partner_id

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Check of health")

    def rows(self) -> Sequence[PageRow]:
        """Return each statement with its answer, list by list; then whether the answers about persons count."""
        workspace = self.workspace
        result_rows: list[PageRow] = []
        for list_id, title in health_lists():
            result_rows.append(PageRow(title.get(workspace.lang), "heading"))
            for statement in asked_statements():
                if statement.list == list_id:
                    words = statement.words.get(workspace.lang)
                    answer = self._answer_words(self.partner_id, statement)
                    ask_again = self._answer_picker(words, self.partner_id, statement)
                    result_rows.append(PageRow(words, "", ask_again, answer))
        yes_or_no = _("yes") if shares_answers(workspace.partnership, self.partner_id) else _("no")
        words = _("Count them also where a statement is about persons: {answer}").format(answer=yes_or_no)
        return [*result_rows, PageRow(), PageRow(words, "", self._toggle_shared)]

    def _toggle_shared(self) -> None:
        """Let the answers about persons count, or no longer; before any answer this changes nothing."""
        shared = shares_answers(self.workspace.partnership, self.partner_id)
        share_health(self.workspace, self.partner_id, shared=not shared)
        self.paint()


class HealthRoundScreen(_HealthAnswerScreen):
    """In a meeting: one statement at a time, answered aloud by each partner; these answers count, about persons too."""

    about = N_("In a meeting: one statement at a time; Enter on a partner notes what it says aloud.")
    shared = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.index = 0  # of the statement that is asked, from 0

    def heading(self) -> str:
        """Return the title of the page."""
        total = len(asked_statements())
        return _("Check of health, statement {n} of {total}").format(n=self.index + 1, total=total)

    def rows(self) -> Sequence[PageRow]:
        """Return the statement, each partner with its answer, and the ways on and back."""
        statement, lang = asked_statements()[self.index], self.workspace.lang
        words = statement.words.get(lang)
        answers: list[PageRow] = []
        for partner in active(self.workspace.partnership):
            name = partner.name(lang) or _("unnamed organization")
            act = self._answer_picker(f"{name} · {words}", partner.id, statement)
            answers.append(PageRow(name, "", act, self._answer_words(partner.id, statement)))
        ways = [PageRow(_("Next statement"), "strong", self._step_by(1)), PageRow(_("Back"), "", self._step_by(-1))]
        return [PageRow(words, "heading"), PageRow(), *answers, PageRow(), *ways]

    def _step_by(self, count: int) -> Callable[[], None]:
        """Return an action that goes `count` statements on (back if negative), not past the first or last."""

        def act() -> None:
            self.index = min(max(self.index + count, 0), len(asked_statements()) - 1)
            self._go_to_row(0)
            self.paint()

        return act


def show_health(app: Host) -> None:
    """Show the check of health of the open partnership; if none is open, do nothing."""
    if app.workspace is not None:
        app.push_screen(HealthScreen(app.workspace))
