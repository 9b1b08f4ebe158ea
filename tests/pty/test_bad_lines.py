"""A line that is slow, or stands still: typing is saved all the same, and old screens never pile up before the new."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.terminal import Terminal
from tui.project.partners import WHO
from tui.project.values import Change
from tui.store import Author, Store

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

ORG = "aaaaaaaaaa"
ANEW, F4 = "\x0c", "\x1bOS"
PIECE, PAUSE = 480, 0.05  # 9.6 kB a second


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with one partnership of one interested partner."""
    monkeypatch.setenv("ENTENTE_STORE", str(tmp_path / "store"))
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    cells = {"name@fr": "Université", "status": "interested", "#order": "a"}
    store.create([Change(ORG, WHO, cell, value, "", (ORG,)) for cell, value in cells.items()])
    return store


@pytest.fixture(params=["1", "0"], ids=["frugal", "stock"])
def terminal(store: Store, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """The program, open on the partnership, drawing either way."""
    monkeypatch.setenv("ENTENTE_FRUGAL", request.param)
    with Terminal(store.list()[0].id) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.rest()
        yield terminal


def kept(store: Store) -> str:
    """All that is in the store, as a new start sees it."""
    project = Store(store.root).load(store.list()[0].id)
    return " ".join(str(cell.value) for entry in project.entries.values() for cell in entry.cells.values())


def still(terminal: Terminal) -> None:
    """Read nothing until the line is full of what was drawn, and one frame waits."""
    waiting, same = -1, 0
    while same < 4:
        terminal.type(ANEW)
        time.sleep(0.1)
        before, waiting = waiting, terminal.unread
        same = same + 1 if waiting == before else 0
    assert waiting > 4000


def test_typing_on_a_line_that_stands_still_is_saved_and_shown_by_one_screen(terminal: Terminal, store: Store) -> None:
    whole = len(terminal.shown)  # more than any one frame
    still(terminal)
    for letter in "la suite du récit se dit ici à mesure, sans fin":
        terminal.type(letter)
        time.sleep(0.02)
    deadline = time.monotonic() + 20
    while "sans fin" not in kept(store) and time.monotonic() < deadline:
        time.sleep(0.1)  # nothing is read of the terminal meanwhile
    assert "sans fin" in kept(store)
    begun = len(terminal.shown)
    terminal.wait_for("sans fin")
    terminal.rest()
    # what the line held already (the kernel's own buffers), the frame that had begun, the one that catches up
    assert len(terminal.shown) - begun < 4096 + 3 * whole
    caught_up = terminal.cells()
    terminal.type(ANEW)
    terminal.rest()
    assert terminal.cells() == caught_up


def test_a_slow_line_never_shows_old_screens_before_the_new_one(terminal: Terminal) -> None:
    for _ in range(24):
        terminal.type(F4)
        terminal.read_slowly(PIECE, PAUSE)
    begun = len(terminal.shown)
    terminal.rest()
    questions = len(terminal.shown) - begun
    begun = len(terminal.shown)
    terminal.type(ANEW)
    terminal.rest()
    # what the line held already, the frame that had begun, the one that catches up; and not some of 24
    assert questions < 4096 + 3 * (len(terminal.shown) - begun)
