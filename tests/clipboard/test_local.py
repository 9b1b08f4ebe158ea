"""The clipboard of this desktop: a copy is verified only if it is read back exactly, and nothing waits for ever."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.clipboard.settings import text_of
from tui.clipboard.local import copy_here

# what a clipboard program may do; $STORE is where this one keeps what it was given
HONEST = 'case "$*" in *-o*) cat "$STORE";; *) cat > "$STORE";; esac'
LOSSY = 'case "$*" in *-o*) cat "$STORE";; *) tr -d "ᓀé\\n" > "$STORE";; esac'
TRIMMED = 'case "$*" in *-o*) printf %s "$(cat "$STORE")";; *) cat > "$STORE";; esac'  # without the last line end
LYING = 'case "$*" in *-o*) ;; *) cat > /dev/null;; esac'
DEAD = 'echo "Error: Can\'t open display" >&2; exit 1'
HANGING = 'echo $$ > "$STORE"; exec sleep 600'
STAYING = 'case "$*" in *-o*) cat "$STORE";; *) cat > "$STORE"; sleep 600 & echo $! > "$STORE.pid";; esac'
LATE = 'case "$*" in *-o*) cat "$STORE";; *) cat > "$STORE.new"; (sleep 0.3; mv "$STORE.new" "$STORE") & esac'
NOT_TEXT = r'case "$*" in *-o*) printf "\377\376";; *) cat > /dev/null;; esac'


@pytest.fixture
def desktop(tmp_path: Path):
    """Return a function that makes an environment whose only clipboard program does what it is told to."""

    def make(script: str) -> dict[str, str]:
        folder = tmp_path / "bin"
        folder.mkdir()
        for name in ("sh", "cat", "tr", "sleep", "mv"):
            found = shutil.which(name)
            assert found
            (folder / name).symlink_to(found)
        program = folder / "xclip"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return {"PATH": str(folder), "DISPLAY": ":99", "STORE": str(tmp_path / "held"), "HOME": str(tmp_path)}

    return make


def is_alive(pid: int) -> bool:
    """Whether process `pid` runs; one that has ended and was not waited for does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.parametrize("text", ["a", "é\r\n", "fin\n\n", "-o", text_of(200_000)])
def test_what_reads_back_is_verified_letter_by_letter(desktop, tmp_path, text):
    assert copy_here(text, desktop(HONEST)) == "verified"
    assert (tmp_path / "held").read_bytes() == text.encode()


@pytest.mark.parametrize(
    ("script", "result"),
    [(LOSSY, "differs"), (TRIMMED, "differs"), (LYING, "differs"), (DEAD, "differs"), (NOT_TEXT, "missing")],
)
def test_what_does_not_read_back_is_not_verified(desktop, script, result):
    assert copy_here("ᓀ été\n", desktop(script)) == result


def test_a_clipboard_that_holds_the_text_a_moment_later_is_verified(desktop, tmp_path):
    """xclip leaves before the display knows whose the selection is: an early look would call a good copy wrong."""
    (tmp_path / "held").write_text("ce qui y était avant")
    assert copy_here("texte", desktop(LATE)) == "verified"


def test_without_a_clipboard_program_it_is_missing(desktop):
    environ = desktop(HONEST)
    (Path(environ["PATH"]) / "xclip").unlink()
    assert copy_here("texte", environ) == "missing"


def test_a_child_that_cannot_even_start_has_verified_nothing(desktop):
    assert copy_here("texte", {**desktop(HONEST), "PYTHONHOME": "/nowhere"}) == "missing"


def test_a_clipboard_program_that_hangs_is_ended_with_its_children(desktop, tmp_path):
    environ = desktop(HANGING)
    assert copy_here("texte", environ, seconds=2.0) == "silent"
    held = int((tmp_path / "held").read_text())
    for _moment in range(50):  # the kernel ends it a moment after the signal
        if not is_alive(held):
            return
        time.sleep(0.1)
    pytest.fail("the program still runs")


def test_a_program_that_stays_to_serve_the_text_is_left_alone(desktop, tmp_path):
    """xclip does so; it also keeps its output open, and must not be waited for."""
    assert copy_here("texte", desktop(STAYING)) == "verified"
    server = int((tmp_path / "held.pid").read_text())
    assert is_alive(server)
    os.kill(server, 9)


def test_a_clipboard_that_dies_with_the_child_is_not_trusted(desktop, tmp_path):
    """Qt's clipboard reads back in its own process, and is gone with it."""
    environ = desktop(HONEST)
    (Path(environ["PATH"]) / "xclip").unlink()
    (tmp_path / "qtpy").mkdir()
    (tmp_path / "qtpy" / "__init__.py").write_text("")
    (tmp_path / "qtpy" / "QtWidgets.py").write_text(
        "class Board:\n"
        "    def setText(self, text): self.held = text\n"
        "    def text(self): return self.held\n"
        "class QApplication:\n"
        "    board = Board()\n"
        "    def __init__(self, *_): pass\n"
        "    instance = staticmethod(lambda: None)\n"
        "    def clipboard(self): return self.board\n"
    )
    assert copy_here("texte", {**environ, "PYTHONPATH": str(tmp_path)}) == "missing"


@pytest.mark.terminal
def test_a_real_display_holds_the_text(tmp_path):
    for program in ("Xvfb", "xclip"):
        if shutil.which(program) is None:
            pytest.skip(f"{program.upper()} IS MISSING: THE REAL DESKTOP CLIPBOARD WAS NOT TESTED")
    text = text_of(200_000)
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "DISPLAY": f":{told.readline().strip()}"}
        assert copy_here(text, environ) == "verified"
        # the child has ended by now, and the clipboard must outlive it
        pasted = subprocess.run(
            ["xclip", "-o", "-selection", "clipboard"], env=environ, capture_output=True, check=True
        )
        assert pasted.stdout == text.encode()
    finally:
        server.terminate()
        server.wait()
    assert copy_here(text, environ) != "verified"  # the display is dead now
