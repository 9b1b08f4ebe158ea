"""The sheets filled in by hand: which are printed, and the page that asks afterwards for what was written on one."""

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
from tui.workspace.output_files import Written
from tui.workspace.question_sheets import AGENDA, sheet_files, sheet_label, sheet_meeting
from tui.workspace.sheet_entry import CHOICE, PROSE, SheetEntry, SheetPrompt
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

_LEAVE = "-"  # the choice that leaves what stands


class SheetsScreen(WritingScreen):
    """Each sheet ticked or not, and below it what types it in; the last line writes the files."""

    about = N_(
        "Pages to fill in by hand: one partner's questions, without past events and trust, your own, which is marked, "
        "and the agenda. Enter ticks one; the line below it asks for what was written on it, in the printed order."
    )

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.chosen: set[str] = set()
        self.made: Written | None = None

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Sheets to fill in by hand")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what can be done here."""
        return [("↑↓", _("line")), (_("Enter"), _("change")), (_("Esc"), _("back"))]

    def names(self) -> list[str]:
        """The sheets there are: one for each partner, one's own, the agenda where there is one."""
        agenda = [AGENDA] if sheet_meeting(self.workspace) is not None else []
        return [*(partner.id for partner in active(self.workspace.partnership)), OWN, *agenda]

    def page(self) -> Sequence[PageRow]:
        """Return the sheets, then the one action; once written, the files."""
        if self.made is not None:
            return [*self.written_rows(self.made), *self.fetch_rows()]
        found: list[PageRow] = []
        for name in self.names():
            label = f"{glyphs.tick(name in self.chosen)} {sheet_label(self.workspace, name)}"
            behind = _("yours alone, marked so") if name == OWN else ""
            found.append(PageRow(label, "", self._toggle(name), behind))
            found.append(PageRow(_("type in what was written on it"), "accent", self._typist(name), indent=4))
        write = _("Write the sheets (Word, PDF)")
        return [*found, PageRow(), PageRow(f"{glyphs.radio(True)} {write}", "strong accent", self._write)]

    def _toggle(self, name: str) -> Callable[[], None]:
        def act() -> None:
            self.chosen.symmetric_difference_update({name})
            self.paint()

        return act

    def _typist(self, name: str) -> Callable[[], None]:
        def act() -> None:
            try:
                entry = SheetEntry(self.workspace, name)
            except BadValue as error:
                self.say(str(error))
                return
            self.app.push_screen(SheetEntryScreen(self.workspace, entry))

        return act

    def _write(self) -> None:
        chosen = [name for name in self.names() if name in self.chosen]
        if not chosen:
            self.say(_("Choose a sheet first."))
            return
        try:
            self.workspace.flush()
        except StoreError as error:
            self.say(str(error))
            return

        def there(made: Written) -> None:
            self.made = made
            self._at = 0

        self.begin(files_folder(os.environ, self.app.settings), sheet_files(self.workspace, chosen), there)


class SheetEntryScreen(RowsScreen):
    """One thing after the other as it was printed: a window asks for it, Enter goes on to the next."""

    about = N_(
        "What was written on a sheet, asked for in the order in which it is printed. Enter on an empty line leaves "
        "what stands and goes on; Escape stops here, and what was typed is saved."
    )

    def __init__(self, workspace: Workspace, entry: SheetEntry) -> None:
        super().__init__(workspace)
        self.entry = entry

    def on_mount(self) -> None:
        """The first thing is asked at once."""
        self.call_after_refresh(self._ask)

    def heading(self) -> str:
        """« Feuille : La Boussole »."""
        return _("Sheet: {name}").format(name=sheet_label(self.workspace, self.entry.whose))

    def rows(self) -> Sequence[PageRow]:
        """Return what is asked now and what stands there."""
        prompt = self.entry.prompt
        if prompt is None:
            return [PageRow(_("That was the last line of the sheet."), "done")]
        return [
            PageRow(prompt.heading, "heading"),
            PageRow(prompt.label, "", self._ask),
            *(PageRow(text, "muted", indent=3) for text in prompt.present),
        ]

    def _ask(self) -> None:
        """Open the window that asks for the present thing; nothing at the end."""
        prompt = self.entry.prompt
        if prompt is None:
            self.paint()
        elif prompt.kind == CHOICE:
            self._choose(prompt)
        else:
            self._ask_text(prompt)

    def _ask_text(self, prompt: SheetPrompt) -> None:
        present = "" if prompt.repeats else "".join(prompt.present)

        def given(text: str | None) -> bool:
            return text is not None and self._took(text if text != present else "")

        title = f"{prompt.heading} – {prompt.label}"
        ask_text(self.app, "sheet.line", title, given, row=title, text=present, prose=prompt.kind == PROSE)

    def _choose(self, prompt: SheetPrompt) -> None:
        leaves = _("leave it: {answer}").format(answer=prompt.present[0]) if prompt.present else _("nothing is written")

        def chosen(code: str | None) -> None:
            if code is not None:
                self._took("" if code == _LEAVE else code)

        choices = [Choice(_LEAVE, leaves), *(Choice(code, words) for code, words in prompt.choices)]
        self.app.push_screen(Picker(f"{prompt.heading} – {prompt.label}", choices), chosen)

    def _took(self, text: str) -> bool:
        """Take an answer and ask the next thing. Returns whether it was understood."""
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
    """Open the page of the sheets."""
    if app.workspace is not None:
        app.push_screen(SheetsScreen(app.workspace))
