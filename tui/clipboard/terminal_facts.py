"""Facts about the terminal that the program runs in, from the environment, the process tree and tmux.

Nothing is sent to the terminal itself. `routes` chooses the way of a copy by these facts.
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

Mux = Literal["", "tmux", "screen"]  # a terminal multiplexer; "" for none

_ANSWER_SECONDS = 1.0  # for each question; a tmux server that is stopped must not hold the program
_MOST_ANCESTORS = 64  # a guard against a process tree that changes while it is read
# Variables that say where the user sits; tmux keeps them as they were for the last client that attached.
_SESSION_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "SSH_CONNECTION")
_TMUX_FORMAT = "#{version}\t#{client_pid}\t#{client_termname}\t#{client_termfeatures}\t#{set-clipboard}\t#{escape-time}"


@dataclass(frozen=True, slots=True)
class TmuxAnswers:
    """What the tmux server says of this session and its terminal; empty fields for what it does not say."""

    # The environment of the session; None for a variable that the client had not. None as a whole if tmux said nothing.
    session: Mapping[str, str | None] | None = None
    passthrough: str = ""  # "on", "all", "off", or empty when tmux does not know the option
    version: str = ""  # such as "3.3a"
    client_parents: tuple[str, ...] = ()  # names of the ancestors of the attached client's process, nearest first
    client_term: str = ""  # TERM of the terminal that shows the session
    features: tuple[str, ...] = ()  # what tmux believes that terminal can do
    set_clipboard: str = ""  # "on", "external", "off", or empty when tmux did not say
    escape_time: int = 0  # milliseconds for which Escape is held back; 0 when tmux did not say


@dataclass(frozen=True, slots=True)
class Probes:
    """What `probe` reads from the machine; together with the environment it is all that `judge` needs."""

    platform: str = "linux"  # as sys.platform
    parents: tuple[str, ...] = ()  # names of our own ancestors, nearest first
    tmux: TmuxAnswers | None = None  # None outside tmux


@dataclass(frozen=True, slots=True)
class Facts:
    """The terminal, multiplexer, connection and display that the program runs with."""

    term: str = ""  # TERM of the terminal that the user looks at: in tmux that of its client, if known
    mux: Mux = ""  # the innermost multiplexer that the program runs in
    ssh: bool = False  # whether the user is connected by ssh
    mosh: bool = False  # whether the user is connected by mosh
    desktop: bool = False  # whether there is a display of this machine, where pyperclip may work
    unsure: bool = False  # whether it runs in tmux, and tmux did not answer
    outer_mux: Mux = ""  # a multiplexer on the user's own machine, known only by TERM
    passthrough: bool = False  # whether tmux passes on to its terminal what is in its envelope (`routes.in_tmux`)
    tmux: TmuxAnswers = field(default_factory=TmuxAnswers)
    # For child programs: the environment, with the _SESSION_VARIABLES as in the session of tmux.
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def remote(self) -> bool:
        """Whether the user sits at another machine, connected by ssh or mosh; so their clipboard is there."""
        return self.ssh or self.mosh


def gather(environ: Mapping[str, str]) -> Facts:
    """Return the facts about this process. A tmux that is stopped may take 3 s: call it outside the event loop."""
    return judge(environ, probe(environ))


def probe(environ: Mapping[str, str]) -> Probes:
    """Read the process tree and, inside tmux, ask its server three questions, each for at most 1 s.

    It raises nothing: without an answer the fields stay empty.
    """
    return Probes(sys.platform, ancestors("self"), _ask_tmux(environ) if environ.get("TMUX") else None)


def judge(environ: Mapping[str, str], probes: Probes) -> Facts:
    """Return the facts that follow from the environment and what `probe` read.

    In a pane of tmux, SSH_* is as it was when the pane was opened, which is wrong once a session is attached from
    elsewhere. So the environment of the session and the ancestors of its client count first; SSH_* of the pane counts
    only if tmux gives neither.
    """
    mux = _innermost_mux(environ, probes)
    answers = (probes.tmux or TmuxAnswers()) if mux == "tmux" else TmuxAnswers()
    ancestor_names = answers.client_parents if mux == "tmux" else probes.parents
    current = _current_environ(environ, answers)
    term = answers.client_term or environ.get("TERM", "")
    return Facts(
        term=term,
        mux=mux,
        ssh=_is_over_ssh(environ, answers, ancestor_names),
        mosh="mosh-server" in ancestor_names,
        desktop=_has_desktop(current, probes.platform),
        unsure=mux == "tmux" and answers.session is None,
        outer_mux=_mux_by_term(term) if not mux or answers.client_term else "",
        passthrough=_has_passthrough(answers),
        tmux=answers,
        environ=current,
    )


def terminal_size(handle: int) -> os.terminal_size:
    """Return the present columns and lines of the terminal behind a descriptor; 80 by 24 if it does not say.

    The variables COLUMNS and LINES are not used, since they do not change with the window.
    """
    with suppress(OSError):
        size = os.get_terminal_size(handle)
        if size.columns and size.lines:
            return size
    return os.terminal_size((80, 24))


def ancestors(pid: int | str) -> tuple[str, ...]:
    """Return the names of the ancestors of process `pid` (a number or "self"), nearest first.

    At most 64, from /proc: () if there is no /proc; fewer if an ancestor ends meanwhile.
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
    """Return the process id of the parent; 0 if there is none, or if /proc does not say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return 0
    # The name is in parentheses and may hold any character: state and parent follow the last « ) » (proc(5)).
    return int(stat.rpartition(")")[2].split()[1])


def _innermost_mux(environ: Mapping[str, str], probes: Probes) -> Mux:
    """Return the innermost multiplexer; "" for none.

    If one runs in the other, both variables are set, and only the process tree says which is nearer; else tmux counts.
    """
    in_tmux, in_screen = bool(environ.get("TMUX")), bool(environ.get("STY"))
    for name in probes.parents:
        if in_tmux and name.startswith("tmux"):
            return "tmux"
        if in_screen and name.lower() == "screen":
            return "screen"
    if in_tmux:
        return "tmux"
    return "screen" if in_screen else ""


def _mux_by_term(term: str) -> Mux:
    """Return the multiplexer that sets this value of TERM; "" for none."""
    if term.startswith("tmux"):
        return "tmux"
    return "screen" if term == "screen" or term.startswith(("screen-", "screen.")) else ""


def _is_over_ssh(environ: Mapping[str, str], answers: TmuxAnswers, ancestor_names: tuple[str, ...]) -> bool:
    """Return whether the user is connected by ssh."""
    # sudo drops SSH_*, so an ancestor counts too; newer servers call it sshd-session (OpenSSH 9.8).
    if any(name.startswith("sshd") for name in ancestor_names):
        return True
    if answers.session is not None and "SSH_CONNECTION" in answers.session:
        return bool(answers.session["SSH_CONNECTION"])
    if answers.client_parents:
        return False
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def _current_environ(environ: Mapping[str, str], answers: TmuxAnswers) -> Mapping[str, str]:
    """Return `environ` with the _SESSION_VARIABLES of the client that shows the session now."""
    current = {key: value for key, value in (answers.session or {}).items() if key in _SESSION_VARIABLES}
    return {key: value for key, value in {**environ, **current}.items() if value is not None}


def _has_desktop(environ: Mapping[str, str], platform: str) -> bool:
    """Return whether there is a display of this machine."""
    if platform in ("darwin", "win32", "cygwin") or environ.get("WSL_DISTRO_NAME"):
        return True
    # Displays that ssh forwards are named localhost:…; they belong to the user's machine, not to this one
    # (sshd_config(5)).
    x11_display = environ.get("DISPLAY", "")
    return bool(environ.get("WAYLAND_DISPLAY") or (x11_display and not x11_display.startswith("localhost:")))


def _has_passthrough(answers: TmuxAnswers) -> bool:
    """Return whether tmux passes the content of its envelope on to its terminal."""
    if answers.passthrough:
        return answers.passthrough in ("on", "all")
    # The option came with tmux 3.3; earlier versions pass on all that is in an envelope (tmux CHANGES, 3.2a to 3.3).
    return tmux_version(answers.version) < (3, 3)


def tmux_version(text: str) -> tuple[int, int]:
    """Return a version of tmux as two numbers: « 3.3a » and « 3.3-rc2 » are (3, 3), « next-3.5 » is (3, 5).

    A version that does not begin with a number (« master ») counts as newer than all: (99, 0).
    """
    major, _, minor = text.removeprefix("next-").partition(".")
    digits = "".join(takewhile(str.isdigit, minor))
    return (int(major), int(digits or "0")) if major.isdigit() else (99, 0)


def _ask_tmux(environ: Mapping[str, str]) -> TmuxAnswers:
    """Return what the tmux server says about the session; without an answer to the first question, no more is asked."""
    listing = _run_tmux(environ, "show-environment")
    if listing is None:
        return TmuxAnswers()
    session: dict[str, str | None] = {}
    for line in listing.splitlines():
        key, _, value = line.partition("=")  # "DISPLAY=:0", or "-DISPLAY" for a variable that is not set
        session[key.removeprefix("-")] = None if line.startswith("-") else value
    count = _TMUX_FORMAT.count("\t") + 1
    answer = (_run_tmux(environ, "display", "-p", _TMUX_FORMAT) or "").rstrip("\n").split("\t")
    fields = (answer + [""] * count)[:count]  # empty ones for those that tmux did not say
    version, client, term, features, set_clipboard, escape_time = fields
    return TmuxAnswers(
        session=session,
        passthrough=(_run_tmux(environ, "show", "-Apv", "allow-passthrough") or "").strip(),
        version=version,
        client_parents=ancestors(int(client)) if client.isdigit() else (),
        client_term=term,
        features=tuple(name for name in features.split(",") if name),
        set_clipboard=set_clipboard,
        escape_time=int(escape_time) if escape_time.isdigit() else 0,
    )


def _run_tmux(environ: Mapping[str, str], *words: str) -> str | None:
    """Return what tmux prints, or None when it is missing, refuses or does not answer in time."""
    try:
        result = subprocess.run(
            ["tmux", *words],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ANSWER_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return result.stdout.decode("utf-8", "replace")
