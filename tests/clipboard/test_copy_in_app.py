"""The app itself on a terminal: F8 brings the document to the person, through tmux too, and the last line says so."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clipboard.pty_terminal import PtyTerminal
from tests.clipboard.settings import CONNECTION, HARD
from tests.house.tree import ROOT
from tui.agreement.compose import Composer
from tui.export.plain_text import to_text
from tui.guide.guide_loading import load_guide
from tui.partnership.partners import WHO
from tui.partnership.values import Change, answer_id
from tui.store import Author, Store

pytestmark = pytest.mark.terminal

VISION = "gather.vision"
F8, F12, ALT_F = b"\x1b[19~", b"\x1b[24~", b"\x1bF"


@pytest.fixture
def wanted(tmp_path: Path) -> bytes:
    """The document of the one partnership of a store, as it is copied: 20 kB of what is hard to carry."""
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    text = "\n\n".join(f"{n:04d} {HARD}" for n in range(120))
    one = "a" * 10
    cells = {"name@fr": "Université", "status": "interested", "#order": "a"}
    changes = [Change(one, WHO, cell, value, "", (one,)) for cell, value in cells.items()]
    partnership = store.create([*changes, Change(answer_id(VISION), VISION, "vision@fr", text)])
    return to_text(Composer(load_guide()).agreement(partnership, "fr"), None).encode()


@pytest.fixture
def sockets() -> Iterator[Path]:
    """A short path for tmux's socket: it holds at most 107 bytes (unix(7))."""
    with tempfile.TemporaryDirectory(prefix="app-") as folder:
        yield Path(folder)
        if shutil.which("tmux"):
            environ = {**os.environ, "TMUX_TMPDIR": folder}
            subprocess.run(["tmux", "kill-server"], env=environ, capture_output=True, check=False)


@pytest.mark.parametrize("mux", ["", "off", "on"], ids=["plain ssh", "tmux", "tmux with passthrough"])
def test_f8(tmp_path: Path, sockets: Path, wanted: bytes, mux: str) -> None:
    if mux and shutil.which("tmux") is None:
        pytest.skip("TMUX IS MISSING: COPYING THROUGH IT WAS NOT TESTED")
    argv = [sys.executable, "-m", "tui", "--store", str(tmp_path / "store"), Store(tmp_path / "store").list()[0].id]
    environ = {
        **{key: os.environ[key] for key in ("PATH", "HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")},
        **{"TERM": "xterm-256color", "LANG": "C.UTF-8", "ENTENTE_LANG": "fr", "PYTHONPATH": str(ROOT)},
        **{"SSH_CONNECTION": CONNECTION, "TMUX_TMPDIR": str(sockets), "SHELL": "/bin/sh"},
    }
    if mux:
        (tmp_path / "tmux.conf").write_text(f"set -g allow-passthrough {mux}\n")
        argv = ["tmux", "-u", "-f", str(tmp_path / "tmux.conf"), "new", shlex.join(argv)]
    terminal = PtyTerminal(argv, environ)
    try:
        terminal.read_until(lambda: b"crivez" in terminal.output)
        terminal.type(F8)
        terminal.read_until(lambda: bool(terminal.copies()))
        assert [data for _name, data in terminal.copies()] == [wanted]
        terminal.read_until(lambda: b"collez" in terminal.output)
        terminal.type(ALT_F)
        terminal.read_until(lambda: b"scp " in terminal.output)
        terminal.read_until(lambda: b"Espace" in terminal.output)
        drawn = terminal.output.count(b"crivez")
        assert ("bouton du milieu" in terminal.output.decode("utf-8", "replace")) == (mux == "off")
        terminal.type(b"q")
        terminal.read_until(lambda: terminal.output.count(b"crivez") > drawn)
        terminal.type(F12)
        terminal.read_until(lambda: b"scp " in terminal.output)
        kept = next((Path(environ["XDG_STATE_HOME"]) / "entente" / "copies").iterdir())
        assert kept.read_bytes() == wanted and str(kept).encode() in terminal.output.replace(b"\r\n", b"")
    finally:
        terminal.close()
