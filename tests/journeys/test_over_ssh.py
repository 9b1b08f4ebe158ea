"""An evening over ssh: one logs in to the server, answers, copies and quits; answers and copy are where they belong."""

from __future__ import annotations

import getpass
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyte
import pytest

from tests.clipboard.pty_terminal import PtyTerminal
from tests.house.tree import ROOT
from tui.agreement.compose import Composer
from tui.export.plain_text import to_text
from tui.guide.guide_loading import load_guide
from tui.store import Store

pytestmark = pytest.mark.terminal

F4, F8, CTRL_Q, LEFT = "\x1bOS", "\x1b[19~", b"\x11", b"\x1b[?1049l"
_PRIVATE = re.compile(rb"\x1b\[[>?][0-9;]*[$a-zA-Z]+")  # modes and questions that pyte would print as letters
_OPTIONS = ("BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR")


def _key(path: Path) -> Path:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    return path


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[list[str]]:
    """An ssh server of our own on this machine; the words that log in to it, as whoever runs the tests."""
    program = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if program is None or shutil.which("ssh") is None or shutil.which("ssh-keygen") is None:
        pytest.skip("SSHD OR SSH IS MISSING: A JOURNEY OVER A REAL LINE WAS NOT TESTED")
    if os.geteuid() == 0:  # the folder its service makes, which nobody starts in a container
        with suppress(OSError):
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    port, mine = _free_port(), _key(tmp_path / "mine")
    settings = {
        "Port": port, "ListenAddress": "127.0.0.1", "HostKey": _key(tmp_path / "host"),
        "AuthorizedKeysFile": f"{mine}.pub", "PidFile": "none", "StrictModes": "no", "UsePAM": "no",
    }  # fmt: skip
    (tmp_path / "sshd_config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    line = ["ssh", "-p", str(port), "-i", str(mine), *(word for one in _OPTIONS for word in ("-o", one))]
    line.append(f"{getpass.getuser()}@127.0.0.1")
    with (tmp_path / "sshd.log").open("wb") as log:
        running = subprocess.Popen([program, "-D", "-e", "-f", str(tmp_path / "sshd_config")], stderr=log)
        try:
            for _attempt in range(20):
                tried = subprocess.run([*line, "true"], capture_output=True, check=False)
                if tried.returncode == 0 or running.poll() is not None:
                    break
            if tried.returncode:
                told = (tmp_path / "sshd.log").read_text(errors="replace")[-300:]
                pytest.skip(f"NO SSH SERVER CAN RUN HERE, A JOURNEY OVER A REAL LINE WAS NOT TESTED: {told}")
            yield line
        finally:
            running.terminate()
            running.wait()


class Seat:
    """A terminal on one's own computer, logged in to the server, with the program running there."""

    def __init__(self, line: list[str], words: list[str]) -> None:
        environ = {"PATH": os.environ["PATH"], "TERM": "xterm-256color"}
        self.terminal = PtyTerminal([line[0], "-tt", *line[1:], shlex.join(words)], environ)
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.Stream(self._screen)
        self._fed = 0

    @property
    def seen(self) -> str:
        """What stands on the screen now."""
        fresh = self.terminal.output[self._fed :]
        self._fed += len(fresh)
        self._stream.feed(_PRIVATE.sub(b"", fresh).decode(errors="ignore"))
        return "\n".join(self._screen.display)

    def types(self, keys: str, until: str) -> None:
        """Type keys, and read until the screen says so."""
        self.terminal.type(keys.encode())
        self.terminal.read_until(lambda: until in self.seen, 20)


def test_an_evening_over_ssh(server: list[str], tmp_path: Path) -> None:
    places = {"HOME": tmp_path / "home", "ENTENTE_STORE": tmp_path / "store"}
    words = {**places, "ENTENTE_LANG": "fr", "LANG": "C.UTF-8", "PYTHONPATH": ROOT}
    seat = Seat(server, ["env", *(f"{name}={value}" for name, value in words.items()), sys.executable, "-m", "tui"])
    try:
        seat.types("", "ouveau partenariat")
        seat.types("n", "Tab terminer")
        seat.types("Université\rACSM\t", "Vous écrivez")
        seat.types("hôte des séances", "hôte des séances")
        seat.types(f"{F4}2", "Combien")
        seat.types(F4, "implication")
        seat.types("3", "3 ")
        seat.types(F8, "collez")
        copied = seat.terminal.copies()
        seat.terminal.type(CTRL_Q)
        seat.terminal.read_until(lambda: LEFT in seat.terminal.output)
    finally:
        seat.terminal.close()
    store = Store(tmp_path / "store")
    partnership = store.load(store.list()[0].id)
    who = partnership.rows("open.who")
    assert [row.text("name", "fr") for row in who] == ["Université", "ACSM"]
    assert who[0].text("role", "fr") == "hôte des séances"
    assert partnership.entries["open.how_many"].get("min") == 2
    wanted = to_text(Composer(load_guide()).agreement(partnership, "fr"), None)
    assert [data.decode() for _name, data in copied] == [wanted], "the copy reached the terminal at home, whole"
