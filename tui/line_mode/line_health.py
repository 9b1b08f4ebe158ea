"""The check of health at the line prompts: one partner's answers, a round in a meeting, what is shown, points made."""

from __future__ import annotations

from collections.abc import Iterable

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import Dropped, LineDialog
from tui.line_mode.line_sending import write_files
from tui.partnership.health import shares_answers
from tui.partnership.partners import active, find_partner
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

_DISCUSSES, _WRITES = {"discuter", "point", "discuss"}, {"ecrire", "formulaires", "write", "forms"}
_ROUND, _LISTS = {"rencontre", "meeting"}, {"enonces", "statements"}


def health(conversation: Conversation, argument: str) -> None:
    """Tell what may be shown of the answers; with a partner, ask it each statement; a word says what else is wanted.

    « énoncés » reads the statements by number, « discuter 3 » makes a point of one, « écrire » the pages to be filled
    in, « rencontre » asks each statement of everybody. Raises BadValue where nobody is meant.
    """
    word, _space, rest = argument.partition(" ")
    if not argument:
        _say(conversation, result_lines(conversation.workspace))
    elif fold(argument) in _LISTS:
        _say(conversation, statement_lines(conversation.workspace))
    elif fold(argument) in _WRITES:
        write_files(conversation, form_files(conversation.workspace))
    elif fold(argument) in _ROUND:
        _round(conversation)
    elif fold(word) in _DISCUSSES and rest.strip():
        _discuss(conversation, rest.strip())
    else:
        _ask(conversation, partner_named(conversation.workspace, argument))


def _say(conversation: Conversation, lines: Iterable[str]) -> None:
    for line in lines:
        conversation.talk.say(line)


def _ask(conversation: Conversation, name: str) -> None:
    """Ask a partner each statement; what was answered before it gave up is kept."""
    workspace = conversation.workspace
    partner = find_partner(workspace.partnership, name)
    dialog = LineDialog(conversation.talk)
    dialog.begin(
        _("Check of health: {name}").format(name=partner.name(workspace.lang) if partner is not None else "") + "."
    )
    told: list[tuple[str, str]] = []
    shared = shares_answers(workspace.partnership, name)
    try:
        for statement in asked_statements():
            code = _answered(conversation, dialog, statement.words.get(workspace.lang))
            told += [(statement.id, code)] if code else []
        if told and not shared:
            shared = dialog.agree(_("Count these answers also where a statement is about persons?"))
    except Dropped:
        conversation.talk.say(_("The rest stays as it is."))
    note_health(workspace, name, told, shared=shared)
    conversation.keep(_("Saved."))
    conversation.refresh()


def _answered(conversation: Conversation, dialog: LineDialog, words: str) -> str:
    workspace = conversation.workspace
    return dialog.ask(words, lambda text: answer_code(workspace, text), "", _("yes, in part, not yet, don't know"))


def _round(conversation: Conversation) -> None:
    """Ask each statement of each partner in turn; what is said aloud is shared."""
    workspace = conversation.workspace
    dialog = LineDialog(conversation.talk)
    dialog.begin(_("In a meeting: one statement after the other, everybody answers") + ".")
    try:
        for statement in asked_statements():
            conversation.talk.say(statement.words.get(workspace.lang))
            for partner in active(workspace.partnership):
                code = _answered(conversation, dialog, partner.name(workspace.lang) or _("unnamed organization"))
                if code:
                    note_health(workspace, partner.id, [(statement.id, code)], shared=True)
    except Dropped:
        conversation.talk.say(_("The rest stays as it is."))
    conversation.keep(_("Saved."))
    conversation.refresh()


def _discuss(conversation: Conversation, text: str) -> None:
    """Make a point of « 3 ; who ; by when », and say where the text could be changed."""
    workspace = conversation.workspace
    number, _mark, behind = text.partition(";")
    statement = statement_named(number.strip())
    who, due = read_taker(workspace, behind)
    discuss_statement(workspace, statement, who, due)
    conversation.keep(_("It stands among the points still open; undo takes it back."))
    if said := change_words(workspace, statement):
        conversation.talk.say(said)
