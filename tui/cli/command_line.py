"""Runs one command: parses its words, prepares language and streams, calls the subcommand, returns the exit code."""

from __future__ import annotations

import argparse
import errno
import gc
import os
import sys
import time
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib import import_module
from io import BufferedWriter, RawIOBase, TextIOWrapper
from typing import Final, Literal, NoReturn, Protocol, TextIO

from tui import __version__, console, i18n
from tui.cli.given_values import check_values
from tui.cli.invocation import DONE, FAILED, WRONG, Invocation, UsageError, warn
from tui.cli.subcommands import BY_NAME, SUBCOMMANDS, Subcommand
from tui.console import is_terminal, write_status
from tui.error_words import reason_words
from tui.i18n import N_, Language, _, language, ngettext
from tui.settings import Settings, SettingsError, load_settings, settings_files
from tui.text import moments
from tui.workspace import crash_report
from tui.workspace.hangup import HANGUP_CODE, drop_output, is_hangup, terminal_closed


def open_app(call: Invocation) -> int:
    """Open the screens, on one partnership if it was named, and return the exit code.

    Raises UsageError without a capable terminal.
    """
    partnership_id = None if call.args.project is None else _partnership_id(call)
    if terminal_closed():
        return HANGUP_CODE
    if not (sys.stdin.isatty() and is_terminal()) or call.environ.get("TERM", "") in ("", "dumb"):
        raise UsageError(_no_terminal_words(call.args.project))
    _use_keys(call.settings)
    without_textual_variables(os.environ)
    without_fixed_size(os.environ)

    # Nearly all objects created at the start stay in use, so garbage collection would free nothing. The app enables it
    # after the first screen.
    gc.disable()
    from tui.app.app import run_app

    return run_app(call.store, _settings_of(call), partnership_id)


def without_textual_variables(environ: MutableMapping[str, str]) -> None:
    """Remove the variables that Textual reads when it is imported: they make it log keys, save pictures or press keys.

    They are for programmers of Textual; in Entente they would write private notes where others can read them.
    """
    for name in [name for name in environ if name.startswith("TEXTUAL")]:
        del environ[name]


def without_fixed_size(environ: MutableMapping[str, str]) -> None:
    """Remove COLUMNS and LINES if the terminal says its size: Textual would keep to them when the window changes."""
    with suppress(OSError):
        if all(os.get_terminal_size(sys.stdout.fileno())):
            for name in ("COLUMNS", "LINES"):
                environ.pop(name, None)


def _use_keys(settings: Settings) -> None:
    """Use the keys of the settings. Raises SettingsError if they are wrong, before a screen opens."""
    if settings.keys:
        from tui import commands, keymap

        commands.use_keys_of(keymap.with_chosen_keys(settings.keys))


def plain(call: Invocation) -> int:
    """Open line mode on one partnership, on any terminal or none, and return the exit code."""
    from tui.line_mode import run

    return run(call.store, _settings_of(call), call.partnership_id(), lang=language())


def _settings_of(call: Invocation) -> Settings:
    """Return the settings with the languages and the mouse that the options of this call ask for."""
    mouse = call.settings.mouse and not getattr(call.args, "no_mouse", False)
    return replace(call.settings, lang=language(), doc_lang=call.args.doc_lang or call.settings.doc_lang, mouse=mouse)


def _partnership_id(call: Invocation) -> str:
    """Return the id of the partnership that was named.

    Raises UsageError if there is none; if its name resembles a subcommand, the message proposes that.
    """
    try:
        return call.partnership_id()
    except UsageError as error:
        from difflib import get_close_matches

        near = get_close_matches(str(call.args.project), list(BY_NAME), 1, 0.6)
        if not near:
            raise
        raise UsageError(_("{said} Did you mean “entente {command}”?").format(said=error, command=near[0])) from error


def _no_terminal_words(partnership: str | None) -> str:
    """Return the sentence that says that the screens need a terminal, with the command for line mode."""
    text = _("The screens need a terminal. Line by line, without screens: entente plain {project}")
    return text.format(project=partnership or _("PARTNERSHIP"))


BILINGUAL_CODES = ("fr+en", "en+fr", "both")  # documents in both languages; « both » begins with the partnership's own
OPTIONS_WITH_VALUE = ("--lang", "--doc-lang", "--store")  # options with a value that may precede the subcommand
# The texts of argparse itself. Nothing uses this tuple; it is here so that they are translated.
ARGPARSE_TEXTS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    lambda count: ngettext("expected %s argument", "expected %s arguments", count),
    N_("ignored explicit argument %r"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
)


class Parser(argparse.ArgumentParser):
    """A parser that ends its errors with the command for help, and exits with 2."""

    def _print_message(self, message: str, file: TextIO | None = None) -> None:  # type: ignore[override]
        """Print a text of argparse by our console, which escapes control characters that a user may have typed."""
        with suppress(OSError):  # as argparse itself does when the reader of the stream has ended
            console.write(message or "", error=True, stream=file)

    def parse_whole(self, words: Sequence[str]) -> argparse.Namespace:
        """Parse all words of a command, its options in any place; exits with 2 if one is not known."""
        args, unparsed = self.parse_known_args(words)
        before_dashes = words[: words.index("--")] if "--" in words else words  # only these can be options

        def is_option(word: str) -> bool:
            return word in before_dashes and word.startswith("-") and word != "-"

        unknown = [word.partition("=")[0] for word in unparsed if is_option(word)]
        if unknown:
            message = ngettext("unknown option: {names}", "unknown options: {names}", len(unknown))
            self.error(message.format(names=" ".join(unknown)))
        if unparsed and before_dashes is words:
            # Positional words may follow an option. argparse takes them only in its intermixed mode, which leaves
            # them out of the usage that an error prints, unless the usage is set before.
            self.usage = self.format_usage().removeprefix(_("usage: ")).replace("%", "%%")
            args, unparsed = self.parse_known_intermixed_args(words)
        if unparsed:
            self.error(_("unrecognized arguments: %s") % " ".join(unparsed))
        return args

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong with the words, and exit with 2."""
        self.print_usage(sys.stderr)
        hint = _("Try “{command}”.").format(command=f"{self.prog} --help")
        self.exit(2, self.prog + _(": ") + f"{message}\n{hint}\n")


def split_first_word(argv: Sequence[str]) -> tuple[str, list[str]]:
    """Return (the first word that is no option, "" for none; all the other words).

    The first word names the subcommand, or else a partnership to open.
    """
    rest = list(argv)
    at = 0
    while at < len(rest):
        word = rest[at]
        if word == "--":
            return "", rest
        if not word.startswith("-") or word == "-":
            return word, [*rest[:at], *rest[at + 1 :]]
        at += 2 if word in OPTIONS_WITH_VALUE else 1
    return "", rest


def asked_language(argv: Sequence[str]) -> Language | None:
    """Return the language that --lang names, wherever it is; None without --lang or for an unknown language."""
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
    """Return the language of a code; None for any but fr and en."""
    if code == "fr":
        return "fr"
    return "en" if code == "en" else None


def parser_of(command: Subcommand) -> Parser:
    """Return the parser of one subcommand."""
    parser = _parser(f"entente {command.name}", command.summary)
    for add in command.arguments:
        add(parser)
    return _with_options(parser, command.bilingual)


def main_parser(version: str) -> Parser:
    """Return the parser of `entente` alone, whose help lists the subcommands."""
    widest = max(len(command.name) for command in SUBCOMMANDS)
    lines = ["  " + command.name.ljust(widest) + "  " + command.summary for command in SUBCOMMANDS]
    commands = "\n".join([_("commands:"), *lines, "", _("“entente COMMAND --help” says more of each.")])
    about = _("Bring organizations together around a table, and end with a clear written agreement.")
    parser = _parser("entente", about, commands)
    text = _("open this partnership: its id, the first letters of its id (4 or more), or its exact title")
    parser.add_argument("project", nargs="?", metavar=_("PARTNERSHIP"), help=text)
    text = _("leave the mouse to the terminal, so that it selects text as everywhere else")
    parser.add_argument("--no-mouse", action="store_true", help=text)
    text = _("print the version and exit")
    parser.add_argument("--version", action="version", version=f"entente {version}", help=text)
    return _with_options(parser)


def _parser_named(name: str) -> argparse.ArgumentParser:
    """Return the parser of the subcommand `name`, or that of `entente` alone if there is no such subcommand."""
    return parser_of(BY_NAME[name]) if name in BY_NAME else main_parser(__version__)


def whole_parser(version: str) -> argparse.ArgumentParser:
    """Return the parser of `entente` with all subcommands as subparsers, from which the manual page is made."""
    parser = main_parser(version)
    parser.epilog = None
    subparsers = parser.add_subparsers(
        title=_("commands"), metavar=_("COMMAND"), prog="entente", parser_class=argparse.ArgumentParser
    )
    for command in SUBCOMMANDS:
        command_parser = parser_of(command)
        # The subparser takes the arguments of its parent; "resolve" lets its own --help replace the parent's.
        sub = subparsers.add_parser(
            command.name,
            help=command.summary,
            description=command.summary,
            parents=[command_parser],
            conflict_handler="resolve",
        )
        sub.formatter_class = argparse.RawDescriptionHelpFormatter
    return parser


def _parser(prog: str, description: str, epilog: str = "") -> Parser:
    """Return a parser without arguments; argparse's own texts are translated by our catalogue."""
    vars(argparse).update(_=_, ngettext=ngettext)
    parser = Parser(
        prog=prog,
        description=description,
        epilog=epilog or None,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    vars(parser)["color"] = False  # Python 3.14 would colour the help on a terminal
    return parser


def _with_options(parser: Parser, bilingual: bool = False) -> Parser:
    """Add the options of all commands; `bilingual`: --doc-lang may name both languages."""
    text = _("the language of the program: fr or en")
    parser.add_argument("--lang", choices=("fr", "en"), help=text)
    text = _("the language of the document: fr or en")
    if bilingual:
        text = _("the language of the document: fr, en, or both one after the other (fr+en, en+fr, both)")
    parser.add_argument("--doc-lang", choices=("fr", "en", *(BILINGUAL_CODES if bilingual else ())), help=text)
    text = _("the folder where the partnerships are kept, or the address of a server (postgresql://…)")
    parser.add_argument("--store", metavar=_("FOLDER"), help=text)
    text = _("save in that folder although the locks of its disk keep nobody out")
    parser.add_argument("--without-locks", action="store_true", help=text)
    return parser


_PROGRESS_AFTER_SECONDS: Final = 1.0  # shorter work shows no progress
_PROGRESS_EVERY_SECONDS: Final = 0.25


class Watch(Protocol):
    """A function that long work calls with the number of items done and of all items; it returns False to stop it."""

    def __call__(self, done: int, total: int, /) -> bool: ...


@contextmanager
def progress_line() -> Iterator[Watch]:
    """Yield a function that shows the progress of long work in a line of the terminal, which is cleared at the end.

    Without a terminal it shows nothing.
    """
    show_at = time.monotonic() + _PROGRESS_AFTER_SECONDS
    width = 0  # of the words shown last, which the next ones overwrite

    def report_progress(done: int, total: int) -> bool:
        nonlocal show_at, width
        if is_terminal(error=True) and time.monotonic() >= show_at:
            show_at = time.monotonic() + _PROGRESS_EVERY_SECONDS
            message = _("{done} of {total} · Ctrl+C stops").format(done=done, total=total)
            write_status(message.ljust(width))
            width = len(message)
        return True

    try:
        yield report_progress
    finally:
        if width:
            write_status(" " * width)
            write_status("")


OPEN_APP = Subcommand("", "command_line:open_app")  # `entente [PARTNERSHIP]`


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without `argv`, the words this process was started with."""
    if argv is None:
        argv = sys.argv[1:]
        crash_report.install_hooks()
    _prepare_streams()
    i18n.use(asked_language(argv) or i18n.detect(os.environ))
    if "_ARGCOMPLETE" in os.environ:  # a shell asks for completions of a word
        from tui.cli.shell_completion import answer

        answer(_parser_named, lambda words: split_first_word(words)[0])
    try:
        code = _run(argv)
    except BrokenPipeError:  # the reader of our output, such as `head`, ended first
        code = DONE
    except OSError as error:
        if not is_hangup(error):
            raise
        code = HANGUP_CODE
    except SystemExit as end:  # by argparse, after --help and after an error
        code = end.code if isinstance(end.code, int) else WRONG
    return _finished(code)


def _run(argv: Sequence[str]) -> int:
    """Parse the words, call the subcommand and return the exit code; errors become a sentence and a code."""
    settings, settings_error = _settings(argv)
    first, rest = split_first_word(argv)
    command = BY_NAME.get(first, OPEN_APP)
    parser = main_parser(__version__) if command is OPEN_APP else parser_of(command)
    args = parser.parse_whole(argv if command is OPEN_APP else rest)
    try:
        if settings_error is not None and command.needs_settings:
            raise settings_error
        check_values(command.name, parser, args)
        module, _colon, function = command.place.partition(":")
        code: int = getattr(import_module(f"tui.cli.{module}"), function)(Invocation(args, settings))
        return code
    except BrokenPipeError:
        raise
    except _usage_errors() as error:
        warn(str(error))
        return WRONG
    except _failures() as error:
        if is_hangup(error):
            raise
        warn(_failure_words(error))
        return FAILED


def _failure_words(error: Exception) -> str:
    """Return the sentence of an error; a system error that names no file is taken for an error of a stream."""
    from tui.error_words import is_ours
    from tui.store.store_errors import error_sentence

    if isinstance(error, OSError) and not (error.filename or is_ours(error)):
        return _stream_words(error)
    return error_sentence(error)


def _stream_words(error: OSError) -> str:
    """Return why a standard stream could not be read or written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _("What is printed cannot be written: the disk is full.")
    if error.errno == errno.ENOENT:  # a stream never fails so; os.getcwd() does
        return _("The folder in which this command is run is gone. Go to another one (cd), and run it again.")
    return _("What is read or printed here cannot go through: {reason}.").format(reason=reason_words(error))


def _usage_errors() -> tuple[type[Exception], ...]:
    """Return the errors that the user can avoid by other words (exit code 2); imported only after an error."""
    from tui.export.formats import UnknownFormat
    from tui.partnership.field_kinds import BadValue
    from tui.store.store_errors import NoDocument
    from tui.text.outside_paths import WrongPath

    return UsageError, SettingsError, UnknownFormat, BadValue, NoDocument, WrongPath


def _failures() -> tuple[type[Exception], ...]:
    """Return the errors of reading and writing (exit code 3); imported only after an error."""
    from tui.export.formats import CannotExport
    from tui.guide.guide_types import GuideError
    from tui.store.store_errors import StoreError

    return StoreError, GuideError, CannotExport, OSError


def _settings(argv: Sequence[str]) -> tuple[Settings, SettingsError | None]:
    """Return the settings and None, or the defaults and the error if they are wrong.

    Apply their time zone, house style (logo, fonts) and language to the process; --lang wins over their language.
    """
    try:
        settings = load_settings(*settings_files(os.environ))
    except SettingsError as error:
        return Settings(), error
    moments.set_zones(settings.timezone)
    if settings.reference or settings.logo or settings.fonts or settings.font:  # seldom set, so seldom imported
        from tui.export import house_style

        house_style.set_house_style(
            house_style.house_style_from(settings.reference, settings.logo, settings.fonts, settings.font)
        )
    if not asked_language(argv) and (lang := language_of(settings.lang)):
        i18n.use(lang)
    return settings, None


def _prepare_streams() -> None:
    """Set the output to UTF-8, with characters that cannot be encoded escaped; replace closed streams by null."""
    sys.stdin = sys.stdin or _nothing("r")
    sys.stdout = sys.stdout or _nothing("w")
    sys.stderr = sys.stderr or _nothing("w")
    for name in ("stdout", "stderr"):
        _give_buffer(name)
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _give_buffer(name: str) -> None:
    """Give the standard stream `name` a buffer if PYTHONUNBUFFERED took it away.

    Without a buffer Python tries to write once, and silently drops what a full disk or a closing terminal refuses.
    """
    stream = getattr(sys, name)
    # Only the stream that Python started with is changed; another one belongs to a test or an embedding program.
    is_own = stream is getattr(sys, f"__{name}__")
    is_unbuffered = isinstance(stream, TextIOWrapper) and isinstance(stream.buffer, RawIOBase)
    if is_own and is_unbuffered:
        buffered = TextIOWrapper(BufferedWriter(stream.detach()), line_buffering=True)
        setattr(sys, name, buffered)
        setattr(sys, f"__{name}__", buffered)  # Textual writes to this one


def _nothing(mode: Literal["r", "w"]) -> TextIO:
    """Return the null device as a stream."""
    return open(os.devnull, mode, encoding="utf-8")


def _finished(code: int) -> int:
    """Flush the output and return the exit code: `code`, FAILED if standard output fails, HANGUP_CODE after a hangup.

    A stream that fails is dropped, so that Python does not report its error again.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            if is_hangup(error):
                code = HANGUP_CODE
            elif stream is sys.stdout and not isinstance(error, BrokenPipeError) and code != FAILED:
                warn(_stream_words(error))
                code = FAILED
            drop_output(stream)
    return code
