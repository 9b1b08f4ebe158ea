"""The commands that change something: marks, the same answer for others, rows taken out or moved, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.desk import writing
from tui.desk.place import NOTE, Place
from tui.desk.sharing import give_rows, same_answer
from tui.guide.types import TEXT_KINDS
from tui.plain import answering, speaking
from tui.plain.spots import PAIRS, ROSTER, Prompt, Spot, Writing, subject_of
from tui.plain.typed import partner_of, partners_of, row_number
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
    source, desk = _asked_of(talk), talk.desk
    named = partners_of(desk, argument) if argument else list(active(desk.project))
    targets = [one.id for one in named if one.id != source]
    if not targets:
        raise BadValue(_("There is no other partner here: name them, with commas between them."))
    _give(talk, source, targets)


def like(talk: Interview, argument: str) -> None:
    """Here the answer of another partner: the one named, or the one before."""
    target, desk = _asked_of(talk), talk.desk
    known = active(desk.project)
    at = next((at for at, one in enumerate(known) if one.id == target), 0)
    source = partner_of(desk, argument, known) if argument else known[at - 1]
    if source.id == target:
        raise BadValue(_("There is no other partner here: name one."))
    _give(talk, source.id, [target])
    talk.refresh()


def _asked_of(talk: Interview) -> str:
    """The partner that the present question is asked of. BadValue where it is not asked of one."""
    subject = subject_of(talk.spot)
    if answering.question_of(talk) == WHO or len(subject) != 1:
        raise BadValue(_("Only an answer asked partner by partner can be given for others."))
    return subject[0]


def _give(talk: Interview, source: str, targets: list[str]) -> None:
    """Give what one partner answered at the present prompt to others: its rows are shared, its fields copied."""
    desk, part = talk.desk, talk.prompt.part
    before = desk.project
    if part is not None and part.list:
        if part.field("partners") is None:
            raise BadValue(_("There is no line here that others could share."))
        rows = (talk.prompt.entry,) if talk.spot.row else talk.walk.rows(replace(talk.spot, stop=source), part)
        for row in rows:
            give_rows(desk, row, list(dict.fromkeys((*givers(row), *targets))))
        desk.edits.end_stretch()
    else:
        desk.go(Place(talk.spot.question, source))
        same_answer(desk, targets)
    if desk.project is before:
        talk.talk.say(_("Unchanged: nothing to give, or it is there already."))
        return
    names = ", ".join(speaking.name_of(desk, one) for one in targets)
    talk.keep(_("Saved, the same answer for: {names}.").format(names=names))


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
    """Write on behind a text: a new paragraph of a long one, the same line of a short one."""
    field = talk.prompt.field
    if field is None or field.kind not in TEXT_KINDS:
        raise BadValue(_("There is no text here to write on."))
    behind = "\n\n" if field.kind == "prose" else " "
    talk.writing = Writing(talk.prompt, [argument] if argument else [], behind)
    talk.talk.say(_("What you type now goes behind the present text; an empty line ends it."))


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
