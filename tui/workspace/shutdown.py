"""What ends the program from outside, and what is saved or rescued before it does."""

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
from tui.workspace.cell_labels import value_words, where
from tui.workspace.hangup import HANGUP_CODE, is_closed
from tui.workspace.workspace import Workspace, current_moment

LAST_RESORT = Path("/tmp")


def rescue(workspace: Workspace, environ: Mapping[str, str]) -> Path | None:
    """Write the unsaved changes to a new file that only this account can read; its path, None when no place takes it.

    Tries the folder of state files (XDG Base Directory Specification), then $TMPDIR, then /tmp.
    """
    data = text_of(workspace).encode("utf-8", errors="backslashreplace")
    name = f"entente-{workspace.partnership.id}-{current_moment()[:19].replace(':', '')}-{os.getpid()}.txt"
    for folder in _places(environ):
        try:
            if folder.name == "unsaved":
                make_private_dir(folder)
            write_atomic(folder / name, data)
        except (OSError, StoreError):
            continue
        return folder / name
    return None


def rescued(partnership_id: str, environ: Mapping[str, str]) -> list[Path]:
    """Return the files that unsaved changes of a partnership were written to before, and that are still there."""
    found = [path for folder in _places(environ) for path in folder.glob(f"entente-{partnership_id}-*.txt")]
    return sorted(dict.fromkeys(found))


def _places(environ: Mapping[str, str]) -> Iterator[Path]:
    if environ.get("XDG_STATE_HOME", "").startswith("/") or environ.get("HOME"):
        yield own_folder(environ, "XDG_STATE_HOME") / "unsaved"
    if environ.get("TMPDIR", "").startswith("/"):
        yield Path(environ["TMPDIR"])
    yield LAST_RESORT


def text_of(workspace: Workspace) -> str:
    """Return the unsaved changes: for each its question, whose it is, its field, and the whole text."""
    lines = [
        _("What could not be saved in “{title}” ({id}):").format(title=workspace.title, id=workspace.partnership.id),
        "",
    ]
    for change in workspace.edits.at_risk_changes:
        if change.cell != ORDER:
            lines += [
                f"## {where(workspace, change.question, change.part, change.cell, change.subject)}",
                _told(workspace, change),
            ]
    return "\n".join(lines) + "\n"


def _told(workspace: Workspace, change: Change) -> str:
    said = value_words(workspace, change.question, change.part, change.cell, change.value)
    return (said or _("(emptied)")) + "\n"


_END_SIGNALS: Final = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
_END_SECONDS: Final = 2.0  # seconds that an orderly end may take
_CHECK_SECONDS: Final = 1.0  # seconds between two looks at the terminal
# Keyboard protocol, paste, mouse, focus and wrapping as they were; back from the other screen; the cursor shown.
_TERMINAL_RESET: Final = (
    b"\x1b[<u\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[?7h\x1b[?1049l\x1b[?25h"
)

Handler = Callable[[int, FrameType | None], Any]


@dataclass(frozen=True, slots=True)
class Duties:
    """What the app does at each end; only `in_loop` may be called outside of the event loop.

    Where a store refuses a save, none of them raises anything.
    """

    in_loop: Callable[[Callable[[], None]], bool]  # have the event loop call this soon; False where there is none
    save: Callable[[], None]  # all that is pending, here and now
    put_away: Callable[[], None]  # the same, and what cannot be saved goes to another file
    when_calm: Callable[[Callable[[], None]], None]  # save, and call this once the keys on their way are read and saved
    leave: Callable[[int], None]  # end the event loop with this exit code
    redraw: Callable[[], None]  # draw the screen anew: another program may have written on it


class Signals:
    """From `install` to `uninstall`: SIGHUP saves and ends soon; SIGTERM and SIGINT save and end in good order.

    A thread of its own looks every second: a terminal that is gone counts as a hang-up even when no signal came, and an
    end that takes longer than two seconds is made short. `number` is that of the signal that came first, 0 for none.
    """

    def __init__(self, duties: Duties) -> None:
        self._duties = duties
        self.number = 0
        self._before: dict[int, Any] = {}
        self._terminal = sys.__stdin__.fileno() if sys.__stdin__ is not None else -1
        self._modes = _modes_of(self._terminal)
        self._wake, self._tell = os.pipe()
        self._thread = threading.Thread(target=self._watch, name="signals", daemon=True)

    @property
    def terminal_is_there(self) -> bool:
        """Whether the terminal can still be reached."""
        return _modes_of(self._terminal) is not None

    def install(self) -> None:
        """Take the signals; called in the main thread, before the screen is taken."""
        for number in _END_SIGNALS:
            self._take(number, self._told)
        self._thread.start()

    def before_stopping(self) -> None:
        """Save before the program is stopped (SIGTSTP) as well; called in the loop, after the screen took its signals.

        A terminal that goes away sends SIGCONT too (`__tty_hangup` of Linux). The screen's own handler would take the
        terminal again, also at the very end, by a thread that reads from nothing for ever.
        """
        stops, goes_on = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
        stopped = False

        def stop_now() -> None:
            nonlocal stopped
            self._duties.save()
            stopped = True
            if callable(stops):
                stops(signal.SIGTSTP, None)

        def stop(number: int, frame: FrameType | None) -> None:
            self._duties.in_loop(stop_now)

        def go_on(number: int, frame: FrameType | None) -> None:
            nonlocal stopped
            was, stopped = stopped, False
            if not self.terminal_is_there:
                return
            if was and callable(goes_on):
                goes_on(number, frame)
            else:
                self._duties.redraw()

        self._take(signal.SIGTSTP, stop)
        self._take(signal.SIGCONT, go_on)
        if self.number:  # it came before there was a loop to do anything about it
            self._end(self.number)

    def uninstall(self) -> None:
        """Give the signals back, but for those that would take the terminal again, and end the thread."""
        for number, handler in self._before.items():
            signal.signal(number, handler if number in _END_SIGNALS else signal.SIG_DFL)
        os.close(self._tell)  # after the signals: what a handler wrote to a closed one might go to another file
        self._thread.join(_END_SECONDS)
        os.close(self._wake)

    def _take(self, number: int, handler: Handler) -> None:
        before = signal.signal(number, handler)
        self._before[number] = signal.SIG_DFL if before is None else before

    def _told(self, number: int, frame: FrameType | None) -> None:
        self.number = self.number or number
        with suppress(OSError):  # the end has begun already
            os.write(self._tell, bytes([128 + number]))
        self._duties.in_loop(partial(self._end, number))  # without a loop whoever runs the app asks for `number`

    def _end(self, number: int) -> None:
        gone, leave = self._gone, partial(self._duties.leave, 128 + number)
        self._duties.when_calm(gone if number == signal.SIGHUP else leave)

    def _gone(self) -> None:
        try:
            self._duties.put_away()
        finally:
            restore(self._terminal, self._modes)  # where it is still there: the signal may have come from anywhere
            os._exit(HANGUP_CODE)

    def _watch(self) -> None:
        main = threading.main_thread().ident
        while not select.select([self._wake], [], [], _CHECK_SECONDS)[0]:
            if is_closed(self._terminal):
                signal.pthread_kill(main or 0, signal.SIGHUP)
        told = os.read(self._wake, 1)
        if told:
            deadline = time.monotonic() + _END_SECONDS
            while (left := deadline - time.monotonic()) > 0:
                if select.select([self._wake], [], [], left)[0] and not os.read(self._wake, 1):
                    return  # uninstalled: the end was in good order
            restore(self._terminal, self._modes)
            os._exit(told[0])


def _modes_of(terminal: int) -> list[Any] | None:
    """Return the modes of a terminal; None when it is none, or none any more."""
    try:
        return termios.tcgetattr(terminal)
    except (termios.error, ValueError):
        return None


def restore(terminal: int, modes: list[Any] | None) -> None:
    """Give the terminal back without waiting for it: what it has not read yet is dropped."""
    if modes is None:
        return
    with suppress(termios.error, OSError):
        termios.tcsetattr(terminal, termios.TCSANOW, modes)
        termios.tcflush(terminal, termios.TCOFLUSH)
    with suppress(OSError):  # a file of its own: not waiting must not become the habit of whoever shares ours
        own = os.open(os.ttyname(terminal), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        os.write(own, _TERMINAL_RESET)
        os.close(own)
