"""The commands of line mode for an answer that two people changed at once, which has two texts until one is kept."""

from __future__ import annotations

from collections.abc import Iterator

from tui.i18n import _, ngettext
from tui.line_mode.conversation import Conversation
from tui.partnership.field_kinds import BadValue
from tui.partnership.values import Conflict
from tui.text.dates import format_day_and_time
from tui.text.name_matching import fold
from tui.workspace.cell_labels import cell_place, value_words
from tui.workspace.other_editors import current_value, open_conflicts
from tui.workspace.workspace import Workspace, current_moment

# By the word typed behind /keep, folded (without accents and capitals), which text is kept.
_KEEP = {"1": "mine", "2": "theirs", "3": "both", "les deux": "both", "deux": "both", "both": "both"}


def waiting_lines(workspace: Workspace) -> Iterator[str]:
    """Yield how many answers have two texts, nothing for none."""
    count = len(open_conflicts(workspace.partnership))
    if count:
        message = ngettext("{n} answer has two texts: /two texts reads them out.",
                        "{n} answers have two texts: /two texts reads them out.", count)  # fmt: skip
        yield message.format(n=count)


def say_conflict(conversation: Conversation, argument: str = "") -> None:
    """Say the oldest answer that has two texts, and what to type to choose."""
    conflicts = open_conflicts(conversation.workspace.partnership)
    if not conflicts:
        conversation.talk.say(_("No answer has two texts."))
        return
    for line in _both_texts(conversation.workspace, conflicts[0]):
        conversation.talk.say(line)
    if conflicts[0].joinable:
        conversation.talk.say(_("/keep 1 or /keep 2 keeps that text, /keep both keeps the two."))
    else:
        conversation.talk.say(_("/keep 1 or /keep 2 keeps that answer."))


def _both_texts(workspace: Workspace, conflict: Conflict) -> Iterator[str]:
    """Yield the field, then either text with its number and its author."""
    when = format_day_and_time(conflict.at, workspace.lang)
    our_author = ", ".join(filter(None, (conflict.by or _("someone"), when)))
    their_author = _("{name}, in the document now").format(name=conflict.their_by or _("someone"))
    yield cell_place(workspace, conflict.question, conflict.part, conflict.cell, conflict.subject)
    for number, whose, value in (
        (1, our_author, conflict.mine),
        (2, their_author, current_value(workspace.partnership, conflict)),
    ):
        words = value_words(workspace, conflict.question, conflict.part, conflict.cell, value) or _("(emptied)")
        yield _("Text {number}, {whose}: {words}").format(number=number, whose=whose, words=words)


def keep(conversation: Conversation, argument: str) -> None:
    """Keep one of the two texts read out, or both. Raises BadValue if there are none, or for another word."""
    workspace = conversation.workspace
    conflicts = open_conflicts(workspace.partnership)
    if not conflicts:
        raise BadValue(_("No answer has two texts."))
    choice = _KEEP.get(fold(argument))
    if choice is None:
        raise BadValue(_("Type /keep 1, /keep 2 or /keep both."))
    if choice == "both" and not conflicts[0].joinable:
        raise BadValue(_("Only words can stand one under the other: type /keep 1 or /keep 2."))
    workspace.flush()
    saved = conversation.store.settle(workspace.partnership.id, conflicts[0].id, choice)
    workspace.edits.refresh(saved.partnership, at=current_moment())
    conversation.refresh()
    conversation.talk.say(_("Saved: the other text stays among the earlier texts."))
    if open_conflicts(workspace.partnership):
        say_conflict(conversation)


ACTIONS = {"conflicts": say_conflict, "keep": keep}
