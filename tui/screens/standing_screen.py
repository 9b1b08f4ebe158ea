"""The page « Où nous en sommes » (where we stand): what came of each objective and commitment, and its documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.i18n import N_, _
from tui.partnership.field_kinds import BadValue
from tui.partnership.outcomes import promises
from tui.partnership.values import Entry
from tui.screens.versions_screen import ReadOnlyScreen
from tui.screens.written_files import write_files
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.due_dates import due_in_workspace, promise_words, standing_of
from tui.workspace.funder_file import funder_file
from tui.workspace.outcome_notes import note_outcome_line, outcome_codes
from tui.workspace.workspace import current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


class StandingScreen(RowsScreen):
    """Each promise (an objective or a commitment) with its outcome, what came of it; Enter notes an outcome."""

    about = N_("What came of each objective and commitment. Enter notes it; the agreement itself is not changed.")

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Where we stand")

    def rows(self) -> Sequence[PageRow]:
        """Return the promises, then the lines for the table of funders and the page for the yearly meeting."""
        workspace = self.workspace
        rows: list[PageRow] = []
        for promise in promises(workspace.partnership):
            words, outcome = promise_words(workspace, promise)
            rows.append(PageRow(words, "", self._outcome_asker(promise)))
            rows += [PageRow(outcome, "muted", indent=5)] if outcome else []
        if not rows:
            return [PageRow(_("No objective and no commitment yet."), "hint")]
        return [
            *rows,
            PageRow(),
            PageRow(_("Write the table for funders (CSV)"), "", lambda: write_funder_table(self.app)),
            PageRow(_("Read the page for the yearly meeting"), "", self._read_page),
        ]

    def _outcome_asker(self, entry: Entry) -> Callable[[], None]:
        """Return what Enter does on a promise: ask for its outcome, then for details."""

        def act() -> None:
            guide, lang = self.workspace.guide, self.workspace.lang
            choices = [Choice(code, guide.choice("outcome", code, lang)) for code in outcome_codes(entry)]

            def take_choice(code: str | None) -> None:
                if code:
                    self._ask_details(entry, code)

            self.app.push_screen(Picker(_("What came of it?"), choices), take_choice)

        return act

    def _ask_details(self, entry: Entry, code: str) -> None:
        """Ask for details of the outcome `code`, and note both."""

        def take_text(text: str | None) -> bool:
            if text is None:
                return False
            try:
                note_outcome_line(self.workspace, entry, f"{code}; {text}")
            except BadValue as error:
                self.app.say(str(error))
                return False
            self.paint()
            self.say(_("Noted; undo takes it back."))
            return True

        ask_text(self.app, "outcome", _("In short; by a word from; since when (all may stay empty)"), take_text)

    def _read_page(self) -> None:
        """Show the page for the yearly meeting."""
        day = current_moment()[:10]
        page = standing_of(due_in_workspace(self.workspace, day), self.workspace.doc_lang)
        self.app.push_screen(ReadOnlyScreen(page, page.kind))


def show_standing(app: Host) -> None:
    """Show what came of the promises of the open partnership."""
    if app.workspace is not None:
        app.push_screen(StandingScreen(app.workspace))


def write_funder_table(app: Host) -> None:
    """Write the table for funders to the folder of files, and say where it is."""
    if app.workspace is not None:
        write_files(app, [funder_file(app.workspace)])
