"""Reads a command that was typed at a prompt, such as « /help » or « .aide », and tells it from a text."""

from __future__ import annotations

import re

from tui.commands import TABLE, Command
from tui.commands import command as screen_command
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.text.name_matching import fold

# « /aide », « .aide » or « /? » is a command; « //aide » is the text « /aide ». Without a letter behind the sign the
# line is a text: « ... », « .5 ».
_COMMAND = re.compile(r"([/.])(\1?)(\?.*|[^\W\d_].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class GivenCommand:
    """A command that was typed, with the words behind it."""

    command: Command
    argument: str = ""


@dataclass(frozen=True, slots=True)
class UnknownCommand:
    """A line that begins like a command, but names none."""

    word: str  # without the sign


COMMANDS = sorted((command for command in TABLE if command.line.names), key=lambda item: item.line.place)
_MOST_WORDS = max(len(name.split()) for command in COMMANDS for name in command.line.names)  # of a name
_LEAST_LETTERS = 3  # of an abbreviated name
_ALONE = {"seul", "alone"}  # « /ranger seul » is how the help names « /ranger » without an argument
_OFTEN_BARE = {"help", "palette", "back", "next", "quit", "undo"}  # ids of commands that people type without the sign


def read_command(line: str) -> GivenCommand | UnknownCommand | str:
    """Return the command of a line, or the text that the line is; a doubled sign before a text becomes a single one."""
    match = _COMMAND.fullmatch(line.strip())
    if match is None:
        return line
    if match[2]:
        return line.strip()[1:]
    return _command_named(match[3])


def _command_named(words: str) -> GivenCommand | UnknownCommand:
    """Return the command whose name the words begin with: the longest name, else the one with these first letters.

    At least `_LEAST_LETTERS` are needed, and a command that takes something out needs its whole name (`line.whole`).
    """
    separate_words = words.replace("-", " ").split()
    for count in range(min(_MOST_WORDS, len(separate_words)), 0, -1):
        name = fold(" ".join(separate_words[:count]))
        for command in COMMANDS:
            if name in command.line.names:
                return GivenCommand(command, _argument(words, count))
    first_word = separate_words[0] if separate_words else words
    letters = fold(first_word)
    abbreviable = [command for command in COMMANDS if not command.line.whole]
    begun_so = [command for command in abbreviable if any(name.startswith(letters) for name in command.line.names)]
    if len(letters) >= _LEAST_LETTERS and len(begun_so) == 1:
        return GivenCommand(begun_so[0], _argument(words, 1))
    return UnknownCommand(first_word)


def _argument(words: str, count: int) -> str:
    """Return what follows the first `count` words, which spaces or hyphens separate; "" if it is « seul ».

    A hyphen behind a space belongs to the argument: « /supprimer -1 » names no line.
    """
    for _each in range(count):
        words = re.sub(r"^[\s-]*[^\s-]+(?:-|(?=\s|$))\s*", "", words)
    return "" if fold(words.strip()) in _ALONE else words.strip()


def likely_command(line: str) -> str:
    """Return the command that a word without a sign likely means, « /help » for « help »; "" for any other line."""
    word = fold(line.strip())
    return next((f"/{word}" for command in COMMANDS if command.id in _OFTEN_BARE and word in command.line.names), "")


def typed_name(command_id: str) -> str:
    """Return how a command is typed in line mode: « /sans objet »; its name on the screens if line mode lacks it."""
    command = screen_command(command_id)
    return _(command.line.help).partition(":")[0].strip() if command.line.names else command.name


def command_lines() -> list[str]:
    """Return the help of each command, one line a command, in the language in use."""
    return [_(command.line.help) for command in COMMANDS]
