"""The subcommand `agenda`: it prints the agenda of the next meeting, or writes its invitations to a folder."""

from __future__ import annotations

from tui.agreement.agenda_document import agenda_document
from tui.cli.agreement_commands import give_document
from tui.cli.invocation import DONE, Invocation, UsageError, warn
from tui.console import print_line
from tui.i18n import _
from tui.partnership.agendas import unfinished_items
from tui.text.outside_paths import outside_path
from tui.workspace.agenda_edits import meeting_ahead
from tui.workspace.invitations import invitation_files
from tui.workspace.output_files import write


def agenda(call: Invocation) -> int:
    """Print the agenda of today's meeting, else of the next one, or write an invitation for each partner.

    Return the exit code. Raises UsageError if the agenda is empty.
    """
    workspace = call.workspace()
    meeting = meeting_ahead(workspace)
    if not unfinished_items(workspace.partnership, meeting.id):
        raise UsageError(
            _("Nothing is on the agenda of a meeting: the command “Prepare a meeting” of the app makes one.")
        )
    lang = call.document_language(workspace.partnership)
    if not call.args.invitations:
        return give_document(call, agenda_document(call.guide, workspace.view, meeting, lang))
    folder = outside_path(call.args.invitations, "--invitations", relative=True)
    output = write(folder, invitation_files(workspace, meeting))
    for file in output.files:
        print_line(_("Written: {file}").format(file=file))
    for warning in output.warnings:
        warn(warning)
    return DONE
