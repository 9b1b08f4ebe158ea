"""Reports an unforeseen error in one sentence with its place in the program, and without anything a person wrote."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from tui.console import print_line
from tui.i18n import _
from tui.text.clean import escape_controls
from tui.workspace.hangup import HANGUP_CODE, exit_code_of, terminal_closed

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

FAILED = 3  # the exit code (contracts.md, « Commands »)


def crash_sentence(error: BaseException) -> str:
    """Return a sentence with the type of an error and its place in the program; not its message, which may quote texts.

    With ENTENTE_TRACEBACK set, for those who repair the program, the whole traceback is kept in a file and the sentence
    has its path.
    """
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "?"
    sentence = _("Entente met an error of its own and stopped ({kind}, {place}). What was saved is safe.").format(
        kind=type(error).__name__, place=place
    )
    path = _keep_traceback(error) if os.environ.get("ENTENTE_TRACEBACK") else None
    if path is None:
        return sentence
    return escape_controls(sentence + " " + _("The traceback is in {path}.").format(path=path), multiline=False)


def _keep_traceback(error: BaseException) -> Path | None:
    """Write the whole traceback to a file that only this account can read; return its path, None if that fails.

    It is not printed, since it may quote texts of people.
    """
    from traceback import format_exception

    from tui.atomic_files import make_private_dir, write_atomic
    from tui.resources import own_folder

    try:
        path = own_folder(os.environ, "XDG_STATE_HOME") / "traceback.txt"
        make_private_dir(path.parent)
        write_atomic(path, "".join(format_exception(error)).encode("utf-8", "backslashreplace"))
    except (OSError, RuntimeError):  # RuntimeError: there is no home
        return None
    return path


def install_hooks() -> None:
    """Report every unforeseen error by `crash_sentence`: of the program, its threads, and clean-ups (`__del__`)."""
    sys.excepthook = _end_with_report
    threading.excepthook = _report_of_thread
    sys.unraisablehook = _report_of_clean_up


def _print_error(error: BaseException) -> None:
    if not terminal_closed():  # an error caused by a closed terminal is no error of the program
        with suppress(OSError):
            print_line("entente" + _(": ") + crash_sentence(error), error=True)


def _end_with_report(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """Report an error that reached the end of the program, and end with the exit code that it asks for."""
    # `os._exit` is the only way in which an excepthook can choose the exit code.
    for cause in (error, error.__cause__):  # Python 3.11 wraps what is raised while a class is being made
        if isinstance(cause, KeyboardInterrupt):
            os._exit(exit_code_of(cause))
    if terminal_closed():
        os._exit(HANGUP_CODE)
    _print_error(error)
    os._exit(FAILED)


def _report_of_thread(args: threading.ExceptHookArgs) -> None:
    """Report an error that ended a thread; the program goes on."""
    if args.exc_value is not None:
        _print_error(args.exc_value)


def _report_of_clean_up(args: UnraisableHookArgs) -> None:
    """Report an error in a clean-up (`__del__`), which Python cannot raise."""
    if isinstance(args.exc_value, KeyboardInterrupt):
        os._exit(exit_code_of(args.exc_value))  # the signal arrived in a clean-up, where it would be ignored
    if args.exc_value is not None:
        _print_error(args.exc_value)
