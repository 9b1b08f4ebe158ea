"""Two pages of what is due: in the open partnership, where outcomes are noted, and in all partnerships.

The *outcome* of a due item is what came of it: kept, late, dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.i18n import N_, _
from tui.partnership.due import LATE, DueItem, grouped_by_time
from tui.screens.written_files import write_files
from tui.store.store_errors import StoreError
from tui.text.dates import format_date, format_since
from tui.ui.dialog import Choice, Picker
from tui.ui.page import PageRow, PageScreen, RowsScreen
from tui.workspace.due_dates import (
    LETTERS,
    DueList,
    calendar_sheet,
    due_in_workspace,
    due_list,
    follow_up_letters,
    group_title,
    note_outcome,
    outcome_choices,
)
from tui.workspace.kept_versions import versions_of
from tui.workspace.workspace import current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host

_GO_TO_FIELD = "#field"  # the choice that goes where the date is written


def today() -> str:
    """Return today's ISO date."""
    return current_moment()[:10]


class DueScreen(RowsScreen):
    """What is late, this month and later; Enter on a line notes what came of it, or goes to its field."""

    about = N_(
        "What is late, due this month, and later. Enter notes what came of a line, or goes to where it is written."
    )

    def heading(self) -> str:
        """Return the title of the page."""
        return _("What is due")

    def rows(self) -> Sequence[PageRow]:
        """Return the items by group (late, this month, later), then the files that can be written of them."""
        workspace = self.workspace
        due = due_in_workspace(workspace, today())
        rows = list(group_rows(due, workspace.lang, self._outcome_asker))
        if not rows:
            return [PageRow(_("Nothing is due."), "done")]
        return [
            *rows,
            PageRow(_("Write the follow-up letters, one a partner"), "", self._write_letters),
            PageRow(_("Write a calendar file"), "", partial(self._write_calendar, private=False)),
            *(
                [PageRow(_("Write a calendar file for yourself, with what is private"), "",
                         partial(self._write_calendar, private=True))]
                if any(item.private and item.date for item in due.items)
                else []
            ),
        ]  # fmt: skip

    def _outcome_asker(self, due_item: DueItem) -> Callable[[], None]:
        """Return what Enter does on an item: ask for its outcome, or go to its field."""

        def act() -> None:
            workspace = self.workspace
            choices = [
                Choice(code, words) for code, words in outcome_choices(workspace.guide, due_item, workspace.lang)
            ]
            choices.append(Choice(_GO_TO_FIELD, _("Go to where it is written")))

            def take_choice(choice_id: str | None) -> None:
                if choice_id == _GO_TO_FIELD:
                    self.to_field(due_item.question, due_item.partner, due_item.about, due_item.field)
                elif choice_id:
                    note_outcome(workspace, due_item, choice_id, today())
                    self.paint()
                    self.say(_("Noted; undo takes it back."))

            if len(choices) == 1:
                take_choice(_GO_TO_FIELD)
            else:
                words = due_in_workspace(workspace, today()).words(due_item, workspace.lang)
                self.app.push_screen(Picker(words, choices), take_choice)

        return act

    def _due_list(self) -> DueList:
        """Return what is due in the open partnership as of today."""
        workspace = self.workspace
        return due_list(workspace.guide, workspace.partnership, today(), versions_of(workspace, self.app.store))

    def _write_letters(self) -> None:
        """Write the follow-up letters to files."""
        sheets = follow_up_letters(self._due_list(), self.workspace.doc_lang, LETTERS[self.workspace.doc_lang])
        if not sheets:
            self.say(_("No partner keeps us waiting: there is no letter to write."))
        else:
            write_files(self.app, sheets)

    def _write_calendar(self, *, private: bool) -> None:
        due = self._due_list() if private else self._due_list().public
        write_files(self.app, [calendar_sheet([due], self.workspace.doc_lang, self.workspace.title)])


def group_rows(
    due: DueList, lang: str, act: Callable[[DueItem], Callable[[], None]], *, title: str = ""
) -> list[PageRow]:
    """Return the rows of one partnership's list, group by group, below `title` ("" for none).

    `act` returns what Enter does on an item.
    """
    rows = [PageRow(title, "heading"), PageRow()] if title and due.items else []
    for group, items in grouped_by_time(due.items, due.day).items():
        style = "warn strong" if group == LATE else "heading"
        rows.append(PageRow(f"{group_title(group, due.guide, lang)} · {len(items)}", style))
        for item in items:
            date = format_date(item.date, lang) if item.date else ""
            if item.since and not date:
                date = format_since(item.since, lang)
            rows.append(PageRow(due.words(item, lang), "", act(item), date))
        rows.append(PageRow())
    return rows


class AllDueScreen(PageScreen):
    """What is due in each partnership that is not archived; Enter opens the partnership."""

    about = N_("What is due in all the partnerships. Enter opens the partnership.")

    def heading(self) -> str:
        """Return the title of the page."""
        return _("What is due")

    def rows(self) -> Sequence[PageRow]:
        """Return the items partnership by partnership, the earliest date first."""
        rows: list[PageRow] = []
        for title, due in due_lists(self.app):
            rows += group_rows(due, self.app.lang, partial(_same_action, self._opener(due.partnership.id)), title=title)
        return rows or [PageRow(_("Nothing is due."), "done")]

    def _opener(self, partnership_id: str) -> Callable[[], None]:
        """Return an action that opens a partnership."""

        def act() -> None:
            self.dismiss(None)
            self.app.open(partnership_id)

        return act


def _same_action(act: Callable[[], None], _item: DueItem) -> Callable[[], None]:
    """Return `act` for every item: in the list of all partnerships each item opens its partnership."""
    return act


def due_lists(app: Host) -> list[tuple[str, DueList]]:
    """Return the title and the list of each partnership that has something dated, the earliest date first."""
    titled_lists = []
    for summary in app.store.list():
        if summary.counted_on and not summary.trial:
            try:
                partnership = app.store.load(summary.id)
            except StoreError:
                continue  # the list of partnerships says why it cannot be read
            due = due_list(app.guide, partnership, today())
            if due.items:
                titled_lists.append((summary.title(app.lang) or summary.id, due))
    return sorted(titled_lists, key=lambda titled: titled[1].items[0].date or "9999")  # lists without a date last


def show_due(app: Host) -> None:
    """Show what is due: in the open partnership, else in all."""
    app.push_screen(DueScreen(app.workspace) if app.workspace is not None else AllDueScreen())
