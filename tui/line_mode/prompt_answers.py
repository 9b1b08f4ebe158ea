"""A line typed at a prompt taken as an answer: saved and said so, or refused with what to type instead."""

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
from tui.line_mode.orders import heard
from tui.line_mode.prompt_text import row_said
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import WHO, partners
from tui.partnership.values import Change, Value
from tui.store.store_errors import StoreError
from tui.text.clean import lines as listed
from tui.text.name_matching import fold
from tui.workspace.directory_edits import add_organisations, known_in
from tui.workspace.text_answered import DRAFT, TODAY, given_on_today
from tui.workspace.typed_values import NO, YES, partner_of, partners_of, row_number, value_of
from tui.workspace.writing import choose, finish_row, new_row, type_into

_QUOTED = r'["«“]\s*(.+?)\s*["»”]'


def take(conversation: Conversation, line: str) -> None:
    """Take a line at the present prompt; an empty one, or a dot alone, goes on. BadValue says what to type instead."""
    prompt, writing = conversation.prompt, conversation.writing
    if line.strip() in ("", "."):
        finish_text(conversation)
        if conversation.spot.question and not (writing is not None and writing.aside):
            conversation.spot = conversation.walk.after(conversation.spot)
    elif writing is not None:
        writing.lines.append(line)
        _note_lines(conversation, writing)
    elif prompt.field is not None and prompt.field.kind == "prose":
        line = _in_words(prompt, line)
        conversation.writing = Writing(prompt.field, [line])
        _note_lines(conversation, conversation.writing)
    else:
        _TAKERS[prompt.kind](conversation, prompt, line)


def _field(conversation: Conversation, prompt: Prompt, line: str) -> None:
    assert prompt.field is not None
    set_field(conversation, prompt.field, value_of(conversation.workspace, prompt.field, _in_words(prompt, line)))
    conversation.spot = conversation.walk.after(conversation.spot)


def _is_other_answer(prompt: Prompt, line: str) -> bool:
    """Whether a line typed where a text is asked for answers another kind of prompt: yes, no, the number of a list."""
    if prompt.field is None or prompt.field.field is None or prompt.field.field.kind not in TEXT_KINDS:
        return False
    named = prompt.field.entry.question == WHO and not prompt.field.entry.part and prompt.field.field.id == "name"
    return fold(line).rstrip(".") in (*YES, *NO) or (named and bool(re.fullmatch(r"[0-9]{1,2}", line.strip())))


def _in_words(prompt: Prompt, line: str) -> str:
    """Return a line typed where words are asked for, out of its quotes where it needs some.

    Raises BadValue for one that was meant for another prompt: nobody is called « 2 » who was one line off.
    """
    quoted = re.fullmatch(_QUOTED, line.strip())
    if quoted and _is_other_answer(prompt, quoted[1]):
        return quoted[1]
    if _is_other_answer(prompt, line):
        said = _("“{text}” was not taken: {label} asks for words. If these are the words, type them in quotes.")
        raise BadValue(said.format(text=line.strip(), label=prompt.field.label if prompt.field is not None else ""))
    return line


def set_field(conversation: Conversation, place: FormField, value: Value) -> None:
    """Set a field (None clears it), save it, and say what was understood."""
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
        conversation.keep(_("Saved: {answer}.").format(answer=_present(conversation, place).answer))
        if field.id == "level" and not place.entry.part:
            conversation.ask_which_text(place.entry.question, place.entry.subject)


def _present(conversation: Conversation, place: FormField) -> FormField:
    """Return a field as it stands now."""
    assert place.field is not None
    entry = conversation.workspace.partnership.entry(place.entry.id) or place.entry
    return form_field(conversation.workspace.form_context, place.part, entry, place.field)


def which_text(conversation: Conversation, line: str) -> None:
    """Take the answer to which of two texts was meant: 1 the draft that was sent (an empty line too), 2 today's."""
    assert conversation.which_text is not None
    question, partners = conversation.which_text
    said = line.strip().rstrip(".")
    if said not in ("", DRAFT, TODAY):
        raise BadValue(_("Type 1 or 2; an empty line is 1."))
    conversation.which_text = None
    if said == TODAY:
        given_on_today(conversation.workspace, question, partners)
        conversation.keep(_("Saved: on today's text, read together."))
    else:
        conversation.talk.say(_("It stands on the draft."))


def take_unfinished_line(conversation: Conversation, line: str) -> None:
    """Keep what was being typed when the end came: a text as far as it went, and nothing that is no text."""
    field, writing = conversation.prompt.field, conversation.writing
    typed = writing is not None or (field is not None and field.kind in TEXT_KINDS)
    if line.strip() and typed and isinstance(heard(line), str):
        with suppress(BadValue):
            take(conversation, line)
    finish_text(conversation)


def finish_text(conversation: Conversation) -> None:
    """Save the lines of the text being typed, if any."""
    writing, conversation.writing = conversation.writing, None
    if writing is not None and writing.lines:
        keep_text(conversation, writing)


def keep_text(conversation: Conversation, writing: Writing) -> None:
    """Keep a text of several lines in its field, behind what stands there when it is written on."""
    try:
        value = _whole(conversation, writing)
    except BadValue as error:
        conversation.talk.say(str(error))
        return
    set_field(conversation, writing.field, value)


def _whole(conversation: Conversation, writing: Writing) -> Value:
    """Return what the field will hold with the lines typed so far. BadValue where there is nothing to read in them."""
    before = _present(conversation, writing.field).text if writing.behind else ""
    value = value_of(conversation.workspace, writing.field, "\n".join(writing.lines))
    return f"{before}{writing.behind}{value}" if before else value


def _note_lines(conversation: Conversation, writing: Writing) -> None:
    """Note in the journal what the field will hold: a program that is killed leaves it as one that is hung up does."""
    workspace, entry, cell = conversation.workspace, writing.field.entry, writing.field.cell
    if workspace.journal is None:
        return
    with suppress(BadValue):
        known = workspace.edits.synced.entry(entry.id)
        base = known.cells[cell].rev if known is not None and cell in known.cells else 0
        change = Change(entry.id, entry.question, cell, _whole(conversation, writing), entry.part, entry.subject, base)
        workspace.journal.note(workspace.edits.based(change))  # read again after a crash, it must replace nothing newer


def drop_text(conversation: Conversation) -> None:
    """Drop the lines of the text being typed, from the journal too."""
    conversation.writing = None
    if conversation.workspace.journal is not None and not conversation.workspace.edits.at_risk:
        with suppress(StoreError):  # it is noted then as the last text of a program that ended: nothing is lost
            conversation.workspace.journal.saved()


def _list(conversation: Conversation, prompt: Prompt, line: str) -> None:
    """A number opens a row; anything else is a new row, a bullet or number before it dropped."""
    workspace = conversation.workspace
    assert prompt.rows is not None
    place, part = prompt.rows.new, prompt.rows.part
    main = place.field or main_field(part)
    number = row_number(line, prompt.rows.rows)
    if number:
        open_row(conversation, number)
        return
    if main.kind in TEXT_KINDS and fold(line).rstrip(".") in (*YES, *NO):
        said = _("“{text}” is no line of this list: an empty line goes on. If it is, type it in quotes.")
        raise BadValue(said.format(text=line.strip()))
    quoted = re.fullmatch(_QUOTED, line.strip())
    if quoted and fold(quoted[1]).rstrip(".") in (*YES, *NO):
        line = quoted[1]
    text = line
    if main.kind in TEXT_KINDS:
        text = "".join(listed(line)[:1])
        value_of(workspace, place, text)  # a line of nothing but signs is refused here
    else:
        value = value_of(workspace, place, line)
        text = value if main.kind == "partner" else line  # an id, where some letters stood for a name
    row = new_row(workspace, place.entry, part, text, field=main)
    read = finish_row(workspace, row.id)
    workspace.edits.end_typing()
    rows = conversation.walk.rows(conversation.spot, part)
    state = part.field("state")
    said = _("Saved, line {number}.").format(number=len(rows))
    if state is not None and row.get("state"):
        words = workspace.guide.choice(state.choices, str(row.get("state")), workspace.lang)
        said += " " + state.label.get(workspace.lang) + _(": ") + words + "."
    conversation.keep(said)
    if read:  # what was understood of the line is heard at once
        conversation.talk.say(f"{len(rows)}. {row_said(Row(workspace.form_context, part, rows[-1]))}")


def open_row(conversation: Conversation, number: int) -> None:
    """Go through the fields of a row; its list is asked again afterwards."""
    prompt = conversation.prompt
    assert prompt.rows is not None
    row = prompt.rows.rows[number - 1].entry
    conversation.spot = replace(conversation.spot, key=prompt.key, row=row.id, field="")
    conversation.talk.say(_("Line {number}.").format(number=number))


def _roster(conversation: Conversation, prompt: Prompt, line: str) -> None:
    """A number opens a partner; anything else is a new organisation."""
    known = partners(conversation.workspace.partnership)
    quoted = re.fullmatch(r'["«“]\s*([0-9]{1,2})\s*["»”]', line.strip())
    try:
        number = 0 if quoted else row_number(line, known)
    except BadValue as error:
        raise BadValue(_("{said} An organization called so goes in quotes.").format(said=error)) from error
    if number:
        conversation.spot = Spot(conversation.spot.question, known[number - 1].id)
        return
    line = quoted[1] if quoted else line
    count, known_ones = add_organisations(conversation.workspace, line, known_in(conversation.store))
    if not count:
        raise BadValue(_("This organization is already there."))
    said = _("Saved, organization {number}.").format(number=len(partners(conversation.workspace.partnership)))
    if known_ones:
        came = ngettext("{n} comes from the directory.", "{n} come from the directory.", known_ones)
        said = f"{said} {came.format(n=known_ones)}"
    conversation.keep(said)


def _pairs(conversation: Conversation, prompt: Prompt, line: str) -> None:
    """Two partners: the question is asked of the two."""
    found = partners_of(conversation.workspace, line)
    if len(found) != 2:
        raise BadValue(
            ngettext(
                "{n} partner was understood. Type two numbers or two names.",
                "{n} partners were understood. Type two numbers or two names.",
                len(found),
            ).format(n=len(found))
        )
    conversation.spot = Spot(conversation.spot.question, "+".join(sorted(partner.id for partner in found)))


def _end(conversation: Conversation, prompt: Prompt, line: str) -> None:
    question_of(conversation)


def question_of(conversation: Conversation) -> str:
    """Return the id of the present question. BadValue behind the last one."""
    if not conversation.spot.question:
        raise BadValue(_("Nothing is asked here. /go 1 goes back to the first question, /quit leaves."))
    return conversation.spot.question


def to_partner(conversation: Conversation, text: str) -> None:
    """Ask the present question of another partner, named or numbered."""
    stops = conversation.walk.stops(conversation.spot.question) if conversation.spot.question else ()
    known = [partner for partner in partners(conversation.workspace.partnership) if partner.id in stops]
    if not known:
        raise BadValue(_("This question is not asked partner by partner."))
    conversation.spot = Spot(conversation.spot.question, partner_of(conversation.workspace, text, known).id)


_TAKERS: dict[str, Callable[[Conversation, Prompt, str], None]] = {
    "field": _field,
    "list": _list,
    "roster": _roster,
    "pairs": _pairs,
    "end": _end,
}
