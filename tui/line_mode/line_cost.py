"""The command `/cost` of line mode: it says which answers another wording would reopen. Nothing is saved."""

from __future__ import annotations

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_noted import agree, sentence_of_section
from tui.partnership.field_kinds import BadValue
from tui.workspace.cost_words import draft_cost, sentence_cost
from tui.workspace.kept_versions import versions_of


def cost(conversation: Conversation, argument: str) -> None:
    """Say which answers « 4 2 other words » would reopen, in the place of sentence 2 of section 4.

    « 4 » says the sentences of that section. Without an argument say what today's text reopens, compared to the last
    version. Raises BadValue if there is no such sentence, or if the words are missing.
    """
    workspace = conversation.workspace
    section, _space, rest = argument.strip().partition(" ")
    number, _space, text = rest.strip().partition(" ")
    if not section:
        for line in draft_cost(workspace, versions_of(workspace, conversation.store)):
            conversation.talk.say(line)
    elif not rest.strip():
        agree(conversation, section)  # without the number of a sentence it says them all
    elif not text.strip():
        raise BadValue(_("Type the other words behind the numbers: /cost 4 2 and the sentence as it would be."))
    else:
        origin = sentence_of_section(conversation, f"{section} {number}")
        conversation.talk.say(sentence_cost(workspace, origin.entry, origin.field, text))


ACTIONS = {"cost": cost}
