"""Copies through real ptys, tmux and screen: what reaches the person's terminal is the text, letter by letter."""

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
from tests.clipboard.settings import CONNECTION, text_of
from tui.clipboard.terminal_facts import ancestors

pytestmark = pytest.mark.terminal

COPY_ONCE = Path(__file__).with_name("copy_once.py")
SIZES = [2_000, 200_000]
PASSTHROUGH = "set -g allow-passthrough on\n"
XCLIP = '#!/bin/sh\ncase "$*" in *-o*) cat "$STORE";; *) cat > "$STORE";; esac\n'


def need(program: str) -> None:
    """Skip, and say so aloud, when `program` is not there."""
    if shutil.which(program) is None:
        pytest.skip(f"{program.upper()} IS MISSING: COPYING THROUGH IT WAS NOT TESTED")


class Desk:
    """A person's desk: a folder, a text to copy, an environment, and the terminals opened there."""

    def __init__(self, folder: Path, sockets: Path) -> None:
        self.folder, self.sockets = folder, sockets
        self.environ = {
            **{key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ},
            **{"TERM": "xterm-256color", "LANG": "C.UTF-8", "SHELL": "/bin/sh"},
            **{"TMUX_TMPDIR": str(sockets), "SCREENDIR": str(sockets / "screen"), "STORE": str(folder / "desktop")},
        }
        self.remote = {**self.environ, "SSH_CONNECTION": CONNECTION}
        self.kept = folder / "copies" / "copy.txt"
        self.open: list[PtyTerminal] = []

    def copying(self, text: str) -> list[str]:
        """The command that copies `text` at Enter."""
        (self.folder / "text").write_bytes(text.encode())
        return [sys.executable, str(COPY_ONCE), str(self.folder / "text"), str(self.kept.parent)]

    def terminal(self, argv: list[str], environ: dict[str, str]) -> PtyTerminal:
        """Open a terminal that runs `argv`."""
        self.open.append(PtyTerminal(argv, environ))
        return self.open[-1]

    def tmux(self, *words: str, environ: dict[str, str] | None = None) -> bytes:
        """What this desk's own tmux server answers."""
        argv = ["tmux", *words]
        return subprocess.run(argv, env=environ or self.environ, capture_output=True, check=True).stdout

    def tmux_config(self, text: str) -> str:
        """A configuration file for tmux; never the one of the person who runs the tests."""
        path = self.folder / "tmux.conf"
        path.write_text(text)
        return str(path)

    def close(self) -> None:
        """End the servers of tmux and screen, then close every terminal."""
        for argv in (["tmux", "kill-server"], ["screen", "-S", "entente", "-X", "quit"]):
            if shutil.which(argv[0]):
                subprocess.run(argv, env=self.environ, capture_output=True, check=False)
        for terminal in self.open:
            terminal.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    # the path of a socket holds at most 107 bytes (unix(7)), and pytest's own folders are longer
    with tempfile.TemporaryDirectory(prefix="desk-") as sockets:
        (Path(sockets) / "screen").mkdir(mode=0o700)
        opened = Desk(tmp_path, Path(sockets))
        yield opened
        opened.close()


def copy_at(terminal: PtyTerminal, said: str) -> None:
    """Press Enter when the program is ready, and wait until it has `said` what became of the copy."""
    terminal.read_until(lambda: b"READY" in terminal.output)
    terminal.press_enter()
    terminal.read_until(lambda: said.encode() in terminal.output)


@pytest.mark.parametrize("size", SIZES)
def test_plain_ssh(desk, size):
    text = text_of(size)
    terminal = desk.terminal(desk.copying(text), desk.remote)
    copy_at(terminal, "DONE sent osc52")
    assert terminal.copies() == [("c", text.encode())]
    assert desk.kept.read_bytes() == text.encode()
    assert str(desk.kept).encode() in terminal.output


@pytest.mark.parametrize("term", ["dumb", "linux"])
def test_a_mute_terminal_gets_no_escape_at_all(desk, term):
    terminal = desk.terminal(desk.copying(text_of(2_000)), {**desk.remote, "TERM": term})
    copy_at(terminal, "DONE none none")
    assert b"\x1b" not in terminal.output
    assert desk.kept.is_file()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("clipboard", ["external", "on", "off"])
def test_tmux_as_it_comes(desk, size, clipboard):
    need("tmux")
    text = text_of(size)
    config = desk.tmux_config(f"set -s set-clipboard {clipboard}\n")
    terminal = desk.terminal(["tmux", "-u", "-f", config, "new", shlex.join(desk.copying(text))], desk.remote)
    copy_at(terminal, "DONE sent tmux")
    assert desk.tmux("show-buffer") == text.encode()
    terminal.read_until(lambda: bool(terminal.copies()))
    assert [data for _name, data in terminal.copies()] == [text.encode()]


@pytest.mark.parametrize("size", SIZES)
def test_tmux_with_passthrough(desk, size):
    need("tmux")
    text = text_of(size)
    config = desk.tmux_config(PASSTHROUGH)
    terminal = desk.terminal(["tmux", "-u", "-f", config, "new", shlex.join(desk.copying(text))], desk.remote)
    copy_at(terminal, "DONE sent tmux")
    terminal.read_until(lambda: bool(terminal.copies()))
    assert terminal.copies() == [("c", text.encode())]
    assert desk.tmux("show-buffer") == text.encode()


def test_tmux_with_passthrough_and_a_text_too_long_for_it(desk):
    """tmux drops an envelope above 1 MiB in silence; its own buffer still carries the text."""
    need("tmux")
    text = text_of(800_000)
    config = desk.tmux_config(PASSTHROUGH)
    terminal = desk.terminal(["tmux", "-u", "-f", config, "new", shlex.join(desk.copying(text))], desk.remote)
    copy_at(terminal, "DONE sent tmux")
    terminal.read_until(lambda: bool(terminal.copies()))
    assert [data for _name, data in terminal.copies()] == [text.encode()]


def desktop_program(desk: Desk) -> dict[str, str]:
    """An environment with a display and a clipboard program that keeps what it gets in `desktop`."""
    program = desk.folder / "bin" / "xclip"
    program.parent.mkdir()
    program.write_text(XCLIP)
    program.chmod(0o755)
    return {**desk.environ, "PATH": f"{program.parent}:{desk.environ['PATH']}", "DISPLAY": ":99"}


def test_a_session_begun_at_the_desk_and_joined_by_ssh_does_not_copy_at_the_desk(desk):
    need("tmux")
    at_desk, text = desktop_program(desk), text_of(2_000)
    config = desk.tmux_config("")
    desk.tmux("-u", "-f", config, "new", "-d", shlex.join(desk.copying(text)), environ=at_desk)
    terminal = desk.terminal(["tmux", "-u", "attach"], {**desk.remote, "PATH": at_desk["PATH"]})
    copy_at(terminal, "DONE sent tmux")
    assert desk.tmux("show-buffer") == text.encode()
    assert not (desk.folder / "desktop").exists()


def test_a_session_begun_by_ssh_and_joined_at_the_desk_copies_at_the_desk(desk):
    need("tmux")
    if any(name.startswith(("sshd", "mosh")) for name in ancestors("self")):
        pytest.skip("THESE TESTS RUN THROUGH SSH: A COPY AT THE DESK CANNOT BE TESTED")
    at_desk, text = desktop_program(desk), text_of(2_000)
    config = desk.tmux_config("")
    remote = {**desk.remote, "PATH": at_desk["PATH"]}
    desk.tmux("-u", "-f", config, "new", "-d", shlex.join(desk.copying(text)), environ=remote)
    terminal = desk.terminal(["tmux", "-u", "attach"], at_desk)
    copy_at(terminal, "DONE verified local")
    assert (desk.folder / "desktop").read_bytes() == text.encode()
    assert terminal.copies() == []


@pytest.mark.parametrize("size", SIZES)
def test_screen(desk, size):
    need("screen")
    text = text_of(size)
    argv = ["screen", "-U", "-c", "/dev/null", "-S", "entente", *desk.copying(text)]
    terminal = desk.terminal(argv, desk.remote)
    copy_at(terminal, "DONE sent screen")
    terminal.read_until(lambda: bool(terminal.copies()))
    assert terminal.copies() == [("c", text.encode())]


def test_a_program_without_a_terminal_says_so(desk, tmp_path):
    """As in a script run by cron: no /dev/tty, and stdout is a file."""
    argv = desk.copying(text_of(2_000))
    done = subprocess.run(
        argv, env=desk.remote, input=b"\n\n", capture_output=True, start_new_session=True, check=True, cwd=tmp_path
    )
    assert b"DONE none" in done.stdout
    assert b"\x1b" not in done.stdout
    assert desk.kept.is_file()
