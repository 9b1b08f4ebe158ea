"""The page of annexes, the papers that are part of the text: to attach, replace and order them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.i18n import N_, _
from tui.partnership.attachments import attachments
from tui.partnership.field_kinds import BadValue
from tui.partnership.values import Entry
from tui.screens.written_files import write_files
from tui.store.store_errors import StoreError, error_sentence
from tui.text.outside_paths import WrongPath, typed_path
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.adoption import read_paper
from tui.workspace.attaching import (
    annex_lines,
    attach,
    attachment_files,
    move_annex,
    replace_copy,
    reword,
)

if TYPE_CHECKING:
    from tui.ui.host import Host

# What the menu of an annex offers.
_FILE, _TITLE, _UP, _DOWN, _OUT = "file", "title", "up", "down", "out"


class AttachmentsScreen(RowsScreen):
    """The annexes by number; Enter changes one, the last lines attach another and write the copies."""

    about = N_(
        "The papers that are part of the text: a budget sheet, a map, a policy. The text names them by number and by "
        "the date of their copy, which is kept beside the partnership and goes with each sending."
    )

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Annexes of the text")

    def rows(self) -> Sequence[PageRow]:
        """Return the annexes, then what can be done."""
        rows = attachments(self.workspace.partnership)
        lines = list(annex_lines(self.workspace))
        page_rows = [PageRow(line, "", self._change_asker(row)) for line, row in zip(lines, rows, strict=True)]
        page_rows = page_rows or [PageRow(_("No paper is attached to the text."), "hint")]
        page_rows += [PageRow(), PageRow(_("Attach a paper: its title, then its file"), "accent", self._attach_paper)]
        if any(row.get("file_hash") for row in rows):
            page_rows.append(PageRow(_("Write the copies of the annexes"), "", self._write))
        return page_rows

    def _write(self) -> None:
        write_files(self.app, attachment_files(self.workspace, self.app.store))

    def _attach_paper(self) -> None:
        """Ask for the title of a paper, then for its file, and attach it."""

        def ask_file_of(title: str | None) -> bool:
            if not title or not title.strip():
                return title is not None
            self._ask_file(lambda path: attach(self.workspace, self.app.store, title, path), "")
            return True

        ask_text(self.app, "annex.title", _("What is the paper called? The text names it so"), ask_file_of)

    def _change_asker(self, row: Entry) -> Callable[[], None]:
        """Return what Enter does on an annex: it asks what to change (copy, title, place), and changes it."""

        def take_choice(action: str | None) -> None:
            if action == _FILE:
                self._ask_file(lambda path: replace_copy(self.workspace, self.app.store, row, path), row.id)
            elif action == _TITLE:
                self._retitle(row)
            elif action in (_UP, _DOWN):
                move_annex(self.workspace, row, -1 if action == _UP else 1)
            elif action == _OUT:
                reword(self.workspace, row, "")
            self._save_and_paint()

        choices = [
            Choice(_FILE, _("another copy, dated today")), Choice(_TITLE, _("another title")),
            Choice(_UP, _("one place up")), Choice(_DOWN, _("one place down")), Choice(_OUT, _("out of the text")),
        ]  # fmt: skip

        def act() -> None:
            self.app.push_screen(Picker(row.text("what", self.workspace.doc_lang), choices), take_choice)

        return act

    def _retitle(self, row: Entry) -> None:
        """Ask for another title of an annex."""

        def take_text(text: str | None) -> bool:
            if text and text.strip():
                reword(self.workspace, row, text)
                self._save_and_paint()
            return True

        question = _("What is the paper called? The text names it so")
        title = row.text("what", self.workspace.doc_lang)
        ask_text(self.app, "annex.title", question, take_text, row=row.id, text=title)

    def _ask_file(self, act: Callable[[Path], object], row: str) -> None:
        """Ask for a file and call `act` with its path; if that fails, say why.

        `row` is the id of the annex, "" for a new one.
        """
        title = _("Path of a copy to keep beside the partnership")

        def take_text(text: str | None) -> bool:
            try:
                if text and text.strip():
                    act(read_paper(typed_path(text, title)))
                    self._save_and_paint()
            except (BadValue, WrongPath, OSError, StoreError) as error:
                self.app.say(error_sentence(error))
                return False
            return True

        ask_text(self.app, "annex.file", title, take_text, row=row)

    def _save_and_paint(self) -> None:
        self.app.save()
        self.paint()


def show_attachments(app: Host) -> None:
    """Show the annexes of the text."""
    if app.workspace is not None:
        app.push_screen(AttachmentsScreen(app.workspace))
