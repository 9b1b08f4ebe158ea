"""What each command of line mode does, by its id: marks, rows, the same answer for others, undo and the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from tui.guide.guide_types import TEXT_KINDS
from tui.i18n import _
from tui.line_mode import line_meeting, orders, prompt_answers, prompt_text
from tui.line_mode.conversation import Sitting
from tui.line_mode.line_streams import Ended
from tui.line_mode.spots import PAIRS, ROSTER, Prompt, Spot, Writing, subject_of
from tui.line_mode.typed_values import partner_of, partners_of, row_number
from tui.partnership.answers import single_entry
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import WHO, active, givers, partner, partners
from tui.partnership.values import STATE, Entry, answer_id
from tui.text.name_matching import fold, matches
from tui.workspace import writing
from tui.workspace.place import NOTE, Place, order
from tui.workspace.shared_answers import give_rows, same_answer

Action = Callable[[Sitting, str], None]


def mark(state: str) -> Action:
    """Mark the present answer by hand, or take the mark off; « sans objet » may be said of a whole question."""

    def run(sitting: Sitting, argument: str) -> None:
        name, desk = prompt_answers.question_of(sitting), sitting.desk
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
    if prompt_answers.question_of(sitting) == WHO or len(subject) != 1:
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
    names = ", ".join(prompt_text.name_of(desk, one) for one in targets)
    sitting.keep(_("Saved, the same answer for: {names}.").format(names=names))


def more(sitting: Sitting, argument: str) -> None:
    """The fields of this question that are seldom needed, from here on."""
    sitting.more.add(prompt_answers.question_of(sitting))
    sitting.talk.say(_("All the fields of this question are asked now."))


def clear(sitting: Sitting, argument: str) -> None:
    """Take the present answer out."""
    prompt = sitting.prompt
    if prompt.field is None:
        raise BadValue(_("There is no answer here to take out; /remove 2 takes line 2 out of a list."))
    prompt_answers.set_field(sitting, prompt, None)
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
    name = prompt_text.name_of(desk, one.id)
    if argument:
        sitting.writing = writing
        sitting.talk.say(_("Private note about {name}.").format(name=name))
        prompt_answers.finish_text(sitting)
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
        prompt_answers.open_row(sitting, number)


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


def _say(sitting: Sitting, lines: Iterable[str]) -> None:
    for line in lines:
        sitting.talk.say(line)


# -- telling -----------------------------------------------------------------------------------------------------------


def help_(sitting: Sitting, argument: str) -> None:
    """The help of the question, its example, how its prompt is answered, where it appears."""
    _say(sitting, prompt_text.help_lines(sitting.desk, sitting.spot.question))
    _say(sitting, filter(None, [prompt_text.how(sitting.desk, sitting.prompt)]))
    sitting.talk.say(_("/commands lists the commands."))


def commands(sitting: Sitting, argument: str) -> None:
    """The list of commands."""
    sitting.talk.say(_("A command begins with / or with a dot; it may be given at any prompt."))
    _say(sitting, orders.listed())


def repeat(sitting: Sitting, argument: str) -> None:
    """The question again."""
    sitting.again()


def plan(sitting: Sitting, argument: str) -> None:
    """All questions and how far each is."""
    _say(sitting, prompt_text.plan_lines(sitting.desk))


def missing(sitting: Sitting, argument: str) -> None:
    """What the next milestone still needs."""
    _say(sitting, prompt_text.missing_lines(sitting.desk))


def review(sitting: Sitting, argument: str) -> None:
    """What would trip the partners, to be put right before the document is sent."""
    _say(sitting, prompt_text.review_lines(sitting.desk))


def document(sitting: Sitting, argument: str) -> None:
    """The document, or one section of it."""
    _say(sitting, [prompt_text.document_text(sitting.desk, argument).rstrip("\n")])


def copy(sitting: Sitting, argument: str) -> None:
    """The document, or one section of it, brought to the clipboard."""
    _say(sitting, prompt_text.copied(sitting.desk, argument, sitting.store.root, sitting.settings))


def at_the_end(sitting: Sitting) -> None:
    """What is said behind the last question."""
    sitting.talk.say(_("That was the last question."))
    missing(sitting, "")
    sitting.talk.say(_("/document reads the document, /go 1 goes back to the first question, /quit leaves."))


# -- moving ------------------------------------------------------------------------------------------------------------


def back(sitting: Sitting, argument: str) -> None:
    """One prompt back."""
    found = sitting.walk.before(sitting.spot)
    if found == sitting.spot:
        sitting.talk.say(_("This is the first question."))
    sitting.spot = found
    sitting.refresh()


def skip(sitting: Sitting, argument: str) -> None:
    """On to the next question."""
    prompt_answers.question_of(sitting)
    sitting.spot = sitting.walk.after_question(sitting.spot)


def to_partner(sitting: Sitting, argument: str) -> None:
    """The same question for the next partner, or for the one named."""
    if argument:
        prompt_answers.to_partner(sitting, argument)
    else:
        prompt_answers.question_of(sitting)
        sitting.spot = sitting.walk.after_stop(sitting.spot)


def go(sitting: Sitting, argument: str) -> None:
    """To a question by its number, its id or some letters."""
    walk, desk = order(sitting.desk.guide), sitting.desk
    if argument.isascii() and argument.isdigit():
        found = [walk[int(argument) - 1]] if len(argument) < 4 and 1 <= int(argument) <= len(walk) else []
    else:
        found = _questions(sitting, argument)
    if not found:
        raise BadValue(_("No question answers to “{text}”: /plan lists them.").format(text=argument[:60]))
    if len(found) > 1:
        _say(sitting, (prompt_text.numbered(desk, name) for name in found))
        raise BadValue(_("Several questions may be meant: type /go with a number."))
    if not sitting.walk.stops(found[0]):
        raise BadValue(_("This question is asked of partners: enter the organisations first, with /go 1."))
    sitting.spot = sitting.walk.first(found[0])
    sitting.again()


def _questions(sitting: Sitting, text: str) -> list[str]:
    """The questions that some letters may mean: by id, by the short name, the whole text, then by words of the id."""
    if text in sitting.desk.guide.by_id:
        return [text]
    for words in ("short", "text"):
        found = []
        for name in order(sitting.desk.guide) if fold(text) else ():
            both = getattr(sitting.desk.guide.question(name), words)
            if matches(text, both.fr) or matches(text, both.en):
                found.append(name)
        if found:
            return found
    return [name for name in order(sitting.desk.guide) if fold(text) and matches(text, re.sub(r"\W|_", " ", name))]


def quit_(sitting: Sitting, argument: str) -> None:
    """Leave."""
    raise Ended


ACTIONS: dict[str, Action] = {
    "help": help_,
    "commands": commands,
    "repeat": repeat,
    "back": back,
    "skip": skip,
    "partner": to_partner,
    "go": go,
    "plan": plan,
    "missing": missing,
    "to_confirm": mark("to_confirm"),
    "to_discuss": mark("to_discuss"),
    "not_applicable": mark("not_applicable"),
    "same": same,
    "like": like,
    "more": more,
    "note": note,
    "clear": clear,
    "append": append,
    "change": change,
    "remove": remove,
    "up": move(-1),
    "down": move(1),
    "undo": undo,
    "review": review,
    "document": document,
    "copy": copy,
    "conflicts": line_meeting.read_out,
    "keep": line_meeting.keep,
    **line_meeting.ACTIONS,
    "quit": quit_,
}
