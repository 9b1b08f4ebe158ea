"""Who was asked, who answered and who is late, line by line; an answer by telephone noted, told back, confirmed."""

from __future__ import annotations

import os

from tui.form.question_walk import subject_of
from tui.i18n import _
from tui.line_mode import prompt_answers
from tui.line_mode.conversation import Conversation
from tui.partnership.answer_list import grouped
from tui.partnership.field_kinds import BadValue
from tui.partnership.received_answers import unconfirmed
from tui.settings import files_folder
from tui.text.name_matching import fold
from tui.workspace.awaited_answers import awaited_lines, listed_answers
from tui.workspace.noted_answers import confirm, confirmation_file, confirmation_mail, note_by_telephone
from tui.workspace.output_files import write
from tui.workspace.sending_choices import sender_of
from tui.workspace.workspace import current_moment

_EXACT = frozenset({"exact", "confirme", "correct", "confirmed"})
_MAIL = frozenset({"courriel", "mail", "e-mail", "lettre"})


def answers(conversation: Conversation, argument: str) -> None:
    """Tell where each partner is with its answer; with a number and a word, confirm one or write the mail that asks.

    BadValue where nothing is meant.
    """
    workspace, day = conversation.workspace, current_moment()[:10]
    if not argument:
        for line in awaited_lines(workspace, day):
            conversation.talk.say(line)
        return
    number, _space, word = argument.partition(" ")
    partner = _partner(conversation, number, day)
    if fold(word) in _MAIL:
        _write_mail(conversation, partner)
        return
    waiting = unconfirmed(workspace.partnership, partner)
    if fold(word) not in _EXACT or not waiting:
        raise BadValue(_("Give the number of a line that is to be confirmed, then what of it: /answers 2 exact."))
    confirm(workspace, waiting, day)
    conversation.keep(_("Saved: confirmed by the partner."))
    conversation.refresh()


def _partner(conversation: Conversation, number: str, day: str) -> str:
    lines = [one for found in grouped(listed_answers(conversation.workspace, day)).values() for one in found]
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:6]) <= len(lines):
        raise BadValue(_("Give the number of a line that is to be confirmed, then what of it: /answers 2 exact."))
    return lines[int(number) - 1].partner


def _write_mail(conversation: Conversation, partner: str) -> None:
    workspace = conversation.workspace
    mail = confirmation_mail(workspace, partner, sender_of(conversation.settings))
    try:
        made = write(files_folder(os.environ, conversation.settings), [confirmation_file(workspace, mail)])
    except OSError as error:
        conversation.talk.say(str(error))
        return
    for line in mail.letter.body.splitlines():
        if line.strip():
            conversation.talk.say(line)
    conversation.talk.say(_("Written: {path}").format(path=", ".join(map(str, made.files))))


def by_telephone(conversation: Conversation, argument: str) -> None:
    """Note that the present answer was said by telephone by the person named. BadValue where there is none."""
    question = prompt_answers.question_of(conversation)
    subject = subject_of(conversation.spot)
    partner = subject[0] if len(subject) == 1 else ""
    workspace = conversation.workspace
    author = conversation.store.author.name
    note_by_telephone(workspace, question, partner, argument, author, current_moment()[:10])
    conversation.keep(_("Saved, to be confirmed: /answers writes the mail that asks."))
    conversation.refresh()
