"""The commands that change something: marks, the same answer for others, rows taken out or moved, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.desk import writing
from tui.desk.place import NOTE, Place
from tui.desk.sharing import give_rows, same_answer
from tui.guide.types import Part
from tui.plain import answering, speaking
from tui.plain.spots import PAIRS, ROSTER, Prompt, Spot, Writing, subject_of
from tui.plain.typed import partners_of, row_number
from tui.project.answers import single_entry
from tui.project.kinds import BadValue
from tui.project.partners import WHO, active, givers, partner, partners
from tui.project.values import STATE, Entry, answer_id
from tui.words import _

if TYPE_CHECKING:
    from tui.plain.interview import Interview

Action = Callable[["Interview", str], None]


def mark(state: str) -> Action:
    """Mark the present answer by hand, or take the mark off; « sans objet » may be said of a whole question."""

    def run(talk: Interview, argument: str) -> None:
        name, desk = answering.question_of(talk), talk.desk
        whole = talk.spot.stop in (ROSTER, PAIRS)
        if whole and state != "not_applicable":
            raise BadValue(_("This mark is given for one partner or one pair: open one first."))
        if whole:
            part = "#whole" if name == WHO else ""
            entry = desk.project.entry(answer_id(name)) or Entry(answer_id(name), name, part)
        else:
            entry = single_entry(desk.project, name, subject_of(talk.spot))
        taken_off = entry.state == state
        desk.set(entry, STATE, None if taken_off else state)
        said = _("Saved: the mark is taken off.") if taken_off else _("Saved, marked: {state}.")
        talk.keep(said.format(state=desk.guide.choice("state", state, desk.lang)))

    return run


def same(talk: Interview, argument: str) -> None:
    """The same answer for other partners: those named, or all the others."""
    name, desk = answering.question_of(talk), talk.desk
    subject = subject_of(talk.spot)
    if name == WHO or len(subject) != 1:
        raise BadValue(_("Only an answer asked partner by partner can be given for others."))
    named = partners_of(desk, argument) if argument else list(active(desk.project))
    targets = [one.id for one in named if one.id != subject[0]]
    if not targets:
        raise BadValue(_("There is no other partner here: name them, with commas between them."))
    if talk.prompt.part is not None and talk.prompt.part.list:
        _share(talk, talk.prompt.part, targets)
    else:
        desk.go(Place(name, subject[0]))
        same_answer(desk, targets)
    names = ", ".join(speaking.name_of(desk, one) for one in targets)
    talk.keep(_("Saved, the same answer for: {names}.").format(names=names))


def _share(talk: Interview, part: Part, targets: list[str]) -> None:
    """Let the row one is at, or all the rows of the list, be given by these partners as well: printed once."""
    rows = (talk.prompt.entry,) if talk.spot.row else talk.walk.rows(talk.spot, part)
    if not rows or part.field("partners") is None:
        raise BadValue(_("There is no line here that others could share."))
    for row in rows:
        give_rows(talk.desk, row, list(dict.fromkeys((*givers(row), *targets))))
    talk.desk.edits.end_stretch()


def more(talk: Interview, argument: str) -> None:
    """The fields of this question that are seldom needed, from here on."""
    talk.more.add(answering.question_of(talk))
    talk.talk.say(_("All the fields of this question are asked now."))


def clear(talk: Interview, argument: str) -> None:
    """Take the present answer out."""
    prompt = talk.prompt
    if prompt.field is None:
        raise BadValue(_("There is no answer here to take out; /remove 2 takes line 2 out of a list."))
    answering.set_field(talk, prompt, None)
    talk.refresh()


def append(talk: Interview, argument: str) -> None:
    """Write on behind a long text."""
    field = talk.prompt.field
    if field is None or field.kind != "prose":
        raise BadValue(_("Only a text of several lines can be written on."))
    talk.writing = Writing(talk.prompt, [argument] if argument else [], "\n\n")
    talk.talk.say(_("What you type now goes behind the present text."))


def note(talk: Interview, argument: str) -> None:
    """A call note about the partner last spoken of: the words behind the command, else the lines that follow."""
    desk = talk.desk
    one = partner(desk.project, talk.partner)
    if one is None or one.entry.removed:
        raise BadValue(_("Whom is the note about? Open a partner first: /go 1, then its number."))
    part = desk.guide.question(NOTE).parts[0]
    entry = single_entry(desk.project, NOTE, (one.id,))
    writing = Writing(Prompt("field", "", part, part.main, entry), [argument] if argument else [], "\n", aside=True)
    name = speaking.name_of(desk, one.id)
    if argument:
        talk.writing = writing
        talk.talk.say(_("Private note about {name}.").format(name=name))
        talk.finish_text()
        return
    if text := entry.text("text", desk.lang):
        talk.talk.say(text)
    talk.talk.say(_("Private note about {name}: type it line by line; an empty line ends it.").format(name=name))
    talk.writing = writing


def change(talk: Interview, argument: str) -> None:
    """The fields of one row, or one partner of the list."""
    number = _row(talk, argument)
    if talk.prompt.kind == ROSTER:
        talk.spot = Spot(talk.spot.question, partners(talk.desk.project)[number - 1].id)
    else:
        answering.open_row(talk, number)


def remove(talk: Interview, argument: str) -> None:
    """Take a row, or a partner, out."""
    entry = _rows(talk)[_row(talk, argument) - 1]
    writing.remove(talk.desk, entry)
    one = partner(talk.desk.project, entry.id)
    said = (
        _("Saved: {name} was taken out; /undo brings it back.")
        if one
        else _("Saved: line taken out; /undo brings it back.")
    )
    talk.keep(said.format(name=one.name(talk.desk.lang) if one else ""))
    talk.refresh()


def move(by: int) -> Action:
    """One row a place up or down."""

    def run(talk: Interview, argument: str) -> None:
        if writing.move(talk.desk, _rows(talk)[_row(talk, argument) - 1], by):
            talk.keep()
            talk.refresh()
        else:
            talk.talk.say(_("Unchanged."))

    return run


def _rows(talk: Interview) -> tuple[Entry, ...]:
    """The rows listed at the present prompt. BadValue where there is no list."""
    prompt = talk.prompt
    if prompt.kind == ROSTER:
        return tuple(one.entry for one in partners(talk.desk.project))
    if prompt.kind != "list" or prompt.part is None:
        raise BadValue(_("There is no list here. /back goes back to it."))
    return talk.walk.rows(talk.spot, prompt.part)


def _row(talk: Interview, argument: str) -> int:
    number = row_number(argument, _rows(talk))
    if not number:
        raise BadValue(_("Give the number of a line, for example /remove 2."))
    return number


def undo(talk: Interview, argument: str) -> None:
    """Take back the last change."""
    if talk.desk.undo():
        talk.keep(_("Undone, and saved."))
        talk.refresh()
    else:
        talk.talk.say(_("Nothing left to undo."))
