"""The check of health: what is shown of all answers, and the statements with one partner's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.guide.health_statements import Statement, health_lists
from tui.i18n import N_, _
from tui.partnership.health import ANSWERS, health_answers, health_counts
from tui.partnership.partners import active
from tui.ui.dialog import Choice, Picker
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.health_check import (
    asked_statements,
    count_line,
    discuss_statement,
    note_health,
    result_lines,
)
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host


class HealthScreen(RowsScreen):
    """How the partners see their partnership: counts without names, from three answers on."""

    about = N_("How the partners see their work together. Below three answers nothing is shown, above it no name.")

    def heading(self) -> str:
        """The title of the page."""
        return _("Check of health")

    def rows(self) -> Sequence[PageRow]:
        """What may be shown, then each partner whose answers may be written down."""
        workspace = self.workspace
        found = health_counts(workspace.partnership)
        if found:
            shown = [PageRow(count_line(workspace, one), "", self._discusser(one.statement)) for one in found]
            shown.insert(
                0, PageRow(_("Where the answers differ most comes first; Enter makes a point of it"), "heading")
            )
        else:
            shown = [PageRow(line, "muted") for line in result_lines(workspace)]
        people = [
            PageRow(one.name(workspace.lang) or _("unnamed organization"), "", self._asker(one.id))
            for one in active(workspace.partnership)
        ]
        return [*shown, PageRow(), PageRow(_("The answers of one partner"), "heading"), *people]

    def _asker(self, name: str) -> Callable[[], None]:
        def act() -> None:
            self.app.push_screen(HealthAnswersScreen(self.workspace, name))

        return act

    def _discusser(self, one: Statement) -> Callable[[], None]:
        def act() -> None:
            discuss_statement(self.workspace, one)
            self.say(_("It stands among the points still open; undo takes it back."))

        return act


class HealthAnswersScreen(RowsScreen):
    """The statements with one partner's answers, which stay private."""

    about = N_("One partner's answers. They stay private; Enter answers a statement.")

    def __init__(self, workspace: Workspace, partner_id: str) -> None:
        super().__init__(workspace)
        self.partner_id = partner_id

    def heading(self) -> str:
        """The title of the page."""
        return _("Check of health")

    def rows(self) -> Sequence[PageRow]:
        """List by list, each statement with its answer."""
        workspace = self.workspace
        given = health_answers(workspace.partnership, self.partner_id)
        found: list[PageRow] = []
        for name, title in health_lists():
            found.append(PageRow(title.get(workspace.lang), "heading"))
            for one in asked_statements():
                if one.list == name:
                    row = given.get(one.id)
                    code = row.get("answer") if row is not None else ""
                    answer = workspace.guide.choice("health_answer", code, workspace.lang) if code else "—"
                    found.append(PageRow(one.words.get(workspace.lang), "", self._asker(one), answer))
        return found

    def _asker(self, one: Statement) -> Callable[[], None]:
        def act() -> None:
            guide, lang = self.workspace.guide, self.workspace.lang
            choices = [Choice(code, guide.choice("health_answer", code, lang)) for code in ANSWERS]

            def chosen(code: str | None) -> None:
                if code:
                    note_health(self.workspace, self.partner_id, [(one.id, code)])
                    self.paint()

            self.app.push_screen(Picker(one.words.get(lang), choices), chosen)

        return act


def show_health(app: Host) -> None:
    """Show the check of health of the open partnership."""
    if app.workspace is not None:
        app.push_screen(HealthScreen(app.workspace))
