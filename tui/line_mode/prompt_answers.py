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
from tui.line_mode.typed_values import NO, YES, partner_of, partners_of, row_number, value_of
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import partners
from tui.partnership.values import Change, Value
from tui.store.store_errors import StoreError
from tui.text.clean import lines as listed
from tui.text.name_matching import fold
from tui.workspace.directory_edits import add_organisations, known_in
from tui.workspace.text_answered import DRAFT, TODAY, given_on_today
from tui.workspace.writing import choose, finish_row, new_row, type_into


def take(sitting: Conversation, line: str) -> None:
    """Take a line at the present prompt; an empty one, or a dot alone, goes on. BadValue says what to type instead."""
    prompt, writing = sitting.prompt, sitting.writing
    if line.strip() in ("", "."):
        finish_text(sitting)
        if sitting.spot.question and not (writing is not None and writing.aside):
            sitting.spot = sitting.walk.after(sitting.spot)
    elif writing is not None:
        writing.lines.append(line)
        _note_lines(sitting, writing)
    elif prompt.field is not None and prompt.field.kind == "prose":
        sitting.writing = Writing(prompt.field, [line])
        _note_lines(sitting, sitting.writing)
    else:
        _TAKERS[prompt.kind](sitting, prompt, line)


def _field(sitting: Conversation, prompt: Prompt, line: str) -> None:
    assert prompt.field is not None
    set_field(sitting, prompt.field, value_of(sitting.workspace, prompt.field, line))
    sitting.spot = sitting.walk.after(sitting.spot)


def set_field(sitting: Conversation, place: FormField, value: Value) -> None:
    """Set a field (None clears it), save it, and say what was understood."""
    workspace, field = sitting.workspace, place.field
    assert field is not None
    if field.kind == "choice":
        changed = choose(workspace, place.entry, field, value or "")
    elif field.kind in TEXT_KINDS and value is not None:
        changed = type_into(workspace, place.entry, field, value)
    else:
        changed = workspace.set(place.entry, place.cell, value)
    workspace.edits.end_stretch()
    if not changed and not workspace.edits.at_risk:
        sitting.talk.say(_("Unchanged."))
    elif value is None:
        sitting.keep(_("Saved: no answer."))
    elif field.kind in TEXT_KINDS:
        sitting.keep()
    else:
        sitting.keep(_("Saved: {answer}.").format(answer=_present(sitting, place).answer))
        if field.id == "level" and not place.entry.part:
            sitting.ask_which_text(place.entry.question, place.entry.subject)


def _present(sitting: Conversation, place: FormField) -> FormField:
    """A field as it stands now."""
    assert place.field is not None
    entry = sitting.workspace.partnership.entry(place.entry.id) or place.entry
    return form_field(sitting.workspace.form_context, place.part, entry, place.field)


def which_text(sitting: Conversation, line: str) -> None:
    """Take the answer to which of two texts was meant: 1 the draft that was sent (an empty line too), 2 today's."""
    assert sitting.which_text is not None
    question, partners = sitting.which_text
    said = line.strip().rstrip(".")
    if said not in ("", DRAFT, TODAY):
        raise BadValue(_("Type 1 or 2; an empty line is 1."))
    sitting.which_text = None
    if said == TODAY:
        given_on_today(sitting.workspace, question, partners)
        sitting.keep(_("Saved: on today's text, read together."))
    else:
        sitting.talk.say(_("It stands on the draft."))


def take_half(sitting: Conversation, line: str) -> None:
    """Keep what was being typed when the end came: a text as far as it went, and nothing that is no text."""
    field, writing = sitting.prompt.field, sitting.writing
    typed = writing is not None or (field is not None and field.kind in TEXT_KINDS)
    if line.strip() and typed and isinstance(heard(line), str):
        with suppress(BadValue):
            take(sitting, line)
    finish_text(sitting)


def finish_text(sitting: Conversation) -> None:
    """Save the lines of the text being typed, if any."""
    writing, sitting.writing = sitting.writing, None
    if writing is not None and writing.lines:
        keep_text(sitting, writing)


def keep_text(sitting: Conversation, writing: Writing) -> None:
    """Keep a text of several lines in its field, behind what stands there when it is written on."""
    try:
        value = _whole(sitting, writing)
    except BadValue as error:
        sitting.talk.say(str(error))
        return
    set_field(sitting, writing.field, value)


def _whole(sitting: Conversation, writing: Writing) -> Value:
    """What the field will hold with the lines typed so far. BadValue where there is nothing to read in them."""
    before = _present(sitting, writing.field).text if writing.behind else ""
    value = value_of(sitting.workspace, writing.field, "\n".join(writing.lines))
    return f"{before}{writing.behind}{value}" if before else value


def _note_lines(sitting: Conversation, writing: Writing) -> None:
    """Note in the journal what the field will hold: a program that is killed leaves it as one that is hung up does."""
    workspace, entry, cell = sitting.workspace, writing.field.entry, writing.field.cell
    if workspace.journal is None:
        return
    with suppress(BadValue):
        known = workspace.edits.synced.entry(entry.id)
        base = known.cells[cell].rev if known is not None and cell in known.cells else 0
        change = Change(entry.id, entry.question, cell, _whole(sitting, writing), entry.part, entry.subject, base)
        workspace.journal.note(workspace.edits.based(change))  # read again after a crash, it must replace nothing newer


def drop_text(sitting: Conversation) -> None:
    """Drop the lines of the text being typed, from the journal too."""
    sitting.writing = None
    if sitting.workspace.journal is not None and not sitting.workspace.edits.at_risk:
        with suppress(StoreError):  # it is noted then as the last text of a program that ended: nothing is lost
            sitting.workspace.journal.saved()


def _list(sitting: Conversation, prompt: Prompt, line: str) -> None:
    """A number opens a row; anything else is a new row, a bullet or number before it dropped."""
    workspace = sitting.workspace
    assert prompt.rows is not None
    place, part = prompt.rows.new, prompt.rows.part
    main = place.field or main_field(part)
    number = row_number(line, prompt.rows.rows)
    if number:
        open_row(sitting, number)
        return
    if main.kind in TEXT_KINDS and fold(line).rstrip(".") in (*YES, *NO):
        said = _("“{text}” is no line of this list: an empty line goes on. If it is, type it in quotes.")
        raise BadValue(said.format(text=line.strip()))
    quoted = re.fullmatch(r'["«“]\s*(.+?)\s*["»”]', line.strip())
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
    workspace.edits.end_stretch()
    rows = sitting.walk.rows(sitting.spot, part)
    state = part.field("state")
    said = _("Saved, line {number}.").format(number=len(rows))
    if state is not None and row.get("state"):
        words = workspace.guide.choice(state.choices, str(row.get("state")), workspace.lang)
        said += " " + state.label.get(workspace.lang) + _(": ") + words + "."
    sitting.keep(said)
    if read:  # what was understood of the line is heard at once
        sitting.talk.say(f"{len(rows)}. {row_said(Row(workspace.form_context, part, rows[-1]))}")


def open_row(sitting: Conversation, number: int) -> None:
    """Go through the fields of a row; its list is asked again afterwards."""
    prompt = sitting.prompt
    assert prompt.rows is not None
    row = prompt.rows.rows[number - 1].entry
    sitting.spot = replace(sitting.spot, key=prompt.key, row=row.id, field="")
    sitting.talk.say(_("Line {number}.").format(number=number))


def _roster(sitting: Conversation, prompt: Prompt, line: str) -> None:
    """A number opens a partner; anything else is a new organisation."""
    known = partners(sitting.workspace.partnership)
    quoted = re.fullmatch(r'["«“]\s*([0-9]{1,2})\s*["»”]', line.strip())
    try:
        number = 0 if quoted else row_number(line, known)
    except BadValue as error:
        raise BadValue(_("{said} An organization called so goes in quotes.").format(said=error)) from error
    if number:
        sitting.spot = Spot(sitting.spot.question, known[number - 1].id)
        return
    line = quoted[1] if quoted else line
    count, known_ones = add_organisations(sitting.workspace, line, known_in(sitting.store))
    if not count:
        raise BadValue(_("This organization is already there."))
    said = _("Saved, organization {number}.").format(number=len(partners(sitting.workspace.partnership)))
    if known_ones:
        came = ngettext("{n} comes from the directory.", "{n} come from the directory.", known_ones)
        said = f"{said} {came.format(n=known_ones)}"
    sitting.keep(said)


def _pairs(sitting: Conversation, prompt: Prompt, line: str) -> None:
    """Two partners: the question is asked of the two."""
    found = partners_of(sitting.workspace, line)
    if len(found) != 2:
        raise BadValue(
            ngettext(
                "{n} partner was understood. Type two numbers or two names.",
                "{n} partners were understood. Type two numbers or two names.",
                len(found),
            ).format(n=len(found))
        )
    sitting.spot = Spot(sitting.spot.question, "+".join(sorted(one.id for one in found)))


def _end(sitting: Conversation, prompt: Prompt, line: str) -> None:
    question_of(sitting)


def question_of(sitting: Conversation) -> str:
    """The id of the present question. BadValue behind the last one."""
    if not sitting.spot.question:
        raise BadValue(_("Nothing is asked here. /go 1 goes back to the first question, /quit leaves."))
    return sitting.spot.question


def to_partner(sitting: Conversation, text: str) -> None:
    """Ask the present question of another partner, named or numbered."""
    stops = sitting.walk.stops(sitting.spot.question) if sitting.spot.question else ()
    known = [one for one in partners(sitting.workspace.partnership) if one.id in stops]
    if not known:
        raise BadValue(_("This question is not asked partner by partner."))
    sitting.spot = Spot(sitting.spot.question, partner_of(sitting.workspace, text, known).id)


_TAKERS: dict[str, Callable[[Conversation, Prompt, str], None]] = {
    "field": _field,
    "list": _list,
    "roster": _roster,
    "pairs": _pairs,
    "end": _end,
}
