"""The check of health: what is shown of all answers, one partner's own statements, and a round in a meeting."""

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

_POINT, _TEXT = "point", "text"


class HealthScreen(RowsScreen):
    """How the partners see their partnership: counts without names, from three answers on."""

    about = N_("How the partners see their work together. Below three answers nothing is shown, above it no name.")

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Check of health")

    def rows(self) -> Sequence[PageRow]:
        """Return what may be shown, then each partner whose answers may be written down, then the ways to ask."""
        workspace = self.workspace
        found = health_counts(workspace.partnership)
        if found:
            shown = [
                PageRow(count_line(workspace, health_count), "", self._chooser(health_count.statement))
                for health_count in found
            ]
            title = _("Where the answers differ most comes first; Enter makes a point of it, or goes to the text")
            shown.insert(0, PageRow(title, "heading"))
        else:
            shown = [PageRow(line, "muted") for line in result_lines(workspace)]
        people = [
            PageRow(partner.name(workspace.lang) or _("unnamed organization"), "", self._asker(partner.id))
            for partner in active(workspace.partnership)
        ]
        ways = [
            PageRow(_("Write the pages to be filled in, one a partner"), "", self._write),
            PageRow(_("In a meeting: one statement after the other, everybody answers"), "", self._round),
        ]
        return [*shown, PageRow(), PageRow(_("The answers of one partner"), "heading"), *people, PageRow(), *ways]

    def _asker(self, name: str) -> Callable[[], None]:
        def act() -> None:
            self.app.push_screen(HealthAnswersScreen(self.workspace, name))

        return act

    def _chooser(self, statement: Statement) -> Callable[[], None]:
        """Ask what comes of a statement: a point to discuss, or another text."""

        def act() -> None:
            question, name = text_place(self.workspace, statement)
            choices = [Choice(_POINT, _("Make a point to discuss of it"))]
            if question:
                choices.append(Choice(_TEXT, _("Change what the text says: {name}").format(name=name)))

            def chosen(what: str | None) -> None:
                if what == _TEXT:
                    self.to_field(question)
                elif what:
                    self._ask_taker(statement)

            self.app.push_screen(Picker(statement.words.get(self.workspace.lang), choices), chosen)

        return act

    def _ask_taker(self, statement: Statement) -> None:
        def given(text: str | None) -> bool:
            if text is None:
                return True
            try:
                who, due = read_taker(self.workspace, text)
            except BadValue as error:
                self.app.say(str(error))
                return False
            discuss_statement(self.workspace, statement, who, due)
            self.say(_("It stands among the points still open; undo takes it back."))
            return True

        ask_text(self.app, "health.point", _("Who takes it; by when (both may stay empty)"), given)

    def _write(self) -> None:
        write_files(self.app, form_files(self.workspace))

    def _round(self) -> None:
        self.app.push_screen(HealthRoundScreen(self.workspace))


class _AnsweredScreen(RowsScreen):
    """A page of statements or partners that are answered one by one from the same four words."""

    shared = False

    def _given(self, partner: str, statement: Statement) -> str:
        row = health_answers(self.workspace.partnership, partner).get(statement.id)
        code = row.get("answer") if row is not None else ""
        return self.workspace.guide.choice("health_answer", code, self.workspace.lang) if code else "—"

    def _answer(self, title: str, partner: str, statement: Statement) -> Callable[[], None]:
        def act() -> None:
            guide, lang = self.workspace.guide, self.workspace.lang
            choices = [Choice(code, guide.choice("health_answer", code, lang)) for code in ANSWERS]

            def chosen(code: str | None) -> None:
                if code:
                    note_health(self.workspace, partner, [(statement.id, code)], shared=self._shares(partner))
                    self.paint()

            self.app.push_screen(Picker(title, choices), chosen)

        return act

    def _shares(self, partner: str) -> bool:
        """Return whether an answer counts where the statement is about persons too."""
        return self.shared or shares_answers(self.workspace.partnership, partner)


class HealthAnswersScreen(_AnsweredScreen):
    """The statements with one partner's answers, which stay private."""

    about = N_("One partner's answers. They stay private; Enter answers a statement.")

    def __init__(self, workspace: Workspace, partner_id: str) -> None:
        super().__init__(workspace)
        self.partner_id = partner_id

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Check of health")

    def rows(self) -> Sequence[PageRow]:
        """List by list, each statement with its answer; then whether those about persons count."""
        workspace = self.workspace
        found: list[PageRow] = []
        for name, title in health_lists():
            found.append(PageRow(title.get(workspace.lang), "heading"))
            for statement in asked_statements():
                if statement.list == name:
                    words = statement.words.get(workspace.lang)
                    answer = self._given(self.partner_id, statement)
                    found.append(PageRow(words, "", self._answer(words, self.partner_id, statement), answer))
        told = _("yes") if shares_answers(workspace.partnership, self.partner_id) else _("no")
        said = _("Count them also where a statement is about persons: {answer}").format(answer=told)
        return [*found, PageRow(), PageRow(said, "", self._turn_shared)]

    def _turn_shared(self) -> None:
        shared = shares_answers(self.workspace.partnership, self.partner_id)
        share_health(self.workspace, self.partner_id, not shared)
        self.paint()


class HealthRoundScreen(_AnsweredScreen):
    """In a meeting: one statement at a time, each partner answers it aloud; such answers are shared."""

    about = N_("In a meeting: one statement at a time; Enter on a partner notes what it says aloud.")
    shared = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.number = 0  # of the statement that is asked, from 0

    def heading(self) -> str:
        """Return the title of the page."""
        total = len(asked_statements())
        return _("Check of health, statement {n} of {total}").format(n=self.number + 1, total=total)

    def rows(self) -> Sequence[PageRow]:
        """Return the statement, who has said what, and the way on."""
        statement, lang = asked_statements()[self.number], self.workspace.lang
        words = statement.words.get(lang)
        said = [
            PageRow(
                called, "", self._answer(f"{called} · {words}", each.id, statement), self._given(each.id, statement)
            )
            for each in active(self.workspace.partnership)
            if (called := each.name(lang) or _("unnamed organization"))
        ]
        ways = [PageRow(_("Next statement"), "strong", self._going(1)), PageRow(_("Back"), "", self._going(-1))]
        return [PageRow(words, "heading"), PageRow(), *said, PageRow(), *ways]

    def _going(self, by: int) -> Callable[[], None]:
        def act() -> None:
            self.number = min(max(self.number + by, 0), len(asked_statements()) - 1)
            self._stand(0)
            self.paint()

        return act


def show_health(app: Host) -> None:
    """Show the check of health of the open partnership."""
    if app.workspace is not None:
        app.push_screen(HealthScreen(app.workspace))
