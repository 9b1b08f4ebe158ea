"""What is known of the terminal we run in, read from the environment, the process tree and tmux; nothing is probed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Literal

from tui.fast_dataclass import dataclass

Mux = Literal["", "tmux", "screen"]

_ANSWER_SECONDS = 1.0  # seconds; a tmux server that is stopped must not hold the program
_MOST_ANCESTORS = 64  # ancestors; a guard against a process tree that changes while it is read
_OF_SESSION = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "SSH_CONNECTION")
_TMUX_FORMAT = "#{version}\t#{client_pid}\t#{client_termname}\t#{client_termfeatures}\t#{set-clipboard}\t#{escape-time}"


@dataclass(frozen=True, slots=True)
class TmuxAnswers:
    """What the tmux server said about this session and the terminal that looks at it; empty when it said nothing."""

    session: Mapping[str, str | None] | None = None  # session environment; None as value means removed on attach
    passthrough: str = ""  # "on", "all", "off", or empty when tmux does not know the option
    version: str = ""  # such as "3.3a"
    client_parents: tuple[str, ...] = ()  # names of the ancestors of the attached client, nearest first
    client_term: str = ""  # TERM of the terminal that shows the session
    features: tuple[str, ...] = ()  # what tmux believes that terminal can do
    set_clipboard: str = ""  # "on", "external" or "off"
    escape_time: int = 0  # milliseconds for which Escape is held back; 0 when tmux did not say


@dataclass(frozen=True, slots=True)
class Probes:
    """What was asked of the machine, apart from the environment; `judge` needs nothing else."""

    platform: str = "linux"  # as sys.platform
    parents: tuple[str, ...] = ()  # names of our own ancestors, nearest first
    tmux: TmuxAnswers | None = None  # None outside tmux


@dataclass(frozen=True, slots=True)
class Facts:
    """The setting the program runs in. `remote` means that a person's computer is elsewhere, by ssh or mosh."""

    term: str = ""  # TERM of the terminal that a person looks at: tmux's own client when it is known
    mux: Mux = ""
    ssh: bool = False
    mosh: bool = False
    desktop: bool = False  # a display of this machine, where pyperclip may work
    unsure: bool = False  # inside tmux, and tmux did not answer
    outer_mux: Mux = ""  # a multiplexer on the person's own side, told by TERM alone
    passthrough: bool = False  # tmux hands on what is in its envelope
    tmux: TmuxAnswers = field(default_factory=TmuxAnswers)
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)  # for child programs, display corrected

    @property
    def remote(self) -> bool:
        """Whether the person's own clipboard is on another machine than ours."""
        return self.ssh or self.mosh


def gather(environ: Mapping[str, str]) -> Facts:
    """Return the facts about this process. Takes up to 3 s when tmux is stopped, so call it outside the event loop."""
    return judge(environ, probe(environ))


def probe(environ: Mapping[str, str]) -> Probes:
    """Ask the process tree and, inside tmux, its server (1 s each at most). Raises nothing: silence is an answer."""
    return Probes(sys.platform, ancestors("self"), _ask_tmux(environ) if environ.get("TMUX") else None)


def judge(environ: Mapping[str, str], probes: Probes) -> Facts:
    """Facts from what was read; pure.

    SSH_* in a pane dates from when the pane was opened, so it is wrong both ways once a session is attached from
    elsewhere: inside tmux only the session's environment and the client's own ancestors count.
    """
    mux = _innermost(environ, probes)
    answers = (probes.tmux or TmuxAnswers()) if mux == "tmux" else TmuxAnswers()
    above = answers.client_parents if mux == "tmux" else probes.parents
    current = _with_displays_of(answers, environ)
    term = answers.client_term or environ.get("TERM", "")
    return Facts(
        term=term,
        mux=mux,
        ssh=_by_ssh(environ, answers, above),
        mosh="mosh-server" in above,
        desktop=_has_desktop(current, probes.platform),
        unsure=mux == "tmux" and answers.session is None,
        outer_mux=_mux_by_term(term) if not mux or answers.client_term else "",
        passthrough=_passes(answers),
        tmux=answers,
        environ=current,
    )


def terminal_size(handle: int) -> os.terminal_size:
    """Return the columns and lines of the terminal behind a descriptor as it is now; 80 by 24 where it tells none.

    COLUMNS and LINES are not asked: exported once, they would stay when the window does not.
    """
    with suppress(OSError):
        found = os.get_terminal_size(handle)
        if found.columns and found.lines:
            return found
    return os.terminal_size((80, 24))


def ancestors(pid: int | str) -> tuple[str, ...]:
    """Names of the ancestors of process `pid`, nearest first, as /proc tells them; empty where there is no /proc."""
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
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return 0
    # the name is in parentheses and may hold any character: state and parent follow the last one (proc(5))
    return int(stat.rpartition(")")[2].split()[1])


def _innermost(environ: Mapping[str, str], probes: Probes) -> Mux:
    """The nearest multiplexer: of two nested ones both leave their variable, and only the process tree ranks them."""
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
    return "tmux" if "tmux" in present else "screen" if "screen" in present else ""


def _mux_by_term(term: str) -> Mux:
    if term.startswith("tmux"):
        return "tmux"
    return "screen" if term == "screen" or term.startswith(("screen-", "screen.")) else ""


def _by_ssh(environ: Mapping[str, str], answers: TmuxAnswers, above: tuple[str, ...]) -> bool:
    # sudo drops SSH_*, so an ancestor counts too; newer servers call it sshd-session (OpenSSH 9.8)
    if any(name.startswith("sshd") for name in above):
        return True
    if answers.session is not None and "SSH_CONNECTION" in answers.session:
        return bool(answers.session["SSH_CONNECTION"])
    if answers.client_parents:
        return False
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def _with_displays_of(answers: TmuxAnswers, environ: Mapping[str, str]) -> Mapping[str, str]:
    """`environ` with the displays and the ssh of whoever looks at the session now: the pane's may be long gone."""
    said = {key: value for key, value in (answers.session or {}).items() if key in _OF_SESSION}
    return {key: value for key, value in {**environ, **said}.items() if value is not None}


def _has_desktop(environ: Mapping[str, str], platform: str) -> bool:
    if platform in ("darwin", "win32", "cygwin") or environ.get("WSL_DISTRO_NAME"):
        return True
    # localhost:10 and above are ssh's X11 forwarding: a display, yet not of this machine (sshd_config(5))
    x11 = environ.get("DISPLAY", "")
    return bool(environ.get("WAYLAND_DISPLAY") or (x11 and not x11.startswith("localhost:")))


def _passes(answers: TmuxAnswers) -> bool:
    if answers.passthrough:
        return answers.passthrough in ("on", "all")
    # the option came with tmux 3.3; before it the envelope was always opened (tmux CHANGES, 3.2a to 3.3)
    return bool(answers.version) and tmux_version(answers.version) < (3, 3)


def tmux_version(text: str) -> tuple[int, int]:
    """`3.3a` as (3, 3), `next-3.5` as (3, 5); a version without numbers counts as the newest."""
    major, _, minor = text.removeprefix("next-").partition(".")
    digits = "".join(character for character in minor if character.isdigit())
    return (int(major), int(digits or "0")) if major.isdigit() else (99, 0)


def _ask_tmux(environ: Mapping[str, str]) -> TmuxAnswers:
    listing = _tmux(environ, "show-environment")
    if listing is None:
        return TmuxAnswers()
    session: dict[str, str | None] = {}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        session[key.removeprefix("-")] = None if line.startswith("-") else value
    fields = ((_tmux(environ, "display", "-p", _TMUX_FORMAT) or "").rstrip("\n").split("\t") + [""] * 6)[:6]
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
