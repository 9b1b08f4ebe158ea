"""The commands one may give at any prompt: their words in both languages, told from a text by what stands before."""

from __future__ import annotations

import re

from tui.commands import command as screen_command
from tui.fast_dataclass import dataclass
from tui.i18n import N_, _
from tui.text.name_matching import fold

# « /aide » or « .aide »; doubled, the sign is part of a text. A sign that no letter follows (« ... », « .5 ») is text.
_ORDER = re.compile(r"([/.])(\1?)(\?.*|[^\W\d_].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `names` folded, those of each language alike; `tells` ones change nothing and move nowhere."""

    id: str
    names: tuple[str, ...]
    help: str  # an English message, said with `_`
    tells: bool = False
    whole: bool = False  # it needs its whole name: nothing brings back what it takes out


@dataclass(frozen=True, slots=True)
class GivenCommand:
    """A command that was given, with what stands behind it."""

    command: Command
    argument: str = ""


@dataclass(frozen=True, slots=True)
class NoOrder:
    """A word that looks like a command and is none."""

    word: str


COMMANDS = (
    Command("help", ("aide", "help", "?"), N_("/help: the help of this question, and how to answer"), True),
    Command("commands", ("commandes", "commands"), N_("/commands: this list"), True),
    Command("repeat", ("repeter", "repeat"), N_("/repeat: the question and the present answer again"), True),
    Command("back", ("retour", "precedent", "back"), N_("/back: one prompt back")),
    Command("skip", ("passer", "suivante", "skip", "next"), N_("/skip: on to the next question")),
    Command("partner", ("partenaire", "partner"),
            N_("/partner: the next partner; with a number or a name, that one")),
    Command("go", ("aller", "go", "jump"), N_("/go 10 or /go lead: to a question, by its number or by some letters")),
    Command("plan", ("plan",), N_("/plan: all the questions and how far each is"), True),
    Command("step", ("etape", "sous etape", "tableau", "step", "table"),
            N_("/step 1: a sub-step of the guide, partner by partner: what each was asked and has answered"), True),
    Command("missing", ("manque", "missing"), N_("/missing: what is still missing"), True),
    Command("review", ("relire", "review", "read over"),
            N_("/review: what would trip the partners, before the document is sent"), True),
    Command("to_confirm", ("a confirmer", "confirmer", "to confirm", "confirm"),
            N_("/to confirm: mark this answer so; again takes the mark off")),
    Command("to_discuss", ("a discuter", "discuter", "to discuss", "discuss"),
            N_("/to discuss: mark this answer so; again takes the mark off")),
    Command("not_applicable", ("sans objet", "not applicable"),
            N_("/not applicable: nothing to answer here; again takes the mark off")),
    Command("same", ("meme", "meme reponse pour", "same", "same answer for"),
            N_("/same all, or /same 2, 3: the same answer for other partners")),
    Command("like", ("comme", "like"), N_("/like 1: here the answer of partner 1; alone, of the partner before")),
    Command("note", ("note",), N_("/note: a private call note about the present partner; the words may follow")),
    Command("sort", ("ranger", "sort"),
            N_("/sort: the lines of the call note and their places; /sort 2 c sends line 2, shown first if it prints")),
    Command("more", ("plus", "more"), N_("/more: the fields of this question that are seldom needed")),
    Command("clear", ("effacer", "clear"), N_("/clear: take the present answer out")),
    Command("append", ("ajouter", "append"),
            N_("/append: write on behind the present text, a long one in a new paragraph")),
    Command("change", ("changer", "change"), N_("/change 2, or 2 alone: the fields of line 2 of a list")),
    Command("remove", ("supprimer", "oter", "remove", "delete"), N_("/remove 2: take line 2 out of a list")),
    Command("up", ("monter", "up"), N_("/up 2: line 2 of a list one place up")),
    Command("down", ("descendre", "down"), N_("/down 2: line 2 of a list one place down")),
    Command("erase", ("retirer pour de bon", "erase for good"),
            N_("/erase for good and a word or a text: out of every field, earlier text and file"), whole=True),
    Command("undo", ("annuler", "undo"), N_("/undo: take back the last change")),
    Command("redo", ("retablir", "redo"), N_("/redo: do again what /undo took back")),
    Command("document", ("document", "voir", "show"), N_("/document: the document; with a number, that section"), True),
    Command("copy", ("copier", "copy"), N_("/copy: copy the document; with a number, that section"), True),
    Command("conflicts", ("deux textes", "conflits", "two texts", "conflicts"),
            N_("/two texts: an answer that two people wrote at the same time, both texts read out"), True),
    Command("keep", ("garder", "keep"), N_("/keep 1, /keep 2 or /keep both: the text that stays")),
    Command("meeting", ("rencontre", "meeting"), N_("/meeting: open today's meeting; who may be there, by number")),
    Command("present", ("present", "presents", "presente"), N_("/present 1, 3 or /present all: they are there")),
    Command("excused", ("excuse", "excuses", "excusee", "excused"), N_("/excused 2: excused")),
    Command("absent", ("absent", "absents", "absente"), N_("/absent 4: absent")),
    Command("arrived", ("arrivee", "arrive", "arrived"), N_("/arrived Name; title: someone who was not in the list")),
    Command("decision", ("decision",), N_("/decision and its words: note what the meeting decides")),
    Command("task", ("tache", "task"), N_("/task what; who; when: note who does what")),
    Command("aside", ("de cote", "aside"), N_("/aside and its words: a point to settle later")),
    Command("minutes", ("compte rendu", "minutes"), N_("/minutes: the minutes of the meeting"), True),
    Command("close", ("terminer", "clore", "close"), N_("/close: end the meeting and read its minutes")),
    Command("send", ("envoyer", "send"), N_("/send: number the draft, write its files, note to whom it goes")),
    Command("adopt", ("adopter", "adopt"), N_("/adopt: what stands in the way, then keep the text as the adopted one")),
    Command("quit", ("quitter", "quit", "exit"), N_("/quit: leave; everything is saved")),
)  # fmt: skip
_LONGEST = max(len(name.split()) for one in COMMANDS for name in one.names)  # words
_OFTEN_BARE = {"help", "commands", "back", "skip", "quit", "undo"}  # what people type before they know of the sign


def heard(line: str) -> GivenCommand | NoOrder | str:
    """A command, a word that is none, or the text that was typed; a doubled sign before a text counts once."""
    match = _ORDER.fullmatch(line.strip())
    if match is None:
        return line
    if match[2]:
        return line.strip()[1:]
    return _named(match[3])


def _named(words: str) -> GivenCommand | NoOrder:
    """The command that begins with these words: the longest name, else the one whose first letters (3 or more) fit."""
    given = words.replace("-", " ").split()
    for count in range(min(_LONGEST, len(given)), 0, -1):
        said = fold(" ".join(given[:count]))
        for command in COMMANDS:
            if said in command.names:
                return GivenCommand(command, _behind(words, count))
    said = fold(given[0]) if given else ""
    short = [one for one in COMMANDS if len(said) > 2 and not one.whole]
    near = [one for one in short if any(name.startswith(said) for name in one.names)]
    return GivenCommand(near[0], _behind(words, 1)) if len(near) == 1 else NoOrder(given[0] if given else words)


def _behind(words: str, count: int) -> str:
    """What follows the first `count` words, which spaces or hyphens may set apart."""
    for _each in range(count):
        words = re.sub(r"^[\s-]*[^\s-]+[\s-]*", "", words)
    return words.strip()


def meant(line: str) -> str:
    """The command that a bare word may have been meant for: « /help » for « help »; "" for any other line."""
    said = fold(line.strip())
    return next((f"/{said}" for one in COMMANDS if one.id in _OFTEN_BARE and said in one.names), "")


_ON_SCREENS = {"void": "not_applicable", "row_up": "up", "row_down": "down"}  # commands that are named otherwise here


def spoken(name: str) -> str:
    """A command of the screens as one gives it here: « /sans objet »; its name where line mode has none."""
    wanted = _ON_SCREENS.get(name, name)
    found = next((one for one in COMMANDS if one.id == wanted), None)
    if found is None:
        return screen_command(name).name
    return _(found.help).partition(":")[0].strip()


def listed() -> list[str]:
    """One line a command, in the language in use."""
    return [_(command.help) for command in COMMANDS]
