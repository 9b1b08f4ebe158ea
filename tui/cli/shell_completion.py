"""Completion for bash, zsh and fish: the shell asks the program itself, by argcomplete, so titles are those of now."""

from __future__ import annotations

import os
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from pathlib import Path

from tui import console
from tui.cli.invocation import Invocation
from tui.cli.subcommands import BY_NAME
from tui.i18n import language
from tui.settings import SettingsError, load_settings, settings_files
from tui.store.store_errors import StoreError
from tui.text.outside_paths import WrongPath

START = "_ARGCOMPLETE"  # argcomplete's own variable: one more than the words before those that the parser knows


def answer(parser_for: Callable[[str], ArgumentParser], first_word: Callable[[list[str]], str]) -> None:
    """Tell the shell what the word may become, and end the process. What cannot be told is silence.

    `first_word` is that of a command line, without its options; `parser_for` the parser of the subcommand so called, or
    of the command itself.
    """
    import argcomplete  # no other start needs it
    from argcomplete.lexers import split_line

    words = split_line(os.environ["COMP_LINE"], int(os.environ["COMP_POINT"]))[3]
    first = first_word(words[1:])
    called = first in BY_NAME and words[1:2] == [first]
    if called:
        os.environ[START] = "2"  # the subcommand is no argument of its own parser
    parser = parser_for(first if called else "")
    for action in parser._actions:  # argparse tells them nowhere else
        if action.dest == "project":
            _complete_by(action, not called)
    argcomplete.autocomplete(parser, always_complete_options=False)


def _complete_by(action: Action, commands: bool) -> None:
    """Let `action` be completed by the titles of the store, and with `commands` by the subcommands too."""

    def words(prefix: str, parser: ArgumentParser, parsed_args: object, **_more: object) -> Iterable[str]:
        return [*(BY_NAME if commands else ()), *titles(str(getattr(parsed_args, "store", None) or ""))]

    vars(action)["completer"] = words


def titles(store: str = "") -> list[str]:
    """The titles of the partnerships in use, by id where two have one title; [] when the store cannot be read."""
    try:
        settings = load_settings(*settings_files(os.environ))
        call = Invocation(Namespace(store=store or None, without_locks=False), settings)
        if isinstance(call.place, Path) and not call.place.is_dir():
            return []
        found = [(summary.title(language()) or summary.id, summary.id) for summary in call.store.list()]
    except (SettingsError, StoreError, WrongPath, OSError):
        return []
    named = [title for title, _id in found]
    return [title if named.count(title) == 1 else name for title, name in found]


def completion(call: Invocation) -> int:
    """Print what a shell runs once so that it completes `entente` from then on."""
    from argcomplete.shell_integration import shellcode

    console.write(shellcode(["entente"], shell=call.args.shell))
    return 0
