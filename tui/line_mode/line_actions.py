"""The table of the commands of line mode (`ACTIONS`, by id), and the commands that change answers or move.

A command function gets the conversation, and the argument: the words typed behind the command. If the command cannot be
followed, the function raises BadValue, whose message is printed. In the conversation `prompt` is what is asked at
present, and `spot` its place in the order of prompts (`walk`): a question, its `stop` (a partner or pair of partners),
and a row of a list.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from tui.form.form import form_field, main_field
from tui.form.question_walk import PAIRS, ROSTER, Spot, Writing, question_order, subject_of
from tui.guide.guide_types import TEXT_KINDS
from tui.i18n import _
from tui.line_mode import (
    line_agenda,
    line_amending,
    line_answers,
    line_attachments,
    line_calls,
    line_conditions,
    line_conflicts,
    line_contacts,
    line_cost,
    line_departure,
    line_due,
    line_forms,
    line_handover,
    line_health,
    line_life,
    line_meeting,
    line_minutes,
    line_noted,
    line_notes,
    line_reading,
    line_road,
    line_rounds,
    line_sending,
    line_sheets,
    line_signing,
    line_standing,
    prompt_answers,
    prompt_text,
)
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import sentence
from tui.line_mode.line_streams import InputEnded
from tui.partnership.completion import single_entry
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import WHO, WHOLE, active, find_partner, givers, partners
from tui.partnership.values import STATE, Change, Entry, answer_id
from tui.text import moments
from tui.text.list_numbers import list_number
from tui.text.name_matching import fold, matches
from tui.workspace import writing
from tui.workspace.cell_labels import first_undone_words
from tui.workspace.later_steps import command_of_label
from tui.workspace.pending_edits import Edits
from tui.workspace.place import NOTE, Place, places_file
from tui.workspace.shared_answers import give_rows, given_words, same_answer
from tui.workspace.text_erasure import beyond_lines, done_words, erasure_lines, files_outside, sought_text, take_out
from tui.workspace.time_zones import choose_time_zone
from tui.workspace.typed_values import partner_of, partners_of, row_number
from tui.workspace.unfinished_texts import UnfinishedTexts

Action = Callable[[Conversation, str], None]
_QUOTED_LETTERS = 60  # of what was typed, in a message


def mark_command(state: str) -> Action:
    """Return the command that marks the present answer with a state set by hand, or takes that mark off.

    The mark « sans objet » (not applicable) may be given to a whole question.
    """

    def run(conversation: Conversation, argument: str) -> None:
        question_id, workspace = prompt_answers.question_of(conversation), conversation.workspace
        whole_question = conversation.spot.stop in (ROSTER, PAIRS)
        if whole_question and state != "not_applicable":
            raise BadValue(_("This mark is given for one partner or one pair: open one first."))
        if whole_question:
            part = WHOLE if question_id == WHO else ""
            entry_id = answer_id(question_id)
            entry = workspace.partnership.entry(entry_id) or Entry(entry_id, question_id, part)
        else:
            entry = single_entry(workspace.partnership, question_id, subject_of(conversation.spot))
        has_mark = entry.state == state
        workspace.set(entry, STATE, None if has_mark else state)
        message = _("Saved: the mark is taken off.") if has_mark else _("Saved, marked: {state}.")
        conversation.keep(message.format(state=workspace.guide.choice("state", state, workspace.lang)))

    return run


def give_same_answer(conversation: Conversation, argument: str) -> None:
    """Give the present answer to other partners too: those named, or all the others."""
    source, workspace = _asked_partner(conversation), conversation.workspace
    receivers = partners_of(workspace, argument) if argument else list(active(workspace.partnership))
    targets = [partner.id for partner in receivers if partner.id != source]
    if not targets:
        raise BadValue(_("There is no other partner here: name them, with commas between them."))
    _give(conversation, source, targets)


def take_same_answer(conversation: Conversation, argument: str) -> None:
    """Answer as another partner did: the partner named, or the partner before this one."""
    target, workspace = _asked_partner(conversation), conversation.workspace
    active_partners = active(workspace.partnership)
    number = next((number for number, partner in enumerate(active_partners) if partner.id == target), 0)
    source = partner_of(workspace, argument, active_partners) if argument else active_partners[number - 1]
    if source.id == target:
        raise BadValue(_("There is no other partner here: name one."))
    _give(conversation, source.id, [target])
    conversation.refresh()


def _asked_partner(conversation: Conversation) -> str:
    """Return the id of the partner that the present question is asked of. Raises BadValue if there is not one."""
    subject = subject_of(conversation.spot)
    if prompt_answers.question_of(conversation) == WHO or len(subject) != 1:
        raise BadValue(_("Only an answer asked partner by partner can be given for others."))
    return subject[0]


def _give(conversation: Conversation, source: str, targets: list[str]) -> None:
    """Give the answer of one partner at the present prompt to others: rows of a list are shared, fields are copied."""
    workspace, part = conversation.workspace, conversation.prompt.part
    before, answer_words = workspace.partnership, ""
    if part is not None and part.list:
        if part.field("partners") is None:
            raise BadValue(_("There is no line here that others could share."))
        if conversation.spot.row:
            rows: tuple[Entry, ...] = (conversation.prompt.entry,)
        else:
            rows = conversation.walk.rows(replace(conversation.spot, stop=source), part)
        for row in rows:
            give_rows(workspace, row, list(dict.fromkeys((*givers(row), *targets))))
        workspace.edits.end_typing()
    else:
        workspace.go(Place(conversation.spot.question, source))
        answer_words = given_words(workspace)
        same_answer(workspace, targets)
        conversation.ask_which_text(conversation.spot.question, targets)
    if workspace.partnership is before:
        conversation.talk.say(_("Unchanged: nothing to give, or it is there already."))
        return
    names = ", ".join(prompt_text.name_of(workspace, target) for target in targets)
    message = _("Saved, the same answer for: {names}.").format(names=names)
    conversation.keep(f"{message} {answer_words}".rstrip())


def ask_all_fields(conversation: Conversation, argument: str) -> None:
    """Ask the seldom needed fields of this question too, from here on."""
    conversation.more.add(prompt_answers.question_of(conversation))
    conversation.talk.say(_("All the fields of this question are asked now."))


def clear_answer(conversation: Conversation, argument: str) -> None:
    """Remove the present answer."""
    prompt = conversation.prompt
    if prompt.field is None:
        raise BadValue(_("There is no answer here to take out; /remove 2 takes line 2 out of a list."))
    prompt_answers.set_field(conversation, prompt.field, None)
    conversation.refresh()


def continue_text(conversation: Conversation, argument: str) -> None:
    """Continue a text: with a new paragraph of a long one, on the same line of a short one."""
    field = conversation.prompt.field
    if field is None or field.kind not in TEXT_KINDS:
        raise BadValue(_("There is no text here to write on."))
    separator = "\n\n" if field.kind == "prose" else " "
    conversation.writing = Writing(field, [argument] if argument else [], separator)
    conversation.talk.say(_("What you type now goes behind the present text; an empty line ends it."))


def name_article(conversation: Conversation, argument: str) -> None:
    """Confirm the guessed form of a partner's name within a sentence, such as « le Collège »."""
    message = writing.confirm_name(conversation.workspace, conversation.partner)
    if not message:
        raise BadValue(_("Nothing is to be confirmed here: no name is guessed for this partner."))
    conversation.keep(message)


def note_call(conversation: Conversation, argument: str) -> None:
    """Add the argument, or the lines that follow, to the private note of calls with the partner spoken of last."""
    workspace = conversation.workspace
    partner = find_partner(workspace.partnership, conversation.partner)
    if partner is None or partner.entry.removed:
        raise BadValue(_("Whom is the note about? Open a partner first: /go 1, then its number."))
    part = workspace.guide.question(NOTE).parts[0]
    entry = single_entry(workspace.partnership, NOTE, (partner.id,))
    field = form_field(workspace.form_context, part, entry, main_field(part))
    writing = Writing(field, [argument] if argument else [], "\n", aside=True)
    name = prompt_text.name_of(workspace, partner.id)
    if argument:
        conversation.writing = writing
        conversation.talk.say(_("Private note about {name}.").format(name=name))
        prompt_answers.finish_text(conversation)
        return
    conversation.talk.say(_("To say first: “I take notes; tell me what must stay between us.”"))
    if text := entry.text("text", workspace.lang):
        conversation.talk.say(text)
    conversation.talk.say(
        _("Private note about {name}: type it line by line; an empty line ends it.").format(name=name)
    )
    conversation.writing = writing


def change_row(conversation: Conversation, argument: str) -> None:
    """Ask for the fields of one row, or open one partner of the list."""
    number = _row_number(conversation, argument)
    if conversation.prompt.kind == ROSTER:
        conversation.spot = Spot(
            conversation.spot.question, partners(conversation.workspace.partnership)[number - 1].id
        )
    else:
        prompt_answers.open_row(conversation, number)


def remove_row(conversation: Conversation, argument: str) -> None:
    """Remove a row or a partner."""
    entry = _rows(conversation)[_row_number(conversation, argument) - 1]
    writing.remove(conversation.workspace, entry)
    partner = find_partner(conversation.workspace.partnership, entry.id)
    message = (
        _("Saved: {name} was taken out; /undo brings it back.")
        if partner
        else _("Saved: line taken out; /undo brings it back.")
    )
    conversation.keep(message.format(name=partner.name(conversation.workspace.lang) if partner else ""))
    conversation.refresh()


def move_command(by: int) -> Action:
    """Return the command that moves a row by so many places: -1 up, 1 down."""

    def run(conversation: Conversation, argument: str) -> None:
        if writing.move(conversation.workspace, _rows(conversation)[_row_number(conversation, argument) - 1], by):
            conversation.keep()
            conversation.refresh()
        else:
            conversation.talk.say(_("Unchanged."))

    return run


def _rows(conversation: Conversation) -> tuple[Entry, ...]:
    """Return the rows, or entries of partners, listed at the present prompt. Raises BadValue without a list."""
    prompt = conversation.prompt
    if prompt.kind == ROSTER:
        return tuple(partner.entry for partner in partners(conversation.workspace.partnership))
    if prompt.kind != "list" or prompt.part is None:
        raise BadValue(_("There is no list here. /back goes back to it."))
    return conversation.walk.rows(conversation.spot, prompt.part)


def _row_number(conversation: Conversation, argument: str) -> int:
    """Return the number of a row, from 1, that was typed. Raises BadValue if there is no such row."""
    number = row_number(argument, _rows(conversation))
    if not number:
        raise BadValue(_("Give the number of a line, for example /remove 2."))
    return number


def time_zone(conversation: Conversation, argument: str) -> None:
    """Say in which time zone the partnership's dates are shown, or choose one."""
    if argument:
        conversation.keep(choose_time_zone(conversation.workspace, argument))
        return
    zone = moments.zone_name() or _("the time of this machine")
    conversation.talk.say(_("Dates are told in {zone}.").format(zone=zone))


def undo(conversation: Conversation, argument: str) -> None:
    """Undo the last change."""
    _say_undone(conversation, conversation.workspace.undo(), redone=False)


def redo(conversation: Conversation, argument: str) -> None:
    """Redo the change that was undone last."""
    _say_undone(conversation, conversation.workspace.redo(), redone=True)


def _say_undone(conversation: Conversation, changes: Sequence[Change], *, redone: bool) -> None:
    """Say which changes were undone or redone, and save them."""
    if changes:
        message = _("Redone, and saved.") if redone else _("Undone, and saved.")
        what_changed = first_undone_words(conversation.workspace, changes)
        conversation.keep(f"{message} {sentence(what_changed)}" if what_changed else message)
        conversation.refresh()
    else:
        conversation.talk.say(_("Nothing left to redo.") if redone else _("Nothing left to undo."))


def erase(conversation: Conversation, argument: str) -> None:
    """Say where some words are written; if the same command comes again at once, erase them from all files for good."""
    sought = sought_text(argument)
    if sought is None:
        raise BadValue(_("Which words? For example /erase for good Beta is afraid."))
    workspace = conversation.workspace
    is_confirmed = conversation.erasing == sought.words
    conversation.erasing = "" if is_confirmed else sought.words
    conversation.keep()
    outside = files_outside(workspace.partnership.id, sought, os.environ)
    if not is_confirmed:
        erasure = conversation.store.erase(workspace.partnership.id, sought)
        line_reading.say_lines(conversation, erasure_lines(workspace, sought, erasure, outside))
        if erasure.found:
            conversation.talk.say(
                _("The same line again takes it out, private notes included; nothing brings it back.")
            )
        return
    unfinished = UnfinishedTexts(conversation.store.root, places_file(os.environ).with_name("unfinished"))
    erasure = take_out(workspace, conversation.store, unfinished, sought)
    unfinished.close()
    workspace.edits = Edits(conversation.store.load(workspace.partnership.id))
    line_reading.say_lines(conversation, [done_words(erasure), *beyond_lines(workspace, erasure, outside)])
    conversation.again()


# -- moving ------------------------------------------------------------------------------------------------------------


def go_back(conversation: Conversation, argument: str) -> None:
    """Go one prompt back."""
    previous = conversation.walk.before(conversation.spot)
    if previous == conversation.spot:
        conversation.talk.say(_("This is the first question."))
    conversation.spot = previous
    conversation.refresh()


def go_to_next_question(conversation: Conversation, argument: str) -> None:
    """Go on to the next question."""
    prompt_answers.question_of(conversation)
    conversation.spot = conversation.walk.after_question(conversation.spot)


def go_to_partner(conversation: Conversation, argument: str) -> None:
    """Ask the same question of the next partner, or of the partner named."""
    if argument:
        prompt_answers.to_partner(conversation, argument)
    else:
        prompt_answers.question_of(conversation)
        conversation.spot = conversation.walk.after_stop(conversation.spot)


def go_to_question(conversation: Conversation, argument: str) -> None:
    """Go to a question, given by its number, its id or some letters of it; or to a later step of the work."""
    question_ids, workspace = question_order(conversation.workspace.guide), conversation.workspace
    if argument.isascii() and argument.isdigit():
        number = list_number(argument, len(question_ids))
        question_ids_meant = [question_ids[number - 1]] if number else []
    else:
        question_ids_meant = _questions(conversation, argument)
    if not question_ids_meant and (later := command_of_label(argument)):
        ACTIONS[prompt_text.LINE_COMMANDS.get(later, later)](conversation, "")
        return
    if not question_ids_meant:
        raise BadValue(_("No question answers to “{text}”: /plan lists them.").format(text=argument[:_QUOTED_LETTERS]))
    if len(question_ids_meant) > 1:
        line_reading.say_lines(
            conversation, (prompt_text.numbered_question(workspace, question_id) for question_id in question_ids_meant)
        )
        raise BadValue(_("Several questions may be meant: type /go with a number."))
    if not conversation.walk.stops(question_ids_meant[0]):
        raise BadValue(_("This question is asked of partners: enter the organizations first, with /go 1."))
    conversation.spot = conversation.walk.first(question_ids_meant[0])
    conversation.again()


def _questions(conversation: Conversation, text: str) -> list[str]:
    """Return the ids of the questions that letters may mean: by id, else short name, else text, else part of the id."""
    guide = conversation.workspace.guide
    if text in guide.by_id:
        return [text]
    if not fold(text):
        return []
    for attribute in ("short", "text"):
        question_ids = []
        for question_id in question_order(guide):
            words = getattr(guide.question(question_id), attribute)
            if matches(text, words.fr) or matches(text, words.en):
                question_ids.append(question_id)
        if question_ids:
            return question_ids
    return [question_id for question_id in question_order(guide) if matches(text, re.sub(r"\W|_", " ", question_id))]


def quit_(conversation: Conversation, argument: str) -> None:
    """Leave line mode, as the end of input does."""
    raise InputEnded


ACTIONS: dict[str, Action] = {
    "help": line_reading.help_,
    "palette": line_reading.commands,
    "repeat": line_reading.repeat,
    "back": go_back,
    "next": go_to_next_question,
    "partner": go_to_partner,
    "jump": go_to_question,
    "plan": line_reading.plan,
    "step": line_reading.step,
    "levels": line_reading.levels,
    "missing": line_reading.missing,
    "confirm": mark_command("to_confirm"),
    "discuss": mark_command("to_discuss"),
    "void": mark_command("not_applicable"),
    "same": give_same_answer,
    "like": take_same_answer,
    "more": ask_all_fields,
    "call": note_call,
    "sort_note": line_notes.sort,
    "clear": clear_answer,
    "append": continue_text,
    "change": change_row,
    "remove_row": remove_row,
    "row_up": move_command(-1),
    "row_down": move_command(1),
    "timezone": time_zone,
    "undo": undo,
    "redo": redo,
    "erase": erase,
    "review": line_reading.review,
    "due": line_due.due,
    "call_sheet": line_calls.call,
    "handover": line_handover.handover,
    "life": line_life.life,
    "road": line_road.road,
    "forms": line_forms.forms,
    "sheets": line_sheets.sheets,
    "attachments": line_attachments.attachments,
    "large_print": line_sheets.large_print,
    "amend": line_amending.amend,
    "leave": line_departure.leave,
    "person_leaves": line_departure.person_leaves,
    "health": line_health.health,
    "sign": line_signing.sign,
    "standing": line_standing.standing,
    "contacts": line_contacts.contacts,
    "funders": line_standing.funders,
    "document": line_reading.document,
    "copy": line_reading.copy,
    "name_article": name_article,
    **line_conflicts.ACTIONS,
    **line_meeting.ACTIONS,
    **line_noted.ACTIONS,
    **line_agenda.ACTIONS,
    **line_conditions.ACTIONS,
    **line_minutes.ACTIONS,
    **line_rounds.ACTIONS,
    **line_cost.ACTIONS,
    "send": line_sending.send_draft,
    "adopt": line_sending.adopt_text,
    "board": line_sending.board_package,
    "awaited_answers": line_answers.list_or_confirm_answers,
    "by_telephone": line_answers.note_telephone_answer,
    "returned": line_answers.read_returned_file,
    "versions_kept": line_reading.versions,
    "show_statement": line_sending.statement,
    "quit": quit_,
}
