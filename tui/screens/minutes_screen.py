"""The minutes of a meeting on a page, and the commands that mail, approve and correct them."""

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
from tui.screens.returned_screen import ask_returned
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
from tui.workspace.output_files import files_to_fetch, write
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


def minutes_name(agreement: Agreement | None) -> str:
    """Return the end of the file name of minutes: « compte-rendu-2026-11-22 »."""
    return "-".join((_("minutes"), agreement.iso_date if agreement is not None else ""))


class MinutesScreen(ReadOnlyScreen):
    """The minutes of one meeting: a draft until a later meeting approves it, then locked except for dated notes."""

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
        """The meeting as it is stored now."""
        assert self.app.workspace is not None
        return self.app.workspace.partnership.entry(self._meeting.id) or self._meeting

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the page, copying first; there are never more than seven."""
        copy = [*hint("copy", _("copy")), ("E", _("write a file"))]
        if self.meeting.get(APPROVED):
            later = [("+", _("add a note")), ("x", _("withdraw a name"))]
        else:
            later = [("m", _("have it corrected")), ("r", _("came back")), ("A", _("approve"))]
        return [*copy, *later, ("g", _("dossier")), (_("Esc"), _("back"))]

    def likely_commands(self) -> tuple[str, ...]:
        """Return the ids of the commands for these minutes."""
        later = ("minutes_note", "withdraw_name") if self.meeting.get(APPROVED) else ("mail_minutes", "approve_minutes")
        return ("copy", *later, "meeting_dossier", "register", "agenda")

    def act(self, key: str) -> bool:
        """Act on a letter of this page or of a command. Return whether the key did something."""
        is_approved = bool(self.meeting.get(APPROVED))
        command_ids = {"m": "mail_minutes", "A": "approve_minutes", "g": "meeting_dossier"}
        if is_approved:
            command_ids = {"+": "minutes_note", "x": "withdraw_name", "g": "meeting_dossier"}
        if key == "r" and not is_approved:
            ask_returned(self.app, self.meeting)
        elif key in command_ids:
            self.app.run_command(command_ids[key])
        else:
            return super().act(key)
        return True

    def paint(self) -> None:
        """Compose the minutes anew, since a correction may have been accepted, and paint them."""
        if self.app.workspace is not None and (document := minutes_of(self.app, self.meeting)) is not None:
            self.agreement = document
        super().paint()

    def own_document(self) -> Agreement | None:
        """Return the minutes themselves."""
        return self.agreement

    def own_document_name(self) -> str:
        """Return the end of the file name of the minutes."""
        return self.file_name_end

    def own_command(self) -> tuple[str, ...]:
        """Return the command that prints the minutes of this meeting."""
        return ("minutes", "--meeting", self._meeting.id)

    def run_own_command(self, command_id: str) -> bool:
        """Return True for the command that opens this page: it does nothing on it."""
        return command_id == "minutes"


def open_minutes(app: Host, meeting: Entry) -> None:
    """Show the minutes of a meeting, or say why they cannot be composed."""
    document = minutes_of(app, meeting)
    if document is not None:
        app.push_screen(MinutesScreen(document, meeting))


def minutes_of(app: Host, meeting: Entry) -> Agreement | None:
    """Return the minutes of a meeting; if they cannot be composed, say why and return None."""
    assert app.workspace is not None
    try:
        return composed_minutes(app.workspace, app.store, meeting)
    except StoreError as error:
        app.say(str(error))
        return None


async def show_minutes(app: Host) -> None:
    """Show the minutes of the running meeting, else of the only meeting held, else ask of which meeting."""
    workspace = app.workspace
    if workspace is None:
        return
    meeting = running_meeting(workspace)
    meetings = held_meetings(workspace.partnership, current_moment()[:10])
    if meeting is None and len(meetings) == 1:
        meeting = meetings[0]
    if meeting is not None:
        open_minutes(app, meeting)
        return
    if not meetings:
        app.say(_("There was no meeting yet: M opens one."))
        return

    choices = [
        Choice(row.id, format_date(str(row.get("on", "")), workspace.lang), row.text("place", workspace.lang))
        for row in meetings[::-1]
    ]
    meeting_id = await answer_to(Picker(_("Minutes of which meeting?"), choices))
    if meeting_id:
        open_minutes(app, workspace.partnership.entries[meeting_id])


def _act_on_meeting(app: Host, meeting: Entry | None, act: Callable[[Entry], None]) -> None:
    """Call `act` with `meeting`, for None with the latest meeting; if that fails or there is none, say so."""
    if app.workspace is None:
        return
    page = app.page
    meeting_found = meeting or latest_meeting(app.workspace)
    if meeting_found is None:
        page.say_to_room(_("There was no meeting yet: M opens one."))
        return
    try:
        act(meeting_found)
    except BadValue as error:
        page.say_to_room(str(error))
    except (OSError, StoreError) as error:
        page.say_to_room(reason_words(error))


def mail_minutes(app: Host, meeting: Entry | None = None) -> None:
    """Write a mail with the minutes to each partner that was there."""

    def act(meeting_found: Entry) -> None:
        workspace = app.workspace
        assert workspace is not None
        folder = files_folder(os.environ, app.settings)
        written = write(folder, correction_files(workspace, app.store, meeting_found, folder))
        minutes_edits.note_mailed(workspace, app.store, meeting_found)
        app.repaint()
        copy_commands.report_written(app, files_to_fetch(written.files), written.warnings)

    _act_on_meeting(app, meeting, act)


def approve_minutes(app: Host, meeting: Entry | None = None) -> None:
    """Approve the minutes of `meeting` (None: the last draft) at today's meeting, and note the approval there."""
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

    _act_on_meeting(app, meeting, act)


def minutes_note(app: Host, meeting: Entry | None = None) -> None:
    """Ask for a dated note below approved minutes."""
    _ask_words(
        app, "minutes.note", _("The correction, as it is to stand below the minutes"), minutes_edits.add_note, meeting
    )


def withdraw_name(app: Host, meeting: Entry | None = None) -> None:
    """Ask for the name that is withdrawn from approved minutes."""
    _ask_words(app, "minutes.name", _("The name that is withdrawn"), minutes_edits.withdraw_name, meeting)


def _ask_words(
    app: Host, window: Window, title: str, act: Callable[[Workspace, Entry, str], object], meeting: Entry | None
) -> None:
    """Ask for words about approved minutes, and call `act` with the workspace, the meeting and the words."""

    def ask(meeting_found: Entry) -> None:
        minutes_edits.refuse_draft(meeting_found)

        def take_text(text: str | None) -> bool:
            if not text or not text.strip():
                return True
            assert app.workspace is not None
            try:
                act(app.workspace, meeting_found, text)
            except BadValue as error:
                app.page.say_to_room(str(error))
                return False
            app.repaint()
            return True

        ask_text(app, window, title, take_text, row=meeting_found.id)

    _act_on_meeting(app, meeting, ask)


def meeting_dossier(app: Host, meeting: Entry | None = None) -> None:
    """Show the dossier of the meeting: all its papers as one numbered document."""

    def act(meeting_found: Entry) -> None:
        workspace = app.workspace
        assert workspace is not None
        document = dossier_of(workspace, app.store, meeting_found, workspace.doc_lang)
        number = dossier_number(workspace.partnership, meeting_found)
        app.push_screen(ReadOnlyScreen(document, "-".join((plain_name(_("dossier")), str(number)))))

    _act_on_meeting(app, meeting, act)
