"""The command `/road` of line mode: it says the road to the signatures, that is, what they still wait for."""

from __future__ import annotations

from tui.line_mode.conversation import Conversation
from tui.workspace.road_words import road_in_workspace, road_lines
from tui.workspace.workspace import current_moment


def road(conversation: Conversation, argument: str) -> None:
    """Say the earliest day on which all can sign, what has to happen before, and whom to ask for what."""
    for line in road_lines(road_in_workspace(conversation.workspace, current_moment()[:10])):
        conversation.talk.say(line)
