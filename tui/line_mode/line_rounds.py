"""The commands of line mode that put a question to each partner in turn at a meeting (a round), and note the answers.

A question can also be a sentence of the agreement. A partner's answer appears in the minutes only with its leave
(its permission).
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.i18n import _
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_noted import sentence_of_section
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import Partner, active
from tui.partnership.rounds import TEXT, answers_to, choice_meant, choices_of, has_leave, labelled_choices
from tui.partnership.values import Entry
from tui.text.list_numbers import list_number
from tui.text.name_matching import fold
from tui.workspace import round_edits
from tui.workspace.typed_values import NO, YES, split_partner

_SECTION = "section "  # how a line begins that names a sentence: « section 4 2 »


def put_question(conversation: Conversation, argument: str) -> None:
    """Put « question; choice; choice », or the sentence « section 4 2 », to each partner; without words, say those put.

    Raises BadValue if there is no such sentence, or question.
    """
    workspace, text = conversation.workspace, argument.strip()
    if not text:
        for line in _questions_put(conversation):
            conversation.talk.say(line)
        return
    if text.isascii() and text.isdigit():
        row = _question_numbered(conversation, text)
    elif fold(text).startswith(_SECTION):
        sentence = sentence_of_section(conversation, text[len(_SECTION) :])
        question = round_edits.sentence_question(workspace, sentence)
        if question is None:
            raise BadValue(_("This line is made by the program; it has no field of its own."))
        row = round_edits.stored_round(workspace, question)
    else:
        row = round_edits.stored_round(workspace, round_edits.read_question(workspace, text))
    conversation.round_question = row.id
    for line in _question_lines(conversation, row):
        conversation.talk.say(line)
    conversation.keep()


def _question_numbered(conversation: Conversation, number: str) -> Entry:
    """Return the question of a number in the list, from 1. Raises BadValue if there is none."""
    questions = round_edits.questions_of_meeting(conversation.workspace)
    at = list_number(number, len(questions))
    if not at:
        raise BadValue(_("No question of that number was put: /ask reads them."))
    return questions[at - 1]


def _questions_put(conversation: Conversation) -> Iterator[str]:
    """Yield the questions put at the meeting, by number, with their counts."""
    workspace = conversation.workspace
    questions = round_edits.questions_of_meeting(workspace)
    for number, row in enumerate(questions, 1):
        facts = (row.text(TEXT, workspace.lang), round_edits.count_words(workspace, row))
        yield f"{number}. {', '.join(filter(None, facts))}."
    if not questions:
        yield _("No question was put yet: /ask Which evening?; Tuesday; Thursday puts one.")


def _question_lines(conversation: Conversation, row: Entry) -> Iterator[str]:
    """Yield the question, its choices, each partner by number with its answer, then earlier wordings of a sentence."""
    workspace = conversation.workspace
    yield row.text(TEXT, workspace.lang)
    choices = choices_of(row, workspace.lang)
    if choices:
        yield ", ".join(labelled_choices(choices)) + "."
    answers = answers_to(workspace.partnership, row)
    for number, partner in enumerate(active(workspace.partnership), 1):
        yield f"{number}. {_answer_words(conversation, row, partner, answers.get(partner.id))}"
    for earlier in round_edits.earlier_wordings(workspace, row):
        message = _("Another wording, “{text}”").format(text=earlier.text(TEXT, workspace.lang))
        yield _(": ").join(filter(None, (message, round_edits.count_words(workspace, earlier)))) + "."
    yield _(
        "/says 2 and a choice or words notes what partner 2 answers; “; yes” behind it lets it stand in the minutes."
    )


def _answer_words(conversation: Conversation, row: Entry, partner: Partner, answer: Entry | None) -> str:
    """Return a partner with its answer, and whether it may appear in the minutes."""
    lang = conversation.workspace.lang
    name = partner.short(lang) or _("unnamed organization")
    text = answer.text(TEXT, lang) if answer is not None else ""
    leave = round_edits.minutes_words(conversation.workspace, row, partner)
    return ", ".join(filter(None, (_(": ").join(filter(None, (name, text))), leave)))


def note_answer(conversation: Conversation, argument: str) -> None:
    """Note the answer of partner 2, « 2 1 », and whether it may appear in the minutes, « 2 rather Tuesday; yes ».

    Raises BadValue if no question was put, or if there is no such partner.
    """
    workspace = conversation.workspace
    row = _present_question(conversation)
    answered, leave = _split_leave(argument)  # before the partner, behind whose name a « ; » is no part of the answer
    partner, text = split_partner(workspace, answered, active(workspace.partnership))
    text = choice_meant(row, text, workspace.lang)
    if text or leave is None:
        row = round_edits.give_answer(workspace, row, partner.id, text)
    answer = answers_to(workspace.partnership, row).get(partner.id)
    if leave is not None and answer is not None and leave != has_leave(answer):
        round_edits.toggle_leave(workspace, row, partner.id)
        answer = answers_to(workspace.partnership, row).get(partner.id)
    count = round_edits.count_at_end(workspace, row)
    conversation.keep(". ".join(filter(None, (_answer_words(conversation, row, partner, answer), count))) + ".")


def _present_question(conversation: Conversation) -> Entry:
    """Return the question that was put or looked at last. Raises BadValue if there is none."""
    put_last = conversation.workspace.partnership.entry(conversation.round_question)
    if put_last is not None and put_last.is_in_use:
        return put_last
    questions = round_edits.questions_of_meeting(conversation.workspace)
    if not questions:
        raise BadValue(_("No question was put yet: /ask Which evening?; Tuesday; Thursday puts one."))
    return questions[-1]


def _split_leave(text: str) -> tuple[str, bool | None]:
    """Return an answer without the « ; yes » or « ; no » behind it, and whether it was yes; None for neither."""
    words, semicolon, last = text.rpartition(";")
    if semicolon and fold(last) in (*YES, *NO):
        return words.strip(), fold(last) in YES
    return text, None


ACTIONS = {"ask_each": put_question, "says": note_answer}
