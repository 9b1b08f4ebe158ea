"""The subcommand `minutes`: it prints the minutes of a meeting, mails them for correction, approves or amends them.

It also writes the dossier of a meeting and the register of decisions.
"""

from __future__ import annotations

from tui.agreement.decision_register import decision_register
from tui.agreement.minutes import minutes as minutes_document
from tui.cli.agreement_commands import give_document
from tui.cli.invocation import DONE, Invocation, UsageError, warn
from tui.console import print_line
from tui.i18n import _, language
from tui.partnership.agendas import held_meetings
from tui.partnership.meetings import meetings
from tui.partnership.values import Entry, Partnership
from tui.settings import short_path
from tui.text import moments
from tui.text.date_reading import read_date
from tui.text.outside_paths import outside_path
from tui.workspace import minutes_edits
from tui.workspace.meeting_dossier import meeting_dossier
from tui.workspace.minutes_mail import correction_files
from tui.workspace.output_files import write
from tui.workspace.workspace import Workspace

_LEAST_LETTERS = 4  # of an id


def minutes(call: Invocation) -> int:
    """Print the minutes of the meeting that was named, else of the last one; or change them as an option says.

    Nothing private is in them. Return the exit code. Raises UsageError if there is no such meeting, BadValue if an
    option cannot be followed.
    """
    changes = [name for name in ("correct", "approve", "note", "withdraw") if getattr(call.args, name)]
    call.args.reading = not changes  # the beginning of a title is enough to read, not to change anything
    partnership_id = call.partnership_id()
    partnership = call.store.load(partnership_id)
    meeting = _meeting_named(partnership, call.args.meeting)  # checked first: without a meeting there is no decision
    if changes:
        return _change(call, changes, meeting)
    lang = call.document_language(partnership)
    region = call.settings.region if call.settings.region.startswith(lang) else ""
    history = call.store.history(partnership_id)
    if call.args.dossier:
        return give_document(call, meeting_dossier(call.workspace(), call.store, meeting, lang))
    if call.args.register:
        document = decision_register(call.guide, partnership, history, call.day(), lang, region)
    else:
        document = minutes_document(call.guide, partnership, history, meeting, lang, region)
    return give_document(call, document)


def _change(call: Invocation, changes: list[str], meeting: Entry) -> int:
    """Change the minutes as the only option in `changes` says. Raises UsageError for several options."""
    if len(changes) > 1:
        names = ", ".join(f"--{name}" for name in changes)
        raise UsageError(_("One thing at a time: {names} do not go together.").format(names=names))
    workspace = call.workspace()
    if call.args.correct:
        _write_mails(call, workspace, meeting)
    elif call.args.approve:
        decision = minutes_edits.approve(workspace, call.store, meeting)
        print_line(decision.text("text", workspace.lang) + ".")
    elif call.args.note:
        minutes_edits.add_note(workspace, meeting, call.args.note)
    else:
        minutes_edits.withdraw_name(workspace, meeting, call.args.withdraw)
    workspace.flush()
    return DONE


def _write_mails(call: Invocation, workspace: Workspace, meeting: Entry) -> None:
    """Write the mails that ask those who were there to correct the minutes, and print the paths."""
    folder = outside_path(call.args.correct, "--correct", relative=True)
    written = write(folder, correction_files(workspace, call.store, meeting, folder))
    for file in written.files:
        print_line(_("Written: {file}").format(file=short_path(file, call.environ)))
    for warning in written.warnings:
        warn(warning)
    minutes_edits.note_mailed(workspace, call.store, meeting)


def _meeting_named(partnership: Partnership, name: str | None) -> Entry:
    """Return the meeting that `name` names: its date or the beginning of its id, None for the last meeting.

    Raises UsageError if there is none.
    """
    all_meetings = meetings(partnership)
    if not all_meetings:
        raise UsageError(_("This partnership has no meeting yet: the command “Meeting” of the app opens one."))
    if not name:
        return next(reversed(held_meetings(partnership, moments.now()[:10])), all_meetings[-1])
    day = read_date(name, language()).day
    meetings_of_day = [
        entry
        for entry in all_meetings
        if entry.get("on") == day or (len(name) >= _LEAST_LETTERS and entry.id.startswith(name))
    ]
    if meetings_of_day:
        return meetings_of_day[-1]
    dates = ", ".join(str(entry.get("on", entry.id)) for entry in all_meetings)
    raise UsageError(_("No meeting is called “{name}”. There are: {dates}.").format(name=name, dates=dates))
