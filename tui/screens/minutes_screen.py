"""The minutes of a meeting on a page: to be read, copied or written to a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.agreement.blocks import Agreement
from tui.commands import MEETING, hint
from tui.error_words import reason_words
from tui.export.formats import plain_name
from tui.i18n import N_, _
from tui.partnership.agendas import held_meetings
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import APPROVED
from tui.partnership.values import Entry
from tui.screens import copy_commands
from tui.screens.returned_screen import returned
from tui.screens.versions_screen import ReadOnlyScreen
from tui.settings import files_folder
from tui.store.store_errors import StoreError
from tui.text.dates import format_date
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.host import answer_to
from tui.ui.window_names import Window
from tui.workspace import minutes_edits
from tui.workspace.meeting_dossier import dossier_number
from tui.workspace.meeting_dossier import meeting_dossier as dossier_of
from tui.workspace.meeting_edits import composed_minutes, latest_meeting, running_meeting
from tui.workspace.minutes_mail import correction_files
from tui.workspace.output_files import to_fetch, write
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


def minutes_name(agreement: Agreement | None) -> str:
    """How the name of the file of some minutes ends: « compte-rendu-2026-11-22 »."""
    return "-".join((_("minutes"), agreement.iso_date if agreement is not None else ""))


class MinutesScreen(ReadOnlyScreen):
    """One meeting's minutes: a draft to be corrected and approved later, then locked, with dated notes."""

    where = MEETING
    about = N_(
        "The minutes, a draft until a later meeting approves them. m writes a mail with them to those who were there, "
        "r reads what comes back, A approves them; then + adds a dated note, x withdraws a name. g makes the dossier."
    )

    def __init__(self, agreement: Agreement, meeting: Entry) -> None:
        super().__init__(agreement, minutes_name(agreement))
        self._meeting = meeting

    @property
    def meeting(self) -> Entry:
        """The meeting as it is kept now."""
        assert self.app.workspace is not None
        return self.app.workspace.partnership.entry(self._meeting.id) or self._meeting

    def keys(self) -> Sequence[tuple[str, str]]:
        """Copy comes first: it is what one does with minutes. Seven keys at most."""
        copy = [*hint("copy", _("copy")), ("E", _("write a file"))]
        if self.meeting.get(APPROVED):
            later = [("+", _("add a note")), ("x", _("withdraw a name"))]
        else:
            later = [("m", _("have it corrected")), ("r", _("came back")), ("A", _("approve"))]
        return [*copy, *later, ("g", _("dossier")), (_("Esc"), _("back"))]

    def likely_commands(self) -> tuple[str, ...]:
        """Return what becomes of these minutes."""
        later = ("minutes_note", "withdraw_name") if self.meeting.get(APPROVED) else ("mail_minutes", "approve_minutes")
        return ("copy", *later, "meeting_dossier", "register", "agenda")

    def act(self, key: str) -> bool:
        """The letters of the page, then those of the table."""
        approved = bool(self.meeting.get(APPROVED))
        names = {"+": "minutes_note", "x": "withdraw_name", "g": "meeting_dossier"} if approved else {
            "m": "mail_minutes", "A": "approve_minutes", "g": "meeting_dossier"
        }  # fmt: skip
        if key == "r" and not approved:
            returned(self.app, self.meeting)
        elif key in names:
            self.app.run_command(names[key])
        else:
            return super().act(key)
        return True

    def paint(self) -> None:
        """The minutes as they stand now: a correction that was accepted shows at once."""
        if self.app.workspace is not None and (document := minutes_of(self.app, self.meeting)) is not None:
            self.agreement = document
        super().paint()

    def own_document(self) -> Agreement | None:
        """Return the minutes themselves."""
        return self.agreement

    def own_document_name(self) -> str:
        """The minutes are named by the day of the meeting."""
        return self.file_name_end

    def own_command(self) -> tuple[str, ...]:
        """Return the command that prints the minutes of this meeting."""
        return ("minutes", "--meeting", self._meeting.id)

    def run_own(self, command_id: str) -> bool:
        """The command that opens this page does nothing on it."""
        return command_id == "minutes"


def open_minutes(app: Host, meeting: Entry) -> None:
    """Show the minutes of a meeting; what stands in the way is said."""
    document = minutes_of(app, meeting)
    if document is not None:
        app.push_screen(MinutesScreen(document, meeting))


def minutes_of(app: Host, meeting: Entry) -> Agreement | None:
    """Return the minutes of a meeting; None where they cannot be written now, which is said."""
    assert app.workspace is not None
    try:
        return composed_minutes(app.workspace, app.store, meeting)
    except StoreError as error:
        app.say(str(error))
        return None


async def show_minutes(app: Host) -> None:
    """The minutes of the meeting that is running, else of the one chosen."""
    workspace = app.workspace
    if workspace is None:
        return
    here = running_meeting(workspace)
    known = held_meetings(workspace.partnership, current_moment()[:10])
    if here is None and len(known) == 1:
        here = known[0]
    if here is not None:
        open_minutes(app, here)
        return
    if not known:
        app.say(_("There was no meeting yet: M opens one."))
        return

    listed = [
        Choice(row.id, format_date(str(row.get("on", "")), workspace.lang), row.text("place", workspace.lang))
        for row in known[::-1]
    ]
    name = await answer_to(Picker(_("Minutes of which meeting?"), listed))
    if name:
        open_minutes(app, workspace.partnership.entries[name])


def _on_meeting(app: Host, meeting: Entry | None, act: Callable[[Entry], None]) -> None:
    """Do something with a meeting, with the one held last for None; what is refused is said."""
    if app.workspace is None:
        return
    page = app.page
    found = meeting or latest_meeting(app.workspace)
    if found is None:
        page.say_to_room(_("There was no meeting yet: M opens one."))
        return
    try:
        act(found)
    except BadValue as error:
        page.say_to_room(str(error))
    except (OSError, StoreError) as error:
        page.say_to_room(reason_words(error))


def mail_minutes(app: Host, meeting: Entry | None = None) -> None:
    """Write a mail with the minutes to each partner that was there."""

    def act(found: Entry) -> None:
        workspace = app.workspace
        assert workspace is not None
        folder = files_folder(os.environ, app.settings)
        files = write(folder, correction_files(workspace, app.store, found, folder)).files
        minutes_edits.note_mailed(workspace, app.store, found)
        app.repaint()
        copy_commands.written(app, to_fetch(files))

    _on_meeting(app, meeting, act)


def approve_minutes(app: Host, meeting: Entry | None = None) -> None:
    """Approve the minutes of a meeting, the last draft for None, at the meeting of today."""
    workspace = app.workspace

    def act(_found: Entry) -> None:
        assert workspace is not None
        draft = meeting or minutes_edits.last_draft(workspace)
        if draft is None:
            raise BadValue(_("No minutes are waiting to be approved."))
        minutes_edits.approve(workspace, app.store, draft)
        app.repaint()
        app.page.say_to_room(
            _("Approved: the meeting of today notes it, and no word of these minutes changes any more.")
        )

    _on_meeting(app, meeting, act)


def minutes_note(app: Host, meeting: Entry | None = None) -> None:
    """Ask for a dated note below approved minutes."""
    _ask(app, "minutes.note", _("The correction, as it is to stand below the minutes"), minutes_edits.add_note, meeting)


def withdraw_name(app: Host, meeting: Entry | None = None) -> None:
    """Ask for the name that is withdrawn from approved minutes."""
    _ask(app, "minutes.name", _("The name that is withdrawn"), minutes_edits.withdraw_name, meeting)


def _ask(
    app: Host, window: Window, title: str, act: Callable[[Workspace, Entry, str], object], meeting: Entry | None
) -> None:
    def asked(found: Entry) -> None:
        minutes_edits.refuse_draft(found)

        def typed(text: str | None) -> bool:
            if not text or not text.strip():
                return True
            assert app.workspace is not None
            try:
                act(app.workspace, found, text)
            except BadValue as error:
                app.page.say_to_room(str(error))
                return False
            app.repaint()
            return True

        ask_text(app, window, title, typed, row=found.id)

    _on_meeting(app, meeting, asked)


def meeting_dossier(app: Host, meeting: Entry | None = None) -> None:
    """Show the dossier of the meeting: one numbered document, copied or written like any other."""

    def act(found: Entry) -> None:
        workspace = app.workspace
        assert workspace is not None
        document = dossier_of(workspace, app.store, found, workspace.doc_lang)
        number = dossier_number(workspace.partnership, found)
        app.push_screen(ReadOnlyScreen(document, "-".join((plain_name(_("dossier")), str(number)))))

    _on_meeting(app, meeting, act)
