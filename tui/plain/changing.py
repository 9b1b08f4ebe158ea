"""The commands that change something: marks, the same answer for others, rows taken out or moved, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tui.desk import writing
from tui.desk.place import NOTE, Place
from tui.desk.sharing import give_rows, same_answer
from tui.guide.types import TEXT_KINDS
from tui.plain import answering, speaking
from tui.plain.sitting import Sitting
from tui.plain.spots import PAIRS, ROSTER, Prompt, Spot, Writing, subject_of
from tui.plain.typed import partner_of, partners_of, row_number
from tui.project.answers import single_entry
from tui.project.kinds import BadValue
from tui.project.partners import WHO, active, givers, partner, partners
from tui.project.values import STATE, Entry, answer_id
from tui.words import _

Action = Callable[[Sitting, str], None]


def mark(state: str) -> Action:
    """Mark the present answer by hand, or take the mark off; « sans objet » may be said of a whole question."""

    def run(sitting: Sitting, argument: str) -> None:
        name, desk = answering.question_of(sitting), sitting.desk
        whole = sitting.spot.stop in (ROSTER, PAIRS)
        if whole and state != "not_applicable":
            raise BadValue(_("This mark is given for one partner or one pair: open one first."))
        if whole:
            part = "#whole" if name == WHO else ""
            entry = desk.project.entry(answer_id(name)) or Entry(answer_id(name), name, part)
        else:
            entry = single_entry(desk.project, name, subject_of(sitting.spot))
        taken_off = entry.state == state
        desk.set(entry, STATE, None if taken_off else state)
        said = _("Saved: the mark is taken off.") if taken_off else _("Saved, marked: {state}.")
        sitting.keep(said.format(state=desk.guide.choice("state", state, desk.lang)))

    return run


def same(sitting: Sitting, argument: str) -> None:
    """The same answer for other partners: those named, or all the others."""
    source, desk = _asked_of(sitting), sitting.desk
    named = partners_of(desk, argument) if argument else list(active(desk.project))
    targets = [one.id for one in named if one.id != source]
    if not targets:
        raise BadValue(_("There is no other partner here: name them, with commas between them."))
    _give(sitting, source, targets)


def like(sitting: Sitting, argument: str) -> None:
    """Here the answer of another partner: the one named, or the one before."""
    target, desk = _asked_of(sitting), sitting.desk
    known = active(desk.project)
    at = next((at for at, one in enumerate(known) if one.id == target), 0)
    source = partner_of(desk, argument, known) if argument else known[at - 1]
    if source.id == target:
        raise BadValue(_("There is no other partner here: name one."))
    _give(sitting, source.id, [target])
    sitting.refresh()


def _asked_of(sitting: Sitting) -> str:
    """The partner that the present question is asked of. BadValue where it is not asked of one."""
    subject = subject_of(sitting.spot)
    if answering.question_of(sitting) == WHO or len(subject) != 1:
        raise BadValue(_("Only an answer asked partner by partner can be given for others."))
    return subject[0]


def _give(sitting: Sitting, source: str, targets: list[str]) -> None:
    """Give what one partner answered at the present prompt to others: its rows are shared, its fields copied."""
    desk, part = sitting.desk, sitting.prompt.part
    before = desk.project
    if part is not None and part.list:
        if part.field("partners") is None:
            raise BadValue(_("There is no line here that others could share."))
        rows = (
            (sitting.prompt.entry,) if sitting.spot.row else sitting.walk.rows(replace(sitting.spot, stop=source), part)
        )
        for row in rows:
            give_rows(desk, row, list(dict.fromkeys((*givers(row), *targets))))
        desk.edits.end_stretch()
    else:
        desk.go(Place(sitting.spot.question, source))
        same_answer(desk, targets)
    if desk.project is before:
        sitting.talk.say(_("Unchanged: nothing to give, or it is there already."))
        return
    names = ", ".join(speaking.name_of(desk, one) for one in targets)
    sitting.keep(_("Saved, the same answer for: {names}.").format(names=names))


def more(sitting: Sitting, argument: str) -> None:
    """The fields of this question that are seldom needed, from here on."""
    sitting.more.add(answering.question_of(sitting))
    sitting.talk.say(_("All the fields of this question are asked now."))


def clear(sitting: Sitting, argument: str) -> None:
    """Take the present answer out."""
    prompt = sitting.prompt
    if prompt.field is None:
        raise BadValue(_("There is no answer here to take out; /remove 2 takes line 2 out of a list."))
    answering.set_field(sitting, prompt, None)
    sitting.refresh()


def append(sitting: Sitting, argument: str) -> None:
    """Write on behind a text: a new paragraph of a long one, the same line of a short one."""
    field = sitting.prompt.field
    if field is None or field.kind not in TEXT_KINDS:
        raise BadValue(_("There is no text here to write on."))
    behind = "\n\n" if field.kind == "prose" else " "
    sitting.writing = Writing(sitting.prompt, [argument] if argument else [], behind)
    sitting.talk.say(_("What you type now goes behind the present text; an empty line ends it."))


def note(sitting: Sitting, argument: str) -> None:
    """A call note about the partner last spoken of: the words behind the command, else the lines that follow."""
    desk = sitting.desk
    one = partner(desk.project, sitting.partner)
    if one is None or one.entry.removed:
        raise BadValue(_("Whom is the note about? Open a partner first: /go 1, then its number."))
    part = desk.guide.question(NOTE).parts[0]
    entry = single_entry(desk.project, NOTE, (one.id,))
    writing = Writing(Prompt("field", "", part, part.main, entry), [argument] if argument else [], "\n", aside=True)
    name = speaking.name_of(desk, one.id)
    if argument:
        sitting.writing = writing
        sitting.talk.say(_("Private note about {name}.").format(name=name))
        answering.finish_text(sitting)
        return
    if text := entry.text("text", desk.lang):
        sitting.talk.say(text)
    sitting.talk.say(_("Private note about {name}: type it line by line; an empty line ends it.").format(name=name))
    sitting.writing = writing


def change(sitting: Sitting, argument: str) -> None:
    """The fields of one row, or one partner of the list."""
    number = _row(sitting, argument)
    if sitting.prompt.kind == ROSTER:
        sitting.spot = Spot(sitting.spot.question, partners(sitting.desk.project)[number - 1].id)
    else:
        answering.open_row(sitting, number)


def remove(sitting: Sitting, argument: str) -> None:
    """Take a row, or a partner, out."""
    entry = _rows(sitting)[_row(sitting, argument) - 1]
    writing.remove(sitting.desk, entry)
    one = partner(sitting.desk.project, entry.id)
    said = (
        _("Saved: {name} was taken out; /undo brings it back.")
        if one
        else _("Saved: line taken out; /undo brings it back.")
    )
    sitting.keep(said.format(name=one.name(sitting.desk.lang) if one else ""))
    sitting.refresh()


def move(by: int) -> Action:
    """One row a place up or down."""

    def run(sitting: Sitting, argument: str) -> None:
        if writing.move(sitting.desk, _rows(sitting)[_row(sitting, argument) - 1], by):
            sitting.keep()
            sitting.refresh()
        else:
            sitting.talk.say(_("Unchanged."))

    return run


def _rows(sitting: Sitting) -> tuple[Entry, ...]:
    """The rows listed at the present prompt. BadValue where there is no list."""
    prompt = sitting.prompt
    if prompt.kind == ROSTER:
        return tuple(one.entry for one in partners(sitting.desk.project))
    if prompt.kind != "list" or prompt.part is None:
        raise BadValue(_("There is no list here. /back goes back to it."))
    return sitting.walk.rows(sitting.spot, prompt.part)


def _row(sitting: Sitting, argument: str) -> int:
    number = row_number(argument, _rows(sitting))
    if not number:
        raise BadValue(_("Give the number of a line, for example /remove 2."))
    return number


def undo(sitting: Sitting, argument: str) -> None:
    """Take back the last change."""
    if sitting.desk.undo():
        sitting.keep(_("Undone, and saved."))
        sitting.refresh()
    else:
        sitting.talk.say(_("Nothing left to undo."))
