"""What is due: in the open partnership, with what came of it, and over all partnerships from the list."""

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

_FIELD = "#field"  # the choice that goes where the date is written


def today() -> str:
    """Return the present ISO day."""
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
        """Return each group with its lines, then the files one may want of them."""
        workspace = self.workspace
        listed = due_in_workspace(workspace, today())
        found = list(group_rows(listed, workspace.lang, self._chooser))
        if not found:
            return [PageRow(_("Nothing is due."), "done")]
        return [
            *found,
            PageRow(_("Write the follow-up letters, one a partner"), "", self._letters),
            PageRow(_("Write a calendar file"), "", partial(self._calendar, private=False)),
            *(
                [PageRow(_("Write a calendar file for yourself, with what is private"), "",
                         partial(self._calendar, private=True))]
                if any(item.private and item.date for item in listed.items)
                else []
            ),
        ]  # fmt: skip

    def _chooser(self, due_item: DueItem) -> Callable[[], None]:
        def act() -> None:
            workspace = self.workspace
            choices = [
                Choice(code, words) for code, words in outcome_choices(workspace.guide, due_item, workspace.lang)
            ]
            choices.append(Choice(_FIELD, _("Go to where it is written")))

            def chosen(name: str | None) -> None:
                if name == _FIELD:
                    self.to_field(due_item.question, due_item.partner, due_item.about, due_item.field)
                elif name:
                    note_outcome(workspace, due_item, name, today())
                    self.paint()
                    self.say(_("Noted; undo takes it back."))

            if len(choices) == 1:
                chosen(_FIELD)
            else:
                words = due_in_workspace(workspace, today()).words(due_item, workspace.lang)
                self.app.push_screen(Picker(words, choices), chosen)

        return act

    def _listed(self) -> DueList:
        workspace = self.workspace
        return due_list(workspace.guide, workspace.partnership, today(), versions_of(workspace, self.app.store))

    def _letters(self) -> None:
        sheets = follow_up_letters(self._listed(), self.workspace.doc_lang, LETTERS[self.workspace.doc_lang])
        if not sheets:
            self.say(_("No partner keeps us waiting: there is no letter to write."))
        else:
            write_files(self.app, sheets)

    def _calendar(self, *, private: bool) -> None:
        listed = self._listed() if private else self._listed().public
        write_files(self.app, [calendar_sheet([listed], self.workspace.doc_lang, self.workspace.title)])


def group_rows(
    listed: DueList, lang: str, act: Callable[[DueItem], Callable[[], None]], *, under: str = ""
) -> list[PageRow]:
    """Return the rows of one partnership's list, group by group; `under` is said above them, "" for nothing."""
    found = [PageRow(under, "heading"), PageRow()] if under and listed.items else []
    for group, items in grouped_by_time(listed.items, listed.day).items():
        style = "warn strong" if group == LATE else "heading"
        found.append(PageRow(f"{group_title(group, listed.guide, lang)} · {len(items)}", style))
        for item in items:
            date = format_date(item.date, lang) if item.date else ""
            if item.since and not date:
                date = format_since(item.since, lang)
            found.append(PageRow(listed.words(item, lang), "", act(item), date))
        found.append(PageRow())
    return found


class AllDueScreen(PageScreen):
    """What is due in every partnership that is not put away; Enter opens the partnership."""

    about = N_("What is due in all the partnerships. Enter opens the partnership.")

    def heading(self) -> str:
        """Return the title of the page."""
        return _("What is due")

    def rows(self) -> Sequence[PageRow]:
        """One partnership after the other, those with the earliest date first."""
        found: list[PageRow] = []
        for name, listed in due_lists(self.app):
            found += group_rows(
                listed, self.app.lang, partial(_always, self._opener(listed.partnership.id)), under=name
            )
        return found or [PageRow(_("Nothing is due."), "done")]

    def _opener(self, partnership_id: str) -> Callable[[], None]:
        def act() -> None:
            self.dismiss(None)
            self.app.open(partnership_id)

        return act


def _always(act: Callable[[], None], _one: DueItem) -> Callable[[], None]:
    return act


def due_lists(app: Host) -> list[tuple[str, DueList]]:
    """Return the title and the list of each partnership that has something dated, the earliest date first."""
    found = []
    for summary in app.store.list():
        if summary.told_on and not summary.trial:
            try:
                partnership = app.store.load(summary.id)
            except StoreError:
                continue  # the list of partnerships says why it cannot be read
            listed = due_list(app.guide, partnership, today())
            if listed.items:
                found.append((summary.title(app.lang) or summary.id, listed))
    return sorted(found, key=lambda each: each[1].items[0].date or "9999")


def show_due(app: Host) -> None:
    """Show what is due: in the open partnership, else in all."""
    app.push_screen(DueScreen(app.workspace) if app.workspace is not None else AllDueScreen())
