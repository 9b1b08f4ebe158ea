"""The commands of line mode on what came of the promises: list and note it, write the yearly page or funders' table.

The promises are the objectives and the commitments of the agreement.
"""

from __future__ import annotations

from tui.export.plain_text import to_text
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_sending import write_files
from tui.text.name_matching import fold
from tui.workspace.due_dates import due_in_workspace, numbered_promises, standing_of
from tui.workspace.funder_file import funder_file
from tui.workspace.outcome_notes import note_outcome_line, promise_numbered
from tui.workspace.output_files import document_files
from tui.workspace.workspace import current_moment

# Words that a person may type behind the command, folded (without accents and capitals).
_READS, _WRITES = {"lire", "page", "read"}, {"ecrire", "write"}


def standing(conversation: Conversation, argument: str) -> None:
    """Say each promise with what came of it, note that (« 2 tenu »), or say or write the page for the yearly meeting.

    Raises BadValue if there is no such promise, or for words that cannot be read.
    """
    workspace = conversation.workspace
    if fold(argument) in _READS | _WRITES:
        public_due = due_in_workspace(workspace, current_moment()[:10]).public  # the page is read by all
        page = standing_of(public_due, workspace.doc_lang)
        if fold(argument) in _READS:
            conversation.talk.say(to_text(page, wrap=None).rstrip("\n"))
        else:
            write_files(conversation, document_files(page))
        return
    if argument:
        number, _space, words = argument.partition(" ")
        note_outcome_line(workspace, promise_numbered(workspace, number), words)
        conversation.keep(_("Saved."))
        return
    lines = list(numbered_promises(workspace, workspace.partnership))
    for line in lines or [_("No objective and no commitment yet.")]:
        conversation.talk.say(line)


def funders(conversation: Conversation, argument: str) -> None:
    """Write the table for funders, and say where it is."""
    write_files(conversation, [funder_file(conversation.workspace)])
