"""The page that writes the forms which partners answer, and the page that shows one of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.agreement.partner_form import PartnerForm
from tui.export.partner_form_text import RULE, form_message, form_subject
from tui.i18n import N_, _
from tui.partnership.partners import active
from tui.screens.export_screen import WritingScreen
from tui.screens.sending_questions import ask_answer_day, ask_sender
from tui.settings import files_folder
from tui.store.store_errors import StoreError
from tui.text.dates import format_date
from tui.ui import glyphs
from tui.ui.page import PageRow
from tui.workspace.output_files import WrittenFiles
from tui.workspace.partner_forms import (
    FORM_FORMATS,
    MAIL,
    PAGE,
    WORD,
    FormOrder,
    PartnerForms,
    asking_changes,
    first_addresses,
    form_files,
    usual_order,
)
from tui.workspace.sending_choices import sender_of
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


def format_label(kind: str) -> str:
    """Return what a format of the form is (MAIL, WORD or PAGE), in a few words."""
    return {
        MAIL: _("a mail whose text is the form, answered between its lines"),
        WORD: _("a Word file to type in"),
        PAGE: _("a web page, for those whose mail lets it through"),
    }[kind]


class PartnerFormScreen(WritingScreen):
    """The form of one partner as it reads in a mail; its address, subject and text are copied one by one."""

    about = N_(
        "The form of one partner, as it stands in a mail: Enter copies its address, its subject or its text. Nothing "
        "private is in it."
    )

    def __init__(self, workspace: Workspace, name: str, form: PartnerForm) -> None:
        super().__init__(workspace)
        self._partner_name, self._form = name, form

    def heading(self) -> str:
        """Return the title: « Formulaire : La Boussole »."""
        return _("Form: {name}").format(name=self._partner_name)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what can be done here."""
        return [("↑↓", _("line")), (_("Enter"), _("copy")), (_("Esc"), _("back"))]

    def page(self) -> Sequence[PageRow]:
        """Return what is pasted into a mail, then the form to be read."""
        subject, message = form_subject(self._form), form_message(self._form)
        addresses = first_addresses(self.workspace, self._form.partner)
        return [
            *(PageRow(address, "", self.copier(address), _("address")) for address in addresses),
            PageRow(subject, "", self.copier(subject), _("subject")),
            PageRow(_("The message:"), "", self.copier(message), _("message")),
            # A heading of the form is between rules: « === 1. Vision === ».
            *(PageRow(line, "heading" if line.startswith(RULE) else "") for line in message.rstrip("\n").split("\n")),
        ]


class FormsScreen(WritingScreen):
    """The choices for the forms to be made, which Enter changes line by line, and a line that writes the files."""

    about = N_(
        "The form that each partner answers, in its own language: eight short questions, filled in with what is known "
        "and public. Enter changes a line; on a partner it reads its form. Nothing leaves by itself."
    )

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        usual = usual_order(workspace, files_folder(os.environ, self.app.settings))
        self.folder = usual.folder  # where the files are written
        self.sender = sender_of(self.app.settings)
        self.formats = {MAIL}  # the formats that are ticked
        self.chosen = set(usual.partners)  # ids of the partners that are ticked
        self.answer_by = ""  # an ISO date, "" for none
        self.written_files: WrittenFiles | None = None  # the files, once they are written

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Forms for the partners")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what can be done here."""
        return [("↑↓", _("line")), (_("Enter"), _("change")), (_("Esc"), _("back"))]

    def page(self) -> Sequence[PageRow]:
        """Return the rows of formats, date and partners, and that which writes; afterwards the files written."""
        if self.written_files is not None:
            done_row = PageRow(_("The forms are there. Now send them with your own mail."), "done")
            return [done_row, PageRow(), *self.written_rows(self.written_files), *self.fetch_rows()]
        day = format_date(self.answer_by, self.workspace.lang) if self.answer_by else _("no date; nothing is noted")
        write_label = _("Write the forms")
        formats = [
            PageRow(f"{glyphs.tick(kind in self.formats)} {format_label(kind)}", "", self._toggle(self.formats, kind))
            for kind in FORM_FORMATS
        ]
        return [
            *formats,
            PageRow(_("Answer expected by"), "", self._ask_date, day),
            PageRow(_("Who reads the answers"), "", self._ask_sender, self.sender or _("nobody yet")),
            PageRow(),
            PageRow(_("For"), "heading"),
            *self._partner_rows(),
            PageRow(),
            PageRow(f"{glyphs.radio(True)} {write_label}", "strong accent", self._write),
            PageRow(_("Nothing leaves by itself: you send the files with your own mail."), "muted", indent=3),
        ]

    def _partner_rows(self) -> list[PageRow]:
        """Return two rows for each partner: to tick it, with its address and language, and to read its form."""
        rows = []
        forms = PartnerForms(self.workspace, self.workspace.partnership)
        for partner in active(self.workspace.partnership):
            name = partner.short(self.workspace.lang)
            address = ", ".join(first_addresses(self.workspace, partner.id)) or _("no address; given otherwise")
            lang = _("French") if forms.language_of(partner.id) == "fr" else _("English")
            label = f"{glyphs.tick(partner.id in self.chosen)} {name}"
            rows.append(PageRow(label, "", self._toggle(self.chosen, partner.id), f"{address} · {lang}"))
            rows.append(PageRow(_("read its form"), "accent", self._form_opener(partner.id, name), indent=4))
        return rows

    def _toggle(self, chosen: set[str], key: str) -> Callable[[], None]:
        """Return what Enter does on a line with a box: put `key` into `chosen`, or take it out."""

        def act() -> None:
            chosen.symmetric_difference_update({key})
            self.paint()

        return act

    def _form_opener(self, partner: str, name: str) -> Callable[[], None]:
        """Return what Enter does below a partner (id, name): show its form."""

        def act() -> None:
            forms = PartnerForms(self.workspace, self.workspace.partnership, self.answer_by, self.sender)
            self.app.push_screen(PartnerFormScreen(self.workspace, name, forms.form(partner)))

        return act

    def _ask_date(self) -> None:
        """Ask by which day answers are expected."""

        def set_day(day: str) -> None:
            self.answer_by = day
            self.paint()

        ask_answer_day(self, "forms.answer_by", self.answer_by, set_day)

    def _ask_sender(self) -> None:
        """Ask who signs the letters."""

        def set_sender(sender: str) -> None:
            self.sender = sender
            self.paint()

        ask_sender(self, self.sender, set_sender)

    def _write(self) -> None:
        """Write the files; then note who was asked, if a day is set by which to answer."""
        partners = tuple(partner.id for partner in active(self.workspace.partnership) if partner.id in self.chosen)
        formats = tuple(kind for kind in FORM_FORMATS if kind in self.formats)
        if not partners or not formats:
            self.say(_("Choose a format and a partner first."))
            return
        order = FormOrder(self.folder, partners, formats, self.answer_by, self.sender)
        try:
            self.workspace.flush()
        except StoreError as error:
            self.say(str(error))
            return

        def show_files(files: WrittenFiles) -> None:
            try:
                self._note_asked(order)
            except StoreError as error:
                self.say(str(error))
            self.written_files = files
            self._at = 0  # the cursor goes to the top of the new page

        self.begin(order.folder, form_files(self.workspace, order), show_files)

    def _note_asked(self, order: FormOrder) -> None:
        """Note and save who was asked to answer, if the order has a day by which to answer."""
        changes = asking_changes(self.workspace, order, current_moment()[:10])
        if changes:
            self.app.store.save(self.workspace.partnership.id, changes)
            self.workspace.reload()


def show_forms(app: Host) -> None:
    """Open the page of the forms."""
    if app.workspace is not None:
        app.push_screen(FormsScreen(app.workspace))
