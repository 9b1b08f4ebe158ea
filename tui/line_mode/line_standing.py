"""What came of the promises, line by line."""

from __future__ import annotations

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.workspace.due_dates import numbered_promises
from tui.workspace.outcome_notes import note_outcome_line, promise_numbered


def standing(conversation: Conversation, argument: str) -> None:
    """Tell each promise with what came of it; with a number and words, note it. BadValue where unreadable."""
    workspace = conversation.workspace
    if argument:
        number, _space, words = argument.partition(" ")
        note_outcome_line(workspace, promise_numbered(workspace, number), words)
        conversation.keep(_("Saved."))
        return
    lines = list(numbered_promises(workspace, workspace.partnership))
    for line in lines or [_("No objective and no commitment yet.")]:
        conversation.talk.say(line)
