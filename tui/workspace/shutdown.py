"""Handles the signals that end or stop the program: what is pending is saved, or written to a file, before that."""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, Final

from tui.atomic_files import make_private_dir, write_atomic
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.partnership.values import ORDER, Change
from tui.resources import own_folder
from tui.store.store_errors import StoreError
from tui.workspace.cell_labels import cell_place, value_words
from tui.workspace.hangup import HANGUP_CODE, is_closed
from tui.workspace.workspace import Workspace, current_moment

LAST_RESORT = Path("/tmp")  # the folder of rescued changes where no other folder takes them
_UNSAVED_FOLDER = "unsaved"  # its name in the folder of state files
_END_SIGNALS: Final = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
_SIGNAL_CODES: Final = 128  # with the number of a signal added: the exit code of a program that it ended
_END_SECONDS: Final = 2.0  # that an orderly end may take
_CHECK_SECONDS: Final = 1.0  # between two checks of the terminal
# Resets keyboard protocol, paste, mouse, focus and wrapping, leaves the alternate screen, and shows the cursor.
_TERMINAL_RESET: Final = (
    b"\x1b[<u\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[?7h\x1b[?1049l\x1b[?25h"
)

Handler = Callable[[int, FrameType | None], Any]


def rescue(workspace: Workspace, environ: Mapping[str, str]) -> Path | None:
    """Write the unsaved changes to a new file that only this account can read.

    Its folder is the one of state files (XDG Base Directory Specification), else $TMPDIR, else /tmp; a variable that is
    not set or holds no absolute path is skipped. Return the path of the file, None when no folder takes it.
    """
    data = text_of(workspace).encode("utf-8", errors="backslashreplace")
    file_name = f"entente-{workspace.partnership.id}-{current_moment()[:19].replace(':', '')}-{os.getpid()}.txt"
    for folder in _rescue_folders(environ):
        try:
            if folder.name == _UNSAVED_FOLDER:
                make_private_dir(folder)
            write_atomic(folder / file_name, data)
        except (OSError, StoreError):
            continue
        return folder / file_name
    return None


def rescued(partnership_id: str, environ: Mapping[str, str]) -> list[Path]:
    """Return the files that `rescue` wrote for a partnership in any of its folders and that are still there, sorted."""
    paths = [path for folder in _rescue_folders(environ) for path in folder.glob(f"entente-{partnership_id}-*.txt")]
    return sorted(dict.fromkeys(paths))


def _rescue_folders(environ: Mapping[str, str]) -> Iterator[Path]:
    """Yield the folders that `rescue` tries, in its order; they need not exist."""
    if environ.get("XDG_STATE_HOME", "").startswith("/") or environ.get("HOME"):
        yield own_folder(environ, "XDG_STATE_HOME") / _UNSAVED_FOLDER
    if environ.get("TMPDIR", "").startswith("/"):
        yield Path(environ["TMPDIR"])
    yield LAST_RESORT


def text_of(workspace: Workspace) -> str:
    """Return the unsaved changes as text: for each cell its question, partner and field, then its last value in words.

    The order of rows is left out.
    """
    lines = [
        _("What could not be saved in “{title}” ({id}):").format(title=workspace.title, id=workspace.partnership.id),
        "",
    ]
    for change in workspace.edits.at_risk_changes:
        if change.cell != ORDER:
            lines += [
                f"## {cell_place(workspace, change.question, change.part, change.cell, change.subject)}",
                _unsaved_value(workspace, change),
            ]
    return "\n".join(lines) + "\n"


def _unsaved_value(workspace: Workspace, change: Change) -> str:
    """Return the value that a change sets, in words."""
    words = value_words(workspace, change.question, change.part, change.cell, change.value)
    return (words or _("(emptied)")) + "\n"


@dataclass(frozen=True, slots=True)
class Duties:
    """The functions of the app that its end and its stop need; only `in_loop` may be called outside the event loop.

    None of them raises StoreError.
    """

    in_loop: Callable[[Callable[[], None]], bool]  # has the event loop call a function soon; False where no loop runs
    save: Callable[[], None]  # saves all that is pending, in this thread, before it returns
    put_away: Callable[[], None]  # closes the partnership: saves it, and writes what cannot be saved to another file
    when_calm: Callable[[Callable[[], None]], None]  # saves, and calls a function once the keys read later are saved
    leave: Callable[[int], None]  # ends the event loop with an exit code
    redraw: Callable[[], None]  # draws the screen again: another program may have written on it


class Signals:
    """The handlers of signals from `install` to `uninstall`.

    SIGHUP saves, or rescues to a file, and ends the process at once; SIGTERM and SIGINT save and let the app end in
    good order. From `take_stop_signals` on, SIGTSTP saves before the program stops.

    A thread looks at the terminal every second; one that is gone counts as a SIGHUP. Two seconds after a signal of the
    end the thread ends the process, whatever is still under way. `number` is the first such signal, 0 for none.
    """

    def __init__(self, duties: Duties) -> None:
        self._duties = duties
        self.number = 0
        self._earlier_handlers: dict[int, Any] = {}
        self._terminal = sys.__stdin__.fileno() if sys.__stdin__ is not None else -1
        self._modes = _modes_of(self._terminal)
        # A signal writes its exit code into this pipe, which wakes the thread; `uninstall` closes it.
        self._pipe_out, self._pipe_in = os.pipe()
        self._thread = threading.Thread(target=self._watch, name="signals", daemon=True)

    @property
    def terminal_is_there(self) -> bool:
        """Whether standard input is a terminal, and one that can still be reached."""
        return _modes_of(self._terminal) is not None

    def install(self) -> None:
        """Take the signals that end the program; called in the main thread, before the screen takes the terminal."""
        for number in _END_SIGNALS:
            self._take(number, self._on_end_signal)
        self._thread.start()

    def take_stop_signals(self) -> None:
        """Take SIGTSTP and SIGCONT: save before the program is stopped, draw the screen when it goes on.

        Called in the event loop, after Textual has set its own handlers for them, which ours call. A signal of the end
        that came before there was a loop is acted on here.

        A terminal that goes away sends SIGCONT too (`__tty_hangup` of Linux), without a stop before it. Textual's
        handler is not called then: it would start a thread that reads for ever from a terminal that is gone.
        """
        screen_stop, screen_go_on = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
        is_stopped = False

        def stop_now() -> None:
            nonlocal is_stopped
            self._duties.save()
            is_stopped = True
            if callable(screen_stop):
                screen_stop(signal.SIGTSTP, None)

        def stop(number: int, frame: FrameType | None) -> None:
            self._duties.in_loop(stop_now)

        def go_on(number: int, frame: FrameType | None) -> None:
            nonlocal is_stopped
            was_stopped, is_stopped = is_stopped, False
            if not self.terminal_is_there:
                return
            if was_stopped and callable(screen_go_on):
                screen_go_on(number, frame)
            else:
                self._duties.redraw()

        self._take(signal.SIGTSTP, stop)
        self._take(signal.SIGCONT, go_on)
        if self.number:  # a signal came before there was a loop to end
            self._end(self.number)

    def uninstall(self) -> None:
        """Give the signals of the end their earlier handlers back, and end the thread.

        SIGTSTP and SIGCONT get the system's default: Textual's handlers would take the terminal again.
        """
        for number, handler in self._earlier_handlers.items():
            signal.signal(number, handler if number in _END_SIGNALS else signal.SIG_DFL)
        os.close(self._pipe_in)  # after the signals: a handler might write to another file that got the same number
        self._thread.join(_END_SECONDS)
        os.close(self._pipe_out)

    def _take(self, number: int, handler: Handler) -> None:
        """Set the handler of a signal and remember the earlier one."""
        earlier = signal.signal(number, handler)
        # None: the handler was not set by Python, and `signal.signal` could not give it back.
        self._earlier_handlers[number] = signal.SIG_DFL if earlier is None else earlier

    def _on_end_signal(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal of the end: wake the thread, and let the loop save and end; without one, see `number`."""
        self.number = self.number or number
        with suppress(OSError):  # `uninstall` has closed the pipe: the end has begun already
            os.write(self._pipe_in, bytes([_SIGNAL_CODES + number]))
        self._duties.in_loop(partial(self._end, number))

    def _end(self, number: int) -> None:
        """Save, then end as the signal asks for it; called in the event loop."""
        leave = partial(self._duties.leave, _SIGNAL_CODES + number)
        self._duties.when_calm(self._end_after_hangup if number == signal.SIGHUP else leave)

    def _end_after_hangup(self) -> None:
        """Save or rescue what is pending and end the process at once: nobody is left to see the app end."""
        try:
            self._duties.put_away()
        finally:
            restore(self._terminal, self._modes)  # it may still be there: another program can send the signal too
            os._exit(HANGUP_CODE)

    def _watch(self) -> None:
        """Check the terminal until a signal or `uninstall` wakes the thread; then give the end its two seconds."""
        main = threading.main_thread().ident or 0  # never 0: the main thread runs, so it has an id
        while not select.select([self._pipe_out], [], [], _CHECK_SECONDS)[0]:
            if is_closed(self._terminal):
                signal.pthread_kill(main, signal.SIGHUP)
        exit_code = os.read(self._pipe_out, 1)  # one byte; none when `uninstall` has closed the pipe
        if exit_code:
            deadline = time.monotonic() + _END_SECONDS
            while (seconds_left := deadline - time.monotonic()) > 0:
                if select.select([self._pipe_out], [], [], seconds_left)[0] and not os.read(self._pipe_out, 1):
                    return  # uninstalled: the end was in good order
            restore(self._terminal, self._modes)
            os._exit(exit_code[0])


def _modes_of(terminal: int) -> list[Any] | None:
    """Return the modes (termios) of the terminal behind a file descriptor; None where there is no terminal now."""
    try:
        return termios.tcgetattr(terminal)
    except (termios.error, ValueError):
        return None


def restore(terminal: int, modes: list[Any] | None) -> None:
    """Put the terminal back into `modes`, without waiting: output that it has not read yet is dropped.

    None for `modes` means that there was no terminal, and does nothing. Raises nothing where the terminal is gone.
    """
    if modes is None:
        return
    with suppress(termios.error, OSError):
        termios.tcsetattr(terminal, termios.TCSANOW, modes)
        termios.tcflush(terminal, termios.TCOFLUSH)
    # The terminal is opened again, since O_NONBLOCK on our descriptor would hold for all programs that share it.
    with suppress(OSError):
        descriptor = os.open(os.ttyname(terminal), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        os.write(descriptor, _TERMINAL_RESET)
        os.close(descriptor)
