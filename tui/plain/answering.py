"""A line that was typed at a prompt, taken as an answer: kept and said so, or refused with what to type instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.desk.writing import add_partners, choose, new_row, type_into
from tui.guide.types import TEXT_KINDS
from tui.plain import speaking
from tui.plain.spots import Prompt, Spot, Writing
from tui.plain.typed import partner_of, partners_of, row_number, value_of
from tui.project.answers import cell_name
from tui.project.kinds import BadValue
from tui.project.partners import partners
from tui.project.values import Value
from tui.text.clean import lines as listed
from tui.words import _, ngettext

if TYPE_CHECKING:
    from tui.plain.interview import Interview


def take(talk: Interview, line: str) -> None:
    """Take a line at the present prompt; an empty one, or a dot alone, goes on. BadValue says what to type instead."""
    prompt, writing = talk.prompt, talk.writing
    if line.strip() in ("", "."):
        talk.finish_text()
        if talk.spot.question and not (writing is not None and writing.aside):
            talk.spot = talk.walk.after(talk.spot)
    elif writing is not None:
        writing.lines.append(line)
    elif prompt.field is not None and prompt.field.kind == "prose":
        talk.writing = Writing(prompt, [line])
    else:
        _TAKERS[prompt.kind](talk, prompt, line)


def _field(talk: Interview, prompt: Prompt, line: str) -> None:
    assert prompt.field is not None
    set_field(talk, prompt, value_of(talk.desk, prompt.field, line))
    talk.spot = talk.walk.after(talk.spot)


def set_field(talk: Interview, prompt: Prompt, value: Value) -> None:
    """Set the field of a prompt (None clears it), save it, and say what was understood."""
    desk, field = talk.desk, prompt.field
    assert field is not None
    if field.kind == "choice":
        changed = choose(desk, prompt.entry, field, value or "")
    elif field.kind in TEXT_KINDS and value is not None:
        changed = type_into(desk, prompt.entry, field, value)
    else:
        changed = desk.set(prompt.entry, cell_name(field, desk.lang), value)
    desk.edits.end_stretch()
    if not changed and not desk.edits.at_risk:
        talk.talk.say(_("Unchanged."))
    elif value is None:
        talk.keep(_("Saved: no answer."))
    elif field.kind in TEXT_KINDS:
        talk.keep()
    else:
        answer = speaking.shown(desk, field, desk.project.entry(prompt.entry.id) or prompt.entry)
        talk.keep(_("Saved: {answer}.").format(answer=answer))


def keep_text(talk: Interview, writing: Writing) -> None:
    """Keep a text of several lines in its field, behind what stands there when it is written on."""
    prompt = writing.prompt
    assert prompt.field is not None
    entry = talk.desk.project.entry(prompt.entry.id) or prompt.entry
    before = speaking.shown(talk.desk, prompt.field, entry) if writing.behind else ""
    try:
        value = value_of(talk.desk, prompt.field, "\n".join(writing.lines))
    except BadValue as error:
        talk.talk.say(str(error))
        return
    set_field(talk, prompt, f"{before}{writing.behind}{value}" if before else value)


def _list(talk: Interview, prompt: Prompt, line: str) -> None:
    """A number opens a row; anything else is a new row, a bullet or number before it dropped."""
    part, desk = prompt.part, talk.desk
    assert part is not None and part.main is not None
    number = row_number(line, talk.walk.rows(talk.spot, part))
    if number:
        open_row(talk, number)
        return
    text = line
    if part.main.kind in TEXT_KINDS:
        text = "".join(listed(line)[:1])
        value_of(desk, part.main, text)  # a line of nothing but signs is refused here
    else:
        value = value_of(desk, part.main, line)
        text = value if part.main.kind == "partner" else line  # an id, where some letters stood for a name
    new_row(desk, prompt.entry, part, text)
    desk.edits.end_stretch()
    said = _("Saved, line {number}.").format(number=len(talk.walk.rows(talk.spot, part)))
    talk.keep(said)


def open_row(talk: Interview, number: int) -> None:
    """Go through the fields of a row; its list is asked again afterwards."""
    prompt = talk.prompt
    assert prompt.part is not None
    row = talk.walk.rows(talk.spot, prompt.part)[number - 1]
    talk.spot = replace(talk.spot, key=prompt.key, row=row.id, field="")
    talk.talk.say(_("Line {number}.").format(number=number))


def _roster(talk: Interview, prompt: Prompt, line: str) -> None:
    """A number opens a partner; anything else is a new organisation."""
    known = partners(talk.desk.project)
    number = row_number(line, [one.entry for one in known])
    if number:
        talk.spot = Spot(talk.spot.question, known[number - 1].id)
        return
    count = add_partners(talk.desk, line)
    talk.desk.edits.end_stretch()
    if not count:
        raise BadValue(_("This organisation is already there."))
    talk.keep(_("Saved, organisation {number}.").format(number=len(partners(talk.desk.project))))


def _pairs(talk: Interview, prompt: Prompt, line: str) -> None:
    """Two partners: the question is asked of the two."""
    found = partners_of(talk.desk, line)
    if len(found) != 2:
        raise BadValue(
            ngettext(
                "{n} partner was understood. Type two numbers or two names.",
                "{n} partners were understood. Type two numbers or two names.",
                len(found),
            ).format(n=len(found))
        )
    talk.spot = Spot(talk.spot.question, "+".join(sorted(one.id for one in found)))


def _end(talk: Interview, prompt: Prompt, line: str) -> None:
    question_of(talk)


def question_of(talk: Interview) -> str:
    """The id of the present question. BadValue behind the last one."""
    if not talk.spot.question:
        raise BadValue(_("Nothing is asked here. /go 1 goes back to the first question, /quit leaves."))
    return talk.spot.question


def to_partner(talk: Interview, text: str) -> None:
    """Ask the present question of another partner, named or numbered."""
    stops = talk.walk.stops(talk.spot.question) if talk.spot.question else ()
    known = [one for one in partners(talk.desk.project) if one.id in stops]
    if not known:
        raise BadValue(_("This question is not asked partner by partner."))
    talk.spot = Spot(talk.spot.question, partner_of(talk.desk, text, known).id)


_TAKERS: dict[str, Callable[[Interview, Prompt, str], None]] = {
    "field": _field,
    "list": _list,
    "roster": _roster,
    "pairs": _pairs,
    "end": _end,
}
