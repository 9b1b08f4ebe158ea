"""What each command does, by its id; one function each, given the interview and the words behind the command."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tui.desk.place import order
from tui.plain import answering, changing, orders, showing, speaking
from tui.plain.talk import Ended
from tui.project.kinds import BadValue
from tui.text.names import fold, matches
from tui.words import _

if TYPE_CHECKING:
    from tui.plain.interview import Interview

Action = Callable[["Interview", str], None]


def _say(talk: Interview, lines: Iterable[str]) -> None:
    for line in lines:
        talk.talk.say(line)


# -- telling -----------------------------------------------------------------------------------------------------------


def help_(talk: Interview, argument: str) -> None:
    """The help of the question, its example, how its prompt is answered, where it appears."""
    _say(talk, showing.help_lines(talk.desk, talk.spot.question))
    _say(talk, filter(None, [speaking.how(talk.desk, talk.prompt)]))
    talk.talk.say(_("/commands lists the commands."))


def commands(talk: Interview, argument: str) -> None:
    """The list of commands."""
    talk.talk.say(_("A command begins with / or with a dot; it may be given at any prompt."))
    _say(talk, orders.listed())


def repeat(talk: Interview, argument: str) -> None:
    """The question again."""
    talk.again()


def plan(talk: Interview, argument: str) -> None:
    """All questions and how far each is."""
    _say(talk, showing.plan_lines(talk.desk))


def missing(talk: Interview, argument: str) -> None:
    """What the next milestone still needs."""
    _say(talk, showing.missing_lines(talk.desk))


def document(talk: Interview, argument: str) -> None:
    """The document, or one section of it."""
    _say(talk, [showing.document_text(talk.desk, argument).rstrip("\n")])


def copy(talk: Interview, argument: str) -> None:
    """The document, or one section of it, brought to the clipboard."""
    _say(talk, showing.copied(talk.desk, argument, talk.root, talk.settings))


def at_the_end(talk: Interview) -> None:
    """What is said behind the last question."""
    talk.talk.say(_("That was the last question."))
    missing(talk, "")
    talk.talk.say(_("/document reads the document, /go 1 goes back to the first question, /quit leaves."))


# -- moving ------------------------------------------------------------------------------------------------------------


def back(talk: Interview, argument: str) -> None:
    """One prompt back."""
    found = talk.walk.before(talk.spot)
    if found == talk.spot:
        talk.talk.say(_("This is the first question."))
    talk.spot = found
    talk.refresh()


def skip(talk: Interview, argument: str) -> None:
    """On to the next question."""
    answering.question_of(talk)
    talk.spot = talk.walk.after_question(talk.spot)


def to_partner(talk: Interview, argument: str) -> None:
    """The same question for the next partner, or for the one named."""
    if argument:
        answering.to_partner(talk, argument)
    else:
        answering.question_of(talk)
        talk.spot = talk.walk.after_stop(talk.spot)


def go(talk: Interview, argument: str) -> None:
    """To a question by its number, its id or some letters."""
    walk, desk = order(talk.desk.guide), talk.desk
    if argument.isascii() and argument.isdigit():
        found = [walk[int(argument) - 1]] if len(argument) < 4 and 1 <= int(argument) <= len(walk) else []
    else:
        found = _questions(talk, argument)
    if not found:
        raise BadValue(_("No question answers to “{text}”: /plan lists them.").format(text=argument[:60]))
    if len(found) > 1:
        _say(talk, (showing.numbered(desk, name) for name in found))
        raise BadValue(_("Several questions may be meant: type /go with a number."))
    if not talk.walk.stops(found[0]):
        raise BadValue(_("This question is asked of partners: enter the organisations first, with /go 1."))
    talk.spot = talk.walk.first(found[0])
    talk.again()


def _questions(talk: Interview, text: str) -> list[str]:
    """The questions that some letters may mean: by id, by the short name, then by the whole text."""
    if text in talk.desk.guide.by_id:
        return [text]
    for words in ("short", "text"):
        found = []
        for name in order(talk.desk.guide) if fold(text) else ():
            both = getattr(talk.desk.guide.question(name), words)
            if matches(text, both.fr) or matches(text, both.en):
                found.append(name)
        if found:
            return found
    return []


def quit_(talk: Interview, argument: str) -> None:
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
    "document": document,
    "copy": copy,
    "quit": quit_,
}
