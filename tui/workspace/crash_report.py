"""An unforeseen error told in one sentence with its place in the program, never with anybody's text."""

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


def in_words(error: BaseException) -> str:
    """What happened and where in the program; nothing of what the error itself says, which may be anybody's text.

    Who repairs the program sets ENTENTE_TRACEBACK: all of it is then kept in a file, whose path is told.
    """
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "?"
    text = _("Entente met an error of its own and stopped ({kind}, {place}). What was saved is safe.")
    said = text.format(kind=type(error).__name__, place=place)
    kept = _keep_traceback(error) if os.environ.get("ENTENTE_TRACEBACK") else None
    if kept is None:
        return said
    return escape_controls(said + " " + _("The traceback is in {path}.").format(path=kept), multiline=False)


def _keep_traceback(error: BaseException) -> Path | None:
    """Write the whole traceback to a file that this account alone can read; its path, None where it cannot be written.

    It may hold anybody's text, so it goes neither to the terminal nor to whatever file that was sent to.
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


def hook() -> None:
    """From here on no error prints a traceback: not that of the program, nor of its threads, nor of a clean-up."""
    sys.excepthook = _ended
    threading.excepthook = _thread_ended
    sys.unraisablehook = _unraisable


def _say(error: BaseException) -> None:
    if not terminal_closed():  # what fails because the line has closed is no error of the program's
        with suppress(OSError):
            print_line("entente" + _(": ") + in_words(error), error=True)


def _ended(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    # An excepthook cannot choose the exit code otherwise.
    for cause in (error, error.__cause__):  # Python 3.11 wraps what is raised while a class is being made
        if isinstance(cause, KeyboardInterrupt):
            os._exit(exit_code_of(cause))
    if terminal_closed():
        os._exit(HANGUP_CODE)
    _say(error)
    os._exit(FAILED)


def _thread_ended(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _say(args.exc_value)


def _unraisable(args: UnraisableHookArgs) -> None:
    if isinstance(args.exc_value, KeyboardInterrupt):
        os._exit(exit_code_of(args.exc_value))  # it arrived in a clean-up, where nobody would hear of it
    if args.exc_value is not None:
        _say(args.exc_value)
