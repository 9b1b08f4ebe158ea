"""The command `/health` of line mode, the check of the partnership's health: statements on how the work together goes.

Each partner says of each statement whether it is so.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import GivenUp, LineDialog
from tui.line_mode.line_sending import write_files
from tui.partnership.health import shares_answers
from tui.partnership.partners import active, find, find_partner
from tui.text.name_matching import fold
from tui.workspace.health_check import (
    answer_code,
    asked_statements,
    change_words,
    discuss_statement,
    form_files,
    note_health,
    read_taker,
    result_lines,
    statement_lines,
    statement_named,
)
from tui.workspace.typed_values import partner_named

# Words that a person may type behind the command, folded (without accents and capitals).
_DISCUSSES, _WRITES = {"discuter", "point", "discuss"}, {"ecrire", "formulaires", "write", "forms"}
_ROUND, _LISTS = {"rencontre", "meeting"}, {"enonces", "statements"}


def health(conversation: Conversation, argument: str) -> None:
    """Say the counts of answers; with a partner's name, ask that partner each statement.

    « énoncés » reads out the statements by number, « discuter 3 » makes a point to discuss of one, « écrire » writes
    pages to fill in, « rencontre » asks each statement of everybody. Raises BadValue for an unknown partner.
    """
    word, _space, rest = argument.partition(" ")
    if not argument:
        _say(conversation, result_lines(conversation.workspace))
    elif find(conversation.workspace.partnership, argument):  # a partner may be called « Rencontre »
        _ask_partner(conversation, partner_named(conversation.workspace, argument))
    elif fold(argument) in _LISTS:
        _say(conversation, statement_lines(conversation.workspace))
    elif fold(argument) in _WRITES:
        write_files(conversation, form_files(conversation.workspace))
    elif fold(argument) in _ROUND:
        _ask_everybody(conversation)
    elif fold(word) in _DISCUSSES and rest.strip():
        _discuss(conversation, rest.strip())
    else:
        _ask_partner(conversation, partner_named(conversation.workspace, argument))


def _say(conversation: Conversation, lines: Iterable[str]) -> None:
    """Say each of `lines`, in order."""
    for line in lines:
        conversation.talk.say(line)


def _ask_partner(conversation: Conversation, partner_id: str) -> None:
    """Ask a partner each statement; if the person gives up, the answers so far are kept."""
    workspace = conversation.workspace
    partner = find_partner(workspace.partnership, partner_id)
    dialog = LineDialog(conversation.talk)
    name = partner.name(workspace.lang) if partner is not None else ""
    dialog.begin(_("Check of health: {name}").format(name=name) + ".")
    answers: list[tuple[str, str]] = []  # (statement id, code)
    shared = shares_answers(workspace.partnership, partner_id)  # whether its answers about persons are counted
    try:
        for statement in asked_statements():
            code = _ask_answer(conversation, dialog, statement.words.get(workspace.lang))
            answers += [(statement.id, code)] if code else []
        if answers and not shared:
            shared = dialog.agree(_("Count these answers also where a statement is about persons?"))
    except GivenUp:
        conversation.talk.say(_("The rest stays as it is."))
    note_health(workspace, partner_id, answers, shared=shared)
    conversation.keep(_("Saved."))
    conversation.refresh()


def _ask_answer(conversation: Conversation, dialog: LineDialog, words: str) -> str:
    """Ask for an answer behind `words`, and return its code, "" for an empty line."""
    workspace = conversation.workspace
    return dialog.ask(words, lambda text: answer_code(workspace, text), "", _("yes, in part, not yet, don't know"))


def _ask_everybody(conversation: Conversation) -> None:
    """Ask each statement of each partner in turn; answers given aloud at a meeting are shared."""
    workspace = conversation.workspace
    dialog = LineDialog(conversation.talk)
    dialog.begin(_("In a meeting: one statement after the other, everybody answers") + ".")
    try:
        for statement in asked_statements():
            conversation.talk.say(statement.words.get(workspace.lang))
            for partner in active(workspace.partnership):
                code = _ask_answer(conversation, dialog, partner.name(workspace.lang) or _("unnamed organization"))
                if code:
                    note_health(workspace, partner.id, [(statement.id, code)], shared=True)
    except GivenUp:
        conversation.talk.say(_("The rest stays as it is."))
    conversation.keep(_("Saved."))
    conversation.refresh()


def _discuss(conversation: Conversation, text: str) -> None:
    """Make a point to discuss of « 3 ; who ; by when », and say where the text could be changed.

    Raises BadValue if there is no statement of that number.
    """
    workspace = conversation.workspace
    number, _semicolon, who_and_when = text.partition(";")
    statement = statement_named(number.strip())
    taker, due = read_taker(workspace, who_and_when)
    discuss_statement(workspace, statement, taker, due)
    conversation.keep(_("It stands among the points still open; undo takes it back."))
    if message := change_words(workspace, statement):
        conversation.talk.say(message)
