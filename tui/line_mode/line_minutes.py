"""The commands of line mode on the minutes of a meeting: mail, approve, add a note, withdraw a name, write the dossier.

Each function gets the words typed behind its command as `argument`, and raises BadValue, whose message is said, if the
command cannot be carried out. Minutes are a draft until a later meeting approves them.
"""

from __future__ import annotations

import os

from tui.error_words import reason_words
from tui.export.formats import by_id, plain_name, render
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.partnership.agendas import held_meetings
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import APPROVED
from tui.partnership.values import Entry
from tui.settings import files_folder, short_path
from tui.store.store_errors import StoreError
from tui.text.date_reading import read_date
from tui.workspace import minutes_edits
from tui.workspace.meeting_dossier import dossier_number, meeting_dossier
from tui.workspace.minutes_mail import correction_files
from tui.workspace.output_files import OutputFile, files_to_fetch, write
from tui.workspace.workspace import current_moment

_QUOTED_LETTERS = 40  # of a day that was not understood, in a message


def mail_minutes(conversation: Conversation, argument: str) -> None:
    """Write a mail draft with the minutes for each partner present, and say where the files are."""
    workspace = conversation.workspace
    meeting = _meeting(conversation, argument, approved=False)
    folder = files_folder(os.environ, conversation.settings)
    _write(conversation, correction_files(workspace, conversation.store, meeting, folder))
    minutes_edits.note_mailed(workspace, conversation.store, meeting)
    conversation.keep(_("/returned reads what comes back, sentence by sentence."))


def approve(conversation: Conversation, argument: str) -> None:
    """Approve the last minutes, or those of a day, at today's meeting."""
    workspace = conversation.workspace
    meeting = _meeting(conversation, argument, approved=False)
    decision = minutes_edits.approve(workspace, conversation.store, meeting)
    conversation.keep(decision.text("text", workspace.lang) + ".")


def add_note(conversation: Conversation, argument: str) -> None:
    """Add a dated note below approved minutes: « the words », or « 2026-11-25; the words »."""
    day, text = _day_and_text(conversation, argument)
    if not text:
        raise BadValue(_("Type the correction behind the command, as it is to stand below the minutes."))
    minutes_edits.add_note(conversation.workspace, _meeting(conversation, day, approved=True), text)
    conversation.keep()


def withdraw_name(conversation: Conversation, argument: str) -> None:
    """Take a name out of approved minutes: « the name », or « 2026-11-25; the name »."""
    day, name = _day_and_text(conversation, argument)
    minutes_edits.withdraw_name(conversation.workspace, _meeting(conversation, day, approved=True), name)
    conversation.keep()


def write_dossier(conversation: Conversation, argument: str) -> None:
    """Write the dossier of a meeting, its documents in one numbered Word file, and say where it is.

    `argument` is the day of the meeting; "" for the last one.
    """
    workspace = conversation.workspace
    meeting = _meeting(conversation, argument, approved=None)
    text = meeting_dossier(workspace, conversation.store, meeting, workspace.doc_lang)
    number = dossier_number(workspace.partnership, meeting)
    name = "-".join(filter(None, (plain_name(_("dossier")), str(number), str(meeting.get("on") or ""))))
    kind = by_id("docx")
    _write(conversation, [OutputFile(name + kind.ending, text.kind, lambda: render(text, kind))])


def _write(conversation: Conversation, files: list[OutputFile]) -> None:
    """Write files to the output folder and say where they are. Raises BadValue if they cannot be written."""
    folder = files_folder(os.environ, conversation.settings)
    try:
        written = write(folder, files)
    except (OSError, StoreError) as error:
        raise BadValue(reason_words(error)) from error
    for path in files_to_fetch(written.files):
        conversation.talk.say(_("Written: {path}").format(path=short_path(path, os.environ)))
    for warning in written.warnings:
        conversation.talk.say(warning)


def _day_and_text(conversation: Conversation, argument: str) -> tuple[str, str]:
    """Return (day, words) of « 2026-11-25; words »; ("", all words) if they do not begin with a date and « ; »."""
    head, semicolon, rest = argument.partition(";")
    if semicolon and read_date(head.strip(), conversation.workspace.lang).day:
        return head.strip(), rest.strip()
    return "", argument.strip()


def _meeting(conversation: Conversation, day: str, *, approved: bool | None) -> Entry:
    """Return the meeting of `day`; for "" the last one whose minutes are `approved`, or not (None: either).

    If no meeting has minutes of that state, return the last meeting held: the caller's change then says why it refuses.
    Raises BadValue if there is no meeting to return.
    """
    workspace = conversation.workspace
    today = current_moment()[:10]  # the ISO date, of an ISO date and time
    past_meetings = held_meetings(workspace.partnership, today)
    last = past_meetings[-1] if past_meetings else None
    if day.strip():
        wanted_day = read_date(day.strip(), workspace.lang).day
        meetings_of_day = [row for row in past_meetings if row.get("on") == wanted_day]
        if not meetings_of_day:
            raise BadValue(_("No meeting was held on “{day}”.").format(day=day.strip()[:_QUOTED_LETTERS]))
        return meetings_of_day[-1]
    if approved is None:
        meeting = last
    elif approved:
        meeting = next((row for row in reversed(past_meetings) if row.get(APPROVED)), last)
    else:
        meeting = minutes_edits.last_draft(workspace) or last
    if meeting is None:
        raise BadValue(_("There was no meeting yet whose minutes could be taken."))
    return meeting


ACTIONS = {
    "mail_minutes": mail_minutes,
    "approve_minutes": approve,
    "minutes_note": add_note,
    "withdraw_name": withdraw_name,
    "meeting_dossier": write_dossier,
}
