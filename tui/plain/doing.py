"""What each command does, by its id; one function each, given the interview and the words behind the command."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tui.desk.place import order
from tui.plain import answering, changing, disputing, meeting, orders, showing, speaking
from tui.plain.sitting import Sitting
from tui.plain.talk import Ended
from tui.project.kinds import BadValue
from tui.text.names import fold, matches
from tui.words import _

Action = Callable[[Sitting, str], None]


def _say(sitting: Sitting, lines: Iterable[str]) -> None:
    for line in lines:
        sitting.talk.say(line)


# -- telling -----------------------------------------------------------------------------------------------------------


def help_(sitting: Sitting, argument: str) -> None:
    """The help of the question, its example, how its prompt is answered, where it appears."""
    _say(sitting, showing.help_lines(sitting.desk, sitting.spot.question))
    _say(sitting, filter(None, [speaking.how(sitting.desk, sitting.prompt)]))
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
    _say(sitting, showing.plan_lines(sitting.desk))


def missing(sitting: Sitting, argument: str) -> None:
    """What the next milestone still needs."""
    _say(sitting, showing.missing_lines(sitting.desk))


def review(sitting: Sitting, argument: str) -> None:
    """What would trip the partners, to be put right before the document is sent."""
    _say(sitting, showing.review_lines(sitting.desk))


def document(sitting: Sitting, argument: str) -> None:
    """The document, or one section of it."""
    _say(sitting, [showing.document_text(sitting.desk, argument).rstrip("\n")])


def copy(sitting: Sitting, argument: str) -> None:
    """The document, or one section of it, brought to the clipboard."""
    _say(sitting, showing.copied(sitting.desk, argument, sitting.store.root, sitting.settings))


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
    answering.question_of(sitting)
    sitting.spot = sitting.walk.after_question(sitting.spot)


def to_partner(sitting: Sitting, argument: str) -> None:
    """The same question for the next partner, or for the one named."""
    if argument:
        answering.to_partner(sitting, argument)
    else:
        answering.question_of(sitting)
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
        _say(sitting, (showing.numbered(desk, name) for name in found))
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
    "to_confirm": changing.mark("to_confirm"),
    "to_discuss": changing.mark("to_discuss"),
    "not_applicable": changing.mark("not_applicable"),
    "same": changing.same,
    "like": changing.like,
    "more": changing.more,
    "note": changing.note,
    "clear": changing.clear,
    "append": changing.append,
    "change": changing.change,
    "remove": changing.remove,
    "up": changing.move(-1),
    "down": changing.move(1),
    "undo": changing.undo,
    "review": review,
    "document": document,
    "copy": copy,
    "conflicts": disputing.read_out,
    "keep": disputing.keep,
    **meeting.ACTIONS,
    "quit": quit_,
}
