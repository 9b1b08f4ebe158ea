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


@pytest.mark.parametrize(("page", "shown"), [("1", "Questions à se poser"), ("3", "Obtenez des partenaires")])
def test_an_arrow_on_the_page_of_a_sub_step_sends_at_most_300_bytes(store: Store, page: str, shown: str) -> None:
    partnership = store.import_document(samples()[3].document)
    with Terminal(partnership, size=(140, 40)) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.type("\x1b")
        terminal.wait_for("Vous vous déplacez")
        terminal.type(page)
        terminal.wait_for(shown)
        moved = 0
        for key in (DOWN, RIGHT, RIGHT, RIGHT, DOWN, DOWN, UP, LEFT, LEFT, DOWN, UP):
            terminal.rest()
            before = len(terminal.shown)
            terminal.type(key)
            terminal.rest()
            sent = len(terminal.shown) - before
            assert sent <= MOST, (key, bytes(terminal.shown[before:]))
            assert sent > 0 or page != "1"
            moved += sent > 0
        assert moved > 5
