"""The sheets filled in by hand: the page that prints them, and the page on which a filled-in sheet is typed in.

A sheet has a *key*: the id of a partner, OWN (the user's own sheet) or AGENDA.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.form.question_sheet import OWN
from tui.i18n import N_, _
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import active
from tui.screens.export_screen import WritingScreen
from tui.settings import files_folder
from tui.store.store_errors import StoreError
from tui.ui import glyphs
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.output_files import WrittenFiles
from tui.workspace.question_sheets import AGENDA, sheet_files, sheet_label, sheet_meeting
from tui.workspace.sheet_entry import CHOICE, PROSE, SheetEntry, SheetPrompt
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

_KEEP_ANSWER = "-"  # the code of the choice that keeps the present answer; no answer of a sheet has this code


class SheetsScreen(WritingScreen):
    """The sheets, ticked or not, each with a line that opens the page to type it in; the last line writes the files."""

    about = N_(
        "Pages to fill in by hand: one partner's questions, without past events and trust, your own, which is marked, "
        "and the agenda. Enter ticks one; the line below it asks for what was written on it, in the printed order."
    )

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.chosen: set[str] = set()  # the keys of the sheets that are ticked
        self.written_files: WrittenFiles | None = None  # the files, once they are written

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Sheets to fill in by hand")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this page, each with what it does."""
        return [("↑↓", _("line")), (_("Enter"), _("change")), (_("Esc"), _("back"))]

    def sheet_keys(self) -> list[str]:
        """Return the keys of the sheets: the id of each active partner, OWN, and AGENDA if a meeting has an agenda."""
        agenda = [AGENDA] if sheet_meeting(self.workspace) is not None else []
        return [*(partner.id for partner in active(self.workspace.partnership)), OWN, *agenda]

    def page(self) -> Sequence[PageRow]:
        """Return two lines for each sheet, and the line that writes them; once written, the files alone."""
        if self.written_files is not None:
            return [*self.written_rows(self.written_files), *self.fetch_rows()]
        rows: list[PageRow] = []
        for key in self.sheet_keys():
            label = f"{glyphs.tick(key in self.chosen)} {sheet_label(self.workspace, key)}"
            note = _("yours alone, marked so") if key == OWN else ""
            rows.append(PageRow(label, "", self._toggler(key), note))
            rows.append(PageRow(_("type in what was written on it"), "accent", self._entry_opener(key), indent=4))
        write = _("Write the sheets (Word, PDF)")
        return [*rows, PageRow(), PageRow(f"{glyphs.radio(True)} {write}", "strong accent", self._write_sheets)]

    def _toggler(self, key: str) -> Callable[[], None]:
        """Return what Enter does on a sheet: tick it, or take the tick away."""

        def act() -> None:
            self.chosen.symmetric_difference_update({key})
            self.paint()

        return act

    def _entry_opener(self, key: str) -> Callable[[], None]:
        """Return what Enter does on the line below a sheet: open the page to type it in."""

        def act() -> None:
            try:
                entry = SheetEntry(self.workspace, key)
            except BadValue as error:
                self.say(str(error))
                return
            self.app.push_screen(SheetEntryScreen(self.workspace, entry))

        return act

    def _write_sheets(self) -> None:
        """Save pending changes and write the ticked sheets; if that fails, say why."""
        chosen = [key for key in self.sheet_keys() if key in self.chosen]
        if not chosen:
            self.say(_("Choose a sheet first."))
            return
        try:
            self.workspace.flush()
        except StoreError as error:
            self.say(str(error))
            return

        def show_files(written_files: WrittenFiles) -> None:
            self.written_files = written_files
            self._at = 0

        self.begin(files_folder(os.environ, self.app.settings), sheet_files(self.workspace, chosen), show_files)


class SheetEntryScreen(RowsScreen):
    """A filled-in sheet, typed in in the printed order: a dialog asks for each answer, Enter goes on."""

    about = N_(
        "What was written on a sheet, asked for in the order in which it is printed. Enter on an empty line leaves "
        "what stands and goes on; Escape stops here, and what was typed is saved."
    )

    def __init__(self, workspace: Workspace, entry: SheetEntry) -> None:
        super().__init__(workspace)
        self.entry = entry

    def on_mount(self) -> None:
        """Ask for the first thing at once."""
        self.call_after_refresh(self._ask)

    def heading(self) -> str:
        """« Feuille : La Boussole »."""
        return _("Sheet: {name}").format(name=sheet_label(self.workspace, self.entry.whose))

    def rows(self) -> Sequence[PageRow]:
        """Return the present question and its answer so far; after the last question, a line that says so."""
        prompt = self.entry.prompt
        if prompt is None:
            return [PageRow(_("That was the last line of the sheet."), "done")]
        return [
            PageRow(prompt.heading, "heading"),
            PageRow(prompt.label, "", self._ask),
            *(PageRow(text, "muted", indent=3) for text in prompt.answers),
        ]

    def _ask(self) -> None:
        """Open the dialog for the present question; after the last question, paint the end."""
        prompt = self.entry.prompt
        if prompt is None:
            self.paint()
        elif prompt.kind == CHOICE:
            self._choose(prompt)
        else:
            self._ask_text(prompt)

    def _ask_text(self, prompt: SheetPrompt) -> None:
        """Ask for words; the dialog holds the present answer, and Enter on it, or on an empty line, keeps it."""
        present = "" if prompt.repeats else "".join(prompt.answers)

        def take(text: str | None) -> bool:
            return text is not None and self._take(text if text != present else "")

        title = f"{prompt.heading} – {prompt.label}"
        ask_text(self.app, "sheet.line", title, take, row=title, text=present, prose=prompt.kind == PROSE)

    def _choose(self, prompt: SheetPrompt) -> None:
        """Ask for one of the choices; the first choice keeps the present answer."""
        leave_words = _("nothing is written")
        if prompt.answers:
            leave_words = _("leave it: {answer}").format(answer=prompt.answers[0])

        def take(code: str | None) -> None:
            if code is not None:
                self._take("" if code == _KEEP_ANSWER else code)

        choices = [Choice(_KEEP_ANSWER, leave_words), *(Choice(code, words) for code, words in prompt.choices)]
        self.app.push_screen(Picker(f"{prompt.heading} – {prompt.label}", choices), take)

    def _take(self, text: str) -> bool:
        """Take an answer ("" keeps the present one) and ask the next question. Return whether it was understood."""
        try:
            self.entry.take(text)
            self.app.save()
        except BadValue as error:
            self.app.say(str(error))
            return False
        self.paint()
        self.call_after_refresh(self._ask)
        return True


def show_sheets(app: Host) -> None:
    """Open the page of the sheets of the open partnership; if none is open, do nothing."""
    if app.workspace is not None:
        app.push_screen(SheetsScreen(app.workspace))
