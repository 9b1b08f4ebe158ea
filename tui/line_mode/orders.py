"""The commands one may give at any prompt: their words in both languages, told from a text by what stands before."""

from __future__ import annotations

import re

from tui.commands import TABLE, Command
from tui.commands import command as screen_command
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.text.name_matching import fold

# « /aide » or « .aide »; doubled, the sign is part of a text. A sign that no letter follows (« ... », « .5 ») is text.
_ORDER = re.compile(r"([/.])(\1?)(\?.*|[^\W\d_].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class GivenCommand:
    """A command that was given, with what stands behind it."""

    command: Command
    argument: str = ""


@dataclass(frozen=True, slots=True)
class NoOrder:
    """A word that looks like a command and is none."""

    word: str


COMMANDS = sorted((command for command in TABLE if command.line.names), key=lambda item: item.line.place)
_LONGEST = max(len(name.split()) for command in COMMANDS for name in command.line.names)  # words
_ALONE = {"seul", "alone"}  # how the help names a command with nothing behind it: « /ranger seul »
_OFTEN_BARE = {"help", "palette", "back", "next", "quit", "undo"}  # what people type before they know of the sign


def heard(line: str) -> GivenCommand | NoOrder | str:
    """Return a command, a word that is none, or the text that was typed; a doubled sign before a text counts once."""
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
            if said in command.line.names:
                return GivenCommand(command, _behind(words, count))
    said = fold(given[0]) if given else ""
    short = [command for command in COMMANDS if len(said) > 2 and not command.line.whole]
    near = [command for command in short if any(name.startswith(said) for name in command.line.names)]
    return GivenCommand(near[0], _behind(words, 1)) if len(near) == 1 else NoOrder(given[0] if given else words)


def _behind(words: str, count: int) -> str:
    """Return what follows the first `count` words, which spaces or hyphens may set apart; "" for the word « seul ».

    A hyphen behind a space belongs to what follows: « /supprimer -1 » means no line.
    """
    for _each in range(count):
        words = re.sub(r"^[\s-]*[^\s-]+(?:-|(?=\s|$))\s*", "", words)
    return "" if fold(words.strip()) in _ALONE else words.strip()


def meant(line: str) -> str:
    """Return the command that a bare word may have been meant for: « /help » for « help »; "" for any other line."""
    said = fold(line.strip())
    return next((f"/{said}" for command in COMMANDS if command.id in _OFTEN_BARE and said in command.line.names), "")


def spoken(command_id: str) -> str:
    """Return a command of the screens as one gives it here: « /sans objet »; its name where line mode has none."""
    named = screen_command(command_id)
    return _(named.line.help).partition(":")[0].strip() if named.line.names else named.name


def listed() -> list[str]:
    """One line a command, in the language in use."""
    return [_(command.line.help) for command in COMMANDS]
