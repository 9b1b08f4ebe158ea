"""However the program is ended from outside, what was typed is there at the next start, the terminal in good order."""

from __future__ import annotations

import signal
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.terminal import LEFT_SCREEN, Terminal
from tui.store import Store

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

TYPED = "hôte du kiosque"


def only(store: Store) -> str:
    """The id of the one partnership."""
    return store.list()[0].id


def kept(store: Store) -> str:
    """All that is in the store, as a new start sees it."""
    partnership = Store(store.root).load(only(store))
    return " ".join(str(cell.value) for entry in partnership.entries.values() for cell in entry.cells.values())


@pytest.fixture
def terminal(store: Store) -> Iterator[Terminal]:
    """The program, open on the partnership, with a text typed that is on the screen."""
    with Terminal(only(store)) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.type(TYPED)
        terminal.wait_for(TYPED.split()[-1])
        yield terminal


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)], ids=["term", "int", "hup"]
)
def test_a_signal_saves_and_leaves_the_terminal_as_it_was(
    terminal: Terminal, store: Store, number: int, code: int
) -> None:
    terminal.send(number)
    assert terminal.ended() == code
    assert TYPED in kept(store)
    assert LEFT_SCREEN in terminal.shown
    assert termios.tcgetattr(terminal.master)[3] == terminal.modes[3]
    assert b"Traceback" not in terminal.shown


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["term", "hup"])
@pytest.mark.parametrize("pause", [0.0, 1.3], ids=["at once", "after the paste was taken"])  # seconds
def test_a_signal_acts_while_a_paste_never_ends(
    terminal: Terminal, store: Store, number: int, code: int, pause: float
) -> None:
    terminal.send_bytes(b"\x1b[200~ et sa remise")
    time.sleep(pause)
    terminal.send(number)
    assert terminal.ended() == code
    assert TYPED in kept(store)
    assert pause == 0 or TYPED + " et sa remise" in kept(store)


def test_a_line_that_hangs_up_loses_no_letter(terminal: Terminal, store: Store) -> None:
    terminal.type(" et de la suite")
    terminal.wait_for("suite")
    terminal.hang_up()
    assert terminal.ended() == 129
    assert TYPED + " et de la suite" in kept(store)


def test_a_terminal_that_goes_without_a_signal_leaves_no_orphan(store: Store) -> None:
    with Terminal(only(store), controlling=False) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.type(TYPED)
        terminal.wait_for(TYPED.split()[-1])
        terminal.hang_up()
        assert terminal.ended() == 129
        assert TYPED in kept(store)


GONE_AT_THE_END = """
from textual.drivers.linux_driver import LinuxDriver
from tui.workspace.shutdown import Signals
def gone(driver):
    raise OSError(5, "Input/output error")
LinuxDriver.stop_application_mode = LinuxDriver.disable_input = gone
Signals.terminal_is_there = property(lambda signals: {there})
"""


@pytest.mark.parametrize(("there", "code"), [(False, 129), (True, 3)], ids=["gone", "there"])
def test_a_terminal_that_goes_while_the_program_ends_leaves_no_orphan(
    store: Store, tmp_path: Path, there: bool, code: int
) -> None:
    (tmp_path / "sitecustomize.py").write_text(GONE_AT_THE_END.format(there=there), encoding="utf-8")
    with Terminal(only(store), environ={"PYTHONPATH": str(tmp_path)}) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.type(TYPED)
        terminal.wait_for(TYPED.split()[-1])
        terminal.type("\x1b[24~")
        assert terminal.ended() == code
        assert TYPED in kept(store)


@pytest.mark.parametrize("late", [0.0, 0.01, 0.03, 0.1])
def test_a_line_that_closes_while_one_quits_leaves_no_orphan(
    terminal: Terminal, store: Store, _own_home: Path, late: float
) -> None:
    terminal.type("\x11")
    terminal.until(lambda: LEFT_SCREEN in terminal.shown)
    time.sleep(late)
    terminal.hang_up()
    assert terminal.ended() in (0, 129), "it had quit, or the line closed before"
    assert TYPED in kept(store)
    assert list(_own_home.glob("state/entente/unsaved/*")) == [], "all was saved: nothing is said not to be"


def test_going_on_after_no_stop_starts_nothing_twice(terminal: Terminal, store: Store) -> None:
    terminal.send(signal.SIGCONT)
    terminal.send(signal.SIGCONT)
    terminal.type("\x11")
    assert terminal.ended() == 0
    assert TYPED in kept(store)


def test_a_kill_loses_only_what_nobody_saw(terminal: Terminal, store: Store) -> None:
    terminal.send(signal.SIGKILL)
    assert terminal.ended() == -signal.SIGKILL
    assert TYPED in kept(store)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["term", "hup"])
def test_a_terminal_that_stopped_reading_holds_nothing_back(store: Store, number: int, code: int) -> None:
    with Terminal(only(store)) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.type(TYPED)
        terminal.wait_for(TYPED.split()[-1])
        fill(terminal)
        terminal.send(number)
        assert terminal.process.wait(60) == code
        assert TYPED in kept(store)


def fill(terminal: Terminal) -> None:
    """Have the whole screen drawn again and again and read none of it, until no more of it fits into the line."""
    waiting, same = 0, 0
    while same < 10:
        terminal.type("\x0c" * 20)
        time.sleep(0.1)
        before, waiting = waiting, terminal.unread
        same = same + 1 if waiting == before and waiting > 4000 else 0


def test_stopping_saves_first(terminal: Terminal, store: Store) -> None:
    terminal.send(signal.SIGTSTP)
    assert terminal.stopped()
    partnership = Store(store.root).load(only(store))
    assert any(cell.value == TYPED for entry in partnership.entries.values() for cell in entry.cells.values())
    terminal.resume()
    terminal.type(" encore")
    terminal.wait_for("encore")
    terminal.send(signal.SIGTERM)
    assert terminal.ended() == 143
    assert TYPED + " encore" in kept(store)
