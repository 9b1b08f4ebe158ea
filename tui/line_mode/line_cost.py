"""The command `/cost` of line mode: it says which answers another wording would reopen. Nothing is saved."""

from __future__ import annotations

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_noted import agree, sentence_of_section
from tui.partnership.field_kinds import BadValue
from tui.workspace.cost_words import draft_cost, sentence_cost
from tui.workspace.kept_versions import versions_of


def cost(conversation: Conversation, argument: str) -> None:
    """Say what « 4 2 other words » would cost, in the place of sentence 2 of section 4; « 4 » reads out its sentences.

    Without an argument say what today's text costs, compared to the last version. Raises BadValue.
    """
    workspace = conversation.workspace
    section, _space, behind = argument.strip().partition(" ")
    number, _space, text = behind.strip().partition(" ")
    if not section:
        for line in draft_cost(workspace, versions_of(workspace, conversation.store)):
            conversation.talk.say(line)
    elif not behind.strip():
        agree(conversation, section)  # reads out the sentences by number
    elif not text.strip():
        raise BadValue(_("Type the other words behind the numbers: /cost 4 2 and the sentence as it would be."))
    else:
        origin = sentence_of_section(conversation, f"{section} {number}")
        conversation.talk.say(sentence_cost(workspace, origin.entry, origin.field, text))


ACTIONS = {"cost": cost}
