"""The pager: no text is lost between pages, paragraphs stay whole, and the terminal has its mouse meanwhile."""

from __future__ import annotations

import os
import pty
import re
import signal
import sys
import termios
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pty.terminal import Terminal
from tui.clipboard.pager import pages, rows_of, show
from tui.partnership.partners import WHO
from tui.partnership.values import Change
from tui.store import Author, Store
from tui.text.clean import clean

TEXT = st.text(st.sampled_from("abc é ᓀ👩 \n\t-"), max_size=400)
FRAMES = re.compile("[─-╿▀-▟]")


@given(text=TEXT, columns=st.integers(8, 40), rows=st.integers(2, 9))
def test_nothing_is_lost_and_each_page_fits(text: str, columns: int, rows: int) -> None:
    made = pages(text, columns, rows)
    for page in made:
        assert sum(rows_of(line, columns) for line in page) <= rows
    kept = "".join(line for page in made for line in page)
    assert "".join(kept.split()) == "".join(clean(text).split())


def test_a_paragraph_stays_one_line_so_that_it_is_pasted_as_one() -> None:
    paragraph = "mot " * 60
    assert pages(f"Titre\n\n{paragraph}\nFin", 40, 20)[0] == ["Titre", "", paragraph, "Fin"]


def test_a_page_is_filled_and_none_begins_with_an_empty_line() -> None:
    assert pages("1\n2\n3\n\n4\n5", 9, 3) == [["1", "2", "3"], ["4", "5"]]


@pytest.mark.parametrize(
    ("line", "rows"), [("a" * 8, 1), ("a" * 9, 2), ("é" * 8, 1), ("é" * 9, 2), ("👩" * 4, 1), ("a" + "👩" * 4, 2)]
)
def test_a_line_takes_another_row_only_when_one_is_full(line: str, rows: int) -> None:
    assert rows_of(line, 8) == rows


class Glass:
    """A terminal of ten rows that shows a text in a thread; `page` is what was painted last above the keys."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        self.keys, self.handle = pty.openpty()
        self.resize(10)
        self.modes = termios.tcgetattr(self.handle)
        monkeypatch.setattr(sys, "__stdout__", SimpleNamespace(fileno=lambda: self.handle))
        self.thread = threading.Thread(target=show, args=(text, self.handle), daemon=True)
        self.thread.start()

    def resize(self, rows: int) -> None:
        """Give the terminal so many rows."""
        termios.tcsetwinsize(self.handle, (rows, 40))

    def page(self, key: bytes = b"") -> list[str]:
        """The lines of the page after a key."""
        os.write(self.keys, key)
        shown = ""
        while not (painted := re.search("\x1b\\[H\x1b\\[2J(.*)\x1b\\[(\\d+);1H(.+)", shown, re.DOTALL)):
            shown += os.read(self.keys, 4096).decode()
        lines = re.split("\r+\n", painted[1])
        assert len(lines) < int(painted[2]), "a line lies under the keys"
        return lines

    def leave(self) -> None:
        """Leave the pages, and see that the terminal is as it was."""
        os.write(self.keys, b"q")
        self.thread.join(10)
        assert termios.tcgetattr(self.handle) == self.modes
        os.close(self.keys)
        os.close(self.handle)


def test_pages_lie_above_the_keys_and_hold_no_controls(monkeypatch: pytest.MonkeyPatch) -> None:
    glass = Glass(monkeypatch, "\n".join(f"ligne {n}\x1b[2Jé" for n in range(1, 21)))
    lines = [*glass.page(), *glass.page(b" "), *glass.page(b" ")]
    assert [re.findall(r"\d+", line)[0] for line in lines] == [str(n) for n in range(1, 21)]
    assert not any("\x1b" in line for line in lines)
    glass.leave()


def test_a_reader_stays_at_the_place_when_the_terminal_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    glass = Glass(monkeypatch, "\n".join(f"ligne {n}" for n in range(90)))
    glass.page()
    for _page in range(5):
        before = glass.page(b" ")
    assert before[0] == "ligne 45"
    glass.resize(6)
    assert glass.page()[0] == "ligne 45"
    glass.leave()


@pytest.fixture
def partnership(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of the one partnership of a new store, which has one partner."""
    monkeypatch.setenv("ENTENTE_STORE", str(tmp_path / "store"))
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    cells = {"name@fr": "Université", "status": "interested", "#order": "a"}
    return store.create([Change("a" * 10, WHO, cell, value, "", ("a" * 10,)) for cell, value in cells.items()]).id


def saved(tmp_path: Path, partnership: str, text: str) -> bool:
    """Whether an answer on disk is this text."""
    entries = Store(tmp_path / "store").load(partnership).entries.values()
    return any(cell.value == text for one in entries for cell in one.cells.values())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("options", [(), ("--no-mouse",)], ids=["mouse", "no mouse"])
def test_in_a_terminal(tmp_path: Path, partnership: str, options: tuple[str, ...]) -> None:
    with Terminal(partnership, *options) as terminal:
        terminal.wait_for("Vous écrivez")
        assert (b"\x1b[?1000h" in terminal.shown) != bool(options)
        terminal.type("hôte")
        terminal.wait_for("hôte")
        before = len(terminal.shown)
        terminal.type("\x1bC")
        terminal.wait_for("page 1 ")
        shown = bytes(terminal.shown[before:])
        assert b"\x1b[?1000l" in shown and b"\x1b[?1000h" not in shown
        assert "Université" in terminal.seen and not FRAMES.search(terminal.seen)
        terminal.type(" ")
        terminal.wait_for("page 2 ")
        terminal.type("b")
        terminal.wait_for("page 1 ")
        last = re.findall(r"page 1 (\S+) (\d+)", terminal.seen)[-1]
        terminal.type("G")
        terminal.wait_for(f"page {last[1]} {last[0]} {last[1]}")
        terminal.type("g")
        terminal.wait_for("page 1 ")
        terminal.type("\x03")  # Ctrl+C leaves the page, not the program
        terminal.wait_for("Vous écrivez")
        assert (b"\x1b[?1000h" in terminal.shown[before:]) != bool(options)
        terminal.type(" du kiosque")
        terminal.wait_for("hôte du kiosque")
        terminal.type("\x1b[24~")
        assert terminal.ended() == 0
    assert saved(tmp_path, partnership, "hôte du kiosque")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("code", [129, 143], ids=["the line closes", "SIGTERM"])
def test_an_end_from_outside_meanwhile_loses_nothing(tmp_path: Path, partnership: str, code: int) -> None:
    with Terminal(partnership) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.type("hôte\x1bC")  # the pages come before the text is saved, and hold the event loop up
        terminal.wait_for("page 1 ")
        if code == 129:
            terminal.hang_up()
        else:
            terminal.send(signal.SIGTERM)
        assert terminal.ended() == code
    assert saved(tmp_path, partnership, "hôte")
