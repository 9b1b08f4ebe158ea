"""A line that is slow, or stands still: typing is saved all the same, and old screens never pile up before the new."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest

from tests.pty.terminal import Terminal
from tui.store import Store

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

ANEW, F4 = "\x0c", "\x1bOS"
KERNEL = (
    4096 + 65536
)  # bytes that Linux keeps between a program and its terminal (N_TTY_BUF_SIZE, TTYB_DEFAULT_MEM_LIMIT)
WHOLE = 16_000  # more than any one frame: that which had begun, and the one that catches up


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
    partnership = Store(store.root).load(store.list()[0].id)
    return " ".join(str(cell.value) for entry in partnership.entries.values() for cell in entry.cells.values())


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
    assert len(terminal.shown) - begun < KERNEL + 2 * WHOLE
    caught_up = terminal.cells()
    terminal.type(ANEW)
    terminal.rest()
    assert terminal.cells() == caught_up


def test_sixty_questions_on_a_line_that_stands_still_are_one_screen_when_it_moves(terminal: Terminal) -> None:
    begun = len(terminal.shown)
    for _ in range(60):
        terminal.type(F4)
        time.sleep(0.05)
    terminal.rest()
    assert len(terminal.shown) - begun < KERNEL + 2 * WHOLE
