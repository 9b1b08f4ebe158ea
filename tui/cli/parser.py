"""The parsers: one for `entente [PARTNERSHIP]`, one for the subcommand that was asked for, in the language in use."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn, TextIO

from tui import console
from tui.cli.table import COMMANDS, Command
from tui.words import N_, Language, _, ngettext

BOTH = ("fr+en", "en+fr", "both")  # « both »: the partnership's own language first
WITH_VALUE = ("--lang", "--doc-lang", "--store")
# What argparse itself says; named here so that the catalogue has it.
ARGPARSE_SAYS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("ignored explicit argument %r"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
)


class Parser(argparse.ArgumentParser):
    """A parser whose errors end with the way to the help; it exits with 2."""

    def _print_message(self, message: str, file: TextIO | None = None) -> None:  # type: ignore[override]
        """Print what argparse says; it may hold words of the command line."""
        with suppress(OSError):  # as argparse itself does: nobody is there to read it
            console.write(message or "", error=True, stream=file)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how the command is used."""
        self.print_usage(sys.stderr)
        hint = _("Try “{command}”.").format(command=f"{self.prog} --help")
        self.exit(2, self.prog + _(": ") + f"{message}\n{hint}\n")


def split(argv: Sequence[str]) -> tuple[str, list[str]]:
    """The first word that is no option, and all the others; "" when there is none. Subcommands win over titles."""
    rest = list(argv)
    at = 0
    while at < len(rest):
        word = rest[at]
        if word == "--":
            return "", rest
        if not word.startswith("-") or word == "-":
            return word, [*rest[:at], *rest[at + 1 :]]
        at += 2 if word in WITH_VALUE else 1
    return "", rest


def asked_language(argv: Sequence[str]) -> Language | None:
    """What --lang says, wherever it stands; None when it says nothing we speak."""
    for at, word in enumerate(argv):
        if word == "--":
            break
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and at + 1 < len(argv):
            value = argv[at + 1]
        if lang := language_of(value):
            return lang
    return None


def language_of(code: str) -> Language | None:
    """The language of a code; None for one that we do not speak."""
    return "fr" if code == "fr" else "en" if code == "en" else None


def parser_of(command: Command) -> argparse.ArgumentParser:
    """The parser of one subcommand."""
    parser = _parser(f"entente {command.name}", _(command.summary))
    for add in command.arguments:
        add(parser)
    return _with_options(parser, command.bilingual)


def main_parser(version: str) -> argparse.ArgumentParser:
    """The parser of `entente` alone, whose help lists the subcommands."""
    widest = max(len(command.name) for command in COMMANDS)
    lines = ["  " + command.name.ljust(widest) + "  " + _(command.summary) for command in COMMANDS]
    commands = "\n".join([_("commands:"), *lines, "", _("“entente COMMAND --help” says more of each.")])
    about = _("Bring organisations together around a table, and end with a clear written agreement.")
    parser = _parser("entente", about, commands)
    text = _("open this partnership: its id, the first letters of its id (4 or more), or its exact title")
    parser.add_argument("project", nargs="?", metavar=_("PARTNERSHIP"), help=text)
    text = _("leave the mouse to the terminal, so that it selects text as everywhere else")
    parser.add_argument("--no-mouse", action="store_true", help=text)
    text = _("print the version and exit")
    parser.add_argument("--version", action="version", version=f"entente {version}", help=text)
    return _with_options(parser)


def _parser(prog: str, description: str, epilog: str = "") -> argparse.ArgumentParser:
    vars(argparse).update(_=_, ngettext=ngettext)  # its own words in our catalogue and in the language in use
    parser = Parser(
        prog=prog,
        description=description,
        epilog=epilog or None,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    vars(parser)["color"] = False  # Python 3.14 would colour the help on a terminal
    return parser


def _with_options(parser: argparse.ArgumentParser, bilingual: bool = False) -> argparse.ArgumentParser:
    text = _("the language of the program: fr or en")
    parser.add_argument("--lang", choices=("fr", "en"), help=text)
    text = _("the language of the document: fr or en")
    if bilingual:
        text = _("the language of the document: fr, en, or both one after the other (fr+en, en+fr, both)")
    parser.add_argument("--doc-lang", choices=("fr", "en", *(BOTH if bilingual else ())), help=text)
    text = _("the folder where the partnerships are kept")
    parser.add_argument("--store", metavar=_("FOLDER"), help=text)
    return parser
