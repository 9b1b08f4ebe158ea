"""The command `/life` of line mode: it says the history of sentences, from the first wording on.

`Conversation.spot` is the place of the present prompt: a question, and the partner or pair that it is asked of.
"""

from __future__ import annotations

from tui.form.question_walk import subject_of
from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.partnership.field_kinds import BadValue
from tui.workspace.output_files import section_named
from tui.workspace.sentence_words import SentenceLife, life_lines, sentence_field, sentences_of


def life(conversation: Conversation, argument: str) -> None:
    """Say the history of each sentence of a section, given by number or heading, else of the present answer.

    Raises BadValue if there is no such section, or if no sentence is written yet.
    """
    workspace = conversation.workspace
    if argument:
        entries = list(sentences_of(workspace, section_named(workspace.agreement, argument)))
    else:
        question, subject = conversation.spot.question, subject_of(conversation.spot)
        # Entries without a subject are of all partners together.
        entries = [
            entry for entry in workspace.partnership.entries.values()
            if entry.question == question and entry.is_in_use and entry.subject in ((), subject)
        ]  # fmt: skip
    has_sentence = False
    for entry in entries:
        field = sentence_field(workspace.guide, entry)
        if field is not None and entry.text(field.id, workspace.lang):
            sentence_life = SentenceLife(workspace, conversation.store, entry, field)
            for line in life_lines(sentence_life, for_all=False):  # with what is private
                conversation.talk.say(line)
            has_sentence = True
    if not has_sentence:
        raise BadValue(_("No sentence is written here yet."))
