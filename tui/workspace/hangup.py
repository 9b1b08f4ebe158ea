"""How the program ends by a signal or a closed terminal; its exit code is then 128 plus the signal, as in shells."""

from __future__ import annotations

import errno
import os
import signal
import sys
import termios
from collections.abc import Callable
from types import FrameType
from typing import Final, TextIO

HANGUP_CODE: Final = 128 + signal.SIGHUP  # the exit code of a closed terminal (contracts.md, « Commands »)
_STANDARD_HANDLES: Final = (0, 1, 2)
# What a terminal answers whose other side has closed: EIO on Linux (`hung_up_tty_ioctl`), ENXIO on macOS.
_CLOSED_ERRNOS: Final = (errno.EIO, errno.ENXIO)


class Interrupted(KeyboardInterrupt):
    """SIGHUP or SIGTERM arrived. It may be raised anywhere; code that cleans up after Ctrl+C does so after it too."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def is_closed(handle: int) -> bool:
    """Return whether the file descriptor `handle` is a terminal whose other side has closed."""
    try:
        termios.tcgetattr(handle)
    except termios.error as error:
        return error.args[0] in _CLOSED_ERRNOS
    return False


def terminal_closed() -> bool:
    """Return True if standard input, output or error is a terminal that has closed."""
    return any(map(is_closed, _STANDARD_HANDLES))


def is_hangup(error: BaseException) -> bool:
    """Return True if `error` comes from reading or writing a terminal that has closed."""
    return isinstance(error, OSError) and error.errno in _CLOSED_ERRNOS and terminal_closed()


def refuse_cut_input() -> None:
    """Raise the OSError of a closed terminal where standard input is one: its end of input is not the end of a file."""
    if is_closed(0):
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def exit_code_of(error: KeyboardInterrupt) -> int:
    """Return 128 plus the number of the signal that `error` stands for: 129, 130 or 143."""
    return 128 + getattr(error, "number", signal.SIGINT)


def guard_process(run: Callable[[], int]) -> int:
    """Run the whole program and return the exit code of `run`, or 128 plus the signal that ended it.

    While `run` runs, SIGHUP and SIGTERM raise `Interrupted` in the main thread, unless the program was started with
    them ignored (nohup). After it a closed terminal no longer matters.
    """
    try:
        for number in (signal.SIGHUP, signal.SIGTERM):
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, _interrupt)
        code = run()
        _release_signals()
    except KeyboardInterrupt as error:
        _release_signals()
        code = exit_code_of(error)
        for stream in (sys.stdout, sys.stderr):
            drop_output(stream)
    return code


def drop_output(stream: TextIO | None) -> None:
    """Discard what is written to `stream` from now on, and what waits in its buffer.

    Otherwise the interpreter's last flush would wait for a terminal that has stopped reading, or fail on a closed one
    and end the process with code 120 (library reference, "Note on SIGPIPE").
    """
    if stream is None or stream.closed:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _interrupt(number: int, frame: FrameType | None) -> None:
    # A closing terminal sends SIGHUP twice, from kernel and shell; a second SIGTERM shall end a clean-up that hangs.
    signal.signal(number, signal.SIG_IGN if number == signal.SIGHUP else signal.SIG_DFL)
    raise Interrupted(number)


def _release_signals() -> None:
    """Let signals end the process at once: from here on only the interpreter's own end is under way."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
