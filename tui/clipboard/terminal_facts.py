"""What is known of the terminal we run in, read from the environment, the process tree and tmux.

The terminal itself is sent nothing and asked nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field
from itertools import takewhile
from pathlib import Path
from typing import Literal

from tui.fast_dataclass import dataclass

Mux = Literal["", "tmux", "screen"]

_ANSWER_SECONDS = 1.0  # for each question; a tmux server that is stopped must not hold the program
_MOST_ANCESTORS = 64  # a guard against a process tree that changes while it is read
# The variables that say where the person is who looks at the session: tmux keeps them as the last client had them.
_SESSION_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "SSH_CONNECTION")
_TMUX_FORMAT = "#{version}\t#{client_pid}\t#{client_termname}\t#{client_termfeatures}\t#{set-clipboard}\t#{escape-time}"


@dataclass(frozen=True, slots=True)
class TmuxAnswers:
    """What the tmux server said about this session and the terminal that looks at it; empty when it said nothing."""

    # The environment of the session; a value is None where the client that attached had no such variable.
    session: Mapping[str, str | None] | None = None  # None when tmux said nothing
    passthrough: str = ""  # "on", "all", "off", or empty when tmux does not know the option
    version: str = ""  # such as "3.3a"
    client_parents: tuple[str, ...] = ()  # names of the ancestors of the attached client's process, nearest first
    client_term: str = ""  # TERM of the terminal that shows the session
    features: tuple[str, ...] = ()  # what tmux believes that terminal can do
    set_clipboard: str = ""  # "on", "external", "off", or empty when tmux did not say
    escape_time: int = 0  # milliseconds for which Escape is held back; 0 when tmux did not say


@dataclass(frozen=True, slots=True)
class Probes:
    """What was read from the machine; with the environment it is all that `judge` needs."""

    platform: str = "linux"  # as sys.platform
    parents: tuple[str, ...] = ()  # names of our own ancestors, nearest first
    tmux: TmuxAnswers | None = None  # None outside tmux


@dataclass(frozen=True, slots=True)
class Facts:
    """The terminal, multiplexer, connection and display that the program runs with."""

    term: str = ""  # TERM of the terminal that a person looks at: of the client of tmux when it is known
    mux: Mux = ""  # the innermost multiplexer, of whose panes this is one; "" for none
    ssh: bool = False  # the person is connected by ssh
    mosh: bool = False  # the person is connected by mosh
    desktop: bool = False  # a display of this machine, where pyperclip may work
    unsure: bool = False  # inside tmux, and tmux did not answer
    outer_mux: Mux = ""  # a multiplexer on the person's own side, told by TERM alone
    passthrough: bool = False  # tmux hands on to its terminal what is in a passthrough sequence (DCS tmux;)
    tmux: TmuxAnswers = field(default_factory=TmuxAnswers)
    # For child programs: our environment, with displays and ssh as in the session of tmux.
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def remote(self) -> bool:
        """Whether the person's own computer, and so their clipboard, is another machine, reached by ssh or mosh."""
        return self.ssh or self.mosh


def gather(environ: Mapping[str, str]) -> Facts:
    """Return the facts about this process. A tmux that is stopped may take 3 s: call it outside the event loop."""
    return judge(environ, probe(environ))


def probe(environ: Mapping[str, str]) -> Probes:
    """Read the process tree and, inside tmux, ask its server three questions, 1 s each at most.

    Raises nothing: where there is no answer the fields stay empty.
    """
    return Probes(sys.platform, ancestors("self"), _ask_tmux(environ) if environ.get("TMUX") else None)


def judge(environ: Mapping[str, str], probes: Probes) -> Facts:
    """Return the facts that follow from what was read; pure.

    SSH_* in a pane dates from when the pane was opened, so it may be there wrongly, or lack wrongly, once a session is
    attached from elsewhere: inside tmux the session's environment and the ancestors of its client count first, and the
    pane's SSH_* only where tmux told neither.
    """
    mux = _innermost_mux(environ, probes)
    answers = (probes.tmux or TmuxAnswers()) if mux == "tmux" else TmuxAnswers()
    above = answers.client_parents if mux == "tmux" else probes.parents
    current = _current_environ(environ, answers)
    term = answers.client_term or environ.get("TERM", "")
    return Facts(
        term=term,
        mux=mux,
        ssh=_is_by_ssh(environ, answers, above),
        mosh="mosh-server" in above,
        desktop=_has_desktop(current, probes.platform),
        unsure=mux == "tmux" and answers.session is None,
        outer_mux=_mux_by_term(term) if not mux or answers.client_term else "",
        passthrough=_has_passthrough(answers),
        tmux=answers,
        environ=current,
    )


def terminal_size(handle: int) -> os.terminal_size:
    """Return the columns and lines of the terminal behind a descriptor as it is now; 80 by 24 where it tells none.

    The variables COLUMNS and LINES are not read: exported once, they stay the same when the window changes.
    """
    with suppress(OSError):
        found = os.get_terminal_size(handle)
        if found.columns and found.lines:
            return found
    return os.terminal_size((80, 24))


def ancestors(pid: int | str) -> tuple[str, ...]:
    """Return the names of the ancestors of process `pid` (a number or "self"), nearest first.

    At most 64, as /proc tells them: empty where there is no /proc, cut short where an ancestor ends meanwhile.
    """
    names: list[str] = []
    parent = _parent(pid)
    while parent > 0 and len(names) < _MOST_ANCESTORS:
        try:
            names.append(Path(f"/proc/{parent}/comm").read_text("utf-8", "replace").strip())
        except OSError:
            break
        parent = _parent(parent)
    return tuple(names)


def _parent(pid: int | str) -> int:
    """Return the process id of the parent, 0 where there is none or /proc does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return 0
    # The name is in parentheses and may hold any character: state and parent follow the last « ) » (proc(5)).
    return int(stat.rpartition(")")[2].split()[1])


def _innermost_mux(environ: Mapping[str, str], probes: Probes) -> Mux:
    """Return the nearest multiplexer, "" for none.

    Of two nested ones both leave their variable, and only the process tree ranks them; where it does not, tmux counts.
    """
    present: set[Mux] = set()
    if environ.get("TMUX"):
        present.add("tmux")
    if environ.get("STY"):
        present.add("screen")
    for name in probes.parents:
        if "tmux" in present and name.startswith("tmux"):
            return "tmux"
        if "screen" in present and name.lower() == "screen":
            return "screen"
    if "tmux" in present:
        return "tmux"
    return "screen" if "screen" in present else ""


def _mux_by_term(term: str) -> Mux:
    """Return the multiplexer that sets such a TERM, "" for none."""
    if term.startswith("tmux"):
        return "tmux"
    return "screen" if term == "screen" or term.startswith(("screen-", "screen.")) else ""


def _is_by_ssh(environ: Mapping[str, str], answers: TmuxAnswers, above: tuple[str, ...]) -> bool:
    # sudo drops SSH_*, so an ancestor counts too; newer servers call it sshd-session (OpenSSH 9.8).
    if any(name.startswith("sshd") for name in above):
        return True
    if answers.session is not None and "SSH_CONNECTION" in answers.session:
        return bool(answers.session["SSH_CONNECTION"])
    if answers.client_parents:
        return False
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def _current_environ(environ: Mapping[str, str], answers: TmuxAnswers) -> Mapping[str, str]:
    """Return `environ` with the displays and the ssh of whoever looks at the session now: the pane's may be gone."""
    current = {key: value for key, value in (answers.session or {}).items() if key in _SESSION_VARIABLES}
    return {key: value for key, value in {**environ, **current}.items() if value is not None}


def _has_desktop(environ: Mapping[str, str], platform: str) -> bool:
    if platform in ("darwin", "win32", "cygwin") or environ.get("WSL_DISTRO_NAME"):
        return True
    # On localhost are the displays that ssh forwards: of the person's machine, not of this one (sshd_config(5)).
    x11_display = environ.get("DISPLAY", "")
    return bool(environ.get("WAYLAND_DISPLAY") or (x11_display and not x11_display.startswith("localhost:")))


def _has_passthrough(answers: TmuxAnswers) -> bool:
    if answers.passthrough:
        return answers.passthrough in ("on", "all")
    # The option came with tmux 3.3; before it every passthrough sequence was handed on (tmux CHANGES, 3.2a to 3.3).
    return bool(answers.version) and tmux_version(answers.version) < (3, 3)


def tmux_version(text: str) -> tuple[int, int]:
    """Return a version of tmux as two numbers: « 3.3a » and « 3.3-rc2 » are (3, 3), « next-3.5 » is (3, 5).

    One that does not begin with a number (« master ») counts as newer than all: (99, 0).
    """
    major, _, minor = text.removeprefix("next-").partition(".")
    digits = "".join(takewhile(str.isdigit, minor))
    return (int(major), int(digits or "0")) if major.isdigit() else (99, 0)


def _ask_tmux(environ: Mapping[str, str]) -> TmuxAnswers:
    """Ask the tmux server about the session; where the first question gets no answer, no other is asked."""
    listing = _tmux(environ, "show-environment")
    if listing is None:
        return TmuxAnswers()
    session: dict[str, str | None] = {}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        session[key.removeprefix("-")] = None if line.startswith("-") else value
    count = _TMUX_FORMAT.count("\t") + 1
    said = (_tmux(environ, "display", "-p", _TMUX_FORMAT) or "").rstrip("\n").split("\t")
    fields = (said + [""] * count)[:count]  # empty ones for those that tmux did not say
    version, client, term, features, set_clipboard, escape_time = fields
    return TmuxAnswers(
        session=session,
        passthrough=(_tmux(environ, "show", "-Apv", "allow-passthrough") or "").strip(),
        version=version,
        client_parents=ancestors(int(client)) if client.isdigit() else (),
        client_term=term,
        features=tuple(name for name in features.split(",") if name),
        set_clipboard=set_clipboard,
        escape_time=int(escape_time) if escape_time.isdigit() else 0,
    )


def _tmux(environ: Mapping[str, str], *words: str) -> str | None:
    """Return what tmux prints, or None when it is missing, refuses or does not answer in time."""
    try:
        done = subprocess.run(
            ["tmux", *words],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ANSWER_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace")
