"""Asks the person in line mode for the several things that a command needs; an empty line keeps the value shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from tui.i18n import _
from tui.line_mode import typed_commands
from tui.line_mode.line_streams import InputEnded, LineStreams, Unreadable
from tui.partnership.field_kinds import BadValue
from tui.text.list_numbers import list_number
from tui.text.name_matching import fold, matches
from tui.text.outside_paths import WrongPath
from tui.workspace.typed_values import NO, YES

Answer = TypeVar("Answer")
_GIVE_UP = ("undo", "back", "next")  # commands by which a person gives up


class GivenUp(Exception):
    """Raised when the person gives up: nothing is to be done."""


class LineDialog:
    """Asks for one value after another, each until the answer can be read; an empty line keeps the current value."""

    def __init__(self, talk: LineStreams) -> None:
        self.talk = talk

    def begin(self, title: str) -> None:
        """Say what begins, and how to give up."""
        self.talk.say(title)
        self.talk.say(_("An empty line keeps what is said in brackets. /undo gives up: nothing is done."))

    def ask_path(self, label: str, read: Callable[[str], Answer], current: Answer, shown: str) -> Answer:
        """Ask for a path as `ask` does; « /home/… » is taken as a path, not as a command."""
        return self._ask(label, read, current, shown, paths=True)

    def ask(self, label: str, read: Callable[[str], Answer], current: Answer, shown: str) -> Answer:
        """Return what `read` makes of the line typed, `current` for an empty line; after a BadValue ask again.

        `shown` is `current` in words. Raises GivenUp if the person gives up, InputEnded at the end of input.
        """
        return self._ask(label, read, current, shown, paths=False)

    def _ask(self, label: str, read: Callable[[str], Answer], current: Answer, shown: str, *, paths: bool) -> Answer:
        """Ask as `ask`, with `paths` as `ask_path`."""
        while True:
            # In French there is a no-break space before the colon; `talk` adds the blank behind it.
            line = self._line(f"{label} ({shown})" + _(": ").rstrip(), paths=paths)
            if not line.strip():
                return current
            try:
                return read(line.strip())
            except (BadValue, WrongPath) as error:
                self.talk.say(sentence(str(error)))

    def choose(self, label: str, choices: Sequence[tuple[str, str]], current: str) -> str:
        """Say `choices`, which are (code, words), by number, and return the code of that chosen.

        An empty line gives `current`, a code.
        """
        for number, (_code, words) in enumerate(choices, 1):
            self.talk.say(f"{number}. {words}")

        def read(text: str) -> str:
            if number := list_number(text, len(choices)):
                return choices[number - 1][0]
            codes = [code for code, words in choices if fold(text) == fold(words) or text == code]
            codes = codes or [code for code, words in choices if matches(text, words)]
            if len(codes) == 1:
                return codes[0]
            message = _("“{text}” is none of the choices. Type the number of one, or its words.")
            raise BadValue(message.format(text=text))

        return self.ask(label, read, current, dict(choices)[current])

    def agree(self, question: str) -> bool:
        """Return whether the person types yes or no; ask again after any other line."""
        while True:
            word = fold(self._line(question + " " + _("(yes or no)") + _(": ").rstrip())).rstrip(".")
            if word in YES or word in NO:
                return word in YES
            self.talk.say(_("Type yes or no."))

    def _line(self, prompt: str, *, paths: bool = False) -> str:
        """Return the next line that is no command; with `paths`, a path such as « /home/… » is no command either.

        Raises GivenUp or InputEnded for the commands that give up or quit.
        """
        while True:
            try:
                typed_line = self.talk.ask(prompt)
                meaning = typed_commands.read_command(typed_line)  # a command, or a text
            except Unreadable:
                self.talk.say(_("This line is no UTF-8 text, so it was not taken. Please type it again."))
                continue
            if isinstance(meaning, str):
                return meaning
            if paths and isinstance(meaning, typed_commands.UnknownCommand):
                return typed_line.strip()
            command_id = meaning.command.id if isinstance(meaning, typed_commands.GivenCommand) else ""
            if command_id == "quit":
                raise InputEnded
            if command_id in _GIVE_UP:
                raise GivenUp
            self.talk.say(_("First answer this, or give up with /undo; then any command may be given."))


def read_yes(text: str) -> bool:
    """Return whether `text` is yes. Raises BadValue if it is neither yes nor no."""
    word = fold(text).rstrip(".")
    if word not in YES and word not in NO:
        raise BadValue(_("Type yes or no."))
    return word in YES


def read_words(text: str) -> str:
    """Return `text`. Raises BadValue for a mere yes or no, where words were asked for."""
    if fold(text).rstrip(".") in (*YES, *NO):
        raise BadValue(_("Words are asked for here, not yes or no; an empty line keeps what stands."))
    return text


def sentence(text: str) -> str:
    """Return a message as a sentence, with a capital and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!", "…")) else text + "."
