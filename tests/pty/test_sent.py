"""What terminals really sent: late replies, keys of the kitty protocol, a mouse beyond the screen, half a paste."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.terminal import Terminal
from tests.waiting import wait_asleep
from tui.store import Store

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

INPUTS = Path(__file__).parent / "inputs"
QUIT = "\x11"
OUTSIDE = {
    "a wheel": (INPUTS / "wheel-outside-80x24.bin").read_bytes(),
    "a drag let go": (INPUTS / "drag-released-below-24-rows.bin").read_bytes(),
    "a click": b"\x1b[<0;120;5M\x1b[<0;120;5m",
    "a move with a button": b"\x1b[<0;3;9M\x1b[<32;90;9M\x1b[<32;3;40M\x1b[<0;90;40m",
    "places that no screen has": b"\x1b[<0;0;0M\x1b[<65;-3;-4M\x1b[<0;99999;99999m\x1b[<64;99999999999999999999;1M",
}


@pytest.fixture
def terminal(store: Store) -> Iterator[Terminal]:
    """The program, open on the partnership, in the smallest size that shows a form."""
    with Terminal(store.list()[0].id, size=(80, 24)) as terminal:
        terminal.wait_for("Vous écrivez")
        yield terminal


def texts(store: Store) -> list[str]:
    """Every answer in the store, as a new start sees it."""
    partnership = Store(store.root).load(store.list()[0].id)
    return [str(cell.value) for entry in partnership.entries.values() for cell in entry.cells.values()]


def leaves(terminal: Terminal) -> None:
    """Quit by Ctrl+Q."""
    terminal.type(QUIT)
    assert terminal.ended() == 0


def test_no_late_reply_is_typed(terminal: Terminal, store: Store) -> None:
    for name in ("apc-reply", "dcs-replies", "osc11-reply"):
        terminal.send_bytes((INPUTS / f"{name}.bin").read_bytes())
        terminal.type(f"{name[:3]} ")
        terminal.wait_for(f"{name[:3]}")
    leaves(terminal)
    assert "apc dcs osc " in texts(store)


def test_keys_with_subfields_are_keys(terminal: Terminal, store: Store) -> None:
    for name in ("kitty-alternate-key", "kitty-codepoint-too-large", "kitty-event-type"):
        terminal.send_bytes((INPUTS / f"{name}.bin").read_bytes())
    terminal.type("\x1b[1;1:1Db")
    terminal.wait_for("ba")
    leaves(terminal)
    assert "Org ÉOrg Org ba" in texts(store)


@pytest.mark.parametrize("sent", OUTSIDE.values(), ids=OUTSIDE)
def test_a_mouse_beyond_the_screen_takes_no_key_away(terminal: Terminal, store: Store, sent: bytes) -> None:
    terminal.send_bytes(sent)
    terminal.type("suite")
    terminal.wait_for("suite")
    leaves(terminal)
    assert "suite" in texts(store)


def test_a_click_beyond_the_columns_and_lines_that_the_environment_says(store: Store) -> None:
    with Terminal(store.list()[0].id, size=(120, 40), environ={"COLUMNS": "80", "LINES": "24"}) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.send_bytes(b"\x1b[<0;100;10M\x1b[<0;100;10m\x1b[<0;20;35M\x1b[<0;20;35m")
        terminal.type("suite")
        terminal.wait_for("suite")
        leaves(terminal)
    assert "suite" in texts(store)


def test_a_click_on_the_form_leaves_the_keyboard_where_it_is(terminal: Terminal, store: Store) -> None:
    for row in range(2, 23):
        terminal.send_bytes(f"\x1b[<0;40;{row}M\x1b[<0;40;{row}m".encode())
    terminal.type("suite")
    terminal.wait_for("suite")
    leaves(terminal)
    assert "suite" in texts(store)


def test_half_a_paste_is_pasted_and_the_keys_after_it_act(terminal: Terminal, store: Store) -> None:
    terminal.send_bytes((INPUTS / "paste-without-end.bin").read_bytes())
    terminal.wait_for("Alpha Beta")
    terminal.type(" suite")
    terminal.wait_for("suite")
    leaves(terminal)
    assert "Alpha Beta suite" in texts(store)


def test_one_can_quit_in_the_midst_of_a_paste(terminal: Terminal, store: Store) -> None:
    terminal.send_bytes((INPUTS / "paste-without-end.bin").read_bytes())
    wait_asleep(terminal.process.pid)
    leaves(terminal)
    assert "Alpha Beta" in texts(store)


def test_an_error_in_the_thread_that_reads_is_one_sentence_and_code_3(store: Store, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "from tui.terminal.key_parser import KeyParser\n"
        "def failing(parser, data):\n    private = data\n    raise ValueError(private)\n"
        "KeyParser.feed = failing\n",
        encoding="utf-8",
    )
    with Terminal(store.list()[0].id, environ={"PYTHONPATH": str(tmp_path)}) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.type("motcanari")
        assert terminal.ended() == 3
        said = terminal.shown.decode(errors="replace")
    assert "Entente a rencontré une erreur de sa part" in said and "ValueError" in said
    assert "Traceback" not in said and "motcanari" not in said and "private" not in said
