"""The commands that fetch a file, run by a real shell with programs in place of ssh and scp that note their words."""

from __future__ import annotations

import getpass
import os
import shlex
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clipboard.settings import CONNECTION
from tui.clipboard import fetch_lines

PLAIN = Path("/home/ana/.local/state/entente/copies/entente.txt")
# a server runs the words of ssh through a shell of its own (ssh(1)): the last one, once the options are off
SSH = '#!/bin/sh\nprintf "%s\\n" "$@" > "$LOG"\nfor last; do :; done\nexec sh -c "$last"\n'
SCP = '#!/bin/sh\nprintf "%s\\n" "$@" > "$LOG"\n'
ENTENTE = '#!/bin/sh\nprintf "[%s]" "$@"\n'


@pytest.fixture
def home(tmp_path):
    """Return a function that runs a line as a person would, and tells the words that ssh or scp got."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, script in (("ssh", SSH), ("scp", SCP)):
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    (tmp_path / "desk").mkdir()

    def run(line: str) -> list[str]:
        environ = {"PATH": f"{folder}:{os.environ['PATH']}", "LOG": str(tmp_path / "log")}
        subprocess.run(["sh", "-c", line], cwd=tmp_path / "desk", env=environ, check=True)
        return (tmp_path / "log").read_text().splitlines()

    return run


@pytest.mark.parametrize(
    ("connection", "options", "ssh_host", "scp_host"),
    [
        (CONNECTION, [], "198.51.100.4", "198.51.100.4"),
        ("203.0.113.7 51515 198.51.100.4 2222", ["2222"], "198.51.100.4", "198.51.100.4"),
        ("2001:db8::7 51515 2001:db8::1 22", [], "2001:db8::1", "[2001:db8::1]"),
        ("", [], socket.gethostname(), socket.gethostname()),
        ("not what ssh says", [], socket.gethostname(), socket.gethostname()),
    ],
)
def test_user_host_and_port_are_filled_in(home, monkeypatch, connection, options, ssh_host, scp_host):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    file, export = fetch_lines(PLAIN, {"SSH_CONNECTION": connection, "PATH": "/nowhere"}, ("export", "abcd234567", "-"))
    user = getpass.getuser()
    assert home(file) == [*[word for port in options for word in ("-P", port)], f"{user}@{scp_host}:{PLAIN}", "."]
    assert shlex.split(export) == [
        *["ssh", *[word for port in options for word in ("-p", port)], f"{user}@{ssh_host}"],
        *["entente export abcd234567 -", ">", "entente.txt"],
    ]


@pytest.mark.parametrize("name", ["a b.txt", "l'entente.txt", 'a"b$HOME`id`.txt', "été; rm x.txt", "*.txt"])
def test_an_awkward_path_arrives_whole(home, tmp_path, name):
    source = tmp_path / "server folder" / name
    source.parent.mkdir()
    source.write_text("ᓀᐦᐃᔭᐍᐏᐣ\n")
    home(fetch_lines(source, {"SSH_CONNECTION": CONNECTION})[0])
    assert (tmp_path / "desk" / name).read_text() == "ᓀᐦᐃᔭᐍᐏᐣ\n"


def test_the_export_runs_the_very_command_and_quotes_a_title(home, tmp_path):
    command = tmp_path / "my tools" / "entente"
    command.parent.mkdir()
    command.write_text(ENTENTE)
    command.chmod(0o755)
    environ = {"SSH_CONNECTION": CONNECTION, "PATH": str(command.parent)}
    home(fetch_lines(PLAIN, environ, ("export", "l'été $1", "-"))[1])
    assert (tmp_path / "desk" / "entente.txt").read_text() == "[export][l'été $1][-]"


def test_the_host_of_the_settings_may_bring_its_user(home):
    line = fetch_lines(PLAIN, {}, host="marie@serveur.example.org")[0]
    assert line == f"scp marie@serveur.example.org:{PLAIN} ."


@pytest.mark.parametrize("name", ["une-porte-ebauche-3.zip", "une porte « 3 ».zip"])
def test_a_file_of_the_home_is_named_from_there(home, monkeypatch, tmp_path, name):
    account = tmp_path / "ana"
    monkeypatch.setattr(sys.modules["tui.clipboard.fetch_lines"], "account_home", lambda: account)
    path = account / "Entente" / name
    (line,) = fetch_lines(path, {"SSH_CONNECTION": CONNECTION})
    assert str(account) not in line and f"Entente/{name}" in line
    (line,) = fetch_lines(Path("/srv") / name, {"SSH_CONNECTION": CONNECTION})
    assert f"/srv/{name}" in line
    monkeypatch.setattr(sys.modules["tui.clipboard.fetch_lines"], "account_home", lambda: Path("/"))
    (line,) = fetch_lines(path, {"SSH_CONNECTION": CONNECTION})
    assert str(path) in line, "an account without a home of its own"
    (line,) = fetch_lines(path, {"SSH_CONNECTION": CONNECTION}, host="luc@ententes.example.ca")
    assert str(account) in line, "another account has another home"
