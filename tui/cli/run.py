"""From the words of a command line to an exit code: language, streams, errors said in one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Literal, TextIO

from tui import __version__, words
from tui.cli.call import DONE, FAILED, WRONG, Call, Wrong, warn
from tui.cli.parser import asked_language, language_of, main_parser, parser_of, split
from tui.cli.table import BY_NAME, Command
from tui.desk import unforeseen
from tui.settings import Settings, SettingsError, load_settings, settings_files

OPEN_APP = Command("", "", "opening:open_app")  # `entente [PARTNERSHIP]`


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without `argv`, the words this process was started with."""
    if argv is None:
        argv = sys.argv[1:]
        unforeseen.hook()
    _prepare_streams()
    words.use(asked_language(argv) or words.detect(os.environ))
    try:
        code = _run(argv)
    except BrokenPipeError:  # whoever read us has seen enough
        code = DONE
    except KeyboardInterrupt:
        code = 130  # 128 + SIGINT, as shells count
    except SystemExit as end:  # argparse, after --help and after a wrong use
        code = end.code if isinstance(end.code, int) else WRONG
    return _finished(code)


def _run(argv: Sequence[str]) -> int:
    settings, trouble = _settings(argv)
    first, rest = split(argv)
    command = BY_NAME.get(first, OPEN_APP)
    parser = main_parser(__version__) if command is OPEN_APP else parser_of(command)
    args = parser.parse_args(argv if command is OPEN_APP else rest)
    try:
        if trouble is not None and command.needs_settings:
            raise trouble
        module, _colon, function = command.runs.partition(":")
        code: int = getattr(import_module(f"tui.cli.{module}"), function)(Call(args, settings))
        return code
    except BrokenPipeError:
        raise
    except _wrong_uses() as error:
        warn(str(error))
        return WRONG
    except _failures() as error:
        warn(_in_words(error))
        return FAILED


def _in_words(error: Exception) -> str:
    """What went wrong, as one of the store's sentences where the system refused a file."""
    from tui.store.errors import from_oserror

    return str(from_oserror(error, error.filename)) if isinstance(error, OSError) and error.filename else str(error)


def _wrong_uses() -> tuple[type[Exception], ...]:
    """What a person can put right in what was asked; the rooms are imported only once something went wrong."""
    from tui.export.formats import UnknownFormat
    from tui.project.kinds import BadValue
    from tui.store.refusals import NoDocument

    return Wrong, SettingsError, UnknownFormat, BadValue, NoDocument


def _failures() -> tuple[type[Exception], ...]:
    """What could not be read or written."""
    from tui.export.rendered import CannotExport
    from tui.guide.types import GuideError
    from tui.store.errors import StoreError

    return StoreError, GuideError, CannotExport, OSError


def _settings(argv: Sequence[str]) -> tuple[Settings, SettingsError | None]:
    """The person's settings, whose language counts from here on; the defaults and the error when they are wrong."""
    try:
        settings = load_settings(*settings_files(os.environ))
    except SettingsError as error:
        return Settings(), error
    if not asked_language(argv) and (lang := language_of(settings.lang)):
        words.use(lang)
    return settings, None


def _prepare_streams() -> None:
    """Whatever the locale, what we print is UTF-8, and what cannot be is escaped; a closed stream is an empty one."""
    sys.stdin = sys.stdin or _nothing("r")
    sys.stdout = sys.stdout or _nothing("w")
    sys.stderr = sys.stderr or _nothing("w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _nothing(mode: Literal["r", "w"]) -> TextIO:
    """A stream that holds nothing and keeps nothing."""
    return open(os.devnull, mode, encoding="utf-8")


def _finished(code: int) -> int:
    """The exit code once all that was printed is out; what cannot go out is told once, and never by the interpreter."""
    try:
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError) and code != FAILED:
            warn(str(error))
            code = FAILED
        # so that the interpreter's own last flush goes nowhere (library reference, "Note on SIGPIPE")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
