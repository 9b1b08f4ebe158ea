"""On a real terminal: nothing private is written while projected, and nothing stays in the scrollback afterwards."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.pty.terminal import LEFT_SCREEN, Terminal
from tests.screens.caged import CANARY, OTHER, caged

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")


def test_nothing_private_while_projected_nor_in_the_scrollback_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, partnership = caged(tmp_path)
    monkeypatch.setenv("ENTENTE_STORE", str(store.root))
    with Terminal(partnership) as terminal:
        terminal.wait_for("Vous écrivez")
        assert CANARY in terminal.seen, "the canary can be seen"
        terminal.type("\x1b[20~")  # F9
        terminal.wait_for("prochain manque")
        begun = len(terminal.shown)
        for keys, sign in (("M", "Rencontre du"), ("U", "D’accord")):
            terminal.type(keys)
            terminal.wait_for(sign)
            assert CANARY not in terminal.seen and OTHER not in terminal.seen
        terminal.type("\x1b[20~")
        terminal.wait_for("Arrêter de projeter")
        assert CANARY.encode() not in terminal.shown[begun:]
        terminal.type("oui\r")
        terminal.wait_for("Vous écrivez")
        terminal.type("\x1b[24~")  # F12
        assert terminal.ended() == 0
        after = bytes(terminal.shown).rpartition(LEFT_SCREEN)[2]
        assert not [one for one in (CANARY, OTHER, str(store.root)) if one.encode() in after], after
        before = bytes(terminal.shown).partition(b"\x1b[?1049h")[0]
        assert CANARY.encode() not in before, "nothing was written outside of the other screen"
