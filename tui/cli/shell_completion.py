"""Completion for bash, zsh and fish: at each Tab the shell starts the program, which answers by argcomplete."""

from __future__ import annotations

import os
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from pathlib import Path

from tui import console
from tui.cli.invocation import Invocation
from tui.cli.subcommands import BY_NAME
from tui.i18n import _, language
from tui.settings import SettingsError, load_settings, settings_files
from tui.store.store_errors import StoreError
from tui.text.outside_paths import WrongPath

START = "_ARGCOMPLETE"  # argcomplete's variable: the number of words before the arguments of the parser


def answer(parser_for: Callable[[str], ArgumentParser], first_word: Callable[[list[str]], str]) -> None:
    """Print for the shell the completions of the word being typed, and end the process. Errors print nothing.

    `first_word` returns the first word of a command line that is no option, `parser_for` the parser of the subcommand
    of that name, for "" that of `entente` itself.
    """
    import argcomplete  # no other start needs it
    from argcomplete.lexers import split_line

    split = split_line(os.environ["COMP_LINE"], int(os.environ["COMP_POINT"]))
    line_words = split[3]  # those before the word being typed
    first = first_word(line_words[1:])
    is_subcommand = first in BY_NAME and line_words[1:2] == [first]
    if is_subcommand:
        os.environ[START] = "2"  # « entente » and the subcommand come before the arguments of its parser
    parser = parser_for(first if is_subcommand else "")
    for action in parser._actions:  # argparse has no public list of them
        if action.dest == "project":
            _set_completer(action, not is_subcommand)
        elif action.choices is None and not {_("FILE"), _("FOLDER"), _("PLACE"), _("WHAT")} & {*_metavars(action)}:
            vars(action)["completer"] = _values_of(_metavars(action)[0])  # no name of a file can be meant
    argcomplete.autocomplete(parser, always_complete_options=False)


def _set_completer(action: Action, with_commands: bool) -> None:
    """Make argcomplete complete `action` by the titles in the store, `with_commands` by the subcommands too."""

    def completions(prefix: str, parser: ArgumentParser, parsed_args: object, **_more: object) -> Iterable[str]:
        return [*(BY_NAME if with_commands else ()), *titles(_store_of(parsed_args))]

    vars(action)["completer"] = completions


def _metavars(action: Action) -> tuple[str, ...]:
    """Return the words that stand for the values of an argument in its help."""
    return action.metavar if isinstance(action.metavar, tuple) else (str(action.metavar),)


def _values_of(metavar: str) -> Callable[..., Iterable[str]]:
    """Return the completer of an argument that is no path: the partners, the formats, or nothing."""

    def completions(prefix: str, parsed_args: object, **_more: object) -> Iterable[str]:
        if metavar in (_("PARTNER"), _("WHO")):
            return partner_names(str(getattr(parsed_args, "project", None) or ""), _store_of(parsed_args))
        if metavar in (_("FORMAT"), _("FORMATS")):
            from tui.export.formats import FORMATS

            return (*(known.id for known in FORMATS), "json")
        return ()

    return completions


def _store_of(parsed_args: object) -> str:
    """Return the value of --store, "" for none."""
    return str(getattr(parsed_args, "store", None) or "")


def partner_names(project: str, store: str = "") -> list[str]:
    """Return the names of the partners of a partnership that may be named in its text; [] if it cannot be read."""
    from tui.partnership.partners import active
    from tui.partnership.privacy import public_view

    try:
        settings = load_settings(*settings_files(os.environ))
        call = Invocation(Namespace(store=store or None, without_locks=False), settings)
        partnership = call.store.load(call.store.find(project, beginning=True).id)
        names = (partner.name(language()) for partner in active(public_view(call.guide, partnership)))
        return [name for name in names if name]
    except (SettingsError, StoreError, WrongPath, OSError):
        return []


def titles(store: str = "") -> list[str]:
    """Return the titles of the partnerships in use, ids for equal titles; [] if the store cannot be read.

    `store` is the value of --store, "" for none.
    """
    try:
        settings = load_settings(*settings_files(os.environ))
        call = Invocation(Namespace(store=store or None, without_locks=False), settings)
        if isinstance(call.place, Path) and not call.place.is_dir():
            return []
        title_pairs = [(summary.title(language()) or summary.id, summary.id) for summary in call.store.list()]
    except (SettingsError, StoreError, WrongPath, OSError):
        return []
    all_titles = [title for title, _id in title_pairs]
    return [title if all_titles.count(title) == 1 else partnership_id for title, partnership_id in title_pairs]


def completion(call: Invocation) -> int:
    """Print the script that makes a shell complete `entente`, and return the exit code."""
    from argcomplete.shell_integration import shellcode

    console.write(shellcode(["entente"], shell=call.args.shell))
    return 0
