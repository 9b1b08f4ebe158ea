"""The annexes of the text: which papers are attached, each with its copy; attached, replaced, put in order here."""

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

_FILE, _TITLE, _UP, _DOWN, _OUT = "file", "title", "up", "down", "out"


class AttachmentsScreen(RowsScreen):
    """Each annex by its number; Enter changes it, the last lines attach another and write the copies."""

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
        found = [PageRow(line, "", self._changer(row)) for line, row in zip(lines, rows, strict=True)]
        found = found or [PageRow(_("No paper is attached to the text."), "hint")]
        found += [PageRow(), PageRow(_("Attach a paper: its title, then its file"), "accent", self._attach_paper)]
        if any(row.get("file_hash") for row in rows):
            found.append(PageRow(_("Write the copies of the annexes"), "", self._write))
        return found

    def _write(self) -> None:
        write_files(self.app, attachment_files(self.workspace, self.app.store))

    def _attach_paper(self) -> None:
        def titled(title: str | None) -> bool:
            if not title or not title.strip():
                return title is not None
            self._ask_file(lambda path: attach(self.workspace, self.app.store, title, path), "")
            return True

        ask_text(self.app, "annex.title", _("What is the paper called? The text names it so"), titled)

    def _changer(self, row: Entry) -> Callable[[], None]:
        def chosen(what: str | None) -> None:
            if what == _FILE:
                self._ask_file(lambda path: replace_copy(self.workspace, self.app.store, row, path), row.id)
            elif what == _TITLE:
                self._retitle(row)
            elif what in (_UP, _DOWN):
                move_annex(self.workspace, row, -1 if what == _UP else 1)
            elif what == _OUT:
                reword(self.workspace, row, "")
            self._kept()

        choices = [
            Choice(_FILE, _("another copy, dated today")), Choice(_TITLE, _("another title")),
            Choice(_UP, _("one place up")), Choice(_DOWN, _("one place down")), Choice(_OUT, _("out of the text")),
        ]  # fmt: skip

        def act() -> None:
            self.app.push_screen(Picker(row.text("what", self.workspace.doc_lang), choices), chosen)

        return act

    def _retitle(self, row: Entry) -> None:
        def given(text: str | None) -> bool:
            if text and text.strip():
                reword(self.workspace, row, text)
                self._kept()
            return True

        title, now = _("What is the paper called? The text names it so"), row.text("what", self.workspace.doc_lang)
        ask_text(self.app, "annex.title", title, given, row=row.id, text=now)

    def _ask_file(self, act: Callable[[Path], object], row: str) -> None:
        """Ask for the file, do `act` with it, and say what went wrong where it did."""
        title = _("Path of a copy to keep beside the partnership")

        def given(text: str | None) -> bool:
            try:
                if text and text.strip():
                    act(read_paper(typed_path(text, title)))
                    self._kept()
            except (BadValue, WrongPath, OSError, StoreError) as error:
                self.app.say(error_sentence(error))
                return False
            return True

        ask_text(self.app, "annex.file", title, given, row=row)

    def _kept(self) -> None:
        self.app.save()
        self.paint()


def show_attachments(app: Host) -> None:
    """Show the annexes of the text."""
    if app.workspace is not None:
        app.push_screen(AttachmentsScreen(app.workspace))
