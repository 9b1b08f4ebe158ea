"""The life of the sentence that is asked for, line by line."""

from __future__ import annotations

from tui.form.question_walk import subject_of
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.partnership.field_kinds import BadValue
from tui.workspace.output_files import section_named
from tui.workspace.sentence_words import SentenceLife, life_lines, sentence_field, sentences_of


def life(conversation: Conversation, argument: str) -> None:
    """Tell the life of each sentence of a section, by its number or heading; without one, of the present answer.

    Raises BadValue where no section is meant, or no sentence is written yet.
    """
    workspace = conversation.workspace
    if argument:
        entries = list(sentences_of(workspace, section_named(workspace.agreement, argument)))
    else:
        question, subject = conversation.spot.question, subject_of(conversation.spot)
        entries = [
            entry for entry in workspace.partnership.entries.values()
            if entry.question == question and entry.stands and entry.subject in ((), subject)
        ]  # fmt: skip
    told = 0
    for entry in entries:
        field = sentence_field(workspace.guide, entry)
        if field is not None and entry.text(field.id, workspace.lang):
            found = SentenceLife(workspace, conversation.store, entry, field)
            for line in life_lines(found, for_all=False):
                conversation.talk.say(line)
            told += 1
    if not told:
        raise BadValue(_("No sentence is written here yet."))
