"""The facts that follow from the environment, the process tree and tmux's answers, outdated ones above all."""

from __future__ import annotations

import os
import subprocess
import sys
import termios

import pytest

from tests.clipboard.settings import CONNECTION, TMUX_ENV, answers
from tui.clipboard import Probes, TmuxAnswers, gather, judge
from tui.clipboard.terminal_facts import ancestors, terminal_size, tmux_version

XTERM = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("environ", "parents", "ssh", "mosh", "desktop"),
    [
        (XTERM, (), False, False, False),
        ({**XTERM, "DISPLAY": ":0"}, ("bash", "xterm"), False, False, True),
        ({**XTERM, "WAYLAND_DISPLAY": "wayland-0"}, (), False, False, True),
        ({**XTERM, "WSL_DISTRO_NAME": "Debian"}, (), False, False, True),
        ({**XTERM, "SSH_CONNECTION": CONNECTION}, (), True, False, False),
        ({**XTERM, "SSH_TTY": "/dev/pts/3"}, (), True, False, False),
        ({**XTERM, "SSH_CONNECTION": CONNECTION, "DISPLAY": "localhost:10.0"}, (), True, False, False),
        ({**XTERM, "DISPLAY": "localhost:10.0"}, (), False, False, False),
        (XTERM, ("bash", "su", "sudo", "bash", "sshd", "sshd"), True, False, False),  # sudo drops SSH_*
        (XTERM, ("bash", "sshd-session", "systemd"), True, False, False),
        ({**XTERM, "SSH_CONNECTION": CONNECTION}, ("bash", "mosh-server", "systemd"), True, True, False),
    ],
)
def test_outside_a_multiplexer(environ, parents, ssh, mosh, desktop):
    facts = judge(environ, Probes("linux", parents))
    assert (facts.mux, facts.ssh, facts.mosh, facts.desktop) == ("", ssh, mosh, desktop)


def test_a_mac_needs_no_display():
    assert judge(XTERM, Probes("darwin")).desktop


def test_a_pane_opened_by_ssh_and_looked_at_from_the_desk_is_local():
    stale = {**TMUX_ENV, "SSH_CONNECTION": CONNECTION, "SSH_TTY": "/dev/pts/1", "DISPLAY": "localhost:10.0"}
    session = {"SSH_CONNECTION": None, "DISPLAY": ":1", "XAUTHORITY": None}
    facts = judge({**stale, "XAUTHORITY": "/gone"}, Probes(tmux=answers(session=session)))
    assert (facts.mux, facts.ssh, facts.desktop) == ("tmux", False, True)
    assert facts.environ["DISPLAY"] == ":1"
    assert "XAUTHORITY" not in facts.environ


def test_a_pane_opened_at_the_desk_and_looked_at_by_ssh_is_remote():
    stale = {**TMUX_ENV, "DISPLAY": ":0"}
    facts = judge(stale, Probes(tmux=answers(session={"SSH_CONNECTION": CONNECTION, "DISPLAY": None})))
    assert (facts.ssh, facts.desktop) == (True, False)
    assert "DISPLAY" not in facts.environ


def test_of_the_session_only_where_one_sits_counts():
    session = {"DISPLAY": ":1", "PATH": "/of/the/session", "LANG": "C"}
    facts = judge({**TMUX_ENV, "PATH": "/own"}, Probes(tmux=answers(session=session)))
    assert facts.environ == {**TMUX_ENV, "PATH": "/own", "DISPLAY": ":1"}


def test_a_variable_that_the_session_has_not_is_not_handed_on_empty(tmp_path):
    program = tmp_path / "tmux"
    program.write_text('#!/bin/sh\n[ "$1" = show-environment ] && printf -- "-XAUTHORITY\\nDISPLAY=:1=2\\n"\n')
    program.chmod(0o755)
    facts = gather({**TMUX_ENV, "PATH": f"{tmp_path}:{os.environ['PATH']}", "XAUTHORITY": "/gone"})
    assert facts.environ["DISPLAY"] == ":1=2"
    assert "XAUTHORITY" not in facts.environ


@pytest.mark.parametrize(
    ("client_parents", "environ", "ssh"),
    [
        (("bash", "sshd", "sshd"), {}, True),
        (("bash", "xterm"), {"SSH_CONNECTION": CONNECTION}, False),
        ((), {"SSH_CONNECTION": CONNECTION}, True),
        ((), {}, False),
    ],
)
def test_a_session_that_does_not_keep_ssh_connection_is_told_by_its_client(client_parents, environ, ssh):
    said = answers(session={}, client_parents=client_parents)
    assert judge({**TMUX_ENV, **environ}, Probes(tmux=said)).ssh is ssh


def test_mosh_is_seen_behind_tmux_by_the_client_and_not_by_ourselves():
    assert judge(TMUX_ENV, Probes(tmux=answers(client_parents=("bash", "mosh-server")))).mosh
    assert not judge(TMUX_ENV, Probes(parents=("tmux: server", "mosh-server"), tmux=answers())).mosh


def test_a_tmux_that_does_not_answer_leaves_a_doubt():
    facts = judge({**TMUX_ENV, "DISPLAY": ":0"}, Probes(tmux=TmuxAnswers()))
    assert (facts.mux, facts.unsure, facts.passthrough) == ("tmux", True, False)


@pytest.mark.parametrize(
    ("passthrough", "version", "passes"),
    [
        ("on", "3.3a", True),
        ("all", "3.4", True),
        ("off", "3.3a", False),
        ("", "3.2a", True),
        ("", "3.3", False),
        ("", "", False),
    ],
)
def test_passthrough(passthrough, version, passes):
    said = answers(passthrough=passthrough, version=version)
    assert judge(TMUX_ENV, Probes(tmux=said)).passthrough is passes


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("3.3a", (3, 3)),
        ("3.2-rc2", (3, 2)),
        ("next-3.5", (3, 5)),
        ("3.10", (3, 10)),
        ("master", (99, 0)),
        ("", (99, 0)),
    ],
)
def test_versions_of_tmux(text, pair):
    assert tmux_version(text) == pair


@pytest.mark.parametrize(
    ("parents", "mux"),
    [
        (("bash", "screen", "bash", "tmux: server"), "screen"),
        (("bash", "tmux: server", "bash", "screen"), "tmux"),
        ((), "tmux"),
    ],
)
def test_of_two_nested_multiplexers_the_inner_one_counts(parents, mux):
    environ = {**TMUX_ENV, "STY": "12.pts-0.host"}
    assert judge(environ, Probes(parents=parents, tmux=answers())).mux == mux


@pytest.mark.parametrize(
    ("term", "outer"),
    [
        ("tmux-256color", "tmux"),
        ("screen", "screen"),
        ("screen.xterm-256color", "screen"),
        ("xterm-256color", ""),
        ("screenful", ""),
    ],
)
def test_a_multiplexer_on_the_other_side_shows_by_term_alone(term, outer):
    assert judge({"TERM": term, "SSH_CONNECTION": CONNECTION}, Probes()).outer_mux == outer
    assert judge(TMUX_ENV, Probes(tmux=answers(client_term=term))).outer_mux == outer


def test_the_terminal_that_counts_is_the_one_that_shows_tmux():
    assert judge(TMUX_ENV, Probes(tmux=answers(client_term="linux"))).term == "linux"
    assert judge(TMUX_ENV, Probes(tmux=answers(client_term=""))).outer_mux == ""


def test_gather_survives_a_machine_without_tmux(tmp_path):
    facts = gather({"TMUX": "/nowhere,1,0", "TERM": "tmux", "PATH": str(tmp_path)})
    assert (facts.mux, facts.unsure) == ("tmux", True)


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="NO /proc HERE: ANCESTORS CANNOT BE READ")
def test_ancestors_are_read_nearest_first():
    program = "from tui.clipboard.terminal_facts import ancestors; print(*ancestors('self'), sep='\\n')"
    # `; :` keeps the shell from replacing itself by its only command
    shell = ["sh", "-c", f'"{sys.executable}" -c "{program}"; :']
    done = subprocess.run(shell, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [*_names_of_shell(), *_own_names()]


def _names_of_shell() -> list[str]:
    return [subprocess.run(["sh", "-c", "cat /proc/$$/comm; :"], capture_output=True, text=True).stdout.strip()]


def _own_names() -> list[str]:
    with open("/proc/self/comm") as comm:
        return [comm.read().strip(), *ancestors("self")]


def test_exported_columns_and_lines_do_not_freeze_the_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "33")
    monkeypatch.setenv("LINES", "7")
    ours, theirs = os.openpty()
    try:
        for columns, lines in ((120, 40), (61, 20)):
            termios.tcsetwinsize(theirs, (lines, columns))
            assert terminal_size(theirs) == (columns, lines)
        termios.tcsetwinsize(theirs, (0, 0))
        assert terminal_size(theirs) == (80, 24)
    finally:
        os.close(ours)
        os.close(theirs)
    assert terminal_size(theirs) == (80, 24), "none is told there"
