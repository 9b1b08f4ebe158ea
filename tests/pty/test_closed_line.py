"""A line that closes ends every command with 129 and not a word, whenever it closes; what was typed is kept."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.pty.terminal import PATIENCE, Terminal
from tests.waiting import wait_asleep
from tests.warm_start import PROGRAM
from tui.store import Store

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

CLOSED = 129
controlling = pytest.mark.parametrize("controlling", [True, False], ids=["signal", "no signal"])

# A disk that says when a save has begun, and does none before the line has closed.
SLOW_SAVES = """
import pathlib, time
import tui.store.partnership_store as partnerships
begun, closed = pathlib.Path({begun!r}), pathlib.Path({closed!r})
def slow(save):
    def saved(store, *arguments, **named):
        begun.touch()
        while not closed.exists():
            time.sleep(0.01)
        time.sleep(0.2)
        return save(store, *arguments, **named)
    return saved
for name in ("save", "save_with"):
    setattr(partnerships.Store, name, slow(getattr(partnerships.Store, name)))
"""


def only(store: Store) -> str:
    """The id of the one partnership."""
    return store.list()[0].id


def kept(store: Store) -> str:
    """All that is in the store, as a new start sees it."""
    partnership = Store(store.root).load(only(store))
    return " ".join(str(cell.value) for entry in partnership.entries.values() for cell in entry.cells.values())


def as_shells_count(code: int) -> int:
    """The exit code a shell tells: 128 and the signal for what a signal ended before Python could take it."""
    return 128 - code if code < 0 else code


def not_saved_files(home: Path) -> list[Path]:
    """The files for what could not be saved: a program that only lost its line writes none."""
    return list(home.glob("state/entente/unsaved/*"))


@pytest.fixture
def errors(tmp_path: Path) -> Path:
    """The file that takes a program's standard error."""
    return tmp_path / "errors"


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A folder for PYTHONPATH that makes saves slow: `begun` is in it once one has begun, `closed` lets them go on."""
    program = SLOW_SAVES.format(begun=str(tmp_path / "begun"), closed=str(tmp_path / "closed"))
    (tmp_path / "sitecustomize.py").write_text(program, encoding="utf-8")
    return tmp_path


def wait_until(done: Callable[[], object]) -> None:
    """Wait without reading anything of the terminal."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@controlling
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", [["schema"], ["plain", "{}"], ["answer", "{}"], ["import", "-"]])
def test_a_command_that_waits_for_the_line_ends_with_it(
    store: Store, errors: Path, words: list[str], controlling: bool, unbuffered: str
) -> None:
    words, environ = [word.format(only(store)) for word in words], {"PYTHONUNBUFFERED": unbuffered}
    with Terminal(
        *words, controlling=controlling, environ=environ, errors=errors, from_nothing=controlling
    ) as terminal:
        typed = {"answer": "{}\n", "import": "{\n"}.get(words[0], "")
        terminal.type(typed)
        wait_until(lambda: terminal.unread > (20 if words[0] != "import" else 0))
        # By then more is written than the line holds without a reader, or a line is awaited that never comes.
        wait_asleep(terminal.process.pid)
        terminal.hang_up()
        code = terminal.ended()
        assert (as_shells_count(code) if words[0] == "import" else code) == CLOSED
    assert errors.read_bytes() == b""


@controlling
@pytest.mark.parametrize("late", [0.0, 0.1, 0.3])
@pytest.mark.parametrize("words", [[], ["plain"], ["show"], ["doctor"]])
def test_a_line_that_closes_at_the_start(store: Store, words: list[str], late: float, controlling: bool) -> None:
    asked = [] if words == ["doctor"] else [only(store)]
    with Terminal(*words, *asked, controlling=controlling, from_nothing=controlling) as terminal:
        time.sleep(late)
        terminal.hang_up()
        # What is short may have said all it had to say before the line closed.
        may_be_over = words in (["show"], ["doctor"]) and late > 0
        assert as_shells_count(terminal.ended()) in ((0, CLOSED) if may_be_over else (CLOSED,))


@controlling
@pytest.mark.parametrize("way", ["the app", "the app is left", "line by line", "answers"])
def test_a_line_that_closes_during_a_save(
    store: Store, _own_home: Path, slow: Path, way: str, controlling: bool
) -> None:
    words = {"line by line": ["plain"], "answers": ["answer"]}.get(way, [])
    with Terminal(*words, only(store), controlling=controlling, environ={"PYTHONPATH": str(slow)}) as terminal:
        if way == "answers":
            terminal.type('{"question": "gather.vision", "value": {"vision": "une vision"}}\n')
        elif way == "line by line":
            terminal.wait_for("Organismes (au moins)")
            terminal.type("/aller 9\nune vision\n\n")
        else:
            terminal.wait_for("Vous écrivez")
            terminal.type("une vision" + ("\x11" if way == "the app is left" else ""))
        terminal.until((slow / "begun").exists)
        assert (slow / "begun").exists()
        terminal.hang_up()
        (slow / "closed").touch()
        assert terminal.ended() == CLOSED
    if way != "answers" or not controlling:  # its answer never went out, so nobody was promised anything
        assert "une vision" in kept(store)
    assert not_saved_files(_own_home) == []


@controlling
def test_a_line_that_closes_on_a_long_text_keeps_the_lines_typed(store: Store, controlling: bool) -> None:
    with Terminal("plain", only(store), controlling=controlling) as terminal:
        terminal.wait_for("Organismes (au moins)")
        terminal.type("/aller 9\n")
        terminal.wait_for("vision")
        terminal.type("une ligne\n")
        terminal.wait_for("Suite")
        terminal.type("/aide\n" * 200)
        wait_asleep(terminal.process.pid)  # nobody reads what it says: it can go no further
        terminal.hang_up()
        assert terminal.ended() == CLOSED
    assert "une ligne" in kept(store)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_command_without_a_line_ends_with_the_code_of_the_signal(store: Store, number: int) -> None:
    with answering(store) as process:
        process.send_signal(number)
        assert (process.wait(30), process.communicate()[1]) == (128 + number, b"")


def test_a_command_that_was_told_to_outlive_the_line_does(store: Store) -> None:
    with answering(store, "nohup") as process:
        process.send_signal(signal.SIGHUP)
        said, errors = process.communicate(b"{}\n", 30)
        assert (process.returncode, said.count(b"\n"), errors) == (2, 1, b"")


def answering(store: Store, *before: str) -> subprocess.Popen[bytes]:
    """A program that has answered one line, and waits for the next; `before` is what starts it."""
    words = [*before, *PROGRAM, "answer", only(store)]
    process = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(b"{}\n")
    process.stdin.flush()
    while process.stdout.read(1) != b"\n":
        pass
    return process
