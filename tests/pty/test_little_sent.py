"""Over a slow line: an arrow on the page of a sub-step sends little, however much the page shows."""

from __future__ import annotations

import sys

import pytest

from tests.pty.terminal import Terminal
from tui.store import Store
from tui.workspace.samples import samples

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

MOST = 300  # bytes
DOWN, UP, RIGHT, LEFT = "\x1b[B", "\x1b[A", "\x1b[C", "\x1b[D"


def test_an_arrow_among_the_partners_sends_at_most_300_bytes(store: Store) -> None:
    partnership = store.import_document(samples()[3].document)
    with Terminal(partnership, size=(140, 40)) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.type("\x1b")
        terminal.wait_for("Vous vous déplacez")
        terminal.type("1")
        terminal.wait_for("Questions à se poser")
        for key in (DOWN, RIGHT, RIGHT, RIGHT, DOWN, DOWN, UP, LEFT, LEFT, DOWN, UP):
            terminal.rest()
            before = len(terminal.shown)
            terminal.type(key)
            terminal.rest()
            sent = len(terminal.shown) - before
            assert 0 < sent <= MOST, (key, bytes(terminal.shown[before:]))
