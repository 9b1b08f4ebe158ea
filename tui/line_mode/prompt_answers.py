"""Takes a line that was typed at a prompt as an answer: saves it, or refuses it and says what to type instead.

In the conversation `prompt` is what is asked, `spot` its place in the order of prompts (`walk`), and `writing` a text
of several lines that is being typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from tui.form.form import FormField, Row, form_field, main_field
from tui.form.question_walk import Prompt, Spot, Writing
from tui.guide.guide_types import TEXT_KINDS
from tui.i18n import _, ngettext
from tui.line_mode.conversation import Conversation
from tui.line_mode.prompt_text import row_line
from tui.line_mode.typed_commands import read_command
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import WHO, partners
from tui.partnership.values import Change, Value
from tui.store.store_errors import StoreError
from tui.text.clean import pasted_lines as listed
from tui.text.name_matching import fold
from tui.workspace.directory_edits import add_organisations, known_organisations
from tui.workspace.note_sorting import is_between_us
from tui.workspace.text_answered import DRAFT, TODAY, note_given_on_today
from tui.workspace.typed_values import NO, YES, partner_of, partners_of, row_number, value_of
from tui.workspace.writing import choose, finish_row, new_row, type_into

_QUOTED = r'["«“]\s*(.+?)\s*["»”]'  # words in quotes: « "oui" » is a text, where « oui » would be an answer


def take_answer(conversation: Conversation, line: str) -> None:
    """Take a line as the answer to the present prompt; an empty one, or a dot alone, goes on.

    Raises BadValue if the line is no answer to it.
    """
    prompt, writing = conversation.prompt, conversation.writing
    if line.strip() in ("", "."):
        finish_text(conversation)
        is_beside_prompt = writing is not None and writing.aside
        if conversation.spot.question and not is_beside_prompt:
            conversation.spot = conversation.walk.after(conversation.spot)
    elif is_between_us(line) and not _is_private(conversation):
        raise BadValue(_("A line “between us” belongs in a call note: /note and its words. It was noted nowhere."))
    elif writing is not None:
        writing.lines.append(line)
        _note_lines(conversation, writing)
    elif prompt.field is not None and prompt.field.kind == "prose":
        line = _unquoted_text(prompt, line)
        conversation.writing = Writing(prompt.field, [line])
        _note_lines(conversation, conversation.writing)
    else:
        _TAKERS[prompt.kind](conversation, prompt, line)


def _is_private(conversation: Conversation) -> bool:
    """Return whether what is typed now goes to a private field."""
    prompt, writing = conversation.prompt, conversation.writing
    place = writing.field if writing is not None else prompt.place
    if place is None:
        return False
    return place.private or conversation.workspace.guide.question(place.entry.question).private


def _take_field(conversation: Conversation, prompt: Prompt, line: str) -> None:
    """Set a field to the line, and go on."""
    assert prompt.field is not None
    set_field(conversation, prompt.field, value_of(conversation.workspace, prompt.field, _unquoted_text(prompt, line)))
    conversation.spot = conversation.walk.after(conversation.spot)


def _is_other_answer(prompt: Prompt, line: str) -> bool:
    """Return whether a line looks like the answer to another kind of prompt, though this one asks for a text.

    Such a line is yes or no, or for the name of a partner a number of one or two digits.
    """
    if prompt.field is None or prompt.field.field is None or prompt.field.field.kind not in TEXT_KINDS:
        return False
    entry = prompt.field.entry
    asks_for_name = entry.question == WHO and not entry.part and prompt.field.field.id == "name"
    is_short_number = bool(re.fullmatch(r"[0-9]{1,2}", line.strip()))
    return fold(line).rstrip(".") in (*YES, *NO) or (asks_for_name and is_short_number)


def _unquoted_text(prompt: Prompt, line: str) -> str:
    """Return the text that a line means: without its quotes, if it needed them to be taken as a text.

    Raises BadValue for a line without quotes that looks like the answer to another prompt: nobody is to be named « 2 »
    because a script was off by one line.
    """
    quoted = re.fullmatch(_QUOTED, line.strip())
    if quoted and _is_other_answer(prompt, quoted[1]):
        return quoted[1]
    if _is_other_answer(prompt, line):
        message = _("“{text}” was not taken: {label} asks for words. If these are the words, type them in quotes.")
        label = prompt.field.label if prompt.field is not None else ""
        raise BadValue(message.format(text=line.strip(), label=label))
    return line


def set_field(conversation: Conversation, place: FormField, value: Value) -> None:
    """Set a field (None clears it), save it, and print what was understood."""
    workspace, field = conversation.workspace, place.field
    assert field is not None
    if field.kind == "choice":
        changed = choose(workspace, place.entry, field, value or "")
    elif field.kind in TEXT_KINDS and value is not None:
        changed = type_into(workspace, place.entry, field, value)
    else:
        changed = workspace.set(place.entry, place.cell, value)
    workspace.edits.end_typing()
    if not changed and not workspace.edits.at_risk:
        conversation.talk.say(_("Unchanged."))
    elif value is None:
        conversation.keep(_("Saved: no answer."))
    elif field.kind in TEXT_KINDS:
        conversation.keep()
    else:
        conversation.keep(_("Saved: {answer}.").format(answer=_present_field(conversation, place).answer))
        if field.id == "level" and not place.entry.part:
            conversation.ask_which_text(place.entry.question, place.entry.subject)


def _present_field(conversation: Conversation, place: FormField) -> FormField:
    """Return a field with its present value."""
    assert place.field is not None
    entry = conversation.workspace.partnership.entry(place.entry.id) or place.entry
    return form_field(conversation.workspace.form_context, place.part, entry, place.field)


def take_which_text(conversation: Conversation, line: str) -> None:
    """Note on which text a partner's answer was given: 1 or an empty line for the sent draft, 2 for today's text.

    Raises BadValue for any other line.
    """
    assert conversation.which_text is not None
    question, partners = conversation.which_text
    choice = line.strip().rstrip(".")
    if choice not in ("", DRAFT, TODAY):
        raise BadValue(_("Type 1 or 2; an empty line is 1."))
    conversation.which_text = None
    if choice == TODAY:
        note_given_on_today(conversation.workspace, question, partners)
        conversation.keep(_("Saved: on today's text, read together."))
    else:
        conversation.talk.say(_("It stands on the draft."))


def take_unfinished_line(conversation: Conversation, line: str) -> None:
    """Keep the text that was being typed when the input ended, with its last line; no other answer is kept."""
    field, writing = conversation.prompt.field, conversation.writing
    is_text = writing is not None or (field is not None and field.kind in TEXT_KINDS)
    if line.strip() and is_text and isinstance(read_command(line), str):
        with suppress(BadValue):
            take_answer(conversation, line)
    finish_text(conversation)


def finish_text(conversation: Conversation) -> None:
    """Save the lines of the text being typed, if any."""
    writing, conversation.writing = conversation.writing, None
    if writing is not None and writing.lines:
        keep_text(conversation, writing)


def keep_text(conversation: Conversation, writing: Writing) -> None:
    """Save a text of several lines in its field, after the present text if it continues that."""
    try:
        value = _whole_text(conversation, writing)
    except BadValue as error:
        conversation.talk.say(str(error))
        return
    set_field(conversation, writing.field, value)


def _whole_text(conversation: Conversation, writing: Writing) -> Value:
    """Return the value of the field with the lines typed so far. Raises BadValue if they cannot be read."""
    present_text = _present_field(conversation, writing.field).text if writing.behind else ""
    value = value_of(conversation.workspace, writing.field, "\n".join(writing.lines))
    return f"{present_text}{writing.behind}{value}" if present_text else value


def _note_lines(conversation: Conversation, writing: Writing) -> None:
    """Note the value of the field with the lines typed so far in the journal, from which it is saved after a crash."""
    workspace, entry, cell = conversation.workspace, writing.field.entry, writing.field.cell
    if workspace.journal is None:
        return
    with suppress(BadValue):
        stored = workspace.edits.synced.entry(entry.id)
        base = stored.cells[cell].rev if stored is not None and cell in stored.cells else 0
        value = _whole_text(conversation, writing)
        change = Change(entry.id, entry.question, cell, value, entry.part, entry.subject, base)
        workspace.journal.note(
            workspace.edits.with_base(change)
        )  # with its base, it replaces nothing newer after a crash


def drop_text(conversation: Conversation) -> None:
    """Drop the lines of the text being typed, from the journal too."""
    conversation.writing = None
    if conversation.workspace.journal is not None and not conversation.workspace.edits.at_risk:
        with suppress(StoreError):  # then the journal keeps the lines: nothing is lost
            conversation.workspace.journal.mark_saved()


def _take_list(conversation: Conversation, prompt: Prompt, line: str) -> None:
    """Open the row whose number was typed; add any other line as a new row, without a bullet or number before it."""
    workspace = conversation.workspace
    assert prompt.rows is not None
    place, part = prompt.rows.new, prompt.rows.part
    main = place.field or main_field(part)
    number = row_number(line, prompt.rows.rows)
    if number:
        open_row(conversation, number)
        return
    if main.kind in TEXT_KINDS and _is_yes_or_no(line):
        message = _("“{text}” is no line of this list: an empty line goes on. If it is, type it in quotes.")
        raise BadValue(message.format(text=line.strip()))
    quoted = re.fullmatch(_QUOTED, line.strip())
    if quoted and _is_yes_or_no(quoted[1]):
        line = quoted[1]
    text = line
    if main.kind in TEXT_KINDS:
        text = "".join(listed(line)[:1])
        value_of(workspace, place, text)  # raises BadValue for a line without a letter or digit
    else:
        value = value_of(workspace, place, line)
        text = value if main.kind == "partner" else line  # the id of the partner whose first letters were typed
    row = new_row(workspace, place.entry, part, text, field=main)
    read_fields = finish_row(workspace, row.id)  # whether values such as a date were read out of the line
    workspace.edits.end_typing()
    rows = conversation.walk.rows(conversation.spot, part)
    state = part.field("state")
    message = _("Saved, line {number}.").format(number=len(rows))
    if state is not None and row.get("state"):
        words = workspace.guide.choice(state.choices, str(row.get("state")), workspace.lang)
        message += " " + state.label.get(workspace.lang) + _(": ") + words + "."
    conversation.keep(message)
    if read_fields:
        conversation.talk.say(f"{len(rows)}. {row_line(Row(workspace.form_context, part, rows[-1]))}")


def _is_yes_or_no(line: str) -> bool:
    """Return whether a line is « yes » or « no » in either language."""
    return fold(line).rstrip(".") in (*YES, *NO)


def open_row(conversation: Conversation, number: int) -> None:
    """Ask for the fields of a row, given by its number from 1; then its list is asked again."""
    prompt = conversation.prompt
    assert prompt.rows is not None
    row = prompt.rows.rows[number - 1].entry
    conversation.spot = replace(conversation.spot, key=prompt.key, row=row.id, field="")
    conversation.talk.say(_("Line {number}.").format(number=number))


def _take_roster(conversation: Conversation, prompt: Prompt, line: str) -> None:
    """Open the partner whose number was typed; add any other line as a new organisation.

    Raises BadValue for a number without a partner, and for an organisation that is there already.
    """
    listed_partners = partners(conversation.workspace.partnership)
    quoted = re.fullmatch(r'["«“]\s*([0-9]{1,2})\s*["»”]', line.strip())  # the name of an organisation is a number
    try:
        number = 0 if quoted else row_number(line, listed_partners)
    except BadValue as error:
        raise BadValue(_("{said} An organization called so goes in quotes.").format(said=error)) from error
    if number:
        conversation.spot = Spot(conversation.spot.question, listed_partners[number - 1].id)
        return
    line = quoted[1] if quoted else line
    count, from_directory = add_organisations(conversation.workspace, line, known_organisations(conversation.store))
    if not count:
        raise BadValue(_("This organization is already there."))
    message = _("Saved, organization {number}.").format(number=len(partners(conversation.workspace.partnership)))
    if from_directory:
        source = ngettext("{n} comes from the directory.", "{n} come from the directory.", from_directory)
        message = f"{message} {source.format(n=from_directory)}"
    conversation.keep(message)


def _take_pair(conversation: Conversation, prompt: Prompt, line: str) -> None:
    """Ask the question of the two partners that the line names. Raises BadValue if it names fewer or more."""
    named_partners = partners_of(conversation.workspace, line)
    count = len(named_partners)
    if count != 2:
        message = ngettext(
            "{n} partner was understood. Type two numbers or two names.",
            "{n} partners were understood. Type two numbers or two names.",
            count,
        )
        raise BadValue(message.format(n=count))
    conversation.spot = Spot(conversation.spot.question, "+".join(sorted(partner.id for partner in named_partners)))


def _take_at_end(conversation: Conversation, prompt: Prompt, line: str) -> None:
    """Refuse any line after the last question, by raising BadValue."""
    question_of(conversation)


def question_of(conversation: Conversation) -> str:
    """Return the id of the present question. Raises BadValue after the last one."""
    if not conversation.spot.question:
        raise BadValue(_("Nothing is asked here. /go 1 goes back to the first question, /quit leaves."))
    return conversation.spot.question


def to_partner(conversation: Conversation, text: str) -> None:
    """Ask the present question of another partner, given by name or number.

    Raises BadValue if the text names no partner, or if the question is not asked partner by partner.
    """
    stops = conversation.walk.stops(conversation.spot.question) if conversation.spot.question else ()
    asked_partners = [partner for partner in partners(conversation.workspace.partnership) if partner.id in stops]
    if not asked_partners:
        raise BadValue(_("This question is not asked partner by partner."))
    conversation.spot = Spot(conversation.spot.question, partner_of(conversation.workspace, text, asked_partners).id)


# By the kind of prompt, the function that takes a line; "roster" is the list of partners.
_TAKERS: dict[str, Callable[[Conversation, Prompt, str], None]] = {
    "field": _take_field,
    "list": _take_list,
    "roster": _take_roster,
    "pairs": _take_pair,
    "end": _take_at_end,
}
